"""Replaying a conversation: what is asked, kept, dropped, and what a conversation may not do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from flows import features
from flows.context import Context
from flows.talk.answers import AnswerType, Skippable, Text
from flows.talk.ask import Ask, Asking, Looking, MisuseError
from flows.talk.choices import OneOf
from flows.talk.replay import Broken, Conversation, Finished, Outcome, Run, conversation, replay
from flows.talk.review import Review

SECRET = "Dorpsstraat 12 rood"


def talk(run: Run) -> Conversation:
    """A conversation that isn't registered."""
    return Conversation(name="test.talk", run=run)


def kept(**answers: Any) -> dict[str, dict[str, Any]]:
    """A journal of answers without dependencies."""
    return {name: {"value": value} for name, value in answers.items()}


def asking(outcome: Outcome) -> Asking:
    assert isinstance(outcome, Asking), outcome
    return outcome


def answer(journal: dict[str, dict[str, Any]], outcome: Outcome, value: Any) -> None:
    """Keep an answer as the channel does."""
    assert isinstance(outcome, Asking | Looking), outcome
    journal[outcome.name] = {"value": value} | ({"after": outcome.after} if outcome.after else {})


async def lookup(context: Context) -> list[str]:
    raise AssertionError("a replay never looks anything up")


@talk
async def street(ask: Ask) -> tuple[str, str, str]:
    """Three questions; the number depends on the street."""
    street = await ask("street", Text())
    number = await ask("number", Text(min_length=1), after=("street",))
    why = await ask("why", Text())
    await ask.review()
    return street, number, why


def test_asks_the_first_question_without_an_answer() -> None:
    assert asking(replay(street, {})).name == "street"
    assert asking(replay(street, kept(street="Kerkpad"))).name == "number"


def test_finishes_with_the_command() -> None:
    journal: dict[str, dict[str, Any]] = {}
    for value in ("Kerkpad", "12", "Omdat", "confirm"):
        answer(journal, replay(street, journal), value)

    assert replay(street, journal) == Finished(command=("Kerkpad", "12", "Omdat"))


def test_replaying_changes_nothing() -> None:
    journal = kept(street="Kerkpad", why="Omdat")
    before = {name: dict(entry) for name, entry in journal.items()}

    first, second = replay(street, journal), replay(street, journal)

    assert journal == before
    assert (asking(first).name, asking(first).asked[0].value) == (asking(second).name, "Kerkpad")


def test_an_answer_falls_with_the_answer_it_depends_on() -> None:
    journal: dict[str, dict[str, Any]] = {}
    for value in ("Kerkpad", "12"):
        answer(journal, replay(street, journal), value)
    assert asking(replay(street, journal)).name == "why"

    journal["street"] = {"value": "Dorpsplein"}

    assert asking(replay(street, journal)).name == "number"
    journal["street"] = {"value": "Kerkpad"}
    assert asking(replay(street, journal)).name == "why", "the answer counts again with the old street"


def test_after_names_only_what_was_asked_before() -> None:
    async def run(ask: Ask) -> None:
        await ask("number", Text(), after=("street",))

    outcome = replay(talk(run), {})

    assert isinstance(outcome, Broken)
    assert "after ['street']: not asked before" in outcome.error


# Deploying changed code


def test_a_new_question_is_simply_asked() -> None:
    async def run(ask: Ask) -> None:
        await ask("street", Text())
        await ask("colour", Text())
        await ask("why", Text())

    assert asking(replay(talk(run), kept(street="Kerkpad", why="Omdat"))).name == "colour"


def test_a_removed_question_and_unknown_names_are_ignored() -> None:
    async def run(ask: Ask) -> str:
        return await ask("why", Text())

    assert replay(talk(run), kept(street="Kerkpad", why="Omdat", nonsense={"a": 1})) == Finished(command="Omdat")


def test_the_order_changes_freely() -> None:
    async def run(ask: Ask) -> tuple[str, str]:
        why = await ask("why", Text())
        return why, await ask("street", Text())

    assert replay(talk(run), kept(street="Kerkpad", why="Omdat")) == Finished(command=("Omdat", "Kerkpad"))


def test_an_answer_of_a_branch_not_taken_stays_aside() -> None:
    async def run(ask: Ask) -> tuple[str, str | None]:
        needs = await ask("needs", OneOf({"nothing": "Niets", "something": "Iets"}))
        return needs, await ask("what", Text()) if needs == "something" else None

    journal = kept(needs="something", what="Een plek")
    assert replay(talk(run), journal) == Finished(command=("something", "Een plek"))

    journal["needs"] = {"value": "nothing"}
    assert replay(talk(run), journal) == Finished(command=("nothing", None))
    journal["needs"] = {"value": "something"}
    assert replay(talk(run), journal) == Finished(command=("something", "Een plek"))


