"""How it goes: asked in the rhythm that the initiators choose; what stays silent sleeps until a sign of life."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import open_button
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import pressed
from flows.initiatives.verbs import SayItGoesWell, SetRhythm
from flows.permissions import Relation
from flows.talk.message import Button, Message, Rows
from flows.timers import Again, on_time, plan
from flows.verbs import InitiativeCommand
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, Rhythm, Side
from storage.people import Person
from storage.steps import Step, StepStatus
from storage.timers import TimerKind

EVERY = {
    Rhythm.WEEKLY: timedelta(days=7),
    Rhythm.FORTNIGHTLY: timedelta(days=14),
    Rhythm.MONTHLY: timedelta(days=30),
    Rhythm.NEVER: timedelta(days=182),
}
"""How long after the last sign of life, and again after a question that nobody answered."""
PATIENCE = 2
"""Questions that may stay unanswered; then the bot asks whether it still lives."""
LONG = timedelta(weeks=8)
"""Of silence; after that it asks the same, however few questions there were."""
LAST = timedelta(days=14)
"""For an answer to that; then it sleeps."""
AROUND_A_STEP = timedelta(days=3)
"""After the day of a step; its question comes on the first of them."""
LOOK = timedelta(days=7)
"""How often it looks whether something that sleeps woke."""


class Word(StrEnum):
    """What there is to say to who leads an initiative."""

    HOW = "how"
    """How does it go?"""
    STILL = "still"
    """It is silent: does it still live?"""
    SLEEPS = "sleeps"
    """It stayed silent: it sleeps."""


def word(rhythm: Rhythm, unanswered: int, silence: timedelta) -> Word | None:
    """What is said after so much silence, and so many questions since then; None: there was life not long ago."""
    if unanswered > PATIENCE:
        return Word.SLEEPS
    if unanswered == 0 and silence < EVERY[rhythm]:
        return None
    return Word.STILL if rhythm is Rhythm.NEVER or unanswered == PATIENCE or silence >= LONG else Word.HOW


def next_at(initiative: Initiative, now: datetime) -> datetime:
    """When there may be a next word."""
    every = EVERY[initiative.rhythm]
    if initiative.asleep_since is not None:
        return now + LOOK
    if initiative.unanswered == 0:
        return max(now, initiative.active_at + every)
    if initiative.unanswered > PATIENCE:
        return now + LAST
    long = initiative.active_at + LONG
    return long if now < long < now + every else now + every


async def plan_rhythm(context: Context, initiative: Initiative) -> None:
    """Have the initiators asked how it goes, in their rhythm."""
    await plan(context.session, TimerKind.RHYTHM, initiative.id or 0, next_at(initiative, context.now))


@on_time(TimerKind.RHYTHM)
async def ask_how_it_goes(context: Context, initiative_id: int) -> Again:
    """Say what there is to say, and when to look again; an initiative that ended is left alone."""
    initiative = await context.session.get(Initiative, initiative_id, with_for_update=True, populate_existing=True)
    if initiative is None or initiative.status in ENDED:
        return None
    now = context.now
    if initiative.asleep_since is None:
        match word(initiative.rhythm, initiative.unanswered, now - initiative.active_at):
            case Word.HOW:
                if not await _asked_about_a_step(context, initiative):
                    await _ask(context, initiative, "rhythm.how")
                initiative.unanswered += 1
            case Word.STILL:
                await _ask(context, initiative, "rhythm.still")
                initiative.unanswered = PATIENCE + 1
            case Word.SLEEPS:
                await _sleep(context, initiative)
    context.session.add(initiative)
    return next_at(initiative, now) - now


async def _asked_about_a_step(context: Context, initiative: Initiative) -> bool:
    """Whether the initiators are asked about a step of theirs in these days: that is the question then."""
    today = context.now.astimezone(context.house.municipality.zone).date()
    query = select(Step.owner_id).where(
        Step.initiative_id == initiative.id,
        Step.status == StepStatus.PLANNED,
        col(Step.by).between(today - AROUND_A_STEP, today + timedelta(days=1)),
    )
    leading = {None, *(person.id for person in await initiators(context, initiative))}
    return any(owner in leading for owner in (await context.session.exec(query)).all())


async def _reachable(context: Context, initiative: Initiative) -> list[Person]:
    people = await initiators(context, initiative)
    return [person for person in people if person.telegram_id is not None and person.blocked_at is None]


async def _ask(context: Context, initiative: Initiative, key: str) -> None:
    people, look = await _reachable(context, initiative), partial(_look, initiative)
    if not people and key == "rhythm.still":  # on paper only, or all of them blocked the bot
        await tell(context, initiative, await guides(context, initiative), "rhythm.nobody_for_guide", buttons=look)

    def buttons(around: Around) -> Rows:
        rows: tuple[Button, ...] = (
            _button(around, "well", initiative),
            act(around.plain("rhythm.buttons.done"), "i-steps", initiative.id or 0),
            act(around.plain("stuck.buttons.stuck"), "i-stuck", initiative.id or 0),
        )
        if key == "rhythm.still":
            rows = (*rows, act(around.plain("rhythm.buttons.stop"), "i-stop", initiative.id or 0))
        elif rarer(initiative.rhythm) is not None:
            rows = (*rows, _button(around, "rarer", initiative))
        return tuple((button,) for button in rows)

    await tell(context, initiative, people, key, buttons=buttons)


async def _sleep(context: Context, initiative: Initiative) -> None:
    """Nobody is asked anything any more; who follows isn't bothered, who guides hears it."""
    initiative.asleep_since = context.now
    await happened(context, initiative, EventKind.SLEPT)

    def wake(around: Around) -> Rows:
        return ((_button(around, "wake", initiative),),)

    people, look = await _reachable(context, initiative), partial(_look, initiative)
    await tell(context, initiative, people, "rhythm.sleeps", buttons=wake)
    guiding, yours = await guides(context, initiative), initiative.turn is Side.MUNICIPALITY
    await tell(context, initiative, guiding, "rhythm.sleeps_for_guide", buttons=look, yours=yours)


