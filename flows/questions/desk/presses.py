"""The desk, as those who work there see it: what the buttons of a card do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from flows.commands import Refused, carry, may
from flows.context import Context
from flows.doors import action
from flows.people.teams import coordinates
from flows.permissions import MAY, MAY_SEE_QUESTION, Relation
from flows.questions.along import along_with
from flows.questions.desk import buttons, cards, talks
from flows.questions.desk.claiming import colleagues, not_to_snooze, take_to_answer
from flows.questions.desk.passing_on import not_to_return
from flows.questions.desk.telling import main_of
from flows.questions.keeping import done_or_taken, taken
from flows.questions.pressed import carry_pressed, in_button
from flows.questions.relations import DESK, last_answer, relations_to
from flows.questions.verbs import ApproveAnswer, ClaimQuestion, CorrectAnswer, ReleaseQuestion, UnmergeQuestion
from flows.talk import dialogue
from flows.talk.answers import Accepted, Drafted
from flows.talk.answers import Refused as NotAnAnswer
from flows.talk.checked_text import CheckedText
from flows.talk.incoming import Content
from flows.talk.message import Message
from storage.cards import Subject
from storage.questions import OVER, Question


def about(question: Question) -> dict[str, object]:
    """What a conversation about a question starts with."""
    return {"question": question.id}


async def begin_answer(context: Context, question: Question, content: Content) -> None:
    """A reply to the card: the text is already there, only the last look is left.

    What stands below a picture or a sound is the answer too; the picture or sound itself isn't sent, and that is said.
    """
    await take_to_answer(context, question)
    await _begin_with(context, question, "question.answer", talks.ANSWER, content)


async def begin_note(context: Context, question: Question, content: Content) -> None:
    """A reply of who thinks along is a note for colleagues."""
    await _begin_with(context, question, "question.note", talks.NOTE, content)


async def _begin_with(context: Context, question: Question, name: str, answer: CheckedText, content: Content) -> None:
    """A conversation whose `text` is there already; where it waits for that once more, this is it."""
    given = about(question)
    journal = await dialogue.on_screen(context, name, given)
    if journal is not None and answer.waits_for_it(journal.drafts.get("text")):
        await dialogue.receive(context, journal, content)
        return
    match await answer.accept(content, f"{name}.text", context.around, None):
        case Accepted(value=text, left_out=left_out):
            if left_out is not None:
                await context.say(left_out)
            await dialogue.start_anew(context, name, {**given, "text": text}, about="question")
        case Drafted(value=draft):
            await dialogue.start_anew(context, name, given, {"text": draft}, about="question")
        case NotAnAnswer() as why:
            await context.say(why.key, **why.values)
            await dialogue.start(context, name, given)


@action("q-claim")
async def press_claim(context: Context, argument: str) -> None:
    """I take it."""
    await carry_pressed(context, argument, lambda number: ClaimQuestion(question_id=number), "question.claimed")


@action("q-accept")
async def press_accept(context: Context, argument: str) -> None:
    """It is ours, and I take it."""
    await press_claim(context, argument)


@action("q-release")
async def press_release(context: Context, argument: str) -> None:
    """I give it back."""
    await carry_pressed(context, argument, lambda number: ReleaseQuestion(question_id=number), "question.released")


@action("q-approve")
async def press_approve(context: Context, argument: str) -> None:
    """A colleague's answer may go."""
    question = await in_button(context, argument)
    if question is None:
        return
    relations = await relations_to(context, context.me, question)
    if relations & DESK and Relation.READER not in relations:
        context.note("desk.refused.no_draft", alert=True)
        return
    await carry_pressed(context, argument, lambda number: ApproveAnswer(question_id=number), "desk.approved_toast")


@action("q-answer")
async def press_answer(context: Context, argument: str) -> None:
    """I answer; from now on the others see that I do."""
    question = await _to_do(context, argument)
    if question is None:
        return
    if (refused := await take_to_answer(context, question)) is not None:
        await context.refuse(refused)
        return
    await dialogue.start(context, "question.answer", about(question))


@action("q-answer_more")
async def press_answer_more(context: Context, argument: str) -> None:
    """I have something to add to my answer."""
    await press_answer(context, argument)


@action("q-correct")
async def press_correct(context: Context, argument: str) -> None:
    """The last answer wasn't right."""
    question = await in_button(context, argument)
    if question is None:
        return
    message = await last_answer(context, question)
    if message is None or not await _may_correct(context, question):
        context.note("common.not_allowed", alert=True)
        return
    await dialogue.start(context, "question.correct", {**about(question), "message": message.id})


async def _may_correct(context: Context, question: Question) -> bool:
    return await may(context, MAY[CorrectAnswer], question)


@action("q-transfer")
async def press_transfer(context: Context, argument: str) -> None:
    """It is somebody else's."""
    if (question := await _to_do(context, argument, unless=done_or_taken)) is not None:
        await dialogue.start(context, "question.transfer", {**about(question), "from": question.team_code})


