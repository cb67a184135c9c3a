"""Standing behind an initiative: one person counts once, the initiators count, and so do names on a paper list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlmodel import col, func, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import open_button
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import happened
from flows.initiatives.lifecycle.decision_rules import latest_decision, rules_of
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import add, carry_or_say, closed, pressed, row_of, say_to, take_away
from flows.initiatives.verbs import CountPaperSupport, SupportInitiative
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.message import Button, Rows
from flows.talk.numbers import Count
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative, InitiativeEvent
from storage.participation import PaperSupport, Participant, Participation

MOST_ON_PAPER = 99_999
MILESTONES = ("first", "half", "all")


@dataclass(frozen=True, kw_only=True)
class Support:
    """How many stand behind an initiative."""

    people: int
    """Supporters and initiators who use Stuur."""
    leading: int
    """The initiators among them."""
    paper: int
    """As the guide counted last."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.people + self.paper

    def reached(self, needed: int | None) -> str | None:
        """The furthest milestone; without a threshold there is only the first."""
        if needed is not None and self.total >= needed:
            return "all"
        if needed is not None and self.total * 2 >= needed and self.total > self.leading:
            return "half"
        return "first" if self.total > self.leading else None


async def support(context: Context, initiative: Initiative) -> Support:
    """Count them."""
    session = context.session
    counted = select(func.count(col(Participant.person_id).distinct())).where(
        Participant.initiative_id == initiative.id
    )
    leads, stands = Participation.INITIATOR, (Participation.INITIATOR, Participation.SUPPORTER)
    people = (await session.exec(counted.where(col(Participant.kind).in_(stands)))).one()
    leading = (await session.exec(counted.where(Participant.kind == leads))).one()
    on_paper = select(PaperSupport.count).where(PaperSupport.initiative_id == initiative.id)
    paper = (await session.exec(on_paper.order_by(col(PaperSupport.id).desc()).limit(1))).first() or 0
    return Support(people=people, leading=leading, paper=paper)


def threshold(around: Around, initiative: Initiative) -> int | None:
    """How many the route asks for, the initiators included; None: it doesn't ask."""
    return around.municipality.supporters_needed(initiative.route, initiative.district_code)


@offers(45, at_work=87)
def to_support(view: View) -> list[Button]:
    """Everybody but the initiators, who do already."""
    if view.ended or view.is_(Relation.INITIATOR) or view.initiative.hidden_at is not None:
        return []
    word = "unsupport" if view.is_(Relation.SUPPORTER) else "support"
    return [act(view.around.plain(f"supporting.buttons.{word}"), f"i-{word}", view.initiative.id or 0)]


@offers(55)
def to_count(view: View) -> list[Button]:
    """The guide, where the route asks for supporters."""
    if view.ended or not view.is_(Relation.GUIDE) or threshold(view.around, view.initiative) is None:
        return []
    return [act(view.around.plain("supporting.buttons.paper"), "i-paper", view.initiative.id or 0)]


@action("i-support")
async def press_support(context: Context, argument: str) -> None:
    """Stand behind it."""
    if (view := await pressed(context, argument)) is not None:
        await carry_or_say(context, SupportInitiative(initiative_id=view.initiative.id or 0, support=True))


@action("i-unsupport")
async def press_unsupport(context: Context, argument: str) -> None:
    """No more."""
    if (view := await pressed(context, argument)) is not None:
        await carry_or_say(context, SupportInitiative(initiative_id=view.initiative.id or 0, support=False))


@conversation("supporting.paper", for_work=True)
async def count_paper(ask: Ask) -> CountPaperSupport:
    """How many names are there on paper, all lists together?"""
    initiative_id = ask.given("initiative", int)
    known = await ask.once("known", partial(counted_before, initiative_id=initiative_id))
    count = await ask("count", Count(maximum=MOST_ON_PAPER), values=known)
    return CountPaperSupport(initiative_id=initiative_id, count=count)


