"""What didn't reach the resident: whose it is at the desk hears why and what can be done, and may send it once more."""

from __future__ import annotations

from flows.commands import Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.questions.desk.delivery import BY_HAND, Arrival, Letter, letters, send_again
from flows.questions.desk.telling import tell_desk
from flows.questions.keeping import save
from flows.questions.pressed import carry_pressed
from flows.questions.verbs import SendAgain
from flows.questions.words import first_words
from flows.talk.message import Message, Rows
from storage.people import Person
from storage.questions import Question


async def tell_missed(context: Context, question: Question, letter: Letter) -> None:
    """Nothing is said of what arrived."""
    if letter.arrival is Arrival.ARRIVED:
        return
    what = letter.message.kind if letter.message is not None else "other"
    text = letter.message.text if letter.message is not None else await first_words(context, question)
    number = question.id or 0

    def notice(around: Around, _person: Person) -> Message:
        shown = around.text(
            f"desk.missed.{letter.arrival}",
            reference=question.reference,
            what=around.plain(f"desk.missed.what.{what}"),
            text=text,
        )
        rows: Rows = ((act(around.plain("desk.buttons.show"), "q-show", number),),)
        if letter.arrival in BY_HAND:
            rows = ((act(around.plain("desk.buttons.again"), "q-again", number),), *rows)
        return Message(text=shown, buttons=rows)

    await tell_desk(context, question, notice)


@action("q-again")
async def press_again(context: Context, argument: str) -> None:
    """Send it once more."""
    await carry_pressed(context, argument, lambda number: SendAgain(question_id=number), "desk.sent_again")


@carries(SendAgain)
async def carry_send_again(context: Context, command: SendAgain) -> Outcome:
    """All of the question that was refused, or perhaps arrived; to who is away it goes by itself when they return."""
    question = await context.session.get_one(Question, command.question_id)
    asker = await context.session.get_one(Person, question.asker_id)
    if asker.blocked_at is not None:
        return Refused(key="desk.refused.again_away")
    missed = [letter for letter in await letters(context, question) if letter.arrival in BY_HAND]
    if not missed:
        return Refused(key="desk.refused.again_nothing")
    for letter in missed:
        send_again(context, question, letter.card, letter.row)
    return await save(context, question, messages=len(missed))
