"""Who does something like it already: the right ones, nothing that isn't alike, and nothing that isn't for all."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.initiatives.finding.alike import Similar, index, index_missing, look_for_similar
from flows.opening import open_house
from flows.words.finding import find
from storage.database import Database
from storage.initiatives import Initiative, InitiativeStatus, Part
from storage.search import SearchDocument, SearchKind
from tests.flows.initiatives.believable import NOW, believable
from tests.flows.initiatives.pairs import PAIRS
from tests.flows.talk.play import house
from tests.needs import size

KIND = SearchKind.INITIATIVE
HITS = 10
"""Among so many first hits the right one must be."""


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A transaction in an open house."""
    async with database.transaction() as session:
        await open_house(session, house().municipality, NOW)
        yield session


async def add(session: AsyncSession, *initiatives: Initiative) -> None:
    session.add_all(initiatives)
    await session.flush()
    await index_missing(session, house().municipality)


def plan(
    title: str,
    idea: str,
    *,
    district: str | None = "WK999904",
    theme: str | None = "groen",
    status: InitiativeStatus = InitiativeStatus.EXPLORING,
) -> Initiative:
    return Initiative(
        reference=f"I-{abs(hash((title, idea, district, status))) % 10**9}",
        title=title,
        idea=idea,
        helpers=["neighbours"],
        district_code=district,
        theme_code=theme,
        first_step="Beginnen",
        status=status,
        team_code="gebied-stad",
        respond_by=NOW,
    )


async def similar(
    session: AsyncSession, idea: str, *, district: str | None = None, theme: str | None = None
) -> list[Similar]:
    context = Context(house=house(), session=session, now=NOW, actor=None)
    return await look_for_similar(context, idea=idea, district=district, theme=theme)


async def titles(session: AsyncSession, idea: str, *, district: str | None = None) -> list[str]:
    return [one["title"] for one in await similar(session, idea, district=district)]


async def test_each_query_finds_its_initiative_among_very_many(session: AsyncSession) -> None:
    right = [pair.initiative(number) for number, pair in enumerate(PAIRS, 1)]
    await add(session, *believable(size(1_000, 10_000)), *right)
    missed = {}

    for pair, one in zip(PAIRS, right, strict=True):
        hits = (await find(session, KIND, pair.query))[:HITS]
        if one.id not in [hit.document_id for hit in hits]:
            missed[pair.query] = [(await session.get_one(Initiative, hit.document_id)).title for hit in hits]

    assert missed == {}


TOWN = (
    plan("Groene gevels", "Met de hele straat tegels wippen en geveltuinen aanleggen langs onze huizen."),
    plan("Buurtbarbecue", "Op het pleintje een keer per jaar samen eten en elkaar leren kennen."),
    plan("Soepbus", "Iedere woensdag soep uitdelen aan mensen die alleen wonen, met een bakfiets."),
    plan("Schone sloot", "Elke maand met laarzen en netten het plastic uit de sloot halen."),
    plan("Leren fietsen", "Vrouwen die dat nooit leerden geven we fietsles op het schoolplein."),
    plan("Pannakooi", "Een kooi waar jongeren kunnen voetballen, dicht bij het station."),
    plan("Licht in de steeg", "Lampjes ophangen zodat je in het donker veilig naar huis kunt."),
    plan("Taalcafé", "Twee keer per week Nederlands praten met nieuwkomers, met koffie en koek."),
    plan("Bankjes op de route", "Bankjes plaatsen langs het ommetje zodat ouderen kunnen uitrusten."),
    plan("De Deelschuur", "Gereedschap delen met de straat: boormachines, ladders en een aanhanger."),
)


@pytest.mark.parametrize(
    ("idea", "title"),
    [
        ("Ik wil met mijn buren geveltuintjes maken.", "Groene gevels"),
        ("Wij willen graag tegels uit de straat halen en een tuin langs de gevel beginnen.", "Groene gevels"),
        ("Een barbecue voor de hele buurt", "Buurtbarbecue"),
        ("Soep koken en uitdelen aan wie alleen is", "Soepbus"),
        ("Samen plastic uit de sloten halen met de kinderen", "Schone sloot"),
        ("Fietslessen voor vrouwen op het plein bij school", "Leren fietsen"),
        ("Een voetbalkooi voor de jongeren", "Pannakooi"),
        ("Meer lampen in de donkere steeg, dat is veiliger", "Licht in de steeg"),
        ("Nederlands oefenen met nieuwkomers", "Taalcafé"),
        ("Een bankje neerzetten waar ouderen even uit kunnen rusten", "Bankjes op de route"),
        ("Ladders en boormachines met elkaar delen", "De Deelschuur"),
    ],
)
async def test_who_has_the_same_in_mind_hears_of_it(session: AsyncSession, idea: str, title: str) -> None:
    await add(session, *(plan(one.title, one.idea) for one in TOWN))

    found = await titles(session, idea)

    assert found[:1] == [title]
    assert len(found) <= 2


