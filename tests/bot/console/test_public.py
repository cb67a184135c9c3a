"""What everybody can read on the web, and what nobody can."""

from datetime import timedelta

from storage.initiatives import Initiative, InitiativeStatus
from storage.lessons import Lesson
from storage.participation import Participant
from storage.steps import Step
from tests.bot.console.site import HERE, NEVER, NOW, PICTURE, PUBLIC, Site, end_with_lesson, make_public, plan_moments

PAGE = f"/initiatieven/{HERE}"
PRIVATE = (
    *("Met de buren bakken timmeren", "Fatima", "/foto", "Hout halen", "bakfiets", "Bakken timmeren", "zet een kraan"),
    *("nagekomen", "een besluit"),
)
"""What is public only when the initiators say so."""


async def test_at_first_only_name_place_theme_first_step_and_status_are_public(site: Site) -> None:
    page = await site.page(PAGE)

    for shown in ("Bloembakken bij &lt;de&gt; molen", "Molenwijk", "Groen en water", "vijf buren", "bezig"):
        assert shown in page
    assert "2 bewoners" in page
    assert "De gemeente is " in page
    assert [one for one in (*PRIVATE, *NEVER) if one in page] == []


async def test_what_the_initiators_made_public_is_shown_and_nothing_else(site: Site) -> None:
    await make_public(site)

    page = await site.page(PAGE)

    assert [one for one in PRIVATE if one not in page] == []
    assert "Fatima en nog een bewoner" in page
    assert 'Een stap is klaar: <span dir="auto">Hout halen</span>' in page
    assert "Eén persoon helpt mee" in page
    assert [one for one in NEVER if one in page] == []
    for told in ("verborgen", "loopt vast", "begeleider vertrok"):
        assert told not in page


async def test_each_part_is_chosen_by_itself(site: Site) -> None:
    of = {"idea": "bakken timmeren.", "photo": f"{PAGE}/foto", "steps": "Hout halen", "agreements": "zet een kraan"}
    for left_out in of:
        await site.change(public=[one for one in of if one != left_out])

        page = await site.page(PAGE)

        assert [one for one, words in of.items() if words not in page] == [left_out]


async def test_it_leads_into_the_bot_and_can_be_shared(site: Site) -> None:
    page = await site.page(PAGE)

    assert f'href="https://t.me/StuurBot?start=f{HERE}"' in page
    assert f'href="https://t.me/StuurBot?start=m{HERE}"' in page
    assert f'<meta property="og:url" content="{PUBLIC}{PAGE}">' in page
    assert '<meta property="og:title" content="Bloembakken bij &lt;de&gt; molen">' in page
    assert "og:image" not in page
    await make_public(site)
    assert f'<meta property="og:image" content="{PUBLIC}{PAGE}/foto">' in await site.page(PAGE)


async def test_what_is_hidden_is_nowhere(site: Site) -> None:
    await make_public(site)
    await site.change(hidden_at=NOW)

    status, page, _ = await site.get(PAGE)
    assert status == 410
    assert "nu niet te zien" in page
    for path in ("/initiatieven", "/initiatieven?wijk=WK999904", "/initiatieven?zoek=bloembakken"):
        page += await site.page(path)
    assert "Bloembakken" not in page
    assert "Molenwijk <span" not in page
    for picture in ("foto", "stappen/1/foto"):
        assert (await site.get(f"{PAGE}/{picture}"))[0] == 404


async def test_an_ended_one_is_no_longer_to_be_joined(site: Site) -> None:
    await site.change(status=InitiativeStatus.DONE)

    page = await site.page(PAGE)

    assert "t.me/StuurBot?start=" not in page
    assert "is afgerond" in page


async def test_what_was_learned_is_told_until_it_is_withdrawn(site: Site) -> None:
    assert "Wat is er geleerd?" not in await site.page(PAGE)
    await end_with_lesson(site)

    page = await site.page(PAGE)
    assert "Wat is er geleerd?" in page
    assert '<dd dir="auto">Samen &lt;veel&gt; koffie drinken</dd>' in page
    assert "Vraag eerst waar de kabels liggen" in page
    assert "Wat werkte niet?" not in page
    assert '<dd lang="nl" dir="auto">Vraag eerst' in await site.page(f"{PAGE}?taal=en")

    await site.change(Lesson, 1, withdrawn_at=NOW)
    assert "kabels" not in await site.page(PAGE)


