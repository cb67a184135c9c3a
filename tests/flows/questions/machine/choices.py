"""What an act is about, and who does it: chosen from what is there, so that most acts really happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import hypothesis.strategies as st

from tests.flows.questions.machine.world import COORDINATOR, WHO_HAS_IT, WORKERS

T = TypeVar("T")

NTH = st.integers(0, 11)
"""Which one, of however many there are."""
AT_DESK = st.sampled_from((*[WHO_HAS_IT] * 12, *WORKERS, COORDINATOR))
"""Whoever has it, mostly."""
COLLEAGUE = st.sampled_from((*WORKERS, COORDINATOR))


def nth(found: Sequence[T], at: int) -> T:
    """One of them."""
    return found[at % len(found)]
