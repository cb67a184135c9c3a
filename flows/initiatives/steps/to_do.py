"""All that is to be done: one message with a button for each step, that turns into the step that is pressed."""

from __future__ import annotations

from collections.abc import Callable

from flows.context import Context
from flows.doors import act, action
from flows.initiatives.board import open_button
from flows.initiatives.circle import initiators
from flows.initiatives.offers import View
from flows.initiatives.pairs import pair_in
from flows.initiatives.people.taking_part import pressed
from flows.initiatives.steps.card import DOERS, short, step_buttons, who_does
from flows.initiatives.steps.steps import doers, open_steps, owner_of
from flows.permissions import Relation
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.steps import Step

ON_PAGE = 5
"""Steps that have a button; the others are on the next page."""
ON_BUTTON = 40
"""Characters of a step on its button."""


@action("i-steps")
async def press_steps(context: Context, argument: str) -> None:
    """Say what is to be done; where that is one step, it is shown at once."""
    view = await _of_doer(context, argument)
    if view is None:
        return
    steps = await open_steps(context, view.initiative)
    message = await _one(context, view, steps[0]) if len(steps) == 1 else await _page(context, view, steps, 0)
    await _say(context, view, message)


@action("i-steps-page")
async def press_page(context: Context, argument: str) -> None:
    """Turn the page, in place."""
    found = pair_in(argument)
    view = await _of_doer(context, str(found[0]) if found else "")
    if view is not None and found is not None:
        steps = await open_steps(context, view.initiative)
        await _instead(context, view, await _page(context, view, steps, found[1]))


@action("i-step-open")
async def press_open(context: Context, argument: str) -> None:
    """Show the step, in place; where it is not open any more, what still is."""
    found = pair_in(argument)
    view = await _of_doer(context, str(found[0]) if found else "")
    if view is None or found is None:
        return
    steps = await open_steps(context, view.initiative)
    step = next((one for one in steps if one.id == found[1]), None)
    message = await _page(context, view, steps, 0) if step is None else await _one(context, view, step)
    await _instead(context, view, message)


async def _of_doer(context: Context, argument: str) -> View | None:
    """The initiative, for who may do its steps; anybody else is told why not."""
    view = await pressed(context, argument)
    if view is None:
        return None
    if not view.is_(*DOERS):
        context.note("step.refused.not_yours", alert=True)
    elif view.ended:
        context.note("step.refused.ended", alert=True)
    else:
        return view
    return None


async def _say(context: Context, view: View, message: Message) -> None:
    await context.send(context.me, message, about=(Subject.INITIATIVE, view.initiative.id or 0))


async def _instead(context: Context, view: View, message: Message) -> None:
    if context.stray:
        await _say(context, view, message)
    else:
        await context.edit_pressed(message)


async def _page(context: Context, view: View, steps: list[Step], number: int) -> Message:
    """What is open, soonest first, five at a time."""
    around, initiative = view.around, view.initiative
    last = max(0, (len(steps) - 1) // ON_PAGE)
    number = min(number, last)
    shown = steps[number * ON_PAGE : (number + 1) * ON_PAGE]
    who = await _who(context, view)
    lines = [around.text("step.line", text=short(one.text), who=who(one), by=one.by) for one in shown]
    rows: Rows = tuple((act(_label(one), "i-step-open", f"{initiative.id}-{one.id}"),) for one in shown)
    turn = tuple(
        act(around.plain(f"talk.buttons.{word}"), "i-steps-page", f"{initiative.id}-{to}")
        for word, to in (("previous", number - 1), ("next", number + 1))
        if 0 <= to <= last
    )
    heading = around.text("step.list", title=initiative.title, count=len(steps))
    text = "\n".join([f"{heading}\n", *lines]) if lines else heading
    return Message(text=text, buttons=(*rows, *((turn,) if turn else ()), *_around_them(view)))


async def _one(context: Context, view: View, step: Step) -> Message:
    """A step with what the actor can do with it."""
    around, initiative = view.around, view.initiative
    owner = await owner_of(context, initiative, step)
    buttons = step_buttons(around, step, owner=owner, viewer=context.me.id, leads=view.is_(Relation.INITIATOR))
    if view.standing.open_steps > 1:
        buttons = (*buttons, (act(around.plain("step.buttons.all"), "i-steps-page", f"{initiative.id}-0"),))
    who = await _who(context, view)
    text = around.text("step.card", title=initiative.title, text=step.text, who=who(step), by=step.by)
    return Message(text=text, buttons=(*buttons, *_around_them(view)))


async def _who(context: Context, view: View) -> Callable[[Step], str]:
    """Says who does a step, in the eyes of the actor."""
    there = await doers(context, view.initiative)
    leading = {person.id for person in await initiators(context, view.initiative)}

    def of(step: Step) -> str:
        owner = step.owner_id if step.owner_id in there else None
        return view.around.plain(f"step.who.{who_does(owner, context.me.id, leading)}")

    return of


def _label(step: Step) -> str:
    text = " ".join(step.text.split())
    return text if len(text) <= ON_BUTTON else f"{text[: ON_BUTTON - 1].rstrip()}…"


def _around_them(view: View) -> Rows:
    """One step more, and back to the board."""
    back: Rows = ((open_button(view.around.plain("initiative.buttons.open"), view.initiative),),)
    if not view.is_(Relation.INITIATOR):
        return back
    return ((act(view.around.plain("step.buttons.plan"), "i-step-plan", view.initiative.id or 0),), *back)
