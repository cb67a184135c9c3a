"""Time passes; and the process ends, at a good moment or a bad one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from sqlmodel import col, func, select

from flows.context import Context
from flows.questions import verbs
from flows.timers import run_due
from storage.timers import Timer, TimerKind
from tests.flows.questions.machine.choices import NTH, nth
from tests.flows.questions.machine.invariants import nothing_is_overdue
from tests.flows.questions.machine.world import AT_WORK, WHO_HAS_IT, CrashError, World

WATCHED = (TimerKind.QUESTION, TimerKind.ABSENCE)
"""What is done at its time; all else comes along."""


class Clock(World):
    """Days go by."""

    @rule(hours=st.sampled_from((1, 5, 24, 24, 72, 72, 24 * 12)))
    def time_passes(self, hours: int) -> None:
        end = self.now + timedelta(hours=hours)
        while self.now < end:
            self.post()
            self.now = min(end, self.run(self._next))
            self._what_is_due()

    async def _next(self, context: Context) -> datetime:
        """When something is due, by day."""
        soonest = select(func.min(Timer.due_at)).where(col(Timer.kind).in_(WATCHED))
        due = (await context.session.exec(soonest)).one()
        soon = self.now + timedelta(hours=1)
        return context.house.municipality.waking(soon if due is None else max(due, soon))

    @rule(days=st.integers(1, 9))
    def the_bot_is_down(self, days: int) -> None:
        """Nothing happens for days, then it starts again."""
        self.end()
        self.now += timedelta(days=days)
        self.begin()
        self._what_is_due()

    def _what_is_due(self) -> None:
        self.waits_for(run_due(self.database, self.house, self.now))
        self.run(nothing_is_overdue)

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(at=NTH, in_the_middle=st.booleans())
    def the_bot_restarts(self, at: int, in_the_middle: bool) -> None:
        """Of what it was in the middle of nothing is left."""
        if in_the_middle:
            number = nth(self.fitting(*AT_WORK), at)
            with suppress(CrashError):
                self.does(WHO_HAS_IT, verbs.AnswerQuestion(question_id=number, text="Komt goed"), crash=True)
        self.end()
        self.begin()
