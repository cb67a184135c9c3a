"""Talking about what should not be public: the report, the decision and its reason, the appeal; and their buttons."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

from sqlmodel import col, select

from flows.context import Context
from flows.doors import BOT_COMMANDS, act, action
from flows.initiatives.board import may_see, seen
from flows.initiatives.offers import View, offers
from flows.initiatives.pairs import pair_in
from flows.initiatives.people.taking_part import pressed
from flows.initiatives.public.moderation import LENGTH, hiding, may_decide, open_reports
from flows.initiatives.public.moderation_news import appeal_buttons, report_buttons
from flows.initiatives.verbs import AppealHiding, DecideAppeal, HideInitiative, KeepInitiative, ReportInitiative
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation
from storage.initiatives import Initiative
from storage.moderation import Report, ReportStatus

WAITING = (ReportStatus.OPEN, ReportStatus.APPEALED)


class Which(TypedDict):
    """What a conversation is about."""

    title: str


async def which(context: Context, *, initiative_id: int) -> Which:
    """The same, looked up."""
    return Which(title=(await context.session.get_one(Initiative, initiative_id)).title)


@offers(95)
def to_report(view: View) -> list[Button]:
    """Everybody but who leads it can say that something isn't right."""
    if view.initiative.hidden_at is not None or view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("moderation.buttons.report"), "i-report", view.initiative.id or 0)]


@offers(15)
def to_appeal(view: View) -> list[Button]:
    """Whoever leads what is hidden."""
    if view.initiative.hidden_at is None or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("moderation.buttons.appeal"), "i-appeal", view.initiative.id or 0)]


@offers(50)
def to_others(view: View) -> list[Button]:
    """Whoever may not see what is hidden can look at others."""
    if may_see(view):
        return []
    return [act(view.around.plain("moderation.buttons.others"), "i-others", view.initiative.id or 0)]


@offers(90, at_work=60)
def to_decide(view: View) -> list[Button]:
    """A coordinator hides it, or shows it again; and what was reported."""
    if not view.is_(Relation.COORDINATOR):
        return []
    around, number = view.around, view.initiative.id or 0
    if view.initiative.hidden_at is not None:
        return [act(around.plain("moderation.buttons.show"), "i-mod-show", number)]
    return [
        act(around.plain("moderation.buttons.reports"), "i-mod-reports", number),
        act(around.plain("moderation.buttons.hide"), "i-mod-hide", f"{number}-0"),
    ]


