"""What somebody is to an initiative."""

from __future__ import annotations

from sqlmodel import select

from flows.context import Context
from flows.people.teams import is_member, looks_after
from flows.permissions import Relation
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus, Participant, Participation
from storage.people import Person


async def relations_to(context: Context, person: Person, initiative: Initiative) -> set[Relation]:
    """Everything `person` is to `initiative`; empty for who is nothing to it."""
    kinds = select(Participant.kind).where(
        Participant.initiative_id == initiative.id, Participant.person_id == person.id
    )
    found = {Relation(Participation(kind).value) for kind in (await context.session.exec(kinds)).all()}
    if person.id in (initiative.guide_id, initiative.deputy_id):
        found.add(Relation.GUIDE)
    if await looks_after(context, person, initiative.team_code):
        found.add(Relation.TEAM)
    for involvement in await involvements(context, initiative):
        # Nobody stands in for a partner's team without anybody: that isn't what the initiators consented to.
        if involvement.status in LET_IN and await is_member(context.session, person, involvement.team_code):
            found.add(Relation.INVITED_PARTNER)
            if involvement.status is InvolvementStatus.JOINED:
                found.add(Relation.PARTNER)
    return found


LET_IN = (InvolvementStatus.ASKED, InvolvementStatus.JOINED)
"""A partner that declined, or that the initiators keep out, sees nothing."""


async def involvements(context: Context, initiative: Initiative) -> list[Involvement]:
    """The partners that were ever named for it, in the order in which they were."""
    query = select(Involvement).where(Involvement.initiative_id == initiative.id)
    return list((await context.session.exec(query.order_by(Involvement.id))).all())  # type: ignore[arg-type]
