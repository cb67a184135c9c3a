"""Every button, pressed by everybody, also by whom it was never shown to and with what it never carried."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from zlib import crc32

import pytest

from flows import features
from flows.commands import Done
from flows.context import House
from flows.doors import ACTIONS
from flows.municipality import Municipality
from flows.questions import verbs
from flows.questions.groups.acting import ON_CARDS
from flows.talk.incoming import Group
from flows.verbs import QuestionCommand
from locales.catalogue import Catalogue
from storage.database import Database
from tests import needs
from tests.flows.pressing.people import BLOCKED, GROUP, NEVER_OPENED, SECRET, STATES, Who
from tests.flows.pressing.pressing import Effect, pressing
from tests.flows.pressing.who_may import BUTTONS, EVERYBODY, SAYS_IT_IN_THE_NOTE, SHOWS_TO_OTHERS

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ON_ONE_ENGINE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""The commands behind the buttons are tried on both, in test_permissions.py."""
PARTS = ("q-", "i-", "")
"""What the names begin with; the last is for all others."""
FORGED = ("9" * 9, "", "x.-x", "9" * 40, "-1", "0", "1; DROP", "٣", "1-999999999", "999999999-1", "🙂" * 8)
LEADS_THERE = ("3-1", "3-2")
"""The initiative of who leads another one, and something of the first."""
MESSAGES = {"cards", "outbox"}

TEXT = "Wij kijken ernaar"
LEADS_TO: dict[str, Callable[[int, int], QuestionCommand]] = {
    "answer": lambda number, _: verbs.AnswerQuestion(question_id=number, text=TEXT),
    "ask_back": lambda number, _: verbs.AskBack(question_id=number, text=TEXT),
    "assign": lambda number, other: verbs.AssignQuestion(question_id=number, person_id=other),
    "close": lambda number, _: verbs.CloseQuestion(question_id=number, reason=TEXT),
    "colleague": lambda number, _: verbs.AskColleague(question_id=number, person_id=Who.ELSEWHERE, text=TEXT),
    "merge": lambda number, _: verbs.MergeQuestion(question_id=number, into_id=1 if number == 2 else 2),
    "new_date": lambda number, _: verbs.GiveNewDate(question_id=number, until=date(2026, 3, 25), reason=TEXT),
    "return": lambda number, _: verbs.ReturnQuestion(question_id=number, reason=TEXT),
    "snooze": lambda number, _: verbs.SnoozeQuestion(question_id=number, until=date(2026, 3, 4)),
    "split": lambda number, _: verbs.SplitQuestion(question_id=number, text=TEXT, theme="groen"),
    "theme": lambda number, _: verbs.SetTheme(question_id=number, theme="afval"),
    "transfer": lambda number, _: verbs.TransferQuestion(question_id=number, team="toezicht", reason=TEXT),
}
"""What the talk of a button ends in, with answers that fit; the second number is that of a colleague."""


@pytest.fixture(scope="module")
def house() -> House:
    return House(municipality=Municipality.load(None), catalogue=Catalogue.load(), bot_username="bot", mails=True)


def named(part: str) -> list[str]:
    """The buttons of a part; in short every other one."""
    of_part = (name for name in BUTTONS if next(one for one in PARTS if name.startswith(one)) == part)
    return sorted(of_part)[:: needs.size(2, 1)]


def pressers(name: str) -> list[Who]:
    """Everybody; in short one who may and one who may not, who is another for each button."""
    may = BUTTONS[name].may
    return needs.size(sorted({min(may), one_of(EVERYBODY - may, name)}), sorted(EVERYBODY))


def one_of(people: frozenset[Who], name: str) -> Who:
    """Always the same for the same button."""
    return sorted(people or EVERYBODY)[crc32(name.encode()) % len(people or EVERYBODY)]


def carried(name: str, who: Who) -> tuple[str, ...]:
    """What somebody presses it with: who may with all there is to press, others with one or two of those, in turn."""
    button = BUTTONS[name]
    return button.arguments if who in button.may else button.arguments[who % len(button.arguments) :: 4]


