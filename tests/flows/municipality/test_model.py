import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from flows.errors import MunicipalityError
from flows.municipality import EXAMPLE, LocalText, Municipality
from storage.initiatives import Route

ELZERMEER = Municipality.load()


def example() -> dict[str, Any]:
    return tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))


def test_the_example_is_as_large_as_the_demo_needs() -> None:
    own = [team for team in ELZERMEER.teams if team.organisation is None]
    partners = [team.organisation for team in ELZERMEER.teams if team.organisation]

    assert (len(ELZERMEER.districts), len(ELZERMEER.themes), len(own)) == (10, 8, 5)
    assert sorted(partner.code for partner in ELZERMEER.organisations) == sorted(partners)
    assert len(partners) == 4
    assert all(ELZERMEER.routes.get(route) for route in Route if route is not Route.JUST_DO_IT)
    assert all(len(theme.examples) >= 3 for theme in ELZERMEER.themes)


def test_the_example_speaks_dutch_and_english_everywhere() -> None:
    def texts(value: object) -> list[LocalText]:
        if isinstance(value, LocalText):
            return [value]
        if isinstance(value, tuple):
            return [text for item in value for text in texts(item)]
        fields = getattr(type(value), "model_fields", {})
        return [text for field in fields for text in texts(getattr(value, field))]

    found = texts(ELZERMEER)

    assert len(found) > 40
    assert all([language for language, _ in text.root] == ["nl", "en"] for text in found)


def test_buttons_of_the_example_fit_a_phone() -> None:
    for language in ("nl", "en"):
        assert all(len(f"{theme.emoji} {theme.name_in(language)}") <= 30 for theme in ELZERMEER.themes)
    assert all(len(district.name) <= 30 for district in ELZERMEER.districts)


@pytest.mark.parametrize(
    ("theme", "district", "team"),
    [
        ("groen", "WK999901", "buitenruimte"),
        ("groen", None, "buitenruimte"),
        ("wonen", "WK999902", "wijkbeheer"),  # a partner that asks for new work
        ("wonen", "WK999901", "gebied-stad"),
        ("wonen", "WK999908", "gebied-dorpen"),
        ("wonen", None, "klantcontact"),  # the teams for this theme each have their districts
        ("jeugd", "WK999910", "gebied-dorpen"),  # not the partner: it takes no new work
        ("loket", "WK999901", "klantcontact"),
        (None, "WK999901", "klantcontact"),
        (None, None, "klantcontact"),
        ("vervallen", "WK999901", "klantcontact"),  # a theme from before the file was changed
        ("groen", "WK000000", "buitenruimte"),
    ],
)
def test_new_work_goes_to_the_first_team_that_serves_it(theme: str | None, district: str | None, team: str) -> None:
    assert team == ELZERMEER.route(theme, district).code


def test_every_theme_in_every_district_has_a_team() -> None:
    routed = {
        ELZERMEER.route(theme.code, district.code).code
        for theme in ELZERMEER.themes
        for district in ELZERMEER.districts
    }

    assert routed == {team.code for team in ELZERMEER.teams if team.takes_new_work}


def test_the_front_desk_comes_last_wherever_it_stands() -> None:
    content = example()
    content["teams"].sort(key=lambda team: "front_desk" not in team)

    municipality = Municipality.model_validate(content)

    assert municipality.teams[0] == municipality.front_desk
    assert municipality.route("groen", None).code == "buitenruimte"


def test_a_team_of_the_municipality_may_refuse_new_work() -> None:
    content = example()
    next(team for team in content["teams"] if team["code"] == "buitenruimte")["questions"] = False

    assert Municipality.model_validate(content).route("groen", None).code == "klantcontact"


def test_what_is_in_the_file_is_found_by_its_code_and_the_rest_is_none() -> None:
    theme, district = ELZERMEER.theme("afval"), ELZERMEER.district("WK999904")
    team, partner = ELZERMEER.team("toezicht"), ELZERMEER.organisation("welzijn")

    assert theme is not None
    assert district is not None
    assert team is not None
    assert partner is not None
    assert (theme.name_in("en"), district.name) == ("Waste and clean streets", "Molenwijk")
    assert (team.name, partner.name) == ("Team Toezicht", "Welzijn Elzermeer")
    assert ELZERMEER.theme("x") is None
    assert ELZERMEER.district("x") is None
    assert ELZERMEER.team("x") is None
    assert ELZERMEER.organisation("x") is None


@pytest.mark.parametrize(("theme", "days"), [("afval", 3), ("groen", 5), ("vervallen", 5), (None, 5)])
def test_a_theme_may_have_its_own_answer_time(theme: str | None, days: int) -> None:
    assert days == ELZERMEER.answer_days_for(theme)


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Dag"), ("en", "Hello"), ("en-GB", "Hello"), ("EN", "Hello"), ("tr", "Dag")]
)
def test_a_text_falls_back_to_dutch(language: str, text: str) -> None:
    assert text == LocalText.of(nl="Dag", en="Hello").name_in(language)


def test_one_text_serves_every_language() -> None:
    assert LocalText.model_validate("Welzijn").name_in("en") == "Welzijn"


def test_a_role_has_the_municipalitys_own_title_or_none() -> None:
    titles = ELZERMEER.role_titles

    assert titles.title_in("coordinator", "nl") == "coördinator participatie"
    assert titles.title_in("resident", "nl") is None
    assert titles.title_in("model_fields", "nl") is None


def test_a_municipality_does_not_change_after_loading() -> None:
    setting = "name"  # by its name: mypy knows as well that it is frozen

    with pytest.raises(ValidationError, match="frozen"):
        setattr(ELZERMEER, setting, "Anders")
    assert hash(ELZERMEER) == hash(Municipality.load())


def test_it_loads_from_a_path_as_well(tmp_path: Path) -> None:
    copy = tmp_path / "municipality.toml"
    copy.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    table = tmp_path / "example-questions.tsv"
    table.write_text("question\ttheme\nWaar is de kliko?\tafval\n", encoding="utf-8")

    assert Municipality.load(copy) == ELZERMEER.model_copy(update={"example_questions": table})


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (None, "can't be read"),
        ("question\tonderwerp\nWaar is de kliko?\tafval\n", "no column 'theme'"),
        ("question\ttheme\nWaar?\tafval\nWie?\tafvall\n", "line 3: 'afvall' is not a theme; did you mean 'afval'?"),
    ],
)
def test_a_table_of_example_questions_that_is_wrong_is_named(tmp_path: Path, table: str | None, says: str) -> None:
    copy = tmp_path / "municipality.toml"
    copy.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    if table is not None:
        (tmp_path / "example-questions.tsv").write_text(table, encoding="utf-8")

    with pytest.raises(MunicipalityError, match=re.escape(says)) as error:
        Municipality.load(copy)
    assert str(error.value).startswith("example_questions: ")


def test_loading_takes_less_than_fifty_milliseconds() -> None:
    def milliseconds() -> float:
        start = time.perf_counter()
        Municipality.load()
        return (time.perf_counter() - start) * 1000

    assert min(milliseconds() for _ in range(5)) < 50
