"""Something should not be public: somebody reports it, a coordinator hides or keeps it, and the initiators can appeal.

    open ──keep──▶ kept          a report stays open until a coordinator decides
      └───hide──▶ hidden ──appeal──▶ appealed ──granted──▶ appeal_granted (shown again)
                    └──keep──▶ kept (shown again)  └──refused──▶ appeal_refused

Who reported is told to nobody, the coordinators neither. Whoever hid it doesn't decide about the appeal, where there
is another coordinator; nor does somebody about their own initiative.
"""

from __future__ import annotations

from sqlmodel import case, col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.board import facts, open_button
from flows.initiatives.circle import initiators, tell
from flows.initiatives.events import happened
from flows.initiatives.offers import View
from flows.initiatives.partners import card as partner_card
from flows.initiatives.public.moderation_news import (
    appeal_buttons,
    look,
    report_buttons,
    tell_all,
    tell_coordinators,
    tell_reporters,
    to_board,
)
from flows.initiatives.verbs import AppealHiding, DecideAppeal, HideInitiative, KeepInitiative, ReportInitiative
from flows.people.teams import coordinators
from flows.permissions import Relation
from flows.talk.message import Rows
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative
from storage.moderation import Report, ReportStatus
from storage.people import Person

HIDING = (ReportStatus.HIDDEN, ReportStatus.APPEALED, ReportStatus.APPEAL_REFUSED)
"""Why something is hidden now."""
LENGTH = 500
"""Characters of a report, a reason, an appeal."""


async def open_reports(context: Context, initiative: Initiative) -> list[Report]:
    """The reports that wait for a coordinator, the oldest first."""
    query = select(Report).where(Report.initiative_id == initiative.id, Report.status == ReportStatus.OPEN)
    return list((await context.session.exec(query.order_by(col(Report.id)))).all())


async def hiding(context: Context, initiative: Initiative) -> Report | None:
    """The decision by which it is hidden now."""
    if initiative.hidden_at is None:
        return None
    query = select(Report).where(Report.initiative_id == initiative.id, col(Report.status).in_(HIDING))
    further = case((col(Report.status) == ReportStatus.HIDDEN, 1), else_=0)
    newest = query.order_by(col(Report.decided_at).desc(), further, col(Report.id))
    return (await context.session.exec(newest.limit(1))).first()


async def may_decide(
    context: Context, initiative: Initiative, report: Report | None, *, showing: bool = False
) -> Refused | None:
    """Why the actor had better leave it to another coordinator; None where they can, or there is no other.

    `showing`: they want to show it again; who hid it may always come back on that.
    """
    impartial = await _impartial(context, initiative)
    if any(person.id == context.me.id for person in await initiators(context, initiative)):
        return Refused(key="moderation.refused.your_own") if impartial else None
    appealed = report is not None and report.status is ReportStatus.APPEALED and report.decided_by == context.me.id
    another = any(person.id != context.me.id for person in impartial)
    return Refused(key="moderation.refused.you_hid_it") if appealed and another and not showing else None


async def _impartial(context: Context, initiative: Initiative) -> list[Person]:
    """The coordinators who don't lead it themselves."""
    leading = {person.id for person in await initiators(context, initiative)}
    return [person for person in await coordinators(context.session) if person.id not in leading]


@facts(5)
async def is_hidden(context: Context, view: View) -> str | None:
    """That it is hidden, and why, for who still sees it."""
    report = await hiding(context, view.initiative)
    if view.initiative.hidden_at is None:
        return None
    reason = report.reason if report is not None else None
    status = report.status.value if report is not None else ReportStatus.HIDDEN.value
    return view.around.text("moderation.on_board", reason=reason, status=status)


@facts(6)
async def waits(context: Context, view: View) -> str | None:
    """The oldest report that waits, for a coordinator."""
    if not view.is_(Relation.COORDINATOR):
        return None
    reports = await open_reports(context, view.initiative)
    return view.around.text("moderation.waiting", count=len(reports), text=reports[0].text) if reports else None


@carries(ReportInitiative)
async def carry_report(context: Context, command: ReportInitiative) -> Outcome:
    """All coordinators get it; who reports is thanked. The same person waits for one answer at a time."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.hidden_at is not None:
        return Refused(key="moderation.refused.hidden")
    if any(one.reporter_id == context.me.id for one in await open_reports(context, initiative)):
        return Refused(key="moderation.refused.reported")
    report = Report(
        initiative_id=command.initiative_id, reporter_id=context.me.id, text=command.text, created_at=context.now
    )
    context.session.add(report)
    await context.session.flush()
    people = await coordinators(context.session)
    await tell(
        context,
        initiative,
        people,
        "moderation.reported_to_you",
        buttons=lambda around: report_buttons(around, initiative, report),
        text=command.text,
    )
    await context.say("moderation.reported", title=initiative.title)
    return _done(initiative, report)


@carries(HideInitiative)
async def carry_hide(context: Context, command: HideInitiative) -> Outcome:
    """The initiators hear why and how to appeal; the guide, who reported and the other coordinators hear it too."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.hidden_at is not None:
        return Refused(key="moderation.refused.hidden_already")
    report = await _report(context, initiative, command.report_id)
    if command.report_id is not None and (report is None or report.status is not ReportStatus.OPEN):
        return Refused(key="moderation.refused.decided")
    if (refused := await may_decide(context, initiative, report)) is not None:
        return refused
    if report is None:
        report = Report(initiative_id=command.initiative_id, reporter_id=None, text="", created_at=context.now)
    _decide(context, report, ReportStatus.HIDDEN, command.reason)
    await context.session.flush()
    settled = [report, *await open_reports(context, initiative)]
    for other in settled[1:]:
        _decide(context, other, ReportStatus.HIDDEN, command.reason)
    initiative.hidden_at = context.now
    context.session.add(initiative)
    await happened(context, initiative, EventKind.HIDDEN)
    await partner_card.refresh(context, initiative)

    def appeal(around: Around) -> Rows:
        button = act(around.plain("moderation.buttons.appeal"), "i-appeal", initiative.id or 0)
        return ((button,), (open_button(around.plain("initiative.buttons.open"), initiative),))

    await tell_all(context, initiative, "hidden", settled, reason=command.reason, yours=appeal)
    return _done(initiative, report)


