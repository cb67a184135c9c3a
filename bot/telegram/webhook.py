"""Updates that Telegram brings: 200 is the acknowledgement, so it is given after the commit and never before."""

import hmac
import json
from collections.abc import Awaitable, Callable
from hashlib import sha256

import structlog
from aiohttp import web
from telegram import Bot

from bot.telegram.errors import OutageError
from bot.telegram.intake import Intake
from bot.telegram.trouble import describe
from bot.telegram.updates import KINDS

LARGEST_BODY = 1024 * 1024
"""Bytes; an update is a few thousand."""
CONNECTIONS = 40
"""How many updates Telegram may bring at once."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"

log = structlog.get_logger()


def path(token: str) -> str:
    """Where Telegram brings them: can't be guessed, and is the same after a restart and on every replica."""
    return f"/telegram/{_derived(token, 'webhook path')}"


def secret(token: str) -> str:
    """What Telegram shows to prove it is Telegram; not derivable from the path."""
    return _derived(token, "webhook secret")


def handler(intake: Intake, token: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler for a POST to `path(token)`."""
    expected = secret(token).encode()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await intake.handle(update)
        except OutageError:
            return web.Response(status=503)  # Telegram brings it again
        except Exception as exc:  # aiohttp would log it with its traceback
            log.error("an update could not be taken in", reason=describe(exc))
            return web.Response(status=500)
        return web.Response()

    return receive


async def set_webhook(bot: Bot, base_url: str) -> None:
    """Tell Telegram where we are. `base_url`: https, as the world sees us, without a path of ours."""
    await bot.set_webhook(
        base_url.rstrip("/") + path(bot.token),
        secret_token=secret(bot.token),
        allowed_updates=KINDS,
        max_connections=CONNECTIONS,
    )


async def _body(request: web.Request) -> bytes | None:
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"stuur {purpose}".encode(), sha256).hexdigest()
