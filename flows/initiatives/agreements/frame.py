"""The frame (kader): the guide says what is fixed and what residents decide, the initiators confirm it or ask."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives import cards
from flows.initiatives.agreements.frame_card import card_text, frame_buttons, latest, valid
from flows.initiatives.agreements.turns import side_of, side_of_person
from flows.initiatives.board import INSIDERS, facts, open_button, seen
from flows.initiatives.circle import audience, guides, helpers, initiators, no_buttons
from flows.initiatives.events import happened, pass_turn, sign_of_life
from flows.initiatives.lifecycle.decision_rules import latest_decision, rules_of
from flows.initiatives.lifecycle.lifecycle import begins, way
from flows.initiatives.offers import View, offers
from flows.initiatives.pairs import pair_in
from flows.initiatives.telling import Group, partners, tell_once
from flows.initiatives.verbs import AskAboutFrame, ConfirmFrame, WriteFrame
from flows.people.names import name_of
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.message import Button, Message, Rows
from storage.agreements import Frame, Say
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Hearing, Initiative, InitiativeMessage, Side
from storage.participation import Participation
from storage.people import Person


@carries(WriteFrame)
async def carry_write(context: Context, command: WriteFrame) -> Outcome:
    """A new version, which counts once an initiator confirmed it."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="frame.refused.ended")
    if command.deadline is not None and command.deadline < context.around.today:
        return Refused(key="frame.refused.past", ask_again="deadline")
    last = await latest(context, initiative)
    if last is not None and not (command.reason or "").strip():
        return Refused(key="frame.refused.reason")
    if last is not None and _parts(last) == _parts(command):
        return Refused(key="frame.refused.same")
    frame = Frame(
        initiative_id=initiative.id or 0,
        version=last.version + 1 if last else 1,
        fixed=command.fixed,
        yours=command.yours,
        together=command.together,
        say=command.say,
        budget=command.budget,
        deadline=command.deadline,
        reason=command.reason if last else None,
        written_by=context.me.id or 0,
        written_at=context.now,
    )
    context.session.add(frame)
    await context.session.flush()
    pass_turn(context, initiative, Side.RESIDENTS)
    leading = await initiators(context, initiative)
    for person in leading:
        if person.id == context.me.id:
            continue
        around = context.around_for(person)
        heading = around.text(
            "frame.changed_by" if last else "frame.written_by",
            guide=name_of(context.me),
            guide_title=around.guide_title,
        )
        message = Message(
            text=f"{heading}\n\n{card_text(around, initiative, frame, await valid(context, initiative))}",
            buttons=frame_buttons(around, frame, Side.RESIDENTS),
        )
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
    await context.say("frame.sent" if leading else "frame.sent_to_nobody")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"version": frame.version})


def _parts(frame: Frame | WriteFrame) -> tuple[str, str, str, Say, int | None, date | None]:
    return frame.fixed, frame.yours, frame.together, frame.say, frame.budget, frame.deadline


@carries(ConfirmFrame)
async def carry_confirm(context: Context, command: ConfirmFrame) -> Outcome:
    """Both sides agree on it: they can begin, unless a formal decision has yet to be taken."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    frame = await latest(context, initiative)
    if initiative.status in ENDED:
        return Refused(key="frame.refused.ended")
    if frame is None:
        return Refused(key="frame.refused.none", values={"guide_title": context.around.guide_title})
    if frame.version != command.version:
        return Refused(key="frame.refused.older", values={"version": frame.version})
    if frame.confirmed_at is not None:
        return Refused(key="frame.refused.confirmed")
    frame.confirmed_by, frame.confirmed_at = context.me.id, context.now
    context.session.add(frame)
    await happened(context, initiative, EventKind.FRAME_AGREED, details={"version": frame.version})
    decision = await _decision_to_come(context, initiative)
    began = decision is None and await _begins(context, initiative)
    pass_turn(context, initiative, Side.RESIDENTS)
    await sign_of_life(context, initiative)
    if began:
        await cards.refresh(context, initiative)
    both_sides = [*await initiators(context, initiative), *await guides(context, initiative)]
    values = {"begins": began, "decision": decision}
    groups = [Group(people=both_sides, key="frame.confirmed", buttons=no_buttons, values=values)]
    if began:
        told = f"lifecycle.told.{initiative.status}.others"
        look = partial(_open, initiative)
        groups.append(Group(people=await around_it(context, initiative), key=told, buttons=look))
    await tell_once(context, initiative, groups, actor_too=False)
    text = context.text("frame.you_confirmed", **values)
    buttons = _to_decision(initiative, context.around) if decision == "ask" else _open(initiative, context.around)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=buttons), about=about)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"version": frame.version})


async def _begins(context: Context, initiative: Initiative) -> bool:
    """They can begin; or are under way, when the first step is done already. False: they had begun before."""
    to = way(ConfirmFrame, initiative.status)
    if to is None:
        return False
    await begins(context, initiative, to)
    return True


async def _decision_to_come(context: Context, initiative: Initiative) -> Literal["ask", "waits"] | None:
    """What is to be done about the route's formal decision, which comes first: costs made earlier may not be paid."""
    if way(ConfirmFrame, initiative.status) is None or rules_of(context.around, initiative) is None:
        return None
    decision = await latest_decision(context, initiative)
    if decision is None:
        return "ask"
    return "waits" if decision.outcome is None else None