def test_a_value_that_no_longer_fits_is_asked_again_with_why() -> None:
    async def run(ask: Ask) -> str:
        return await ask("why", Text(max_length=4))

    outcome = asking(replay(talk(run), kept(why="Omdat het moet")))

    assert outcome.unfit is not None
    assert outcome.unfit.key == "talk.unfit_long"


@pytest.mark.parametrize("value", [None, 5, True, ["a"], {"a": 1}, "zz"])
def test_any_kept_value_is_either_loaded_or_asked_again(value: Any) -> None:
    async def run(ask: Ask) -> str:
        return await ask("one", OneOf({"a": "A"}))

    assert isinstance(replay(talk(run), kept(one=value)), Asking)


# Looking up


@talk
async def with_lookups(ask: Ask) -> str:
    street = await ask("street", Text())
    found = await ask.once("found", lookup, after=("street",))
    home = await ask.once("home", lookup)
    why = await ask("why", Text())
    return f"{street} {found} {home} {why}"


def test_what_is_to_be_looked_up_is_returned_not_done() -> None:
    outcome = replay(with_lookups, kept(street="Kerkpad"))

    assert isinstance(outcome, Looking)
    assert (outcome.name, outcome.lookup) == ("found", lookup)


def test_a_lookup_counts_once_and_again_only_when_what_it_depends_on_changes() -> None:
    journal = kept(street="Kerkpad")
    answer(journal, replay(with_lookups, journal), ["A"])
    answer(journal, replay(with_lookups, journal), None)
    assert asking(replay(with_lookups, journal)).name == "why", "also when it found nothing"

    journal["street"] = {"value": "Dorpsplein"}

    again = replay(with_lookups, journal)
    assert isinstance(again, Looking)
    assert again.name == "found"
    answer(journal, again, ["B"])
    assert asking(replay(with_lookups, journal)).name == "why", "home didn't depend on it"


# Back, change, review


def test_back_goes_to_what_was_asked_last_in_this_run_past_lookups() -> None:
    journal = kept(why="Omdat", street="Kerkpad")
    answer(journal, replay(with_lookups, journal), [])
    answer(journal, replay(with_lookups, journal), None)
    del journal["why"]

    outcome = asking(replay(with_lookups, journal))

    assert [asked.name for asked in outcome.asked] == ["street"]


def test_the_last_asked_is_not_the_last_in_the_journal() -> None:
    journal: dict[str, dict[str, Any]] = {}
    for value in ("Kerkpad", "12", "Omdat"):
        answer(journal, replay(street, journal), value)
    journal["street"] = journal.pop("street")  # changed later: now the newest

    outcome = asking(replay(street, journal))

    assert outcome.name == "review"
    assert outcome.asked[-1].name == "why"


def test_changing_keeps_the_old_answer_until_the_new_one_is_there() -> None:
    journal: dict[str, dict[str, Any]] = {}
    for value in ("Kerkpad", "12", "Omdat"):
        answer(journal, replay(street, journal), value)

    outcome = asking(replay(street, journal, changing="why"))

    assert (outcome.name, outcome.old, journal["why"]["value"]) == ("why", "Omdat", "Omdat")
    answer(journal, outcome, "Daarom")
    summary = asking(replay(street, journal)).answer
    assert isinstance(summary, Review)
    assert [value for _, _, value in summary.shown] == ["Kerkpad", "12", "Daarom"]


def test_an_old_answer_that_no_longer_fits_is_not_shown() -> None:
    async def run(ask: Ask) -> str:
        return await ask("one", OneOf({"a": "A"}))

    outcome = asking(replay(talk(run), kept(one="gone"), changing="one"))

    assert outcome.old is None


@pytest.mark.parametrize("changed", ["street", "number", "why"])
def test_any_change_takes_the_confirmation_back(changed: str) -> None:
    journal: dict[str, dict[str, Any]] = {}
    for value in ("Kerkpad", "12", "Omdat", "confirm"):
        answer(journal, replay(street, journal), value)
    assert isinstance(replay(street, journal), Finished)

    journal[changed] = {**journal[changed], "value": "anders"}

    assert isinstance(replay(street, journal), Asking)


def test_a_question_that_came_after_the_confirmation_takes_it_back() -> None:
    async def run(ask: Ask) -> None:
        await ask("street", Text())
        await ask("colour", Skippable(Text()))
        await ask.review()

    async def before(ask: Ask) -> None:
        await ask("street", Text())
        await ask.review()

    journal = kept(street="Kerkpad")
    answer(journal, replay(talk(before), journal), "confirm")
    assert isinstance(replay(talk(before), journal), Finished)

    journal["colour"] = {"value": None}

    assert asking(replay(talk(run), journal)).name == "review"


