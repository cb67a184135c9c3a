"""All tables, for whoever needs the whole schema at once (migrations, checks)."""

from storage import (
    agreements,
    audit,
    broadcasts,
    cards,
    conversations,
    endings,
    groups,
    initiatives,
    knowledge,
    leases,
    lessons,
    mail,
    moderation,
    moments,
    municipality,
    outbox,
    participation,
    people,
    questions,
    references,
    routing,
    search,
    steps,
    timers,
    updates,
)
from storage.base import Table

__all__ = ["METADATA", "is_described"]

METADATA = Table.metadata
MODULES = (
    agreements, audit, broadcasts, cards, conversations, endings, groups, initiatives, knowledge, leases, lessons,
    mail, moderation, moments, municipality, outbox, participation, people, questions, references, routing, search,
    steps, timers, updates,
)  # fmt: skip


def is_described(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether Alembic compares it: not the full text index (`storage.search`), which it can't see."""
    own = {"table": "search_index", "index": "ix_search_documents_"}
    return kind not in own or not (name or "").startswith(own[kind])