@conversation("moderation.report")
async def report(ask: Ask) -> ReportInitiative:
    """What isn't right?"""
    initiative_id = ask.given("initiative", int)
    it = await ask.once("which", partial(which, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=it)
    return ReportInitiative(initiative_id=initiative_id, text=text)


@conversation("moderation.hide", for_work=True)
async def hide(ask: Ask) -> HideInitiative:
    """Why? The initiators read it."""
    initiative_id, report_id = ask.given("initiative", int), ask.given("report", int)
    it = await ask.once("which", partial(which, initiative_id=initiative_id))
    reason = await ask("reason", Text(max_length=LENGTH), values=it)
    await ask.review(values=it)
    return HideInitiative(initiative_id=initiative_id, reason=reason, report_id=report_id or None)


@conversation("moderation.keep", for_work=True)
async def keep(ask: Ask) -> KeepInitiative:
    """Why? Who reported reads it, and the initiators when it was hidden."""
    initiative_id, report_id = ask.given("initiative", int), ask.given("report", int)
    it = await ask.once("which", partial(which, initiative_id=initiative_id))
    reason = await ask("reason", Text(max_length=LENGTH), values=it)
    return KeepInitiative(initiative_id=initiative_id, report_id=report_id, reason=reason)


@conversation("moderation.appeal")
async def appeal(ask: Ask) -> AppealHiding:
    """Why do you see it otherwise?"""
    initiative_id = ask.given("initiative", int)
    it = await ask.once("which", partial(which, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values=it)
    return AppealHiding(initiative_id=initiative_id, text=text)


@conversation("moderation.decide", for_work=True)
async def decide(ask: Ask) -> DecideAppeal:
    """Why? The initiators read it."""
    initiative_id, report_id = ask.given("initiative", int), ask.given("report", int)
    granted = bool(ask.given("granted", int))
    it = await ask.once("which", partial(which, initiative_id=initiative_id))
    reason = await ask("reason", Text(max_length=LENGTH), values={**it, "granted": granted})
    return DecideAppeal(initiative_id=initiative_id, report_id=report_id, granted=granted, reason=reason)


@action("i-report")
async def press_report(context: Context, argument: str) -> None:
    """Something isn't right."""
    view = await pressed(context, argument)
    if view is None:
        return
    if view.initiative.hidden_at is not None:
        context.note("moderation.refused.hidden", alert=True)
        return
    if any(one.reporter_id == context.me.id for one in await open_reports(context, view.initiative)):
        context.note("moderation.refused.reported", alert=True)
        return
    await dialogue.start(context, "moderation.report", {"initiative": view.initiative.id})


@action("i-others")
async def press_others(context: Context, argument: str) -> None:
    """What else there is."""
    await BOT_COMMANDS["initiatieven"].handle(context, "")


@action("i-appeal")
async def press_appeal(context: Context, argument: str) -> None:
    """The initiators see it otherwise."""
    view = await pressed(context, argument)
    if view is None:
        return
    report = await hiding(context, view.initiative)
    if not view.is_(Relation.INITIATOR):
        context.note("common.not_allowed", alert=True)
    elif report is None:
        context.note("moderation.refused.not_hidden", alert=True)
    elif report.status is not ReportStatus.HIDDEN:
        context.note(f"moderation.refused.{report.status}", alert=True)
    else:
        await dialogue.start(context, "moderation.appeal", {"initiative": view.initiative.id})


@action("i-mod-hide")
async def press_hide(context: Context, argument: str) -> None:
    """Hide it: because of a report (its number), or of oneself (0)."""
    pair = pair_in(argument)
    view = await _coordinated(context, str(pair[0]) if pair else "")
    if pair is None or view is None:
        return
    if view.initiative.hidden_at is not None:
        context.note("moderation.refused.hidden_already", alert=True)
        return
    if pair[1] and not await _waits(context, view, pair[1], ReportStatus.OPEN):
        return
    await dialogue.start(context, "moderation.hide", {"initiative": pair[0], "report": pair[1]})


@action("i-mod-keep")
async def press_keep(context: Context, argument: str) -> None:
    """It may stay."""
    pair = pair_in(argument)
    view = await _coordinated(context, str(pair[0]) if pair else "")
    if pair is None or view is None or not await _waits(context, view, pair[1], ReportStatus.OPEN):
        return
    await dialogue.start(context, "moderation.keep", {"initiative": pair[0], "report": pair[1]})


@action("i-mod-show")
async def press_show(context: Context, argument: str) -> None:
    """Show it again; with an appeal that is its decision."""
    view = await _coordinated(context, argument)
    if view is None:
        return
    report = await hiding(context, view.initiative)
    if report is None:
        context.note("moderation.refused.not_hidden", alert=True)
    elif await _may(context, view, report, showing=True):
        await dialogue.start(context, "moderation.keep", {"initiative": view.initiative.id, "report": report.id})


@action("i-mod-grant")
async def press_grant(context: Context, argument: str) -> None:
    """The appeal is right."""
    await _press_decide(context, argument, granted=True)


@action("i-mod-refuse")
async def press_refuse(context: Context, argument: str) -> None:
    """It isn't."""
    await _press_decide(context, argument, granted=False)


@action("i-mod-reports")
async def press_reports(context: Context, argument: str) -> None:
    """What waits about this initiative, each with its buttons."""
    view = await _coordinated(context, argument)
    if view is None:
        return
    reports = await open_reports(context, view.initiative)
    if not reports:
        context.note("moderation.nothing_waits")
        return
    for one in reports:
        text = context.text(
            "moderation.reported_to_you",
            title=view.initiative.title,
            reference=view.initiative.reference,
            text=one.text,
        )
        await context.reply(Message(text=text, buttons=report_buttons(view.around, view.initiative, one)))


async def waiting(context: Context) -> list[tuple[Report, Initiative]]:
    """All reports and appeals that wait for a coordinator, the oldest first."""
    query = select(Report, Initiative).join(Initiative, col(Initiative.id) == col(Report.initiative_id))
    query = query.where(col(Report.status).in_(WAITING)).order_by(col(Report.id))
    return list((await context.session.exec(query)).all())


async def waiting_button(context: Context) -> Rows:
    """The way to what waits, where something does."""
    count = len(await waiting(context))
    return ((act(context.around.plain("moderation.buttons.waiting", count=count), "mod-waiting"),),) if count else ()


@action("mod-waiting")
async def press_waiting(context: Context, argument: str) -> None:
    """All that waits, each with its buttons."""
    found = await waiting(context)
    if not found or not await _is_coordinator(context, found[0][1]):
        context.note("moderation.nothing_waits" if not found else "common.coordinators_only", alert=True)
        return
    around = context.around
    for report, initiative in found:
        known = {"title": initiative.title, "reference": initiative.reference}
        if report.status is ReportStatus.OPEN:
            text = around.text("moderation.reported_to_you", text=report.text, **known)
            buttons = report_buttons(around, initiative, report)
        else:
            text = around.text("moderation.appealed_to_you", text=report.appeal, reason=report.reason, **known)
            buttons = appeal_buttons(around, initiative, report)
        await context.reply(Message(text=text, buttons=buttons))


async def _press_decide(context: Context, argument: str, *, granted: bool) -> None:
    pair = pair_in(argument)
    view = await _coordinated(context, str(pair[0]) if pair else "")
    if pair is None or view is None or not await _waits(context, view, pair[1], ReportStatus.APPEALED):
        return
    given = {"initiative": pair[0], "report": pair[1], "granted": int(granted)}
    await dialogue.start(context, "moderation.decide", given)


async def _coordinated(context: Context, argument: str) -> View | None:
    """The initiative, for a coordinator; others are told that it isn't theirs."""
    view = await pressed(context, argument)
    if view is not None and not view.is_(Relation.COORDINATOR):
        context.note("common.coordinators_only", alert=True)
        return None
    return view


async def _is_coordinator(context: Context, initiative: Initiative) -> bool:
    return (await seen(context, initiative)).is_(Relation.COORDINATOR)


async def _waits(context: Context, view: View, report_id: int, status: ReportStatus) -> bool:
    """Whether that report waits for this, and for the actor; else they are told."""
    report = await context.session.get(Report, report_id)
    if report is None or report.initiative_id != view.initiative.id or report.status is not status:
        context.note("moderation.refused.decided", alert=True)
        return False
    return await _may(context, view, report)


async def _may(context: Context, view: View, report: Report, *, showing: bool = False) -> bool:
    if (refused := await may_decide(context, view.initiative, report, showing=showing)) is not None:
        context.note(refused.key, alert=True)
        return False
    return True
