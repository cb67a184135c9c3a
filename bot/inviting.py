"""An invitation from the command line: how the first coordinator gets in."""

from __future__ import annotations

from bot.settings import Settings, SettingsError
from bot.telegram.introduction import introduce
from bot.telegram.request import Transport, make_bot
from flows import features
from flows.commands import Refused, carry
from flows.context import Context, House
from flows.municipality import Municipality
from flows.opening import open_house
from flows.people.invitations import link_to
from flows.verbs import Invite
from locales.catalogue import Catalogue
from storage.columns import now
from storage.database import Database
from storage.migrate import migrate, require_current
from storage.people import Role

features.load()


async def invite(settings: Settings, role: Role, team: str | None) -> tuple[str, str]:
    """Make an invitation; gives its link and its code. Raises the errors of bad configuration."""
    municipality = Municipality.load(settings.municipality)
    if team is not None and municipality.team(team) is None:
        known = ", ".join(one.code for one in municipality.teams)
        raise SettingsError(f"there is no team {team!r}; known are: {known}")
    username = await _username(settings)
    database = Database(settings.database)
    try:
        await (migrate(database) if database.is_sqlite else require_current(database))
        async with database.transaction() as session:
            await open_house(session, municipality, now())
            house = House(municipality=municipality, catalogue=Catalogue.load(), bot_username=username)
            context = Context(house=house, session=session, now=now(), actor=None)
            outcome = await carry(context, Invite(role=role, team=team))
            if isinstance(outcome, Refused) or outcome.shown_once is None:
                raise SettingsError("no invitation was made; check role and team")
            return link_to(context, outcome.shown_once), outcome.shown_once
    finally:
        await database.close()


async def _username(settings: Settings) -> str:
    transport = Transport()
    try:
        return await introduce(make_bot(settings.need_token(), settings.api_url, transport), settings.api_url)
    finally:
        await transport.shutdown()
