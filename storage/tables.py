"""All tables, for whoever needs the whole schema at once (migrations, checks)."""

from storage import (
    audit,
    broadcasts,
    cards,
    conversations,
    initiatives,
    leases,
    municipality,
    outbox,
    people,
    questions,
    references,
    timers,
    updates,
)
from storage.base import Table

__all__ = ["METADATA"]

METADATA = Table.metadata
MODULES = (
    audit, broadcasts, cards, conversations, initiatives, leases, municipality, outbox, people, questions,
    references, timers, updates,
)  # fmt: skip
