"""An invitation from the command line: how the first coordinator gets in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings, SettingsError
from bot.telegram.introduction import introduce
from bot.telegram.request import Transport, make_bot
from flows import features
from flows.commands import Refused, carry
from flows.context import Context, House
from flows.municipality import Municipality
from flows.opening import open_house
from flows.people.by_email import address_in
from flows.people.invitations import link_to, misfit
from flows.people.teams import WORKERS
from flows.verbs import AddByEmail, Invite
from locales.catalogue import Catalogue
from storage.columns import now
from storage.database import Database
from storage.migrate import migrate, require_current
from storage.people import Role

features.load()


async def invite(settings: Settings, role: Role, team: str | None) -> tuple[str, str]:
    """Make an invitation; gives its link and its code. Raises the errors of bad configuration."""
    municipality = _municipality(settings, role, team)
    username = await _username(settings)
    async with _open(settings, municipality, username) as context:
        outcome = await carry(context, Invite(role=role, team=team))
        if isinstance(outcome, Refused) or outcome.shown_once is None:
            raise SettingsError("no invitation was made; check role and team")
        return link_to(context, outcome.shown_once), outcome.shown_once


async def add_by_email(settings: Settings, role: Role, team: str | None, email: str, name: str) -> None:
    """Add somebody without Telegram, who is reached by e-mail. Raises the errors of bad configuration."""
    if settings.mail is None:
        raise SettingsError("STUUR_SMTP_URL is not set, so no e-mail would reach them; set it to your mail server")
    if role not in WORKERS:
        raise SettingsError(f"a {role.value} needs Telegram; leave out --email to invite them there")
    municipality = _municipality(settings, role, team)
    if address_in(email) is None:
        raise SettingsError(f"{email[:80]!r} is no e-mail address; write it whole, such as anna@example.org")
    if not name.strip():
        raise SettingsError("give their name too, which residents see under an answer: --name")
    async with _open(settings, municipality, "") as context:
        outcome = await carry(context, AddByEmail(email=email, name=name.strip()[:60], role=role, team=team))
        if isinstance(outcome, Refused):
            raise SettingsError("nobody was added; do they belong to this team already?")


def _municipality(settings: Settings, role: Role, team: str | None) -> Municipality:
    municipality = Municipality.load(settings.municipality)
    if team is not None and municipality.team(team) is None:
        known = ", ".join(one.code for one in municipality.teams)
        raise SettingsError(f"there is no team {team!r}; known are: {known}")
    if misfit(municipality, role, team) is not None:
        raise SettingsError(_fitting(municipality, role))
    return municipality


@asynccontextmanager
async def _open(settings: Settings, municipality: Municipality, username: str) -> AsyncIterator[Context]:
    """A transaction in which nobody but the command line acts."""
    database = Database(settings.database)
    try:
        await (migrate(database) if database.is_sqlite else require_current(database))
        async with database.transaction() as session:
            await open_house(session, municipality, now())
            house = House(
                municipality=municipality,
                catalogue=Catalogue.load(),
                bot_username=username,
                public_url=settings.public_url,
                mails=settings.mail is not None,
            )
            yield Context(house=house, session=session, now=now(), actor=None)
    finally:
        await database.close()


def _fitting(municipality: Municipality, role: Role) -> str:
    """What to give with a role instead."""
    if role in (Role.COORDINATOR, Role.ADMIN):
        return f"a {role.value} works for the whole municipality; leave out --team"
    is_partner = role is Role.PARTNER
    codes = [one.code for one in municipality.teams if (one.organisation is not None) is is_partner]
    whose = "a partner" if is_partner else "the municipality"
    known = f"give --team with one of: {', '.join(codes)}" if codes else "there is none in the municipality's file"
    return f"a {role.value} works in a team of {whose}; {known}"


async def _username(settings: Settings) -> str:
    transport = Transport()
    try:
        return await introduce(make_bot(settings.need_token(), settings.api_url, transport), settings.api_url)
    finally:
        await transport.shutdown()
