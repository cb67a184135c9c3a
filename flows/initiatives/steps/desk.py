"""Talking about steps: what the next one is, how it went, which other day; and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any, TypedDict

from flows.commands import Refused, carry
from flows.context import Context
from flows.doors import action
from flows.initiatives.offers import View
from flows.initiatives.pairs import pair_in
from flows.initiatives.people.taking_part import pressed
from flows.initiatives.steps.card import DOERS
from flows.initiatives.steps.steps import LENGTH, owner_of, step_of
from flows.initiatives.verbs import DropStep, FinishStep, MoveStep, PlanStep, ReturnStep, TakeStep
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Acceptance, Accepted, Given, Option, OptionRows, Photo, Skippable, Surroundings, Text
from flows.talk.answers import chosen as chosen_of
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.dates import Date
from flows.talk.replay import conversation
from flows.verbs import InitiativeCommand
from storage.initiatives import Initiative
from storage.steps import Step, StepStatus

SOON = {"tomorrow": 1, "week": 7, "fortnight": 14}
"""Days ahead that have a button."""
AHEAD = 365
"""Days; what takes longer is not a small step."""


class Doer(StrEnum):
    """Who does a step that is planned."""

    ME = "me"
    SOMEBODY = "somebody"
    """Whoever helps and wants to."""


class Seeing(StrEnum):
    """Who may see the picture of a step."""

    EVERYBODY = "everybody"
    INSIDERS = "insiders"
    """Who leads it, and the guide."""


class SoonDate(Date):
    """A day in the next year, with buttons for the days that a small step is for."""

    def __init__(self) -> None:
        super().__init__(earliest=0, latest=AHEAD)

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [
            [Option(key="today", label=around.plain("talk.buttons.today"))],
            *([Option(key=key, label=around.plain(f"step.soon.{key}"))] for key in SOON),
        ]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        key = chosen_of(given, self.options(question, around, draft))
        if key is not None:
            return Accepted(value=(around.today + timedelta(days=SOON.get(key, 0))).isoformat())
        return await super().accept(given, question, around, draft)


class About(TypedDict):
    """What a conversation about steps is about."""

    title: str
    step: str
    """What is to be done; empty for one that is not there yet."""


async def about(context: Context, *, initiative_id: int, step_id: int | None = None) -> About:
    """The same, looked up."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    step = None if step_id is None else await context.session.get(Step, step_id)
    return About(title=initiative.title, step=step.text if step else "")


@conversation("step.plan")
async def plan_step(ask: Ask) -> PlanStep:
    """What is the next small step, when, and who does it."""
    initiative_id = ask.given("initiative", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=which)
    by = await ask("by", SoonDate())
    doer = await ask("doer", Choice(Doer))
    return PlanStep(initiative_id=initiative_id, text=text, by=by, mine=doer is Doer.ME)


@conversation("step.finish")
async def finish(ask: Ask) -> FinishStep:
    """How did it go, in one sentence; a picture if there is one, and who may see it."""
    initiative_id, step_id = ask.given("initiative", int), ask.given("step", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, step_id=step_id))
    story = await ask("story", Text(max_length=LENGTH), values=which)
    photo = await ask("photo", Skippable(Photo()))
    shown = photo is not None and await ask("seeing", Choice(Seeing)) is Seeing.EVERYBODY
    return FinishStep(initiative_id=initiative_id, step_id=step_id, story=story, photo=photo, photo_shown=shown)


@conversation("step.move")
async def move(ask: Ask) -> MoveStep:
    """Which day then?"""
    initiative_id, step_id = ask.given("initiative", int), ask.given("step", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id, step_id=step_id))
    by = await ask("by", SoonDate(), values=which)
    return MoveStep(initiative_id=initiative_id, step_id=step_id, by=by)


@action("i-step-plan")
async def press_plan(context: Context, argument: str) -> None:
    """One step more."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.INITIATOR):
        context.note("step.refused.not_yours", alert=True)
    elif view.ended:
        context.note("step.refused.ended", alert=True)
    else:
        await dialogue.start(context, "step.plan", {"initiative": view.initiative.id})


@action("i-step-done")
async def press_done(context: Context, argument: str) -> None:
    """It is done."""
    if (step := await _mine(context, argument)) is not None:
        await dialogue.start(context, "step.finish", {"initiative": step.initiative_id, "step": step.id})


@action("i-step-move")
async def press_move(context: Context, argument: str) -> None:
    """Not on that day."""
    if (step := await _mine(context, argument)) is not None:
        await dialogue.start(context, "step.move", {"initiative": step.initiative_id, "step": step.id})


@action("i-step-take")
async def press_take(context: Context, argument: str) -> None:
    """I do it."""
    await _carry(context, argument, lambda initiative, step: TakeStep(initiative_id=initiative, step_id=step))


@action("i-step-return")
async def press_return(context: Context, argument: str) -> None:
    """I can't."""
    await _carry(context, argument, lambda initiative, step: ReturnStep(initiative_id=initiative, step_id=step))


@action("i-step-drop")
async def press_drop(context: Context, argument: str) -> None:
    """It isn't needed."""
    await _carry(context, argument, lambda initiative, step: DropStep(initiative_id=initiative, step_id=step))


async def _carry(context: Context, argument: str, make: Callable[[int, int], InitiativeCommand]) -> None:
    numbers = pair_in(argument)
    if await pressed(context, str(numbers[0]) if numbers else "") is None or numbers is None:
        return
    outcome = await carry(context, make(*numbers))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()


async def _mine(context: Context, argument: str) -> Step | None:
    """The open step in a button, when the actor may change it; carrying it out checks again."""
    numbers = pair_in(argument)
    view = await pressed(context, str(numbers[0]) if numbers else "")
    if view is None or numbers is None:
        return None
    step = await step_of(context, *numbers)
    if step is None:
        context.note("common.gone", alert=True)
        return None
    if (why := await _why_not(context, view, step)) is not None:
        context.note(why, alert=True)
        return None
    return step


async def _why_not(context: Context, view: View, step: Step) -> str | None:
    if not view.is_(*DOERS):
        return "step.refused.not_yours"
    if view.ended:
        return "step.refused.ended"
    if step.status is not StepStatus.PLANNED:
        return f"step.refused.{step.status}"
    owner = await owner_of(context, view.initiative, step)
    if not view.is_(Relation.INITIATOR) and owner not in (None, context.me.id):
        return "step.refused.taken"
    return None
