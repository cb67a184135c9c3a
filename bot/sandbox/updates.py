"""The bot's inbox at Telegram: updates wait here until they are acknowledged."""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from bot.sandbox.description import bot_api
from bot.sandbox.errors import bad_request
from bot.sandbox.store import Store

Update = dict[str, Any]

FIRST_UPDATE_ID = 700_000_001
ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """Updates in order of arrival, each with its own update_id; ids go on after a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next_id: int = store.all("counter").get(("update_id",), FIRST_UPDATE_ID)
        self.allowed: list[str] = store.all("setting").get(("allowed_updates",), [])
        self.pending: dict[int, Update] = {key[-1]: update for key, update in sorted(store.all("update").items())}  # type: ignore[misc]
        self.arrived: list[Callable[[Update], None]] = []

    def add(self, kind: str, payload: Any) -> None:
        """Something happened to the bot; dropped when the bot asked not to hear of this kind."""
        if kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED:
            self.add_raw({kind: payload})

    def add_raw(self, content: dict[str, Any]) -> Update:
        """Queue an update with this content as it is."""
        update: Update = {"update_id": self._next_id, **content}
        self._next_id += 1
        self.pending[update["update_id"]] = update
        self._store.put("update", (update["update_id"],), update)
        self._store.put("counter", ("update_id",), self._next_id)
        for tell in list(self.arrived):
            tell(update)
        return update

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Which kinds the bot wants from now on: empty for the usual, None to leave it as it was."""
        if kinds is not None:
            kinds = list(kinds)
            if unknown := sorted(set(kinds) - bot_api().updates):
                raise bad_request(f"allowed_updates: there are no updates of kind {', '.join(unknown)}")
            self.allowed = kinds
            self._store.put("setting", ("allowed_updates",), self.allowed)

    def acknowledge_below(self, offset: int) -> None:
        """Forget every update with an id under offset; a negative offset keeps the last -offset updates."""
        if offset < 0:
            self._forget(list(self.pending)[:offset])
        else:
            self._forget(list(takewhile(lambda update_id: update_id < offset, self.pending)))

    def acknowledge(self, update_id: int) -> None:
        """Forget one update: the webhook has it."""
        if update_id in self.pending:
            self._forget([update_id])

    def drop(self) -> None:
        """Forget all (drop_pending_updates)."""
        self._forget(list(self.pending))

    def _forget(self, ids: list[int]) -> None:
        for update_id in ids:
            del self.pending[update_id]
            self._store.remove("update", (update_id,))
