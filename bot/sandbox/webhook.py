"""Updates pushed to the bot: what setWebhook sets, and the pushing."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox.faults import Faults
from bot.sandbox.store import Store
from bot.sandbox.updates import Update

if TYPE_CHECKING:
    from bot.sandbox.world import World

DEFAULT_CONNECTIONS = 40
ANSWER_TIMEOUT = 60.0  # seconds


@dataclass
class Target:
    """Where to, and how it went last."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    last_error_date: int | None = None
    last_error_message: str | None = None


class Webhook:
    """The webhook that is set, if any."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.target = Target(**store.all("setting").get(("webhook",), {}))
        self.changed: list[Callable[[], None]] = []

    def set(self, target: Target) -> None:
        """Another target; an empty url is none."""
        self.target = target
        self.save()
        for tell in list(self.changed):
            tell()

    def failed(self, reason: str) -> None:
        """Note what getWebhookInfo tells."""
        self.target.last_error_date = int(time.time())
        self.target.last_error_message = reason
        self.save()

    def save(self) -> None:
        """Keep it."""
        self._store.put("setting", ("webhook",), asdict(self.target))


@dataclass
class Pusher:
    """Pushes updates of one chat in order, different chats side by side, until each is answered with 2xx.

    Between tries it waits first_pause seconds, doubling up to longest_pause.
    """

    world: "World"
    faults: Faults
    first_pause: float = 0.1
    longest_pause: float = 5.0
    _queues: dict[int, deque[Update]] = field(default_factory=dict)
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Begin, with what is waiting."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_TIMEOUT))
        self.world.updates.arrived.append(self._enqueue)
        self.world.webhook.changed.append(self._restart)
        self._restart()

    async def stop(self) -> None:
        """End; what wasn't taken keeps waiting."""
        self.world.updates.arrived.remove(self._enqueue)
        self.world.webhook.changed.remove(self._restart)
        tasks = list(self._tasks.values())
        self._cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _cancel(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._queues.clear()

    def _restart(self) -> None:
        self._cancel()
        self._connections = asyncio.Semaphore(self.world.webhook.target.max_connections)
        for update in self.world.updates.pending.values():
            self._enqueue(update)

    def _enqueue(self, update: Update) -> None:
        if not self.world.webhook.target.url:
            return
        chat_id = _chat_of(update)
        self._queues.setdefault(chat_id, deque()).append(update)
        if chat_id not in self._tasks:
            self._tasks[chat_id] = asyncio.create_task(self._push_all(chat_id))

    async def _push_all(self, chat_id: int) -> None:
        queue = self._queues[chat_id]
        while queue:
            if len(queue) > 1 and self.faults.take_reorder():
                queue.rotate(1)
            update = queue[0]
            await self._push(update)
            if self.faults.take_duplicate():
                await self._push(update)
            if self.faults.take_later_duplicate():
                queue.append(update)
            queue.remove(update)
            self.world.updates.acknowledge(update["update_id"])
            self.world.settle()
        del self._queues[chat_id]
        del self._tasks[chat_id]

    async def _push(self, update: Update) -> None:
        pause = self.first_pause
        while (reason := await self._try(update)) is not None:
            self.world.webhook.failed(reason)
            self.world.settle()
            await asyncio.sleep(pause)
            pause = min(self.longest_pause, pause * 2)

    async def _try(self, update: Update) -> str | None:
        """Push once; None when the bot took it, else why it didn't."""
        assert self._session is not None
        target = self.world.webhook.target
        secret = {"X-Telegram-Bot-Api-Secret-Token": target.secret_token} if target.secret_token else {}
        try:
            async with (
                self._connections,
                self._session.post(target.url, json=update, headers=secret, allow_redirects=False) as response,
            ):
                await response.read()
                if 200 <= response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"


def _chat_of(update: Update) -> int:
    """The chat an update belongs to, else its sender, else 0."""
    for name, payload in update.items():
        if name == "update_id" or not isinstance(payload, dict):
            continue
        message: Any = payload.get("message")
        for holder in (message, payload):
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
        sender = payload.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return 0
