"""Conversations read as scripts: what the bot says, what is answered, what comes of it.

The scripts stand beside this file in `scripts/`. After a text has changed on purpose, write them anew with
`python -m tests.flows.talk.test_transcripts` and read what changed in the diff.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path

import pytest

from flows import features
from flows.talk import incoming
from flows.talk.replay import Conversation, find
from tests.flows.talk.play import BACK, play, press
from tests.flows.talk.scripted import ADVISED, ADVISED_MONEY, ALIKE, NOT_UNDERSTOOD, TIPS

SCRIPTS = Path(__file__).with_name("scripts")


def _find(name: str) -> Conversation:
    features.load()
    talk = find(name)
    assert talk is not None
    return talk


async def start() -> str:
    """Somebody starts an initiative: too short at first, back once, a tick taken off, name and district changed."""
    return await play(
        _find("initiative.start"),
        "Tuintje",
        "Ik wil met de buren een geveltuin maken.",
        press("neighbours"),
        press("friends"),
        press("-friends"),
        press("done"),
        "8992",
        press("groen"),
        press("place"),
        BACK,
        press("nothing"),
        "ja",
        "De buren vragen",
        press("change:title"),
        "Groene gevels",
        press("change:district"),
        "Molenwijk",
        press("confirm"),
        looked_up={"home": None, "alike": [], "advised": ADVISED, "learned": []},
    )


async def start_at_home() -> str:
    """Somebody whose district is known asks for money, looks at the other routes, and takes one."""
    return await play(
        _find("initiative.start"),
        "We willen een bankje voor de buurt timmeren.",
        press("alone"),
        press("done"),
        press("samen"),
        press("mine"),
        press("money"),
        "150 euro voor hout en verf",
        press("others"),
        press("right_to_challenge"),
        "Een tekening maken",
        press("confirm"),
        looked_up={"home": "WK999904", "alike": ALIKE, "advised": ADVISED_MONEY, "learned": TIPS},
    )


async def ask() -> str:
    """Somebody wrote out of the blue, adds to it, accepts the offer, and changes the words and the district."""
    return await play(
        _find("question.ask"),
        "Hij is verlopen.",
        incoming.Photo(photo="photo-1", caption="kijk maar"),
        "ja",
        press("loket"),
        press("change:words"),
        incoming.Voice(voice="voice-1"),
        press("done"),
        press("change:district"),
        press("skip"),
        BACK,
        press("loket"),
        press("change:district"),
        "linden",
        "ja",
        given={"offered": True},
        drafts={"words": [{"text": "Hoe vraag ik een pas aan?"}]},
        looked_up={"home": "WK999904", "guess": NOT_UNDERSTOOD, "place": None, "articles": [], "shown": []},
    )


async def ask_in_pieces() -> str:
    """Somebody asks in three messages, after a sticker, goes back once and starts again."""
    return await play(
        _find("question.ask"),
        incoming.Unsupported(),
        "The lamp is broken.",
        "It is the one on the corner.",
        incoming.Location(latitude=52.78, longitude=5.42),
        press("done"),
        BACK,
        "start again",
        "The lamp on the corner is broken.",
        "go on",
        "street",
        "it isn't",
        "yes",
        looked_up={"home": None, "guess": NOT_UNDERSTOOD, "place": None, "articles": [], "shown": []},
        language="en",
    )


async def ask_clearly() -> str:
    """What it is about and where is clear from the words; the theme is changed all the same."""
    return await play(
        _find("question.ask"),
        "Wanneer wordt de glasbak in de Vogelbuurt geleegd?",
        press("done"),
        press("change:theme"),
        press("veilig"),
        press("confirm"),
        looked_up={
            "home": "WK999904",
            "guess": {"theme": "afval", "likely": []},
            "place": "WK999903",
            "articles": [],
            "shown": [],
        },
    )


async def ask_unclearly() -> str:
    """It may be about two things, and is about another."""
    return await play(
        _find("question.ask"),
        "Er zit een nest in de boom bij mij",
        press("done"),
        press("!other"),
        press("samen"),
        press("confirm"),
        looked_up={
            "home": "WK999904",
            "guess": {"theme": None, "likely": ["groen", "veilig"]},
            "place": None,
            "articles": [],
            "shown": [],
        },
    )


async def ask_elsewhere() -> str:
    """Out of the blue: something that another authority does, asked all the same."""
    return await play(
        _find("question.ask"),
        press("done"),
        press("skip"),
        press("confirm"),
        given={"offered": True},
        drafts={"words": [{"text": "Hoe vraag ik huurtoeslag aan?"}]},
        looked_up={"home": "WK999904", "guess": NOT_UNDERSTOOD, "place": None, "articles": [], "shown": []},
    )


async def ask_in_danger() -> str:
    """The number comes before anything else."""
    return await play(_find("question.ask"), "Help, het huis hiernaast staat in brand", language="en")


async def ask_more() -> str:
    """What they write belongs to a question they asked before."""
    return await play(
        _find("question.ask"),
        "Met foto",
        press("q5"),
        given={"offered": True, "mine": [{"id": 5, "reference": "V-2026-0005", "asked": "Wanneer komt de bus?"}]},
        drafts={"words": [{"text": "Hij komt maar niet."}]},
    )


async def compose() -> str:
    """A coordinator writes to one district, with a photo."""
    return await play(
        _find("broadcast.compose"),
        "Zaterdag ruimen we samen het park op.",
        incoming.Photo(photo="photo-1"),
        press("district"),
        press("WK999904"),
        press("confirm"),
        looked_up={"count": 12},
    )


async def welcome() -> str:
    """A newcomer sends a sticker, a place elsewhere, and their own place."""
    return await play(
        _find("welcome"),
        incoming.Unsupported(),
        incoming.Location(latitude=51.0, longitude=5.0),
        incoming.Location(latitude=52.78, longitude=5.42),
    )


async def welcome_in_english() -> str:
    """A newcomer would rather not say where they live."""
    return await play(_find("welcome"), "somewhere", "I'd rather not say", language="en")


ASKED = (ask, ask_in_pieces, ask_clearly, ask_unclearly, ask_elsewhere, ask_in_danger, ask_more)
PLAYED = {one.__name__: one for one in (start, start_at_home, *ASKED, compose, welcome, welcome_in_english)}


@pytest.mark.parametrize("name", PLAYED)
async def test_plays_as_the_script_says(name: str) -> None:
    assert (await PLAYED[name]()).splitlines() == (SCRIPTS / f"{name}.txt").read_text("utf-8").splitlines()


def test_every_script_is_played() -> None:
    assert {file.stem for file in SCRIPTS.iterdir()} == set(PLAYED)


def _write(name: str, script: Coroutine[object, object, str]) -> None:
    (SCRIPTS / f"{name}.txt").write_text(asyncio.run(script), "utf-8")


if __name__ == "__main__":
    for each, run in PLAYED.items():
        _write(each, run())
