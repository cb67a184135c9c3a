"""All that the database says of the questions, read once after each step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from flows.context import Context
from storage.cards import Card, Subject
from storage.groups import TeamGroup
from storage.outbox import OutboxKind, OutboxMessage
from storage.people import Absence, Person, RoleGrant
from storage.questions import AnswerDraft, Question, QuestionMessage, ThinkingAlong
from storage.routing import RoutingRule
from storage.timers import Timer, TimerKind


@dataclass(frozen=True, kw_only=True)
class Kept:
    """By the numbers of the questions, where it doesn't say otherwise."""

    questions: dict[int, Question]
    people: dict[int, Person]
    roles: dict[int, list[RoleGrant]]
    """By who has them."""
    away: dict[int, Absence]
    timers: dict[int, Timer]
    messages: dict[int, list[QuestionMessage]]
    drafts: dict[int, AnswerDraft]
    thinkers: dict[int, list[ThinkingAlong]]
    cards: dict[int, list[Card]]
    """The live ones."""
    sent: dict[int, list[OutboxMessage]]
    """What was sent or changed of each card, by its number; oldest first."""
    groups: dict[str, TeamGroup]
    """By the team."""
    rules: list[int]
    """The numbers of the coordinators' own."""

    def along(self, number: int) -> list[int]:
        """What goes along with it, or went."""
        return [other for other, one in self.questions.items() if one.merged_into_id == number]

    def print_of(self, number: int) -> object:
        """All that its cards are made of: where it is the same, they need no second look."""
        about = (number, *self.along(number))
        shown = [(card.id, [row.id for row in self.sent[card.id or 0]]) for card in self.cards[number]]
        house = [self.people.values(), self.away.values(), self.groups.values(), *self.roles.values()]
        return repr((
            [self.questions[one].model_dump() for one in about],
            [row.model_dump() for one in about for row in self.messages[one]],
            shown,
            [row.person_id for row in self.thinkers[number]],
            self.drafts.get(number),
            [row.model_dump() for rows in house for row in rows],
        ))  # fmt: skip


async def read(context: Context) -> Kept:
    """As it is now."""

    async def rows(table: type[Any], *where: Any) -> Sequence[Any]:
        query = select(table).where(*where).order_by(*table.__table__.primary_key)
        return (await context.session.exec(query)).all()

    cards = await rows(Card, Card.subject == Subject.QUESTION)
    return Kept(
        questions={one.id: one for one in await rows(Question)},
        people={one.id: one for one in await rows(Person)},
        roles=_by("person_id", await rows(RoleGrant)),
        away={one.person_id: one for one in await rows(Absence)},
        timers={one.subject_id: one for one in await rows(Timer, Timer.kind == TimerKind.QUESTION)},
        messages=_by("question_id", await rows(QuestionMessage)),
        drafts={one.question_id: one for one in await rows(AnswerDraft)},
        thinkers=_by("question_id", await rows(ThinkingAlong)),
        cards=_by("subject_id", (card for card in cards if card.live)),
        sent=_by(
            "card_id",
            await rows(OutboxMessage, col(OutboxMessage.kind).in_((OutboxKind.SEND, OutboxKind.EDIT))),
        ),
        groups={one.team_code: one for one in await rows(TeamGroup)},
        rules=[one.id for one in await rows(RoutingRule)],
    )


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
