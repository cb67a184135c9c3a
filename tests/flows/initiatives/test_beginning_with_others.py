"""Others do something like it: help with theirs, follow it, or go on with one's own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from flows import features
from flows.initiatives.beginning.answers import AlikeAnswer, WithOthers
from flows.initiatives.beginning.start import start
from flows.initiatives.finding.alike import Similar, index_missing
from flows.initiatives.people.helping import LENGTH
from flows.initiatives.verbs import JoinInitiative
from flows.talk.answers import Accepted, Chosen, Drafted, Refused, Unfit
from storage.conversations import Conversation
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus
from storage.participation import Participant
from storage.people import Person
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.chat import Chat
from tests.flows.talk.play import around, house, play, press

features.load()

QUESTION = "initiative.start.alike_choice"
IDEA = "Samen een bankje timmeren"


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


def like(number: int, title: str, status: InitiativeStatus = InitiativeStatus.IDEA) -> Similar:
    return Similar(
        id=number,
        reference=f"I-2026-{number:04}",
        title=title,
        district="WK999904",
        theme="samen",
        status=status.value,
        first_step="Hout zoeken",
    )


BENCH, TABLE, OVEN = (
    like(7, "Een bankje"),
    like(9, "Een heel lange tafel op het plein"),
    like(12, "Een oven", InitiativeStatus.DONE),
)


def labels(answer: AlikeAnswer, draft: Any = None) -> list[str]:
    return [option.label for row in answer.options(QUESTION, around(), draft) for option in row]


def test_with_one_of_them_there_is_joining_following_and_ones_own() -> None:
    assert labels(AlikeAnswer([BENCH, OVEN])) == [
        "🤝 Ik doe mee",
        "🔔 Ik volg het",
        "Mijn plan is anders",
    ]
    text = AlikeAnswer([BENCH, OVEN]).text(QUESTION, around(), None) or ""
    assert "Een oven" in text, "what is done is an example"
    assert "Doe je mee? Dan vraag ik wat je kunt doen." in text


async def test_each_of_several_opens_its_own_card_and_there_is_a_way_back() -> None:
    answer = AlikeAnswer([BENCH, TABLE, OVEN])
    assert labels(answer) == ["🌱 Een bankje", "🌱 Een heel lange tafel op h…", "Mijn plan is anders"]

    opened = await answer.accept(Chosen(key="look-9"), QUESTION, around(), None)
    assert opened == Drafted(value="9")
    assert labels(answer, "9")[1:] == ["🔔 Ik volg het", "⬅️ Alle plannen", "Mijn plan is anders"]
    text = answer.text(QUESTION, around(), "9") or ""
    assert "Een heel lange tafel op het plein" in text
    assert "Een bankje" not in text
    assert await answer.accept(Chosen(key="all"), QUESTION, around(), "9") == Drafted(value=None)
    assert await answer.accept(Chosen(key="help-9"), QUESTION, around(), "9") == Accepted(value="help-9")
    assert isinstance(await answer.accept(Chosen(key="help-12"), QUESTION, around(), "9"), Refused)
    assert answer.options(QUESTION, around(), "4") == answer.options(QUESTION, around(), None), "it ended meanwhile"


def test_what_was_chosen_is_read_again_only_while_it_runs() -> None:
    answer = AlikeAnswer([BENCH, OVEN])

    assert answer.load("help-7") == WithOthers(7, help=True)
    assert answer.load("7") == WithOthers(7, help=False)
    assert answer.load(AlikeAnswer.MINE) is None
    for value in ("12", "help-12", "help-", "look-7", "", 7.5, None):
        with pytest.raises(Unfit):
            answer.load(value)


@pytest.mark.parametrize(
    ("chosen", "ends"),
    [
        ("help-7", f"END  JoinInitiative\n     initiative_id: 7\n     words: {IDEA}\n"),
        ("7", "END  FollowInitiative\n     initiative_id: 7\n     follow: True\n"),
    ],
)
async def test_who_goes_along_is_asked_nothing_more(chosen: str, ends: str) -> None:
    script = await play(
        start,
        IDEA,
        press("neighbours"),
        press("done"),
        press("samen"),
        press(chosen),
        looked_up={"home": "WK999904", "alike": [BENCH, OVEN]},
    )

    assert script.endswith(ends)


async def test_who_joins_says_what_they_can_do_and_keeps_their_words(table: Table) -> None:
    async with table.database.transaction() as session:
        sanne = Person(telegram_id=300, first_name="Sanne", created_at=MONDAY, welcomed_at=MONDAY)
        session.add(sanne)
    table.people["Sanne"] = sanne.id or 0

    await table.does("Sanne", JoinInitiative(initiative_id=HERE, words=f"{IDEA} " * 40))

    (asked,) = (await table.said())["Sanne"]
    assert "Wat kun je doen?" in asked
    async with table.database.transaction() as session:
        (journal,) = (await session.exec(select(Conversation))).all()
        assert (await session.exec(select(Participant).where(Participant.person_id == sanne.id))).all() == []
    assert (journal.name, journal.answers) == ("helping.offer", journal.answers | {"initiative": {"value": HERE}})
    words = journal.drafts["text"]
    assert words.startswith(IDEA)
    assert words.endswith(" …")
    assert len(words) <= LENGTH


async def test_who_leads_it_or_comes_too_late_does_not_join(table: Table) -> None:
    join = JoinInitiative(initiative_id=HERE, words=IDEA)

    assert await table.is_refused("Fatima", join) == "helping.refused.leads"
    await table.change(Initiative, status=InitiativeStatus.DONE)
    assert await table.is_refused("Jan", join) == "taking_part.refused.ended"


async def test_what_was_laid_aside_waits_until_they_have_joined(table: Table) -> None:
    async with table.database.transaction() as session:
        session.add(Person(telegram_id=301, first_name="Sanne", created_at=MONDAY, welcomed_at=MONDAY))
        await session.flush()
        await index_missing(session, table.house.municipality)
    chat = Chat(table.database, table.house, person=301)
    await chat.writes("/vraag")
    await chat.writes("Wanneer bloeien tulpen?")
    await chat.writes("/initiatief")
    await chat.writes("Bloemen planten")
    await chat.presses("Buren")
    await chat.presses("Klaar")
    await chat.presses("Dat weet ik nog niet")
    await chat.presses("Groen en water")

    await chat.presses("Ik doe mee")

    assert "Wat kun je doen?" in chat.last
    assert [journal.name for journal in await chat.journals()] == ["question.ask", "helping.offer"]
    await chat.presses("Handen")
    await chat.presses("Klaar")
    await chat.presses("Laat het zo")
    await chat.presses("Nee, nog niet")
    await chat.presses("Ja, ik help")
    assert "Je was nog bezig met: een vraag" in chat.last
    assert [journal.name for journal in await chat.journals()] == ["question.ask"]
