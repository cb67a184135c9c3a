"""What comes in besides words and buttons: edits, stickers, kinds and fields that nobody knows."""

from typing import Any

import pytest

from storage.conversations import Conversation
from tests.journeys.asking import says_the_theme
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What is kept here is kept in the other stories too, on both engines; these are about words."""


async def test_an_edited_message_is_not_taken_and_says_so(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    idea = await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.edits(idea, "Een buurtmoestuin beginnen")
    await fatima.sees("Je hebt een bericht aangepast. Dat zie ik niet. Tik op Terug,")
    assert (await town.only(Conversation)).answers["idea"] == {"value": "Een buurttuin beginnen"}
    await fatima.presses("Buren")
    await fatima.presses("Klaar")
    await fatima.sees("In welke wijk gaat het gebeuren?")


async def test_what_does_not_fit_the_question_is_asked_again(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/initiatief")
    await fatima.sees("Wat wil je zelf gaan doen?")
    for sends in (fatima.sends_sticker, fatima.sends_photo, fatima.sends_voice):
        await sends()
        again = await fatima.sees("Ik heb hier tekst nodig. Typ je antwoord, zonder foto.")
        assert "Wat wil je zelf gaan doen?" in again["text"]
    await fatima.shares_location(52.78, 5.4)
    await fatima.sees("Ik heb hier tekst nodig.")
    await fatima.says("Een buurttuin beginnen")
    await fatima.sees("Met wie doe je het?")
    await fatima.says("met iedereen!")
    await fatima.sees("Tik aan wat past en tik daarna op Klaar.")
    await fatima.says("buren")
    await fatima.says("klaar")
    await fatima.sees("In welke wijk gaat het gebeuren?")


async def test_a_sticker_out_of_the_blue_is_answered(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.sends_sticker()
    await fatima.sees("Dit soort bericht kan ik niet lezen.")


async def test_words_are_shown_as_they_were_written(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    odd = "<script>alert(1)</script> & {{ 7*7 }} \u202e\u0000 _*[x](http://x) 👩‍👩‍👧 é"

    await fatima.says("/vraag")
    await fatima.says(odd)
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    await fatima.presses("Verstuur mijn vraag")
    card = await jan.sees("<script>alert(1)</script> & {{ 7*7 }}")
    assert "_*[x](http://x) 👩‍👩‍👧 é" in card["text"]


async def test_the_longest_question_and_answer_arrive(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    question, answer = "<&> " * 624 + "EIND", "é&<> " * 599 + "EIND"

    await fatima.says("/vraag")
    await fatima.says(question)
    await fatima.presses("Ga door")
    await says_the_theme(fatima, "Afval")
    await fatima.presses("Verstuur mijn vraag")
    await jan.sees("EIND")
    await jan.presses("✏️ Antwoord")
    await jan.says(answer)
    await jan.presses("Verstuur antwoord")
    await jan.sees("✅ Je antwoord op V-")
    await fatima.sees("EIND")


async def test_a_text_that_telegram_splits_is_two_messages(town: Town) -> None:
    fatima = await town.resident("Fatima")

    await fatima.says("/vraag")
    await fatima.sees("Wat wil je weten?")
    await fatima.says("x" * 5000)
    await fatima.sees("Je tekst heeft 4.096 tekens. Er passen er 2.500.")


def message(fatima: Phone, **content: Any) -> dict[str, Any]:
    """A message as Telegram brings it."""
    who = {"id": fatima.id, "is_bot": False, "first_name": fatima.name, "language_code": "nl"}
    chat = {"id": fatima.id, "type": "private", "first_name": fatima.name}
    return {"message_id": 900_001, "date": 1_790_000_000, "chat": chat, "from": who, **content}


async def test_fields_and_kinds_that_nobody_knows_do_no_harm(town: Town) -> None:
    fatima = await town.resident("Fatima")
    who = message(fatima)["from"]
    for content in (
        {"hologram": {"id": 1}},
        {"message_reaction": {"chat": {"id": fatima.id, "type": "private"}, "message_id": 1, "date": 1}},
        {"poll": {"id": "1"}},
        {"inline_query": {"id": "1", "from": who, "query": "x", "offset": ""}},
        {"chat_member": None},
        {"message": message(fatima, pinned_message={"message_id": 1})},
        {"message": message(fatima, chat={"id": -100123, "type": "supergroup", "title": "x"}, text="hallo")},
        {
            "my_chat_member": {"chat": {"id": -100123, "type": "group", "title": "x"}, "from": who, "date": 1}
            | {"old_chat_member": {"status": "left", "user": who}, "new_chat_member": {"status": "member", "user": who}}
        },
    ):
        town.sandbox.client.queue_update(content)
    await town.quiet()
    await fatima.sees_nothing_new()

    town.sandbox.client.queue_update(
        {
            "message": message(
                fatima,
                text="/help",
                hologram=[1],
                entities=[{"type": "bot_command", "offset": 0, "length": 5, "glow": 1}],
            )
        }
    )
    await fatima.sees("Zo werkt het")
    town.sandbox.client.queue_update({"message": message(fatima, hologram={"id": 1})})
    await fatima.sees("Dit soort bericht kan ik niet lezen.")


async def test_kinds_of_messages_we_cannot_read_are_answered(town: Town) -> None:
    fatima = await town.resident("Fatima")

    for kind in ("dice", "contact", "poll", "video_note", "paid_media"):
        town.sandbox.client.queue_update({"message": message(fatima, **{kind: {"anything": True}})})
        await fatima.sees("Dit soort bericht kan ik niet lezen.")
