"""The formal decision on the board: its buttons, how it stands, and how to object."""

from __future__ import annotations

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action
from flows.initiatives.board import INSIDERS, facts
from flows.initiatives.lifecycle.decision_rules import last_day_to_object, latest_decision, open_decision, rules_of
from flows.initiatives.lifecycle.lifecycle import leads, not_now
from flows.initiatives.offers import View, offers
from flows.initiatives.presses import initiative_in
from flows.initiatives.verbs import AskAboutObjection
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.message import Button
from storage.agreements import Decision, DecisionOutcome
from storage.cards import Subject
from storage.initiatives import ENDED, Initiative, InitiativeStatus

BEFORE = (InitiativeStatus.IDEA, InitiativeStatus.EXPLORING)
"""Nothing was agreed or decided yet."""


@offers(26, at_work=46)
def to_ask(view: View) -> list[Button]:
    """Where the route has a decision, it is what comes next until there is one; both sides can ask it."""
    return [_ask(view)] if _can_ask(view) and view.initiative.status in BEFORE else []


@offers(55, at_work=46)
def offer(view: View) -> list[Button]:
    """It can still be asked later; once asked the guide writes it down, once taken the initiators can object."""
    if rules_of(view.around, view.initiative) is None:
        return []
    number, around = view.initiative.id or 0, view.around
    buttons = [_ask(view)] if _can_ask(view) and view.initiative.status not in BEFORE else []
    if view.standing.asked and not view.ended and view.is_(Relation.GUIDE):
        buttons.append(act(around.plain("decision.buttons.decide"), "i-decide", number))
    if view.standing.outcome is not None and view.is_(Relation.INITIATOR):
        buttons.append(act(around.plain("decision.buttons.objection"), "i-objection", number))
    return buttons


def _can_ask(view: View) -> bool:
    """Not while one is on its way, nor after a yes."""
    is_settled = view.standing.asked or view.standing.outcome is DecisionOutcome.GRANTED
    has_decision = rules_of(view.around, view.initiative) is not None
    return has_decision and not is_settled and not view.ended and view.is_(Relation.INITIATOR, Relation.GUIDE)


def _ask(view: View) -> Button:
    return act(view.around.plain("decision.buttons.ask"), "i-decision", view.initiative.id or 0)


@facts(15)
async def on_board(context: Context, view: View) -> str | None:
    """The term counts in the open; what was decided is for all, why for who leads it and who supports them."""
    initiative, around = view.initiative, view.around
    if rules_of(around, initiative) is None:
        return None
    decision = await latest_decision(context, initiative)
    if decision is None or (decision.outcome is None and view.ended):
        return None
    if decision.outcome is None:
        late = (context.now - decision.due_at).days
        if context.now > decision.due_at:
            return around.text("decision.board.late", due=decision.due_at, count=max(1, late))
        return around.text("decision.board.asked", due=decision.due_at)
    inside = view.is_(*INSIDERS)
    return around.text(
        f"decision.board.{decision.outcome.value}",
        at=decision.decided_at,
        reasons=decision.reasons if inside else None,
        possible=decision.possible if inside else None,
    )


@action("i-decision")
async def press_ask(context: Context, argument: str) -> None:
    """Ask for it, perhaps."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if not (await leads(context, initiative) or context.me.id in (initiative.guide_id, initiative.deputy_id)):
        context.note("common.not_allowed", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    elif rules_of(context.around, initiative) is None:
        context.note("decision.refused.none_here", alert=True)
    elif (decision := await latest_decision(context, initiative)) is not None and decision.outcome is None:
        context.note("decision.refused.asked", alert=True, due=decision.due_at)
    elif decision is not None and decision.outcome is DecisionOutcome.GRANTED:
        context.note("decision.refused.granted", alert=True)
    else:
        await dialogue.start(context, "decision.ask", {"initiative": initiative.id})


@action("i-decide")
async def press_decide(context: Context, argument: str) -> None:
    """Write down what was decided, perhaps."""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    if context.me.id not in (initiative.guide_id, initiative.deputy_id):
        context.note("common.not_allowed", alert=True)
    elif initiative.status in ENDED:
        await context.refuse(not_now(initiative))
    elif await open_decision(context, initiative) is None:
        context.note("decision.refused.not_asked", alert=True)
    else:
        await dialogue.start(context, "decision.decide", {"initiative": initiative.id})


@action("i-objection")
async def press_objection(context: Context, argument: str) -> None:
    """How does that work?"""
    initiative = await initiative_in(context, argument)
    if initiative is None:
        return
    outcome = await carry(context, AskAboutObjection(initiative_id=initiative.id or 0))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)


@carries(AskAboutObjection)
async def carry_objection(context: Context, command: AskAboutObjection) -> Outcome:
    """How, where and until when. Nobody of the municipality hears that it was asked."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    around = context.around
    query = select(Decision).where(Decision.initiative_id == initiative.id, col(Decision.decided_at).is_not(None))
    decision = (await context.session.exec(query.order_by(col(Decision.id).desc()))).first()
    if decision is None:
        return Refused(key="decision.refused.not_decided")
    decision.objected_at = decision.objected_at or context.now
    context.session.add(decision)
    rules = around.municipality.routes.get(initiative.route)
    own = rules.objection.name_in(around.language) if rules and rules.objection else None
    last = last_day_to_object(around, decision)
    contact = around.municipality.contact
    await context.say(
        "decision.objection.open" if around.today <= last else "decision.objection.over",
        title=initiative.title,
        last=last,
        own=own,
        municipality=around.municipality.name,
        address=contact.front_desk,
        phone=contact.phone,
        website=str(contact.website),
    )
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"decision": decision.id})
