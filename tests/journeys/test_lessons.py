"""What was learned: told, cleaned, shown, withdrawn, and read by other municipalities."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from flows.initiatives.lessons import file as lesson_file
from flows.initiatives.lessons import learning
from flows.initiatives.verbs import FinishInitiative
from storage.columns import now
from storage.initiatives import Initiative, InitiativeEvent
from storage.lessons import Lesson, LessonFeed
from storage.participation import Participant
from storage.timers import Timer, TimerKind
from tests.journeys.phone import Phone
from tests.journeys.running_initiative import begun, does, helps, opens_board
from tests.journeys.town import Town


async def test_a_lesson_says_nothing_about_anybody_and_is_seen_before_it_is_shared(town: Town) -> None:
    jan, omar = await town.worker("Jan", "buitenruimte"), await town.coordinator("Omar")
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one = await begun(town, fatima, "Bloemen van Fatima")
    await helps(town, kees, one.id or 0)
    await does(town, fatima, FinishInitiative(initiative_id=one.id or 0))

    await fatima.sees("Wil je drie korte vragen beantwoorden?")
    await fatima.presses("💡 Vertel wat je leerde")
    await fatima.sees("Wat werkte goed?")
    await fatima.says("Kees kende iedereen, en Jan van de gemeente belde snel terug")
    await fatima.presses("Sla over")
    await fatima.says("Bel mij: 06-12345678 of fatima@voorbeeld.nl, Bloemstraat 12, 8990 AB 12")
    card = await fatima.sees("💡 Bloemen van […] · Elzermeer")
    assert "[…] kende iedereen, en […] van de gemeente belde snel terug" in card["text"]
    assert "Wat werkte niet?" not in card["text"]
    assert "Bel mij: […] of […], […], […]" in card["text"]
    assert "Namen, nummers en adressen heb ik weggelaten" in (await fatima.sees("Zo lezen anderen je les."))["text"]
    await fatima.presses("✏️ Tip")
    await fatima.says("Begin met een kop thee")
    await fatima.sees("💡 Bloemen van […] · Elzermeer")
    await fatima.presses("💡 Ja, deel mijn les")
    await fatima.sees("💡 Dank je wel!")
    await jan.sees("Begin met een kop thee")

    lesson = await town.only(Lesson)
    said = json.dumps([lesson.subject, lesson.worked, lesson.did_not, lesson.tip])
    assert not any(word in said for word in ("Fatima", "Kees", "Jan", "0612", "voorbeeld", "8990"))
    assert all(timer.kind is not TimerKind.LESSON for timer in await town.rows(Timer))
    await opens_board(fatima, one)
    await fatima.presses("💡 Vertel wat je leerde")
    await fatima.toast("Er is al een les van dit initiatief.", alert=True)

    await kees.presses("📋 Alles over dit initiatief")
    assert "💡 Geleerd: Begin met een kop thee" in (await kees.sees("🌱 Bloemen van Fatima"))["text"]
    await kees.presses("💡 Wat is er geleerd?")
    assert kees.buttons(await kees.sees("💡 Bloemen van […] · Elzermeer")) == []

    await omar.says("/lessen")
    assert "Begin met een kop thee" in (await omar.sees("Les 1 van 1"))["text"]
    await omar.presses("🗑 Haal deze les weg")
    await omar.sees("✅ De les is weg.")
    await fatima.sees("Een coördinator heeft de les van “Bloemen van Fatima”")
    await kees.presses("💡 Wat is er geleerd?")
    await kees.toast("Er is nog geen les van dit initiatief.", alert=True)
    await kees.says("/lessen")
    await kees.sees("Er zijn nog geen lessen.")


async def test_who_says_nothing_is_reminded_once_and_who_would_rather_not_never(town: Town) -> None:
    fatima, kees = await town.resident("Fatima"), await town.resident("Kees")
    one, other = await begun(town, fatima), await begun(town, kees, "Een groen plein")
    await does(town, fatima, FinishInitiative(initiative_id=one.id or 0))
    await does(town, kees, FinishInitiative(initiative_id=other.id or 0))

    await kees.sees("Wil je drie korte vragen beantwoorden?")
    await kees.presses("Liever niet")
    await kees.sees("Ik vraag er niet meer naar.")
    await fatima.sees("Wil je drie korte vragen beantwoorden?")
    await town.passes(timedelta(days=4))
    await fatima.sees("Ik vraag het hierna niet meer.")
    await town.passes(timedelta(days=30))
    await fatima.sees_nothing_new()
    await kees.does_not_see("Wat heb je ervan geleerd?")

    await fatima.presses("💡 Vertel wat je leerde")
    for _ in range(3):
        await fatima.presses("Sla over")
    await fatima.sees("Ik vraag er niet meer naar.")
    await fatima.presses("💡 Vertel wat je leerde")
    await fatima.says("Fatima")
    await fatima.presses("Sla over")
    await fatima.presses("Sla over")
    await fatima.presses("💡 Ja, deel mijn les")
    await fatima.sees("Dan blijft er niets over.")
    assert await town.rows(Lesson) == []


async def tells_a_lesson(town: Town, fatima: Phone) -> Initiative:
    one = await begun(town, fatima)
    await does(town, fatima, FinishInitiative(initiative_id=one.id or 0))
    await fatima.presses("💡 Vertel wat je leerde")
    for said in ("Samen", "Te laat begonnen", "Begin in het voorjaar"):
        await fatima.says(said)
    await fatima.presses("💡 Ja, deel mijn les")
    await fatima.sees("💡 Dank je wel!")
    return one


async def test_after_the_months_we_promise_only_the_lesson_is_left(town: Town) -> None:
    await town.worker("Jan", "buitenruimte")
    fatima = await town.resident("Fatima")
    await tells_a_lesson(town, fatima)

    await town.passes(timedelta(days=360))
    assert await town.rows(Initiative) != []
    await town.passes(timedelta(days=10))

    for table in (Initiative, InitiativeEvent, Participant):
        assert await town.rows(table) == []
    lesson = await town.only(Lesson)
    assert (lesson.initiative_id, lesson.tip) == (None, "Begin in het voorjaar")
    await fatima.presses("💡 Vertel wat je leerde")
    await fatima.toast("Dit is er niet meer.", alert=True)


async def test_anybody_may_read_our_lessons(town: Town) -> None:
    fatima = await town.resident("Fatima")
    one = await tells_a_lesson(town, fatima)
    url = f"{town.app.url}/lessons.json"

    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            content, etag = await answer.read(), answer.headers["ETag"]
            assert (answer.status, answer.content_type) == (200, "application/json")
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "max-age" in answer.headers["Cache-Control"]
        async with session.get(url, headers={"If-None-Match": etag}) as again:
            assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", etag)
        file = lesson_file.parse(content, town.app.house.around("nl", one.created_at).today)
        assert file.schema_ == f"{town.app.url}/lessons.schema.json"
        async with session.get(file.schema_) as schema:
            assert (schema.status, schema.content_type) == (200, "application/schema+json")
            assert json.loads(await schema.read()) == lesson_file.schema()

    (lesson,) = file.lessons
    assert file.municipality == "Elzermeer"
    assert (lesson.subject, lesson.theme, lesson.ending) == ("Bloemen op het plein", "Groen en water", "done")
    assert (lesson.worked, lesson.did_not, lesson.tip) == ("Samen", "Te laat begonnen", "Begin in het voorjaar")


class Waterveen:
    """Another municipality's page with lessons."""

    def __init__(self) -> None:
        self.tips = ["Vraag de school", "Plant in maart"]
        self.status = 200
        self.asked: list[str | None] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.headers.get("If-None-Match"))
        etag = f'"{len(self.tips)}"'
        if self.status != 200:
            return web.Response(status=self.status)
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        known = {"subject": "Geveltuinen", "ending": "done", "language": "nl", "learned_on": "2026-02-01"}
        lessons = [{"uid": f"waterveen-{number}", "tip": tip, **known} for number, tip in enumerate(self.tips)]
        whole = {"format": "stuur-lessons", "version": 1, "municipality": "Waterveen", "lessons": lessons}
        return web.json_response(whole, headers={"ETag": etag})


