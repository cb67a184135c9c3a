"""What can be found by its words: documents of a kind, looked up by SQLite's FTS5 or PostgreSQL's full text.

Which words a text has is decided elsewhere (`flows.words`): a document comes as bags of terms, each a word of letters
and digits only with how much it counts. What is looked up are `Sought`s; the best candidates come back with their
bags, so that who asked can judge how alike they really are, in the same way on both engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Any

from sqlalchemy import DDL, Column, Dialect, Result, Text, UniqueConstraint, delete, event, text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table
from storage.columns import words
from storage.inserting import insert_into

MOST = 9
"""How much one term counts at most in one bag."""
MANY = 50
"""From so many documents on it can be said what is rare."""
COMMON = 300
"""What so many documents have is common; how many exactly isn't counted."""
FEW, ENOUGH = 3, 1200
"""At least so many things are looked for (the rarest), and more up to so many documents in all."""


class SearchKind(StrEnum):
    """What can be found."""

    INITIATIVE = "initiative"


class Terms(TypeDecorator[Mapping[str, int]]):
    """A bag of terms. SQLite keeps a term as often as it counts, PostgreSQL keeps it with so many positions."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import TSVECTOR  # only there: it takes 2 MB

        return dialect.type_descriptor(TSVECTOR())

    def process_bind_param(self, value: Mapping[str, int] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not all(term.isalnum() for term in value):
            raise ValueError("a term has letters and digits only")
        counted = sorted((term, min(MOST, count)) for term, count in value.items())
        if dialect.name == "postgresql":
            return " ".join(f"{term}:{','.join(str(n + 1) for n in range(count))}" for term, count in counted)
        return " ".join(term for term, count in counted for _ in range(count))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, int] | None:
        if value is None:
            return None
        if dialect.name != "postgresql":
            return Counter(value.split())
        entries = (entry.partition(":") for entry in value.split())
        return {term.strip("'"): places.count(",") + 1 for term, _, places in entries}


class SearchDocument(Table, table=True):
    """One thing that can be found. The full text index follows by itself."""

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("kind", "document_id"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: SearchKind = Field(sa_column=Column(words(SearchKind), nullable=False))
    document_id: int
    shown: Mapping[str, int] = Field(sa_column=Column(Terms, nullable=False))
    """The terms of what everybody may see."""
    whole: Mapping[str, int] = Field(sa_column=Column(Terms, nullable=False))
    """The terms of all of it: they tell what is alike, and nobody may find out with them what was written."""


FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "shown, whole, content='search_documents', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 0', detail=column, columnsize=0)",
        "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN"
        " INSERT INTO search_index(rowid, shown, whole) VALUES (new.id, new.shown, new.whole); END",
        "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN"
        " INSERT INTO search_index(search_index, rowid, shown, whole)"
        " VALUES ('delete', old.id, old.shown, old.whole); END",
        "CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN"
        " INSERT INTO search_index(search_index, rowid, shown, whole)"
        " VALUES ('delete', old.id, old.shown, old.whole);"
        " INSERT INTO search_index(rowid, shown, whole) VALUES (new.id, new.shown, new.whole); END",
    ),
    "postgresql": (
        "CREATE INDEX ix_search_documents_shown ON search_documents USING gin (shown) WITH (fastupdate = off)",
        "CREATE INDEX ix_search_documents_whole ON search_documents USING gin (whole) WITH (fastupdate = off)",
    ),
}
"""The full text index of each engine.

SQLite's refers to the documents for their terms, and triggers keep it up; where in a document a term stands is left
out. https://sqlite.org/fts5.html#external_content_tables
PostgreSQL's is kept up at once: a list of what it must still take in makes every search slower until a vacuum.
"""
_ddl: Any = DDL  # SQLAlchemy left its types out
_table = Table.metadata.tables["search_documents"]
for _engine, _statements in FULL_TEXT.items():
    for _statement in _statements:
        event.listen(_table, "after_create", _ddl(_statement).execute_if(dialect=_engine))
event.listen(_table, "before_drop", _ddl("DROP TABLE search_index").execute_if(dialect="sqlite"))


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Something to look for: a document has it that has all terms of one of the groups."""

    groups: tuple[tuple[str, ...], ...]
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Found:
    """A document that has some of what was sought."""

    document_id: int
    terms: Mapping[str, int]
    """Of what was looked through: what is shown, or all of it."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What came of it."""

    documents: int
    """About how many there are in all, of any kind."""
    having: tuple[int, ...]
    """How many of those have each `Sought`, up to `COMMON`."""
    found: tuple[Found, ...]
    """The best ones of the kind, best first: what few documents have counts most."""


@dataclass(frozen=True, kw_only=True)
class Bags:
    """The terms of a document."""

    shown: Mapping[str, int]
    whole: Mapping[str, int]