async def test_a_merged_one_leads_to_where_it_went_on_unless_that_is_hidden(site: Site) -> None:
    async with site.database.transaction() as session:
        session.add(
            Initiative(
                reference="I-2026-0002",
                title="Groen plein",
                idea="Groen",
                first_step="Kijken",
                team_code="buitenruimte",
                respond_by=NOW,
            )
        )
    await site.change(status=InitiativeStatus.MERGED, merged_into_id=2)

    assert 'href="/initiatieven/I-2026-0002"' in await site.page(PAGE)
    assert HERE not in await site.page("/initiatieven")
    await site.change(number=2, hidden_at=NOW)
    assert "I-2026-0002" not in await site.page(PAGE)


async def test_the_list_is_by_district_and_by_words(site: Site) -> None:
    assert HERE in await site.page("/initiatieven")
    assert HERE in await site.page("/initiatieven?wijk=WK999904")
    assert HERE not in await site.page("/initiatieven?wijk=WK999901")
    assert HERE in await site.page("/initiatieven?zoek=bloembak")
    assert HERE not in await site.page("/initiatieven?zoek=zwembad")
    assert HERE not in await site.page("/initiatieven?zoek=bloembak&wijk=WK999901")
    assert "Niets gevonden voor “zwembad”" in await site.page("/initiatieven?zoek=%22zwembad%00%22'")


async def test_moments_to_come_are_told_in_their_district_and_those_for_all_everywhere(site: Site) -> None:
    assert "Momenten in de buurt" not in await site.page("/initiatieven")
    await plan_moments(site)

    everywhere, here = await site.page("/initiatieven"), await site.page("/initiatieven?wijk=WK999904")

    assert 'href="https://t.me/StuurBot?start=bcKoff" dir="auto">Koffie &lt;op&gt; de stoep</a> · <time' in here
    assert " uur</time> · <span" in here
    told = ("Koffie &lt;op&gt;", "Soep bij de haven", "Open huis", "Gisteren", "Afgelast")
    assert [one in everywhere for one in told] == [True, True, True, False, False]
    assert [one in here for one in told] == [True, False, True, False, False]
    assert everywhere.index("Koffie") < everywhere.index("Soep") < everywhere.index("Open huis")
    assert "Open huis" not in await site.page("/initiatieven?zoek=molen")


async def test_a_word_of_what_is_not_public_finds_nothing(site: Site) -> None:
    assert HERE not in await site.page("/initiatieven?zoek=timmeren")


async def test_what_runs_comes_first_and_the_list_has_pages(site: Site) -> None:
    async with site.database.transaction() as session:
        for number in range(2, 31):
            session.add(
                Initiative(
                    reference=f"I-2026-{number:04}",
                    title=f"Plan {number}",
                    idea="Iets",
                    first_step="Beginnen",
                    team_code="buitenruimte",
                    status=InitiativeStatus.STOPPED if number > 20 else InitiativeStatus.IDEA,
                    respond_by=NOW,
                    created_at=NOW + timedelta(days=number),
                )
            )

    first, second = await site.page("/initiatieven"), await site.page("/initiatieven?blad=2")

    assert first.index("Plan 20") < first.index("Bloembakken") < first.index("Plan 30")
    assert "Bladzijde 1 van 2" in first
    assert "30 initiatieven" in first
    assert "Plan 21" in second
    assert "Plan 21" in await site.page("/initiatieven?blad=99")


async def test_pictures_come_through_us_as_long_as_they_are_public(site: Site) -> None:
    for picture in ("foto", "stappen/1/foto"):
        assert (await site.get(f"{PAGE}/{picture}"))[0] == 404
    await make_public(site)

    for picture in ("foto", "stappen/1/foto"):
        async with site.session.get(f"{site.url}{PAGE}/{picture}") as response:
            assert await response.read() == PICTURE
            assert response.content_type == "image/png"
            version = response.headers["ETag"]
        status, body, headers = await site.get(f"{PAGE}/{picture}", If_None_Match=version)
        assert (status, body) == (304, "")
        assert headers["Cache-Control"] == "no-cache"
    assert (await site.get(f"{PAGE}/stappen/2/foto"))[0] == 404
    await site.change(Step, 1, initiative_id=1, photo=None)
    assert (await site.get(f"{PAGE}/stappen/1/foto"))[0] == 404


async def test_a_name_goes_when_its_owner_takes_it_back(site: Site) -> None:
    await make_public(site)
    await site.change(Participant, 1, name_public=False)

    assert "Fatima" not in await site.page(PAGE)
