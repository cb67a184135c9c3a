"""New code while people are in the middle of a conversation: bugs and their fixes, questions added and taken away."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from flows.context import Context
from flows.talk import buttons
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.verbs import SetDisplayName
from storage.conversations import ConversationStatus
from storage.database import Database
from tests.flows.talk.chat import Chat, house_with, opened
from tests.flows.talk.conftest import Deploy

SECRET = "Dorpsstraat 12 rood"
LONG = "a_name_that_is_far_too_long_for_any_button_there_has_ever_been"
TEXTS = f"""
[test.talk]
about = "iets proberen"
[test.talk.street]
text = "Welke straat?"
label = "Straat"
[test.talk.colour]
text = "Welke kleur?"
label = "Kleur"
[test.talk.why]
text = "Waarom?"
label = "Reden"
[test.talk.{LONG}]
text = "Een lange vraag?"
label = "Lang"
[test.talk.{LONG}.options]
{"x" * 60} = "Eerste"
{"y" * 60} = "Tweede"
"""


class Far(StrEnum):
    """Options with names that no button can hold."""

    FIRST = "x" * 60
    SECOND = "y" * 60


async def talk(ask: Ask) -> SetDisplayName:
    """The first release."""
    street = await ask("street", Text())
    why = await ask("why", Text())
    await ask.review()
    return SetDisplayName(name=f"{street} {why}")


async def buggy(ask: Ask) -> SetDisplayName:
    """The release with the bug."""
    street = await ask("street", Text())
    return SetDisplayName(name=str(int(street)))


@pytest.fixture
async def chat(database: Database, deploy: Deploy, tmp_path: Path) -> Chat:
    """Somebody for whom `/test` starts the conversation above."""
    house = house_with(tmp_path, {"nl": TEXTS, "en": TEXTS})
    await opened(database, house)
    deploy("test.talk", talk, command="test")
    chat = Chat(database, house)
    await chat.writes("/start")
    await chat.presses("Dat zeg ik liever niet")
    return chat


async def status(chat: Chat) -> ConversationStatus:
    (journal,) = await chat.journals()
    return journal.status


# A bug


async def broken(chat: Chat, deploy: Deploy) -> None:
    deploy("test.talk", buggy)
    await chat.writes("/test")
    await chat.writes(SECRET)


async def test_a_bug_keeps_the_journal_and_apologises(chat: Chat, deploy: Deploy) -> None:
    with capture_logs() as logged:
        await broken(chat, deploy)

    assert "Sorry, hier zit een fout bij ons. Je antwoorden zijn bewaard" in chat.last
    assert await status(chat) == ConversationStatus.BROKEN
    assert await chat.answers() == {"street": SECRET}
    (error,) = [one for one in logged if one["log_level"] == "error"]
    assert error["error"].startswith("test.talk: ValueError at buggy:")
    assert not any(word in str(logged) for word in SECRET.split())


async def test_meanwhile_other_things_go_on(chat: Chat, deploy: Deploy) -> None:
    await broken(chat, deploy)

    await chat.writes("Hoe vraag ik een paspoort aan?")

    assert "Wil je dit aan de gemeente vragen?" in chat.last
    assert [one.status for one in await chat.journals()] == [ConversationStatus.BROKEN, ConversationStatus.ACTIVE]


@pytest.mark.parametrize("words", ["Hoe vraag ik een paspoort aan?", "/test", "/start", "/help"])
async def test_after_the_fix_it_goes_on_and_takes_nothing_else_for_an_answer(
    chat: Chat, deploy: Deploy, words: str
) -> None:
    await broken(chat, deploy)

    deploy("test.talk", talk)
    await chat.writes(words)

    assert chat.last == "Waarom?"
    assert await status(chat) == ConversationStatus.ACTIVE
    assert await chat.answers() == {"street": SECRET}
    await chat.writes("Omdat het mooi is")
    assert "Omdat het mooi is" in chat.last


async def test_after_the_fix_any_old_button_goes_on_too(chat: Chat, deploy: Deploy) -> None:
    await chat.writes("/test")
    await chat.writes(SECRET)
    back = chat.button("Terug")
    deploy("test.talk", buggy)
    await chat.does(back)
    assert await status(chat) == ConversationStatus.BROKEN

    deploy("test.talk", talk)
    await chat.does(back)

    assert chat.last == "Waarom?"


async def test_pressing_on_while_it_is_broken_apologises_again(chat: Chat, deploy: Deploy) -> None:
    await chat.writes("/test")
    await chat.writes(SECRET)
    stop = chat.button("Stop")
    deploy("test.talk", buggy)

    for _ in range(2):
        await chat.does(stop)
        assert "Sorry, hier zit een fout bij ons." in chat.last
        assert await status(chat) == ConversationStatus.BROKEN


async def test_what_is_broken_gets_no_reminder(chat: Chat, deploy: Deploy) -> None:
    await broken(chat, deploy)
    seen = chat.seen()

    await chat.wait(timedelta(days=3))

    assert chat.seen() == seen


# Other questions


async def test_a_new_question_is_asked_with_all_else_kept(chat: Chat, deploy: Deploy) -> None:
    async def newer(ask: Ask) -> SetDisplayName:
        street = await ask("street", Text())
        colour = await ask("colour", Skippable(Text()))
        why = await ask("why", Text())
        await ask.review()
        return SetDisplayName(name=f"{street} {colour} {why}")

    await chat.writes("/test")
    await chat.writes("Kerkpad")
    await chat.writes("Omdat het mooi is")
    confirm = chat.button("Verstuur")

    deploy("test.talk", newer)
    await chat.does(confirm)
    assert chat.last == "Welke kleur?", "that summary lacked something"
    await chat.writes("groen")

    assert await chat.answers() == {"street": "Kerkpad", "why": "Omdat het mooi is", "colour": "groen"}
    assert all(word in chat.last for word in ("Kerkpad", "groen", "Omdat het mooi is"))


async def test_what_is_typed_is_no_answer_to_a_question_that_was_not_on_the_screen(chat: Chat, deploy: Deploy) -> None:
    async def newer(ask: Ask) -> SetDisplayName:
        street = await ask("street", Text())
        colour = await ask("colour", Text())
        why = await ask("why", Text())
        return SetDisplayName(name=f"{street} {colour} {why}")

    await chat.writes("/test")
    await chat.writes("Kerkpad")
    assert chat.last == "Waarom?"
    deploy("test.talk", newer)

    await chat.writes("Omdat het mooi is")

    assert chat.last == "Welke kleur?"
    assert await chat.answers() == {"street": "Kerkpad"}
    await chat.writes("groen")
    assert chat.last == "Waarom?"


async def test_an_answer_that_no_longer_fits_is_asked_again_with_why(chat: Chat, deploy: Deploy) -> None:
    async def shorter(ask: Ask) -> SetDisplayName:
        street = await ask("street", Text(max_length=10))
        return SetDisplayName(name=street + await ask("why", Text()))

    await chat.writes("/test")
    await chat.writes(SECRET)
    deploy("test.talk", shorter)

    await chat.writes("Omdat")

    assert chat.last.startswith("Je antwoord is nu te lang, omdat wij iets hebben veranderd.")
    assert chat.last.endswith("Welke straat?")
    await chat.writes("Kerkpad")
    assert chat.last == "Waarom?"


async def test_a_change_of_a_question_that_has_left_is_given_up(chat: Chat, deploy: Deploy) -> None:
    async def without(ask: Ask) -> SetDisplayName:
        return SetDisplayName(name=await ask("street", Text()) + await ask("colour", Text()))

    await chat.writes("/test")
    await chat.writes("Kerkpad")
    await chat.writes("Omdat het mooi is")
    await chat.presses("Reden")
    deploy("test.talk", without)

    await chat.writes("Daarom")
    assert chat.last == "Welke kleur?", "that was an answer to the question that has left"
    await chat.writes("blauw")

    assert await chat.journals() == []
    assert (await chat.rows())["people"][0]["display_name"] == "Kerkpadblauw"


async def test_a_conversation_that_was_taken_out_says_sorry_and_gets_out_of_the_way(chat: Chat, deploy: Deploy) -> None:
    await chat.writes("/test")
    await chat.writes("Kerkpad")
    deploy("test.talk", None)

    await chat.writes("Omdat het mooi is")
    assert "Sorry, hier zit een fout bij ons." in chat.last
    await chat.writes("/initiatief")

    assert "Wat wil je zelf gaan doen?" in chat.last


async def test_a_parked_conversation_that_was_taken_out_is_not_offered_nor_reminded_of(
    chat: Chat, deploy: Deploy
) -> None:
    await chat.writes("/test")
    await chat.writes("Kerkpad")
    await chat.presses("Later")
    go_on = chat.button("Ga verder")
    deploy("test.talk", None)

    await chat.wait(timedelta(days=2))
    await chat.writes("/initiatief")
    await chat.presses("Stop")
    assert "Wat wil je doen?" in chat.last
    assert "iets proberen" not in chat.last

    await chat.does(go_on)
    assert "Sorry, hier zit een fout bij ons." in chat.last


# Looking things up


async def test_what_is_looked_up_is_looked_up_once(chat: Chat, deploy: Deploy) -> None:
    looked: list[str] = []

    async def lookup(context: Context) -> object:
        looked.append(context.me.first_name)
        return ("a", len(looked))

    async def run(ask: Ask) -> SetDisplayName:
        street = await ask("street", Text())
        found = await ask.once("found", lookup, after=("street",))
        assert isinstance(found, list), "what is looked up is JSON, also the first time"
        why = await ask("why", Text())
        await ask.review()
        return SetDisplayName(name=f"{street} {found[1]} {why}")

    deploy("test.talk", run)
    await chat.writes("/test")
    await chat.writes("Kerkpad")
    await chat.writes("?")
    await chat.writes("Omdat")
    assert looked == ["Sanne"]

    await chat.presses("Straat")
    assert looked == ["Sanne"]
    await chat.writes("Dorpsplein")
    assert looked == ["Sanne", "Sanne"]
    await chat.presses("Verstuur")

    assert (await chat.rows())["people"][0]["display_name"] == "Dorpsplein 2 Omdat"


async def test_what_was_looked_up_is_looked_up_anew_when_they_come_back(chat: Chat, deploy: Deploy) -> None:
    found = ["Kerkpad"]

    async def lookup(context: Context) -> str:
        return found[-1]

    async def run(ask: Ask) -> SetDisplayName:
        street = await ask.once("found", lookup)
        colour = await ask("colour", Text())
        why = await ask("why", Text())
        return SetDisplayName(name=f"{street} {colour} {why}")

    deploy("test.talk", run)
    await chat.writes("/test")
    await chat.writes("groen")
    (journal,) = await chat.journals()
    assert journal.answers["found"] == {"value": "Kerkpad", "found": True}
    await chat.presses("Later")
    found.append("Dorpsplein")
    await chat.presses("Ga verder")
    assert chat.last == "Waarom?", "what they answered is still there"
    found.append("Marktstraat")
    await chat.writes("Omdat")

    assert (await chat.rows())["people"][0]["display_name"] == "Dorpsplein groen Omdat"


# Names too long for a button


async def test_long_names_become_tokens_and_work_all_the_same(chat: Chat, deploy: Deploy) -> None:
    async def run(ask: Ask) -> SetDisplayName:
        street = await ask("street", Text())
        far = await ask(LONG, Choice(Far))
        await ask.review()
        return SetDisplayName(name=f"{street} {far.name}")

    deploy("test.talk", run)
    await chat.writes("/test")
    await chat.writes("Kerkpad")
    first, back = chat.button("Eerste"), chat.button("Terug")
    assert first.data.startswith("t:")
    assert back.data.startswith("t:")
    assert all(len(one.data.encode()) <= buttons.LIMIT for one in (first, back))

    await chat.does(back)
    assert chat.last == "Welke straat?\n\nNu staat er: Kerkpad"
    await chat.writes("Dorpsplein")
    await chat.presses("Eerste")
    await chat.does(back)
    assert chat.toast is not None
    assert chat.toast.text.startswith("Die vraag heb je al beantwoord.")
    await chat.presses("Lang")
    await chat.presses("Tweede")
    await chat.presses("Verstuur")

    assert (await chat.rows())["people"][0]["display_name"] == "Dorpsplein SECOND"
