"""What happens to an initiative: its timeline, signs of life, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import select

from flows.context import Context
from storage.initiatives import ENDED, EventKind, Initiative, InitiativeEvent, InitiativeStatus, Side


async def happened(
    context: Context,
    initiative: Initiative,
    kind: EventKind,
    *,
    subject_id: int | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Write a line on the timeline. `details`: codes and numbers, never what somebody wrote."""
    context.session.add(
        InitiativeEvent(
            initiative_id=initiative.id or 0,
            kind=kind,
            at=context.now,
            subject_id=subject_id,
            details=dict(details or {}),
        )
    )
    await context.session.flush()


async def greeted(context: Context, initiative: Initiative) -> bool:
    """Whether a guide wrote to its initiators yet."""
    query = select(InitiativeEvent.id).where(
        InitiativeEvent.initiative_id == initiative.id, InitiativeEvent.kind == EventKind.GREETED
    )
    return (await context.session.exec(query)).first() is not None


async def move(context: Context, initiative: Initiative, to: InitiativeStatus) -> None:
    """Another status, on the timeline too."""
    before, initiative.status = initiative.status, to
    context.session.add(initiative)
    await happened(context, initiative, EventKind.STATUS, details={"from": before.value, "to": to.value})


async def sign_of_life(context: Context, initiative: Initiative) -> None:
    """The initiators did something: an initiative that slept wakes."""
    initiative.active_at, initiative.unanswered = context.now, 0
    context.session.add(initiative)
    if initiative.asleep_since is not None:
        initiative.asleep_since = None
        await happened(context, initiative, EventKind.WOKE)


def pass_turn(context: Context, initiative: Initiative, side: Side) -> None:
    """From now on it waits for `side`. Its clock is open to both sides; it doesn't start anew for the same side."""
    if initiative.turn is not side:
        initiative.turn, initiative.turn_since = side, context.now
        context.session.add(initiative)


async def turn_to(context: Context, initiative_id: int | None, side: Side) -> None:
    """The same for what may belong to an initiative, such as a question of who was stuck."""
    initiative = None if initiative_id is None else await context.session.get(Initiative, initiative_id)
    if initiative is not None and initiative.status not in ENDED:
        pass_turn(context, initiative, side)
