"""Inviting with a code that works once: making it, taking it back, joining with it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import action
from flows.menu import set_command_list
from flows.municipality import Municipality
from flows.people.handover import spread
from flows.people.names import name_of
from flows.people.teams import WORKERS, coordinates, grants_of, lock_teams, roles_of
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import Choice, OneOf
from flows.talk.places import TeamAnswer
from flows.talk.replay import conversation
from flows.verbs import AcceptInvitation, Invite, WithdrawInvitation
from storage.people import Invitation, Role, RoleGrant

VALID = timedelta(days=7)
"""How long a code can be used."""
CODE_BYTES = 12
"""96 bits: not to be guessed."""


class Invited(StrEnum):
    """Whom a coordinator can invite."""

    CIVIL_SERVANT = Role.CIVIL_SERVANT.value
    PARTNER = Role.PARTNER.value
    COORDINATOR = Role.COORDINATOR.value


@conversation("team.invite", for_work=True)
async def invite(ask: Ask) -> Invite:
    """Which role, and in which team."""
    partners = await ask.once("partners", has_partners)
    role = await ask("role", Choice(Invited, but=() if partners else (Invited.PARTNER,)))
    chosen_team: str | None = None
    if role is not Invited.COORDINATOR:
        of_partners = role is Invited.PARTNER
        chosen_team = await ask("team", TeamAnswer(of_partners=of_partners), after=("role",))
    return Invite(role=Role(role.value), team=chosen_team)


@conversation("team.withdraw", for_work=True)
async def withdraw(ask: Ask) -> WithdrawInvitation:
    """Which invitation, and are you sure?"""
    labels = await ask.once("open", open_invitations)
    which = await ask("which", OneOf(labels))
    await ask.review()
    return WithdrawInvitation(invitation_id=int(which))


async def has_partners(context: Context) -> bool:
    """Whether a partner has a team here, to be invited in."""
    return any(team.organisation is not None for team in context.house.municipality.teams)


async def open_invitations(context: Context) -> dict[str, str]:
    """The invitations that can still be used, by number, and what each is for; those of admins only for admins."""
    around = context.around
    query = select(Invitation).where(col(Invitation.used_at).is_(None), col(Invitation.expires_at) > context.now)
    hidden = set() if Role.ADMIN in await acting_roles(context) else {Role.ADMIN}
    return {
        str(one.id): around.plain(
            "team.open",
            role=around.role(one.role),
            team=around.team(one.team_code) if one.team_code else None,
            until=one.expires_at,
        )
        for one in (await context.session.exec(query.order_by(col(Invitation.id)))).all()
        if one.role not in hidden
    }


@action("team-invite")
async def press_invite(context: Context, argument: str) -> None:
    """Invite somebody."""
    await for_coordinators(context, "team.invite")


@action("team-withdraw")
async def press_withdraw(context: Context, argument: str) -> None:
    """Take an invitation back."""
    if await coordinates(context) and not await open_invitations(context):
        context.note("team.refused.no_invitation", alert=True)
    else:
        await for_coordinators(context, "team.withdraw")


async def for_coordinators(context: Context, name: str) -> None:
    """Start a conversation that only coordinators have; carrying out its command checks again."""
    if await coordinates(context):
        await dialogue.start(context, name)
    else:
        context.note("common.coordinators_only", alert=True)


def hashed(code: str) -> str:
    """What is kept of a code."""
    return sha256(code.encode()).hexdigest()


def misfit(municipality: Municipality, role: Role, team_code: str | None) -> Refused | None:
    """Why nobody can have that role in that team; without a team it is the front desk, for who has a team.

    A partner works in a team of a partner, a civil servant in one of the municipality.
    """
    if role not in WORKERS:
        return Refused(key="team.refused.no_team_needed") if team_code else None
    team = municipality.team(team_code) if team_code else municipality.front_desk
    if team is None:
        return Refused(key="team.refused.no_team", ask_again="team")
    if (team.organisation is not None) is not (role is Role.PARTNER):
        key = "team.refused.of_partner" if team.organisation else "team.refused.of_municipality"
        return Refused(key=key, values={"team": team.name}, ask_again="team")
    return None


@carries(Invite)
async def carry_invite(context: Context, command: Invite) -> Outcome:
    """Who invites gets a link to pass on; on the command line the outcome holds the code."""
    municipality = context.house.municipality
    if command.role is Role.ADMIN and Role.ADMIN not in await acting_roles(context):
        return Refused(key="common.not_allowed")
    if (refused := misfit(municipality, command.role, command.team)) is not None:
        return refused
    team_code = (command.team or municipality.front_desk.code) if command.role in WORKERS else None
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
            role=around.role(command.role),
            team=around.team(team_code) if team_code else None,
            link=link_to(context, code),
            code=code,
            until=invitation.expires_at,
        )
    details = {"role": command.role, "team": team_code, "invitation": invitation.id}
    return Done(details=details, shown_once=code)


@carries(WithdrawInvitation)
async def carry_withdraw(context: Context, command: WithdrawInvitation) -> Outcome:
    """From now on the code gives nothing. A coordinator doesn't take an admin's back."""
    invitation = await context.session.get(
        Invitation, command.invitation_id, with_for_update=True, populate_existing=True
    )
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= context.now:
        return Refused(key="team.refused.no_invitation")
    if invitation.role is Role.ADMIN and Role.ADMIN not in await acting_roles(context):
        return Refused(key="common.not_allowed")
    invitation.expires_at = context.now
    context.session.add(invitation)
    await context.session.flush()
    if context.actor is not None:
        await context.say("team.withdrawn")
    return Done(details={"invitation": invitation.id, "role": invitation.role, "team": invitation.team_code})


async def acting_roles(context: Context) -> set[Role]:
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
        role=around.role(invitation.role),
        team=around.team(invitation.team_code) if invitation.team_code else None,
        shown_as=name_of(context.me),
    )
    await set_command_list(context, context.me)
    await spread(context)
    return Done(details={"role": invitation.role, "team": invitation.team_code, "invitation": invitation.id})
