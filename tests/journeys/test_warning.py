"""Who is in danger gets the number at once, wherever they write it."""

from tests.journeys.asking import asks
from tests.journeys.town import Town


async def test_the_number_comes_first_also_in_the_middle_of_something_else(town: Town) -> None:
    fatima = await town.resident("Fatima", district="Molenwijk")
    await fatima.says("/initiatief")
    await fatima.says("Help, er is brand in huis!")
    await fatima.sees("112")

    await fatima.says("/annuleer")
    await asks(fatima)
    await fatima.presses("Voeg iets toe")
    await fatima.says("Help, er is brand in huis!")
    await fatima.sees("112")


async def test_who_works_here_may_write_about_a_fire(town: Town) -> None:
    jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
    await asks(fatima)
    await jan.presses("Antwoord")
    await jan.says("Er is brand in huis? Dan komt de brandweer. Voor de glasbak: morgen.")
    shown = await jan.sees("Dit stuur ik naar Fatima")
    assert "112" not in shown["text"]
