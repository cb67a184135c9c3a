"""What looks personal in a message: taken out before it is kept, said at once, and kept only when chosen."""

from __future__ import annotations

from typing import Any

import pytest

from flows.questions.asking.answers import QuestionWords
from flows.talk import incoming
from flows.talk.answers import Given
from flows.talk.own_words import MAX_PIECES, OwnWords
from locales.catalogue import plain
from tests.flows.talk.accepting import drafted, kept, labels, pressed, refused
from tests.flows.talk.play import around

ASK = "question.ask.words"
CALL, MARKED = "Bel me op 06 12345678.", "Bel me op [telefoonnummer weggehaald]."
TAKEN_OUT = [{"text": MARKED, "removed": ["phone"]}]
WAITING = [{"text": MARKED, "removed": ["phone"], "again": True}]


def said(draft: Any, *, offered: bool = False, language: str = "nl") -> str:
    """What the question says."""
    text = OwnWords(offered=offered).text(ASK, around(language), draft)
    assert text is not None
    return plain(text)


@pytest.mark.parametrize("offered", [False, True])
async def test_is_taken_out_and_said_at_once_with_the_safe_choice_first(offered: bool) -> None:
    draft = await drafted(OwnWords(offered=offered), CALL)

    assert draft == TAKEN_OUT
    assert "In je bericht zag ik een telefoonnummer." in said(draft, offered=offered)
    assert MARKED in said(draft, offered=offered)
    assert labels(OwnWords(offered=offered), draft=draft) == ["🧹 Ja, laat het weg", "Ik stuur het opnieuw"]
    assert labels(OwnWords(offered=offered), draft=draft, language="en") == [
        "🧹 Yes, leave it out",
        "I will send it again",
    ]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (
            incoming.Photo(photo="photo-1", caption=CALL),
            {"text": MARKED, "photo": "photo-1", "removed": ["phone"]},
        ),
        (
            incoming.Voice(voice="voice-1", caption="jan@example.nl"),
            {"text": "[e-mailadres weggehaald]", "voice": "voice-1", "removed": ["email"]},
        ),
        (
            "Bsn 111222333, rekening NL91 ABNA 0417 1643 00",
            {"text": "Bsn [nummer weggehaald], rekening [rekeningnummer weggehaald]", "removed": ["bsn", "iban"]},
        ),
    ],
)
async def test_also_below_a_photo_or_a_voice_message_and_several_at_once(content: Given | str, wanted: Any) -> None:
    assert await drafted(OwnWords(), content) == [wanted]


async def test_what_looks_like_a_bsn_is_never_said_to_be_one() -> None:
    text = said([{"text": "[nummer weggehaald]", "removed": ["bsn"]}])

    assert "een nummer dat op een BSN lijkt" in text
    assert "zoals een zaaknummer" in text
    assert "zaaknummer" not in said(TAKEN_OUT)
    assert "Stuur het dan niet." in said([{"text": "[nummer weggehaald]", "removed": ["bsn"], "again": True}])


@pytest.mark.parametrize("how", [pressed("remove"), "ja, laat het weg"])
@pytest.mark.parametrize("draft", [TAKEN_OUT, WAITING])
async def test_taking_it_out_leads_to_the_usual_question(how: Given | str, draft: Any) -> None:
    draft = await drafted(OwnWords(), how, draft=draft)

    assert draft == [{"text": MARKED}]
    assert labels(OwnWords(), draft=draft)[0] == "✅ Ga door"
    assert await kept(OwnWords(), pressed("done"), draft=draft) == [{"text": MARKED}]


@pytest.mark.parametrize("how", [pressed("leave"), "Ik stuur het opnieuw"])
async def test_leaving_it_in_asks_for_the_message_once_more_and_keeps_that_as_it_is(how: Given | str) -> None:
    draft = await drafted(OwnWords(), how, draft=TAKEN_OUT)

    assert draft == WAITING
    assert "Stuur dat bericht nog een keer." in said(draft)
    assert labels(OwnWords(), draft=draft) == ["🧹 Ja, laat het weg"]
    assert await drafted(OwnWords(), CALL, draft=draft) == [{"text": CALL}]


async def test_only_what_they_were_asked_about_is_kept() -> None:
    draft = await drafted(OwnWords(), f"{CALL} Of mail jan@example.nl.", draft=WAITING)

    assert draft == [{"text": f"{MARKED} Of mail [e-mailadres weggehaald].", "removed": ["phone", "email"]}]


async def test_messages_around_it_stay_and_each_comes_back_in_its_own_place() -> None:
    draft: Any = []
    for text in ("Hallo", CALL, "Of 010-1234567", "Dank"):
        draft = await drafted(OwnWords(), text, draft=draft)
    draft = await drafted(OwnWords(), pressed("leave"), draft=draft)
    for text in ("Of 010-1234567", "Nog iets", CALL):
        draft = await drafted(OwnWords(), text, draft=draft)

    assert [one["text"] for one in draft] == ["Hallo", CALL, "Of 010-1234567", "Dank", "Nog iets"]
    assert (
        OwnWords().load(await kept(OwnWords(), pressed("done"), draft=draft))[0].text.startswith("Hallo\nBel me op 06")
    )


async def test_going_on_without_choosing_keeps_it_out() -> None:
    assert await kept(OwnWords(), "Ga door", draft=TAKEN_OUT) == [{"text": MARKED}]
    assert await refused(OwnWords(offered=True), "nee", draft=TAKEN_OUT) == "talk.refused.choice"


async def test_a_full_draft_still_takes_the_message_that_comes_once_more() -> None:
    draft = [*WAITING, *[{"text": "Nog iets"}] * (MAX_PIECES - 1)]

    assert len(await drafted(OwnWords(), CALL, draft=draft)) == MAX_PIECES
    assert await refused(OwnWords(), "Nog meer", draft=draft) == "talk.refused.many"


async def test_an_emergency_is_said_above_it_and_the_choice_stays() -> None:
    answer = QuestionWords(mine=[{"id": 5, "reference": "V-2026-0005", "asked": "Waarom?"}])
    draft = await drafted(answer, f"Er is brand! {CALL}")

    text = plain(answer.text(ASK, around(), draft) or "")
    assert text.index("112") < text.index("In je bericht zag ik een telefoonnummer.")
    assert labels(answer, draft=draft) == ["🧹 Ja, laat het weg", "Ik stuur het opnieuw"]
    draft = await drafted(answer, pressed("remove"), draft=draft)
    assert draft == [{"text": f"Er is brand! {MARKED}"}]
    assert labels(answer, draft=draft)[:2] == ["✅ Oké, dat doe ik", "💬 Toch aan de gemeente vragen"]
    assert not any("V-2026-0005" in label for label in labels(answer, draft=draft))


MINE = "Hoort het bij een vraag die je al stelde? Tik op die vraag."


@pytest.mark.parametrize(
    ("words", "told"),
    [("Hoe maak ik bezwaar bij de Belastingdienst?", True), ("Er is brand!", False)],
)
async def test_what_a_button_with_ones_own_question_does_is_said(words: str, told: bool) -> None:
    answer = QuestionWords(mine=[{"id": 5, "reference": "V-2026-0005", "asked": "Waarom?"}])
    draft = await drafted(answer, words)

    assert (MINE in plain(answer.text(ASK, around(), draft) or "")) is told
    assert any("V-2026-0005" in label for label in labels(answer, draft=draft)) is told
