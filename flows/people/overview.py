"""`/overzicht`: where the energy is, per district, and what waits."""

from __future__ import annotations

from markupsafe import Markup
from sqlmodel import col, func, select

from flows.context import Context
from flows.doors import For, bot_command, go
from flows.initiatives.public.moderation_desk import waiting_button
from flows.people.teams import coordinates, teams_without_anybody
from flows.questions.after.figures import figures_button
from flows.talk.message import Message
from storage.initiatives import Initiative
from storage.people import Person
from storage.questions import AT_THE_DESK, Question, QuestionStatus

SHOWN = 5
"""Of what was escalated, what is late longest."""


@bot_command("overzicht", audience=For.COORDINATORS)
async def overview(context: Context, argument: str) -> None:
    """Initiatives and waiting questions per district, what is late, and teams without anybody."""
    session, around = context.session, context.around
    if not await coordinates(context):
        await context.say("common.coordinators_only")
        return
    initiatives = await _per_district(context, select(Initiative.district_code, func.count()))
    questions = await _per_district(
        context, select(Question.district_code, func.count()).where(col(Question.status).in_(AT_THE_DESK))
    )
    late = (
        await session.exec(
            select(func.count())
            .select_from(Question)
            .where(col(Question.status).in_(AT_THE_DESK), col(Question.due_at) <= context.now)
        )
    ).one()
    people = (await session.exec(select(func.count()).select_from(Person))).one()
    names: dict[str | None, str] = {one.code: one.name for one in around.municipality.districts}
    names[None] = around.plain("overview.elsewhere")
    districts = [
        around.text(
            "overview.district", district=name, started=initiatives.get(code, 0), waiting=questions.get(code, 0)
        )
        for code, name in names.items()
        if initiatives.get(code) or questions.get(code)
    ]
    untaken = (
        await session.exec(select(func.count()).select_from(Question).where(Question.status == QuestionStatus.OPEN))
    ).one()
    over = (
        await session.exec(
            select(Question)
            .where(col(Question.status).in_(AT_THE_DESK), col(Question.escalated_at).is_not(None))
            .order_by(col(Question.due_at))
        )
    ).all()
    escalated = [
        around.text("overview.escalated", reference=one.reference, team=around.team(one.team_code), due=one.due_at)
        for one in over[:SHOWN]
    ]
    empty = [around.team(code) for code in await teams_without_anybody(context)]
    await context.reply(
        Message(
            text=context.text(
                "overview.text",
                people=people,
                initiatives=sum(initiatives.values()),
                questions=sum(questions.values()),
                late=late,
                untaken=untaken,
                escalated=Markup("\n".join(escalated)),
                more=max(len(over) - SHOWN, 0),
                districts=Markup("\n".join(districts)),
                empty=empty,
            ),
            buttons=(
                *await waiting_button(context),
                (figures_button(around),),
                (go(around.plain("menu.buttons.moment"), "moment"),),
            ),
        )
    )


async def _per_district(context: Context, query: object) -> dict[str | None, int]:
    column = query.selected_columns[0]  # type: ignore[attr-defined]
    rows = await context.session.exec(query.group_by(column))  # type: ignore[attr-defined]
    return dict(rows.all())
