"""`stuur lessons`: from one municipality to another, by file and by feed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from aiohttp import web
from sqlmodel import select

from storage.database import Database
from storage.lessons import Ending, Lesson, LessonFeed
from storage.migrate import migrate
from tests.process.running import Ended, command

GIVEN: dict[str, Any] = {
    "format": "stuur-lessons",
    "version": 1,
    "municipality": "Waterveen",
    "lessons": [
        {
            "uid": "waterveen-1",
            "subject": "Geveltuinen",
            "ending": "done",
            "tip": "Vraag de school",
            "language": "nl",
            "learned_on": "2026-02-01",
        }
    ],
}


async def rows(settings: dict[str, str], table: type[Any]) -> list[Any]:
    database = Database(settings["database"])
    try:
        async with database.transaction() as session:
            return list((await session.exec(select(table))).all())
    finally:
        await database.close()


async def run(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Each in a folder of its own: what it says is kept there."""
    return await command(Path(mkdtemp(dir=folder)), *arguments, **settings)


def assert_says(ended: Ended, *words: str) -> None:
    """One line that says what to do, and exit code 2."""
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended
    assert [word for word in words if word not in ended.err] == []


@pytest.fixture
async def feed() -> AsyncIterator[str]:
    """The pages of another municipality; gives their address."""

    async def lessons(request: web.Request) -> web.Response:
        return web.json_response(GIVEN)

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPFound("/lessons.json")

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b" " * 65536)
        except ConnectionError:
            return answer

    application = web.Application()
    application.router.add_get("/lessons.json", lessons)
    application.router.add_get("/moved.json", moved)
    application.router.add_get("/endless.json", endless)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_from_one_municipality_to_another_in_a_file(settings: dict[str, str], tmp_path: Path) -> None:
    database = Database(settings["database"])
    await migrate(database)
    async with database.transaction() as session:
        session.add(
            Lesson(
                municipality="Elzermeer",
                subject="Bollen",
                ending=Ending.DONE,
                worked="Samen",
                did_not="",
                tip="Begin klein",
                learned_on=date(2026, 2, 1),
            )
        )
    await database.close()
    elsewhere = settings | {"database": f"sqlite+aiosqlite:///{tmp_path / 'elders.db'}"}

    on_screen = await run(tmp_path, "lessons", "export", **settings, public_url="https://elzermeer.example")
    assert (on_screen.code, on_screen.err) == (0, "")
    given = json.loads(on_screen.out)
    assert given["$schema"] == "https://elzermeer.example/lessons.schema.json"
    assert [one["tip"] for one in given["lessons"]] == ["Begin klein"]

    file = tmp_path / "lessen.json"
    exported = await run(tmp_path, "lessons", "export", str(file), **settings)
    assert (exported.code, exported.out) == (0, f"1 lesson in {file}.\n")

    taken = await run(tmp_path, "lessons", "import", str(file), **elsewhere)
    assert (taken.code, taken.err, taken.out) == (0, "", "Elzermeer: 1 new.\n")
    (lesson,) = await rows(elsewhere, Lesson)
    assert (lesson.municipality, lesson.tip, lesson.source) == ("Elzermeer", "Begin klein", "file:Elzermeer")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["lessen.json", "no such file"]),
        ("{", ["lessen.json", "isn't JSON", "stuur lessons export"]),
        ("{}", ["stuur-lessons"]),
        (
            json.dumps(GIVEN | {"lessons": [*GIVEN["lessons"], {"uid": "waterveen-2"}]}),
            ["lessen.json", "lessons[1]", "lessons.schema.json"],
        ),
    ],
)
async def test_of_a_file_that_is_wrong_nothing_is_kept(
    settings: dict[str, str], tmp_path: Path, content: str | None, words: list[str]
) -> None:
    file = tmp_path / "lessen.json"
    if content is not None:
        file.write_text(content, "utf-8")

    ended = await run(tmp_path, "lessons", "import", str(file), **settings)

    assert_says(ended, *words)
    assert await rows(settings, Lesson) == []


async def test_a_feed_is_read_at_once_shown_and_left(settings: dict[str, str], tmp_path: Path, feed: str) -> None:
    url = f"{feed}/lessons.json"
    subscribed = await run(tmp_path, "lessons", "subscribe", url, **settings)
    assert (subscribed.code, subscribed.err, subscribed.out) == (0, "", "Waterveen: 1 new.\n")
    (lesson,) = await rows(settings, Lesson)
    assert (lesson.municipality, lesson.tip, lesson.source) == ("Waterveen", "Vraag de school", url)

    shown = await run(tmp_path, "lessons", "feeds", **settings)
    assert (shown.code, shown.out) == (0, f"{url}: in order\n")
    assert_says(await run(tmp_path, "lessons", "subscribe", url, **settings), url, "already")
    left = await run(tmp_path, "lessons", "unsubscribe", url, **settings)
    assert (left.code, left.out) == (0, f"{url} isn't read any more; 1 lesson withdrawn.\n")
    assert await rows(settings, LessonFeed) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing.json", ["answered 404"]),
        ("/moved.json", ["has moved to /lessons.json"]),
        ("/endless.json", ["is larger than"]),
    ],
)
async def test_a_feed_that_can_not_be_read_is_not_subscribed_to(
    settings: dict[str, str], tmp_path: Path, feed: str, path: str, words: list[str]
) -> None:
    ended = await run(tmp_path, "lessons", "subscribe", f"{feed}{path}", **settings)

    assert_says(ended, f"{feed}{path}", *words)


@pytest.mark.parametrize("url", ["elzermeer", "ftp://waterveen.example/lessons.json", "https:///lessons.json"])
async def test_what_is_no_address_is_said_to_be_none(settings: dict[str, str], tmp_path: Path, url: str) -> None:
    assert_says(await run(tmp_path, "lessons", "subscribe", url, **settings), url, "https://example.org")
