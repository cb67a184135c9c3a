"""Whose turn it is: a clock that counts in the open, for both sides alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from flows.context import Around, Context
from flows.initiatives.board import INSIDERS, facts
from flows.initiatives.circle import guides, initiators
from flows.initiatives.events import pass_turn
from flows.initiatives.offers import View
from flows.permissions import Relation
from storage.agreements import Agreement, AgreementStatus
from storage.initiatives import Initiative, Side
from storage.people import Person


def other(side: Side) -> Side:
    """The side across the table."""
    return Side.RESIDENTS if side is Side.MUNICIPALITY else Side.MUNICIPALITY


def side_of(relations: Collection[Relation]) -> Side | None:
    """For which side somebody speaks; an initiator who also guides speaks for the residents, so never for both."""
    if Relation.INITIATOR in relations:
        return Side.RESIDENTS
    return Side.MUNICIPALITY if Relation.GUIDE in relations else None


async def side_of_person(context: Context, initiative: Initiative, person: Person) -> Side | None:
    """The same, for somebody whose relations aren't known yet."""
    if any(one.id == person.id for one in await initiators(context, initiative)):
        return Side.RESIDENTS
    return Side.MUNICIPALITY if person.id in (initiative.guide_id, initiative.deputy_id) else None


async def people_of(context: Context, initiative: Initiative, side: Side) -> list[Person]:
    """Who hears what concerns a side."""
    return await (initiators if side is Side.RESIDENTS else guides)(context, initiative)


def days_since(at: datetime, around: Around) -> int:
    """Whole days in the municipality's calendar: 0 on the day itself, 1 from midnight on."""
    return (around.today - at.astimezone(around.municipality.zone).date()).days


def awaited(agreements: Collection[Agreement]) -> Side | None:
    """Who has to answer the oldest thing that was put to them and has no answer yet."""
    for agreement in sorted(agreements, key=lambda one: one.id or 0):
        if agreement.status is AgreementStatus.PROPOSED:
            return Side.RESIDENTS if agreement.residents_at is None else Side.MUNICIPALITY
        if agreement.new_by_side is not None:
            return other(agreement.new_by_side)
    return None


def has_answered(context: Context, initiative: Initiative, side: Side, agreements: Collection[Agreement]) -> None:
    """`side` did what it had to do. Then who is asked something is next, else the residents: it is theirs.

    While the other side has the turn its clock goes on.
    """
    if initiative.turn is side:
        pass_turn(context, initiative, awaited(agreements) or Side.RESIDENTS)


@facts(10)
async def whose_turn(context: Context, view: View) -> str | None:
    """Who is to do something, for how many days, and by how much a side is late with what was agreed.

    Everybody sees how long the municipality lets people wait. How late residents are sees who leads and supports it.
    """
    initiative, around = view.initiative, view.around
    if view.ended or initiative.asleep_since is not None:
        return None
    mine = side_of(view.relations)
    word = "yours" if mine is initiative.turn else initiative.turn.value
    lines = [around.text(f"turn.{word}", count=days_since(initiative.turn_since, around))]
    overdue = (
        await context.session.exec(
            select(Agreement).where(
                Agreement.initiative_id == initiative.id,
                Agreement.status == AgreementStatus.AGREED,
                col(Agreement.by) < around.today,
            )
        )
    ).all()
    for side in Side:
        late = [(around.today - one.by).days for one in overdue if one.side is side]
        if late and (side is Side.MUNICIPALITY or view.is_(*INSIDERS)):
            lines.append(around.text(f"turn.late.{'yours' if mine is side else side.value}", count=max(late)))
    return "\n".join(lines)
