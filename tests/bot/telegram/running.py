"""Parts at work in the background of a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.telegram.polling import Polling
from bot.telegram.sender import Sender


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[None]:
    """The sender runs, and is drained afterwards."""
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        await sender.drain()
        await task


@asynccontextmanager
async def polled(polling: Polling) -> AsyncIterator[None]:
    """The polling runs, and is stopped afterwards."""
    stop = asyncio.Event()
    task = asyncio.create_task(polling.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task