@pytest.mark.parametrize(
    "idea",
    [
        "Ik wil samen met de buren iets moois maken voor de hele buurt.",
        "Een muur schilderen met een grote walvis",
        "Wij willen met een koor optreden in het verzorgingshuis.",
        "Bijen houden op het dak van de flat",
        "Een keer per jaar met de straat naar zee",
        "Kleding ruilen in de kerk",
        "Een schaaktoernooi voor kinderen op school",
        "!!! ??? 123",
        "",
    ],
)
async def test_who_has_something_else_in_mind_hears_of_nothing(session: AsyncSession, idea: str) -> None:
    await add(session, *(plan(one.title, one.idea) for one in TOWN))

    assert await titles(session, idea) == []


async def test_three_at_most_and_those_nearby_first(session: AsyncSession) -> None:
    far = [plan(f"Geveltuin nummer {n}", "Een geveltuin aanleggen.", district=f"WK99990{n}") for n in range(1, 7)]
    await add(session, *far)

    found = await similar(session, "Een geveltuin aanleggen", district="WK999903", theme="groen")

    assert len(found) == 3
    assert found[0]["district"] == "WK999903"


async def test_the_same_district_and_theme_help_what_is_half_alike(session: AsyncSession) -> None:
    await add(session, plan("Samen eten", "Koken en eten met ouderen in het buurthuis, elke dinsdag.", theme="samen"))
    idea = "Elke vrijdag met studenten eten en daarna muziek maken in het buurthuis, met een optreden"

    assert await similar(session, idea) == []
    assert len(await similar(session, idea, district="WK999904", theme="samen")) == 1


async def test_what_is_hidden_or_stopped_is_no_example_but_what_is_done_is(session: AsyncSession) -> None:
    hidden = plan("Geveltuin A", "Een geveltuin aanleggen.")
    hidden.hidden_at = NOW
    await add(
        session,
        hidden,
        plan("Geveltuin B", "Een geveltuin aanleggen.", status=InitiativeStatus.STOPPED),
        plan("Geveltuin C", "Een geveltuin aanleggen.", status=InitiativeStatus.MERGED),
        plan("Geveltuin D", "Een geveltuin aanleggen.", status=InitiativeStatus.DONE),
    )

    (found,) = await similar(session, "Geveltuin aanleggen")

    assert found == Similar(
        id=found["id"],
        reference=found["reference"],
        title="Geveltuin D",
        district="WK999904",
        theme="groen",
        status="done",
        first_step="Beginnen",
    )


async def test_an_idea_that_is_not_public_is_not_found_by_its_words(session: AsyncSession) -> None:
    one = plan("Groene gevels", "De hond van de bakker graaft alles om, dus we zetten hekjes.")
    await add(session, one)
    context = Context(house=house(), session=session, now=NOW, actor=None)
    assert await find(session, KIND, "bakker hekjes") == []
    assert [hit.document_id for hit in await find(session, KIND, "bakker hekjes", whole=True)] == [one.id]

    one.public = [Part.IDEA.value]
    await index(context, one)

    assert [hit.document_id for hit in await find(session, KIND, "bakker hekjes")] == [one.id]


@pytest.mark.parametrize(
    "text", ["漢" * 1000, "a" * 1000, "½ ² ' \\ : & | ! ( ) * \" AND OR NOT NEAR", "مرحبا بالجميع", "\x00ab"]
)
async def test_any_text_can_be_kept_and_looked_for(session: AsyncSession, text: str) -> None:
    context = Context(house=house(), session=session, now=NOW, actor=None)
    one = plan("Soepbus", "Soep.")
    await add(session, one)
    with session.no_autoflush:
        one.title = text
        await index(context, one)
        await session.refresh(one)

    assert len(await find(session, KIND, text)) <= 1
    assert len(await find(session, KIND, text, whole=True)) <= 1


async def test_what_is_said_anew_is_found_anew(session: AsyncSession) -> None:
    one = plan("Groene gevels", "Planten.")
    await add(session, one)
    context = Context(house=house(), session=session, now=NOW, actor=None)

    one.title = "Soepbus"
    await index(context, one)

    assert await find(session, KIND, "gevel") == []
    assert [hit.document_id for hit in await find(session, KIND, "soep")] == [one.id]


async def test_an_initiative_from_before_the_index_is_indexed_at_opening(session: AsyncSession) -> None:
    await add(session, plan("Soepbus", "Soep."), plan("Groene gevels", "Planten."))
    await session.exec(delete(SearchDocument).where(col(SearchDocument.document_id) == 1))
    assert await find(session, KIND, "soep") == []

    await open_house(session, house().municipality, NOW)

    assert len(await find(session, KIND, "soep")) == 1
    assert len((await session.exec(select(SearchDocument))).all()) == 2
