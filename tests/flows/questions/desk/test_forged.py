"""Every button of every card, pressed by everybody, also by whom it was never shown to: only who may gets anywhere."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from flows import features
from flows.context import Context, House
from flows.doors import ACTIONS
from flows.municipality import Municipality
from flows.opening import open_house
from flows.people.teams import roles_of
from locales.catalogue import Catalogue
from storage.conversations import Conversation
from storage.database import Database
from storage.people import Person, Role, RoleGrant
from storage.questions import AnswerDraft, MessageKind, Question, QuestionMessage, QuestionStatus, ThinkingAlong

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TEAM, OTHER_TEAM, PARTNERS = "buitenruimte", "toezicht", "wijkagenten"
ASKER, NEIGHBOUR, ASSIGNEE, COLLEAGUE, ELSEWHERE, PARTNER, COORDINATOR, THINKER, READER = range(1, 10)
EVERYBODY = frozenset(range(1, 10))

OF_THE_ASKER = frozenset({"q-thanks", "q-ask_on", "q-reopen", "q-partly"})
OF_THE_READER = frozenset({"q-approve", "q-send_back"})
NOTES = frozenset({"q-note"})
LOOKING = frozenset({"q-show", "q-why", "q-more", "q-read"})
DESK = frozenset({ASSIGNEE, COLLEAGUE})

MAY_CHANGE: dict[str, frozenset[int]] = (
    dict.fromkeys(OF_THE_ASKER, frozenset({ASKER}))
    | dict.fromkeys(OF_THE_READER, frozenset({READER}))
    | dict.fromkeys(NOTES, DESK | {THINKER})
    | dict.fromkeys(LOOKING, frozenset())
)
"""Who changes anything with it, or begins a talk. All other buttons are the desk's."""
STATES = (QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING, QuestionStatus.ANSWERED)


@pytest.fixture(scope="module")
def house() -> House:
    return House(municipality=Municipality.load(None), catalogue=Catalogue.load(), bot_username="bot")


@pytest.fixture
async def town(database: Database, house: House) -> None:
    async with database.transaction() as session:
        await open_house(session, house.municipality, NOW)
        session.add_all(
            Person(id=one, telegram_id=100 + one, first_name=f"P{one}", welcomed_at=NOW) for one in EVERYBODY
        )
        await session.flush()
        session.add_all(
            RoleGrant(person_id=one, role=role, team_code=team)
            for one, role, team in (
                (ASSIGNEE, Role.CIVIL_SERVANT, TEAM),
                (COLLEAGUE, Role.CIVIL_SERVANT, TEAM),
                (ELSEWHERE, Role.CIVIL_SERVANT, OTHER_TEAM),
                (PARTNER, Role.PARTNER, PARTNERS),
                (COORDINATOR, Role.COORDINATOR, None),
                (THINKER, Role.CIVIL_SERVANT, OTHER_TEAM),
                (READER, Role.CIVIL_SERVANT, OTHER_TEAM),
            )
        )
        for number, status in enumerate(STATES, 1):
            held = status != QuestionStatus.OPEN
            session.add(
                Question(
                    id=number,
                    reference=f"V-2026-000{number}",
                    asker_id=ASKER,
                    team_code=TEAM,
                    theme_code="groen",
                    status=status,
                    assignee_id=ASSIGNEE if held else None,
                    due_at=datetime(2026, 3, 20, 16, tzinfo=UTC),
                    created_at=NOW,
                    active_at=NOW,
                    answered_at=NOW if status == QuestionStatus.ANSWERED else None,
                    paused_at=NOW if status == QuestionStatus.WAITING else None,
                    waits_until=NOW if status == QuestionStatus.WAITING else None,
                )
            )
            await session.flush()
            session.add_all(
                [
                    QuestionMessage(question_id=number, author_id=ASKER, kind=MessageKind.QUESTION, text="Wanneer?"),
                    QuestionMessage(question_id=number, author_id=ASSIGNEE, kind=MessageKind.ANSWER, text="Morgen"),
                    ThinkingAlong(question_id=number, person_id=THINKER, asked_by_id=ASSIGNEE),
                    AnswerDraft(question_id=number, author_id=ASSIGNEE, reader_id=READER, text="Morgen"),
                ]
            )


async def changes(context: Context) -> list[Any]:
    """What stands about the questions, and which talks were begun."""
    found: list[Any] = []
    for table in (Question, QuestionMessage, AnswerDraft, ThinkingAlong, Conversation):
        found += [row.model_dump() for row in (await context.session.exec(select(table))).all()]
    return found


@pytest.mark.parametrize("name", sorted(one for one in ACTIONS if one.startswith("q-")))
async def test_only_who_may_gets_anywhere_with_a_button(
    town: None, database: Database, house: House, name: str
) -> None:
    may = MAY_CHANGE.get(name, DESK)
    for who in sorted(EVERYBODY):
        for number in range(1, len(STATES) + 1):
            session_ends = database.transaction()
            async with session_ends as session:
                actor = await session.get_one(Person, who)
                context = Context(house=house, session=session, now=NOW, actor=actor, is_press=True)
                before = await changes(context)
                await ACTIONS[name](context, str(number))
                after = await changes(context)
                coordinates = Role.COORDINATOR in await roles_of(session, actor)
                if before != after:
                    allowed = who in may or (coordinates and name == "q-assign")
                    assert allowed, f"{name} by {who} on {STATES[number - 1]} changed something"
                elif who not in may and name not in LOOKING:
                    assert context.toast is not None, f"{name} by {who}: nothing is said"
                    assert context.toast.alert
                await session.rollback()


@pytest.mark.parametrize("argument", ["", "999", "-1", "1; DROP", "٣", "1" * 40])
async def test_what_is_forged_in_a_button_is_gone(town: None, database: Database, house: House, argument: str) -> None:
    async with database.transaction() as session:
        actor = await session.get_one(Person, ASSIGNEE)
        for name in (one for one in ACTIONS if one.startswith("q-")):
            context = Context(house=house, session=session, now=NOW, actor=actor, is_press=True)
            before = await changes(context)
            await ACTIONS[name](context, argument)
            assert await changes(context) == before
            assert context.toast is not None, name