def test_the_review_shows_what_is_to_be_shown() -> None:
    async def run(ask: Ask) -> None:
        await ask("street", Text())
        await ask("hidden", Text(), shown=False)
        await ask.review()

    outcome = asking(replay(talk(run), kept(street="Kerkpad", hidden="niet")))

    assert isinstance(outcome.answer, Review)
    assert [name for name, _, _ in outcome.answer.shown] == ["street"]


# What is proposed


@talk
async def proposing(ask: Ask) -> tuple[str, str | None]:
    street = await ask("street", Text())
    home = await ask.once("home", lookup)
    district = await ask("district", Skippable(Text(max_length=10)), default=home, after=("street",))
    await ask.review()
    return street, district


def test_a_proposed_answer_is_not_asked_but_shown_and_changeable() -> None:
    journal = kept(street="Kerkpad", home="Waterrand")

    outcome = asking(replay(proposing, journal))

    assert isinstance(outcome.answer, Review)
    assert [(name, value) for name, _, value in outcome.answer.shown] == [
        ("street", "Kerkpad"),
        ("district", "Waterrand"),
    ]
    assert [asked.name for asked in outcome.asked if asked.by_default] == ["district"]
    changed = asking(replay(proposing, journal, changing="district"))
    assert (changed.name, changed.old) == ("district", "Waterrand")
    answer(journal, changed, None)
    answer(journal, replay(proposing, journal), "confirm")
    assert replay(proposing, journal) == Finished(command=("Kerkpad", None))


def test_without_a_proposal_it_is_asked() -> None:
    assert asking(replay(proposing, kept(street="Kerkpad", home=None))).name == "district"


def test_a_proposal_that_changed_takes_the_confirmation_back() -> None:
    journal = kept(street="Kerkpad", home="Waterrand")
    answer(journal, replay(proposing, journal), "confirm")
    assert replay(proposing, journal) == Finished(command=("Kerkpad", "Waterrand"))

    journal["home"] = {"value": "Lindenrijk"}

    assert asking(replay(proposing, journal)).name == "review"


def test_a_proposal_that_does_not_fit_is_asked() -> None:
    outcome = asking(replay(proposing, kept(street="Kerkpad", home="Stationskwartier")))

    assert outcome.name == "district"


# What it was started with


def test_given_values_are_there() -> None:
    async def run(ask: Ask) -> int:
        assert ask.has("question")
        assert not ask.has("other")
        return ask.given("question", int)

    assert replay(talk(run), kept(question=5)) == Finished(command=5)


@pytest.mark.parametrize("journal", [{}, kept(question="5")])
def test_a_given_value_that_is_missing_is_named(journal: dict[str, Any]) -> None:
    async def run(ask: Ask) -> int:
        return ask.given("question", int)

    outcome = replay(talk(run), journal)

    assert isinstance(outcome, Broken)
    assert "started without 'question' (int)" in outcome.error


# Repeats


def test_a_repeat_has_a_number() -> None:
    async def run(ask: Ask) -> list[str]:
        return [await ask("photo", Text()), await ask("photo[2]", Text())]

    assert asking(replay(talk(run), kept(photo="aa"))).name == "photo[2]"


async def twice(ask: Ask) -> None:
    await ask("photo", Text())
    await ask("photo", Text())


async def twice_looked_up(ask: Ask) -> None:
    await ask("photo", Text())
    await ask.once("photo", lookup)


async def two_reviews(ask: Ask) -> None:
    await ask("photo", Text())
    await ask.review()
    await ask.review()


@pytest.mark.parametrize(("run", "name"), [(twice, "photo"), (twice_looked_up, "photo"), (two_reviews, "review")])
def test_a_name_is_asked_once(run: Run, name: str) -> None:
    journal = kept(photo="aa")
    outcome = replay(talk(run), journal)
    if isinstance(outcome, Asking):
        answer(journal, outcome, "confirm")
        outcome = replay(talk(run), journal)

    assert isinstance(outcome, Broken)
    assert f"{name!r} is asked twice in one run; repeats are called {name}[2]" in outcome.error


# What a conversation may not do


async def bare_except(ask: Ask) -> str:
    try:
        return await ask("street", Text())
    except:  # noqa: E722
        return "unknown"


async def bare_except_and_on(ask: Ask) -> str:
    street = None
    with suppress(BaseException):
        street = await ask("street", Text())
    return await ask("why", Text()) + str(street)


