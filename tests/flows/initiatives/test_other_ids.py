"""A number in a command that is of something of another initiative: who leads one never reaches into another."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from flows import features
from flows.commands import Done, Refused
from flows.initiatives import verbs
from flows.permissions import Relation
from flows.verbs import Command, InitiativeCommand
from storage.agreements import Agreement, AgreementStatus
from storage.database import Database
from storage.endings import EndingOffer
from storage.initiatives import Initiative, InitiativeStatus, Side
from storage.lessons import Ending
from storage.moderation import Report, ReportStatus
from storage.participation import InitiativeInvitation, Participant, Participation
from storage.people import Person
from storage.steps import Step
from tests.dumps import dump
from tests.flows.initiatives.table import HERE, MONDAY, TEAM, Table, laid
from tests.flows.initiatives.who_may import INITIATIVES
from tests.flows.talk.play import house

features.load()

THERE, THIRD = 2, 3
"""Noor's, which Piet guides; and one whose initiators want to go on in hers."""
OF_OTHERS = {
    "step_id": 201,
    "participant_id": 202,
    "invitation_id": 203,
    "other_id": THIRD,
    "report_id": 204,
    "agreement_id": 205,
}
"""What belongs to Noor's initiative, by the field that names it."""
APPEALED = 206
NUMBERS = (0, -1, 999_999_999)
"""What is nobody's."""


def second_id(command: Command) -> str | None:
    """The field that names something of the initiative."""
    found = [field.name for field in fields(command) if field.name in OF_OTHERS]
    return found[0] if found else None


def kinds(base: type[Command]) -> list[type[Command]]:
    """All kinds of command."""
    return [one for kind in base.__subclasses__() for one in (kind, *kinds(kind))]


WITH_SECOND = [(command, who) for command, who in INITIATIVES if second_id(command) is not None]
ACTORS = ((Relation.INITIATOR, "Fatima", "Noor"), (Relation.COORDINATOR, "Ria", "Ria"))
"""Who tries it: who leads the first initiative; and who may do it there."""


def test_every_field_that_names_something_is_tried() -> None:
    ids = {field.name for kind in kinds(InitiativeCommand) for field in fields(kind) if field.name.endswith("_id")}
    assert ids - {"initiative_id"} == set(OF_OTHERS)


@pytest.fixture
async def table(database: Database) -> Table:
    table = await laid(database, house())
    async with database.transaction() as session:
        for number, name in enumerate(("Noor", "Omar")):
            person = Person(telegram_id=900 + number, first_name=name, created_at=MONDAY)
            session.add(person)
            await session.flush()
            table.people[name] = person.id or 0
        for number in (THERE, THIRD):
            session.add(
                Initiative(
                    id=number,
                    reference=f"I-2026-000{number}",
                    initiator_id=table.people["Noor"],
                    guide_id=table.people["Piet"],
                    title="Soep",
                    idea="Soep koken",
                    first_step="Een pan lenen",
                    status=InitiativeStatus.EXPLORING,
                    team_code=TEAM,
                    respond_by=MONDAY,
                )
            )
        await session.flush()
        noor, omar = table.people["Noor"], table.people["Omar"]
        session.add_all(
            [
                Participant(initiative_id=THERE, person_id=noor, kind=Participation.INITIATOR),
                Participant(
                    id=OF_OTHERS["participant_id"], initiative_id=THERE, person_id=omar, kind=Participation.HELPER
                ),
                Step(id=OF_OTHERS["step_id"], initiative_id=THERE, owner_id=None, text="Een pan lenen"),
                InitiativeInvitation(
                    id=OF_OTHERS["invitation_id"],
                    initiative_id=THERE,
                    code_hash="x",
                    created_by=noor,
                    expires_at=MONDAY,
                    accepted_by=omar,
                    accepted_at=MONDAY,
                ),
                Report(id=OF_OTHERS["report_id"], initiative_id=THERE, reporter_id=omar, text="Een naam"),
                Report(
                    id=APPEALED, initiative_id=THERE, reporter_id=omar, text="Nog een", status=ReportStatus.APPEALED
                ),
                Agreement(
                    id=OF_OTHERS["agreement_id"],
                    initiative_id=THERE,
                    text="Een tafel",
                    side=Side.RESIDENTS,
                    owner_id=noor,
                    by=date(2026, 3, 16),
                    status=AgreementStatus.AGREED,
                    proposed_by=noor,
                    residents_at=MONDAY,
                    municipality_at=MONDAY,
                ),
                EndingOffer(initiative_id=THIRD, ending=Ending.MERGED, into_id=THERE, reason="Samen", offered_by=noor),
            ]
        )
    return table


def asked_of(command: Command, field: str, initiative: int, number: int) -> Command:
    """The same command, about something else."""
    changed: dict[str, object] = {"initiative_id": initiative, field: number}
    return replace(command, **changed)


@pytest.mark.parametrize(
    ("command", "who"), [pytest.param(command, who, id=type(command).__name__) for command, who in WITH_SECOND]
)
async def test_something_of_another_initiative_is_gone(
    table: Table, command: Command, who: frozenset[Relation]
) -> None:
    field = second_id(command)
    assert field is not None
    number = APPEALED if isinstance(command, verbs.DecideAppeal) else OF_OTHERS[field]
    here, there = next((here, there) for relation, here, there in ACTORS if relation in who)
    before = await dump(table.database)

    refused = [await table.tries(here, asked_of(command, field, HERE, one)) for one in (number, *NUMBERS)]

    assert await dump(table.database) == before
    assert all(isinstance(one, Refused) for one in refused), refused
    assert len(set(map(str, refused))) == 1, "what isn't there and what is another's are answered alike"
    assert refused[0] != Refused(key="common.not_allowed"), "refused for another reason than the number"
    outcome = await table.tries(there, asked_of(command, field, THERE, number))
    assert isinstance(outcome, Done) or outcome != refused[0], "where it belongs it is there"
