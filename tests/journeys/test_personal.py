"""A number or address of somebody's own: nothing of it is kept anywhere before they choose to leave it in."""

from __future__ import annotations

from tests.dumps import dump
from tests.journeys.asking import GLASS, presses_more
from tests.journeys.phone import Message, Phone
from tests.journeys.town import Town

NUMBER = "06 12345678"
CALL = f"Wilt u mij bellen? {NUMBER}"
MARK = "[telefoonnummer weggehaald]"
POINTED_OUT = "In je bericht zag ik een telefoonnummer."


async def kept(town: Town, words: str) -> set[str]:
    """The tables that hold these words."""
    await town.quiet()
    dumped = await dump(town.app.database)
    return {table for table, rows in dumped.items() if any(words in str(row) for row in rows)}


async def asked(phone: Phone) -> Message:
    """Ask something whose theme is plain; gives the receipt."""
    await phone.says("/vraag")
    await phone.says(GLASS)
    await phone.presses("Ga door")
    await phone.presses("Verstuur mijn vraag")
    return await phone.sees("Je vraag is binnen.")


async def leaves_it_in(phone: Phone) -> None:
    """Choose so, and send it once more."""
    await phone.presses("Ik stuur het opnieuw")
    await phone.sees("Stuur dat bericht nog een keer.")
    await phone.says(CALL)
    so_far = await phone.sees(f"Dit heb ik nu:\n{CALL}")
    assert "✅ Ga door" in phone.buttons(so_far)


async def test_nothing_personal_is_kept_before_somebody_chooses_so(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")

    # In the conversation: taken out.
    await fatima.says("/vraag")
    await fatima.says(CALL)
    told = await fatima.sees(POINTED_OUT)
    assert MARK in told["text"]
    assert fatima.buttons(told)[:2] == ["🧹 Ja, laat het weg", "Ik stuur het opnieuw"]
    assert await kept(town, "12345678") == set()
    await fatima.presses("Ja, laat het weg")
    await fatima.sees(f"Dit heb ik nu:\nWilt u mij bellen? {MARK}")
    await fatima.says("/annuleer")
    await fatima.presses("Ja, stop")

    # Written outside any conversation, below a picture.
    await fatima.sends_photo(CALL)
    await fatima.sees(POINTED_OUT)
    assert await kept(town, "12345678") == set()
    await fatima.says("/annuleer")
    await fatima.sees("Gestopt met")

    # As a reply to what the bot said about a question.
    receipt = await asked(fatima)
    card = await jan.sees(GLASS)
    await fatima.replies_to(receipt, CALL)
    await fatima.sees(POINTED_OUT)
    assert await kept(town, "12345678") == set()
    assert NUMBER not in jan.now(card)

    # Left in by choice: the team reads it, and only now is it kept.
    await leaves_it_in(fatima)
    await fatima.presses("Ga door")
    await jan.sees(NUMBER)
    assert "question_messages" in await kept(town, NUMBER)


async def test_a_reply_is_the_message_that_was_to_come_once_more(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    receipt = await asked(fatima)

    await fatima.replies_to(receipt, CALL)
    await fatima.presses("Ik stuur het opnieuw")
    await fatima.sees("Stuur dat bericht nog een keer.")
    await fatima.replies_to(receipt, CALL)
    await fatima.sees(f"Dit heb ik nu:\n{CALL}")
    await fatima.presses("Ga door")

    await jan.sees(NUMBER)


async def test_what_the_desk_writes_is_pointed_out_before_it_is_kept_too(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asked(fatima)
    card = await jan.sees(GLASS)
    with_bsn = "Uw BSN is 111222333. Bel 0251 123456."

    # A note for colleagues: all that looks like the resident's own.
    await presses_more(jan, "🔒 Notitie")
    await jan.says(CALL)
    told = await jan.sees(POINTED_OUT)
    assert MARK in told["text"]
    assert jan.buttons(told)[:2] == ["🧹 Ja, laat het weg", "Ik stuur het opnieuw"]
    await jan.presses("Ja, laat het weg")
    await jan.sees("🔒 Genoteerd bij V-")
    assert await kept(town, "12345678") == set()

    # An answer as a reply to the card: the office may give its telephone number.
    await jan.replies_to(card, with_bsn)
    await jan.sees("In je bericht zag ik een nummer dat op een BSN lijkt.")
    assert await kept(town, "111222333") == set()
    await jan.presses("Ik stuur het opnieuw")
    await jan.sees("Is het je BSN? Stuur het dan niet.")
    await jan.replies_to(card, with_bsn)
    await jan.sees("Dit stuur ik naar Fatima")
    await jan.presses("✏️ Antwoord")
    await jan.says("Het is 111222333.")
    await jan.presses("Ja, laat het weg")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Het is [nummer weggehaald].")
    await fatima.does_not_see("111222333")


async def test_what_is_personal_in_an_idea_is_pointed_out_before_others_can_see_it(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")
    await fatima.says("/initiatief")
    await fatima.says(f"Samen bloemen planten. {CALL}")
    assert MARK in (await fatima.sees(POINTED_OUT))["text"]
    assert await kept(town, "12345678") == set()
    await fatima.presses("Ja, laat het weg")
    await fatima.sees("Met wie doe je het?")
    assert await kept(town, "12345678") == set()
