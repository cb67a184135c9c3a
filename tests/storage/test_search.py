"""Looking up documents by their terms, the same on both engines."""

from collections.abc import Mapping

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.search import (
    COMMON,
    ENOUGH,
    FEW,
    Bags,
    Findings,
    SearchDocument,
    SearchKind,
    Sought,
    forget,
    keep,
    look_up,
    rarity,
)

KIND = SearchKind.INITIATIVE


def bags(*shown: str, whole: tuple[str, ...] = ()) -> Bags:
    return Bags(shown=dict.fromkeys(shown, 1), whole=dict.fromkeys((*shown, *whole), 1))


def has(*groups: str, weight: float = 1.0) -> Sought:
    """Each group as words with spaces."""
    return Sought(groups=tuple(tuple(group.split()) for group in groups), weight=weight)


async def looked_up(session: AsyncSession, *sought: Sought, whole: bool = False, limit: int = 10) -> Findings:
    return await look_up(session, KIND, sought, whole=whole, limit=limit)


async def found(session: AsyncSession, *sought: Sought, whole: bool = False, limit: int = 10) -> list[int]:
    return [one.document_id for one in (await looked_up(session, *sought, whole=whole, limit=limit)).found]


async def test_documents_come_with_most_of_what_is_sought_first(database: Database) -> None:
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("soep", "bus"), 2: bags("soep", "bus", "brood"), 3: bags("tuin")})

        assert await found(session, has("soep"), has("brood")) == [2, 1]
        assert await found(session, has("soep"), has("brood"), limit=1) == [2]
        assert await found(session, has("kaas")) == []
        assert await found(session) == []


async def test_all_of_a_group_or_all_of_another(database: Database) -> None:
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("a1", "b1"), 2: bags("a1"), 3: bags("c1")})

        assert sorted(await found(session, has("a1 b1", "c1"))) == [1, 3]


async def test_what_few_have_counts_more(database: Database) -> None:
    documents: Mapping[int, Bags] = {n: bags("buurt", f"woord{n}") for n in range(1, 200)}
    async with database.transaction() as session:
        await keep(session, KIND, {**documents, 200: bags("soep")})

        findings = await looked_up(session, has("buurt"), has("soep"))

    assert findings.documents == 200
    assert findings.having == (199, 1)
    assert findings.found[0].document_id == 200
    assert rarity(1, 200) > rarity(199, 200) > 0


async def test_what_very_many_have_is_looked_for_only_when_there_is_nothing_else(database: Database) -> None:
    number = COMMON + 10
    everywhere = tuple(f"woord{n}" for n in range(ENOUGH // COMMON + FEW))
    async with database.transaction() as session:
        await keep(session, KIND, {n: bags(*everywhere, f"nummer{n}") for n in range(1, number + 1)})

        assert (await looked_up(session, has("woord0"))).having == (COMMON,)
        assert len(await found(session, *(has(word) for word in everywhere))) == 10
        assert (await found(session, has("nummer7"), *(has(word) for word in everywhere)))[0] == 7


async def test_what_is_not_shown_is_found_only_by_who_asks_for_it(database: Database) -> None:
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("soep", whole=("geheim",))})

        assert await found(session, has("geheim")) == []
        assert await found(session, has("geheim"), whole=True) == [1]
        assert await found(session, has("soep"), whole=True) == [1]


async def test_terms_come_back_with_how_much_they_count(database: Database) -> None:
    kept = Bags(shown={"geveltuin": 3, "xqgev": 1, "straße": 2}, whole={"2e": 9, "bomen": 40})
    async with database.transaction() as session:
        await keep(session, KIND, {1: kept})

        (shown,) = (await looked_up(session, has("geveltuin"))).found
        (whole,) = (await looked_up(session, has("bomen"), whole=True)).found

    assert dict(shown.terms) == {"geveltuin": 3, "xqgev": 1, "straße": 2}
    assert dict(whole.terms) == {"2e": 9, "bomen": 9}


async def test_a_document_kept_again_is_found_by_its_new_terms_only(database: Database) -> None:
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("soep"), 2: bags("bus")})
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("brood")})

        assert await found(session, has("soep")) == []
        assert await found(session, has("brood")) == [1]
        assert len((await session.exec(select(SearchDocument))).all()) == 2


async def test_what_is_forgotten_is_no_longer_found(database: Database) -> None:
    async with database.transaction() as session:
        await keep(session, KIND, {1: bags("soep"), 2: bags("soep")})
        await forget(session, KIND, [1])

        findings = await looked_up(session, has("soep"))

    assert [one.document_id for one in findings.found] == [2]
    assert findings.having == (1,)


async def test_a_term_that_the_index_would_cut_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="letters and digits only"):
        async with database.transaction() as session:
            await keep(session, KIND, {1: bags("jeu de boules")})
