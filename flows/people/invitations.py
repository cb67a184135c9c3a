"""Who works here: inviting with a code, joining, leaving, removing."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from markupsafe import Markup
from sqlalchemy import update
from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import For, act, action, bot_command, id_in
from flows.menu import set_command_list
from flows.people.handover import drop_work, hand_back, spread
from flows.people.names import name_of
from flows.people.teams import COORDINATORS, WORKERS, grants_of, lock_teams, roles_of
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import Choice, OneOf, YesNo
from flows.talk.message import Message
from flows.talk.places import TeamAnswer
from flows.talk.replay import conversation
from flows.verbs import AcceptInvitation, EndRole, Invite
from storage.people import Invitation, Person, Role, RoleGrant

VALID = timedelta(days=7)
"""How long a code can be used."""
CODE_BYTES = 12
"""96 bits: not to be guessed."""


class Invited(StrEnum):
    """Whom a coordinator can invite."""

    CIVIL_SERVANT = Role.CIVIL_SERVANT.value
    PARTNER = Role.PARTNER.value
    COORDINATOR = Role.COORDINATOR.value


@bot_command("team", audience=For.COORDINATORS)
async def team(context: Context, argument: str) -> None:
    """Who is in which team; invite and remove."""
    if not await roles_of(context.session, context.me) & set(COORDINATORS):
        await context.say("common.coordinators_only")
        return
    around = context.around
    query = select(RoleGrant, Person).join(Person, col(Person.id) == col(RoleGrant.person_id))
    grants = (await context.session.exec(query.order_by(col(RoleGrant.id)))).all()
    teams = [
        around.text(
            "team.line",
            team=one.name,
            people=[name_of(person) for grant, person in grants if grant.team_code == one.code],
        )
        for one in around.municipality.teams
    ]
    above = [name_of(person) for grant, person in grants if grant.role in COORDINATORS]
    await context.reply(
        Message(
            text=context.text(
                "team.overview",
                teams=Markup("\n".join(teams)),
                coordinators=above,
                front_desk=around.municipality.front_desk.name,
            ),
            buttons=(
                (act(around.plain("team.buttons.invite"), "team-invite"),),
                (act(around.plain("team.buttons.remove"), "team-remove"),),
            ),
        )
    )


@conversation("team.invite", for_work=True)
async def invite(ask: Ask) -> Invite:
    """Which role, and in which team."""
    role = await ask("role", Choice(Invited))
    chosen_team: str | None = None
    if role is not Invited.COORDINATOR:
        chosen_team = await ask("team", TeamAnswer())
    return Invite(role=Role(role.value), team=chosen_team)


@conversation("team.remove", for_work=True)
async def remove(ask: Ask) -> EndRole:
    """Who, and are you sure?"""
    labels = await ask.once("people", everybody)
    grant = await ask("who", OneOf(labels))
    await ask.review()
    return EndRole(grant_id=int(grant))


@conversation("role.end", for_work=True)
async def end(ask: Ask) -> EndRole | None:
    """Leave a team, or not."""
    grant_id = ask.given("grant", int)
    return EndRole(grant_id=grant_id) if await ask("sure", YesNo()) else None


async def everybody(context: Context) -> dict[str, Any]:
    """Everybody's roles: the grant's id and what the button says."""
    around = context.around
    query = select(RoleGrant, Person).join(Person, col(Person.id) == col(RoleGrant.person_id))
    rows = (await context.session.exec(query.order_by(col(RoleGrant.id)))).all()
    return {
        str(grant.id): around.plain(
            "team.who",
            name=name_of(person),
            what=around.team(grant.team_code) if grant.team_code else around.plain(f"roles.{grant.role}"),
        )
        for grant, person in rows
    }


@action("team-invite")
async def press_invite(context: Context, argument: str) -> None:
    """Invite somebody."""
    await _for_coordinators(context, "team.invite")


@action("team-remove")
async def press_remove(context: Context, argument: str) -> None:
    """Remove somebody."""
    await _for_coordinators(context, "team.remove")


async def _for_coordinators(context: Context, name: str) -> None:
    if await roles_of(context.session, context.me) & set(COORDINATORS):
        await dialogue.start(context, name)
    else:
        context.note("common.coordinators_only", alert=True)


@action("role-end")
async def press_end(context: Context, argument: str) -> None:
    """I leave this team."""
    number = id_in(argument)
    if number is not None and any(grant.id == number for grant in await grants_of(context.session, context.me)):
        await dialogue.start(context, "role.end", {"grant": number})
    else:
        context.note("common.gone", alert=True)


def hashed(code: str) -> str:
    """What is kept of a code."""
    return sha256(code.encode()).hexdigest()


@carries(Invite)
async def carry_invite(context: Context, command: Invite) -> Outcome:
    """Who invites gets a link to pass on; on the command line the outcome holds the code."""
    municipality = context.house.municipality
    team_code: str | None = None
    if command.role in WORKERS:
        team_code = command.team or municipality.front_desk.code
        if municipality.team(team_code) is None:
            return Refused(key="team.refused.no_team")
    elif command.role is Role.ADMIN and Role.ADMIN not in await _roles(context):
        return Refused(key="common.not_allowed")
    code = secrets.token_urlsafe(CODE_BYTES)
    invitation = Invitation(
        code_hash=hashed(code),
        role=command.role,
        team_code=team_code,
        created_by=context.actor.id if context.actor else None,
        created_at=context.now,
        expires_at=context.now + VALID,
    )
    context.session.add(invitation)
    await context.session.flush()
    if context.actor is not None:
        around = context.around
        await context.say(
            "team.invited",
            role=around.plain(f"roles.{command.role}"),
            team=around.team(team_code) if team_code else None,
            link=link_to(context, code),
            code=code,
            until=invitation.expires_at,
        )
    details = {"role": command.role, "team": team_code, "invitation": invitation.id}
    return Done(details=details, shown_once=code)


async def _is_last(context: Context, grant: RoleGrant) -> bool:
    """Whether nobody else coordinates: then nobody could invite anybody any more."""
    query = select(RoleGrant.id).where(col(RoleGrant.role).in_(COORDINATORS), RoleGrant.id != grant.id)
    return (await context.session.exec(query.limit(1))).first() is None


async def _roles(context: Context) -> set[Role]:
    """The actor's roles; the command line may all an admin may."""
    return {Role.ADMIN} if context.actor is None else await roles_of(context.session, context.actor)


