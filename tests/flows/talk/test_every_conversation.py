"""What holds for every conversation of the house, whatever it asks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.commands import is_carried
from flows.doors import BOT_COMMANDS
from flows.talk import buttons
from flows.talk.ask import Asking
from flows.talk.message import Message
from flows.talk.replay import Finished, registered
from flows.talk.review import Review, bare
from flows.talk.screen import question_key
from flows.verbs import Command
from tests.flows.talk.play import BACK, JOURNAL, Play, house, press
from tests.flows.talk.scripted import SCRIPTED, Scripted

LANGUAGES = house().catalogue.languages
every_conversation = pytest.mark.parametrize("scripted", SCRIPTED, ids=str)
reviewed = pytest.mark.parametrize("scripted", [one for one in SCRIPTED if one.others], ids=str)


async def to_the_review(scripted: Scripted) -> tuple[Play, Review]:
    """Play until the summary."""
    playing = scripted.begin()
    await scripted.until(playing, "review")
    asking = playing.outcome()
    assert isinstance(asking, Asking)
    assert isinstance(asking.answer, Review)
    return playing, asking.answer


def restarted(playing: Play, scripted: Scripted) -> Play:
    """The same conversation in a new process, from the journal as the database keeps it."""
    again = scripted.begin()
    again.answers = json.loads(json.dumps(playing.answers))
    again.drafts = json.loads(json.dumps(playing.drafts))
    again.changing = playing.changing
    return again


def values(playing: Play, *but: str) -> dict[str, Any]:
    """The answers so far, without the confirmation and `but` these."""
    return {name: entry["value"] for name, entry in playing.answers.items() if name not in ("review", "count", *but)}


def test_every_conversation_is_scripted() -> None:
    assert {one.name for one in SCRIPTED} == set(registered())


def test_no_two_conversations_are_started_by_one_command() -> None:
    commands = [one.command for one in registered().values() if one.command]

    assert len(commands) == len(set(commands))
    assert not set(commands) & set(BOT_COMMANDS)


@every_conversation
async def test_ends_in_a_command_that_is_carried_out(scripted: Scripted) -> None:
    playing = scripted.begin()
    await scripted.until(playing, None)

    outcome = playing.outcome()
    assert isinstance(outcome, Finished)
    assert outcome.command is None or (isinstance(outcome.command, Command) and is_carried(type(outcome.command)))


@every_conversation
async def test_a_restart_after_any_answer_shows_the_same(scripted: Scripted) -> None:
    playing = scripted.begin()

    while isinstance(asking := playing.outcome(), Asking):
        for step in scripted.steps(asking.name):
            assert restarted(playing, scripted).prompt() == playing.prompt()
            await playing.give(step)

    assert restarted(playing, scripted).outcome() == playing.outcome()


@every_conversation
async def test_back_shows_the_question_before(scripted: Scripted) -> None:
    playing = scripted.begin()
    prompts: list[Message | None] = []

    while isinstance(asking := playing.outcome(), Asking):
        given = [asked for asked in asking.asked if not asked.proposed]
        if given:
            once = restarted(playing, scripted)
            await once.give(BACK)
            before = once.outcome()
            assert isinstance(before, Asking)
            assert before.name == given[-1].name
            kept = once.drafts.pop(before.name, None)
            assert kept == given[-1].answer.draft_of(given[-1].value)
            if before.name in scripted.drafts:
                assert kept == scripted.drafts[before.name]
            else:
                assert once.prompt() == prompts[-1]
        prompts.append(playing.prompt())
        await scripted.answer(playing, asking)


@reviewed
async def test_changing_an_answer_returns_to_the_summary_with_the_others_kept(scripted: Scripted) -> None:
    _, review = await to_the_review(scripted)

    for name, _, old in review.shown:
        playing, _ = await to_the_review(scripted)
        before = values(playing, name, *scripted.anew.get(name, ()))
        await playing.give(press(f"{Review.CHANGE}{name}"))
        kept = playing.answers.get(name, {"value": old})  # what is only proposed isn't in it
        assert kept["value"] == old, "the old answer stays until there is a new one"
        for step in scripted.steps(name, other=True):
            await playing.give(step)
        await scripted.until(playing, "review", changed=name)

        asking = playing.outcome()
        assert isinstance(asking, Asking)
        assert asking.name == "review"
        assert playing.answers[name]["value"] != old
        assert before.items() <= values(playing).items()


@reviewed
async def test_a_change_can_be_given_up(scripted: Scripted) -> None:
    playing, review = await to_the_review(scripted)
    before, summary = dict(playing.answers), playing.prompt()

    for name, _, _ in review.shown:
        await playing.give(press(f"{Review.CHANGE}{name}"))
        assert playing.prompt() != summary
        await playing.give(BACK)

        assert (playing.answers, playing.prompt()) == (before, summary)


@pytest.mark.parametrize("language", LANGUAGES)
@every_conversation
async def test_has_all_its_texts(scripted: Scripted, language: str) -> None:
    known = house().catalogue.language(language).texts.by_key
    wanted = {f"{scripted.name}.about"}
    playing = scripted.begin(language)

    while isinstance(asking := playing.outcome(), Asking):
        key = question_key(scripted.talk, asking.name)
        if isinstance(asking.answer, Review):
            wanted |= {f"{scripted.name}.{bare(name)}.label" for name, _, _ in asking.answer.shown}
            assert key in known or "talk.review" in known
        else:
            wanted.add(key)
            wanted |= {f"{key}.options.{member}" for member in getattr(asking.answer, "kind", ())}
        await scripted.answer(playing, asking)

    assert sorted(wanted - set(known)) == []


@every_conversation
async def test_every_button_fits_and_finds_its_way_back(scripted: Scripted) -> None:
    playing = scripted.begin()

    while isinstance(asking := playing.outcome(), Asking):
        prompt = playing.prompt()
        assert prompt is not None
        for button in (button for row in prompt.buttons for button in row):
            assert button.data is not None
            assert len(button.data.encode()) <= buttons.LIMIT
            assert button.label.strip()
            pressed = buttons.read(button.data)
            assert pressed is not None
            assert pressed.journal_id == JOURNAL
        await scripted.answer(playing, asking)
