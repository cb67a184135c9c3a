"""Who takes part in an initiative: the rows, what a helper is called in front of whom, and what is closed to whom."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import col, func, select

from flows.commands import Refused, carry
from flows.context import Around, Context
from flows.doors import id_in
from flows.initiatives.board import may_see, seen
from flows.initiatives.circle import no_buttons
from flows.initiatives.offers import View
from flows.permissions import Relation
from flows.talk.message import Message, Rows
from flows.verbs import Command
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, InitiativeEvent
from storage.participation import Participant, Participation
from storage.people import Person
from storage.steps import Step, StepStatus


async def pressed(context: Context, argument: str) -> View | None:
    """The initiative a button is about, as the actor sees it; where they see none they are told, and None."""
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    view = None if initiative is None else await seen(context, initiative)
    if view is None or not may_see(view):
        context.note("common.gone", alert=True)
        return None
    return view


async def pressed_by_initiator(context: Context, argument: str) -> View | None:
    """The same, where it is for initiators; a button may be from before they left."""
    view = await pressed(context, argument)
    if view is None or view.is_(Relation.INITIATOR):
        return view
    context.note("taking_part.refused.initiators_only", alert=True)
    return None


async def carry_or_say(context: Context, command: Command) -> bool:
    """Carry it out; where it is refused say why. Gives whether it happened."""
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    return not isinstance(outcome, Refused)


def closed(initiative: Initiative) -> Refused | None:
    """Why nobody can begin to take part any more."""
    if initiative.hidden_at is not None:
        return Refused(key="common.gone")
    if initiative.status in ENDED:
        return Refused(key="taking_part.refused.ended", values={"title": initiative.title})
    return None


async def row_of(
    context: Context, initiative_id: int, person_id: int | None, kind: Participation
) -> Participant | None:
    """How somebody takes part in that way, if they do."""
    query = select(Participant).where(
        Participant.initiative_id == initiative_id, Participant.person_id == person_id, Participant.kind == kind
    )
    return (await context.session.exec(query)).first()


async def rows_of(context: Context, initiative: Initiative, person: Person) -> list[Participant]:
    """All ways in which somebody takes part."""
    query = select(Participant).where(Participant.initiative_id == initiative.id, Participant.person_id == person.id)
    return list((await context.session.exec(query.order_by(col(Participant.id)))).all())


async def add(context: Context, initiative: Initiative, person: Person, kind: Participation) -> Participant:
    """Let somebody take part in that way; who does already stays."""
    found = await row_of(context, initiative.id or 0, person.id, kind)
    row = found or Participant(
        initiative_id=initiative.id or 0, person_id=person.id or 0, kind=kind, created_at=context.now
    )
    context.session.add(row)
    await context.session.flush()
    return row


async def take_away(context: Context, initiative: Initiative, person: Person, *kinds: Participation) -> None:
    """Somebody no longer takes part in those ways; what they would do is free again for who neither leads nor helps."""
    session = context.session
    left = []
    for row in await rows_of(context, initiative, person):
        if row.kind in kinds:
            await session.delete(row)
        else:
            left.append(row.kind)
    await session.flush()
    if not {Participation.INITIATOR, Participation.HELPER}.intersection(left):
        steps = select(Step).where(
            Step.initiative_id == initiative.id, Step.owner_id == person.id, Step.status == StepStatus.PLANNED
        )
        for step in (await session.exec(steps)).all():
            step.owner_id = None
            session.add(step)
        await session.flush()


async def helping(context: Context, initiative: Initiative) -> list[tuple[Participant, Person]]:
    """Who helps, the longest first."""
    query = (
        select(Participant, Person)
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(Participant.initiative_id == initiative.id, Participant.kind == Participation.HELPER)
        .order_by(col(Participant.id))
    )
    return list((await context.session.exec(query)).all())


async def helper_with(context: Context, initiative_id: int, participant_id: int) -> tuple[Participant, Person] | None:
    """The helper with that number, if it is one of this initiative."""
    row = await context.session.get(Participant, participant_id)
    if row is None or row.initiative_id != initiative_id or row.kind is not Participation.HELPER:
        return None
    return row, await context.session.get_one(Person, row.person_id)


async def next_number(context: Context, initiative: Initiative) -> int:
    """The number of a new helper. Nobody gets one that somebody had before."""
    joined = select(func.count()).where(
        InitiativeEvent.initiative_id == initiative.id, InitiativeEvent.kind == EventKind.HELPER_JOINED
    )
    return (await context.session.exec(joined)).one() + 1


def introduced(helper: Participant, initiator: Person) -> bool:
    """Whether these two see each other's names: both agreed."""
    return helper.shown_to_initiators and initiator.id in helper.shown_by


def called(around: Around, helper: Participant, person: Person, initiator: Person) -> str:
    """What a helper is called in front of an initiator."""
    if introduced(helper, initiator):
        return person.first_name
    return around.plain("taking_part.helper", number=helper.number or helper.id)


def offers_of(around: Around, helper: Participant) -> list[str]:
    """What a helper can do, in words."""
    return [around.plain(f"helping.offer.offers.options.{one}") for one in helper.offers]


def two_ids_in(argument: str) -> tuple[int, int] | None:
    """The two numbers a button carries, such as initiative and helper; None for anything else."""
    first, _, second = argument.partition("-")
    numbers = id_in(first), id_in(second)
    return None if numbers[0] is None or numbers[1] is None else (numbers[0], numbers[1])


async def say_to(
    context: Context,
    person: Person,
    initiative: Initiative,
    key: str,
    *,
    buttons: Callable[[Around], Rows] = no_buttons,
    helper: Participant | None = None,
    **values: object,
) -> None:
    """Say a text that knows `title` and `reference`. With `helper` a reply to it goes to the other one of the two."""
    about = (Subject.INITIATIVE, initiative.id or 0) if helper is None else (Subject.PARTICIPANT, helper.id or 0)
    around = context.around_for(person)
    text = around.text(key, title=initiative.title, reference=initiative.reference, **values)
    await context.send(person, Message(text=text, buttons=buttons(around)), about=about)
