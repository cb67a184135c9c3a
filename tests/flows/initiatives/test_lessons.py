"""Lessons: finding those of others, and what goes between municipalities."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.commands import Done, carry
from flows.context import Context
from flows.errors import LessonsError
from flows.initiatives.lessons import file as lesson_file
from flows.initiatives.lessons import learning
from flows.initiatives.lessons.file import parse
from flows.initiatives.lessons.learning import TakenIn, document, take_in
from flows.initiatives.lessons.lessons import learned_before
from flows.initiatives.verbs import WithdrawLesson
from flows.opening import open_house
from storage.database import Database
from storage.initiatives import Route
from storage.lessons import Ending, Lesson
from storage.people import Person, Role, RoleGrant
from storage.timers import Timer
from tests.flows.talk.play import house

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = NOW.date()
FEED = "https://waterveen.example/lessons.json"


def lesson(uid: str, subject: str, **values: Any) -> Lesson:
    kept = {"municipality": "Elzermeer", "ending": Ending.DONE, "worked": "", "did_not": "", "tip": f"Tip {uid}"}
    return Lesson(uid=uid, subject=subject, learned_on=TODAY, **{**kept, **values})


def entry(uid: str = "waterveen-1", **values: Any) -> dict[str, Any]:
    return {
        "uid": uid,
        "subject": "Geveltuinen",
        "theme": "Groen en water",
        "route": "resident_initiative",
        "ending": "stopped",
        "worked": "Samen beginnen",
        "did_not": "",
        "tip": "Vraag de school",
        "language": "nl",
        "learned_on": "2026-02-01",
        **values,
    }


def content(*entries: dict[str, Any], **values: Any) -> bytes:
    whole = {"format": "stuur-lessons", "version": 1, "municipality": "Waterveen", "lessons": entries, **values}
    return json.dumps(whole).encode()


async def context(session: AsyncSession, *, coordinator: bool = False) -> Context:
    person = Person(telegram_id=100, first_name="Sanne")
    session.add(person)
    await session.flush()
    if coordinator:
        session.add(RoleGrant(person_id=person.id or 0, role=Role.COORDINATOR))
        await session.flush()
    return Context(house=house(), session=session, now=NOW, actor=person)


@pytest.fixture
async def opened(database: Database) -> Database:
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
    return database


# Finding


async def test_who_did_something_alike_is_found_first_and_at_most_three(opened: Database) -> None:
    async with opened.transaction() as session:
        session.add_all(
            [
                lesson("a", "Een pannakooi voor de jeugd", theme="jeugd"),
                lesson("b", "Bankjes in het park", theme="Groen en water", municipality="Waterveen", source=FEED),
                lesson("c", "Geveltuintjes in de straat", theme="groen"),
                lesson("d", "Een tuin bij de school", theme="samen"),
                lesson("e", "Een geveltuin die weg moest", theme="groen", withdrawn_at=NOW),
                lesson("f", "Bomen water geven", theme="groen"),
                lesson("g", "Bollen in de berm", theme="groen"),
            ]
        )
        await session.flush()

        found = await learned_before(
            await context(session), theme="groen", idea="Wij willen met de buren een geveltuin maken"
        )

    assert [tip["subject"] for tip in found[:2]] == ["Geveltuintjes in de straat", "Een tuin bij de school"]
    assert len(found) == 3
    assert found[0] == {"municipality": "Elzermeer", "subject": "Geveltuintjes in de straat", "tip": "Tip c"}


@pytest.mark.parametrize(
    ("theme", "idea", "subjects"),
    [
        ("groen", "Iets heel anders", ["Bankjes in het park"]),
        (None, "Meer banken op het plein", ["Bankjes in het park"]),
        (None, "Met de buren samen iets doen in de straat", []),
        ("jeugd", "Skaten", []),
    ],
)
async def test_the_theme_counts_by_its_name_elsewhere_and_small_words_do_not(
    opened: Database, theme: str | None, idea: str, subjects: list[str]
) -> None:
    async with opened.transaction() as session:
        found_elsewhere = {"theme": "groen EN water", "municipality": "Waterveen", "source": FEED}
        session.add(lesson("b", "Bankjes in het park", worked="Samen met de buren", **found_elsewhere))
        await session.flush()

        found = await learned_before(await context(session), theme=theme, idea=idea)

    assert [tip["subject"] for tip in found] == subjects


# Between municipalities


def test_the_published_schema_is_what_is_checked() -> None:
    published = resources.files("flows.initiatives.lessons").joinpath(lesson_file.SCHEMA).read_text("utf-8")

    assert json.loads(published) == lesson_file.schema(), "run: python -m scripts.lessons_schema"


async def test_what_is_given_is_what_is_taken_in(opened: Database) -> None:
    async with opened.transaction() as session:
        session.add_all(
            [
                lesson("eigen-les-1", "Geveltuinen", theme="groen", route=Route.RIGHT_TO_CHALLENGE, worked="Samen"),
                lesson("eigen-les-2", "Bankjes", withdrawn_at=NOW),
                lesson("van-elders-1", "Bomen", source=FEED),
            ]
        )
        await session.flush()
        given = await document(session, house().municipality, "https://elzermeer.example/lessons.schema.json")

    file = parse(json.dumps(given).encode(), TODAY)
    assert given["$schema"] == "https://elzermeer.example/lessons.schema.json"
    assert file.municipality == "Elzermeer"
    (only,) = file.lessons
    assert (only.uid, only.subject, only.theme) == ("eigen-les-1", "Geveltuinen", "Groen en water")
    assert (only.route, only.ending, only.worked, only.tip) == (
        Route.RIGHT_TO_CHALLENGE,
        Ending.DONE,
        "Samen",
        "Tip eigen-les-1",
    )
    assert (only.language, only.learned_on) == ("nl", TODAY)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"", "isn't JSON"),
        (b"{", "isn't JSON (line 1)"),
        (b"[" * 100_000, "isn't JSON"),
        (b"\xff\xfe", "isn't JSON"),
        (b"[]", "format"),
        (b'{"lessons": []}', "format"),
        (content(version=2), "version"),
        (content(municipality="\u200b"), "municipality: is empty"),
        (content(entry(uid="../../etc")), "lessons[0].uid"),
        (content(entry(), entry()), "two lessons with the uid waterveen-1"),
        (content(entry(), entry("waterveen-2", tip="x" * 1001)), "lessons[1].tip"),
        (content(entry(ending="rejected")), "lessons[0].ending"),
        (content(entry(learned_on="gisteren")), "lessons[0].learned_on"),
        (content(entry(learned_on="2030-01-01")), "lessons[0].learned_on is in the future"),
        (content(entry(worked="", tip=" \u202e ")), "lessons[0]: says nothing"),
        (content(*[entry(f"waterveen-{number}") for number in range(lesson_file.MOST + 1)]), "lessons: "),
        (b" " * (lesson_file.LARGEST + 1), "is larger than"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_a_line_with_its_place(bad: bytes, says: str) -> None:
    with pytest.raises(LessonsError) as raised:
        parse(bad, TODAY)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_what_comes_in_is_kept_changed_and_withdrawn_as_the_feed_says(opened: Database) -> None:
    async def take(*entries: dict[str, Any]) -> TakenIn:
        async with opened.transaction() as session:
            return await take_in(session, parse(content(*entries), TODAY), FEED, NOW, whole=True)

    async def kept() -> dict[str, Lesson]:
        async with opened.transaction() as session:
            return {one.uid: one for one in (await session.exec(select(Lesson))).all()}

    one, two = entry("waterveen-1"), entry("waterveen-2", tip="Bel Ali: 06-12345678\x00\u202e of ali@voorbeeld.nl")

    assert await take(one, two) == TakenIn(new=2)
    found = await kept()
    assert found["waterveen-2"].tip == "Bel Ali: […] of […]"
    assert (found["waterveen-1"].municipality, found["waterveen-1"].source) == ("Waterveen", FEED)
    assert found["waterveen-1"].learned_on == date(2026, 2, 1)

    assert await take(one, two) == TakenIn(same=2)
    assert await take({**one, "tip": "Vraag de kerk"}) == TakenIn(changed=1, withdrawn=1)
    found = await kept()
    assert (found["waterveen-1"].tip, found["waterveen-2"].withdrawn_at) == ("Vraag de kerk", NOW)

    async with opened.transaction() as session:
        number = found["waterveen-1"].id or 0
        outcome = await carry(await context(session, coordinator=True), WithdrawLesson(lesson_id=number))
        assert isinstance(outcome, Done)
    assert await take(one, two) == TakenIn(changed=2)
    found = await kept()
    assert found["waterveen-2"].withdrawn_at is None, "it is back in the feed"
    assert found["waterveen-1"].withdrawn_at == NOW, "a coordinator took it away"


async def test_nobody_else_can_change_or_withdraw_a_lesson(opened: Database) -> None:
    async with opened.transaction() as session:
        session.add_all([lesson("eigen-les-1", "Bollen"), lesson("waterveen-1", "Bomen", source=FEED)])

    async with opened.transaction() as session:
        file = parse(content(entry("eigen-les-1"), entry("waterveen-1")), TODAY)
        assert await take_in(session, file, "https://elders.example/", NOW, whole=True) == TakenIn(refused=2)

    async with opened.transaction() as session:
        subjects = {one.subject for one in (await session.exec(select(Lesson))).all() if one.withdrawn_at is None}
    assert subjects == {"Bollen", "Bomen"}


async def test_a_feed_is_subscribed_to_once_and_left_with_its_lessons(opened: Database) -> None:
    file = parse(content(entry()), TODAY)
    async with opened.transaction() as session:
        assert await learning.subscribe(session, FEED, file, '"1"', NOW) == TakenIn(new=1)
        with pytest.raises(LessonsError, match="already"):
            await learning.subscribe(session, FEED, file, '"1"', NOW)
        with pytest.raises(LessonsError, match="subscriptions: https://waterveen"):
            await learning.unsubscribe(session, "https://elders.example/", NOW)
        assert await learning.to_read(session) == []

        feed = (await learning.subscriptions(session))[0]
        clock = Context(house=house(), session=session, now=NOW, actor=None)
        assert await learning.ask_to_read(clock, feed.id or 0) == timedelta(days=1)
        (asked,) = await learning.to_read(session)
        assert (asked.url, asked.etag) == (FEED, '"1"')
        await learning.was_not_read(session, asked, "it answered 500", NOW)
        assert (feed.error, await learning.to_read(session)) == ("it answered 500", [])
        assert await learning.was_read(session, asked, None, None, NOW) == TakenIn()
        assert (feed.error, feed.etag) == (None, '"1"')

        assert await learning.unsubscribe(session, FEED, NOW) == 1
        assert await learning.ask_to_read(clock, feed.id or 0) is None
        assert "lesson_feeds" not in [one.kind for one in (await session.exec(select(Timer))).all()]
        assert (await session.exec(select(Lesson))).one().withdrawn_at == NOW
