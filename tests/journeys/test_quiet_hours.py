"""It is night: what somebody asks comes at once and wakes nobody, and who is up hears the answer."""

from datetime import timedelta
from pathlib import Path

from flows.municipality import EXAMPLE, Municipality
from tests.journeys.asking import GLASS, answers, asks
from tests.journeys.town import BEGINS, town_with


async def test_a_question_at_night_wakes_nobody(database_url: str, tmp_path: Path) -> None:
    here = BEGINS.astimezone(Municipality.load().zone)
    begin, end = ((here + timedelta(hours=hours)).strftime("%H:%M") for hours in (-2, 6))
    file = tmp_path / "municipality.toml"
    text = EXAMPLE.read_text().replace("example-questions.tsv", str(EXAMPLE.parent / "example-questions.tsv"))
    file.write_text(text.replace('begin = "21:00"\nend = "08:00"', f'begin = "{begin}"\nend = "{end}"'))

    async with town_with(database_url, municipality=file) as town:
        jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
        piet = await town.worker("Piet", "buitenruimte")
        await town.passes(timedelta(hours=1))
        await fatima.says("/instellingen")
        assert f"🌙 Van {here - timedelta(hours=2):%-H.%M} uur" in (await fatima.sees("⚙️ Instellingen"))["text"]

        assert "silent" not in await asks(fatima)
        assert (await jan.sees(GLASS))["silent"]
        await jan.presses("Ik pak dit op")
        await answers(jan, "Morgen om tien uur.")
        assert "silent" not in await fatima.sees("Morgen om tien uur.")
        assert (await piet.sees("Jan"))["silent"]
        await town.check([])
