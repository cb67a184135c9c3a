"""Somebody who works here without Telegram: added by a coordinator, reached by e-mail, at work on a page."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import action
from flows.people.handover import spread
from flows.people.invitations import for_coordinators, has_partners, misfit
from flows.people.naming import call
from flows.people.teams import WORKERS, grants_of, lock_teams
from flows.talk.answers import Acceptance, Accepted, Given, Surroundings, Text
from flows.talk.answers import Refused as NotAnAnswer
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.places import TeamAnswer
from flows.talk.replay import conversation
from flows.verbs import AddByEmail
from storage.people import Person, Role, RoleGrant

ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
"""What a browser takes for an address (https://html.spec.whatwg.org/#valid-e-mail-address), in a domain that exists."""
LONGEST = 254


class AddedRole(StrEnum):
    """What somebody can be without Telegram; to coordinate, one needs it."""

    CIVIL_SERVANT = Role.CIVIL_SERVANT.value
    PARTNER = Role.PARTNER.value


class EmailAnswer(Text):
    """An address, kept in small letters."""

    def __init__(self) -> None:
        super().__init__(max_length=LONGEST)

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        found = await super().accept(given, question, around, draft)
        if not isinstance(found, Accepted):
            return found
        address = address_in(found.value)
        return NotAnAnswer(key="team.refused.address") if address is None else Accepted(value=address)


def address_in(text: str) -> str | None:
    """The address as it is kept; None: it is none."""
    address = text.strip().lower()
    return address if len(address) <= LONGEST and ADDRESS.fullmatch(address) else None


@conversation("team.by_email", for_work=True)
async def add(ask: Ask) -> AddByEmail:
    """Their address and name, which role, in which team, and is it right."""
    email = await ask("email", EmailAnswer())
    name = await ask("name", Text(max_length=60))
    partners = await ask.once("partners", has_partners)
    role = await ask("role", Choice(AddedRole, but=() if partners else (AddedRole.PARTNER,)))
    team = await ask("team", TeamAnswer(of_partners=role is AddedRole.PARTNER), after=("role",))
    await ask.review()
    return AddByEmail(email=email, name=name, role=Role(role.value), team=team)


@action("team-by_email")
async def press_add(context: Context, argument: str) -> None:
    """Add somebody without Telegram."""
    if context.house.mails:
        await for_coordinators(context, "team.by_email")
    else:
        context.note("team.refused.no_mail", alert=True)


@carries(AddByEmail)
async def carry_add(context: Context, command: AddByEmail) -> Outcome:
    """They belong to the team at once; the first e-mail comes with the first question, also what waits already."""
    municipality, session = context.house.municipality, context.session
    email = address_in(command.email)
    if not context.house.mails:
        return Refused(key="team.refused.no_mail")
    if email is None:
        return Refused(key="team.refused.address", ask_again="email")
    if command.role not in WORKERS:
        return Refused(key="team.refused.needs_telegram", ask_again="role")
    if (refused := misfit(municipality, command.role, command.team)) is not None:
        return refused
    team_code = command.team or municipality.front_desk.code
    await lock_teams(session)
    person = (await session.exec(select(Person).where(Person.email == email))).first()
    if person is None:
        person = Person(email=email, created_at=context.now, welcomed_at=context.now)
    elif any(one.role == command.role and one.team_code == team_code for one in await grants_of(session, person)):
        return Refused(key="team.refused.already_there", ask_again="team")
    person.first_name = command.name
    session.add(person)
    await session.flush()
    await call(context, person, command.name)
    session.add(RoleGrant(person_id=person.id or 0, role=command.role, team_code=team_code, created_at=context.now))
    await session.flush()
    if context.actor is not None:
        await context.say("team.added", name=command.name, team=context.around.team(team_code))
    await spread(context)
    return Done(details={"role": command.role, "team": team_code, "person": person.id})


async def by_mail_only(session: AsyncSession) -> int:
    """How many work here whom only an e-mail reaches."""
    without = col(Person.telegram_id).is_(None), col(Person.email).is_not(None)
    works = col(Person.id).in_(select(RoleGrant.person_id))
    return (await session.exec(select(func.count()).select_from(Person).where(*without, works))).one()
