"""What is done at the desk: with a question, and with two."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from flows.questions import verbs
from flows.verbs import QuestionCommand
from storage.questions import MessageKind, QuestionStatus
from tests.flows.questions.machine.choices import AT_DESK, COLLEAGUE, NTH, nth
from tests.flows.questions.machine.world import (
    ANSWERED,
    AT_WORK,
    CLAIMED,
    MERGED,
    MOST,
    OPEN,
    TEAMS,
    WAITING,
    WHO_HAS_IT,
    World,
)

EMPTY_TEAM = "gebied-stad"
PARTNERS = "wijkagenten"
TEAM = st.sampled_from((*sorted(set(TEAMS.values())), EMPTY_TEAM, PARTNERS))


class Taking(World):
    """Whose it is."""

    def _with(self, who: int, at: int, make: Callable[[int], QuestionCommand], *statuses: QuestionStatus) -> None:
        self.does(who, make(nth(self.fitting(*statuses), at)))

    @precondition(lambda self: self.fitting(OPEN))
    @rule(who=AT_DESK, at=NTH)
    def claims(self, who: int, at: int) -> None:
        self._with(who, at, lambda number: verbs.ClaimQuestion(question_id=number), OPEN)

    @precondition(lambda self: self.fitting(CLAIMED, WAITING))
    @rule(who=AT_DESK, at=NTH)
    def releases(self, who: int, at: int) -> None:
        self._with(who, at, lambda number: verbs.ReleaseQuestion(question_id=number), CLAIMED, WAITING)

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH, to=COLLEAGUE)
    def assigns(self, who: int, at: int, to: int) -> None:
        self._with(who, at, lambda number: verbs.AssignQuestion(question_id=number, person_id=to), *AT_WORK)

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH, team=TEAM, they=st.sampled_from(("wait", "accept", "give back")))
    def passes_on(self, who: int, at: int, team: str, they: str) -> None:
        number = nth(self.fitting(*AT_WORK), at)
        self.does(who, verbs.TransferQuestion(question_id=number, team=team, reason="Hoort daar"))
        if they != "wait":
            self._reacts(number, accepts=they == "accept")

    @precondition(lambda self: self._handed())
    @rule(at=NTH, accepts=st.booleans())
    def accepts_or_gives_back(self, at: int, accepts: bool) -> None:
        self._reacts(nth(self._handed(), at), accepts=accepts)

    def _reacts(self, number: int, *, accepts: bool) -> None:
        back = verbs.ReturnQuestion(question_id=number, reason="Niet van ons")
        self.does(WHO_HAS_IT, verbs.ClaimQuestion(question_id=number) if accepts else back)

    def _handed(self) -> list[int]:
        return [number for number, one in self.questions.items() if one.accept_by is not None]

    @precondition(lambda self: self.fitting(CLAIMED))
    @rule(who=AT_DESK, at=NTH, days=st.integers(1, 5))
    def snoozes(self, who: int, at: int, days: int) -> None:
        day = self.day(days)
        self._with(who, at, lambda number: verbs.SnoozeQuestion(question_id=number, until=day), CLAIMED)


class Answering(Taking):
    """What is said to the resident, and what a colleague reads before it is."""

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH)
    def answers(self, who: int, at: int) -> None:
        self._with(who, at, lambda number: verbs.AnswerQuestion(question_id=number, text=self._text()), *AT_WORK)

    @precondition(lambda self: self.fitting(ANSWERED))
    @rule(at=NTH)
    def adds_to_the_answer(self, at: int) -> None:
        make = lambda number: verbs.AnswerQuestion(question_id=number, text=self._text())  # noqa: E731
        self._with(WHO_HAS_IT, at, make, ANSWERED)

    @precondition(lambda self: self._answers())
    @rule(at=NTH)
    def corrects(self, at: int) -> None:
        number, message = nth(self._answers(), at)
        command = verbs.CorrectAnswer(question_id=number, message_id=message, text=self._text())
        self.does(WHO_HAS_IT, command)

    def _answers(self) -> list[tuple[int, int]]:
        found = [one for talk in self.kept.messages.values() for one in talk]
        return [(one.question_id, one.id or 0) for one in found if one.kind is MessageKind.ANSWER]

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH)
    def asks_back(self, who: int, at: int) -> None:
        make = lambda number: verbs.AskBack(question_id=number, text="Welke straat?")  # noqa: E731
        self._with(who, at, make, *AT_WORK)

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH)
    def closes(self, who: int, at: int) -> None:
        make = lambda number: verbs.CloseQuestion(question_id=number, reason="Al gedaan")  # noqa: E731
        self._with(who, at, make, *AT_WORK)

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH, days=st.integers(1, 20))
    def gives_a_date(self, who: int, at: int, days: int) -> None:
        day = self.day(days)
        make = lambda number: verbs.GiveNewDate(question_id=number, until=day, reason="Druk")  # noqa: E731
        self._with(who, at, make, *AT_WORK)

    @precondition(lambda self: self.fitting(*AT_WORK, ANSWERED))
    @rule(who=AT_DESK, at=NTH, reader=st.sampled_from((None, 4)))
    def wants_a_reader(self, who: int, at: int, reader: int | None) -> None:
        make = lambda number: verbs.AskSecondReader(question_id=number, text=self._text(), reader_id=reader)  # noqa: E731
        self._with(who, at, make, *AT_WORK, ANSWERED)

    @precondition(lambda self: self.kept.drafts)
    @rule(who=COLLEAGUE, at=NTH, good=st.booleans())
    def reads(self, who: int, at: int, good: bool) -> None:
        number = nth(sorted(self.kept.drafts), at)
        remark = verbs.SendBackDraft(question_id=number, remark="Te kort")
        self.does(who, verbs.ApproveAnswer(question_id=number) if good else remark)

    def _text(self) -> str:
        return f"Dat komt goed: {self.words()[0].text}"


class Together(Taking):
    """Among colleagues; and what a question is made of."""

    @precondition(lambda self: self.questions)
    @rule(who=AT_DESK, at=NTH)
    def notes(self, who: int, at: int) -> None:
        self._with(who, at, lambda number: verbs.WriteNote(question_id=number, text="Gebeld"))

    @precondition(lambda self: self.fitting(*AT_WORK))
    @rule(who=AT_DESK, at=NTH, colleague=COLLEAGUE, answers=st.booleans())
    def thinks_along(self, who: int, at: int, colleague: int, answers: bool) -> None:
        number = nth(self.fitting(*AT_WORK), at)
        self.does(who, verbs.AskColleague(question_id=number, person_id=colleague, text="Weet jij dit?"))
        if answers:
            self.does(colleague, verbs.WriteNote(question_id=number, text="Ja"))

    @rule(who=AT_DESK, at=NTH, theme=st.sampled_from(("groen", "veilig")))
    def says_the_theme(self, who: int, at: int, theme: str) -> None:
        self._with(who, at, lambda number: verbs.SetTheme(question_id=number, theme=theme))

    @precondition(lambda self: self.fitting(*AT_WORK) and len(self.questions) < MOST)
    @rule(who=AT_DESK, at=NTH)
    def splits(self, who: int, at: int) -> None:
        make = lambda number: verbs.SplitQuestion(question_id=number, text="En de boom?", theme="groen")  # noqa: E731
        self._with(who, at, make, *AT_WORK)

    @precondition(lambda self: self._pairs())
    @rule(at=NTH)
    def merges(self, at: int) -> None:
        """First what has others going along: a chain is rare enough."""
        number, into = nth(self._pairs(), at // 3)
        main = self.questions[into]
        taken = self.questions[number].assignee_id or main.assignee_id
        self.does(taken or WHO_HAS_IT, verbs.MergeQuestion(question_id=number, into_id=into))

    def _pairs(self) -> list[tuple[int, int]]:
        """What can go along with what: of one team, and not of two people."""
        found = []
        for number in self.fitting(*AT_WORK):
            for into in self.fitting(*AT_WORK):
                one, other = self.questions[number], self.questions[into]
                taken = {one.assignee_id, other.assignee_id} - {None}
                if number != into and one.team_code == other.team_code and len(taken) < 2:
                    found.append((number, into))
        alongs = [one.merged_into_id for one in self.questions.values() if one.status is MERGED]
        return sorted(found, key=lambda pair: (pair[0] not in alongs, pair))

    @precondition(lambda self: self.fitting(MERGED))
    @rule(who=AT_DESK, at=NTH)
    def takes_apart(self, who: int, at: int) -> None:
        self._with(who, at, lambda number: verbs.UnmergeQuestion(question_id=number), MERGED)