@pytest.fixture
async def waterveen() -> AsyncIterator[Waterveen]:
    there = Waterveen()
    application = web.Application()
    application.router.add_get("/lessons.json", there.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.url = f"http://127.0.0.1:{runner.addresses[0][1]}/lessons.json"
    yield there
    await runner.cleanup()


async def test_lessons_from_elsewhere_are_read_every_day(town: Town, waterveen: Waterveen) -> None:
    async def tips() -> set[str]:
        return {one.tip for one in await town.rows(Lesson) if one.withdrawn_at is None}

    async with town.app.database.transaction() as session:
        file = lesson_file.LessonsFile(format="stuur-lessons", version=1, municipality="Waterveen", lessons=())
        await learning.subscribe(session, waterveen.url, file, None, now())

    await town.passes(timedelta(days=1))
    await town.app.feeds.tick()
    assert await tips() == {"Vraag de school", "Plant in maart"}

    waterveen.tips = ["Vraag de school"]
    await town.app.feeds.tick()
    assert len(waterveen.asked) == 1, "not before the next day"
    await town.passes(timedelta(days=1))
    await town.app.feeds.tick()
    assert await tips() == {"Vraag de school"}
    await town.passes(timedelta(days=1))
    await town.app.feeds.tick()
    assert waterveen.asked == [None, '"2"', '"1"']
    assert (await town.only(LessonFeed)).error is None
