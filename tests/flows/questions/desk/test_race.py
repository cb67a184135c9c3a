"""Two at the same moment: one claims it, the other hears who; questions that go along with each other do no harm."""

import asyncio
from collections.abc import Mapping

import pytest
from sqlalchemy import text
from sqlmodel import select

from flows import features
from flows.commands import Done, Outcome, Refused, carry
from flows.context import Context, House
from flows.municipality import Municipality
from flows.opening import open_house
from flows.questions.verbs import AskBack, AskOn, AskQuestion, ClaimQuestion, MergeQuestion, ReleaseQuestion
from flows.talk.own_words import Words
from flows.verbs import Command
from locales.catalogue import Catalogue
from storage.columns import now
from storage.database import Database
from storage.people import Person, Role, RoleGrant
from storage.questions import Question, QuestionStatus

features.load()

ASKER, COLLEAGUES = 1, {2: "Jan", 3: "Noor"}
WAITS_FOR_US = text("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
ASKED = AskQuestion(words=(Words(text="Wanneer?"),), theme="groen", district=None)


@pytest.fixture
async def house(database: Database) -> House:
    """A resident, two of one team, and a question for them."""
    house = House(municipality=Municipality.load(None), catalogue=Catalogue.load(), bot_username="bot")
    async with database.transaction() as session:
        await open_house(session, house.municipality, now())
        session.add(Person(id=ASKER, telegram_id=101, first_name="Fatma"))
        session.add_all(Person(id=one, telegram_id=100 + one, first_name=name) for one, name in COLLEAGUES.items())
        await session.flush()
        session.add_all(
            RoleGrant(person_id=one, role=Role.CIVIL_SERVANT, team_code="buitenruimte") for one in COLLEAGUES
        )
    async with database.transaction() as session:
        context = Context(house=house, session=session, now=now(), actor=await session.get_one(Person, ASKER))
        await carry(context, ASKED)
    return house


async def together(database: Database, house: House, commands: Mapping[int, Command]) -> dict[int, Outcome]:
    """What comes of these commands, carried out at the same moment by who they are of."""
    ready = asyncio.Barrier(len(commands))

    async def do(who: int, command: Command) -> Outcome:
        await ready.wait()
        async with database.transaction() as session:
            context = Context(house=house, session=session, now=now(), actor=await session.get_one(Person, who))
            return await carry(context, command)

    return dict(zip(commands, await asyncio.gather(*(do(*one) for one in commands.items())), strict=True))


async def test_one_of_two_gets_it_and_the_other_hears_who(database: Database, house: House) -> None:
    outcomes = await together(database, house, {one: ClaimQuestion(question_id=1) for one in COLLEAGUES})

    async with database.transaction() as session:
        question = (await session.exec(select(Question))).one()
    assert question.status is QuestionStatus.CLAIMED
    assert question.assignee_id is not None
    (loser,) = set(COLLEAGUES) - {question.assignee_id}
    assert isinstance(outcomes[question.assignee_id], Done)
    refused = outcomes[loser]
    assert isinstance(refused, Refused)
    assert refused.key == "question.refused.claimed"
    assert refused.values["name"] == COLLEAGUES[question.assignee_id]


async def test_two_who_let_each_other_s_question_go_along_do_not_wait_for_each_other(
    database: Database, house: House
) -> None:
    await together(database, house, {ASKER: ASKED})
    into = {2: MergeQuestion(question_id=1, into_id=2), 3: MergeQuestion(question_id=2, into_id=1)}

    outcomes = await together(database, house, into)

    assert sorted(type(one).__name__ for one in outcomes.values()) == ["Done", "Refused"]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_a_reply_in_a_question_that_goes_along_sees_what_was_done_with_the_other_meanwhile(
    database: Database, house: House
) -> None:
    await together(database, house, {ASKER: ASKED})
    for command in (MergeQuestion(question_id=1, into_id=2), AskBack(question_id=2, text="Waar?")):
        await together(database, house, {2: command})

    async with database.transaction() as session:
        context = Context(house=house, session=session, now=now(), actor=await session.get_one(Person, 2))
        await carry(context, ReleaseQuestion(question_id=2))
        reply = AskOn(question_id=1, words=(Words(text="Hier"),))
        replying = asyncio.create_task(together(database, house, {ASKER: reply}))
        connection = await session.connection()
        while (await connection.execute(WAITS_FOR_US)).first() is None:
            assert not replying.done()
            await asyncio.sleep(0.01)
    await replying

    async with database.transaction() as session:
        main = await session.get_one(Question, 2)
    assert (main.status, main.assignee_id) == (QuestionStatus.OPEN, None)
