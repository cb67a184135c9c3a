"""What every act on a question ends with: it is kept, the clock is wound, the cards are true, the asker knows."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused
from flows.context import Around, Context
from flows.doors import act
from flows.people.names import name_of
from flows.people.teams import coordinators
from flows.questions.clock.moments import wind
from flows.questions.desk import cards
from flows.questions.desk.delivery import follow
from flows.questions.desk.telling import tell, tell_desk
from flows.questions.routing.assigning import tell_turn, whose_turn
from flows.talk.message import Message, Rows
from flows.talk.own_words import Words
from storage.cards import Subject
from storage.people import Person
from storage.questions import DONE, AnswerDraft, MessageKind, Question, QuestionMessage, QuestionStatus


async def add_message(
    context: Context, question: Question, kind: MessageKind, words: Words | str, *, author: Person | None = None
) -> QuestionMessage:
    """Keep what somebody said in a question: the actor, where it doesn't say who."""
    said = Words(text=words) if isinstance(words, str) else words
    message = QuestionMessage(
        question_id=question.id or 0,
        author_id=(author or context.me).id or 0,
        kind=kind,
        text=said.text,
        photo=said.photo,
        voice=said.voice,
        latitude=said.latitude,
        longitude=said.longitude,
        created_at=context.now,
    )
    context.session.add(message)
    await context.session.flush()
    return message


async def save(context: Context, question: Question, **details: object) -> Outcome:
    """After a change: written, with the clock set to what comes next, and every card showing it."""
    context.session.add(question)
    await context.session.flush()
    await give_draft_back(context, question)
    await wind(context, question)
    await cards.refresh(context, question)
    if question.status == QuestionStatus.MERGED:  # it stands on the cards of what it goes along with
        await cards.refresh(context, await context.session.get_one(Question, question.merged_into_id))
    return Done(subject=Subject.QUESTION, subject_id=question.id, details=details)


async def give_draft_back(context: Context, question: Question) -> None:
    """An answer that waited for a reader goes back to who wrote it, once the question isn't theirs any more."""
    draft = await context.session.get(AnswerDraft, question.id)
    if draft is None or question.assignee_id == draft.author_id:
        return
    author = await context.session.get_one(Person, draft.author_id)
    text = context.around_for(author).text("desk.notice.draft_back", reference=question.reference, text=draft.text)
    await context.session.delete(draft)
    await context.session.flush()
    await context.send(author, Message(text=text), about=(Subject.QUESTION, question.id or 0))


async def give(context: Context, question: Question, person: Person | None) -> None:
    """It is `person`'s from now on, or, with None, the team's: somebody else's whose turn it is, or open to all."""
    if person is None:
        if question.assignee_id is not None:
            question.passed_over = [*question.passed_over, question.assignee_id]
        person = await whose_turn(context, question)
        if person is not None:
            await tell_turn(context, question, person)
    let_go(context, question)
    question.status = QuestionStatus.OPEN
    if person is not None:
        question.assignee_id, question.status, question.raised_at = person.id, QuestionStatus.CLAIMED, None
    context.session.add(question)
    await context.session.flush()


async def bring(context: Context, question: Question, team_code: str, person: Person | None = None) -> None:
    """It is with that team from now on, which begins afresh with it: `person`'s, or the team's."""
    question.team_code, question.passed_over, question.raised_at = team_code, [], None
    await give(context, question, person)


def let_go(context: Context, question: Question) -> None:
    """Nobody has it; what was only for who had it ends."""
    question.assignee_id = question.snoozed_until = None
    question.active_at = context.now
    go_on(context, question)


async def hand_on(context: Context, question: Question, person: Person | None) -> None:
    """`person` has it instead of who had it; what waits for the resident goes on waiting while somebody has it."""
    if question.status == QuestionStatus.WAITING and person is not None:
        question.assignee_id, question.active_at = person.id, context.now
    else:
        await give(context, question, person)


async def to_coordinators(context: Context, question: Question) -> bool:
    """It is open to the coordinators too from now on; False, and all stays as it is, where there is none for it."""
    if all(one.id == question.asker_id for one in await coordinators(context.session)):
        return False
    let_go(context, question)
    question.status, question.raised_at = QuestionStatus.OPEN, context.now
    return True


