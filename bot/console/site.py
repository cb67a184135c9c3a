"""Hangs the pages into the web application: their addresses, what every answer carries, and kind answers to errors."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import Bot

from bot.console import assets, desk, desk_door, desk_room, public
from bot.console.photos import Photos, sound_type
from bot.console.rendering import PAGES, Pages
from flows.context import House
from storage.database import Database, is_outage
from storage.errors import DatabaseError

SECURITY = {
    # No style, script or picture from elsewhere, none written in a page, and no page of ours in another one's frame.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

DESK_KEPT = 4 * 1024 * 1024
"""Bytes: few look at a question, so little of it stays in memory."""


def open_site(application: web.Application, database: Database, house: House, bot: Bot) -> None:
    """Add the public pages, and the desk where there is e-mail. `bot` fetches the pictures."""
    application[PAGES] = Pages(house)
    application[public.DATABASE] = database
    application[public.PHOTOS] = Photos(bot)
    application.on_response_prepare.append(_secure)
    application.middlewares.append(_kindly)
    application.router.add_get("/", _front_door)
    public.add_routes(application.router)
    if house.mails:
        application[desk_room.DATABASE] = database
        application[desk.PHOTOS] = Photos(bot, kept=DESK_KEPT)
        application[desk.SOUNDS] = Photos(bot, kept=DESK_KEPT, kind_of=sound_type)
        desk_door.add_routes(application.router)
        desk.add_routes(application.router)
    assets.add_routes(application.router)


async def _secure(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)


async def _front_door(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(public.LIST)


@web.middleware
async def _kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Where a reader comes upon nothing, or upon an error of ours, they are helped on."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        if request.method not in ("GET", "HEAD"):
            raise
        return request.app[PAGES].answer(request, "not_found.html", status=404)
    except Exception as exc:
        if not isinstance(exc, DatabaseError) and not is_outage(exc):
            raise
        return request.app[PAGES].answer(request, "away.html", status=503)
