"""The municipality's file says otherwise after a restart."""

from pathlib import Path

from flows.municipality import EXAMPLE
from storage.questions import Question
from tests.journeys.asking import GLASS, asks
from tests.journeys.town import town_with


async def test_what_waits_untouched_goes_where_the_new_file_wants_it(database_url: str, tmp_path: Path) -> None:
    async with town_with(database_url) as town:
        jan, fatima = await town.worker("Jan", "buitenruimte"), await town.resident("Fatima", district="Molenwijk")
        await asks(fatima)
        await jan.sees(GLASS)
        assert (await town.only(Question)).team_code == "buitenruimte"
    file = tmp_path / "municipality.toml"
    text = EXAMPLE.read_text().replace("example-questions.tsv", str(EXAMPLE.parent / "example-questions.tsv"))
    file.write_text(
        text.replace('["groen", "afval", "verkeer"]', '["groen", "verkeer"]').replace(
            '["veilig"]', '["veilig", "afval"]', 1
        )
    )

    async with town_with(database_url, municipality=file) as town:
        assert (await town.only(Question)).team_code == "toezicht"
