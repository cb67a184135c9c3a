"""What many stories have in common: a question that is asked, and one that is answered."""

from tests.journeys.phone import Message, Phone

GLASS = "Wanneer wordt de glasbak geleegd?"


async def asks(resident: Phone, text: str = GLASS, *, theme: str = "Afval") -> Message:
    """Ask a question, as somebody who said where they live; gives the receipt."""
    await resident.says("/vraag")
    await resident.says(text)
    await resident.presses("Ga door")
    await says_the_theme(resident, theme)
    await resident.presses("Verstuur mijn vraag")
    return await resident.sees("Je vraag is binnen.")


async def says_the_theme(resident: Phone, theme: str) -> None:
    """What it is about: asked when the words don't make it clear, and put right when they were misunderstood."""
    asked = await resident.is_asked()
    if "✏️ Onderwerp" in asked and theme not in asked:
        await resident.presses("✏️ Onderwerp")
        asked = await resident.is_asked()
    if "Waar gaat het over?" in asked:
        if theme not in asked:
            await resident.presses("Iets anders")
        await resident.presses(theme)


async def answers(worker: Phone, text: str) -> Message:
    """Answer the newest question with the button; gives the card as it was before."""
    card = await worker.presses("✏️ Antwoord")
    await worker.says(text)
    await worker.presses("Verstuur antwoord")
    await worker.sees("✅ Je antwoord op V-")
    return card


async def presses_more(worker: Phone, label: str, *, on: Message | None = None) -> None:
    """Press what is behind "more"."""
    await worker.presses("⋯ Meer", on=on)
    await worker.sees("Wat wil je met V-")
    await worker.presses(label)