def _look(initiative: Initiative, around: Around) -> Rows:
    return ((open_button(around.plain("initiative.buttons.open"), initiative),),)


def rarer(rhythm: Rhythm) -> Rhythm | None:
    """The next rhythm in which less is asked."""
    order = list(Rhythm)
    place = order.index(rhythm) + 1
    return order[place] if place < len(order) else None


def _button(around: Around, label: str, initiative: Initiative) -> Button:
    name = "well" if label == "wake" else label
    return act(around.plain(f"rhythm.buttons.{label}"), f"i-{name}", initiative.id or 0)


@offers(10)
def to_wake(view: View) -> list[Button]:
    """What sleeps, wakes with one tap."""
    wakes = view.is_(Relation.INITIATOR) and view.initiative.asleep_since is not None and not view.ended
    return [_button(view.around, "wake", view.initiative)] if wakes else []


@offers(75)
def to_set(view: View) -> list[Button]:
    """Who leads it chooses how often the bot asks."""
    if view.ended or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("rhythm.buttons.set"), "i-rhythm", view.initiative.id or 0)]


@action("i-well")
async def press_well(context: Context, argument: str) -> None:
    """It goes well; or on again, after a sleep."""
    if (view := await pressed(context, argument)) is not None:
        await _carry(context, SayItGoesWell(initiative_id=view.initiative.id or 0))


@action("i-rarer")
async def press_rarer(context: Context, argument: str) -> None:
    """Ask less often."""
    if (view := await pressed(context, argument)) is not None:
        less = rarer(view.initiative.rhythm) or Rhythm.NEVER
        await _carry(context, SetRhythm(initiative_id=view.initiative.id or 0, rhythm=less))


@action("i-rhythm")
async def press_rhythm(context: Context, argument: str) -> None:
    """How it is, and what else it can be."""
    view = await pressed(context, argument)
    if view is None:
        return
    initiative, around = view.initiative, view.around
    if view.ended or not view.is_(Relation.INITIATOR):
        context.note("step.refused.ended" if view.ended else "step.refused.not_yours", alert=True)
        return
    rows = tuple(
        (act(around.plain(f"rhythm.every.{one}"), "i-rhythm-set", f"{initiative.id}-{one}"),)
        for one in Rhythm
        if one is not initiative.rhythm
    )
    now = around.plain(f"rhythm.every.{initiative.rhythm}")
    message = Message(text=around.text("rhythm.which", title=initiative.title, now=now), buttons=rows)
    await context.send(context.me, message, about=(Subject.INITIATIVE, initiative.id or 0))


@action("i-rhythm-set")
async def press_set(context: Context, argument: str) -> None:
    """That often."""
    number, _, rhythm = argument.partition("-")
    view = await pressed(context, number)
    if view is None:
        return
    if rhythm not in list(Rhythm):
        context.note("common.gone", alert=True)
        return
    await _carry(context, SetRhythm(initiative_id=view.initiative.id or 0, rhythm=Rhythm(rhythm)))


async def _carry(context: Context, command: InitiativeCommand) -> None:
    outcome = await carry(context, command)
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    elif context.is_press:
        await context.drop_pressed_buttons()


@carries(SayItGoesWell)
async def carry_well(context: Context, command: SayItGoesWell) -> Outcome:
    """A sign of life. The guide hears of it where the initiative slept."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="step.refused.ended")
    slept = initiative.asleep_since is not None
    await sign_of_life(context, initiative)
    await plan_rhythm(context, initiative)
    around = context.around
    rows: Rows = ((open_button(around.plain("initiative.buttons.open"), initiative),),)
    text = around.text("rhythm.awake" if slept else "rhythm.well", title=initiative.title)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=rows), about=about)
    if slept:
        await tell(context, initiative, await guides(context, initiative), "rhythm.awake_for_guide")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"slept": slept})


@carries(SetRhythm)
async def carry_rhythm(context: Context, command: SetRhythm) -> Outcome:
    """From now on that often."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="step.refused.ended")
    initiative.rhythm = command.rhythm
    await sign_of_life(context, initiative)
    await plan_rhythm(context, initiative)
    every = context.around.plain(f"rhythm.every.{command.rhythm}")
    await context.say("rhythm.set", title=initiative.title, every=every, never=command.rhythm is Rhythm.NEVER)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"rhythm": command.rhythm.value})
