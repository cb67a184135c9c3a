"""What may become of a question in one step, and what never happens by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.questions import verbs
from flows.questions.routing.route import IGNORED
from flows.questions.routing.verbs import AddRule, DropRule, MoveRule
from flows.verbs import Command, QuestionCommand
from storage.questions import DONE, Question, QuestionStatus

Commands = Sequence[Command]
ACCEPTING = (
    verbs.ClaimQuestion,
    verbs.AssignQuestion,
    verbs.AnswerQuestion,
    verbs.AskBack,
    verbs.CloseQuestion,
    verbs.GiveNewDate,
    verbs.AskSecondReader,
    verbs.MergeQuestion,
)
"""Whoever does this with it has taken it."""


def check(before: Mapping[int, Question], after: Mapping[int, Question], tried: Sequence[tuple[Command, bool]]) -> None:
    """`tried`: what was, and whether it was done. Raises AssertionError, with what can't be."""
    done = [command for command, is_done in tried if is_done]
    if tried and not done:
        assert _dumped(before) == _dumped(after), f"{tried} was refused, and yet something changed"
    for number, was in before.items():
        if number not in after:
            assert was.status in DONE, f"{was.reference} ({was.status}) is lost"
            continue
        now = after[number]
        who = f"{was.reference} ({was.status} → {now.status}) by {[type(one).__name__ for one in done]}"
        mine = [one for one in done if isinstance(one, QuestionCommand) and one.question_id == number]
        if now.due_at != was.due_at:
            assert _may_get_a_term(was, now, done, mine), f"{who}: another term"
        if now.team_code != was.team_code:
            assert _may_change_team(was, now, done, mine), f"{who}: another team"
        if mine and isinstance(mine[-1], ACCEPTING):
            assert now.accept_by is None, f"{who}: it may go back, and yet somebody took it"
        if was.status is QuestionStatus.MERGED:
            assert _goes_along(was, now, after, mine), f"{who}: it doesn't go along any more"


def _dumped(questions: Mapping[int, Question]) -> dict[int, object]:
    return {number: one.model_dump() for number, one in questions.items()}


def _may_get_a_term(was: Question, now: Question, done: Commands, mine: Commands) -> bool:
    if _has(mine, verbs.GiveNewDate):
        return now.due_at > was.due_at
    if any(isinstance(one, verbs.MergeQuestion) and one.into_id == was.id for one in done):
        return now.due_at < was.due_at
    if was.status is QuestionStatus.WAITING:  # it stood still
        return now.due_at > was.due_at and now.paused_at != was.paused_at
    return was.status in DONE and now.status not in DONE


def _may_change_team(was: Question, now: Question, done: Commands, mine: Commands) -> bool:
    if _has(done, AddRule, MoveRule, DropRule):
        nobody_has_it = was.status is QuestionStatus.OPEN and was.assignee_id is None
        return nobody_has_it and was.handed_from is None and not was.transfers
    if was.status is QuestionStatus.MERGED:  # where its main is
        return now.status is not QuestionStatus.MERGED
    if not done:
        return was.handed_from == now.team_code or now.routed_by == IGNORED
    return _has(mine, verbs.TransferQuestion, verbs.ReturnQuestion)


def _has(done: Commands, *kinds: type[Command]) -> bool:
    return any(isinstance(one, kinds) for one in done)


def _goes_along(was: Question, now: Question, after: Mapping[int, Question], mine: Commands) -> bool:
    main = after.get(was.merged_into_id or 0)
    if main is None or _has(mine, verbs.UnmergeQuestion):
        return True
    if main.status is QuestionStatus.MERGED:
        return now.status is QuestionStatus.MERGED and now.merged_into_id == main.merged_into_id
    if main.status is QuestionStatus.ANSWERED:
        return now.status is QuestionStatus.ANSWERED
    if main.status is QuestionStatus.CLOSED:
        return now.status is QuestionStatus.OPEN
    return now.status is QuestionStatus.MERGED and now.merged_into_id == main.id
