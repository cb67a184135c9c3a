"""What happens in the chats, told to whoever watches: the page (Server-Sent Events) and tests."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]


class Subscription:
    """Events from the moment of subscribing on, in order: `async for event in subscription`."""

    def __init__(self, account_id: int | None) -> None:
        self.account_id = account_id
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def put(self, event: Event | None) -> None:
        """Add an event; None ends the subscription."""
        self._queue.put_nowait(event)

    async def get(self) -> Event | None:
        """The next event; None when the sandbox stops."""
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Event]:
        while (event := await self.get()) is not None:
            yield event


class Events:
    """Publishes events, and wakes who waits for a change of any sort."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._waiters: set[asyncio.Future[None]] = set()

    def publish(self, event: str, account_id: int | None = None, **details: Any) -> None:
        """Tell the subscribers of this account, and of all accounts."""
        told = {"event": event, **({} if account_id is None else {"account_id": account_id}), **details}
        for subscription in self._subscriptions:
            if account_id is None or subscription.account_id in (None, account_id):
                subscription.put(told)

    @contextmanager
    def subscribe(self, account_id: int | None = None) -> Iterator[Subscription]:
        """Events of one account (and those of no account), or all."""
        subscription = Subscription(account_id)
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def wake(self) -> None:
        """Something changed: have waiting conditions looked at again."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], object]) -> None:
        """Return once condition() holds; it is looked at now and after every change in the sandbox."""
        while not condition():
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)

    def end(self) -> None:
        """The sandbox stops: end every subscription."""
        for subscription in self._subscriptions:
            subscription.put(None)
