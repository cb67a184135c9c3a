"""What is asked at the desk before something is done with a question, each a short talk."""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select

from flows.context import Context
from flows.people.away import away
from flows.people.names import name_of
from flows.people.teams import WORKERS, for_desk_of, teams_without_anybody
from flows.questions.desk.claiming import colleagues
from flows.questions.desk.reading import possible_readers
from flows.questions.verbs import (
    AnswerQuestion,
    AskBack,
    AskColleague,
    AskSecondReader,
    AssignQuestion,
    CloseQuestion,
    CorrectAnswer,
    GiveNewDate,
    MergeQuestion,
    ReturnQuestion,
    SendBackDraft,
    SetTheme,
    SnoozeQuestion,
    SplitQuestion,
    TransferQuestion,
    WriteNote,
)
from flows.questions.words import Which, first_words, which
from flows.talk.answers import Skippable
from flows.talk.ask import Ask
from flows.talk.checked_text import CheckedText
from flows.talk.choices import OneOf
from flows.talk.dates import Date
from flows.talk.places import TeamAnswer, ThemeAnswer
from flows.talk.replay import conversation
from flows.words.personal import Kind
from storage.people import Person, RoleGrant
from storage.questions import OVER, Question

ANSWER_LENGTH = 3000
"""Characters; with the frame around it an answer stays below Telegram's 4,096."""
ASK_LENGTH = 1000
"""Of the resident, or of a colleague."""
REASON_LENGTH = 500
NOTE_LENGTH = 1000
A_YEAR = 366
NEVER_OURS = (Kind.BSN,)
"""What is pointed out in a text for the resident: a telephone number or an address in it is the office's."""
ANSWER = CheckedText(max_length=ANSWER_LENGTH, kinds=NEVER_OURS)
NOTE = CheckedText(max_length=NOTE_LENGTH)
"""In what colleagues write to each other all of it is the resident's."""
NOBODY, ANYBODY = "nobody", "anybody"
"""Who reads an answer before it goes."""


async def _about(ask: Ask) -> tuple[int, Which]:
    question_id = ask.given("question", int)
    return question_id, await ask.once("which", partial(which, question_id=question_id))


@conversation("question.answer", for_work=True)
async def answer(ask: Ask) -> AnswerQuestion | AskSecondReader:
    """The answer, seen once more before it goes; a colleague may read it first."""
    question_id, question = await _about(ask)
    text = await ask("text", ANSWER, values=question)
    found = await ask.once("readers", partial(readers, question_id=question_id))
    reader = await ask("reader", OneOf(found), default=NOBODY, values=question) if len(found) > 1 else NOBODY
    await ask.review(values=question)
    if reader == NOBODY:
        return AnswerQuestion(question_id=question_id, text=text)
    return AskSecondReader(question_id=question_id, text=text, reader_id=None if reader == ANYBODY else int(reader))


@conversation("question.correct", for_work=True)
async def correct(ask: Ask) -> CorrectAnswer:
    """The whole answer anew, as it should be."""
    question_id, question = await _about(ask)
    message_id = ask.given("message", int)
    text = await ask("text", ANSWER, values=question)
    await ask.review(values=question)
    return CorrectAnswer(question_id=question_id, message_id=message_id, text=text)


@conversation("question.ask_back", for_work=True)
async def ask_back(ask: Ask) -> AskBack:
    """What do you need to know from the resident?"""
    question_id, question = await _about(ask)
    text = await ask("text", CheckedText(max_length=ASK_LENGTH, kinds=NEVER_OURS), values=question)
    await ask.review(values=question)
    return AskBack(question_id=question_id, text=text)


@conversation("question.new_date", for_work=True)
async def new_date(ask: Ask) -> GiveNewDate:
    """Until when, and why; the resident reads it."""
    question_id, question = await _about(ask)
    left = await ask.once("left", partial(days_left, question_id=question_id))
    until = await ask("until", Date(earliest=left + 1, latest=A_YEAR), values=question)
    reason = await ask("reason", CheckedText(max_length=REASON_LENGTH, kinds=NEVER_OURS), values=question)
    await ask.review(values=question)
    return GiveNewDate(question_id=question_id, until=until, reason=reason)


@conversation("question.transfer", for_work=True)
async def transfer(ask: Ask) -> TransferQuestion:
    """To whom, and why."""
    question_id, question = await _about(ask)
    empty = await ask.once("empty", teams_without_anybody)
    team = await ask("team", TeamAnswer(but=ask.given("from", str), empty=empty), values=question)
    reason = await ask("reason", CheckedText(max_length=REASON_LENGTH))
    await ask.review(values=question)
    return TransferQuestion(question_id=question_id, team=team, reason=reason)


@conversation("question.return", for_work=True)
async def give_back(ask: Ask) -> ReturnQuestion:
    """Why it isn't your team's."""
    question_id, question = await _about(ask)
    reason = await ask("reason", CheckedText(max_length=REASON_LENGTH), values=question)
    return ReturnQuestion(question_id=question_id, reason=reason)


