"""The wire: PTB's requests over one aiohttp session.

aiohttp instead of PTB's httpx, because a call costs a tenth of the CPU, and because after a failure we must know
whether the request may have arrived. What PTB can't tell apart is told here:

- connection refused, no such host, no connection in time: `NetworkError` or `TimedOut` (surely not arrived);
- sent, but no whole answer: `MaybeArrived`, also a `TimedOut` when it was the time;
- 429: `FloodError` (not PTB's `RetryAfter`, whose attribute changes its type by an environment variable);
- 5xx: `ServerError`, except 504: the gateway gave up waiting, so it may have arrived.

Messages hold no address: the token is part of it.
"""

import json
from datetime import timedelta
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

DEFAULT_RETRY_AFTER = 5


class MaybeArrived(NetworkError):
    """The request was sent, the answer is missing: nobody knows whether Telegram carried it out."""

    __slots__ = ()


class MaybeArrivedTimedOut(MaybeArrived, TimedOut):
    """The same, because the answer took too long."""

    __slots__ = ()


class ServerError(NetworkError):
    """Telegram answered 5xx."""

    __slots__ = ()


class FloodError(TelegramError):
    """Telegram answered 429: too much, go on after `retry_after`."""

    __slots__ = ("retry_after",)

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"Too many requests, retry after {retry_after.total_seconds():.0f} s")
        self.retry_after = retry_after


class Transport(BaseRequest):
    """One session for all calls. All times in seconds."""

    __slots__ = ("_connect_timeout", "_connections", "_read_timeout", "_session", "_write_timeout")

    def __init__(
        self,
        *,
        connections: int = 100,
        connect_timeout: float = 5,
        read_timeout: float = 15,
        write_timeout: float = 20,
    ) -> None:
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; does nothing when it is open."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Close the session; does nothing when it is closed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the HTTP status and the body. Raises as the module says."""
        if self._session is None:
            raise RuntimeError("Transport is not open; await initialize() first")
        read = self._or_default(read_timeout, self._read_timeout)
        connect = self._or_default(connect_timeout, self._connect_timeout)
        wait = self._or_default(pool_timeout, self._connect_timeout)
        write = self._or_default(write_timeout, self._write_timeout)
        parts = (read, connect, wait, write)
        timeout = aiohttp.ClientTimeout(
            total=None if None in parts else sum(part for part in parts if part is not None),
            connect=None if connect is None or wait is None else connect + wait,
            sock_connect=connect,
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                status, payload = response.status, await response.read()
        # `from None`: aiohttp's messages hold the whole address.
        except aiohttp.ConnectionTimeoutError:
            raise TimedOut("No connection in time") from None
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as exc:
            raise NetworkError(f"No connection: {type(exc).__name__}") from None
        except TimeoutError:
            raise MaybeArrivedTimedOut("No answer in time") from None
        except aiohttp.ClientError as exc:
            raise MaybeArrived(f"No answer: {type(exc).__name__}") from None
        if status == 429:
            raise FloodError(_retry_after(payload))
        if status == 504:
            raise MaybeArrived("HTTP 504")
        if status >= 500:
            raise ServerError(f"HTTP {status}")
        return status, payload

    @staticmethod
    def _or_default(given: Any, default: float) -> float | None:
        if given is BaseRequest.DEFAULT_NONE:
            return default
        return None if given is None else float(given)


def make_bot(token: str, api_url: str, transport: Transport) -> Bot:
    """PTB's bot on our wire. `api_url`: such as https://api.telegram.org; `initialize()` it before use."""
    base = api_url.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=transport,
        get_updates_request=transport,
    )


def _body(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form


def _retry_after(payload: bytes) -> timedelta:
    try:
        seconds = float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        seconds = DEFAULT_RETRY_AFTER
    return timedelta(seconds=max(seconds, 0))
