"""How steps look: the next ones on the board, and each as a message with what somebody can do with it."""

from __future__ import annotations

from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.board import facts
from flows.initiatives.circle import initiators
from flows.initiatives.offers import View, offers
from flows.initiatives.relations import involvements
from flows.initiatives.steps.steps import count_done, doers, open_steps
from flows.people.teams import looks_after
from flows.permissions import Relation
from flows.talk.message import Button, Message, Rows
from storage.cards import Subject
from storage.initiatives import Initiative, Part
from storage.participation import InvolvementStatus
from storage.people import Person
from storage.steps import Step

ON_BOARD = 3
"""Steps that the board shows."""
SHORT = 120
"""Characters of a step on the board."""
DOERS = (Relation.INITIATOR, Relation.HELPER)
READERS = (*DOERS, Relation.FOLLOWER, Relation.GUIDE, Relation.TEAM, Relation.COORDINATOR)
"""Who may read the steps where they aren't public; who writes one is told so."""


@offers(20)
def to_do(view: View) -> list[Button]:
    """Do a step, where one is open, and plan the next one."""
    number, around = view.initiative.id or 0, view.around
    leads = view.is_(Relation.INITIATOR)
    if view.ended or not (leads or view.is_(Relation.HELPER)):
        return []
    word = "steps" if leads else "help"
    steps = [act(around.plain(f"step.buttons.{word}"), "i-steps", number)] if view.standing.open_steps else []
    return [*steps, act(around.plain("step.buttons.plan"), "i-step-plan", number)] if leads else steps


@facts(30)
async def next_steps(context: Context, view: View) -> str | None:
    """What comes next, by whom and by when, and how much was done; to the public only what was made public."""
    around, initiative = view.around, view.initiative
    done = await count_done(context, initiative)
    steps = [] if view.ended or not await _may_read(context, view) else await open_steps(context, initiative)
    if not done and not steps:
        return None
    leading = {person.id for person in await initiators(context, initiative)}
    there = await doers(context, initiative)
    lines = [around.text("step.board", done=done)]
    for step in steps[:ON_BOARD]:
        owner = step.owner_id if step.owner_id in there else None
        who = around.plain(f"step.who.{who_does(owner, context.me.id, leading)}")
        lines.append(around.text("step.line", text=short(step.text), who=who, by=step.by))
    if (more := len(steps) - ON_BOARD) > 0:
        lines.append(around.text("step.more", count=more))
    return "\n".join(lines)


def who_does(owner: int | None, viewer: int | None, leading: set[int | None]) -> str:
    if owner is None:
        return "nobody"
    if owner == viewer:
        return "you"
    return "initiator" if owner in leading else "helper"


async def _may_read(context: Context, view: View) -> bool:
    if view.is_(*READERS) or Part.STEPS in view.initiative.public:
        return True
    for one in await involvements(context, view.initiative) if view.is_(Relation.PARTNER) else ():
        joined = one.status is InvolvementStatus.JOINED and Part.STEPS in one.shared
        if joined and await looks_after(context, context.me, one.team_code):
            return True
    return False


def short(text: str) -> str:
    """A step in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def step_buttons(around: Around, step: Step, *, owner: int | None, viewer: int | None, leads: bool) -> Rows:
    """What an initiator (`leads`) or helper can do with an open step. One of another helper is theirs alone."""
    argument = f"{step.initiative_id}-{step.id}"

    def button(word: str) -> Button:
        return act(around.plain(f"step.buttons.{word}"), f"i-step-{word}", argument)

    if not leads and owner not in (None, viewer):
        return ()
    if owner is None:
        rows: Rows = ((button("take"),), (button("done"), button("move")))
    else:
        rows = ((button("done"), button("move")),)
    if owner is not None and owner == viewer:
        rows = (*rows, (button("return"),))
    return (*rows, (button("drop"),)) if leads else rows


async def words_for_owner(context: Context, initiative: Initiative, step: Step, key: str) -> None:
    """Say something about a step to who does it, with its buttons; nobody's is everybody's who leads."""
    there = await doers(context, initiative)
    leading = [person for person in await initiators(context, initiative) if person.id in there]
    owner = step.owner_id if step.owner_id in there else None
    people = leading if owner is None else [await context.session.get_one(Person, owner)]
    for person in people:
        around = context.around_for(person)
        leads = any(one.id == person.id for one in leading)
        rows = step_buttons(around, step, owner=owner, viewer=person.id, leads=leads)
        if leads:
            rows = (*rows, (act(around.plain("stuck.buttons.stuck"), "i-stuck", initiative.id or 0),))
        text = around.text(key, title=initiative.title, text=step.text, by=step.by, nobody=owner is None)
        await context.send(person, Message(text=text, buttons=rows), about=(Subject.INITIATIVE, initiative.id or 0))