def link_to(context: Context, code: str) -> str:
    """The link that opens the bot and uses the code: https://core.telegram.org/bots/features#deep-linking"""
    return f"https://t.me/{context.house.bot_username}?start={code}"


@carries(AcceptInvitation)
async def carry_accept(context: Context, command: AcceptInvitation) -> Outcome:
    """The code gives its role, once. The work that waited for somebody in that team comes along."""
    await lock_teams(context.session)
    query = select(Invitation).where(Invitation.code_hash == hashed(command.code)).with_for_update()
    invitation = (await context.session.exec(query)).first()
    if invitation is None:
        return Refused(key="team.refused.unknown_code")
    if invitation.used_at is not None:
        return Refused(key="team.refused.used_code")
    if invitation.expires_at <= context.now:
        return Refused(key="team.refused.expired_code")
    held = await grants_of(context.session, context.me)
    if any(grant.role == invitation.role and grant.team_code == invitation.team_code for grant in held):
        return Refused(key="team.refused.already")
    invitation.used_by, invitation.used_at = context.me.id, context.now
    context.session.add(RoleGrant(person_id=context.me.id or 0, role=invitation.role, team_code=invitation.team_code))
    await context.session.flush()
    around = context.around
    await context.say(
        "team.joined",
        role=around.plain(f"roles.{invitation.role}"),
        team=around.team(invitation.team_code) if invitation.team_code else None,
        shown_as=name_of(context.me),
    )
    await set_command_list(context, context.me)
    await spread(context)
    return Done(details={"role": invitation.role, "team": invitation.team_code, "invitation": invitation.id})


@carries(EndRole)
async def carry_end(context: Context, command: EndRole) -> Outcome:
    """The role ends; what they had goes back to the team. A coordinator doesn't remove an admin."""
    session = context.session
    await lock_teams(session)
    grant = await session.get_one(RoleGrant, command.grant_id)
    person = await session.get_one(Person, grant.person_id)
    if grant.role is Role.ADMIN and Role.ADMIN not in await _roles(context):
        return Refused(key="common.not_allowed")
    if grant.role in COORDINATORS and await _is_last(context, grant):
        return Refused(key="team.refused.last_coordinator")
    around = context.around_for(person)
    what = around.team(grant.team_code) if grant.team_code else around.plain(f"roles.{grant.role}")
    details = {"role": grant.role, "team": grant.team_code, "person": person.id}
    await session.delete(grant)
    await session.flush()
    await hand_back(context, person)
    roles = await roles_of(session, person)
    if not roles:
        await drop_work(context, person)
    if not roles & set(COORDINATORS):
        unused = update(Invitation).where(col(Invitation.created_by) == person.id, col(Invitation.used_at).is_(None))
        await session.exec(unused.values(expires_at=context.now))  # nobody comes back with a code of their own
    await spread(context)
    await set_command_list(context, person)
    await context.send(person, Message(text=around.text("team.left", what=what)))
    if context.actor is not None and context.actor.id != person.id:
        await context.say("team.removed", name=name_of(person), what=what)
    return Done(details=details)
