"""People's own words: what is collected, how much, what the conversation gets of it, and how they see it so far."""

from __future__ import annotations

from typing import Any

import pytest

from flows.talk import incoming
from flows.talk.answers import Accepted, Given, Refused
from flows.talk.own_words import MAX_LENGTH, MAX_PIECES, OwnWords, Words, piece_of
from locales.catalogue import plain
from tests.flows.talk.accepting import UNUSABLE, accept, drafted, kept, labels, pressed, refused, shown
from tests.flows.talk.play import around

ASK = "question.ask.words"
PHOTO, VOICE, PLACE = UNUSABLE["photo"], UNUSABLE["voice"], UNUSABLE["location"]


async def collected(*what: Given | str, offered: bool = False) -> Any:
    """All of it, and that it is all."""
    draft: Any = None
    for one in what:
        draft = await drafted(OwnWords(offered=offered), one, draft=draft)
    return await kept(OwnWords(offered=offered), pressed("done"), draft=draft)


@pytest.mark.parametrize(
    ("what", "pieces", "words", "read"),
    [
        ([" Waarom? "], [{"text": "Waarom?"}], [Words(text="Waarom?")], "Waarom?"),
        (
            [PHOTO],
            [{"text": "kijk", "photo": "photo-1"}],
            [Words(text="kijk", photo="photo-1")],
            "📷 foto kijk",
        ),
        ([VOICE], [{"text": "", "voice": "voice-1"}], [Words(voice="voice-1")], "🎤 spraakbericht"),
        (
            [PLACE],
            [{"latitude": 52.78, "longitude": 5.42}],
            [Words(latitude=52.78, longitude=5.42)],
            "📍 plek op de kaart",
        ),
        (
            ["Hallo", "De lamp is stuk.", PHOTO, "Die daar.", "Dank!"],
            [
                {"text": "Hallo"},
                {"text": "De lamp is stuk."},
                {"text": "kijk", "photo": "photo-1"},
                {"text": "Die daar."},
                {"text": "Dank!"},
            ],
            [
                Words(text="Hallo\nDe lamp is stuk."),
                Words(text="kijk", photo="photo-1"),
                Words(text="Die daar.\nDank!"),
            ],
            "Hallo\nDe lamp is stuk.\n📷 foto kijk\nDie daar.\nDank!",
        ),
    ],
    ids=["text", "photo", "voice", "place", "several"],
)
async def test_is_kept_piece_by_piece_and_texts_that_follow_each_other_are_one(
    what: list[Given | str], pieces: Any, words: list[Words], read: str
) -> None:
    value = await collected(*what)

    assert value == pieces
    assert OwnWords().load(value) == tuple(words)
    assert shown(OwnWords(), value) == read


async def test_nothing_is_done_before_something_came() -> None:
    assert labels(OwnWords()) == []
    assert await refused(OwnWords(), pressed("done")) == "talk.refused.own_words"
    assert await drafted(OwnWords(), "Ga door") == [{"text": "Ga door"}]


@pytest.mark.parametrize(("offered", "label"), [(False, "✅ Ga door"), (True, "✅ Ja, vraag het")])
async def test_the_button_may_be_typed(offered: bool, label: str) -> None:
    answer, draft = OwnWords(offered=offered), [{"text": "De lamp is stuk."}]

    assert labels(answer, draft=draft) == ([label] if offered else [label, "🗑 Begin opnieuw"])
    assert await kept(answer, label.split(" ", 1)[1].lower(), draft=draft) == draft


@pytest.mark.parametrize("how", [pressed("anew"), "begin opnieuw"])
async def test_what_was_collected_can_be_thrown_away_on_purpose(how: Given | str) -> None:
    draft = [{"text": "De lamp is stuk."}]

    assert await drafted(OwnWords(), how, draft=draft) == []
    added = await drafted(OwnWords(), "Begin", draft=draft)
    assert added == [*draft, {"text": "Begin"}], "only the whole button throws anything away"
    assert await drafted(OwnWords(), "begin opnieuw") == [{"text": "begin opnieuw"}]


async def test_yes_takes_the_offer_and_what_only_begins_like_it_is_added() -> None:
    draft = [{"text": "De lamp is stuk."}]

    assert await kept(OwnWords(offered=True), "Ja!", draft=draft) == draft
    added = await drafted(OwnWords(offered=True), "Ja, en de bank ook", draft=draft)
    assert added == [*draft, {"text": "Ja, en de bank ook"}]


async def test_what_came_so_far_is_shown_and_no_markup_in_it_counts() -> None:
    draft = [{"text": "<b>De lamp</b>"}, {"text": "& de bank", "photo": "photo-1"}]

    for answer in (OwnWords(), OwnWords(offered=True)):
        assert answer.text(ASK, around(), None) is None
        text = answer.text(ASK, around(), draft)
        assert text is not None
        assert "&lt;b&gt;De lamp&lt;/b&gt;" in text
        assert "<b>De lamp</b>\n📷 foto & de bank" in plain(text)


async def test_all_text_together_has_a_limit() -> None:
    draft = [{"text": "a" * (MAX_LENGTH - 5)}, {"latitude": 52.78, "longitude": 5.42}]

    assert len(await drafted(OwnWords(), "b" * 5, draft=draft)) == 3
    taken = await accept(OwnWords(), incoming.Photo(photo="photo-1", caption="b" * 6), draft=draft)
    assert taken == Refused(key="talk.refused.long", values={"length": MAX_LENGTH + 1, "maximum": MAX_LENGTH})
    assert await kept(OwnWords(), pressed("done"), draft=draft) == draft, "what was there before is still fine"


async def test_so_has_the_number_of_messages_and_it_says_what_to_do() -> None:
    draft = [{"latitude": 52.78, "longitude": 5.42}] * (MAX_PIECES - 1)

    full = await drafted(OwnWords(), PHOTO, draft=draft)

    assert await refused(OwnWords(), PLACE, draft=full) == "talk.refused.many"
    assert isinstance(await accept(OwnWords(), pressed("done"), draft=full), Accepted)


@pytest.mark.parametrize("content", [incoming.Unsupported(), incoming.Edited(message_id=1, text="anders")])
def test_what_cannot_be_kept_is_refused(content: incoming.Content) -> None:
    assert piece_of(content) == Refused(key="talk.refused.own_words")
