"""All tables, for whoever needs the whole schema at once (migrations, checks)."""

from storage import (
    agreements,
    audit,
    broadcasts,
    cards,
    conversations,
    initiatives,
    leases,
    lessons,
    moderation,
    moments,
    municipality,
    outbox,
    participation,
    people,
    questions,
    references,
    steps,
    timers,
    updates,
)
from storage.base import Table

__all__ = ["METADATA"]

METADATA = Table.metadata
MODULES = (
    agreements, audit, broadcasts, cards, conversations, initiatives, leases, lessons, moderation, moments,
    municipality, outbox, participation, people, questions, references, steps, timers, updates,
)  # fmt: skip
