"""The sandbox: Telegram for one bot, on this machine."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from aiohttp import web

from bot.sandbox.accounts import Account
from bot.sandbox.bot_api import TOKEN, BotApi, Call
from bot.sandbox.client import Client
from bot.sandbox.client_api import ClientApi
from bot.sandbox.events import Subscription
from bot.sandbox.faults import Faults
from bot.sandbox.files import LARGEST_UPLOAD
from bot.sandbox.group_client import GroupClient
from bot.sandbox.rates import Rates
from bot.sandbox.webhook import Pusher
from bot.sandbox.world import World

LARGEST_REQUEST = LARGEST_UPLOAD + 1024 * 1024  # bytes
SHUTDOWN_TIMEOUT = 1.0  # seconds


class Sandbox:
    """A local Bot API server with accounts to play and a chat page to play them on.

    token: what the bot must use, "<bot id>:<secret>". store: a SQLite file that survives kill -9 (None: memory).
    texts: the words on the chat page. rate: messages a second before 429 (see also `rates`). title: the bot's name.
    """

    def __init__(
        self,
        *,
        token: str,
        store: Path | None = None,
        texts: Mapping[str, str] | None = None,
        rate: float | None = None,
        title: str = "Stuur",
        username: str = "stuur_sandbox_bot",
    ) -> None:
        if not TOKEN.fullmatch(token):
            raise ValueError('a token looks like "123456:AbC_d-e": digits, a colon, letters and digits')
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": title, "username": username}
        self.token = token
        self.world = World(bot, store)
        self.faults = Faults()
        self.client = Client(self.world)
        self.groups = GroupClient(self.world)
        self.pusher = Pusher(self.world, self.faults)
        self._bot_api = BotApi(self.world, self.faults, token)
        self._client_api = ClientApi(self.world, self.client, self.groups, texts or {})
        self._runner: web.AppRunner | None = None
        self._url = ""
        self.rates.overall = rate

    @property
    def url(self) -> str:
        """Where it listens, such as "http://127.0.0.1:8081"; PTB's base_url is this + "/bot"."""
        if not self._url:
            raise RuntimeError("the sandbox has no address before start()")
        return self._url

    @property
    def calls(self) -> list[Call]:
        """The bot's calls, oldest first, refused ones included; the last 50,000 at least."""
        return self._bot_api.calls

    @property
    def rates(self) -> Rates:
        """The limits above which calls get 429; may be changed at any time."""
        return self.world.rates

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. OSError when the port is in use."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        self._bot_api.add_routes(app)
        self._client_api.add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{runner.addresses[0][1]}"
        await self.pusher.start()

    async def stop(self) -> None:
        """Stop listening; the store can be opened again."""
        if self._runner is not None:
            await self.pusher.stop()
            self._bot_api.polling.stop()
            self.world.events.end()
            await self._runner.cleanup()
            self._runner = None
        self.world.store.close()

    def add_account(
        self,
        id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "nl",
        title: str = "",
    ) -> Account:
        """An account to play; the same id again keeps its chat. title heads its column on the page."""
        account = self.world.add_account(Account(id, first_name, last_name, username, language_code, title))
        self.world.settle()
        return account

    def subscribe(self, account_id: int | None = None) -> AbstractContextManager[Subscription]:
        """The client API's events, from now on, of one account or all."""
        return self.world.events.subscribe(account_id)

    async def until(self, condition: Callable[[], object]) -> None:
        """Return once condition() holds; it is looked at now and after every change. Time-outs are the caller's."""
        await self.world.events.until(condition)
