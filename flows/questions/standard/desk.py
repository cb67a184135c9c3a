"""`/s`: the standard answers of my teams; chosen for a question, made, changed and dropped."""

from __future__ import annotations

from functools import partial
from typing import Any, TypedDict

from sqlmodel import col, select

from flows.commands import Done, Outcome, carries
from flows.commands import Refused as CommandRefused
from flows.context import Context
from flows.doors import For, act, action, bot_command, id_in
from flows.people.teams import looks_after, teams_watched
from flows.questions.desk.presses import begin_answer
from flows.questions.desk.talks import NEVER_OURS
from flows.questions.keeping import taken
from flows.questions.pressed import in_button
from flows.questions.standard.answers import FIELDS, filled, of_teams, own, unknown_fields
from flows.questions.standard.verbs import DropStandardAnswer, KeepStandardAnswer
from flows.questions.words import first_words
from flows.talk import dialogue, incoming
from flows.talk.answers import Acceptance, Accepted, Given, Refused, Surroundings, Text
from flows.talk.ask import Ask
from flows.talk.checked_text import CheckedText
from flows.talk.choices import OneOf, YesNo
from flows.talk.message import Message, Rows
from flows.talk.replay import conversation
from storage.people import Person
from storage.questions import Question, QuestionStatus, StandardAnswer

NAME, LENGTH = 30, 2500
"""Characters; the text stays below what an answer may have when its fields are filled in."""
SHOWN = 20
"""Buttons in a list."""
MOST = 100
"""Answers of a team: with more nobody finds any."""


class Kept(TypedDict):
    """A standard answer as it is now."""

    team: str
    name: str
    text: str


class StandardText(CheckedText):
    """A text in which only the known fields stand between braces; it is for many residents, so never anybody's BSN."""

    def __init__(self) -> None:
        super().__init__(max_length=LENGTH, kinds=NEVER_OURS)

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        accepted = await super().accept(given, question, around, draft)
        if isinstance(accepted, Accepted) and (unknown := unknown_fields(accepted.value)):
            return Refused(key="standard.refused.field", values=_fields(unknown))
        return accepted


def _fields(unknown: list[str]) -> dict[str, object]:
    return {"unknown": unknown, "fields": [f"{{{field}}}" for field in FIELDS]}


@bot_command("s", audience=For.WORKERS, shows_again=False)
async def standard(context: Context, argument: str) -> None:
    """Those of my teams, or those with these words in their name; pressed while answering, one is the answer."""
    around, codes = context.around, await teams_watched(context, context.me)
    if not codes:
        await context.say("standard.workers_only")
        return
    found = await own(context, argument)
    several = len({one.team_code for one in found}) > 1

    def label(answer: StandardAnswer) -> str:
        return f"{answer.name} · {around.team(answer.team_code)}" if several else answer.name

    rows: Rows = tuple((act(label(one)[:60], "s-pick", one.id or 0),) for one in found[:SHOWN])
    text = around.text(
        "standard.list",
        found=bool(found),
        words=argument.strip(),
        more=max(len(found) - SHOWN, 0),
        answering=await _answering(context) is not None,
    )
    await context.reply(Message(text=text, buttons=(*rows, (act(around.plain("standard.buttons.new"), "s-new"),))))


@conversation("standard.new", for_work=True)
async def new(ask: Ask) -> KeepStandardAnswer:
    """What it is called and what it says; it is for their own team, unless they change that."""
    teams = await ask.once("teams", _teams)
    team = await ask("team", OneOf(teams), default=next(iter(teams), None))
    name = await ask("name", Text(max_length=NAME))
    text = await ask("text", StandardText())
    await ask.review()
    return KeepStandardAnswer(team=team, name=name, text=text)


@conversation("standard.change", for_work=True)
async def change(ask: Ask) -> KeepStandardAnswer:
    """What is different now."""
    answer_id = ask.given("answer", int)
    kept = await ask.once("kept", partial(_kept, answer_id=answer_id))
    name = await ask("name", Text(max_length=NAME), default=kept["name"])
    text = await ask("text", StandardText(), default=kept["text"])
    await ask.review()
    return KeepStandardAnswer(team=kept["team"], name=name, text=text, answer_id=answer_id)


@conversation("standard.drop", for_work=True, back_to="s")
async def drop(ask: Ask) -> DropStandardAnswer | None:
    """Are you sure?"""
    answer_id = ask.given("answer", int)
    kept = await ask.once("kept", partial(_kept, answer_id=answer_id))
    sure = await ask("sure", YesNo(), values={"name": kept["name"]})
    return DropStandardAnswer(team=kept["team"], answer_id=answer_id) if sure else None


async def _teams(context: Context) -> dict[str, str]:
    municipality = context.house.municipality
    return {
        code: context.around.team(code) for code in await teams_watched(context, context.me) if municipality.team(code)
    }


async def _kept(context: Context, *, answer_id: int) -> Kept:
    answer = await context.session.get(StandardAnswer, answer_id)
    return (
        Kept(team=answer.team_code, name=answer.name, text=answer.text) if answer else Kept(team="", name="", text="")
    )


@action("s-new")
async def press_new(context: Context, argument: str) -> None:
    """Make one."""
    if await _teams(context):
        await dialogue.start(context, "standard.new")
    else:
        context.note("standard.workers_only", alert=True)


