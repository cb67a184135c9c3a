"""The kinds of answers a question can take.

Each has two phases. `accept` runs once, when the answer arrives; it may look things up and gives the value that is
kept. `load` runs at every replay and is pure; it raises Unfit for a value that no longer fits, which is then asked
again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from flows.municipality import Municipality
from flows.talk import incoming

T_co = TypeVar("T_co", covariant=True)


class Surroundings(Protocol):
    """What an answer type may look at besides the answer itself."""

    @property
    def municipality(self) -> Municipality: ...
    @property
    def language(self) -> str: ...
    @property
    def today(self) -> date: ...
    def text(self, key: str, /, **values: object) -> str: ...
    def plain(self, key: str, /, **values: object) -> str: ...


class Unfit(Exception):
    """A kept answer no longer fits; `key` is the text that says why."""

    def __init__(self, key: str = "talk.unfit") -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A button under a question."""

    key: str
    label: str


OptionRows = Sequence[Sequence[Option]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A button of this very question was pressed."""

    key: str


Given = incoming.Content | Chosen


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """Not an answer; `key` is the text that says what is expected."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """The answer; `value` is JSON."""

    value: Any
    left_out: str | None = None
    """The key of the text that says which part of what came is not kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """A part of the answer; the question stays."""

    value: Any
    why: Refused | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Another answer has to be given first (from the review)."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Declined:
    """They don't want the conversation at all."""

    key: str = "talk.cancelled"
    """The text that says goodbye."""
    values: Mapping[str, object] = field(default_factory=dict)


Acceptance = Accepted | Refused | Drafted | Change | Declined


class AnswerType(ABC, Generic[T_co]):
    """One kind of answer. `question` is the key of the question's text."""

    echoed = True
    """Whether the question says, once answered, how the answer was understood; not for one's own words."""

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        """The question's text while there is a draft, as HTML; None: the usual one."""
        return None

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        """The buttons under the question."""
        return ()

    def is_begun(self, draft: Any) -> bool:
        """Whether who stops at this draft throws something away that they gave."""
        return False

    def draft_of(self, value: Any) -> Any:
        """The draft that *back* leaves of an answer, to go on with; None: it is given anew."""
        return None

    def was(self, draft: Any) -> str | None:
        """The earlier answer that is a draft now, for the question to show."""
        return None

    def words(self, value: Any, question: str, around: Surroundings) -> str:
        """What somebody said in their own words, to give back when nothing comes of it; plain text."""
        return ""

    def takes_more(self, given: Given, at: str) -> bool:
        """Whether what came at the later question called `at`, which has no use for it, is more of this answer."""
        return False

    @abstractmethod
    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        """Take what arrived."""

    @abstractmethod
    def load(self, value: Any) -> T_co:
        """The kept value as the conversation uses it; raises Unfit. Pure."""

    @abstractmethod
    def show(self, value: Any, question: str, around: Surroundings) -> str:
        """The kept value as a person reads it; plain text."""


def chosen(given: Given, rows: OptionRows, *, in_full: bool = False) -> str | None:
    """The key of the option that was pressed or typed, in full or, without `in_full`, as far as only one begins so."""
    options = [option for row in rows for option in row]
    match given:
        case Chosen(key=key):
            return key if any(option.key == key for option in options) else None
        case incoming.Text(text=text):
            wanted = _bare(text)
            labels = {option.key: _bare(option.label) for option in options}
            same = [key for key, label in labels.items() if label == wanted]
            begin = [key for key, label in labels.items() if len(wanted) > 1 and label.startswith(wanted)]
            found = same if in_full else same or begin
            return found[0] if wanted and len(found) == 1 else None
        case _:
            return None


def _bare(label: str) -> str:
    """Letters and digits only: people type the words, not the picture before them."""
    return "".join(char for char in label.casefold() if char.isalnum())


def in_rows(options: Sequence[Option], columns: int) -> OptionRows:
    """The options, so many next to each other."""
    return [options[start : start + columns] for start in range(0, len(options), columns)]


class Text(AnswerType[str]):
    """Words, `min_length` to `max_length` characters long; also those under a picture or a voice message.

    A draft is the answer from before *back*; a button keeps it.
    """

    KEEP = "keep"
    echoed = False

    def __init__(self, *, max_length: int = 1000, min_length: int = 2) -> None:
        self.max_length = max_length
        self.min_length = min_length

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [[Option(key=self.KEEP, label=around.plain("talk.buttons.keep"))]] if draft else []

    def is_begun(self, draft: Any) -> bool:
        return bool(draft)

    def draft_of(self, value: Any) -> Any:
        return value

    def was(self, draft: Any) -> str | None:
        return draft or None

    def words(self, value: Any, question: str, around: Surroundings) -> str:
        return str(value)

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        left_out: str | None = None
        match given:
            case Chosen(key=self.KEEP) if draft:
                text = str(draft)
            case incoming.Text(text=text):
                if draft and chosen(given, self.options(question, around, draft), in_full=True):
                    text = str(draft)
            case incoming.Photo(caption=text) if text.strip():
                left_out = "talk.left_out.photo"
            case incoming.Voice(caption=text) if text.strip():
                left_out = "talk.left_out.voice"
            case _:
                return Refused(key="talk.refused.text")
        text = text.strip()
        if len(text) < self.min_length:
            return Refused(key="talk.refused.short")
        if len(text) > self.max_length:
            return Refused(key="talk.refused.long", values={"length": len(text), "maximum": self.max_length})
        return Accepted(value=text, left_out=left_out)

    def load(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.max_length:
            raise Unfit("talk.unfit_long")
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return str(value)


class Photo(AnswerType[str]):
    """A picture; the value is the channel's id of it."""

    echoed = False

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if isinstance(given, incoming.Photo):
            return Accepted(value=given.photo, left_out="talk.left_out.caption" if given.caption.strip() else None)
        return Refused(key="talk.refused.photo")

    def load(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return around.plain("talk.shown.photo")


class Skippable(AnswerType[T_co | None]):
    """Another kind of answer, or none: a button says so, and the value is None."""

    SKIP = "skip"

    def __init__(self, answer: AnswerType[T_co]) -> None:
        self.answer = answer
        self.echoed = answer.echoed

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        return self.answer.text(question, around, draft)

    def is_begun(self, draft: Any) -> bool:
        return self.answer.is_begun(draft)

    def draft_of(self, value: Any) -> Any:
        return None if value is None else self.answer.draft_of(value)

    def was(self, draft: Any) -> str | None:
        return self.answer.was(draft)

    def words(self, value: Any, question: str, around: Surroundings) -> str:
        return "" if value is None else self.answer.words(value, question, around)

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [*self.answer.options(question, around, draft), [self._skip(question, around)]]

    def _skip(self, question: str, around: Surroundings) -> Option:
        return Option(key=self.SKIP, label=around.plain(f"{question}.options.skip|talk.buttons.skip"))

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        options = self.options(question, around, draft)
        if chosen(given, options, in_full=not self.echoed) == self.SKIP:  # their own words may begin as the button does
            return Accepted(value=None)
        return await self.answer.accept(given, question, around, draft)

    def load(self, value: Any) -> T_co | None:
        return None if value is None else self.answer.load(value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        if value is None:
            return around.plain(f"{question}.skipped|{question}.options.skip|talk.shown.skipped")
        return self.answer.show(value, question, around)
