"""What somebody can do with an initiative now: every feature says for whom, and in which states, it has a button.

The board (`flows.initiatives.board`) shows them. Whether somebody may do it is decided again where it is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.context import Around
from flows.initiatives.standing import AT_FIRST, Standing
from flows.permissions import Relation
from flows.talk.message import Button
from storage.initiatives import ENDED, Initiative


@dataclass(frozen=True, kw_only=True)
class View:
    """An initiative as one person sees it. Nothing is looked up from here on, so that every view can be tried."""

    initiative: Initiative
    relations: frozenset[Relation]
    around: Around
    standing: Standing = AT_FIRST

    @property
    def ended(self) -> bool:
        """Nothing more is asked of it."""
        return self.initiative.status in ENDED

    def is_(self, *relations: Relation) -> bool:
        """Whether the viewer is one of these to the initiative."""
        return not self.relations.isdisjoint(relations)


Offer = Callable[[View], Iterable[Button]]

_OFFERS: list[tuple[int, int, Offer]] = []
"""The order for residents, the order for who is there for their work, and what gives the buttons."""

AT_WORK = (Relation.GUIDE, Relation.TEAM, Relation.COORDINATOR)
ROOM = 8
"""Buttons that fit below a board; with more, the last of these opens the rest."""


def offers(order: int, *, at_work: int | None = None) -> Callable[[Offer], Offer]:
    """Register buttons for the board; those with the lowest `order` (0 to 99) stand on top.

    `at_work`: the order for who supports the initiative for their work, where that differs.
    """

    def register(offer: Offer) -> Offer:
        _OFFERS.append((order, order if at_work is None else at_work, offer))
        return offer

    return register


def offered(view: View) -> list[Button]:
    """All buttons of a view, in their order."""
    works = view.is_(*AT_WORK) and not view.is_(Relation.INITIATOR)
    in_order = sorted(_OFFERS, key=lambda one: one[1] if works else one[0])
    return [button for *_, offer in in_order for button in offer(view)]


def pages_of(buttons: list[Button]) -> tuple[list[Button], list[Button]]:
    """What stands on the board, and what is behind its last button; nothing is, where all fit."""
    return (buttons, []) if len(buttons) <= ROOM else (buttons[: ROOM - 1], buttons[ROOM - 1 :])
