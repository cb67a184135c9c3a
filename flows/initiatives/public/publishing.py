"""What of an initiative everybody may see on its page, as its initiators choose; and the ways to that page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context, House
from flows.doors import act, action, start_code
from flows.initiatives.board import facts, may_see, open_button, seen, show
from flows.initiatives.circle import initiators
from flows.initiatives.events import sign_of_life
from flows.initiatives.finding.alike import index
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import closed, pressed, row_of
from flows.initiatives.verbs import ChoosePublic
from flows.permissions import Relation
from flows.talk import answers as kinds
from flows.talk import dialogue
from flows.talk.answers import Acceptance, Accepted, Given, Surroundings
from flows.talk.ask import Ask
from flows.talk.choices import Choices
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Initiative, Part
from storage.participation import Participant, Participation
from storage.people import Person

START = "m"
"""What the code of a link to join in begins with; the reference follows."""
PAGES = "/initiatieven"
"""Where the pages are, below `House.public_url`."""


def page_url(house: House, initiative: Initiative) -> str | None:
    """The page of an initiative; None where there are no pages, or this one is hidden."""
    if house.public_url is None or initiative.hidden_at is not None:
        return None
    return f"{house.public_url}{PAGES}/{initiative.reference}"


def join_link(house: House, initiative: Initiative) -> str:
    """The link with which anybody opens the bot and says what they can do for this initiative."""
    return f"https://t.me/{house.bot_username}?start={START}{initiative.reference}"


@offers(50)
def to_page(view: View) -> list[Button]:
    """Everybody can look at the page, and pass it on."""
    url = page_url(view.around.house, view.initiative)
    return [Button(label=view.around.plain("publishing.buttons.page"), url=url)] if url else []


@offers(60)
def to_choose(view: View) -> list[Button]:
    """Whoever leads it chooses what is public, also when it has ended."""
    if not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("publishing.buttons.choose"), "i-public", view.initiative.id or 0)]


@facts(70)
async def is_public(context: Context, view: View) -> str | None:
    """What everybody can see, for who decides about it."""
    if not view.is_(Relation.INITIATOR) or view.initiative.hidden_at is not None:
        return None
    parts = await chosen_by(context, view.initiative, context.me)
    return view.around.text("publishing.on_board", parts=named(view.around, parts))


async def chosen_by(context: Context, initiative: Initiative, person: Person) -> list[Part]:
    """What is public, in the eyes of one of the initiators: their own name is theirs to decide about."""
    row = await row_of(context, initiative.id or 0, person.id, Participation.INITIATOR)
    named_too = row is not None and row.name_public
    return [part for part in Part if part in initiative.public or (part is Part.FIRST_NAME and named_too)]


def named(around: Around, parts: Collection[Part]) -> list[str]:
    """The parts in words."""
    return [around.plain(f"initiative.public.parts.options.{part}").lower() for part in Part if part in parts]


class Parts(Choices[Part]):
    """Any of the parts, or none of them."""

    def __init__(self) -> None:
        super().__init__(Part)

    def is_begun(self, draft: Any) -> bool:
        return False  # what is ticked at first is how it was

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        outcome = await super().accept(given, question, around, draft)
        nothing = isinstance(outcome, kinds.Refused) and outcome.key == "talk.refused.none_ticked"
        return Accepted(value=[]) if nothing else outcome

    def load(self, value: Any) -> tuple[Part, ...]:
        return () if value == [] else super().load(value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return super().show(value, question, around) or around.plain("initiative.public.parts.nothing")


@conversation("initiative.public")
async def choose(ask: Ask) -> ChoosePublic:
    """Tick what everybody may see."""
    initiative_id = ask.given("initiative", int)
    parts = await ask("parts", Parts())
    return ChoosePublic(initiative_id=initiative_id, parts=parts)


@action("i-public")
async def press_choose(context: Context, argument: str) -> None:
    """Choose, from how it is now."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.INITIATOR):
        context.note("publishing.refused.not_yours", alert=True)
        return
    now = [part.value for part in await chosen_by(context, view.initiative, context.me)]
    await dialogue.start(context, "initiative.public", {"initiative": view.initiative.id}, drafts={"parts": now})


@start_code(START)
async def by_link(context: Context, rest: str) -> None:
    """Say with what you can help: that is what the link on the page is for."""
    query = select(Initiative).where(col(Initiative.reference) == rest.upper())
    initiative = (await context.session.exec(query)).first()
    view = None if initiative is None else await seen(context, initiative)
    if view is None or not may_see(view):
        await context.say("common.gone")
    elif view.is_(Relation.INITIATOR, Relation.HELPER) or closed(view.initiative) is not None:
        await show(context, view)
    else:
        await dialogue.start(context, "helping.offer", {"initiative": view.initiative.id})


@carries(ChoosePublic)
async def carry_choose(context: Context, command: ChoosePublic) -> Outcome:
    """All initiators have the same say about the initiative, and each about their own name. The others hear it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    row = await row_of(context, command.initiative_id, context.me.id, Participation.INITIATOR)
    if row is None or not set(command.parts) <= set(Part):
        return Refused(key="publishing.refused.not_yours")
    await _choose(context, initiative, row, set(command.parts))
    await sign_of_life(context, initiative)
    await index(context, initiative)
    for person in await initiators(context, initiative):
        around = context.around_for(person)
        yours = person.id == context.me.id
        parts = named(around, await chosen_by(context, initiative, person))
        key = "publishing.chosen" if yours else "publishing.changed"
        text = around.text(key, title=initiative.title, parts=parts, hidden=initiative.hidden_at is not None)
        message = Message(text=text, buttons=_ways_on(around, initiative))
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
    return Done(
        subject=Subject.INITIATIVE,
        subject_id=initiative.id,
        details={"public": sorted(initiative.public), "name": row.name_public},
    )


async def _choose(context: Context, initiative: Initiative, row: Participant, parts: set[Part]) -> None:
    initiative.public = [part.value for part in Part if part in parts and part is not Part.FIRST_NAME]
    row.name_public = Part.FIRST_NAME in parts
    context.session.add(initiative)
    context.session.add(row)
    await context.session.flush()


def _ways_on(around: Around, initiative: Initiative) -> Rows:
    url = page_url(around.house, initiative)
    look = ((Button(label=around.plain("publishing.buttons.page"), url=url),),) if url else ()
    return (*look, (open_button(around.plain("initiative.buttons.open"), initiative),))