@action("q-more")
async def press_more(context: Context, argument: str) -> None:
    """What else can I do with it?"""
    question = await _to_do(context, argument)
    if question is None:
        return
    text = context.text("question.more_buttons", reference=question.reference)
    number = question.id or 0
    choices = {
        "merge": await talks.open_questions(context, question_id=number),
        "unmerge": await along_with(context, question),
        "colleague": await talks.workers(context, question_id=number),
        "assign": await colleagues(context, question),
        "correct": await last_answer(context, question) and await _may_correct(context, question),
    }
    rows = buttons.more_of(context.around, question, context.me, [word for word, found in choices.items() if not found])
    await context.send(context.me, Message(text=text, buttons=rows), about=(Subject.QUESTION, number))


@action("q-assign")
async def press_assign(context: Context, argument: str) -> None:
    """A colleague takes it over; a coordinator may say so of any question."""
    question = await in_button(context, argument) if await coordinates(context) else await _to_do(context, argument)
    if question is None:
        return
    if question.status in OVER:
        context.note("question.refused.closed", alert=True)
    elif await colleagues(context, question):
        await dialogue.start(context, "question.assign", about(question))
    else:
        context.note("desk.refused.no_colleague", alert=True)


@action("q-note")
async def press_note(context: Context, argument: str) -> None:
    """Something for colleagues; also from who thinks along, and when it is somebody else's."""
    question = await _main(context, argument)
    if question is None:
        return
    if not await relations_to(context, context.me, question) & (DESK | {Relation.THINKER}):
        context.note("common.not_allowed", alert=True)
        return
    await dialogue.start(context, "question.note", about(question))


@action("q-send_back")
async def press_send_back(context: Context, argument: str) -> None:
    """Something should be different in a colleague's answer."""
    question = await in_button(context, argument)
    if question is None:
        return
    if Relation.READER not in await relations_to(context, context.me, question):
        context.note("desk.refused.no_draft", alert=True)
        return
    await dialogue.start(context, "question.send_back", about(question))


Choosing = Callable[..., Awaitable[dict[str, str]]]
WhyNot = Callable[[Context, Question], Awaitable[Refused | None]]


def _begins(word: str, *, unless: WhyNot = taken, among: Choosing | None = None, nothing: str = "") -> None:
    """A button that only begins a talk of the same name.

    Not when what is asked couldn't be done in the end: the button may be old. Nor when there is nothing to choose from.
    """

    @action(f"q-{word}")
    async def press(context: Context, argument: str) -> None:
        if (question := await _to_do(context, argument, unless=unless)) is None:
            return
        if among is None or await among(context, question_id=question.id or 0):
            await dialogue.start(context, f"question.{word}", about(question))
        else:
            context.note(nothing, alert=True)


for one in ("close", "theme"):
    _begins(one)
for one in ("ask_back", "new_date", "split"):
    _begins(one, unless=done_or_taken)
_begins("return", unless=not_to_return)
_begins("snooze", unless=not_to_snooze)
_begins("merge", unless=done_or_taken, among=talks.open_questions, nothing="desk.refused.nothing_to_merge")
_begins("colleague", among=talks.workers, nothing="desk.refused.no_colleague")


@action("q-show")
async def press_show(context: Context, argument: str) -> None:
    """Show the card here, anew, also of what is done; a coordinator sees it too, and can give it to somebody."""
    question = await _main(context, argument)
    if question is None:
        return
    if not await may(context, MAY_SEE_QUESTION, question):
        context.note("common.not_allowed", alert=True)
        return
    about_it = (Subject.QUESTION, question.id or 0)
    earlier = [card for card in await context.cards(*about_it) if card.person_id == context.me.id]
    seen = await cards.look_at(context, question)
    rows = buttons.of(context.around, seen, context.me)
    if await coordinates(context) and not await relations_to(context, context.me, question) & DESK:
        rows = buttons.for_coordinator(context.around, question)
    text = cards.card_text(context.around, seen)
    await context.send(context.me, Message(text=text, buttons=rows), about=about_it, live=True)
    await cards.send_media(context, context.me, question, seen.talk)
    for card in earlier:  # below is where they look now
        await context.retire_card(card)


@action("q-unmerge")
async def press_unmerge(context: Context, argument: str) -> None:
    """What goes along with it are questions of their own after all."""
    question = await _to_do(context, argument)
    if question is None:
        return
    along = await along_with(context, question)
    if not along:
        context.note("desk.refused.not_merged", alert=True)
    for other in along:
        outcome = await carry(context, UnmergeQuestion(question_id=other.id or 0))
        if isinstance(outcome, Refused):
            await context.refuse(outcome)
            return


async def _main(context: Context, argument: str) -> Question | None:
    """The question in a button, or the one it goes along with."""
    question = await in_button(context, argument)
    return None if question is None else await main_of(context, question)


async def _to_do(context: Context, argument: str, *, unless: WhyNot = taken) -> Question | None:
    """The question in a button, when the actor can do something with it; carrying it out checks again."""
    question = await in_button(context, argument)
    if question is None:
        return None
    if not await relations_to(context, context.me, question) & DESK:
        context.note("common.not_allowed", alert=True)
        return None
    if (refused := await unless(context, question)) is not None:
        await context.refuse(refused)
        return None
    return question
