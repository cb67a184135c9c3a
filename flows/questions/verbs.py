"""All that can be done with a question: by who asked it, and at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.talk.own_words import Words
from flows.verbs import Command, QuestionCommand
from storage.questions import Helped, ThemeBy

# Who asks


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Command):
    """A resident asks something."""

    words: tuple[Words, ...]
    theme: str | None
    district: str | None
    theme_by: ThemeBy | None = None
    """Who said the theme; None where there is none."""
    shown: tuple[int, ...] = ()
    """The ids of the articles that they saw and that didn't help."""


@dataclass(frozen=True, kw_only=True)
class AskOn(QuestionCommand):
    """The resident adds something or asks on."""

    words: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class ThankForAnswer(QuestionCommand):
    """The resident says thanks, or only that the answer helped; the question is done."""


@dataclass(frozen=True, kw_only=True)
class RateAnswer(QuestionCommand):
    """The resident says whether the answer helped. `NO` and `PARTLY` may open it again: see `ReopenQuestion`."""

    helped: Helped


@dataclass(frozen=True, kw_only=True)
class ReopenQuestion(QuestionCommand):
    """The answer didn't help, or only partly; the resident says why."""

    words: tuple[Words, ...]


# Who has it


@dataclass(frozen=True, kw_only=True)
class ClaimQuestion(QuestionCommand):
    """Somebody of the team takes it; where it was passed on to the team, that accepts it."""


@dataclass(frozen=True, kw_only=True)
class ReleaseQuestion(QuestionCommand):
    """They give it back to the team."""


@dataclass(frozen=True, kw_only=True)
class AssignQuestion(QuestionCommand):
    """A colleague of the same team gets it, who can give it back."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class TransferQuestion(QuestionCommand):
    """To another team, with the reason; it comes back unless that team accepts it."""

    team: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReturnQuestion(QuestionCommand):
    """It was passed on to a team that says it isn't theirs, with the reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class SetTheme(QuestionCommand):
    """The desk corrects what it is about; the next guess learns from it. It stays with the team."""

    theme: str


# What is said to the resident


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(QuestionCommand):
    """The answer, to the resident, and to those whose questions go along with it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class CorrectAnswer(QuestionCommand):
    """An answer that was sent is put right where the resident has it, and marked."""

    message_id: int
    """Of the `QuestionMessage`."""
    text: str


@dataclass(frozen=True, kw_only=True)
class AskBack(QuestionCommand):
    """The resident is asked something; the clock stands still until they answer, or until its end."""

    text: str


@dataclass(frozen=True, kw_only=True)
class CloseQuestion(QuestionCommand):
    """No answer is needed; the resident hears why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GiveNewDate(QuestionCommand):
    """It takes longer; the resident hears until when, and why."""

    until: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class SendAgain(QuestionCommand):
    """What was said to the resident and didn't arrive, or perhaps not, goes once more."""


# Among colleagues


@dataclass(frozen=True, kw_only=True)
class WriteNote(QuestionCommand):
    """For colleagues only."""

    text: str


@dataclass(frozen=True, kw_only=True)
class AskColleague(QuestionCommand):
    """A colleague, of whatever team, is asked to think along; nothing is handed over."""

    person_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class AskSecondReader(QuestionCommand):
    """The answer waits until a colleague has read it."""

    text: str
    reader_id: int | None
    """None: whoever of the team."""


@dataclass(frozen=True, kw_only=True)
class ApproveAnswer(QuestionCommand):
    """The second reader lets it go; it is sent in the name of who wrote it."""


@dataclass(frozen=True, kw_only=True)
class SendBackDraft(QuestionCommand):
    """The second reader has a remark; who wrote it gets both back."""

    remark: str


# What it is made of


@dataclass(frozen=True, kw_only=True)
class SplitQuestion(QuestionCommand):
    """A part of it becomes a question of its own, with a theme, for whoever is in charge of that."""

    text: str
    theme: str | None


@dataclass(frozen=True, kw_only=True)
class MergeQuestion(QuestionCommand):
    """The same was asked before: this one goes along with that one, and gets its answer."""

    into_id: int

    def also(self) -> tuple[int, ...]:
        """The other one."""
        return (self.into_id,)


@dataclass(frozen=True, kw_only=True)
class UnmergeQuestion(QuestionCommand):
    """It is a question of its own after all."""


@dataclass(frozen=True, kw_only=True)
class SnoozeQuestion(QuestionCommand):
    """The assignee wants to see it again on that day; the term goes on."""

    until: date
