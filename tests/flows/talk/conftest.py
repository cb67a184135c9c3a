"""Somebody's chat on both databases, and code that is deployed for one test."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import cast

import pytest

from flows.talk.replay import Conversation, Run, registered
from storage.database import Database
from tests.flows.talk.chat import Chat, opened
from tests.flows.talk.play import house

Deploy = Callable[..., Conversation]


@pytest.fixture
def deploy(monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """`deploy(name, run)`: from now on, in this test, the conversation `name` is `run`; None: it is gone."""
    conversations = cast("MutableMapping[str, Conversation]", registered())

    def put(name: str, run: Run | None, *, command: str | None = None) -> Conversation | None:
        if run is None:
            monkeypatch.delitem(conversations, name)
            return None
        before = conversations.get(name)
        talk = Conversation(name=name, run=run, command=command or (before.command if before else None))
        monkeypatch.setitem(conversations, name, talk)
        return talk

    return cast("Deploy", put)


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Somebody who has been welcomed."""
    await opened(database, house())
    chat = Chat(database, house())
    await chat.writes("/start")
    await chat.presses("Dat zeg ik liever niet")
    return chat