async def counted_before(context: Context, *, initiative_id: int) -> dict[str, str | int]:
    """The initiative, and what was counted last."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    return {"title": initiative.title, "paper": (await support(context, initiative)).paper}


@action("i-paper")
async def press_paper(context: Context, argument: str) -> None:
    """The guide has a paper list."""
    view = await pressed(context, argument)
    if view is None:
        return
    if view.is_(Relation.GUIDE):
        await dialogue.start(context, "supporting.paper", {"initiative": view.initiative.id})
    else:
        context.note("common.not_allowed", alert=True)


@carries(SupportInitiative)
async def carry_support(context: Context, command: SupportInitiative) -> Outcome:
    """Nobody sees who; the initiators hear when there are enough, half of them, and of the first."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := closed(initiative)) is not None and command.support:
        return refused
    supports = await row_of(context, command.initiative_id, context.me.id, Participation.SUPPORTER) is not None
    if supports is command.support:
        return Refused(key=f"supporting.refused.{'already' if supports else 'not_yet'}")
    if command.support:
        if any(person.id == context.me.id for person in await initiators(context, initiative)):
            return Refused(key="supporting.refused.leads")
        await add(context, initiative, context.me, Participation.SUPPORTER)
    else:
        await take_away(context, initiative, context.me, Participation.SUPPORTER)

    def buttons(around: Around) -> Rows:
        word = "unsupport" if command.support else "support"
        undo = act(around.plain(f"supporting.buttons.{word}"), f"i-{word}", initiative.id or 0)
        return (open_button(around.plain("initiative.buttons.open"), initiative),), (undo,)

    found, needed = await support(context, initiative), threshold(context.around, initiative)
    key = f"supporting.{'supported' if command.support else 'unsupported'}"
    await say_to(context, context.me, initiative, key, buttons=buttons, count=found.total, needed=needed)
    if command.support:
        await _celebrate(context, initiative, found)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"support": command.support})


@carries(CountPaperSupport)
async def carry_paper(context: Context, command: CountPaperSupport) -> Outcome:
    """The last count is the one that holds, so that a mistake is mended by counting again."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := closed(initiative)) is not None:
        return refused
    if not 0 <= command.count <= MOST_ON_PAPER:
        return Refused(key="talk.refused.count", values={"maximum": MOST_ON_PAPER}, ask_again="count")
    context.session.add(
        PaperSupport(
            initiative_id=command.initiative_id,
            count=command.count,
            entered_by=context.me.id or 0,
            created_at=context.now,
        )
    )
    await context.session.flush()
    found, needed = await support(context, initiative), threshold(context.around, initiative)
    await say_to(
        context, context.me, initiative, "supporting.counted", count=command.count, total=found.total, needed=needed
    )
    await _celebrate(context, initiative, found)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"count": command.count})


async def _celebrate(context: Context, initiative: Initiative, found: Support) -> None:
    """Each milestone is told once, however often people change their minds; only the furthest where several are new."""
    needed = threshold(context.house.around("nl", context.now), initiative)
    milestone = found.reached(needed)
    events = select(InitiativeEvent).where(
        InitiativeEvent.initiative_id == initiative.id, InitiativeEvent.kind == EventKind.SUPPORTERS
    )
    told = {event.details.get("milestone") for event in (await context.session.exec(events)).all()}
    if milestone is None or any(later in told for later in MILESTONES[MILESTONES.index(milestone) :]):
        return
    await happened(context, initiative, EventKind.SUPPORTERS, details={"count": found.total, "milestone": milestone})
    people = await initiators(context, initiative)
    if milestone == "all":
        leading = {person.id for person in people}
        people += [person for person in await guides(context, initiative) if person.id not in leading]

    decision = milestone == "all" and await _decision_is_next(context, initiative)

    def buttons(around: Around) -> Rows:
        ask = act(around.plain("decision.buttons.ask"), "i-decision", initiative.id or 0)
        look = open_button(around.plain("initiative.buttons.open"), initiative)
        return ((ask,), (look,)) if decision else ((look,),)

    key = f"supporting.milestone.{milestone}"
    await tell(context, initiative, people, key, buttons=buttons, count=found.total, needed=needed, decision=decision)


async def _decision_is_next(context: Context, initiative: Initiative) -> bool:
    """Whether the route has a formal decision that nobody asked for yet: with enough support they can."""
    has_one = rules_of(context.around, initiative) is not None
    return has_one and await latest_decision(context, initiative) is None
