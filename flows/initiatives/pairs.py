"""Buttons that carry an initiative and something of it."""

from __future__ import annotations

from flows.doors import id_in


def pair_in(argument: str) -> tuple[int, int] | None:
    """The two numbers of a button such as "3-15"; None for anything else, as nothing in a button is to be trusted."""
    first, dash, second = argument.partition("-")
    numbers = id_in(first), id_in(second)
    return (numbers[0], numbers[1]) if dash and numbers[0] is not None and numbers[1] is not None else None
