"""/lessons.json: our lessons, for other municipalities and whoever wants to learn from them; and their schema."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import resources

from aiohttp import web

from flows.initiatives.lessons.file import SCHEMA
from flows.initiatives.lessons.learning import document
from flows.municipality import Municipality
from storage.database import Database, is_outage
from storage.errors import DatabaseError

FRESH = "public, max-age=3600"
"""An hour: a lesson is no news."""
ANYBODY = {"Access-Control-Allow-Origin": "*", "Cache-Control": FRESH, "X-Content-Type-Options": "nosniff"}
"""Everything in it is public, so any page may read it."""


def lesson_pages(
    application: web.Application, database: Database, municipality: Municipality, public_url: str | None
) -> None:
    """Add /lessons.json and its schema. `public_url`: the base of our pages as others see it."""

    async def lessons(request: web.Request) -> web.Response:
        base = public_url or str(request.url.origin())
        try:
            async with database.transaction() as session:
                found = await document(session, municipality, f"{base}/{SCHEMA}")
        except Exception as exc:
            if not isinstance(exc, DatabaseError) and not is_outage(exc):
                raise
            return web.json_response({"status": "no database"}, status=503)
        return _answer(request, json.dumps(found, ensure_ascii=False).encode())

    async def schema(request: web.Request) -> web.Response:
        return _answer(request, published, "application/schema+json")

    published = resources.files("flows.initiatives.lessons").joinpath(SCHEMA).read_bytes()
    application.router.add_get("/lessons.json", lessons)
    application.router.add_get(f"/{SCHEMA}", schema)


def _answer(request: web.Request, body: bytes, kind: str = "application/json") -> web.Response:
    """The body, or that it is what the reader has already."""
    etag = sha256(body).hexdigest()[:32]
    known = {one.value for one in request.if_none_match or ()}
    same = bool(known & {etag, "*"})
    answer = web.Response(status=304, headers=ANYBODY) if same else web.Response(body=body, headers=ANYBODY)
    answer.etag = etag
    if not same:
        answer.content_type = kind
        answer.charset = "utf-8"
    return answer
