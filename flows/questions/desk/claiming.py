"""Who has a question: taking it, giving it back, giving it to a colleague; and putting it aside for a while."""

from __future__ import annotations

from datetime import UTC, datetime, time

from flows.commands import Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act
from flows.people.away import away
from flows.people.names import name_of
from flows.people.teams import coordinates, members
from flows.questions.keeping import accept, done_or_taken, give, save, taken
from flows.questions.routing.rerouting import is_free
from flows.questions.routing.route import KEPT
from flows.questions.verbs import AssignQuestion, ClaimQuestion, ReleaseQuestion, SetTheme, SnoozeQuestion
from flows.talk.message import Message
from storage.cards import Subject
from storage.people import Person
from storage.questions import DONE, HELD, Question, QuestionStatus, ThemeBy


@carries(ClaimQuestion)
async def carry_claim(context: Context, command: ClaimQuestion) -> Outcome:
    """The first takes it; the others see who."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await done_or_taken(context, question)) is not None:
        return refused
    accept(question)
    await give(context, question, context.me)
    return await save(context, question)


async def take_to_answer(context: Context, question: Question) -> Refused | None:
    """Who begins an answer has the question from then on, so that the others see who is answering."""
    if question.status in DONE or (question.assignee_id is not None and question.accept_by is None):
        return None
    outcome = await carry(context, ClaimQuestion(question_id=question.id or 0))
    return outcome if isinstance(outcome, Refused) else None


@carries(ReleaseQuestion)
async def carry_release(context: Context, command: ReleaseQuestion) -> Outcome:
    """Back to the team: to whose turn it is now, or to all."""
    question = await context.session.get_one(Question, command.question_id)
    if question.status not in HELD:
        return Refused(key="question.refused.not_claimed")
    await give(context, question, None)
    return await save(context, question)


@carries(AssignQuestion)
async def carry_assign(context: Context, command: AssignQuestion) -> Outcome:
    """A colleague of the team, who is here, has it now and hears from whom; a coordinator may do it over somebody."""
    question = await context.session.get_one(Question, command.question_id)
    refused = await done_or_taken(context, question)
    over_somebody = question.status in HELD and await coordinates(context)
    if refused is not None and not over_somebody:
        return refused
    colleague = next(
        (one for one in await members(context.session, question.team_code) if one.id == command.person_id), None
    )
    unfit = (question.assignee_id, question.asker_id)
    if colleague is None or colleague.id in await away(context) or colleague.id in unfit:
        return Refused(key="desk.refused.colleague", ask_again="colleague")
    accept(question)
    await give(context, question, colleague)
    outcome = await save(context, question, to=colleague.id)
    if colleague.id != context.me.id:
        around, number = context.around_for(colleague), question.id or 0
        text = around.text("desk.notice.assigned", reference=question.reference, name=name_of(context.me))
        button = act(around.plain("desk.buttons.show"), "q-show", number)
        await context.send(colleague, Message(text=text, buttons=((button,),)), about=(Subject.QUESTION, number))
    await context.say("desk.assigned", reference=question.reference, name=name_of(colleague))
    return outcome


@carries(SetTheme)
async def carry_set_theme(context: Context, command: SetTheme) -> Outcome:
    """Corrected; it stays where it is."""
    question = await context.session.get_one(Question, command.question_id)
    if context.house.municipality.theme(command.theme) is None:
        return Refused(key="common.gone")
    before = question.theme_code
    question.theme_code, question.theme_by = command.theme, ThemeBy.DESK
    if is_free(question):
        question.routed_by = KEPT  # no rule brought it here for what it is about now, and none takes it away
    outcome = await save(context, question, **{"from": before, "to": command.theme})
    await context.say("desk.theme_set", reference=question.reference, theme=context.around.theme(command.theme))
    return outcome


async def not_to_snooze(context: Context, question: Question) -> Refused | None:
    """Why it can't be put aside: somebody else has it, or nobody works on it now."""
    if (refused := await taken(context, question)) is not None:
        return refused
    return None if question.status == QuestionStatus.CLAIMED else Refused(key="desk.refused.not_busy")


@carries(SnoozeQuestion)
async def carry_snooze(context: Context, command: SnoozeQuestion) -> Outcome:
    """Out of sight until the office opens that day; never past the term."""
    question = await context.session.get_one(Question, command.question_id)
    if (refused := await not_to_snooze(context, question)) is not None:
        return refused
    municipality = context.house.municipality
    begin = datetime.combine(command.until, time(), municipality.zone).astimezone(UTC)
    at = municipality.next_opening(begin)
    if not context.now < at < question.due_at:
        return Refused(key="desk.refused.snooze", values={"due": question.due_at}, ask_again="until")
    accept(question)
    question.snoozed_until = at
    outcome = await save(context, question, until=command.until.isoformat())
    await context.say("desk.snoozed", reference=question.reference, until=at)
    return outcome


async def colleagues(context: Context, question: Question) -> dict[str, str]:
    """Who of the team is here besides the actor: their number and name."""
    gone = await away(context)
    people: list[Person] = await members(context.session, question.team_code)
    unfit = (question.assignee_id, question.asker_id)
    return {str(one.id): name_of(one) for one in people if one.id not in unfit and one.id not in gone}
