"""Who plays in the demo, and what runs in the municipality already. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.commands import Done, carry
from flows.context import Context, House
from flows.initiatives.beginning.start import begin
from flows.initiatives.events import happened, move, pass_turn
from flows.initiatives.verbs import Plan
from flows.knowledge import importing
from flows.verbs import Invite
from locales.catalogue import Catalogue
from storage.columns import now
from storage.database import Database
from storage.groups import TeamGroup
from storage.initiatives import EventKind, InitiativeStatus, Route, Side
from storage.lessons import Ending, Lesson
from storage.people import Person, Role, RoleGrant


@dataclass(frozen=True, kw_only=True)
class Player:
    """Somebody with a phone on the page."""

    id: int
    first_name: str
    part: str
    """The text `example.parts.<part>` says who they are."""
    roles: tuple[tuple[Role, str | None], ...] = ()
    district: str | None = None
    """Chosen before the page opens; None: the visitor chooses."""

    def title(self, catalogue: Catalogue) -> str:
        """The heading of their phone."""
        return f"{catalogue.text(f'example.parts.{self.part}', 'nl')} · {self.first_name}"


PEOPLE = (
    Player(id=1001, first_name="Fatima", part="resident"),
    Player(id=1002, first_name="Kees", part="resident", district="Molenwijk"),
    Player(
        id=1003,
        first_name="Jan",
        part="civil_servant",
        roles=((Role.CIVIL_SERVANT, "klantcontact"), (Role.CIVIL_SERVANT, "buitenruimte")),
    ),
    Player(id=1005, first_name="Noor", part="civil_servant", roles=((Role.CIVIL_SERVANT, "klantcontact"),)),
    Player(id=1004, first_name="Marieke", part="coordinator", roles=((Role.COORDINATOR, None),)),
)

TEAM_IN_GROUP = "klantcontact"
"""The team that works in a group; the others get their cards in private."""

RUNNING = (
    ("tuin", "Olga", "WK999904", "groen", ("neighbours",), InitiativeStatus.EXPLORING),
    ("soep", "Henk", "WK999902", "samen", ("neighbours", "association"), InitiativeStatus.EXPLORING),
    ("spelen", "Yusuf", "WK999903", "jeugd", ("school",), InitiativeStatus.IDEA),
    ("fiets", "Ineke", "WK999908", "verkeer", ("alone",), InitiativeStatus.IDEA),
)
"""Texts `example.running.<key>`, who, where, about what, with whom, how it stands."""

LEARNED = (("gevel", "groen"), ("eten", "samen"), ("speelstraat", "jeugd"))
"""Texts `example.learned.<key>`, about what."""
SOURCE = "https://stuur.example/lessons.json"
LANGUAGE = "nl"


async def fill(database: Database, house: House, group_id: int) -> dict[int, list[str]]:
    """Fill an empty database; gives codes for the roles that players don't have yet, also after a kill half-way.

    `group_id`: of the group that is its team's.
    """
    codes: dict[int, list[str]] = {}
    async with database.transaction() as session:
        if (await session.exec(select(Person.id).limit(1))).first() is None:
            await _initiatives(session, house)
            _lessons(session, house)
            await _articles(session, house)
            session.add(TeamGroup(team_code=TEAM_IN_GROUP, chat_id=group_id, is_forum=True, topics=True))
        context = Context(house=house, session=session, now=now(), actor=None)
        for player in PEOPLE:
            for role, team in player.roles:
                if not await _has(session, player, role, team):
                    outcome = await carry(context, Invite(role=role, team=team))
                    assert isinstance(outcome, Done)
                    assert outcome.shown_once is not None
                    codes.setdefault(player.id, []).append(outcome.shown_once)
    return codes


async def _has(session: AsyncSession, player: Player, role: Role, team: str | None) -> bool:
    query = select(RoleGrant).join(Person, col(Person.id) == col(RoleGrant.person_id))
    of_player = query.where(Person.telegram_id == player.id, RoleGrant.role == role, RoleGrant.team_code == team)
    return (await session.exec(of_player)).first() is not None


async def _initiatives(session: AsyncSession, house: House) -> None:
    guide = Person(first_name="Samira", display_name="Samira, gebiedsteam")
    session.add(guide)
    await session.flush()
    for number, (key, name, district, theme, helpers, status) in enumerate(RUNNING):
        at = now() - timedelta(days=9 - number)
        context = Context(house=house, session=session, now=at, actor=None)
        text = house.around(LANGUAGE, at).plain
        person = Person(first_name=name, district_code=district)
        session.add(person)
        await session.flush()
        plan = Plan(
            title=text(f"example.running.{key}.title"),
            idea=text(f"example.running.{key}.idea"),
            first_step=text(f"example.running.{key}.first_step"),
            helpers=helpers,
            district=district,
            theme=theme,
            needs=None,
            amount=None,
            photo=None,
            route=Route.JUST_DO_IT,
        )
        initiative = await begin(context, plan, person)
        initiative.guide_id = guide.id
        if status is not InitiativeStatus.IDEA:
            await happened(context, initiative, EventKind.GREETED)
            pass_turn(context, initiative, Side.RESIDENTS)
            await move(context, initiative, status)
    await session.flush()


async def _articles(session: AsyncSession, house: House) -> None:
    context = Context(house=house, session=session, now=now(), actor=None)
    lines = importing.read(importing.EXAMPLE, house.municipality, house.municipality.today(context.now))
    await importing.take_in(context, lines, None)


def _lessons(session: AsyncSession, house: House) -> None:
    """What two neighbouring municipalities, made up as well, learned and shared."""
    text = house.around(LANGUAGE, now()).plain
    for number, (key, theme) in enumerate(LEARNED):
        session.add(
            Lesson(
                municipality=text(f"example.learned.{key}.municipality"),
                source=SOURCE,
                subject=text(f"example.learned.{key}.subject"),
                theme=theme,
                ending=Ending.DONE,
                worked=text(f"example.learned.{key}.worked"),
                did_not=text(f"example.learned.{key}.did_not"),
                tip=text(f"example.learned.{key}.tip"),
                learned_on=(now() - timedelta(days=200 + 30 * number)).date(),
            )
        )
