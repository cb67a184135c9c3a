"""`/werk`: what is mine to do, and my team's."""

from __future__ import annotations

from sqlmodel import and_, col, or_, select

from flows.context import Context
from flows.doors import For, act, bot_command
from flows.initiatives.agreements.watch import due_for
from flows.initiatives.beginning.paper import write_button
from flows.initiatives.partners.desk import for_partner
from flows.people.teams import for_desk_of, roles_of, teams_watched
from flows.questions.clock.moments import is_over
from flows.questions.words import first_words
from flows.talk.message import Button, Message
from storage.initiatives import ENDED, Initiative
from storage.questions import AnswerDraft, Question, QuestionStatus

SHOWN = 10
"""Of each kind, what is due first; that there is more is said."""


@bot_command("werk", audience=For.WORKERS)
async def work(context: Context, argument: str) -> None:
    """What I read along, my questions, my teams' open ones, what I guide; each opens its card, ⏰ is late."""
    session, around = context.session, context.around
    codes = await teams_watched(context, context.me)
    mine = (
        await session.exec(
            select(Question)
            .where(Question.assignee_id == context.me.id, Question.status == QuestionStatus.CLAIMED)
            .order_by(col(Question.due_at))
            .limit(SHOWN + 1)
        )
    ).all()
    team = (
        await session.exec(
            select(Question)
            .where(await for_desk_of(context, context.me), Question.status == QuestionStatus.OPEN)
            .order_by(col(Question.due_at))
            .limit(SHOWN + 1)
        )
    ).all()
    waiting = (
        await session.exec(
            select(Question)
            .where(Question.assignee_id == context.me.id, Question.status == QuestionStatus.WAITING)
            .order_by(col(Question.waits_until))
            .limit(SHOWN + 1)
        )
    ).all()
    reading = (
        await session.exec(
            select(Question)
            .join(AnswerDraft, col(AnswerDraft.question_id) == col(Question.id))
            .where(
                AnswerDraft.author_id != context.me.id,
                Question.asker_id != context.me.id,  # they read it when it goes
                or_(
                    AnswerDraft.reader_id == context.me.id,
                    and_(col(AnswerDraft.reader_id).is_(None), col(Question.team_code).in_(codes)),
                ),
            )
            .order_by(col(AnswerDraft.created_at))
            .limit(SHOWN + 1)
        )
    ).all()
    guided = (
        await session.exec(
            select(Initiative)
            .where(
                or_(Initiative.guide_id == context.me.id, Initiative.deputy_id == context.me.id),
                col(Initiative.status).not_in(ENDED),
            )
            .order_by(col(Initiative.id).desc())
            .limit(SHOWN + 1)
        )
    ).all()
    partner_of = await for_partner(context, SHOWN + 1)
    if not codes and not mine and not guided and not await roles_of(session, context.me):
        await context.say("work.not_yours")
        return

    async def question_button(question: Question, does: str = "q-show") -> tuple[Button, ...]:
        late = "⏰ " if is_over(question, context.now) else ""
        what = await first_words(context, question, length=30) or around.theme(question.theme_code)
        return (act(f"{late}{question.reference} · {what}", does, question.id or 0),)

    agreed: list[tuple[Button, ...]] = [
        (act(f"{'⏰ ' if one.by < around.today else ''}{one.text}"[:60], "i-agreements", one.initiative_id),)
        for one in await due_for(context, context.me, SHOWN + 1)
    ]
    groups: list[tuple[str, list[tuple[Button, ...]]]] = [
        ("reading", [await question_button(one, "q-read") for one in reading]),
        ("mine", [await question_button(one) for one in mine]),
        ("team", [await question_button(one) for one in team]),
        ("waiting", [await question_button(one) for one in waiting]),
        ("agreements", agreed),
        (
            "guided",
            [(act(f"{one.reference} · {one.title}"[:60], "i-show", one.id or 0),) for one in guided],
        ),
        (
            "partner",
            [(act(f"{one.reference} · {one.title}"[:60], "i-p-own", one.id or 0),) for one in partner_of],
        ),
    ]
    filled = [(word, rows) for word, rows in groups if rows]
    on_paper = write_button(around.plain("paper.buttons.write"))
    if not filled:
        await context.reply(Message(text=context.text("work.nothing"), buttons=((on_paper,),)))
        return
    for word, rows in filled:
        last = ((on_paper,),) if word == filled[-1][0] else ()
        text = context.text(f"work.{word}")
        if len(rows) > SHOWN:
            text = f"{text}\n{context.text('work.more', shown=SHOWN)}"
        await context.reply(Message(text=text, buttons=(*rows[:SHOWN], *last)))