@action("s-pick")
async def press_pick(context: Context, argument: str) -> None:
    """While answering it is the answer, to be seen once more; else it is shown, with what can be done with it."""
    answer = await _pressed(context, argument)
    if answer is None:
        return
    if (question := await _answering(context)) is not None:
        await _use(context, answer, question)
        return
    around, number = context.around, answer.id or 0
    rows: Rows = (
        (act(around.plain("standard.buttons.use"), "s-use", number),),
        (
            act(around.plain("standard.buttons.change"), "s-change", number),
            act(around.plain("standard.buttons.drop"), "s-drop", number),
        ),
    )
    team = around.team(answer.team_code)
    text = around.text("standard.card", name=answer.name, team=team, text=answer.text)
    await context.reply(Message(text=text, buttons=rows))


@action("s-use")
async def press_use(context: Context, argument: str) -> None:
    """For which of my questions?"""
    answer = await _pressed(context, argument)
    if answer is None:
        return
    query = select(Question).where(Question.assignee_id == context.me.id, Question.status == QuestionStatus.CLAIMED)
    mine = (await context.session.exec(query.order_by(col(Question.due_at)).limit(SHOWN))).all()
    if not mine:
        context.note("standard.refused.no_question", alert=True)
        return
    rows = []
    for one in mine:
        what = await first_words(context, one, length=30) or context.around.theme(one.theme_code)
        rows.append((act(f"{one.reference} · {what}", "s-fill", f"{answer.id}-{one.id}"),))
    await context.reply(Message(text=context.text("standard.which", name=answer.name), buttons=tuple(rows)))


@action("s-fill")
async def press_fill(context: Context, argument: str) -> None:
    """It is the answer to that question, to be seen once more."""
    first, _, second = argument.partition("-")
    answer = await _pressed(context, first)
    if answer is None:
        return
    if (question := await in_button(context, second)) is not None:
        await _use(context, answer, question)


@action("s-change")
async def press_change(context: Context, argument: str) -> None:
    """Put it right."""
    if (answer := await _pressed(context, argument)) is not None:
        await dialogue.start(context, "standard.change", {"answer": answer.id})


@action("s-drop")
async def press_drop(context: Context, argument: str) -> None:
    """Ask whether they are sure."""
    if (answer := await _pressed(context, argument)) is not None:
        await dialogue.start(context, "standard.drop", {"answer": answer.id})


async def _answering(context: Context) -> Question | None:
    """The question that the actor is writing an answer to."""
    journal = await dialogue.active(context)
    if journal is None or journal.name != "question.answer":
        return None
    return await context.session.get(Question, journal.answers["question"]["value"])


async def _use(context: Context, answer: StandardAnswer, question: Question) -> None:
    if question.assignee_id != context.me.id and not await looks_after(context, context.me, question.team_code):
        context.note("common.not_allowed", alert=True)
    elif (refused := await taken(context, question)) is not None:
        await context.refuse(refused)
    else:
        await begin_answer(context, question, incoming.Text(text=await filled(context, question, answer)))


async def _pressed(context: Context, argument: str) -> StandardAnswer | None:
    """The answer in a button, when it is of a team of the actor's; carrying it out checks again."""
    number = id_in(argument)
    answer = None if number is None else await context.session.get(StandardAnswer, number)
    if answer is None:
        context.note("standard.refused.gone", alert=True)
        return None
    if not await looks_after(context, context.me, answer.team_code):
        context.note("common.not_allowed", alert=True)
        return None
    return answer


@carries(KeepStandardAnswer)
async def carry_keep(context: Context, command: KeepStandardAnswer) -> Outcome:
    """All of the team find it from now on. A name is one answer's in its team."""
    if unknown := unknown_fields(command.text):
        return CommandRefused(key="standard.refused.field", values=_fields(unknown), ask_again="text")
    there = await of_teams(context, [command.team])
    answer = next((one for one in there if one.id == command.answer_id), None)
    if (command.answer_id is not None and answer is None) or context.house.municipality.team(command.team) is None:
        return CommandRefused(key="standard.refused.gone")
    name = " ".join(command.name.split())
    if any(one is not answer and one.name.casefold() == name.casefold() for one in there):
        return CommandRefused(key="standard.refused.name", values={"name": name}, ask_again="name")
    if answer is None and len(there) >= MOST:
        return CommandRefused(key="standard.refused.many", values={"most": MOST})
    if answer is None:
        me: Person = context.me
        answer = StandardAnswer(team_code=command.team, name=name, text=command.text, created_by=me.id or 0)
    answer.name, answer.text, answer.updated_at = name, command.text, context.now
    context.session.add(answer)
    await context.session.flush()
    await context.say("standard.kept", name=name, team=context.around.team(command.team))
    return Done(details={"standard_answer": answer.id, "team": command.team})


@carries(DropStandardAnswer)
async def carry_drop(context: Context, command: DropStandardAnswer) -> Outcome:
    """Nobody finds it any more; what was sent with it stays as it is."""
    answer = await context.session.get(StandardAnswer, command.answer_id)
    if answer is None or answer.team_code != command.team:
        return CommandRefused(key="standard.refused.gone")
    await context.session.delete(answer)
    await context.session.flush()
    await context.say("standard.dropped", name=answer.name)
    return Done(details={"standard_answer": command.answer_id, "team": command.team})