def go_on(context: Context, question: Question) -> None:
    """The clock that stood still for the resident runs again; the term moves by as long as the office was waiting."""
    if question.paused_at is not None:
        calendar = context.house.municipality.calendar
        waited = calendar.working_hours(question.paused_at, context.now)
        if waited:  # none would move a term at closing time to the next opening
            question.due_at = calendar.add_working_hours(question.due_at, waited)
    question.paused_at = question.waits_until = None


def accept(question: Question) -> None:
    """What was passed on to the team is theirs."""
    question.handed_from = question.handed_by_id = question.accept_by = None


def new_term(context: Context, question: Question) -> None:
    """As long as for a new question, from now on."""
    municipality = context.house.municipality
    question.due_at = municipality.due(context.now, municipality.answer_days_for(question.theme_code))
    question.warned_at = question.escalated_at = None


async def tell_asker(
    context: Context,
    question: Question,
    text: str,
    buttons: Rows = (),
    *,
    message: QuestionMessage | None = None,
    replies_to: int | None = None,
) -> None:
    """Say it to the resident; a reply to it is about this question.

    `message`: what of the talk it carries; `replies_to`: the card of what was said before that it is about.
    """
    asker = await context.session.get_one(Person, question.asker_id)
    shown = Message(text=text, buttons=buttons, replies_to=replies_to)
    card = await context.send(asker, shown, about=(Subject.QUESTION, question.id or 0))
    if message is not None and card is not None:
        message.card_id = card.id
        context.session.add(message)
    if card is not None:
        follow(context, question, card)
    if message is not None and question.first_reaction_at is None and context.actor is not None:
        question.first_reaction_at = context.now
        context.session.add(question)
    await context.session.flush()
    await wind(context, question)


async def take_apart(context: Context, question: Question, team_code: str) -> None:
    """What went along is a question of its own again, with that team; they, the actor and the asker hear so."""
    question.merged_into_id = None
    await bring(context, question, team_code)

    def apart(around: Around, _person: Person) -> Message:
        text = around.text("desk.unmerged", reference=question.reference)
        return Message(text=text, buttons=((act(around.plain("desk.buttons.show"), "q-show", question.id or 0),),))

    await tell_desk(context, question, apart, besides=context.me)
    await tell(context, question, context.me, apart)
    asker = await context.session.get_one(Person, question.asker_id)
    text = context.around_for(asker).text("desk.unmerged_for_you", reference=question.reference)
    await tell_asker(context, question, text)


async def tell_where(context: Context, question: Question) -> None:
    """The resident hears which team has it now."""
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    text = around.text(
        "question.transferred_for_you", reference=question.reference, team=around.team(question.team_code)
    )
    await tell_asker(context, question, text)


async def taken(context: Context, question: Question, *, text: str = "") -> Refused | None:
    """Why nothing can be done with it: it is done, or somebody else has it. What the actor wrote is given back."""
    written = {"text": text} if text else {}
    if question.status == QuestionStatus.MERGED:
        into = await context.session.get_one(Question, question.merged_into_id)
        key = "desk.refused.merged_text" if text else "desk.refused.merged"
        return Refused(key=key, values={"reference": into.reference, **written})
    if question.status == QuestionStatus.CLOSED:
        return Refused(key="question.refused.closed_text" if text else "question.refused.closed", values=written)
    if question.assignee_id in (None, context.me.id):
        return None
    assignee = await context.session.get_one(Person, question.assignee_id)
    key = "question.refused.claimed_text" if text else "question.refused.claimed"
    return Refused(key=key, values={"name": name_of(assignee), **written})


async def done_or_taken(context: Context, question: Question, *, text: str = "") -> Refused | None:
    """The same, and an answered question is done too."""
    if question.status in DONE:
        return Refused(
            key="question.refused.closed_text" if text else "question.refused.closed",
            values={"text": text} if text else {},
        )
    return await taken(context, question, text=text)
