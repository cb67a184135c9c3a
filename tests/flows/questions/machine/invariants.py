"""What holds after every step, whatever was done: read from the database alone."""

from __future__ import annotations

from datetime import timedelta

from flows.context import Context
from flows.questions.clock.moments import moments, next_moment
from flows.questions.desk.telling import holders
from flows.questions.relations import DESK, relations_to
from flows.verbs import Command
from storage.outbox import OutboxKind
from storage.questions import MessageKind, Question, QuestionStatus
from tests.flows.questions.machine import changes, showing
from tests.flows.questions.machine.kept import Kept, read

AT_WORK = (QuestionStatus.OPEN, QuestionStatus.CLAIMED, QuestionStatus.WAITING)
SOMEBODY_HAS_IT = (QuestionStatus.CLAIMED, QuestionStatus.WAITING)
TO_THE_RESIDENT = (MessageKind.ANSWER, MessageKind.ASK_BACK, MessageKind.CLOSE)
A_DAY = timedelta(days=1)


class Invariants:
    """Looks after every step, and remembers what was there before it."""

    def __init__(self) -> None:
        self.before: dict[int, Question] = {}
        self.tried: list[tuple[Command, bool]] = []
        """What was tried since, and whether it was done; nothing: time passed, or somebody came or went."""
        self.said: dict[int, set[str]] = {}
        """By who asked: what they said, and what we said yes to."""
        self.kept: Kept | None = None
        self._looked_at: dict[int, object] = {}

    async def check(self, context: Context) -> None:
        """Raises AssertionError, with what doesn't hold."""
        kept = await read(context)
        for number, question in kept.questions.items():
            who = f"{question.reference} ({question.status})"
            _has_a_term(context, kept, question, who)
            _has_one_status(kept, question, who)
            _talks(kept, question, who)
            if (seen := (kept.print_of(number), context.now)) != self._looked_at.get(number):
                await _has_an_owner(context, kept, question, who)
                await showing.check(context, kept, question, who)
                self._looked_at[number] = seen
        for asker, texts in self.said.items():
            there = {one.text for found in kept.messages.values() for one in found if one.author_id == asker}
            assert texts <= there, f"what {asker} said is nowhere: {texts - there}"
        changes.check(self.before, kept.questions, self.tried)
        self.before = {number: Question(**one.model_dump()) for number, one in kept.questions.items()}
        self.kept, self.tried = kept, []


async def nothing_is_overdue(context: Context) -> None:
    """After the clock has looked; in the quiet hours it doesn't."""
    municipality = context.house.municipality
    if municipality.waking(context.now) == context.now:
        for question in (await read(context)).questions.values():
            for at, event in moments(question, municipality):
                assert at > context.now, f"{question.reference} ({question.status}): {event} was not done"


async def _has_an_owner(context: Context, kept: Kept, question: Question, who: str) -> None:
    """Somebody who works here, is reached, and may do something with it."""
    assert question.team_code, who
    if question.status not in AT_WORK:
        return
    if question.assignee_id is not None:
        person = kept.people[question.assignee_id]
        assert kept.roles[question.assignee_id], f"{who}: who has it doesn't work here"
        # That a message bounced is noticed by the housekeeping, on the next morning at the latest.
        gone = person.blocked_at
        assert gone is None or context.now - gone < A_DAY, f"{who}: who has it can't be reached"
    have = await holders(context, question)
    assert have, f"{who}: nobody has it"
    for one in have:
        if await relations_to(context, one, question) & DESK:
            return
    raise AssertionError(f"{who}: who has it may do nothing")


def _has_a_term(context: Context, kept: Kept, question: Question, who: str) -> None:
    """Its clock runs, and is on time."""
    timer = kept.timers.get(question.id or 0)
    comes = next_moment(question, context.house.municipality)
    if comes is None:
        return
    assert timer is not None, f"{who}: no time at which it is looked at"
    assert timer.attempts == 0, f"{who}: its clock failed"
    assert timer.due_at <= max(comes, context.now + timedelta(minutes=1)), f"{who}: its clock comes too late"


def _has_one_status(kept: Kept, question: Question, who: str) -> None:
    status = question.status
    assert (question.assignee_id is not None) or status not in SOMEBODY_HAS_IT, f"{who}: whose?"
    assert question.assignee_id is None or status not in (QuestionStatus.OPEN, QuestionStatus.MERGED), who
    assert (question.waits_until is not None) == (status == QuestionStatus.WAITING), who
    assert (question.paused_at is not None) == (status == QuestionStatus.WAITING), who
    assert question.snoozed_until is None or status == QuestionStatus.CLAIMED, who
    assert (question.accept_by is None) == (question.handed_from is None), who
    assert question.accept_by is None or status in (QuestionStatus.OPEN, QuestionStatus.CLAIMED), f"{who}: not accepted"
    if status == QuestionStatus.MERGED:
        assert question.merged_into_id is not None, who
        main = kept.questions[question.merged_into_id]
        assert main.status in AT_WORK, f"{who}: it goes along with what is done, or goes along itself"
    draft = kept.drafts.get(question.id or 0)
    assert draft is None or (status in SOMEBODY_HAS_IT and draft.author_id == question.assignee_id), (
        f"{who}: a draft of whom?"
    )


def _talks(kept: Kept, question: Question, who: str) -> None:
    """It begins with what was asked, and what was written to the resident went to them."""
    talk = kept.messages[question.id or 0]
    assert talk, f"{who}: nothing was asked"
    assert (talk[0].kind, talk[0].author_id) == (MessageKind.QUESTION, question.asker_id), who
    kinds = {one.kind for one in talk}
    assert question.status is not QuestionStatus.ANSWERED or MessageKind.ANSWER in kinds, f"{who}: with what?"
    asker = kept.people[question.asker_id]
    for one in talk:
        if one.kind in TO_THE_RESIDENT and asker.telegram_id is not None:
            assert one.card_id is not None, f"{who}: {one.kind} went to nobody"
            sends = [row for row in kept.sent[one.card_id] if row.kind is OutboxKind.SEND]
            assert all(row.chat_id == asker.telegram_id for row in sends), f"{who}: {one.kind} went to somebody else"
