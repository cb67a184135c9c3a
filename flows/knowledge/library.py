"""The published articles, ready to be looked through; kept in memory and built anew when one changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.knowledge import Article, ArticleStatus

if TYPE_CHECKING:
    from flows.knowledge.finder import Finder, Found

Version = tuple[int, datetime | None]
"""How many there are, and when one last changed: the same for every replica."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article as it is found."""

    id: int
    question: str
    answer: str
    checked_on: date
    source: str | None


class Library:
    """Finds articles. Nothing is built before the first question, nor while there are no articles."""

    def __init__(self) -> None:
        self._version: Version | None = None
        self._finder: Finder[Known] | None = None

    async def find(self, session: AsyncSession, text: str, limit: int = 3) -> Sequence[Found[Known]]:
        """The published articles that fit best, best first; empty when none fits."""
        published = Article.status == ArticleStatus.PUBLISHED
        count, latest = (
            await session.exec(select(func.count(), func.max(col(Article.updated_at))).where(published))
        ).one()
        if not count:
            self._version, self._finder = None, None
            return []
        finder = self._finder
        if finder is None or self._version != (count, latest):
            rows = (await session.exec(select(Article).where(published).order_by(col(Article.id)))).all()
            known = [
                Known(
                    id=one.id or 0,
                    question=one.question,
                    answer=one.answer,
                    checked_on=one.checked_on,
                    source=one.source,
                )
                for one in rows
            ]
            finder = await asyncio.to_thread(_build, known)
            self._version, self._finder = (count, latest), finder
        return finder.find(text, limit)


def _build(known: Sequence[Known]) -> Finder[Known]:
    """Imported only now: the words that mean the same take memory, which a house without articles doesn't need."""
    from flows.knowledge.finder import Finder

    return Finder.build(known)
