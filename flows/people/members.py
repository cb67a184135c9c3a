"""Who works here: the teams and who is in them, leaving, removing."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from sqlalchemy import update
from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import For, act, action, bot_command, id_in
from flows.menu import set_command_list
from flows.people.absence import called
from flows.people.away import away
from flows.people.handover import drop_work, hand_back, spread
from flows.people.invitations import acting_roles, for_coordinators, open_invitations
from flows.people.names import name_of
from flows.people.teams import COORDINATORS, coordinates, grants_of, lock_teams, roles_of
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import OneOf, YesNo
from flows.talk.message import Message
from flows.talk.replay import conversation
from flows.verbs import EndRole
from storage.people import Invitation, Person, Role, RoleGrant

ABOVE = "-"
"""Among the codes of teams: those who coordinate, for the whole municipality."""


@bot_command("team", audience=For.COORDINATORS)
async def team(context: Context, argument: str) -> None:
    """Who is in which team, and who is invited; invite and remove."""
    if not await coordinates(context):
        await context.say("common.coordinators_only")
        return
    around = context.around
    grants, gone = await everybody(context), await away(context)

    teams = [
        around.text(
            "team.line",
            team=one.name,
            people=[called(around, person, gone) for grant, person in grants if grant.team_code == one.code],
        )
        for one in around.municipality.teams
    ]
    above = [name_of(person) for grant, person in grants if grant.role in COORDINATORS]
    invited = list((await open_invitations(context)).values())
    doors = ["invite", "by_email"] if context.house.mails else ["invite"]
    doors += ["withdraw", "remove"] if invited else ["remove"]
    doors += ["absent", "back"] if gone else ["absent"]
    doors.append("group")
    await context.reply(
        Message(
            text=context.text(
                "team.overview",
                teams=Markup("\n".join(teams)),
                coordinators=above,
                front_desk=around.municipality.front_desk.name,
                invited=Markup("\n").join(f"• {one}" for one in invited),
            ),
            buttons=tuple((act(around.plain(f"team.buttons.{door}"), f"team-{door}"),) for door in doors),
        )
    )


@conversation("team.remove", for_work=True)
async def remove(ask: Ask) -> EndRole:
    """From which team, who, and are you sure?"""
    teams = await ask.once("teams", teams_with_people)
    team = await ask("team", OneOf(teams))
    members = await ask.once("members", partial(members_of, team=team), after=("team",))
    grant = await ask("who", OneOf(members), after=("team",))
    await ask.review()
    return EndRole(grant_id=int(grant))


@conversation("role.end", for_work=True)
async def end(ask: Ask) -> EndRole | None:
    """Leave a team, or not."""
    grant_id = ask.given("grant", int)
    return EndRole(grant_id=grant_id) if await ask("sure", YesNo()) else None


async def everybody(context: Context) -> list[tuple[RoleGrant, Person]]:
    """All roles with whose they are, oldest first."""
    query = select(RoleGrant, Person).join(Person, col(Person.id) == col(RoleGrant.person_id))
    return list((await context.session.exec(query.order_by(col(RoleGrant.id)))).all())


async def teams_with_people(context: Context) -> dict[str, str]:
    """The teams somebody is in, also those that have left the municipality's file, and what their buttons say."""
    around = context.around
    filled = {grant.team_code or ABOVE for grant, _ in await everybody(context)}
    known = [one.code for one in around.municipality.teams]
    codes = [code for code in known if code in filled] + sorted(filled - {*known, ABOVE})
    labels = {code: around.team(code) for code in codes}
    return labels | {ABOVE: around.plain("team.above")} if ABOVE in filled else labels


async def members_of(context: Context, *, team: str) -> dict[str, str]:
    """The roles in a team: the number of each, and whose it is; of those who coordinate also which."""
    around = context.around
    return {
        str(grant.id): name_of(person)
        if grant.team_code
        else around.plain("team.who", name=name_of(person), what=around.role(grant.role))
        for grant, person in await everybody(context)
        if (grant.team_code or ABOVE) == team
    }


@action("team-remove")
async def press_remove(context: Context, argument: str) -> None:
    """Remove somebody."""
    await for_coordinators(context, "team.remove")


@action("role-end")
async def press_end(context: Context, argument: str) -> None:
    """I leave this team."""
    number = id_in(argument)
    if number is not None and any(grant.id == number for grant in await grants_of(context.session, context.me)):
        await dialogue.start(context, "role.end", {"grant": number})
    else:
        context.note("common.gone", alert=True)


async def _is_last(context: Context, grant: RoleGrant) -> bool:
    """Whether nobody else coordinates: then nobody could invite anybody any more."""
    query = select(RoleGrant.id).where(col(RoleGrant.role).in_(COORDINATORS), RoleGrant.id != grant.id)
    return (await context.session.exec(query.limit(1))).first() is None


@carries(EndRole)
async def carry_end(context: Context, command: EndRole) -> Outcome:
    """The role ends; what they had goes back to the team. A coordinator doesn't remove an admin."""
    session = context.session
    await lock_teams(session)
    grant = await session.get_one(RoleGrant, command.grant_id)
    person = await session.get_one(Person, grant.person_id)
    if grant.role is Role.ADMIN and Role.ADMIN not in await acting_roles(context):
        return Refused(key="common.not_allowed")
    if grant.role in COORDINATORS and await _is_last(context, grant):
        return Refused(key="team.refused.last_coordinator")
    around = context.around_for(person)
    what = around.post(grant.role, grant.team_code)
    details = {"role": grant.role, "team": grant.team_code, "person": person.id}
    await session.delete(grant)
    await session.flush()
    await hand_back(context, person)
    roles = await roles_of(session, person)
    if not roles & set(COORDINATORS):
        unused = update(Invitation).where(col(Invitation.created_by) == person.id, col(Invitation.used_at).is_(None))
        await session.exec(unused.values(expires_at=context.now))  # nobody comes back with a code of their own
    await spread(context)
    await set_command_list(context, person)
    await context.send(person, Message(text=around.text("team.left", what=what)))
    if not roles:
        await drop_work(context, person)
    if context.actor is not None and context.actor.id != person.id:
        await context.say("team.removed", name=name_of(person), what=what)
    return Done(details=details)