@conversation("question.close", for_work=True)
async def close(ask: Ask) -> CloseQuestion:
    """Why no answer is needed; the resident reads it."""
    question_id, question = await _about(ask)
    reason = await ask("reason", CheckedText(max_length=REASON_LENGTH, kinds=NEVER_OURS), values=question)
    await ask.review(values=question)
    return CloseQuestion(question_id=question_id, reason=reason)


@conversation("question.note", for_work=True)
async def note(ask: Ask) -> WriteNote:
    """Something for colleagues."""
    question_id, question = await _about(ask)
    text = await ask("text", NOTE, values=question)
    return WriteNote(question_id=question_id, text=text)


@conversation("question.colleague", for_work=True)
async def colleague(ask: Ask) -> AskColleague:
    """Who can think along, and about what."""
    question_id, question = await _about(ask)
    found = await ask.once("workers", partial(workers, question_id=question_id))
    person = await ask("person", OneOf(found), values=question)
    text = await ask("text", CheckedText(max_length=ASK_LENGTH), values=question)
    return AskColleague(question_id=question_id, person_id=int(person), text=text)


@conversation("question.assign", for_work=True)
async def assign(ask: Ask) -> AssignQuestion:
    """Who of the team takes it over?"""
    question_id, question = await _about(ask)
    found = await ask.once("colleagues", partial(_colleagues, question_id=question_id))
    person = await ask("colleague", OneOf(found), values=question)
    return AssignQuestion(question_id=question_id, person_id=int(person))


@conversation("question.theme", for_work=True)
async def theme(ask: Ask) -> SetTheme:
    """What it is really about."""
    question_id, question = await _about(ask)
    code = await ask("theme", ThemeAnswer(), values=question)
    return SetTheme(question_id=question_id, theme=code)


@conversation("question.split", for_work=True)
async def split(ask: Ask) -> SplitQuestion:
    """Which part, and what it is about."""
    question_id, question = await _about(ask)
    text = await ask("text", CheckedText(max_length=2000), values=question)
    code = await ask("theme", Skippable(ThemeAnswer()), values=question)
    await ask.review(values=question)
    return SplitQuestion(question_id=question_id, text=text, theme=code)


@conversation("question.merge", for_work=True)
async def merge(ask: Ask) -> MergeQuestion:
    """Which question it goes along with."""
    question_id, question = await _about(ask)
    found = await ask.once("open", partial(open_questions, question_id=question_id))
    into = await ask("into", OneOf(found), values=question)
    await ask.review(values=question)
    return MergeQuestion(question_id=question_id, into_id=int(into))


@conversation("question.snooze", for_work=True)
async def snooze(ask: Ask) -> SnoozeQuestion:
    """When do you want to see it again?"""
    question_id, question = await _about(ask)
    until = await ask("until", Date(earliest=1, latest=A_YEAR), values=question)
    return SnoozeQuestion(question_id=question_id, until=until)


@conversation("question.send_back", for_work=True)
async def send_back(ask: Ask) -> SendBackDraft:
    """What should be different?"""
    question_id, question = await _about(ask)
    remark = await ask("remark", CheckedText(max_length=1000), values=question)
    return SendBackDraft(question_id=question_id, remark=remark)


async def days_left(context: Context, *, question_id: int) -> int:
    """Days until its term: a new date is after it. 0 when the term is over."""
    question = await context.session.get_one(Question, question_id)
    return max((context.house.municipality.today(question.due_at) - context.around.today).days, 0)


async def readers(context: Context, *, question_id: int) -> dict[str, str]:
    """Who can read an answer first: nobody (it goes at once), whoever of the team, or one of them by name."""
    found = {NOBODY: context.around.plain("question.answer.reader.nobody")}
    people = await possible_readers(context, await context.session.get_one(Question, question_id))
    if people:
        found[ANYBODY] = context.around.plain("question.answer.reader.anybody")
    return found | {str(one.id): name_of(one) for one in people}


async def workers(context: Context, *, question_id: int) -> dict[str, str]:
    """Everybody who works here and is here, of whatever team: their number, name and team."""
    question = await context.session.get_one(Question, question_id)
    gone = await away(context)
    query = (
        select(Person, RoleGrant.team_code)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role).in_(WORKERS), col(Person.blocked_at).is_(None))
        .order_by(col(RoleGrant.team_code) != question.team_code, col(RoleGrant.id))
    )
    found: dict[str, str] = {}
    for person, team in (await context.session.exec(query)).all():
        if person.id not in (context.me.id, question.asker_id) and person.id not in gone:
            found.setdefault(str(person.id), f"{name_of(person)} · {context.around.team(team or '')}")
    return found


async def _colleagues(context: Context, *, question_id: int) -> dict[str, str]:
    return await colleagues(context, await context.session.get_one(Question, question_id))


async def open_questions(context: Context, *, question_id: int) -> dict[str, str]:
    """What is open at the actor's desk besides this one, the newest first: its number and first words."""
    mine = await for_desk_of(context, context.me)
    query = select(Question).where(
        col(Question.status).not_in(OVER),
        Question.id != question_id,
        mine | (col(Question.assignee_id) == context.me.id),
    )
    found = (await context.session.exec(query.order_by(col(Question.id).desc()).limit(40))).all()
    return {str(one.id): f"{one.reference} · {await first_words(context, one, length=35)}" for one in found}
