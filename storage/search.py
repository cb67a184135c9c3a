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

from sqlalchemy import (
    DDL,
    Column,
    Dialect,
    Select,
    Text,
    UniqueConstraint,
    cast,
    column,
    delete,
    event,
    func,
    literal,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.base import Table
from storage.columns import words

MOST = 9
"""How much one term counts at most in one bag."""
MANY = 50
"""From so many documents on it can be said what is rare."""


class SearchKind(StrEnum):
    """What can be found."""

    INITIATIVE = "initiative"


class Terms(TypeDecorator[Mapping[str, int]]):
    """A bag of terms. SQLite keeps a term as often as it counts, PostgreSQL keeps it with so many positions."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

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
    aside: Mapping[str, int] = Field(sa_column=Column(Terms, nullable=False))
    """Those of the rest: they tell what is alike, but nobody can find out with them what was written."""


FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "shown, aside, content='search_documents', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
        "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN"
        " INSERT INTO search_index(rowid, shown, aside) VALUES (new.id, new.shown, new.aside); END",
        "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN"
        " INSERT INTO search_index(search_index, rowid, shown, aside)"
        " VALUES ('delete', old.id, old.shown, old.aside); END",
        "CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN"
        " INSERT INTO search_index(search_index, rowid, shown, aside)"
        " VALUES ('delete', old.id, old.shown, old.aside);"
        " INSERT INTO search_index(rowid, shown, aside) VALUES (new.id, new.shown, new.aside); END",
    ),
    "postgresql": (
        "CREATE INDEX ix_search_documents_shown ON search_documents USING gin (shown)",
        "CREATE INDEX ix_search_documents_aside ON search_documents USING gin (aside)",
    ),
}
"""The full text index of each engine. SQLite's refers to the documents for their terms, and triggers keep it up:
https://sqlite.org/fts5.html#external_content_tables
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
    shown: Mapping[str, int]
    aside: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What came of it."""

    documents: int
    """How many there are in all, of any kind."""
    having: tuple[int, ...]
    """How many of those have each `Sought`."""
    found: tuple[Found, ...]
    """The best ones of the kind, best first: what few documents have counts most."""


async def keep(
    session: AsyncSession,
    kind: SearchKind,
    document_id: int,
    *,
    shown: Mapping[str, int],
    aside: Mapping[str, int] | None = None,
) -> None:
    """Let a document be found by these terms from now on, and no longer by earlier ones."""
    query = select(SearchDocument).where(
        col(SearchDocument.kind) == kind, col(SearchDocument.document_id) == document_id
    )
    document = (await session.execute(query)).scalars().first()
    if document is None:
        document = SearchDocument(kind=kind, document_id=document_id, shown=shown, aside=aside or {})
    document.shown, document.aside = dict(shown), dict(aside or {})
    session.add(document)
    await session.flush()


async def forget(session: AsyncSession, kind: SearchKind, document_ids: Collection[int]) -> None:
    """Let these documents no longer be found."""
    await session.execute(
        delete(SearchDocument).where(
            col(SearchDocument.kind) == kind, col(SearchDocument.document_id).in_(document_ids)
        )
    )


async def look_up(
    session: AsyncSession,
    kind: SearchKind,
    sought: Sequence[Sought],
    *,
    aside: bool,
    limit: int,
    common: float = 0.5,
) -> Findings:
    """The documents that have most of what is sought, at most `limit`; `aside`: by what isn't shown too.

    What more than the share `common` of many documents have is left out: it says nothing, and takes the most time.
    """
    having = await _count(session, sought, aside)
    documents = (await session.execute(select(func.count()).select_from(SearchDocument))).scalar_one()
    wanted = [
        _matching(session, one, aside).add_columns(literal(one.weight * rarity(count, documents)).label("points"))
        for one, count in zip(sought, having, strict=True)
        if 0 < count <= max(common * documents, MANY)
    ]
    if not wanted:
        return Findings(documents=documents, having=tuple(having), found=())
    hits = union_all(*wanted).subquery()
    best = (
        select(hits.c.id, func.sum(hits.c.points).label("points"))
        .join(SearchDocument, col(SearchDocument.id) == hits.c.id)
        .where(col(SearchDocument.kind) == kind)
        .group_by(hits.c.id)
        .order_by(func.sum(hits.c.points).desc(), hits.c.id.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(SearchDocument)
        .join(best, best.c.id == col(SearchDocument.id))
        .order_by(best.c.points.desc(), best.c.id.desc())
    )
    found = tuple(
        Found(document_id=one.document_id, shown=one.shown, aside=one.aside)
        for one in (await session.execute(query)).scalars()
    )
    return Findings(documents=documents, having=tuple(having), found=found)


def rarity(count: int, documents: int) -> float:
    """How much it says that a document has what `count` of all `documents` have; with few of them, about alike."""
    return log((documents + 2 * MANY) / (count + 1))


_INDEX = table("search_index", column("rowid"), column("search_index"))


def _matching(session: AsyncSession, sought: Sought, aside: bool) -> Select[Any]:
    """The rows that have what is sought."""
    groups = sought.groups
    if session.get_bind().dialect.name == "sqlite":
        either = " OR ".join(f"({' AND '.join(group)})" for group in groups)
        return select(_INDEX.c.rowid.label("id")).where(
            _INDEX.c.search_index.op("MATCH")(either if aside else f"shown : ({either})")
        )
    query = cast(" | ".join(f"({' & '.join(group)})" for group in groups), TSQUERY)
    has = col(SearchDocument.shown).op("@@")(query)
    return select(col(SearchDocument.id)).where(or_(has, col(SearchDocument.aside).op("@@")(query)) if aside else has)


async def _count(session: AsyncSession, sought: Sequence[Sought], aside: bool) -> list[int]:
    """How many documents have each."""
    if not sought:
        return []
    each = [
        select(func.count()).select_from(_matching(session, one, aside).subquery()).scalar_subquery() for one in sought
    ]
    return list((await session.execute(select(*each))).one())
