"""What is done with steps, carried out: plan one, take it, give it back, move it, drop it, and finish it."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.board import open_button
from flows.initiatives.circle import audience, guides, initiators, tell
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.lifecycle.lifecycle import got_under_way, way
from flows.initiatives.people.following import hush_button
from flows.initiatives.steps.steps import add_step, count_done, open_steps, owner_of, plan_reminder, step_of, today
from flows.initiatives.verbs import DropStep, FinishStep, MoveStep, PlanStep, ReturnStep, TakeStep
from flows.talk.message import Message, Rows
from flows.timers import unplan
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative
from storage.participation import Participation
from storage.people import Person
from storage.steps import Step, StepStatus
from storage.timers import TimerKind


@carries(PlanStep)
async def carry_plan(context: Context, command: PlanStep) -> Outcome:
    """A step more; where nobody has it yet, the helpers hear that they can take it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="step.refused.ended")
    if command.by is not None and command.by < today(context):
        return Refused(key="talk.refused.date_range", ask_again="by")
    owner_id = context.me.id if command.mine else None
    step = await add_step(context, initiative, command.text, by=command.by, owner_id=owner_id)
    await sign_of_life(context, initiative)
    if not command.mine:

        def take_it(around: Around) -> Rows:
            take = act(around.plain("step.buttons.take"), "i-step-take", f"{initiative.id}-{step.id}")
            return ((take,), (hush_button(around, initiative),))

        helpers = await audience(context, initiative, {Participation.HELPER})
        await tell(context, initiative, helpers, "step.for_helpers", text=step.text, by=step.by, buttons=take_it)
    await _say(context, initiative, "step.planned", text=step.text, by=step.by, mine=command.mine)
    return _done(initiative, step)


