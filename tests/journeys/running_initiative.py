"""An initiative that is there already, with people around it, for stories about what comes after."""

from __future__ import annotations

from collections.abc import Mapping

from flows.commands import Done, carry
from flows.context import Context
from flows.initiatives.verbs import FollowInitiative, OfferHelp, Plan, StartInitiative
from flows.verbs import Command
from storage.columns import now
from storage.initiatives import Initiative, Route
from storage.people import Person
from tests.journeys.phone import Message, Phone
from tests.journeys.town import Town


async def does(town: Town, phone: Phone, command: Command) -> Done:
    """Somebody gives a command, past the conversation it usually takes; what comes of it reaches everybody."""
    person = await town.person(phone)
    async with town.app.database.transaction() as session:
        actor = await session.get_one(Person, person.id)
        outcome = await carry(Context(house=town.app.house, session=session, now=now(), actor=actor), command)
    assert isinstance(outcome, Done), outcome
    town.app.sender.wake()
    await town.quiet()
    return outcome


async def begun(
    town: Town, phone: Phone, title: str = "Bloemen op het plein", *, route: Route = Route.JUST_DO_IT
) -> Initiative:
    """Somebody started an initiative in Molenwijk about green."""
    plan = Plan(
        title=title,
        idea="Samen met de buren bloemen planten",
        helpers=("neighbours",),
        district="WK999904",
        theme="groen",
        first_step="Drie buren vragen",
        needs=None,
        amount=None,
        photo=None,
        route=route,
    )
    outcome = await does(town, phone, StartInitiative(plan=plan))
    return await initiative(town, outcome.subject_id or 0)


async def helps(town: Town, phone: Phone, number: int) -> None:
    """Somebody helps, and doesn't say who they are."""
    await does(
        town, phone, OfferHelp(initiative_id=number, offers=("hands",), text="Ik heb een schep", show_name=False)
    )


async def follows(town: Town, phone: Phone, number: int) -> None:
    """Somebody follows it."""
    await does(town, phone, FollowInitiative(initiative_id=number, follow=True))


async def initiative(town: Town, number: int) -> Initiative:
    """As it is now."""
    found: Mapping[int, Initiative] = {one.id: one for one in await town.rows(Initiative)}
    return found[number]


async def opens_board(phone: Phone, initiative: Initiative) -> Message:
    """Open all about it, from the newest message that has the button."""
    await phone.says("/mijn")
    await phone.presses(f"🌱 {initiative.title}")
    return await phone.sees(f"🌱 {initiative.title} · {initiative.reference}")
