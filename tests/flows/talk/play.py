"""Play a conversation without a bot and without a database, and read it back as a script.

    await play(conversation, "Een bloementuin", press("neighbours"), press("done"), looked_up={"home": None})

What was typed is a string, a button is `press(key)`, anything else is an incoming thing. What the conversation looks
up is answered from `looked_up`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from textwrap import indent
from typing import Any

from flows.context import Around, House
from flows.municipality import Municipality
from flows.talk import buttons, incoming
from flows.talk.answers import Accepted, Change, Chosen, Drafted, Refused
from flows.talk.ask import Asking, Looking
from flows.talk.buttons import Control
from flows.talk.message import Message
from flows.talk.replay import Broken, Conversation, Finished, replay
from flows.talk.screen import answered, options_of, question_key, screen
from locales.catalogue import plain
from tests.texts import texts

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday morning."""
JOURNAL = 7
"""The number of the journal in the buttons."""


@cache
def house() -> House:
    """The example municipality with our own texts."""
    return House(municipality=Municipality.load(), catalogue=texts(), bot_username="StuurBot")


def around(language: str = "nl") -> Around:
    """That house on a Tuesday morning."""
    return house().around(language, NOW)


@dataclass(frozen=True)
class Pressed:
    """The button with this key."""

    key: str


def press(key: str) -> Pressed:
    """Press the option `key`, or a Control."""
    return Pressed(key)


BACK = press(Control.BACK)
Step = str | Pressed | incoming.Content


class Play:
    """One conversation of one person, in memory; `answers` survives only as JSON, as in the database."""

    def __init__(
        self,
        talk: Conversation,
        *,
        given: Mapping[str, Any] | None = None,
        drafts: Mapping[str, Any] | None = None,
        looked_up: Mapping[str, Any] | None = None,
        language: str = "nl",
    ) -> None:
        self.talk = talk
        self.around = around(language)
        self.answers: dict[str, Any] = {name: {"value": value} for name, value in (given or {}).items()}
        self.drafts: dict[str, Any] = dict(drafts or {})
        self.changing: str | None = None
        self.looked_up = looked_up or {}
        self.script: list[str] = []

    def outcome(self) -> Asking | Finished | Broken:
        """Where the conversation is, from the journal alone, as after a restart."""
        while True:
            self.answers = json.loads(json.dumps(self.answers))
            found = replay(self.talk, self.answers, changing=self.changing)
            if not isinstance(found, Looking):
                return found
            assert found.name in self.looked_up, f"say what {found.name!r} finds: looked_up={{{found.name!r}: …}}"
            self._keep(found.name, self.looked_up[found.name], found.after, found=True)

    def prompt(self, why: Refused | None = None) -> Message | None:
        """What is on the screen; None when there is nothing more to ask."""
        asking = self.outcome()
        if not isinstance(asking, Asking):
            return None
        draft, changing = self.drafts.get(asking.name, asking.draft), self.changing == asking.name
        return screen(self.talk, JOURNAL, asking, self.around, draft=draft, changing=changing, why=why)

    async def give(self, step: Step) -> None:
        """One answer, with what the bot says to it."""
        asking = self.outcome()
        assert isinstance(asking, Asking), f"{step!r} comes after the end: {asking}"
        self.script.append(f"YOU  {self._said(step, asking)}")
        if step == BACK:
            self._back(asking)
            self.show()
            return
        given = self._given(step, asking)
        key, draft = question_key(self.talk, asking.name), self.drafts.get(asking.name, asking.draft)
        why: Refused | None = None
        match await asking.answer.accept(given, key, self.around, draft):
            case Accepted(value=value):
                answered(self.talk, asking, value, self.around)
                self._keep(asking.name, value, asking.after)
                self.changing = None
            case Drafted(value=value, why=why):
                self.drafts[asking.name] = value
            case Change(name=name):
                self.changing = name
            case Refused() as why:
                pass
        self.show(why)

    def show(self, why: Refused | None = None) -> None:
        """Write what is on the screen now in the script."""
        outcome = self.outcome()
        match outcome:
            case Asking():
                if outcome.preview is not None:
                    self.script.append(_written(outcome.preview(self.around)))
                prompt = self.prompt(why)
                assert prompt is not None
                self.script.append(_written(prompt))
            case Finished(command=command):
                self.script.append(_done(command))
            case Broken(error=error):
                raise AssertionError(error)

    def _keep(self, name: str, value: Any, after: str | None, *, found: bool = False) -> None:
        entry = {"value": value, "after": after, "found": found}
        self.answers[name] = {key: kept for key, kept in entry.items() if key == "value" or kept}
        self.drafts.pop(name, None)

    def _back(self, asking: Asking) -> None:
        if self.changing:
            self.changing = None
        elif (last := asking.before) is not None:
            del self.answers[last.name]
            if (draft := last.answer.draft_of(last.value)) is not None:
                self.drafts[last.name] = draft

    def _given(self, step: Step, asking: Asking) -> incoming.Content | Chosen:
        match step:
            case str():
                return incoming.Text(text=step)
            case Pressed(key=key):
                draft = self.drafts.get(asking.name, asking.draft)
                options = options_of(self.talk, asking, self.around, draft)
                read = buttons.read(buttons.data_of(JOURNAL, asking.name, key))
                assert read is not None
                option = read.option_among(asking.name, options)
                assert option is not None, f"{asking.name!r} has no button {key!r}; it has {options}"
                return Chosen(key=option)
            case _:
                return step

    def _said(self, step: Step, asking: Asking) -> str:
        match step:
            case str():
                return step
            case Pressed(key=key):
                prompt = self.prompt()
                data = {buttons.data_of(JOURNAL, question, key) for question in (asking.name, "")}
                rows = prompt.buttons if prompt else ()
                labels = [button.label for row in rows for button in row if button.data in data]
                return f"[{labels[0] if labels else key}]"
            case _:
                return f"({type(step).__name__})"


async def play(
    talk: Conversation,
    *steps: Step,
    given: Mapping[str, Any] | None = None,
    drafts: Mapping[str, Any] | None = None,
    looked_up: Mapping[str, Any] | None = None,
    language: str = "nl",
) -> str:
    """The script of a conversation: what the bot asks, what is answered, and the command at the end."""
    playing = Play(talk, given=given, drafts=drafts, looked_up=looked_up, language=language)
    playing.show()
    for step in steps:
        await playing.give(step)
    return "\n".join(playing.script) + "\n"


def _written(message: Message) -> str:
    lines = [line for line in plain(message.text).splitlines() if line]
    if message.photo:
        lines.insert(0, "(photo)")
    lines += [" ".join(f"[{button.label}]" for button in row) for row in message.buttons]
    return "BOT" + indent("\n".join(lines), "     ")[3:]


def _done(command: object | None) -> str:
    if command is None:
        return "END  nothing to do"
    return "END" + indent("\n".join(_fields(command)), "     ")[3:]


def _fields(value: Any) -> list[str]:
    """A dataclass as lines: its name, and its fields below it, those that are dataclasses the same way."""
    lines = [type(value).__name__]
    for part in fields(value):
        held = getattr(value, part.name)
        if is_dataclass(held):
            first, *rest = _fields(held)
            lines += [f"{part.name}: {first}", *(f"  {line}" for line in rest)]
        else:
            lines.append(f"{part.name}: {held}")
    return lines