@carries(TakeStep)
async def carry_take(context: Context, command: TakeStep) -> Outcome:
    """The first takes it; who leads hears that somebody does it."""
    found = await _open_step(context, command.initiative_id, command.step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    owner = await owner_of(context, initiative, step)
    if owner is not None:
        return Refused(key="step.refused.yours" if owner == context.me.id else "step.refused.taken")
    step.owner_id = context.me.id
    context.session.add(step)
    await _live(context, initiative)
    await tell(context, initiative, await initiators(context, initiative), "step.taken_for_you", text=step.text)
    await _say(context, initiative, "step.taken", text=step.text, by=step.by)
    return _done(initiative, step)


@carries(ReturnStep)
async def carry_return(context: Context, command: ReturnStep) -> Outcome:
    """They can't after all: it waits for somebody else."""
    found = await _open_step(context, command.initiative_id, command.step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    if step.owner_id != context.me.id:
        return Refused(key="step.refused.not_yours")
    step.owner_id = None
    context.session.add(step)
    await _live(context, initiative)

    def who_can(around: Around) -> Rows:
        return ((act(around.plain("step.buttons.take"), "i-step-take", f"{initiative.id}-{step.id}"),),)

    people = await initiators(context, initiative)
    await tell(context, initiative, people, "step.returned_for_you", text=step.text, buttons=who_can)
    await _say(context, initiative, "step.returned")
    return _done(initiative, step)


@carries(MoveStep)
async def carry_move(context: Context, command: MoveStep) -> Outcome:
    """Another day, with a reminder of its own."""
    found = await _own_step(context, command.initiative_id, command.step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    if command.by < today(context):
        return Refused(key="talk.refused.date_range", ask_again="by")
    step.by = command.by
    context.session.add(step)
    await plan_reminder(context, step)
    await _live(context, initiative)
    await _say(context, initiative, "step.moved", text=step.text, by=step.by)
    return _done(initiative, step)


@carries(DropStep)
async def carry_drop(context: Context, command: DropStep) -> Outcome:
    """It needn't be done; who would do it hears that."""
    found = await _open_step(context, command.initiative_id, command.step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    step.status = StepStatus.DROPPED
    context.session.add(step)
    await unplan(context.session, TimerKind.STEP, step.id or 0)
    await _live(context, initiative)
    owner = await owner_of(context, initiative, step)
    people = [] if owner is None else [await context.session.get_one(Person, owner)]
    await tell(context, initiative, people, "step.dropped_for_you", text=step.text)
    await _say(context, initiative, "step.dropped", text=step.text)
    return _done(initiative, step)


@carries(FinishStep)
async def carry_finish(context: Context, command: FinishStep) -> Outcome:
    """Everybody who takes part celebrates it; the first one gets the initiative under way."""
    found = await _own_step(context, command.initiative_id, command.step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    step.status, step.done_at, step.story = StepStatus.DONE, context.now, command.story
    step.owner_id = await owner_of(context, initiative, step) or context.me.id
    step.photo = command.photo if command.photo_shown else None  # what not everybody may see isn't kept
    context.session.add(step)
    await unplan(context.session, TimerKind.STEP, step.id or 0)
    await happened(context, initiative, EventKind.STEP_DONE, subject_id=step.id)
    await _live(context, initiative)
    first = way(FinishStep, initiative.status, initiative.route) is not None
    told = await celebrate(context, initiative, step, photo=command.photo, first=first)
    leads = any(person.id == context.me.id for person in await initiators(context, initiative))
    count, left = await count_done(context, initiative), await open_steps(context, initiative)
    more = (act(context.around.plain("step.buttons.plan"), "i-step-plan", initiative.id or 0),)
    await _say(
        context,
        initiative,
        "step.finished",
        count=count,
        first=first,
        left=len(left),
        told=initiative.hidden_at is None,
        leads=leads,
        rows=(more,) if leads else (),
    )
    await got_under_way(context, initiative, but=told)
    return _done(initiative, step)


async def celebrate(
    context: Context, initiative: Initiative, step: Step, *, photo: str | None, first: bool
) -> list[Person]:
    """Tell all who take part and want to hear; gives who was told.

    `photo`: for who leads and guides; others see the kept one. `first`: it gets the initiative under way.
    """
    inner = {person.id: person for person in await initiators(context, initiative)}
    inner |= {person.id: person for person in await guides(context, initiative)}
    kinds = (Participation.HELPER, Participation.FOLLOWER, Participation.SUPPORTER)
    hearing = [] if initiative.hidden_at is not None else await audience(context, initiative, kinds)
    outer = [person for person in hearing if person.id not in inner]

    def to_board(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    def to_hush(around: Around) -> Rows:
        return (*to_board(around), (hush_button(around, initiative),))

    told = {"text": step.text, "story": step.story, "first": first}
    await tell(context, initiative, inner.values(), "step.celebrate", photo=photo, buttons=to_board, **told)
    await tell(context, initiative, outer, "step.celebrate", photo=step.photo, buttons=to_hush, **told)
    return [*inner.values(), *outer]


async def _open_step(context: Context, initiative_id: int, step_id: int) -> tuple[Initiative, Step] | Refused:
    """A step that is still to be done, or why nothing can be done with it."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    step = await step_of(context, initiative_id, step_id)
    if step is None:
        return Refused(key="common.gone")
    if step.status is StepStatus.DONE:
        return Refused(key="step.refused.done")
    if step.status is StepStatus.DROPPED:
        return Refused(key="step.refused.dropped")
    return Refused(key="step.refused.ended") if initiative.status in ENDED else (initiative, step)


async def _own_step(context: Context, initiative_id: int, step_id: int) -> tuple[Initiative, Step] | Refused:
    """The same, and the actor's to change: who leads may change all, a helper not those of somebody else."""
    found = await _open_step(context, initiative_id, step_id)
    if isinstance(found, Refused):
        return found
    initiative, step = found
    leads = any(person.id == context.me.id for person in await initiators(context, initiative))
    if not leads and await owner_of(context, initiative, step) not in (None, context.me.id):
        return Refused(key="step.refused.taken")
    return found


async def _live(context: Context, initiative: Initiative) -> None:
    await context.session.flush()
    await sign_of_life(context, initiative)


async def _say(context: Context, initiative: Initiative, key: str, *, rows: Rows = (), **values: object) -> None:
    """Tell the actor what came of it, with the way back to the board."""
    around = context.around
    rows = (*rows, (open_button(around.plain("initiative.buttons.open"), initiative),))
    text = around.text(key, title=initiative.title, **values)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=rows), about=about)


def _done(initiative: Initiative, step: Step) -> Done:
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"step": step.id})
