"""It is stuck: what do you need? It becomes a question that is the guide's to answer."""

from __future__ import annotations

from functools import partial

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import open_button
from flows.initiatives.circle import tell
from flows.initiatives.events import happened, pass_turn, sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.people.taking_part import pressed
from flows.initiatives.steps.desk import about
from flows.initiatives.verbs import SayItIsStuck
from flows.people.names import name_of
from flows.permissions import Relation
from flows.questions.keeping import add_message, give, save
from flows.questions.routing.route import INITIATIVE
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Message, Rows
from flows.talk.own_words import Words
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, Side
from storage.people import Person
from storage.questions import MessageKind, Question
from storage.references import next_reference

LENGTH = 1000
"""Characters of what somebody needs."""


@conversation("stuck.tell")
async def stuck(ask: Ask) -> SayItIsStuck:
    """What holds it up, and what do you need?"""
    initiative_id = ask.given("initiative", int)
    which = await ask.once("which", partial(about, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=which)
    return SayItIsStuck(initiative_id=initiative_id, text=text)


@offers(35)
def to_get_help(view: View) -> list[Button]:
    """Whoever leads it can always say that it is stuck."""
    if view.ended or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("stuck.buttons.stuck"), "i-stuck", view.initiative.id or 0)]


@action("i-stuck")
async def press_stuck(context: Context, argument: str) -> None:
    """It is stuck."""
    view = await pressed(context, argument)
    if view is None:
        return
    if view.ended or not view.is_(Relation.INITIATOR):
        context.note("step.refused.ended" if view.ended else "step.refused.not_yours", alert=True)
        return
    await dialogue.start(context, "stuck.tell", {"initiative": view.initiative.id})


@carries(SayItIsStuck)
async def carry_stuck(context: Context, command: SayItIsStuck) -> Outcome:
    """A question of the initiator, with the guide as its assignee; without a guide it is the team's."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="step.refused.ended")
    municipality = context.house.municipality
    assignee_id = initiative.deputy_id or initiative.guide_id
    question = Question(
        reference=await next_reference(context.session, "V", context.around.today.year),
        asker_id=context.me.id or 0,
        theme_code=initiative.theme_code,
        district_code=initiative.district_code,
        team_code=initiative.team_code,
        due_at=municipality.due(context.now, municipality.answer_days_for(initiative.theme_code)),
        created_at=context.now,
        active_at=context.now,
        routed_by=INITIATIVE,
        initiative_id=initiative.id,
    )
    context.session.add(question)
    await context.session.flush()
    guide = None if assignee_id is None else await context.session.get_one(Person, assignee_id)
    await give(context, question, guide)
    await add_message(context, question, MessageKind.QUESTION, Words(text=command.text))
    await happened(context, initiative, EventKind.STUCK)
    await sign_of_life(context, initiative)
    pass_turn(context, initiative, Side.MUNICIPALITY)
    await _tell(context, initiative, question, guide)
    await save(context, question)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"question": question.id})


async def _tell(context: Context, initiative: Initiative, question: Question, guide: Person | None) -> None:
    """The initiator knows what happens now; the guide, that the card below is about this initiative."""
    around = context.around
    text = around.text(
        "stuck.asked",
        reference=question.reference,
        name=name_of(guide) if guide else around.team(question.team_code),
        due=question.due_at,
    )
    button = act(around.plain("question.buttons.add"), "q-ask_on", question.id or 0)
    message = Message(text=text, buttons=((button,),))
    await context.send(context.me, message, about=(Subject.QUESTION, question.id or 0))
    if guide is None:
        return

    def look(around: Around) -> Rows:
        return ((open_button(around.plain("initiative.buttons.open"), initiative),),)

    number, due = question.reference, question.due_at
    await tell(context, initiative, [guide], "stuck.for_guide", buttons=look, number=number, due=due)
