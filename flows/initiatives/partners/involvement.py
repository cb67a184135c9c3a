"""What is kept of a partner and an initiative."""

from __future__ import annotations

from sqlmodel import select

from flows.commands import Refused
from flows.context import Context
from flows.initiatives.partners import card as partner_card
from flows.people.teams import members
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus


async def shut(context: Context, initiative: Initiative, involvement: Involvement, status: InvolvementStatus) -> None:
    """From now on the partner sees nothing of it."""
    involvement.status, involvement.shared = status, []
    involvement.consented_by = involvement.consented_at = None
    context.session.add(involvement)
    await context.session.flush()
    await partner_card.refresh_one(context, initiative, involvement)
    await partner_card.take_photos_back(context, involvement)


async def involvement_of(context: Context, initiative: Initiative, team_code: str) -> Involvement | None:
    """A partner's row, if it was ever named."""
    query = select(Involvement).where(Involvement.initiative_id == initiative.id, Involvement.team_code == team_code)
    return (await context.session.exec(query)).first()


async def unfit(context: Context, initiative: Initiative, team_code: str) -> Refused | None:
    team = context.house.municipality.team(team_code)
    if team is None or team.organisation is None or team.code == initiative.team_code:
        return Refused(key="partners.refused.unknown")
    if not await members(context.session, team_code):
        return Refused(key="partners.refused.nobody", values={"partner": team.name})
    return None
