"""Rules that the schema keeps, whoever writes. On both engines."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from storage.columns import now
from storage.conversations import Conversation, ConversationStatus
from storage.database import Database
from storage.municipality import Team
from storage.people import Invitation, Person, Role, RoleGrant
from storage.timers import Timer, TimerKind
from storage.updates import SeenUpdate

Make = Callable[[], SQLModel]


def talk(person_id: int = 1, status: ConversationStatus = ConversationStatus.ACTIVE) -> Make:
    return lambda: Conversation(person_id=person_id, name="question.ask", status=status)


def grant(team: str | None = None, role: Role = Role.COORDINATOR, person_id: int = 1) -> Make:
    return lambda: RoleGrant(person_id=person_id, role=role, team_code=team)


def timer(subject_id: int = 1, kind: TimerKind = TimerKind.DRAFT_REMINDER) -> Make:
    return lambda: Timer(kind=kind, subject_id=subject_id, due_at=now())


def invitation() -> Invitation:
    return Invitation(code_hash="0" * 64, role=Role.PARTNER, expires_at=now())


async def add(database: Database, *rows: Make) -> None:
    """Each in a transaction of its own, for two people and two teams."""
    async with database.transaction() as session:
        session.add_all([Person(telegram_id=10), Person(telegram_id=20)])
        session.add_all([Team(code="green", name=""), Team(code="front_desk", name="")])
    for make in rows:
        async with database.transaction() as session:
            session.add(make())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(talk(), talk(), id="one active conversation a person"),
        pytest.param(grant(), grant(), id="a role without a team is given once"),
        pytest.param(grant("green"), grant("green"), id="a role in a team is given once"),
        pytest.param(lambda: SeenUpdate(update_id=7), lambda: SeenUpdate(update_id=7), id="an update is seen once"),
        pytest.param(lambda: Person(telegram_id=10), lambda: Person(), id="a Telegram account is one person"),
        pytest.param(timer(), timer(), id="one timer of a kind for a subject"),
        pytest.param(invitation, invitation, id="an invitation's code is its own"),
    ],
)
async def test_the_second_is_refused(database: Database, first: Make, second: Make) -> None:
    with pytest.raises(IntegrityError):
        await add(database, first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(talk(), talk(2), id="two people talk at once"),
        pytest.param(talk(), talk(status=ConversationStatus.PARKED), id="a conversation waits beside the active one"),
        pytest.param(
            talk(status=ConversationStatus.PARKED), talk(status=ConversationStatus.PARKED), id="several may wait"
        ),
        pytest.param(grant(), grant("green"), id="a role for the whole and in a team"),
        pytest.param(grant("green"), grant("front_desk"), id="a role in two teams"),
        pytest.param(grant(), grant(role=Role.ADMIN), id="two roles"),
        pytest.param(grant(), grant(person_id=2), id="two people with a role"),
        pytest.param(lambda: Person(), lambda: Person(), id="people without Telegram"),
        pytest.param(timer(), timer(2), id="timers for two subjects"),
        pytest.param(timer(), timer(kind=TimerKind.HOUSEKEEPING), id="timers of two kinds"),
    ],
)
async def test_both_are_kept(database: Database, first: Make, second: Make) -> None:
    await add(database, first, second)


async def test_a_row_may_not_point_at_nobody(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add(database, grant(person_id=99))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_an_id_of_a_deleted_conversation_is_not_used_again(database: Database) -> None:
    await add(database, talk())
    async with database.transaction() as session:
        old = await session.get(Conversation, 1)
        await session.delete(old)
    async with database.transaction() as session:
        new = Conversation(person_id=1, name="question.ask")
        session.add(new)

    assert new.id == 2
