"""What people looked for lately and didn't find, the same things together.

Their words are read by the team that would have got their question, and by coordinators; by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlmodel import col, select

from flows.context import Context
from flows.people.teams import coordinates, teams_watched
from flows.questions.routing.route import route, rules_of
from storage.knowledge import ArticleSearch, SearchOutcome

LATELY = timedelta(days=30)
MOST = 10
LOOKED_AT = 500
"""The latest; comparing more takes long and tells nothing else."""
ALIKE = 0.4
"""The share of their words that two have in common."""


async def missing(context: Context) -> list[tuple[int, str, int]]:
    """Of what the actor may read: the number of one search, its words, how many were alike; most first, at most ten."""
    query = (
        select(ArticleSearch)
        .where(
            col(ArticleSearch.at) > context.now - LATELY,
            col(ArticleSearch.outcome).in_((SearchOutcome.NOTHING, SearchOutcome.ASKED)),
        )
        .order_by(col(ArticleSearch.id).desc())
        .limit(LOOKED_AT)
    )
    found = (await context.session.exec(query)).all()
    return grouped((one.id or 0, one.asked) for one in await readable(context, found))


async def readable(context: Context, searches: Sequence[ArticleSearch]) -> list[ArticleSearch]:
    """Those whose words the actor may read: of their own teams, or all for a coordinator."""
    if await coordinates(context):
        return list(searches)
    mine, rules = await teams_watched(context, context.me), await rules_of(context)
    municipality = context.house.municipality
    return [one for one in searches if route(rules, municipality, one.theme_code, None, one.at).team in mine]


def grouped(searches: Iterable[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """Searches (number, words) that share enough words are one, named by the first of them."""
    from flows.knowledge.words import telling, words

    groups: list[tuple[int, str, frozenset[str], int]] = []
    for number, asked in searches:
        stems = frozenset(telling(words(asked)))
        place = next((at for at, one in enumerate(groups) if _alike(one[2], stems)), None)
        if place is None:
            groups.append((number, asked, stems, 1))
        else:
            first, name, own, count = groups[place]
            groups[place] = (first, name, own, count + 1)
    groups.sort(key=lambda one: -one[3])
    return [(number, asked, count) for number, asked, _, count in groups[:MOST]]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or (bool(one | other) and len(one & other) / len(one | other) >= ALIKE)