def _to_decision(initiative: Initiative, around: Around) -> Rows:
    ask = act(around.plain("decision.buttons.ask"), "i-decision", initiative.id or 0)
    return ((ask,), *_open(initiative, around))


def _open(initiative: Initiative, around: Around) -> Rows:
    return ((open_button(around.plain("initiative.buttons.open"), initiative),),)


async def around_it(context: Context, initiative: Initiative) -> list[Person]:
    """Who else hears that it begins: partners, helpers, followers."""
    return [
        *await partners(context, initiative),
        *await helpers(context, initiative),
        *await audience(context, initiative, {Participation.FOLLOWER}),
    ]


@carries(AskAboutFrame)
async def carry_ask(context: Context, command: AskAboutFrame) -> Outcome:
    """The guide reads it, and answers or changes the frame: it is their turn."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="frame.refused.ended")
    if await latest(context, initiative) is None:
        return Refused(key="frame.refused.none", values={"guide_title": context.around.guide_title})
    context.session.add(
        InitiativeMessage(
            initiative_id=initiative.id or 0,
            author_id=context.me.id or 0,
            hearing=Hearing.GUIDE,
            text=command.text,
            created_at=context.now,
        )
    )
    people = [person for person in await guides(context, initiative) if person.id != context.me.id]
    for person in people:
        around = context.around_for(person)
        text = around.text("frame.question", title=initiative.title, reference=initiative.reference, text=command.text)
        buttons: Rows = ()
        if await side_of_person(context, initiative, person) is Side.MUNICIPALITY:
            number = initiative.id or 0
            buttons = (
                (act(around.plain("frame.buttons.answer"), "i-write", number),),
                (act(around.plain("frame.buttons.change"), "i-fr-write", number),),
            )
        message = Message(text=text, buttons=buttons)
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
    pass_turn(context, initiative, Side.MUNICIPALITY)
    await sign_of_life(context, initiative)
    await context.say("frame.asked" if people else "initiative.nobody_yet")
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)


@action("i-frame")
async def press_frame(context: Context, argument: str) -> None:
    """Show the frame, to who leads and supports it."""
    view = await _view(context, id_in(argument))
    if view is None or not view.is_(*INSIDERS):
        context.note("common.gone", alert=True)
        return
    await show(context, view)


async def show(context: Context, view: View) -> None:
    """The newest version with what the viewer can do with it; or what there is to do when there is none."""
    initiative, around = view.initiative, view.around
    side = None if view.ended else side_of(view.relations)
    frame = await latest(context, initiative)
    if frame is not None:
        text = card_text(around, initiative, frame, await valid(context, initiative))
        buttons = frame_buttons(around, frame, side)
    elif side is Side.MUNICIPALITY:
        text = around.text("frame.not_yet_yours")
        buttons = ((act(around.plain("frame.buttons.write"), "i-fr-write", initiative.id or 0),),)
    else:
        text = around.text("frame.refused.none", guide_title=around.guide_title)
        buttons = ()
    await context.send(context.me, Message(text=text, buttons=buttons), about=(Subject.INITIATIVE, initiative.id or 0))


@action("i-fr-write")
async def press_write(context: Context, argument: str) -> None:
    """The guide wants to fill the card, or change it."""
    view = await _view(context, id_in(argument))
    if view is None or not view.is_(Relation.GUIDE):
        context.note("common.not_allowed", alert=True)
    elif view.ended:
        context.note("frame.refused.ended", alert=True)
    else:
        await dialogue.start(context, "frame.write", {"initiative": view.initiative.id})


@action("i-fr-ask")
async def press_ask(context: Context, argument: str) -> None:
    """An initiator has a question about it."""
    view = await _view(context, id_in(argument))
    if view is None or not view.is_(Relation.INITIATOR):
        context.note("common.gone", alert=True)
    elif view.ended:
        context.note("frame.refused.ended", alert=True)
    else:
        await dialogue.start(context, "frame.ask", {"initiative": view.initiative.id})


@action("i-fr-yes")
async def press_yes(context: Context, argument: str) -> None:
    """An initiator confirms the version they read; when there is a newer one, that one is shown."""
    pair = pair_in(argument)
    view = None if pair is None else await _view(context, pair[0])
    if pair is None or view is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, ConfirmFrame(initiative_id=pair[0], version=pair[1]))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
        if outcome.key == "frame.refused.older":
            await show(context, view)
        return
    await context.drop_pressed_buttons()


@offers(45)
def offer_frame(view: View) -> list[Button]:
    """One button for who leads and supports it."""
    if view.ended or not view.is_(*INSIDERS):
        return []
    return [act(view.around.plain("frame.buttons.open"), "i-frame", view.initiative.id or 0)]


@facts(40)
async def how_it_stands(context: Context, view: View) -> str | None:
    """Whether there is a frame, in a line."""
    if not view.is_(*INSIDERS):
        return None
    frame = await latest(context, view.initiative)
    if frame is None:
        return None
    word = "waits" if frame.confirmed_at is None else "agreed"
    return view.around.text(
        f"frame.board.{word}", version=frame.version, say=view.around.plain(f"frame.step.{frame.say}")
    )


async def _view(context: Context, number: int | None) -> View | None:
    initiative = None if number is None else await context.session.get(Initiative, number)
    return None if initiative is None else await seen(context, initiative)
