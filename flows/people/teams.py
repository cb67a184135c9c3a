"""Who looks after the work of a team.

A team with nobody in it passes its work to the front desk, the front desk without anybody to the coordinators.
Somebody who blocked the bot doesn't see anything, so they don't count: nothing waits where nobody looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.people.away import away
from storage.municipality import Team
from storage.people import Person, Role, RoleGrant
from storage.questions import Question

if TYPE_CHECKING:
    from flows.context import Context

WORKERS = (Role.CIVIL_SERVANT, Role.PARTNER)
COORDINATORS = (Role.COORDINATOR, Role.ADMIN)


async def roles_of(session: AsyncSession, person: Person) -> set[Role]:
    """All roles of somebody, in whatever team."""
    query = select(RoleGrant.role).where(RoleGrant.person_id == person.id)
    return {Role(role) for role in (await session.exec(query)).all()}


async def coordinates(context: Context) -> bool:
    """Whether the actor is a coordinator or an admin."""
    return bool(await roles_of(context.session, context.me) & set(COORDINATORS))


async def grants_of(session: AsyncSession, person: Person) -> list[RoleGrant]:
    """The roles somebody has, oldest first."""
    query = select(RoleGrant).where(RoleGrant.person_id == person.id).order_by(col(RoleGrant.id))
    return list((await session.exec(query)).all())


async def members(session: AsyncSession, team_code: str) -> list[Person]:
    """Who works in the team and can be reached, longest first."""
    query = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(RoleGrant.team_code == team_code, col(RoleGrant.role).in_(WORKERS), col(Person.blocked_at).is_(None))
        .order_by(col(RoleGrant.id))
    )
    found = {person.id: person for person in (await session.exec(query)).all()}
    return list(found.values())


async def is_member(session: AsyncSession, person: Person, team_code: str) -> bool:
    """Whether somebody works in the team themself, and can be reached."""
    return any(one.id == person.id for one in await members(session, team_code))


async def coordinators(session: AsyncSession) -> list[Person]:
    """All coordinators and admins that can be reached, longest first."""
    query = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role).in_(COORDINATORS), col(Person.blocked_at).is_(None))
        .order_by(col(RoleGrant.id))
    )
    found = {person.id: person for person in (await session.exec(query)).all()}
    return list(found.values())


async def here(context: Context, people: Sequence[Person]) -> list[Person]:
    """Those of `people` who can be reached and aren't away."""
    gone = await away(context)
    return [one for one in _reached(context, people) if one.id not in gone]


async def watchers(context: Context, team_code: str, *, raised: bool = False) -> list[Person]:
    """Who gets the work of a team: its members, else the front desk's, else the coordinators; `raised`: those too.

    Who is away doesn't count as long as somebody is here; when everybody is away they are those who find it on their
    return. A team that has left the municipality's file has no members any more.
    """
    municipality = context.house.municipality
    codes = [one for one in dict.fromkeys((team_code, municipality.front_desk.code)) if municipality.team(one)]
    groups = [*[await members(context.session, code) for code in codes], await coordinators(context.session)]
    at_work = [await here(context, group) for group in groups]
    found = next((group for group in (*at_work, *[_reached(context, group) for group in groups]) if group), [])
    also = await above(context) if raised else []
    return list({one.id: one for one in (*found, *also)}.values())


async def above(context: Context) -> list[Person]:
    """The coordinators who are here; all of them when none is."""
    people = await coordinators(context.session)
    return await here(context, people) or _reached(context, people)


def _reached(context: Context, people: Sequence[Person]) -> list[Person]:
    """Who is reached by e-mail isn't reached where there is none."""
    return [one for one in people if one.telegram_id or not one.email or context.house.mails]


async def watchers_of(context: Context, question: Question) -> list[Person]:
    """Who gets a question that nobody has."""
    people = await watchers(context, question.team_code, raised=question.raised_at is not None)
    return others_than_asker(people, question)


def others_than_asker(people: list[Person], question: Question) -> list[Person]:
    """Nobody gets their own question at the desk, as long as there is somebody else for it."""
    return [one for one in people if one.id != question.asker_id] or people


async def for_desk_of(context: Context, person: Person) -> ColumnElement[bool]:
    """The questions that somebody gets while nobody has them, as a condition."""
    codes = await teams_watched(context, person)
    alone = [code for code in codes if all(one.id == person.id for one in await watchers(context, code))]
    theirs: ColumnElement[bool] = col(Question.team_code).in_(codes)
    if any(one.id == person.id for one in await coordinators(context.session)):
        theirs = or_(theirs, col(Question.raised_at).is_not(None))
    return and_(theirs, or_(col(Question.asker_id) != person.id, col(Question.team_code).in_(alone)))


async def looks_after(context: Context, person: Person, team_code: str) -> bool:
    """Whether somebody gets the work of a team, or is in it and away."""
    return any(one.id == person.id for one in await watchers(context, team_code)) or (
        context.house.municipality.team(team_code) is not None and await is_member(context.session, person, team_code)
    )


async def lock_teams(session: AsyncSession) -> None:
    """Who is in which team changes by one at a time, and no question or initiative comes in meanwhile.

    Those refer to their team, so on PostgreSQL their INSERT waits for this lock, and sees who is there after it.
    """
    await session.exec(select(Team.code).order_by(col(Team.code)).with_for_update())


async def teams_without_anybody(context: Context) -> list[str]:
    """The codes of the teams in which nobody can be reached; others do their work."""
    teams = context.house.municipality.teams
    return [team.code for team in teams if not await members(context.session, team.code)]


async def teams_watched(context: Context, person: Person) -> list[str]:
    """The codes of the teams whose work somebody gets: their own first, in the order of the municipality's file."""
    left = select(Team.code).where(col(Team.active).is_(False))  # no longer in the file, perhaps with work
    codes = [team.code for team in context.house.municipality.teams]
    codes += sorted((await context.session.exec(left)).all())
    return await own_first(context, person, [code for code in codes if await looks_after(context, person, code)])


async def own_first(context: Context, person: Person, codes: Sequence[str]) -> list[str]:
    """Those teams, with the ones somebody is in before those they only look after."""
    own = {grant.team_code for grant in await grants_of(context.session, person)}
    return sorted(codes, key=lambda code: code not in own)
