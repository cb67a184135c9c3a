"""The whole table: every command in every state, by somebody who may."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from flows import features
from flows.commands import Done, Refused, carry
from flows.context import Context
from flows.initiatives.lifecycle.lifecycle import WAYS, got_under_way, way
from flows.initiatives.verbs import (
    AgreeToMerge,
    AnswerTakeOn,
    BeginInitiative,
    ConfirmFrame,
    Decide,
    FinishInitiative,
    FinishStep,
    StopInitiative,
    WriteToInitiator,
)
from flows.opening import open_house
from flows.verbs import Command
from storage.agreements import Decision, DecisionOutcome, Frame, Say
from storage.database import Database
from storage.endings import EndingOffer
from storage.initiatives import EventKind, Initiative, InitiativeEvent, InitiativeStatus, Route
from storage.lessons import Ending
from storage.outbox import OutboxMessage
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step
from tests.flows.talk.play import house

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
INITIATOR, GUIDE, OTHERS_INITIATOR = 1, 2, 3
ONE, OTHER = 1, 2
STATES = ("idea", "exploring", "agreed", "under_way", "done", "stopped", "merged", "taken_on")
STAYS = "-"
REFUSED = "x"
TABLE = """
                  idea       exploring  agreed     under_way  done  stopped  merged  taken_on
WriteToInitiator  exploring  -          -          -          -     -        -       -
ConfirmFrame      agreed     agreed     -          -          x     x        x       x
BeginInitiative   agreed     agreed     x          x          x     x        x       x
Decide            agreed     agreed     -          -          x     x        x       x
FinishStep        under_way  under_way  under_way  -          x     x        x       x
FinishInitiative  done       done       done       done       x     x        x       x
StopInitiative    stopped    stopped    stopped    stopped    x     x        x       x
AgreeToMerge      merged     merged     merged     merged     x     x        x       x
AnswerTakeOn      taken_on   taken_on   taken_on   taken_on   x     x        x       x
"""
"""Where it goes; `-`: it is done and the state stays; `x`: it is refused, kindly, and nothing changes."""
COMMANDS: dict[type[Command], tuple[int, Command]] = {
    WriteToInitiator: (GUIDE, WriteToInitiator(initiative_id=ONE, text="Dag!")),
    ConfirmFrame: (INITIATOR, ConfirmFrame(initiative_id=ONE, version=1)),
    BeginInitiative: (INITIATOR, BeginInitiative(initiative_id=ONE)),
    Decide: (
        GUIDE,
        Decide(initiative_id=ONE, outcome=DecisionOutcome.GRANTED, reasons="Het past", possible="Begin maar"),
    ),
    FinishStep: (INITIATOR, FinishStep(initiative_id=ONE, step_id=1, story="Gelukt", photo=None)),
    FinishInitiative: (INITIATOR, FinishInitiative(initiative_id=ONE)),
    StopInitiative: (INITIATOR, StopInitiative(initiative_id=ONE, reason="Verhuisd")),
    AgreeToMerge: (OTHERS_INITIATOR, AgreeToMerge(initiative_id=OTHER, other_id=ONE, yes=True)),
    AnswerTakeOn: (INITIATOR, AnswerTakeOn(initiative_id=ONE, yes=True)),
}


def expected() -> dict[str, dict[str, str]]:
    lines = [line.split() for line in TABLE.strip().splitlines()]
    assert tuple(lines[0]) == STATES
    return {line[0]: dict(zip(STATES, line[1:], strict=True)) for line in lines[1:]}


def initiative(number: int, status: InitiativeStatus) -> Initiative:
    return Initiative(
        id=number,
        reference=f"I-2026-000{number}",
        initiator_id=INITIATOR if number == ONE else OTHERS_INITIATOR,
        guide_id=GUIDE,
        title="Bloemen",
        idea="Bloemen planten",
        first_step="Zaaien",
        route=Route.JUST_DO_IT,
        status=status,
        team_code="buitenruimte",
        respond_by=NOW,
        ended_at=None if status.value in STATES[:4] else NOW,
    )


async def town(database: Database) -> None:
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        session.add_all([Person(id=number, telegram_id=number, first_name=f"P{number}") for number in (1, 2, 3)])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # seventy times the same statements
async def test_every_command_in_every_state(database: Database) -> None:
    await town(database)
    table = expected()
    assert set(table) == {one.__name__ for one in WAYS} == {one.__name__ for one in COMMANDS}

    for kind, (who, command) in COMMANDS.items():
        for word, wanted in table[kind.__name__].items():
            async with database.transaction() as session, session.begin_nested() as tried:
                one = initiative(ONE, InitiativeStatus(word))
                session.add_all([one, initiative(OTHER, InitiativeStatus.EXPLORING)])
                await session.flush()
                session.add_all(
                    [
                        Participant(initiative_id=ONE, person_id=INITIATOR, kind=Participation.INITIATOR),
                        Participant(initiative_id=OTHER, person_id=OTHERS_INITIATOR, kind=Participation.INITIATOR),
                        Step(id=1, initiative_id=ONE, text="Zaaien", owner_id=INITIATOR),
                        EndingOffer(
                            initiative_id=ONE, ending=Ending.MERGED, into_id=OTHER, reason="Samen", offered_by=INITIATOR
                        ),
                        EndingOffer(initiative_id=ONE, ending=Ending.TAKEN_ON, reason="Samen", offered_by=GUIDE),
                    ]
                )
                if kind is ConfirmFrame:
                    session.add(
                        Frame(initiative_id=ONE, fixed="a", yours="b", together="c", say=Say.INFORM, written_by=GUIDE)
                    )
                if kind is Decide:
                    session.add(Decision(initiative_id=ONE, due_at=NOW))
                await session.flush()
                context = Context(house=house(), session=session, now=NOW, actor=await session.get_one(Person, who))

                outcome = await carry(context, command)

                case = f"{kind.__name__} in {word}"
                assert isinstance(outcome, Refused if wanted == REFUSED else Done), f"{case}: {outcome}"
                after = word if wanted in (STAYS, REFUSED) else wanted
                assert one.status.value == after, case
                moved = way(kind, InitiativeStatus(word), one.route)
                assert (moved.value if moved else word) == after, f"{case}: the table in the code says {moved}"
                await tried.rollback()


def test_where_somebody_has_to_agree_first_a_step_done_is_not_under_way_yet() -> None:
    for route in set(Route) - {Route.JUST_DO_IT}:
        assert way(FinishStep, InitiativeStatus.EXPLORING, route) is None
        assert way(FinishStep, InitiativeStatus.AGREED, route) is InitiativeStatus.UNDER_WAY


async def test_got_under_way_does_nothing_when_it_is_already(database: Database) -> None:
    await town(database)
    async with database.transaction() as session:
        one = initiative(ONE, InitiativeStatus.AGREED)
        session.add(one)
        await session.flush()
        session.add(Participant(initiative_id=ONE, person_id=INITIATOR, kind=Participation.INITIATOR))
        await session.flush()
        actor = await session.get_one(Person, INITIATOR)
        context = Context(house=house(), session=session, now=NOW, actor=actor)

        await got_under_way(context, one)
        await got_under_way(context, one)

        events = (await session.exec(select(InitiativeEvent).where(InitiativeEvent.kind == EventKind.STATUS))).all()
        assert [event.details for event in events] == [{"from": "agreed", "to": "under_way"}]
        told = {row.person_id for row in (await session.exec(select(OutboxMessage))).all()}
        assert told == {GUIDE}, "who did it isn't told, and the guide is"
