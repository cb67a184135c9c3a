import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.municipality import District, Municipality, find_districts, locate

EXAMPLE = Municipality.load()
LONG_NAMES = [
    (name, district.code)
    for district in EXAMPLE.districts
    for name in (district.name, *(part.name for part in district.neighbourhoods))
    if len(name) >= 7
]


def names(text: str) -> list[str]:
    return [district.name for district in EXAMPLE.find_districts(text)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Binnenstad", ["Binnenstad"]),
        ("  BINNENSTAD! ", ["Binnenstad"]),
        ("centrum", ["Binnenstad"]),
        ("nieuw elzen", ["Nieuw-Elzen"]),
        ("akkers", ["De Akkers"]),
        ("Coöperatiebuurt", ["Stationskwartier"]),
        ("COOPERATIEBUURT", ["Stationskwartier"]),
        ("ik woon in de Vogelbuurt", ["Lindenrijk"]),
        ("stati", ["Stationskwartier"]),
        ("elzer", ["Elzerdijk", "Buitengebied"]),
        ("8993", ["Molenwijk"]),
        ("8993AB", ["Molenwijk"]),
        ("8993 ab Elzermeer", ["Molenwijk"]),
        ("Dijkstraat 12, 8998 ZZ", ["Elzerdijk", "Buitengebied"]),
        ("1234 AB", []),
        ("1234 AB Lindenrijk", ["Lindenrijk"]),
        ("89931", []),
        ("hallo", []),
        ("wat is dit?", []),
        ("?", []),
        ("", []),
        ("x" * 5000, []),
    ],
)
def test_a_typed_place_finds_its_districts(typed: str, found: list[str]) -> None:
    assert found == names(typed)


def test_the_name_itself_comes_before_a_name_that_begins_with_it() -> None:
    districts = [
        District(code="lang", name="Noorderpark"),
        District(code="kort", name="Noord"),
        District(code="deel", name="Zuid", also_called=("Noordhof",)),
    ]

    assert [district.code for district in find_districts(districts, "noord")] == ["kort"]
    assert [district.code for district in find_districts(districts, "noor")] == ["kort", "deel", "lang"]


def test_no_more_than_five_are_offered() -> None:
    districts = [District(code=f"park-{number}", name=f"Park {number}") for number in range(9)]

    assert len(find_districts(districts, "park")) == 5


@given(data=st.data(), place=st.sampled_from(LONG_NAMES))
def test_one_slip_still_finds_the_district(data: st.DataObject, place: tuple[str, str]) -> None:
    name, code = place
    where = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slip = data.draw(
        st.sampled_from(
            [
                name[:where] + name[where + 1 :],
                name[:where] + letter + name[where:],
                name[:where] + letter + name[where + 1 :],
                name[:where] + name[where + 1] + name[where] + name[where + 2 :],
            ]
        )
    )

    assert code in [district.code for district in EXAMPLE.find_districts(slip)]


@given(text=st.text(max_size=200))
def test_any_text_gives_at_most_five_and_none_twice(text: str) -> None:
    found = EXAMPLE.find_districts(text)

    assert len(found) <= 5
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("district", EXAMPLE.districts, ids=lambda district: district.name)
def test_the_middle_of_a_district_is_in_it(district: District) -> None:
    assert district.centre is not None
    assert district == EXAMPLE.locate(*district.centre)


@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [
        (52.7760, 5.4130, "Binnenstad"),  # inside the boundary, near its corner
        (52.7846, 5.4112, "Binnenstad"),
        (52.7865, 5.4180, "Lindenrijk"),  # just north of the boundary
        (52.7845, 5.4880, "Buitengebied"),
        (52.7000, 5.3000, None),
        (52.3702, 4.8952, None),
        (-52.78, -5.42, None),
        (0.0, 0.0, None),
    ],
)
def test_a_shared_location_finds_its_district(latitude: float, longitude: float, name: str | None) -> None:
    found = EXAMPLE.locate(latitude, longitude)

    assert name == (found.name if found else None)


def test_a_radius_is_in_kilometres() -> None:
    district = District(code="rond", name="Rond", centre=(52.0, 5.0), radius_km=2.0)
    north = 2.0 / 6371.0 * 180 / math.pi
    east = north / math.cos(math.radians(52))

    for part in (0.99, -0.99):
        assert locate([district], 52.0 + part * north, 5.0) is district
        assert locate([district], 52.0, 5.0 + part * east) is district
    for part in (1.01, -1.01):
        assert locate([district], 52.0 + part * north, 5.0) is None
        assert locate([district], 52.0, 5.0 + part * east) is None


def test_a_boundary_may_have_a_bay() -> None:
    bay = District(code="u", name="U", boundary=((0, 0), (0, 3), (3, 3), (3, 2), (1, 2), (1, 1), (3, 1), (3, 0)))

    assert locate([bay], 2.0, 0.5) is bay
    assert locate([bay], 2.0, 1.5) is None
    assert locate([bay], 2.0, 2.5) is bay
    assert locate([bay], 0.5, 1.5) is bay


def test_a_district_without_a_place_on_the_map_is_never_located() -> None:
    assert locate([District(code="ergens", name="Ergens")], 52.78, 5.42) is None
