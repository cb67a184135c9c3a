"""What many stories have in common: a question that is asked, and one that is answered."""

from tests.journeys.phone import Message, Phone

GLASS = "Wanneer wordt de glasbak geleegd?"


async def asks(resident: Phone, text: str = GLASS, *, theme: str = "Afval") -> Message:
    """Ask a question, as somebody who said where they live; gives the receipt."""
    await resident.says("/vraag")
    await resident.says(text)
    await resident.presses("Ga door")
    await resident.presses(theme)
    await resident.presses("Verstuur mijn vraag")
    return await resident.sees("Je vraag is binnen.")


async def answers(worker: Phone, text: str) -> Message:
    """Answer the newest question with the button; gives the card as it was before."""
    card = await worker.presses("✏️ Antwoord")
    await worker.says(text)
    await worker.presses("Verstuur antwoord")
    await worker.sees("✅ Je antwoord op V-")
    return card
