"""Somebody whose Telegram speaks English: everything is in English, and the team reads Dutch."""

import pytest

from tests.journeys.town import Town

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What is kept here is kept in the other stories too, on both engines; these are about words."""


async def test_the_whole_story_in_english(town: Town) -> None:
    jan, emma = await town.worker("Jan", "buitenruimte"), town.phone("Emma", language="en-GB")

    await emma.says("/start")
    await emma.sees("👋 Hello Emma! I am Stuur, the helper of the municipality of Elzermeer.")
    await emma.sees("In which district do you live?")
    await emma.says("8993 AB")
    await emma.sees("Good, you can begin. What do you want to do?")
    await town.quiet()
    assert "initiatief" in emma.commands

    await emma.presses("Ask a question")
    await emma.sees("What do you want to know?")
    await emma.says("When is the bottle bank emptied?")
    await emma.sees("This is what I have:")
    await emma.presses("Go on")
    await emma.sees("What is it about?")
    await emma.presses("Waste and clean streets")
    review = await emma.sees("Is your question right like this?")
    assert "Subject\nWaste and clean streets" in review["text"]
    await emma.presses("Send my question")
    await emma.sees("💬 We have your question.")

    card = await jan.sees("♻️ Afval en een schone buurt")
    assert "Van: Emma (leest Engels) · ⏰ antwoord uiterlijk" in card["text"]
    assert "When is the bottle bank emptied?" in card["text"]
    await jan.presses("✏️ Antwoord")
    await jan.says("Tomorrow at eight.")
    await jan.presses("Verstuur antwoord")
    answer = await emma.sees("💬 Answer to your question V-")
    assert "Tomorrow at eight." in answer["text"]
    assert "– Jan, Team Buitenruimte" in answer["text"]
    assert emma.buttons(answer) == [
        "👍 This helps",
        "🤏 Helps a bit",
        "🤔 This doesn't help",
        "💬 One more question",
    ]
    await emma.presses("This helps")
    await emma.toast("🙏 Passed on!")
    await jan.sees("🙏 Emma bedankt je")

    await emma.says("/initiatief")
    await emma.sees("What do you want to do yourself?")
    await emma.says("Plant flowers in the square with the neighbours")
    await emma.presses("Neighbours")
    await emma.presses("Done")
    await emma.presses("Green and water")
    await emma.presses("A place or a permit")
    await emma.sees("Which place or permit do you need?")
    await emma.says("The corner of the square")
    advice = await emma.sees("This route fits you.")
    assert "3 residents who sign along, you included" in advice["text"]
    await emma.presses("Yes, I choose this")
    await emma.says("Ask three neighbours")
    review = await emma.sees("Is this right?")
    assert "With whom\nNeighbours" in review["text"]
    await emma.presses("Yes, begin!")
    started = await emma.sees("🌱 Congratulations, you have begun!")
    assert "Jan is your neighbourhood guide." in started["text"]
    await jan.sees("🌱 Plant flowers in the square")

    await emma.says("/mijn")
    mine = await emma.sees("Plant flowers in the square\n→ just begun")
    assert "→ finished" in mine["text"]
    for said in emma.everything():
        assert " je " not in said, said


async def test_a_language_that_is_not_spoken_here_is_met_in_dutch(town: Town) -> None:
    aylin = town.phone("Aylin", language="tr")

    await aylin.says("/start")
    await aylin.sees("👋 Hallo Aylin!")
    await aylin.presses("Dat zeg ik liever niet")
    await aylin.says("/instellingen")
    await aylin.presses("English")
    await aylin.sees("Language: English")
    await town.quiet()
    described = town.sandbox.world.describe_account(town.sandbox.world.accounts[aylin.id])
    assert {"command": "vraag", "description": "Ask a question"} in described["commands"]
