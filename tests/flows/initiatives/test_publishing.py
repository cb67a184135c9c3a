"""The initiators choose what everybody may see; each decides about their own name."""

from dataclasses import replace

import pytest

from flows.context import House
from flows.initiatives.offers import View
from flows.initiatives.public.publishing import join_link, page_url, to_page
from flows.initiatives.verbs import ChoosePublic
from flows.municipality import Municipality
from storage.database import Database
from storage.initiatives import Initiative, Part
from storage.participation import Participant
from storage.search import SearchDocument
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.texts import texts


@pytest.fixture
async def table(database: Database) -> Table:
    """An initiative of Fatima and Bram, and pages that people can open."""
    house = House(
        municipality=Municipality.load(None),
        catalogue=texts(),
        bot_username="bot",
        public_url="https://samen.elzermeer.example",
    )
    return await laid(database, house)


async def test_nothing_is_public_by_itself_and_each_decides_about_their_own_name(table: Table) -> None:
    assert (await table.row(Initiative)).public == []

    await table.does("Fatima", ChoosePublic(initiative_id=HERE, parts=(Part.FIRST_NAME, Part.STEPS)))

    assert (await table.row(Initiative)).public == ["steps"]
    assert [one.name_public for one in await table.rows(Participant)] == [True, False]
    said = await table.said()
    assert set(said) == {"Fatima", "Bram"}
    assert "Ook: mijn voornaam en de stappen, met foto's." in said["Fatima"][0]
    assert "Ook: de stappen, met foto's." in said["Bram"][0]
    assert "voornaam" not in said["Bram"][0]

    await table.does("Bram", ChoosePublic(initiative_id=HERE, parts=(Part.FIRST_NAME,)))
    assert (await table.row(Initiative)).public == []
    assert [one.name_public for one in await table.rows(Participant)] == [True, True]
    await table.does("Fatima", ChoosePublic(initiative_id=HERE, parts=()))
    assert [one.name_public for one in await table.rows(Participant)] == [False, True]


async def test_the_idea_is_found_by_its_words_once_it_is_public(table: Table) -> None:
    await table.change(Initiative, idea="Een glijbaan voor volwassenen")
    await table.does("Fatima", ChoosePublic(initiative_id=HERE, parts=()))
    (before,) = await table.rows(SearchDocument)
    await table.does("Fatima", ChoosePublic(initiative_id=HERE, parts=(Part.IDEA,)))
    (after,) = await table.rows(SearchDocument)

    assert "glijbaan" not in before.shown
    assert "glijbaan" in after.shown


async def test_the_links_of_a_page_are_there_as_long_as_it_is_not_hidden(table: Table) -> None:
    initiative = await table.row(Initiative)

    assert page_url(table.house, initiative) == "https://samen.elzermeer.example/initiatieven/I-2026-0001"
    view = View(initiative=initiative, relations=frozenset(), around=table.house.around("nl", MONDAY))
    assert [button.url for button in to_page(view)] == [page_url(table.house, initiative)]
    assert join_link(table.house, initiative) == "https://t.me/bot?start=mI-2026-0001"
    initiative.hidden_at = MONDAY
    assert page_url(table.house, initiative) is None
    assert to_page(view) == []
    initiative.hidden_at = None
    assert page_url(replace(table.house, public_url=None), initiative) is None
