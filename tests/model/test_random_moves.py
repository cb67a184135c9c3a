"""A resident does whatever comes to mind: there is always a way on, nothing is lost, nothing happens twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.sandbox import Upload
from flows.talk.buttons import base36
from tests.bot.sandbox.pictures import png
from tests.model.house import RESIDENT, House, Kept
from tests.needs import size
from tests.process.calls import misfits
from tests.texts import texts

COMMANDS = [
    *("/start", "/initiatief", "/vraag", "/initiatieven", "/mijn", "/instellingen"),
    *("/privacy", "/help", "/annuleer", "/werk", "/onzin"),
]
WORDS = (
    *("ja", "Nee", "Molenwijk", "8990 AB", "1234 AA", "groen", "klaar", "Buren", "12", "stop", "sla over", "verstuur"),
    *("Samen bloemen planten op het plein", "Wanneer wordt het afval gehaald?", "x" * 3000, "<b>&lt;", "👋🏽"),
)
CONFIRMING = ("ja", "verstuur")
"""Typed at the summary they are as good as its button."""
PHOTO = Upload(png(40, 30), "foto.png", "image/png")
VOICE = Upload(b"OggS" + bytes(60), "stem.ogg", "audio/ogg")
PLACES = ((52.72, 5.35), (52.37, 4.9), (0.0, 0.0))
FORGED = ("c:zzzzzz:idea:x", "c:1:review:confirm", "t:1:0000000000000000", "m:overzicht", "a:q-claim:1", "weg", "c:::")

ASKS_FOR_WORDS = tuple(
    texts().text(key, language, length=3000, maximum=2000)[-20:]
    for key in ("talk.refused.long", "talk.refused.short", "talk.refused.own_words", "common.edited")
    for language in texts().languages
)
"""Ends of messages after which one only has to write."""

numbers = st.integers(0, 10_000)
Move = Callable[[], None]


class RandomMoves(RuleBasedStateMachine):
    """Moves are made on the chat as it is; after each one everything comes to rest and is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House()
        self.client = self.house.sandbox.client
        self.deeds = 0
        self.made = 0
        self.confirmations = 0
        self.buttons: list[tuple[int, str]] = []
        """Every button that ever was on the screen."""

    def teardown(self) -> None:
        self.house.close()

    @initialize()
    def begin(self) -> None:
        self.say("/start")
        self.look(self.house.rest())

    # What they do

    @rule(text=st.sampled_from(WORDS))
    def type_words(self, text: str) -> None:
        self.type(text)

    @rule(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
    def type_anything(self, text: str) -> None:
        if text.strip():
            self.type(text)

    @rule(command=st.sampled_from(COMMANDS))
    def give_a_command(self, command: str) -> None:
        self.say(command)
        self.look(self.house.rest())

    @rule(number=numbers)
    def go_on(self, number: int) -> None:
        """Press something that is on the screen now; oftener than the rest, or no story ever ends."""
        self.press_one_of(self.buttons_now(), number)

    @rule(number=numbers)
    def go_on_further(self, number: int) -> None:
        self.press_one_of(self.buttons_now(), number)
        self.type(WORDS[number % len(WORDS)])

    @rule(number=numbers)
    def press_something_old(self, number: int) -> None:
        self.press_one_of(self.buttons, number)

    @rule(number=numbers, data=st.sampled_from(FORGED))
    def press_something_forged(self, number: int, data: str) -> None:
        shown = [message["message_id"] for message in self.house.messages() if message["from"]["is_bot"]]
        if shown:
            self.press(shown[number % len(shown)], data)
            self.look(self.house.rest())

    @rule(kind=st.sampled_from(["photo", "voice", "location", "sticker", "contact"]), number=numbers)
    def send_something(self, kind: str, number: int) -> None:
        self.deeds += 1
        match kind:
            case "photo":
                self.client.send_file(RESIDENT, "photo", PHOTO, caption=WORDS[number % 12])
            case "voice":
                self.client.send_file(RESIDENT, "voice", VOICE)
            case "location":
                self.client.send_location(RESIDENT, *PLACES[number % len(PLACES)])
            case "sticker":
                self.client.send_sticker(RESIDENT, "👍")
            case _:
                self.client.send_contact(RESIDENT, {})
        self.look(self.house.rest())

    @rule(number=numbers)
    def reply_to_a_message(self, number: int) -> None:
        messages = self.house.messages()
        if messages:
            self.deeds += 1
            chosen = messages[number % len(messages)]["message_id"]
            self.client.send_text(RESIDENT, "Hier nog iets.", reply_to_message_id=chosen)
            self.look(self.house.rest())

    @rule(number=numbers)
    def edit_a_message(self, number: int) -> None:
        mine = [one for one in self.house.messages() if not one["from"]["is_bot"] and "text" in one]
        if mine:
            self.deeds += 1
            self.client.edit(RESIDENT, mine[number % len(mine)]["message_id"], "Toch anders.")
            self.look(self.house.rest())

    @rule()
    def block_and_return(self) -> None:
        self.deeds += 2
        self.client.block(RESIDENT, True)
        self.house.rest()
        self.client.block(RESIDENT, False)
        self.look(self.house.rest())

    @rule(number=numbers)
    def tap_twice(self, number: int) -> None:
        """Both taps are on their way before the first is seen."""
        buttons = self.buttons_now()
        if buttons:
            before, pressed = self.house.rest(), buttons[number % len(buttons)]
            self.press(*pressed)
            self.press(*pressed)
            self.look(self.house.rest(), confirmed=is_confirmation(before, pressed[1]))

    @rule(number=numbers, later=st.booleans())
    def come_twice(self, number: int, later: bool) -> None:
        """Telegram brings the update a second time."""
        self.house.sandbox.faults.duplicate(later=later)
        self.press_one_of(self.buttons_now(), number)
        self.house.sandbox.faults.clear()

    @rule(number=numbers, text=st.sampled_from(WORDS))
    def do_several_things_at_once(self, number: int, text: str) -> None:
        before = self.house.rest()
        self.say(text)
        self.say(COMMANDS[number % len(COMMANDS)])
        buttons = self.buttons_now()
        pressed = buttons[number % len(buttons)] if buttons else None
        if pressed is not None:
            self.press(*pressed)
        self.say("En dan nog dit.")
        confirmed = is_confirmation(before, pressed[1]) if pressed else 0
        self.look(self.house.rest(), at_most=max(confirmed, may_confirm(before, text)))

    @rule(number=numbers, has_come=st.booleans())
    def restart(self, number: int, has_come: bool) -> None:
        """The house is closed for a moment, with something on its way."""
        before, buttons = self.house.rest(), self.buttons_now()
        confirmed = 0
        if has_come and buttons:
            pressed = buttons[number % len(buttons)]
            self.press(*pressed)
            confirmed = is_confirmation(before, pressed[1])
        self.house.restart()
        self.look(self.house.rest(), confirmed=confirmed)

    # How

    def say(self, text: str) -> None:
        self.deeds += 1
        self.client.send_text(RESIDENT, text)

    def press(self, message_id: int, data: str) -> None:
        self.deeds += 1
        self.client.press(RESIDENT, message_id, data)

    def type(self, text: str) -> None:
        before = self.house.rest()
        self.say(text)
        self.look(self.house.rest(), at_most=may_confirm(before, text))

    def press_one_of(self, buttons: list[tuple[int, str]], number: int) -> None:
        if buttons:
            before, pressed = self.house.rest(), buttons[number % len(buttons)]
            self.press(*pressed)
            self.look(self.house.rest(), confirmed=is_confirmation(before, pressed[1]))

    def buttons_now(self) -> list[tuple[int, str]]:
        """On the last message that has any."""
        for message in reversed(self.house.messages()):
            if found := buttons_of(message):
                return found
        return []

    # What must hold

    def look(self, kept: Kept, *, confirmed: int = 0, at_most: int | None = None) -> None:
        """`confirmed`: how many initiatives or questions there must be more than before (or `at_most`)."""
        if at_most is None:
            assert kept.made == self.made + confirmed
        else:
            assert self.made <= kept.made <= self.made + at_most
        self.made = kept.made
        assert (kept.seen, kept.failed) == (self.deeds, 0)
        assert kept.lost_messages == []
        assert misfits(self.house.sandbox) == []
        assert len(kept.active) <= 1
        self.remember_buttons()
        self.see_a_way_on(kept)

    def remember_buttons(self) -> None:
        for message in self.house.messages():
            for button in buttons_of(message):
                assert len(button[1].encode()) <= 64
                if button not in self.buttons:
                    self.buttons.append(button)

    def see_a_way_on(self, kept: Kept) -> None:
        """A conversation has its question on the screen; without one there is a button or a command to tap."""
        mine = [message for message in self.house.messages() if message["from"]["is_bot"]]
        if kept.active:
            start = f"c:{base36(kept.active[0].id or 0)}:"
            token = f"t:{base36(kept.active[0].id or 0)}:"
            assert any(data.startswith((start, token)) for message in mine for _, data in buttons_of(message))
        else:
            text = str(mine[-1].get("text", mine[-1].get("caption", "")))
            assert buttons_of(mine[-1]) or "/" in text or text.endswith(ASKS_FOR_WORDS), text


def buttons_of(message: dict[str, Any]) -> list[tuple[int, str]]:
    """The buttons under a message that can be pressed, and what they carry."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(message["message_id"], one["callback_data"]) for row in rows for one in row if "callback_data" in one]


def is_confirmation(before: Kept, data: str) -> int:
    """1 when this press makes an initiative or a question of what is on the screen, else 0."""
    its_button = f"c:{base36(before.at_review or 0)}:review:confirm"
    return int(makes_something(before) and data.startswith(its_button))


def may_confirm(before: Kept, text: str) -> int:
    """The same for words; at most, for they may be meant for what is on the screen by then."""
    return int(makes_something(before) and text.casefold() in CONFIRMING)


def makes_something(before: Kept) -> bool:
    """Whether who confirms now has made an initiative or a question."""
    names = {one.id: one.name for one in before.active}
    return before.at_review is not None and names.get(before.at_review) in ("initiative.start", "question.ask")


def test_whatever_a_resident_does_there_is_a_way_on() -> None:
    run_state_machine_as_test(
        RandomMoves,
        settings=settings(
            max_examples=int(os.environ.get("STUUR_TEST_EXAMPLES", size(2, 10))),
            derandomize="STUUR_TEST_EXAMPLES" not in os.environ,  # the gate walks the same ways every time
            stateful_step_count=size(12, 30),
            deadline=None,
            database=None,
            # Without shrinking: every try starts a house, and the moves that led to a failure are printed anyway.
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
