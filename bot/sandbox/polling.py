"""getUpdates: the bot asks, and waits a while for what comes."""

import asyncio
from itertools import islice
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Faults
from bot.sandbox.updates import Update
from bot.sandbox.world import World

LONGEST_WAIT = 50  # seconds
MOST_UPDATES = 100

WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET_MEANWHILE = "Conflict: terminated by setWebhook request"


class Polling:
    """At most one request waits; a second one ends the first."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._waiting: asyncio.Future[str | None] | None = None  # the result: why it ended, if not for an update
        self._again: list[Update] = []
        world.updates.arrived.append(lambda update: self._end_wait(None))
        world.webhook.changed.append(self._webhook_changed)

    async def get_updates(self, parameters: dict[str, Any]) -> list[Update]:
        """The oldest updates from offset on, which also acknowledges those before it."""
        if self._world.webhook.target.url:
            raise ApiError(409, WEBHOOK_IS_SET)
        self._end_wait(OTHER_POLL)
        updates = self._world.updates
        updates.allow(parameters.get("allowed_updates"))
        updates.acknowledge_below(parameters.get("offset", 0))
        self._world.settle()
        timeout = min(max(parameters.get("timeout", 0), 0), LONGEST_WAIT)
        if timeout and not updates.pending and not self._again:
            await self._wait(timeout)
        limit = min(max(parameters.get("limit", MOST_UPDATES), 1), MOST_UPDATES)
        return self._disturb(list(islice(updates.pending.values(), limit)))

    async def _wait(self, seconds: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        await asyncio.wait([waiting], timeout=seconds)
        if self._waiting is waiting:
            self._waiting = None
        if waiting.done() and (conflict := waiting.result()) is not None:
            raise ApiError(409, conflict)

    def _end_wait(self, conflict: str | None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(conflict)

    def _webhook_changed(self) -> None:
        if self._world.webhook.target.url:
            self._end_wait(WEBHOOK_SET_MEANWHILE)

    def _disturb(self, batch: list[Update]) -> list[Update]:
        """The batch with the faults that were ordered."""
        again, self._again = self._again, []
        delivered = again
        for update in batch:
            delivered.append(update)
            if self._faults.take_duplicate():
                delivered.append(update)
            if self._faults.take_later_duplicate():
                self._again.append(update)
        if len(delivered) > 1 and self._faults.take_reorder():
            delivered.reverse()
        return delivered

    def stop(self) -> None:
        """Let a waiting request go."""
        self._end_wait(None)
