"""`ask`: what a conversation is written with.

Inside a conversation there is nothing but `ask`: no clock, chance, settings, database or network, and no effect
before the return. A question without an answer suspends the conversation with a private BaseException, so an
`except Exception` around it does no harm; a bare `except` or a `finally` that asks would, and is detected.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from flows.talk.answers import AnswerType, Unfit
from flows.talk.review import Confirmed, Review

if TYPE_CHECKING:
    from flows.context import Context
    from flows.talk.answers import Surroundings
    from flows.talk.message import Message

T = TypeVar("T")

Entry = Mapping[str, Any]
"""An answer as the journal keeps it: {"value": …} and, where it depends on others, {"after": digest of those}."""

Lookup = Callable[["Context"], Awaitable[T]]
"""Something to find out once, outside the conversation; its result is JSON and goes into the journal."""

Preview = Callable[["Surroundings"], "Message"]

REVIEW = "review"

_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


class Asked(NamedTuple):
    """A question that has its answer in this run."""

    name: str
    answer: AnswerType[Any]
    value: Any
    """As the journal keeps it."""
    shown: bool
    """In the review."""
    by_default: bool = False
    """Nobody gave it: it is what the conversation proposed."""
    proposed: bool = False
    """The conversation proposes something, so the question is asked only to change that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """The question on the screen."""

    name: str
    answer: AnswerType[Any]
    values: Mapping[str, object]
    """What the text of the question needs."""
    after: str | None
    """Digest of the answers this one depends on, to be kept with it."""
    asked: tuple[Asked, ...]
    """What came before in this run, in order."""
    unfit: Unfit | None
    """Why an answer that was given before no longer counts."""
    old: Any = None
    """The answer that is being changed, where it still fits."""
    preview: Preview | None = None
    """Something to show first, as its own message."""
    draft: Any = None
    """Something to begin with, as long as they have no draft of their own."""

    @property
    def before(self) -> Asked | None:
        """What *back* asks again: the answer given last in this run, past what was only proposed."""
        return next((asked for asked in reversed(self.asked) if not asked.proposed), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Looking:
    """Something has to be looked up before the conversation can go on."""

    name: str
    lookup: Lookup[Any]
    after: str | None


class Suspended(BaseException):
    """Raised by `ask` where there is no answer yet. Never catch it."""


class MisuseError(Exception):
    """A conversation breaks the rules; the message says which."""


class Ask:
    """Gives a conversation its answers, one run long."""

    def __init__(self, answers: Mapping[str, Entry], changing: str | None = None) -> None:
        self._answers = answers
        self._changing = changing
        self._asked: list[Asked] = []
        self._values: dict[str, Any] = {}
        self.outcome: Asking | Looking | None = None
        self.swallowed = False

    async def __call__(
        self,
        name: str,
        answer: AnswerType[T],
        *,
        after: tuple[str, ...] = (),
        values: Mapping[str, object] | None = None,
        shown: bool = True,
        default: Any = None,
        draft: Any = None,
    ) -> T:
        """The answer to the question `name`.

        Its text is found in the catalogue under `<conversation>.<name>`; `values` are what that text needs.
        `after` names the answers it depends on: when one of those changes, this one is asked again. `shown=False`
        leaves it out of the review. With a `default` (a value as it is kept) it isn't asked, only shown in the review,
        where it can be changed. With a `draft` it is asked, and begins with that.
        """
        digest, entry = self._enter(name, after)
        by_default = entry is None and default is not None
        if by_default:
            entry = {"value": default, "after": digest}
        unfit: Unfit | None = None
        old: Any = None
        if entry is not None and digest in (None, entry.get("after")):
            value = entry["value"]
            try:
                loaded = answer.load(value)
            except Unfit as exc:
                unfit = exc
            else:
                if name != self._changing:
                    self._values[name] = value
                    self._asked.append(
                        Asked(
                            name=name,
                            answer=answer,
                            value=value,
                            shown=shown,
                            by_default=by_default,
                            proposed=default is not None,
                        )
                    )
                    return loaded
                old = value
        self._suspend(
            Asking(
                name=name,
                answer=answer,
                values=values or {},
                after=digest,
                asked=tuple(self._asked),
                unfit=unfit,
                old=old,
                draft=draft if entry is None else None,
            )
        )

    async def once(self, name: str, lookup: Lookup[T], *, after: tuple[str, ...] = ()) -> T:
        """The result of `lookup`, which runs once; again only when an answer in `after` changes."""
        digest, entry = self._enter(name, after)
        if entry is not None and digest in (None, entry.get("after")):
            self._values[name] = entry["value"]
            result: T = entry["value"]
            return result
        self._suspend(Looking(name=name, lookup=lookup, after=digest))

    def earlier(self, name: str) -> Any:
        """What `once` found under that name, also for answers changed since: for its next lookup. None: nothing."""
        entry = self._answers.get(name)
        return None if entry is None else entry["value"]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions that had their answer in this run."""
        return tuple(self._asked)

    def given(self, name: str, kind: type[T]) -> T:
        """What the conversation was started with, such as the question it is about."""
        entry = self._answers.get(name)
        if entry is None or not isinstance(entry["value"], kind):
            raise MisuseError(f"started without {name!r} ({kind.__name__}); give it to start()")
        self._values[name] = entry["value"]
        return entry["value"]

    def has(self, name: str) -> bool:
        """Whether the conversation was started with `name`."""
        return name in self._answers

    async def review(self, *, values: Mapping[str, object] | None = None, preview: Preview | None = None) -> None:
        """Show all answers of this run, each with a button to change it, until they are confirmed.

        `values` are what the heading `<conversation>.review` and its button need; `preview` is shown first.
        """
        self._enter(REVIEW, ())
        digest = self._digest(tuple(asked.name for asked in self._asked))
        entry = self._answers.get(REVIEW)
        if entry is not None and entry.get("after") == digest and entry["value"] == Confirmed.CONFIRMED:
            self._values[REVIEW] = entry["value"]
            return
        shown = tuple((asked.name, asked.answer, asked.value) for asked in self._asked if asked.shown)
        self._suspend(
            Asking(
                name=REVIEW,
                answer=Review(shown, values),
                values=values or {},
                after=digest,
                asked=tuple(self._asked),
                unfit=None,
                preview=preview,
            )
        )

    def _enter(self, name: str, after: tuple[str, ...]) -> tuple[str | None, Entry | None]:
        if self.outcome is not None:
            self.swallowed = True
            raise Suspended
        if name in self._values:
            raise MisuseError(f"{name!r} is asked twice in one run; repeats are called {name}[2], {name}[3], …")
        return (self._digest(after) if after else None), self._answers.get(name)

    def _digest(self, names: tuple[str, ...]) -> str:
        missing = [name for name in names if name not in self._values]
        if missing:
            raise MisuseError(f"after {missing}: not asked before; known here are {list(self._values)}")
        kept = _ENCODE([[name, self._values[name]] for name in names])
        return blake2b(kept.encode(), digest_size=8).hexdigest()

    def _suspend(self, outcome: Asking | Looking) -> NoReturn:
        self.outcome = outcome
        raise Suspended
