"""Finding documents by a text: the engine's index brings the candidates, and here they are judged word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from flows.words.analysis import PIECE, WHOLE, ends, is_weak, nearness, stems, stems_in, trigrams
from storage.search import Found, SearchKind, Sought, look_up, rarity

MOST = 12
"""Words of a text that are looked for; who writes more has said it by then."""
CANDIDATES = 40
"""Documents that are judged."""
AS_A_PART = 0.5
"""How much it counts for a candidate that it may have a word as a part of another."""
BY_AN_END = 0.25
"""How much, that it may have a part of a word."""
WEAK = 0.2
"""How much a word counts that nearly everybody uses."""
LIGHT = 0.3
"""How much more a word counts for each point of the weight it has in the document."""
LETTERS = 8
"""A title that has fewer letters in common says less: "eten" may be said of anything, "geveltuin" may not."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found."""

    document_id: int
    score: float
    """To put them in order."""
    share: float
    """How much of the text is in the document, from 0 to 1; rare words count more."""
    core: float
    """How much of what weighs most in the document (its title) is in the text, from 0 to 1."""
    met: float
    """How many words they have in common; parts and weak words count less."""


async def find(session: AsyncSession, kind: SearchKind, text: str, *, whole: bool = False) -> list[Hit]:
    """The documents of a kind that have most of the words of `text`, best first; at most `CANDIDATES`.

    `whole`: by what isn't shown too. Only for saying what is alike: else people could find out what others wrote.
    """
    sought = list(dict.fromkeys(stems(text)))
    sought = sorted(sought, key=is_weak)[:MOST]
    if not sought:
        return []
    looked_for = [Sought(groups=((one,),), weight=_strength(one)) for one in sought]
    for one in sought:
        if len(one) >= PIECE:
            looked_for.append(Sought(groups=(trigrams(one),), weight=AS_A_PART * _strength(one)))
        if len(one) >= WHOLE:
            looked_for.append(Sought(groups=ends(one), weight=BY_AN_END * _strength(one)))
    findings = await look_up(session, kind, looked_for, whole=whole, limit=CANDIDATES)
    weights = [
        rarity(count, findings.documents) * _strength(one)
        for one, count in zip(sought, findings.having[: len(sought)], strict=True)
    ]
    hits = [_judged(one, sought, weights) for one in findings.found]
    return sorted((hit for hit in hits if hit.met > 0), key=lambda hit: -hit.score)


def _strength(one: str) -> float:
    return WEAK if is_weak(one) else 1.0


def _judged(found: Found, sought: Sequence[str], weights: Sequence[float]) -> Hit:
    bag = stems_in(found.terms)
    near = [nearness(one, bag) for one in sought]
    extra = [1 + LIGHT * (bag.get(one, 1) - 1) for one in sought]
    possible = sum(weights) or 1.0
    heaviest = max(bag.values(), default=0)
    core = {one: _strength(one) for one, weight in bag.items() if weight == heaviest}
    met = {one: nearness(one, sought) for one in core}
    letters = sum(len(one) * met[one] for one in core)
    in_text = sum(strength * met[one] for one, strength in core.items()) / (sum(core.values()) or 1.0)
    score = sum(a * b * c for a, b, c in zip(near, weights, extra, strict=True)) / possible
    return Hit(
        document_id=found.document_id,
        score=score - 0.0005 * len(bag),  # of two that have the same words, the shorter one is more about them
        share=sum(a * b for a, b in zip(near, weights, strict=True)) / possible,
        core=in_text * min(1.0, letters / LETTERS),
        met=sum(a * _strength(one) for a, one in zip(near, sought, strict=True)),
    )
