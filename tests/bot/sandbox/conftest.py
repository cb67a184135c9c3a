"""A running sandbox, a resident who started the bot, and a plain HTTP client for the Bot API."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Account, Sandbox

TOKEN = "123456:sandbox-token"
RESIDENT = 5_000_000_001  # more than 32 bits, as new accounts have


class Api:
    """Bot API calls as JSON; gives the answer's status and body."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self._sandbox = sandbox
        self._session = session

    async def __call__(self, method: str, /, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        status, answer = await self.answer(method, **parameters)
        assert status == 200, answer
        return answer["result"]

    async def answer(self, method: str, /, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """The status and the whole answer."""
        return await self.post(method, json=parameters)

    async def refusal(self, method: str, /, **parameters: Any) -> tuple[int, str]:
        """The error_code and description of a call that must fail."""
        status, answer = await self.answer(method, **parameters)
        assert answer["ok"] is False
        assert status == answer["error_code"]
        return status, answer["description"]

    async def post(self, method: str, **options: Any) -> tuple[int, dict[str, Any]]:
        """A call in another form than JSON."""
        url = f"{self._sandbox.url}/bot{self._sandbox.token}/{method}"
        async with self._session.post(url, **options) as response:
            return response.status, await response.json()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def api(sandbox: Sandbox, session: aiohttp.ClientSession) -> Api:
    return Api(sandbox, session)


@pytest.fixture
def resident(sandbox: Sandbox) -> Account:
    """Fatma, who has said /start; nothing waits for the bot."""
    account = sandbox.add_account(RESIDENT, "Fatma", last_name="Yilmaz", title="Inwoner")
    sandbox.client.send_text(account.id, "/start")
    sandbox.world.updates.drop()
    return account
