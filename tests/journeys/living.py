"""Living with an initiative for months: what day it is, what its timeline says, and what anybody can look up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time
from html import unescape
from typing import Any

import aiohttp

from flows.timers import run_due
from storage.columns import now
from storage.initiatives import InitiativeEvent
from storage.outbox import OutboxKind, OutboxMessage, Priority
from tests.journeys.phone import Message, Phone
from tests.journeys.town import Town


def today(town: Town) -> date:
    """The day it is in the municipality."""
    return now().astimezone(town.app.house.municipality.zone).date()


async def it_is(town: Town, day: date) -> None:
    """It is eleven in the morning of that day: what is due is done, and has arrived."""
    house = town.app.house
    await run_due(town.app.database, house, datetime.combine(day, time(11), house.municipality.zone))
    town.app.sender.wake()
    await town.quiet()


async def timeline(town: Town) -> list[str]:
    """What happened, in order; a move says where to."""
    events = await town.rows(InitiativeEvent)
    return [str(one.details["to"] if one.kind == "status" else one.kind) for one in events]


async def page(town: Town, path: str) -> str:
    """What a public page says to who reads it, in one line."""
    async with aiohttp.ClientSession() as session, session.get(f"{town.app.url}{path}") as answer:
        assert answer.status == 200, (path, answer.status)
        shown = re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]+>", " ", await answer.text(), flags=re.DOTALL)
    return " ".join(unescape(shown).split())


async def picture(town: Town, path: str) -> int:
    """The status with which a public picture is answered."""
    async with aiohttp.ClientSession() as session, session.get(f"{town.app.url}{path}") as answer:
        return answer.status


async def lessons(town: Town) -> list[dict[str, Any]]:
    """What other municipalities can read of ours."""
    async with aiohttp.ClientSession() as session, session.get(f"{town.app.url}/lessons.json") as answer:
        found: list[dict[str, Any]] = (await answer.json())["lessons"]
    return found


async def tells(phone: Phone, idea: str, theme: str, *asks: str) -> None:
    """Begin, with neighbours, up to the advice; `asks`: what is pressed or said about what they need."""
    await phone.says("/initiatief")
    await phone.says(idea)
    await phone.presses("Buren")
    await phone.presses("Klaar")
    await phone.presses(theme)
    await phone.presses(asks[0])
    for words in asks[1:]:
        await phone.says(words)


async def finds(phone: Phone, title: str) -> Message:
    """Look what goes on in Molenwijk, and open it."""
    await phone.says("/initiatieven")
    await phone.presses("🏠 Molenwijk (1)")
    await phone.sees(f"🌱 {title}")
    await phone.presses("Alles over dit initiatief")
    return await phone.sees(f"🌱 {title} · I-")


async def opens(phone: Phone, title: str) -> Message:
    """Open all about one's own, by /mijn."""
    await phone.says("/mijn")
    await phone.presses(title)
    return await phone.sees(f"🌱 {title} · I-")


async def presses_below_more(phone: Phone, label: str, board: Message) -> None:
    """Press what is on a board, or behind its last button."""
    if not any(label in one for one in phone.buttons(board)):
        await phone.presses("➕ Meer…", on=board)
    await phone.presses(label)


async def told_twice(town: Town) -> list[str]:
    """What somebody was told more than once without having asked."""
    told = Counter(
        (one.person_id, one.payload["text"])
        for one in await town.rows(OutboxMessage)
        if (one.kind, one.priority) == (OutboxKind.SEND, Priority.NOTICE) and one.payload.get("text")
    )
    return [text for (_, text), times in told.items() if times > 1]