def wrong(name: str, effect: Effect) -> Iterator[str]:
    """What should not have come of it."""
    may = BUTTONS[name].may
    if effect.is_silent:
        yield "nothing is said"
    if effect.who not in may:
        if not effect.is_refused:
            yield f"got somewhere: {effect.rows}"
        if SECRET in effect.said:
            yield f"reads {effect.said}"
    elif "audit" not in effect.rows and name not in SHOWS_TO_OTHERS and effect.of_others:
        yield f"without a command others notice it: {effect.of_others}"
    if may >= EVERYBODY and effect.who is Who.STRANGER and SECRET in effect.said:
        yield f"it is not public: {effect.said}"


def test_every_button_has_a_row() -> None:
    assert BUTTONS.keys() == ACTIONS.keys()


@ON_ONE_ENGINE
@pytest.mark.parametrize("part", PARTS)
async def test_only_who_may_gets_anywhere_with_a_button(database: Database, house: House, part: str) -> None:
    found: list[str] = []
    async with pressing(database, house, NOW) as town:
        for name in named(part):
            for who in pressers(name):
                got = name in SAYS_IT_IN_THE_NOTE or who not in BUTTONS[name].may
                for argument in carried(name, who):
                    effect = await town.presses(who, name, argument)
                    found += [f"{name}:{argument} by {who.name}: {what}" for what in wrong(name, effect)]
                    got = got or bool(effect.rows)
                    if needs.size(got, False):
                        break
                if not got:
                    found.append(f"{name} by {who.name} gets nowhere")
    assert not found, "\n".join(found)


@ON_ONE_ENGINE
async def test_what_is_forged_in_a_button_gets_nowhere(database: Database, house: House) -> None:
    found: list[str] = []
    async with pressing(database, house, NOW) as town:
        for name, button in BUTTONS.items():
            for who, arguments in ((min(button.may), FORGED), (one_of(EVERYBODY, name), FORGED[:2])):
                for argument in () if button.is_bare else needs.size(arguments[:1], arguments):
                    effect = await town.presses(who, name, argument)
                    if effect.is_silent or effect.rows.keys() - MESSAGES or effect.of_others:
                        found.append(f"{name}:{argument} by {who.name}: {effect.toast} {effect.rows}")
            for argument in LEADS_THERE if "-" in button.arguments[0] else ():
                effect = await town.presses(Who.LEADS_ANOTHER, name, argument)
                if SECRET in effect.said or effect.of_others:
                    found.append(f"{name}:{argument} reaches into another's: {effect.toast} {effect.rows}")
    assert not found, "\n".join(found)


@ON_ONE_ENGINE
async def test_in_a_group_only_cards_have_buttons_and_only_who_may_gets_anywhere(
    database: Database, house: House
) -> None:
    found: list[str] = []
    group = Group(chat_id=GROUP)
    async with pressing(database, house, NOW) as town:
        for name, button in BUTTONS.items():
            argument = button.arguments[0]
            if not name.startswith(ON_CARDS):
                effect = await town.presses(min(button.may), name, argument, group)
                if not effect.is_refused:
                    found.append(f"{name} in a group: {effect.rows}")
                continue
            for who in pressers(name):
                effect = await town.presses(who, name, argument, group)
                found += [f"{name} by {who.name}: {what}" for what in wrong(name, effect)]
            for sender in (NEVER_OPENED, BLOCKED):
                effect = await town.presses(Who.STRANGER, name, argument, group, sender=sender)
                if not effect.is_refused:
                    found.append(f"{name} by who can't be written to: {effect.rows}")
    assert not found, "\n".join(found)


@ON_ONE_ENGINE
async def test_what_a_button_begins_can_be_done(database: Database, house: House) -> None:
    """A button under an old message begins no talk that can only end in a refusal: that is said at once."""
    begun, refused = set[str](), list[str]()
    async with pressing(database, house, NOW) as town:
        for word, command in LEADS_TO.items():
            for number, status in enumerate(STATES, 1):
                for who, other in ((Who.ASSIGNEE, Who.COLLEAGUE), (Who.COLLEAGUE, Who.ASSIGNEE)):
                    if "conversations" not in (await town.presses(who, f"q-{word}", str(number))).rows:
                        continue
                    begun.add(word)
                    outcome = await town.carries(who, command(number, other))
                    if not isinstance(outcome, Done):
                        refused.append(f"{word}, {status}, {who.name}: {outcome}")
    assert not refused, "\n".join(refused)
    assert begun == LEADS_TO.keys()
