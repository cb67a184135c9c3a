"""Each mistake in the file is told in one line: the file, the place, and what to do."""

from pathlib import Path

import pytest

from flows.errors import MunicipalityError
from flows.municipality import EXAMPLE, Municipality

TEXT = EXAMPLE.read_text(encoding="utf-8")


def message(path: Path) -> str:
    with pytest.raises(MunicipalityError) as caught:
        Municipality.load(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'themes = ["veilig"]',
            'themes = ["veillig"]',
            "teams[2].themes (team toezicht): 'veillig' is not a theme; did you mean 'veilig'? known: groen, afval,",
        ),
        (
            'districts = ["WK999902", "WK999904"]',
            'districts = ["WK999942"]',
            "teams[0].districts (team wijkbeheer): 'WK999942' is not a district; did you mean",
        ),
        (
            'organisation = "welzijn"',
            'organisation = "zorg"',
            "teams[6].organisation (team sociaal-werk): 'zorg' is not an organisation; known: welzijn,",
        ),
        (
            'organisation = "welzijn"\n',
            "",
            "organisations[0] (welzijn): has no team; add a [[teams]] with organisation = 'welzijn'",
        ),
        ("front_desk = true", "", "teams: none is the front desk; add front_desk = true"),
        (
            'themes = ["veilig"]',
            "front_desk = true",
            "teams: toezicht, klantcontact are all the front desk; leave",
        ),
        (
            "front_desk = true",
            'front_desk = true\nthemes = ["groen"]',
            "teams[5].themes (team klantcontact): the front desk is the municipality's own and serves everything",
        ),
        (
            "front_desk = true",
            'front_desk = true\ndistricts = ["WK999901"]',
            "teams[5].districts (team klantcontact): the front desk is the municipality's own and serves everything",
        ),
        (
            "front_desk = true",
            "front_desk = true\norganisation = 'welzijn'",
            "teams[5].organisation (team klantcontact): the front desk is the municipality's own",
        ),
        (
            "front_desk = true",
            "front_desk = true\nquestions = false",
            "teams[5].questions (team klantcontact): the front desk",
        ),
        ('code = "afval"', 'code = "groen"', "themes[1].code: 'groen' is there twice; give each its own code"),
        ('name = "Molenwijk"', 'name = "BINNENSTAD"', "districts[3].name: 'binnenstad' is there twice"),
        ("BU99990102", "BU99990101", "neighbourhoods[1].code: 'BU99990101' is there twice"),
        ('["8998", "8999"]', '["8999", "8999"]', "districts[9].postcodes: '8999' is there twice"),
        (
            'code = "afval"',
            'code = "Afval & zo"',
            "themes[1].code (Afval & zo): 'Afval & zo' can't be a code; use 1 to 20 characters",
        ),
        (
            'code = "afval"',
            'code = "afval-en-een-schone-buurt"',
            "can't be a code; use 1 to 20 characters: small letters, digits and hyphens",
        ),
        ('"WK999901"\nname', '"WK99"\nname', "districts[0].code (WK99): 'WK99' can't be a code"),
        ('["8990"]', "[8990]", "districts[0].postcodes[0] (WK999901): must be a text; write it between quotes"),
        ('["8990"]', '["8990AB"]', "'8990AB' is not a postcode; write the four digits only"),
        ('["8990"]', '"8990"', "districts[0].postcodes (WK999901): must be a list; write it between [ and ]"),
        ("centre = [52.7790, 5.4400]\n", "", "districts[1] (WK999902): has a radius_km but no centre; add"),
        ("centre = [52.7790, 5.4400]\nradius_km = 1.2", "centre = [52.7790, 5.4400]", "but no radius_km; add"),
        ("[52.7790, 5.4400]", "[152.7790, 5.4400]", "districts[1].centre[0] (WK999902): input should be less"),
        ('timezone = "Europe/Amsterdam"', 'timezone = "Amsterdam"', "timezone: 'Amsterdam' is not a time zone"),
        ('timezone = "Europe/Amsterdam"', 'timezone = "Europe"', "timezone: 'Europe' is not a time zone"),
        ("answer_days = 5", "answer_days = '5'", "answer_days: must be a whole number, without quotes"),
        ("answer_days = 5", "answer_days = 0", "answer_days: input should be greater than or equal to 1"),
        ("answer_days = 5", "", "answer_days: is missing; add it"),
        (
            'emoji = "🌳"',
            'emojis = "🌳"',
            "themes[0].emojis (groen): there is no such setting; did you mean 'emoji'? known: answer_days, code,",
        ),
        (
            "supporters = 75",
            "suporters = 75",
            "routes.council_proposal.suporters: there is no such setting; did you mean 'supporters'?",
        ),
        (
            "supporters = 75",
            "supporters = { percent = 1, number = 75 }",
            "routes.council_proposal.supporters: is a number, or a table with percent: {",
        ),
        (
            "supporters = 75",
            "supporters = { percent = 1, at_least = 200, at_most = 125 }",
            "routes.council_proposal.supporters: at_most (125) is less than at_least (200)",
        ),
        ("supporters = 75", "supporters = { number = 75, at_most = 80 }", "has a number, so of, at_least and at_most"),
        (
            "supporters = 75",
            'supporters = { percent = 1, of = "district" }',
            "routes.council_proposal.supporters: a percentage of how many? add inhabitants of districts[0] (WK999901)",
        ),
        ("supporters = 75", "supporters = '75'", "routes.council_proposal.supporters: must be"),
        ('decided_by = { nl = "burgem', 'decided = { nl = "burgem', "decided: there is no such setting; did you mean"),
        ('website = "https://www.elzermeer.example/melden"', "", "reports.website: is missing; add it"),
        ("[routes.council_proposal]", "[routes.burgerinitiatief]", "known: council_proposal, resident_init"),
        ('["resident", "group"]', '["iedereen"]', "'iedereen' is not known here; use 'resident', 'group',"),
        ('friday = "08:30-16:00"', 'friday = "half negen"', "office_hours.friday: 'half negen' are not office"),
        ('friday = "08:30-16:00"', 'friday = "16:00-08:30"', "office_hours.friday: '16:00-08:30' ends before"),
        ('"18:00-20:00"', '"16:00-20:00"', "office_hours.thursday: the hours overlap or are out of order"),
        ('friday = "08:30', 'fryday = "08:30', "office_hours.fryday: there is no such setting; did you mean 'fri"),
        ("national_holidays = true", 'national_holidays = "ja"', "holidays.national_holidays: must be true or"),
        ("open = []", "open = [2027-05-07]", "holidays: 2027-05-07 is both closed and open; leave it in one"),
        ("open = []", 'open = ["5 mei"]', "holidays.open[0]: must be a date, without quotes, such as 2027"),
        ('website = "https://', 'website = "http://', "contact.website: 'http://www.elzermeer.example' is not a"),
        ('"privacy@elzermeer.example"', '"de balie"', "privacy.officer_email: 'de balie' is not an e-mail"),
        ('nl = "Afval en een schone buurt", ', "", 'themes[1].name (afval): has no Dutch text; add nl = "…"'),
        ('nl = "Afval en een schone buurt"', 'nl = ""', "themes[1].name (afval): the text for 'nl' is empty"),
        ('name = "Elzermeer"', 'name = ""', "name: is empty; write a text, or leave the setting out"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_remedy(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in TEXT, "the example changed: choose another setting for this row"
    path = tmp_path / "municipality.toml"
    path.write_text(TEXT.replace(right, wrong, 1), encoding="utf-8")

    line = message(path)

    assert line.startswith(f"{path}: ")
    assert told in line
    assert "\n" not in line
    assert "more)" not in line


def test_several_mistakes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_text(TEXT.replace("WK9999", "WK-"), encoding="utf-8")

    assert message(path).endswith(" more)")


def test_a_misspelt_setting_is_told_before_what_is_missing_for_it(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_text(TEXT.replace("answer_days = 5", "answer_day = 5", 1), encoding="utf-8")

    told = "answer_day: there is no such setting; did you mean 'answer_days'? known: answer_days, contact,"
    assert message(path).startswith(f"{path}: {told}")


def test_an_empty_file_asks_for_its_first_setting(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_text("", encoding="utf-8")

    assert message(path).startswith(f"{path}: name: is missing; add it")


def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_text('name = "Elzermeer"\nanswer_days = vijf\n', encoding="utf-8")

    assert "is not valid TOML" in message(path)
    assert "line 2" in message(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert message(tmp_path / "weg.toml").endswith("there is no such file; check STUUR_MUNICIPALITY")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "can't be read (is a directory); check the file" in message(tmp_path)


def test_other_encodings_are_told(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_bytes('name = "Coördinatie"'.encode("latin-1"))

    assert message(path).endswith("is not UTF-8 text; save it as UTF-8")