async def bare_except_and_crash(ask: Ask) -> str:
    street: Any = None
    with suppress(BaseException):
        street = await ask("street", Text())
    return str(street.upper())


async def finally_that_returns(ask: Ask) -> str:
    try:
        return await ask("street", Text())
    finally:
        return "unknown"  # noqa: B012, SIM107


async def finally_that_asks(ask: Ask) -> None:
    try:
        await ask("street", Text())
    finally:
        await ask("why", Text())


async def a_lookup_swallowed(ask: Ask) -> None:
    with suppress(BaseException):
        await ask.once("found", lookup)


async def a_review_swallowed(ask: Ask) -> None:
    with suppress(BaseException):
        await ask.review()


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (bare_except, "street"),
        (bare_except_and_on, "street"),
        (bare_except_and_crash, "street"),
        (finally_that_returns, "street"),
        (finally_that_asks, "street"),
        (a_lookup_swallowed, "found"),
        (a_review_swallowed, "review"),
    ],
)
def test_swallowing_a_question_is_found_out(run: Run, name: str) -> None:
    outcome = replay(talk(run), {})

    assert isinstance(outcome, Broken)
    assert f"swallowed the suspension at {name!r} (a bare except" in outcome.error


def test_except_exception_does_no_harm() -> None:
    async def run(ask: Ask) -> str:
        try:
            return await ask("street", Text())
        except Exception:
            return "unknown"

    assert asking(replay(talk(run), {})).name == "street"


@asynccontextmanager
async def somewhere() -> AsyncIterator[None]:
    await asyncio.sleep(0)
    yield


async def gathers(ask: Ask) -> None:
    await asyncio.gather(ask("street", Text()), ask("why", Text()))


async def sleeps(ask: Ask) -> None:
    await asyncio.sleep(0)
    await ask("street", Text())


async def enters(ask: Ask) -> None:
    async with somewhere():
        await ask("street", Text())


async def sleeps_and_holds_on(ask: Ask) -> None:
    with suppress(BaseException):
        await asyncio.sleep(0)
    await asyncio.sleep(0)


async def sleeps_and_asks(ask: Ask) -> None:
    try:
        await asyncio.sleep(0)
    finally:
        await ask("street", Text())


async def sleeps_and_crashes(ask: Ask) -> None:
    try:
        await asyncio.sleep(0)
    finally:
        raise ValueError(SECRET)


@pytest.mark.parametrize("run", [gathers, sleeps, enters, sleeps_and_holds_on, sleeps_and_asks, sleeps_and_crashes])
async def test_waiting_for_anything_but_an_answer_is_found_out(run: Run) -> None:
    outcome = replay(talk(run), {})

    assert isinstance(outcome, Broken)
    assert "awaits something that isn't ask" in outcome.error
    assert SECRET not in outcome.error
    await asyncio.sleep(0)  # what gather began ends here


class Careless(AnswerType[str]):
    """Its load raises something else than Unfit."""

    accept = Text().accept

    def load(self, value: Any) -> str:
        raise KeyError(value)

    def show(self, value: Any, question: str, around: object) -> str:
        return str(value)


async def crashes(ask: Ask) -> None:
    street = await ask("street", Text())
    raise ValueError(f"no such street: {street}")


async def crashes_within(ask: Ask) -> None:
    def parse(text: str) -> int:
        return int(text)

    parse(await ask("street", Text()))


async def loads_carelessly(ask: Ask) -> None:
    await ask("street", Careless())


async def ends_early(ask: Ask) -> None:
    def values() -> Iterable[str]:
        raise StopIteration(SECRET)

    await ask("street", Text())
    values()


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (crashes, "ValueError at crashes:"),
        (crashes_within, "ValueError at parse:"),
        (loads_carelessly, "KeyError at load:"),
        (ends_early, "RuntimeError at "),
    ],
)
def test_a_bug_is_told_without_what_was_answered(run: Run, said: str) -> None:
    outcome = replay(talk(run), kept(street=SECRET))

    assert isinstance(outcome, Broken)
    assert outcome.error.startswith(f"test.talk: {said}")
    assert not any(word in outcome.error for word in SECRET.split())


def test_a_conversation_is_written_as_async_def() -> None:
    def run(ask: Ask) -> None:
        return None

    with pytest.raises(MisuseError, match="must be written as `async def`"):
        conversation("test.plain")(run)  # type: ignore[arg-type]


def test_a_name_is_registered_once() -> None:
    async def run(ask: Ask) -> None:
        return None

    features.load()

    with pytest.raises(MisuseError, match=r"'question.ask' is registered twice"):
        conversation("question.ask")(run)
