"""The Bot API over HTTP: read a call, check it, perform it, answer as Telegram does."""

import asyncio
import hmac
import json
import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.client_api import file_response
from bot.sandbox.description import Upload, bot_api
from bot.sandbox.errors import ApiError, ClientError, bad_request, too_many_requests
from bot.sandbox.faults import Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.common import refuse_unsupported
from bot.sandbox.polling import Polling
from bot.sandbox.world import World

MOST_CALLS = 100_000
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class Call(NamedTuple):
    """A call as the bot made it: parameters decoded if they could be; the status it got, 0 if no answer."""

    method: str
    parameters: dict[str, Any]
    status: int
    refusal: str = ""
    """Why, where it was refused."""


class BotApi:
    """Routes under /bot<token>; remembers the last calls."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self._world = world
        self._faults = faults
        self._token = token
        self.polling = Polling(world, faults)
        self.calls: list[Call] = []

    def add_routes(self, app: web.Application) -> None:
        """Add all of them."""
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        given: dict[str, Any] = {}
        try:
            self._check_token(request)
            name = bot_api().method(name)
            given = await _read(request)
            if await self._disturb(name, given):
                return self._cut(request, name, given, 0)
            result = await self._perform(name, given)
        except ApiError as error:
            return self._answer(name, given, error.status, _refusal(error))
        except web.HTTPRequestEntityTooLarge:
            return self._answer(name, given, 413, _refusal(ApiError(413, "Request Entity Too Large")))
        finally:
            self._world.settle()
        if self._faults.orders and self._faults.take(name, given, "accept_then_drop"):
            return self._cut(request, name, given, 200)
        return self._answer(name, given, 200, {"ok": True, "result": result})

    async def _perform(self, method: str, given: dict[str, Any]) -> Any:
        parameters = bot_api().check(method, given)
        given.update(parameters)
        refuse_unsupported(parameters)
        if method == "getUpdates":
            return await self.polling.get_updates(parameters)
        perform = METHODS.get(method)
        if perform is None:
            raise ApiError(404, f"Not Found: the sandbox has no method {method}")
        return perform(self._world, parameters)

    async def _disturb(self, method: str, given: dict[str, Any]) -> bool:
        """Let the ordered faults happen; true when the connection is to be cut."""
        if not self._faults.orders:
            return False
        if (fault := self._faults.take(method, given, "delay")) is not None:
            await asyncio.sleep(fault.value)
        fault = self._faults.take(method, given, "drop", "error", "flood")
        if fault is None:
            return False
        if fault.kind == "error":
            raise ApiError(int(fault.value), fault.description)
        if fault.kind == "flood":
            raise too_many_requests(int(fault.value))
        return True

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token, self._token):
            raise ApiError(401, "Unauthorized")

    def _cut(self, request: web.Request, method: str, given: dict[str, Any], status: int) -> web.StreamResponse:
        self._record(method, given, status)
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    def _answer(self, method: str, given: dict[str, Any], status: int, answer: dict[str, Any]) -> web.Response:
        self._record(method, given, status, answer.get("description", ""))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return web.Response(text=body, status=status, content_type="application/json")

    def _record(self, method: str, given: dict[str, Any], status: int, refusal: str = "") -> None:
        self.calls.append(Call(method, given, status, refusal))
        if len(self.calls) > MOST_CALLS:
            del self.calls[: MOST_CALLS // 2]
        self._world.events.wake()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            file_id = self._world.files.id_of_path(request.match_info["path"])
            return file_response(self._world, file_id or "")
        except ClientError:
            error = ApiError(404, "Not Found")
        except ApiError as refused:
            error = refused
        return web.json_response(_refusal(error), status=error.status)


def _refusal(error: ApiError) -> dict[str, Any]:
    more = {} if error.parameters is None else {"parameters": error.parameters}
    return {"ok": False, "error_code": error.status, "description": error.description, **more}


async def _read(request: web.Request) -> dict[str, Any]:
    """The parameters of a call: from the query and from a form, a multipart form or JSON."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "multipart/form-data":
        return _attached(given | await _read_multipart(request))
    body = await request.read()
    if not body:
        return given
    if request.content_type == "application/json":
        try:
            decoded = json.loads(body)
        except ValueError:
            decoded = None
        if not isinstance(decoded, dict):
            raise bad_request("can't parse the body as a JSON object")
        return given | decoded
    if request.content_type == "application/x-www-form-urlencoded":
        try:
            return given | dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    raise bad_request(f"unsupported content type {request.content_type}")


async def _read_multipart(request: web.Request) -> dict[str, Any]:
    try:
        form = await request.post()
    except ValueError:
        raise bad_request("can't parse the multipart form") from None
    return {
        name: Upload(value.file.read(), value.filename, value.content_type)
        if isinstance(value, web.FileField)
        else value
        for name, value in form.items()
    }


def _attached(given: dict[str, Any]) -> dict[str, Any]:
    """With "attach://name" replaced by the file of that name."""
    used: set[str] = set()
    filled: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            used.add(value.removeprefix("attach://"))
            value = given.get(value.removeprefix("attach://"), "")
        filled[name] = value
    return {name: value for name, value in filled.items() if name not in used}