async def keep(session: AsyncSession, kind: SearchKind, documents: Mapping[int, Bags]) -> None:
    """Let these documents be found by these terms from now on, and no longer by earlier ones."""
    rows = [
        {"kind": kind, "document_id": number, "shown": bags.shown, "whole": bags.whole}
        for number, bags in documents.items()
    ]
    new = insert_into(session, _table)
    statement = new.on_conflict_do_update(
        index_elements=["kind", "document_id"], set_={"shown": new.excluded.shown, "whole": new.excluded.whole}
    )
    await (await session.connection()).execute(statement, rows)


async def forget(session: AsyncSession, kind: SearchKind, document_ids: Collection[int]) -> None:
    """Let these documents no longer be found."""
    await session.exec(
        delete(SearchDocument).where(
            col(SearchDocument.kind) == kind, col(SearchDocument.document_id).in_(document_ids)
        )
    )


async def look_up(
    session: AsyncSession, kind: SearchKind, sought: Sequence[Sought], *, whole: bool, limit: int
) -> Findings:
    """The documents that have most of what is sought, at most `limit`; `whole`: by what isn't shown too.

    What is rare goes first, up to `ENOUGH` documents: what many have says little, and takes the most time.
    """
    if not sought:
        return Findings(documents=0, having=(), found=())
    counts = await _count(session, sought, whole)
    documents, having = counts[0], counts[1:]
    wanted: list[tuple[Sought, float]] = []
    sum_of_counts = 0
    for count, one in sorted(zip(having, sought, strict=True), key=lambda pair: pair[0]):
        sum_of_counts += count
        if count and (len(wanted) < FEW or sum_of_counts <= ENOUGH):
            wanted.append((one, one.weight * rarity(count, documents)))
    found = await _best(session, kind, wanted, whole, limit) if wanted else ()
    return Findings(documents=documents, having=tuple(having), found=found)


def rarity(count: int, documents: int) -> float:
    """How much it says that a document has what `count` of all `documents` have; with few of them, about alike."""
    return log((documents + 2 * MANY) / (count + 1))


async def _count(session: AsyncSession, sought: Sequence[Sought], whole: bool) -> list[int]:
    """How many documents there were, and how many have each, up to `COMMON`."""
    rows = _rows(session, whole)
    each = [
        f"(SELECT count(*) FROM (SELECT id FROM {rows.format(n)} LIMIT {COMMON}) AS some{n})"
        for n in range(len(sought))
    ]
    statement = text(f"SELECT {', '.join(['(SELECT coalesce(max(id), 0) FROM search_documents)', *each])}")
    return list((await _run(session, statement, _queries(session, sought, whole))).one())


async def _best(
    session: AsyncSession, kind: SearchKind, wanted: Sequence[tuple[Sought, float]], whole: bool, limit: int
) -> tuple[Found, ...]:
    """The documents of the kind with the most points, best first."""
    rows = _rows(session, whole)
    hits = " UNION ALL ".join(
        f"SELECT id, CAST(:points{n} AS FLOAT) AS points FROM {rows.format(n)}" for n in range(len(wanted))
    )
    statement = text(
        f"SELECT document_id, {_column(whole)} AS terms FROM search_documents"
        f" JOIN (SELECT id AS hit, sum(points) AS points FROM ({hits}) AS hits GROUP BY id) AS best ON id = hit"
        " WHERE kind = :kind ORDER BY points DESC, id DESC LIMIT :limit"
    ).columns(terms=Terms)
    values = {
        **_queries(session, [one for one, _ in wanted], whole),
        **{f"points{n}": points for n, (_, points) in enumerate(wanted)},
    }
    result = await _run(session, statement, {**values, "kind": kind.value, "limit": limit})
    return tuple(Found(document_id=row.document_id, terms=row.terms) for row in result)


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _rows(session: AsyncSession, whole: bool) -> str:
    """Where the rows are whose documents have the query number {}, with their `id`."""
    if _is_sqlite(session):
        return "(SELECT rowid AS id FROM search_index WHERE search_index MATCH :query{0}) AS had{0}"
    has = f"{_column(whole)} @@ CAST(:query{{0}} AS tsquery)"
    return f"(SELECT id FROM search_documents WHERE {has}) AS had{{0}}"


def _column(whole: bool) -> str:
    return "whole" if whole else "shown"


def _queries(session: AsyncSession, sought: Sequence[Sought], whole: bool) -> dict[str, Any]:
    """What is sought in the engine's own words."""
    all_of, any_of = (" AND ", " OR ") if _is_sqlite(session) else (" & ", " | ")
    queries = [any_of.join(f"({all_of.join(group)})" for group in one.groups) for one in sought]
    if _is_sqlite(session):
        queries = [f"{_column(whole)} : ({query})" for query in queries]
    return {f"query{n}": query for n, query in enumerate(queries)}


async def _run(session: AsyncSession, statement: Any, values: dict[str, Any]) -> Result[Any]:
    """As text: for statements that differ every time, SQLAlchemy's expressions take longer than the search."""
    result: Result[Any] = await (await session.connection()).execute(statement, values)
    return result
