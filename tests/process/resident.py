"""A resident with a phone: reads what is on the screen, thinks a little, and does what a person would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.sandbox import Sandbox, Subscription
from flows.initiatives.beginning.advice import Wish
from flows.initiatives.beginning.start import Helper
from flows.talk.choices import Choices
from locales.catalogue import plain
from tests.texts import texts

REFERENCE = re.compile(r"I-\d{4}-\d{4,}")
RETRY = 15.0
"""Seconds without anything new after which somebody presses again, or repeats what they said when asked anew."""
LONGEST_STORY = 400.0
"""Seconds after which somebody gets nowhere."""


def _words() -> dict[str, str]:
    catalogue = texts()
    names = ("idea", "helpers", "theme", "asks", "route", "review")
    keys = {name: f"initiative.start.{name}" for name in names}
    words = {name: plain(catalogue.text(key, "nl")) for name, key in keys.items()}
    return {
        **words,
        "district": "In welke wijk",
        "alike_choice": "Anderen doen al iets wat hierop lijkt.",
        "what": "Welke plek of vergunning heb je nodig?",
        "first_step": "Wat is je eerste kleine stap?",
    }


QUESTIONS = _words()
"""Names of questions, and by which words they are known."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the resident has in mind, and so what must stand in the database at the end."""

    home: str | None
    """The label of their district; None: they'd rather not say."""
    idea: str
    helpers: tuple[str, ...]
    theme: int
    """Which of the themes' buttons."""
    first_step: str
    what: str | None
    """The place they ask of the municipality."""
    title: str
    """What is proposed: the idea's first words."""


@dataclass(frozen=True)
class Screen:
    """The last thing the bot said that can be answered."""

    message_id: int
    question: str
    """The name of the question; "" for a menu, "end" when the initiative has begun."""
    buttons: tuple[tuple[str, str], ...]
    """Labels and what they carry."""
    text: str

    def data(self, option: str) -> str:
        """What the button of this option carries."""
        return next(data for _, data in self.buttons if data.rsplit(":", 1)[-1] == option)


class Resident:
    """One account that starts one initiative. `pace`: seconds of thought at most."""

    def __init__(self, sandbox: Sandbox, account_id: int, *, seed: int, pace: float) -> None:
        self._sandbox = sandbox
        self._random = Random(f"{seed}-{account_id}")
        self._pace = pace
        self.id = account_id
        self.plan = self._make_plan()
        self.theme: str | None = None
        """The theme whose button was pressed."""
        self.district: str | None = None
        """The district whose button was pressed."""
        self.deeds = 0
        """How many updates they caused."""
        self.pressed_again = 0
        self.reference: str | None = None

    def _make_plan(self) -> Plan:
        pick, mark = self._random, f"{self.id}"
        return Plan(
            home=pick.choice(["Molenwijk", None]),
            idea=f"Samen bloemen planten, plan {mark}",
            helpers=tuple(one.value for one in Helper if pick.random() < 0.3) or (Helper.ALONE.value,),
            theme=pick.randrange(4),
            first_step=f"Eerst de buren vragen van nummer {mark}",
            what=pick.choice([None, f"Een schep voor {mark}"]),
            title=f"Samen bloemen planten, plan {mark}",
        )

    async def live(self) -> None:
        """From the first word to the reference of their initiative."""
        with self._sandbox.subscribe(self.id) as events:
            await asyncio.sleep(self._random.uniform(0, self._pace * 4))
            self._say("/start")
            done: Screen | None = None
            async with asyncio.timeout(LONGEST_STORY):
                while self.reference is None:
                    screen = await self._next_screen(events, done)
                    await asyncio.sleep(self._random.uniform(0.1, self._pace))
                    screen = self._screen(done) or screen  # what it has become meanwhile
                    if not _moved(screen, done):
                        self.pressed_again += 1
                    self._act(screen)
                    done = screen

    async def _next_screen(self, events: Subscription, done: Screen | None) -> Screen:
        """The next thing to react to; after a while of nothing the same thing again."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + RETRY
        while True:
            screen = self._screen(done)
            if screen is not None and _moved(screen, done):
                return screen
            try:
                async with asyncio.timeout_at(deadline):
                    await events.get()
            except TimeoutError:
                deadline = loop.time() + RETRY
                if screen is not None and (self._has_buttons_to_press(screen) or screen.message_id != _id(done)):
                    return screen

    def _has_buttons_to_press(self, screen: Screen) -> bool:
        return screen.question not in ("idea", "first_step", "what", "")

    def _screen(self, done: Screen | None) -> Screen | None:
        """What is at the bottom, and not above what they reacted to last."""
        for message in reversed(list(self._messages())):
            if message["message_id"] < (_id(done) or 0):
                return None
            text = str(message.get("text", message.get("caption", "")))
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            buttons = tuple((b["text"], b.get("callback_data", "")) for row in rows for b in row)
            if (found := REFERENCE.search(text)) is not None:
                self.reference = found[0]
                return Screen(message["message_id"], "end", buttons, text)
            if buttons:
                question = next((name for name, words in QUESTIONS.items() if words in text), "")
                return Screen(message["message_id"], question, buttons, text)
        return None

    def _messages(self) -> Iterator[dict[str, Any]]:
        for message in self._sandbox.world.messages[self.id].values():
            if message["from"]["is_bot"]:
                yield message

    def _act(self, screen: Screen) -> None:
        plan = self.plan
        match screen.question:
            case "":
                self._say("/initiatief")
            case "idea":
                self._say(plan.idea)
            case "first_step":
                self._say(plan.first_step)
            case "what":
                self._say(plan.what or "")
            case "helpers":
                self._press(screen, self._next_tick(screen))
            case "alike_choice":
                self._press(screen, screen.data("mine"))
            case "asks":
                self._press(screen, screen.data(Wish.PLACE if plan.what else Wish.NOTHING))
            case "route":
                self._press(screen, screen.buttons[0][1])
            case "review":
                self._press(screen, screen.data("confirm"))
            case "theme":
                _, data = screen.buttons[plan.theme]
                self.theme = data.rsplit(":", 1)[-1]
                self._press(screen, data)
            case "district":
                data = dict(screen.buttons).get(plan.home or "", "") or screen.data("skip")
                self.district = data.rsplit(":", 1)[-1] if plan.home else None
                self._press(screen, data)
            case "end":
                pass
            case other:
                raise AssertionError(f"a question a resident doesn't know: {other}")

    def _next_tick(self, screen: Screen) -> str:
        """The first box that isn't as they want it; when all are, the button that says so."""
        for label, data in screen.buttons:
            option = data.rsplit(":", 1)[-1].removeprefix(Choices.UNTICK)
            if label[0] in "☑⬜" and (label[0] == "☑") != (option in self.plan.helpers):
                return data
        return screen.data("done")

    def _say(self, text: str) -> None:
        self.deeds += 1
        self._sandbox.client.send_text(self.id, text)

    def _press(self, screen: Screen, data: str) -> None:
        self.deeds += 1
        self._sandbox.client.press(self.id, screen.message_id, data)


def _moved(screen: Screen, done: Screen | None) -> bool:
    """Whether there is something new to react to: another question, or other ticks."""
    if done is None:
        return True
    return (screen.question, screen.buttons) != (done.question, done.buttons)


def _id(screen: Screen | None) -> int | None:
    return screen.message_id if screen else None
