"""Watching what reaches whom: every word of a resident is known, and who may get it, from which act on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.sandbox.events import Subscription
from storage.initiatives import Initiative
from storage.steps import Step, StepStatus
from tests import needs
from tests.journeys.phone import Phone
from tests.journeys.town import Town

EVERYBODY = frozenset({"everybody"})
"""Also strangers, the pages and the log never: the log gets nobody's words."""
NOBODY: frozenset[str] = frozenset()

Table = Mapping[str, Mapping[str, Collection[str]]]
"""What was written: by act, to whom it may go from then on. Before the first act it may go to nobody."""

VIEWS = (
    *("i-open", "i-more", "i-less", "i-people", "i-partners", "i-steps", "i-agreements", "i-frame", "i-learned"),
    *("i-p-own", "i-decision", "i-rhythm", "i-route", "i-paper", "i-hearing", "i-mod-reports", "i-objection"),
)
"""Buttons that only show something of an initiative."""
SAYS = ("/initiatieven", "/lessen", "/mijn", "/werk", "/overzicht", "/start")
GLANCE = needs.size(1, len(VIEWS)), needs.size(1, len(SAYS))
"""How many of these a look takes in that isn't thorough."""


class Watch:
    """Looks after every act at all that was said since the one before, and at all public pages."""

    def __init__(
        self, town: Town, table: Table, pictures: Collection[str], seen: Subscription, logged: list[Any]
    ) -> None:
        self._town = town
        self._table = table
        self._seen = seen
        self._logged = logged
        self._acts: list[str] = []
        self._pictures = {town.sandbox.world.files.content(one): one for one in pictures}
        self.found: set[tuple[str, str]] = set()
        """What reached whom so far: a table that allows what never happens says nothing."""

    async def after(self, act: str) -> None:
        """It has happened: nothing reached anybody that the table doesn't let them have now."""
        self._acts.append(act)
        await self._town.quiet()
        names = {phone.id: phone.name for phone in self._town.phones}
        for event in self._events():
            self._check(_text_of(event), names[event["account_id"]], f"got {event['event']}")
        await self._check_pages()
        for line in self._logged:
            self._check(json.dumps(line, default=str, ensure_ascii=False), "the log", "has a line")
        self._logged.clear()

    async def looking(self, people: Iterable[Phone], *numbers: int, thoroughly: bool = False) -> None:
        """These people press the buttons that show something of these initiatives, theirs or not."""
        views, says = (len(VIEWS), len(SAYS)) if thoroughly else GLANCE
        for phone in people:
            for number in numbers:
                for view in VIEWS[:views]:
                    phone.presses_forged(phone.last, f"a:{view}:{number}")
            await self._town.quiet()
            for command in SAYS[:says]:
                await phone.says(command)
        await self.after("looking")

    def may(self, marker: str) -> Collection[str]:
        """Who may get it now."""
        turns = self._table[marker]
        now: Collection[str] = NOBODY
        for act in self._acts:
            now = turns.get(act, now)
        return now

    def still_in(self, phone: Phone) -> set[str]:
        """What is in somebody's chat as it is now; their own words are theirs."""
        messages = self._town.sandbox.world.messages[phone.id].values()
        texts = [_said(one) for one in messages if one["from"]["is_bot"]]
        return {marker for marker in self._table if any(marker.casefold() in text for text in texts)}

    def _events(self) -> Iterable[Any]:
        queue = self._seen._queue
        while not queue.empty():
            event = queue.get_nowait()
            if event is None or "account_id" not in event:
                continue
            if event["event"] == "toast" or event.get("message", {}).get("from", {}).get("is_bot"):
                yield event

    def _check(self, text: str, who: str, how: str) -> None:
        text = text.casefold()
        for marker in self._table:
            if marker.casefold() not in text:
                continue
            self.found.add((marker, who))
            allowed = self.may(marker)
            if who != "the log" and (allowed == EVERYBODY or who in allowed):
                continue
            last = self._acts[-1]
            pytest.fail(f"after {last!r} {who} {how} with {marker!r}, which may only reach {allowed}: {text}")

    async def _check_pages(self) -> None:
        base = self._town.app.url
        async with aiohttp.ClientSession() as session:
            addresses = ["/initiatieven", "/lessons.json", "/metrics", "/healthz"]
            pages = {one.id: f"/initiatieven/{one.reference}" for one in await self._town.rows(Initiative)}
            addresses += [*pages.values(), *(f"{page}/foto" for page in pages.values())]
            done = [one for one in await self._town.rows(Step) if one.status is StepStatus.DONE]
            addresses += [f"{pages[one.initiative_id]}/stappen/{one.id}/foto" for one in done]
            for address in addresses:
                async with session.get(f"{base}{address}") as response:
                    assert response.status in (200, 404, 410), (address, response.status)
                    body = await response.read()
                    is_picture = response.content_type.startswith("image/")
                found = self._pictures[body] if is_picture else body.decode()
                self._check(found, "everybody", f"finds {address}")


def _text_of(event: Mapping[str, Any]) -> str:
    return str(event["text"]) if event["event"] == "toast" else _said(event["message"])


def _said(message: Mapping[str, Any]) -> str:
    """All of it: text, buttons and what they carry, ids of pictures; the chat has the name of who reads it."""
    return json.dumps({key: value for key, value in message.items() if key != "chat"}, ensure_ascii=False).casefold()


@asynccontextmanager
async def watching(town: Town, table: Table, pictures: Collection[str]) -> AsyncIterator[Watch]:
    """Watch from now on. `pictures`: what in the table are ids of pictures, which pages show without their id."""
    with capture_logs() as logged, town.sandbox.subscribe() as seen:
        yield Watch(town, table, pictures, seen, logged)
        await town.check(logged)
