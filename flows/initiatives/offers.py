"""What somebody can do with an initiative now: every feature says for whom, and in which states, it has a button.

The board (`flows.initiatives.board`) shows them. Whether somebody may do it is decided again where it is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.context import Around
from flows.permissions import Relation
from flows.talk.message import Button
from storage.initiatives import ENDED, Initiative


@dataclass(frozen=True, kw_only=True)
class View:
    """An initiative as one person sees it. Nothing is looked up from here on, so that every view can be tried."""

    initiative: Initiative
    relations: frozenset[Relation]
    around: Around

    @property
    def ended(self) -> bool:
        """Nothing more is asked of it."""
        return self.initiative.status in ENDED

    def is_(self, *relations: Relation) -> bool:
        """Whether the viewer is one of these to the initiative."""
        return not self.relations.isdisjoint(relations)


Offer = Callable[[View], Iterable[Button]]

_OFFERS: list[tuple[int, Offer]] = []


def offers(order: int) -> Callable[[Offer], Offer]:
    """Register buttons for the board; those with the lowest `order` (0 to 99) stand on top."""

    def register(offer: Offer) -> Offer:
        _OFFERS.append((order, offer))
        return offer

    return register


def offered(view: View) -> list[Button]:
    """All buttons of a view, in their order."""
    return [button for _, offer in sorted(_OFFERS, key=lambda pair: pair[0]) for button in offer(view)]
