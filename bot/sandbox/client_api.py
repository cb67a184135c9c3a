"""The client API: what the chat page and tests do in people's name, over HTTP.

Only for this machine, without passwords; requests from pages of another origin are refused.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.sandbox.client import Client
from bot.sandbox.description import Upload, is_unicode
from bot.sandbox.errors import ClientError
from bot.sandbox.group_client import GroupClient
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
HEARTBEAT = 15.0  # seconds between signs of life on an event stream
FILES = ("photo", "voice", "document")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
T = TypeVar("T")


class ClientApi:
    """Routes under /client, and the page."""

    def __init__(self, world: World, client: Client, groups: GroupClient, texts: Mapping[str, str]) -> None:
        self._world = world
        self._client = client
        self._groups = groups
        self._texts = dict(texts)

    def add_routes(self, app: web.Application) -> None:
        """Add all of them."""
        app.router.add_get("/", self._guard(self._index))
        if PAGE.is_dir():
            app.router.add_static("/page/", PAGE)
        app.router.add_get("/client/state", self._guard(self._state))
        app.router.add_get("/client/events", self._guard(self._events))
        app.router.add_get("/client/files/{file_id}", self._guard(self._file))
        app.router.add_post("/client/updates", self._guard(self._update))
        account = "/client/accounts/{account_id:-?[0-9]+}"
        app.router.add_post(f"{account}/messages", self._guard(self._message))
        app.router.add_post(f"{account}/press", self._guard(self._press))
        app.router.add_post(f"{account}/edits", self._guard(self._edit))
        app.router.add_post(f"{account}/block", self._guard(self._block))
        group = "/client/groups/{group_id:-[0-9]+}"
        app.router.add_post(f"{group}/messages", self._guard(self._group_message))
        app.router.add_post(f"{group}/press", self._guard(self._group_press))

    def _guard(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            origin = request.headers.get("Origin")
            if origin is not None and urlsplit(origin).netloc != request.headers.get("Host"):
                return _json({"error": "requests from another origin are refused"}, 403)
            try:
                return await handler(request)
            except ClientError as error:
                return _json({"error": str(error)}, error.status)

        return guarded

    async def _index(self, request: web.Request) -> web.StreamResponse:
        index = PAGE / "index.html"
        if not index.is_file():
            raise ClientError(404, "the chat page is not installed (bot/sandbox/page/index.html)")
        return web.FileResponse(index, headers={"Cache-Control": "no-cache"})

    async def _state(self, request: web.Request) -> web.StreamResponse:
        return _json({**self._client.state(), "groups": self._groups.state(), "texts": self._texts})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        )
        with self._world.events.subscribe() as subscription, suppress(ConnectionResetError):  # a page that was closed
            await response.prepare(request)
            await response.write(b": hello\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(subscription.get(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    break
                await response.write(b"data: " + json.dumps(event).encode() + b"\n\n")
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return file_response(self._world, request.match_info["file_id"])

    async def _update(self, request: web.Request) -> web.StreamResponse:
        return _json({"update_id": self._client.queue_update(await _body(request))})

    async def _press(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        query_id = self._client.press(_account_id(request), _given(body, "message_id", int), _given(body, "data", str))
        return _json({"callback_query_id": query_id})

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        message_id, text = _given(body, "message_id", int), _given(body, "text", str)
        return _json(self._client.edit(_account_id(request), message_id, text))

    async def _block(self, request: web.Request) -> web.StreamResponse:
        self._client.block(_account_id(request), _given(await _body(request), "blocked", bool))
        return _json({})

    async def _message(self, request: web.Request) -> web.StreamResponse:
        account_id = _account_id(request)
        if request.content_type == "multipart/form-data":
            return _json(await self._send_file(request, account_id))
        body = await _body(request)
        client = self._client
        match body:
            case {"text": str(text)}:
                reply_to = _number(body, "reply_to_message_id")
                return _json(client.send_text(account_id, text, reply_to_message_id=reply_to))
            case {"location": {"latitude": float() | int() as latitude, "longitude": float() | int() as longitude}}:
                return _json(client.send_location(account_id, latitude, longitude))
            case {"sticker": str(emoji)}:
                return _json(client.send_sticker(account_id, emoji))
            case {"contact": dict(contact)}:
                return _json(client.send_contact(account_id, contact))
        raise ClientError(400, "give text, location {latitude, longitude}, sticker or contact")

    async def _group_message(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        sent = self._groups.send_text(
            int(request.match_info["group_id"]),
            _given(body, "account_id", int),
            _given(body, "text", str),
            topic_id=_number(body, "topic_id"),
            reply_to_message_id=_number(body, "reply_to_message_id"),
        )
        return _json(sent)

    async def _group_press(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        query_id = self._groups.press(
            int(request.match_info["group_id"]),
            _given(body, "account_id", int),
            _given(body, "message_id", int),
            _given(body, "data", str),
        )
        return _json({"callback_query_id": query_id})

    async def _send_file(self, request: web.Request, account_id: int) -> dict[str, Any]:
        form = await request.post()
        for kind in FILES:
            given = form.get(kind)
            if isinstance(given, web.FileField):
                upload = Upload(given.file.read(), given.filename, given.content_type)
                duration = str(form.get("duration", ""))
                return self._client.send_file(
                    account_id,
                    kind,
                    upload,
                    caption=str(form.get("caption", "")),
                    duration=int(duration) if duration.isdecimal() else None,
                    reply_to_message_id=_number(form, "reply_to_message_id"),
                )
        raise ClientError(400, f"give a file in one of the fields {', '.join(FILES)}")


def file_response(world: World, file_id: str) -> web.Response:
    """A file's bytes; nothing in it can run in the page."""
    stored = world.files.get(file_id)
    if stored is None:
        raise ClientError(404, "there is no such file")
    shown = stored.kind in ("photo", "voice", "sticker") and stored.mime_type.startswith(("image/", "audio/"))
    name = stored.media.get("file_name", "file") if stored.kind == "document" else "file"
    return web.Response(
        body=world.files.content(file_id),
        headers={
            "Content-Type": stored.mime_type if shown else "application/octet-stream",
            "Content-Disposition": "inline" if shown else f"attachment; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=86400",
        },
    )


def _json(value: Any, status: int = 200) -> web.Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=body, status=status, content_type="application/json")


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise ClientError(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise ClientError(400, "the body is not a JSON object")
    if not is_unicode(json.dumps(body, ensure_ascii=False)):
        raise ClientError(400, "an app doesn't send half characters (lone surrogates)")
    return body


def _account_id(request: web.Request) -> int:
    return int(request.match_info["account_id"])


def _given(body: dict[str, Any], name: str, kind: type[T]) -> T:
    value = body.get(name)
    if type(value) is not kind:
        raise ClientError(400, f"{name} must be {kind.__name__}")
    return value


def _number(given: Mapping[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        return int(value)
    raise ClientError(400, f"{name} must be int")
