"""What the page of a question shows to who works on it, and which forms it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.console.desk_forms import Form
from flows.context import Around, Context
from flows.people.names import name_of
from flows.permissions import Relation
from flows.questions.clock.moments import is_over
from flows.questions.desk.cards import asker_name, label_of, look_at, status_line
from flows.questions.desk.talks import A_YEAR, days_left
from flows.questions.relations import DESK, relations_to
from storage.people import Person
from storage.questions import INTERNAL, MessageKind, Question, QuestionStatus

NAMED = (MessageKind.QUESTION, MessageKind.FOLLOW_UP, MessageKind.THANKS, MessageKind.NOTE)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of the question."""

    number: int
    kind: MessageKind
    label: str
    """What it is for, as HTML."""
    author: str
    """Empty for who asked, who is named once, above, and where the label names them."""
    text: str
    at: datetime
    internal: bool
    photo: bool
    voice: bool
    place: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A question as the page shows it."""

    reference: str
    theme: str
    district: str
    team: str
    asker: str
    due: datetime
    late: bool
    status: QuestionStatus
    state: str
    """Its one true status in a line, as HTML."""
    talk: list[Said]
    last: int
    """The number of the last message, so that an answer is given by who has read all."""
    forms: frozenset[Form]
    choices: Mapping[Form, list[tuple[str, str]]]
    """What there is to choose in a form: codes and names."""
    days: tuple[date, date]
    """Between which a new date lies."""


async def see(context: Context, around: Around, person: Person, question: Question) -> Seen:
    """The question as it is now, for `person`, in the language of `around`."""
    card = await look_at(context, question)
    talk = [
        Said(
            number=message.id or 0,
            kind=message.kind,
            label=label_of(around, message, card),
            author="" if message.kind in NAMED else name_of(card.authors[message.author_id]),
            text=message.text,
            at=message.created_at,
            internal=message.kind in INTERNAL,
            photo=bool(message.photo),
            voice=bool(message.voice),
            place=(message.latitude, message.longitude)
            if message.latitude is not None and message.longitude is not None
            else None,
        )
        for message in card.talk
    ]
    relations = await relations_to(context, person, question)
    left = await days_left(context, question_id=question.id or 0)
    municipality = around.municipality
    return Seen(
        reference=question.reference,
        theme=around.theme(question.theme_code),
        district=around.district(question.district_code),
        team=around.team(question.team_code),
        asker=asker_name(around, card.asker),
        due=question.due_at,
        late=is_over(question, context.now),
        status=question.status,
        state=status_line(around, card),
        talk=talk,
        last=talk[-1].number if talk else 0,
        forms=forms(question, relations),
        choices={
            Form.TRANSFER: [(one.code, one.name) for one in municipality.teams if one.code != question.team_code],
            Form.THEME: [(one.code, one.name_in(around.language)) for one in municipality.themes],
        },
        days=(around.today + timedelta(days=left + 1), around.today + timedelta(days=A_YEAR)),
    )


def forms(question: Question, relations: set[Relation]) -> frozenset[Form]:
    """What makes sense to offer. It decides nothing: who may do what, is looked at when it is done."""
    if not relations & DESK:
        return frozenset({Form.NOTE})
    mine = Relation.ASSIGNEE in relations
    handed = question.accept_by is not None
    match question.status:
        case QuestionStatus.OPEN | QuestionStatus.CLAIMED if handed and (mine or question.assignee_id is None):
            return frozenset(Form) - {Form.RELEASE}
        case QuestionStatus.OPEN:
            return frozenset(Form) - {Form.RETURN, Form.RELEASE}
        case QuestionStatus.CLAIMED if mine:
            return frozenset(Form) - {Form.CLAIM, Form.RETURN}
        case QuestionStatus.WAITING if mine:
            return frozenset(Form) - {Form.CLAIM, Form.RETURN, Form.ASK_BACK}
        case QuestionStatus.ANSWERED if mine:
            return frozenset({Form.ANSWER, Form.NOTE})
        case _:
            return frozenset({Form.NOTE})
