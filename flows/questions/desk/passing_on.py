"""To another team, which accepts it or gives it back: a question never hangs between two teams."""

from __future__ import annotations

from flows.commands import Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act
from flows.people.away import here_instead
from flows.people.names import name_of
from flows.people.teams import members, watchers
from flows.questions.desk.telling import tell_desk
from flows.questions.keeping import accept, add_message, bring, done_or_taken, save, tell_where
from flows.questions.routing.route import DESK
from flows.questions.verbs import ReturnQuestion, TransferQuestion
from flows.talk.message import Message
from storage.people import Person
from storage.questions import MessageKind, Question


@carries(TransferQuestion)
async def carry_transfer(context: Context, command: TransferQuestion) -> Outcome:
    """The other team has some office hours to accept it; the resident hears where it is. The term stays."""
    question = await context.session.get_one(Question, command.question_id)
    municipality = context.house.municipality
    team = municipality.team(command.team)
    if team is None or team.code == question.team_code:
        return Refused(key="question.refused.no_team")
    if (refused := await done_or_taken(context, question, text=command.reason)) is not None:
        return refused
    before = question.team_code
    question.handed_from, question.handed_by_id = before, context.me.id
    question.accept_by = municipality.calendar.add_working_hours(context.now, municipality.questions.accept_hours)
    question.routed_by = DESK
    question.transfers += 1
    await bring(context, question, team.code)
    await add_message(context, question, MessageKind.TRANSFER, command.reason)
    await tell_where(context, question)
    outcome = await save(context, question, **{"from": before, "to": team.code})
    if await members(context.session, team.code):
        await context.say("question.transferred", reference=question.reference, team=team.name, by=question.accept_by)
    else:
        instead = [name_of(person) for person in await watchers(context, team.code)]
        await context.say("question.transferred_empty", reference=question.reference, team=team.name, people=instead)
    return outcome


async def take_home(context: Context, question: Question) -> None:
    """It goes back to the team it was passed on from, and to who passed it on when they are still there."""
    home, by = question.handed_from, question.handed_by_id
    accept(question)
    if home is None:
        return
    person = await context.session.get(Person, by) if by is not None else None
    back = await here_instead(context, person) if person is not None else None
    there = await members(context.session, home)
    await bring(context, question, home, back if back is not None and any(one.id == back.id for one in there) else None)
    await tell_where(context, question)


async def not_to_return(context: Context, question: Question, *, text: str = "") -> Refused | None:
    """Why it can't go back: it is done, somebody else has it, or nobody passed it on. Gives the words back."""
    if (refused := await done_or_taken(context, question, text=text)) is not None:
        return refused
    if question.accept_by is not None and question.handed_from is not None:
        return None
    key = "desk.refused.not_handed_text" if text else "desk.refused.not_handed"
    return Refused(key=key, values={"text": text} if text else {})


@carries(ReturnQuestion)
async def carry_return(context: Context, command: ReturnQuestion) -> Outcome:
    """Not theirs: it is back at once, and who passed it on reads why."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await not_to_return(context, question, text=command.reason)) is not None:
        return refused
    before = question.team_code
    await add_message(context, question, MessageKind.RETURN, command.reason)
    await take_home(context, question)
    outcome = await save(context, question, **{"from": before, "to": question.team_code})

    def returned(around: Around, _person: Person) -> Message:
        text = around.text(
            "desk.notice.returned",
            reference=question.reference,
            team=around.team(before),
            name=name_of(context.me),
            reason=command.reason,
        )
        return Message(text=text, buttons=((act(around.plain("desk.buttons.show"), "q-show", question.id or 0),),))

    await tell_desk(context, question, returned, besides=context.me)
    await context.say("desk.returned", reference=question.reference, team=context.around.team(question.team_code))
    return outcome
