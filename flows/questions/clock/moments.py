"""What happens to a question by itself, and when. Pure but for `wind`, which sets the timer to the next of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from flows.context import Context
from flows.municipality import Municipality
from flows.timers import plan, unplan
from storage.questions import AT_THE_DESK, Question, QuestionStatus
from storage.timers import TimerKind


class Event(StrEnum):
    """What is due. In the order of this list when several are."""

    NOT_ACCEPTED = "not_accepted"
    """The team it was passed on to didn't take it: it goes back."""
    NO_REPLY = "no_reply"
    """The resident was asked something and stays silent: the desk's turn again."""
    SNOOZED = "snoozed"
    """The assignee wanted to see it again now."""
    SILENT = "silent"
    """The assignee did nothing with it: it goes back to the team."""
    IGNORED = "ignored"
    """Nobody of the team took it: it goes to the front desk; nobody of that either: to the coordinators, once."""
    NEAR = "near"
    """The term ends soon."""
    OVER = "over"
    """The term is over: the coordinators hear it, every working day until there is an answer or a new term."""
    ARRIVED = "arrived"
    """See whether what was said reached the resident."""
    FORGET = "forget"
    """The time for reopening is over: it is done."""


class Moment(NamedTuple):
    """An event and when it is due, in UTC."""

    at: datetime
    event: Event


def moments(question: Question, municipality: Municipality) -> list[Moment]:
    """All that may still happen to it by itself, soonest first; empty only when it is closed or goes along."""
    rules, calendar = municipality.questions, municipality.calendar
    found: list[Moment] = []
    if question.arrives_by is not None:
        found.append(Moment(question.arrives_by, Event.ARRIVED))
    match question.status:
        case QuestionStatus.OPEN | QuestionStatus.CLAIMED:
            if question.accept_by is not None:
                found.append(Moment(question.accept_by, Event.NOT_ACCEPTED))
            silent = calendar.due(question.active_at, rules.silent_days)
            if question.snoozed_until is not None:
                found.append(Moment(question.snoozed_until, Event.SNOOZED))
            elif question.status == QuestionStatus.CLAIMED:
                found.append(Moment(silent, Event.SILENT))
            elif question.accept_by is None and question.raised_at is None:
                found.append(Moment(silent, Event.IGNORED))
            if question.warned_at is None and question.escalated_at is None:
                found.append(Moment(calendar.before(question.due_at, rules.warn_days), Event.NEAR))
            last = question.escalated_at
            found.append(Moment(question.due_at if last is None else calendar.due(last, 1), Event.OVER))
        case QuestionStatus.WAITING:
            found.append(Moment(question.waits_until or question.due_at, Event.NO_REPLY))
        case QuestionStatus.ANSWERED:
            answered = question.answered_at or question.active_at
            found.append(Moment(answered + timedelta(days=rules.reopen_days), Event.FORGET))
        case QuestionStatus.CLOSED | QuestionStatus.MERGED:
            pass
    order = list(Event)
    return sorted(found, key=lambda moment: (moment.at, order.index(moment.event)))


def next_moment(question: Question, municipality: Municipality) -> datetime | None:
    """When the clock looks at it again. None: never, unless something changes."""
    return next((one.at for one in moments(question, municipality)), None)


async def wind(context: Context, question: Question) -> None:
    """Set the timer to what comes next; every question that isn't done or going along has one."""
    at = next_moment(question, context.house.municipality)
    if at is None:
        await unplan(context.session, TimerKind.QUESTION, question.id or 0)
    else:
        await plan(context.session, TimerKind.QUESTION, question.id or 0, at)


def is_over(question: Question, now: datetime) -> bool:
    """Whether the term that the resident was given has passed without an answer."""
    waiting = question.status in AT_THE_DESK
    return waiting and question.due_at <= now  # as the clock counts
