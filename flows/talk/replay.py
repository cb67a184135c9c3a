"""A conversation is a pure function from named answers to one command; `replay` runs it.

It knows neither SQL nor a channel: what must be asked or looked up is returned, not done.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flows.talk.ask import Ask, Asked, Asking, Entry, Looking, MisuseError, Suspended

Run = Callable[[Ask], Coroutine[Any, Any, object | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A conversation under the name its journals and texts go by."""

    name: str
    run: Run
    command: str | None = None
    """The bot command that starts it, without the slash."""
    can_leave: bool = True
    """Whether it offers *later* and *stop*; not where one short question must be answered or skipped."""
    for_work: bool = False
    """Whether only who works here has it; it goes when their last role does."""
    back_to: str | None = None
    """The bot command whose list it is begun from: shown again, not the menu, where nothing came of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """It has come to its end; `command` is what is to be carried out (None: nothing)."""

    command: object | None
    asked: tuple[Asked, ...] = field(default=(), compare=False)
    """What was asked on the way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """A bug in the conversation. The journal is kept, and tried again after the fix."""

    error: str
    """The kind of error and where; never what somebody answered."""


Outcome = Asking | Looking | Finished | Broken

_REGISTERED: dict[str, Conversation] = {}


def conversation(
    name: str,
    *,
    command: str | None = None,
    can_leave: bool = True,
    for_work: bool = False,
    back_to: str | None = None,
) -> Callable[[Run], Conversation]:
    """Register an `async def` that takes `ask` and returns a command. `name` is a public schema: never reuse it."""

    def register(run: Run) -> Conversation:
        if not inspect.iscoroutinefunction(run):
            raise MisuseError(f"the conversation {name!r} must be written as `async def`")
        if name in _REGISTERED:
            raise MisuseError(f"the conversation {name!r} is registered twice")
        _REGISTERED[name] = Conversation(
            name=name, run=run, command=command, can_leave=can_leave, for_work=for_work, back_to=back_to
        )
        return _REGISTERED[name]

    return register


def registered() -> Mapping[str, Conversation]:
    """All conversations, by name."""
    return _REGISTERED


def find(name: str) -> Conversation | None:
    """The conversation under that name; None when this version has it no more."""
    return _REGISTERED.get(name)


def replay(talk: Conversation, answers: Mapping[str, Entry], *, changing: str | None = None) -> Outcome:
    """Run `talk` from the top with `answers`; the question named `changing` counts as not answered."""
    ask = Ask(answers, changing)
    run = talk.run(ask)
    try:
        run.send(None)
    except Suspended:
        if ask.outcome is not None and not ask.swallowed:
            return ask.outcome
        return Broken(error=f"{talk.name}: {_swallowed(ask)}")
    except StopIteration as done:
        if ask.outcome is None:
            return Finished(command=done.value, asked=ask.asked)
        return Broken(error=f"{talk.name}: {_swallowed(ask)}")
    except Exception as exc:
        return Broken(error=f"{talk.name}: {_where(exc)}{f'; {_swallowed(ask)}' if ask.outcome else ''}")
    # The run waits for something else than an answer. It is ended here, however it resists.
    with suppress(Suspended, Exception):
        run.close()
    return Broken(error=f"{talk.name}: awaits something that isn't ask (gather, sleep, a database?); use ask.once")


def _swallowed(ask: Ask) -> str:
    name = ask.outcome.name if ask.outcome is not None else "?"
    return (
        f"swallowed the suspension at {name!r} (a bare except, except BaseException, or a finally that returns or asks)"
    )


def _where(exc: Exception) -> str:
    """The kind of an exception and the innermost line; our own messages hold no answers, others' may."""
    frames = traceback.extract_tb(exc.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    said = f": {exc}" if isinstance(exc, MisuseError) else ""
    return f"{type(exc).__name__}{place}{said}"