@carries(KeepInitiative)
async def carry_keep(context: Context, command: KeepInitiative) -> Outcome:
    """It stays, or is shown again when a coordinator comes back on the hiding; who reported hears why."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    report = await _report(context, initiative, command.report_id)
    now_hiding = await hiding(context, initiative)
    again = report is not None and now_hiding is not None and report.id == now_hiding.id
    if report is None or not (report.status is ReportStatus.OPEN or again):
        return Refused(key="moderation.refused.decided")
    if (refused := await may_decide(context, initiative, report, showing=again)) is not None:
        return refused
    if again:
        report.status, report.appeal_decided_by = ReportStatus.APPEAL_GRANTED, context.me.id
        report.appeal_reason = command.reason
        context.session.add(report)
        await _show(context, initiative)
        settled = await _settled_with(context, report)
        await tell_all(context, initiative, "shown", settled, reason=command.reason, yours=look(initiative))
    else:
        _decide(context, report, ReportStatus.KEPT, command.reason)
        await tell_reporters(context, initiative, "kept", [report], reason=command.reason)
        await tell_coordinators(context, initiative, "kept", command.reason)
    return _done(initiative, report)


@carries(AppealHiding)
async def carry_appeal(context: Context, command: AppealHiding) -> Outcome:
    """It goes to the coordinators who didn't hide it; where there is none, to who did."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    report = await hiding(context, initiative)
    if report is None:
        return Refused(key="moderation.refused.not_hidden")
    if report.status is not ReportStatus.HIDDEN:
        return Refused(key=f"moderation.refused.{report.status}")
    report.status, report.appeal, report.appealed_at = ReportStatus.APPEALED, command.text, context.now
    context.session.add(report)
    await context.session.flush()
    impartial = await _impartial(context, initiative) or await coordinators(context.session)
    deciding = [person for person in impartial if person.id != report.decided_by] or impartial
    await tell(
        context,
        initiative,
        deciding,
        "moderation.appealed_to_you",
        buttons=lambda around: appeal_buttons(around, initiative, report),
        text=command.text,
        reason=report.reason,
    )
    await context.say("moderation.appealed", title=initiative.title)
    others = [one for one in await initiators(context, initiative) if one.id != context.me.id]
    await tell(context, initiative, others, "moderation.appealed_by_other")
    return _done(initiative, report)


@carries(DecideAppeal)
async def carry_decide(context: Context, command: DecideAppeal) -> Outcome:
    """Shown again, or it stays hidden; everybody concerned hears it, with why."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    report = await _report(context, initiative, command.report_id)
    if report is None or report.status is not ReportStatus.APPEALED:
        return Refused(key="moderation.refused.decided")
    if (refused := await may_decide(context, initiative, report)) is not None:
        return refused
    report.status = ReportStatus.APPEAL_GRANTED if command.granted else ReportStatus.APPEAL_REFUSED
    report.appeal_decided_by, report.appeal_reason = context.me.id, command.reason
    context.session.add(report)
    if command.granted:
        await _show(context, initiative)
    word, buttons = ("shown", look(initiative)) if command.granted else ("stays_hidden", to_board(initiative))
    settled = await _settled_with(context, report)
    await tell_all(context, initiative, word, settled, reason=command.reason, yours=buttons)
    return _done(initiative, report)


async def _report(context: Context, initiative: Initiative, report_id: int | None) -> Report | None:
    report = None if report_id is None else await context.session.get(Report, report_id)
    return report if report is not None and report.initiative_id == initiative.id else None


async def _settled_with(context: Context, report: Report) -> list[Report]:
    """All reports that the same decision was about."""
    query = select(Report).where(Report.initiative_id == report.initiative_id, Report.decided_at == report.decided_at)
    return list((await context.session.exec(query.order_by(col(Report.id)))).all())


def _decide(context: Context, report: Report, status: ReportStatus, reason: str) -> None:
    report.status, report.reason = status, reason
    report.decided_by, report.decided_at = context.me.id, context.now
    context.session.add(report)


async def _show(context: Context, initiative: Initiative) -> None:
    initiative.hidden_at = None
    context.session.add(initiative)
    await happened(context, initiative, EventKind.SHOWN)
    await partner_card.refresh(context, initiative)


def _done(initiative: Initiative, report: Report) -> Done:
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"report": report.id})
