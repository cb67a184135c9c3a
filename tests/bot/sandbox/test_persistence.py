"""With a store nothing is lost, not even by kill -9."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

from bot.sandbox import Sandbox, Upload
from tests.bot.sandbox.conftest import TOKEN, Api
from tests.bot.sandbox.pictures import png

SERVE = """
import asyncio, sys
from pathlib import Path
from bot.sandbox import Sandbox

async def main():
    sandbox = Sandbox(token=sys.argv[1], store=Path(sys.argv[2]))
    sandbox.add_account(7, "Fatma")
    await sandbox.start()
    print(sandbox.url, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_everything_is_there_after_a_restart(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    before = Sandbox(token=TOKEN, store=tmp_path / "sandbox.db")
    await before.start()
    api = Api(before, session)
    before.add_account(7, "Fatma", title="Inwoner")
    before.client.send_text(7, "/start")
    before.client.send_file(7, "photo", Upload(png(5, 5), "a.png", "image/png"))
    (first, *_) = await api("getUpdates")
    await api("getUpdates", offset=first["update_id"] + 1, allowed_updates=["message", "callback_query"])
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    asked = await api("sendMessage", chat_id=7, text="Doen?", reply_markup=keyboard, disable_notification=True)
    await api("sendMessage", chat_id=7, text="Kies", reply_markup={"keyboard": [[{"text": "Ja"}]]})
    query = before.client.press(7, asked["message_id"], "yes")
    await api("setMyCommands", commands=[{"command": "help", "description": "Uitleg"}])
    await api("setMyDescription", description="Voor iedereen")
    gone = await api("sendMessage", chat_id=7, text="Weg")
    await api("deleteMessage", chat_id=7, message_id=gone["message_id"])
    state, pending = before.client.state(), await api("getUpdates")
    silent = [one["message_id"] for one in state["accounts"][0]["messages"] if one.get("silent")]
    assert (silent, "silent" in asked) == ([asked["message_id"]], False)
    await before.stop()

    after = Sandbox(token=TOKEN, store=tmp_path / "sandbox.db")
    await after.start()
    api = Api(after, session)

    assert after.client.state() == state
    assert await api("getUpdates") == pending
    photo = pending[0]["message"]["photo"][-1]["file_id"]
    assert after.world.files.content(photo) == png(5, 5)
    assert after.world.updates.allowed == ["message", "callback_query"]
    await api("answerCallbackQuery", callback_query_id=query)
    assert (await api.refusal("answerCallbackQuery", callback_query_id=query))[0] == 400
    assert (await api("sendMessage", chat_id=7, text="Verder"))["message_id"] == gone["message_id"] + 1
    refused = await api.refusal("editMessageText", chat_id=7, message_id=asked["message_id"] + 1, text="x")
    assert refused == (400, "Bad Request: message can't be edited")
    after.client.send_text(7, "Nog een")
    assert (await api("getUpdates"))[-1]["update_id"] == pending[-1]["update_id"] + 1
    await after.stop()


async def test_adding_an_account_again_keeps_its_chat(sandbox: Sandbox) -> None:
    sandbox.add_account(7, "Fatma")
    sandbox.client.send_text(7, "/start")

    account = sandbox.add_account(7, "Fatma", last_name="Yilmaz")

    assert (account.started, len(sandbox.world.messages[7])) == (True, 1)


async def test_a_webhook_is_remembered(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    before = Sandbox(token=TOKEN, store=tmp_path / "sandbox.db")
    await before.start()
    await Api(before, session)("setWebhook", url="https://example.org/", secret_token="geheim")
    await before.stop()

    after = Sandbox(token=TOKEN, store=tmp_path / "sandbox.db")

    assert after.world.webhook.target.url == "https://example.org/"
    assert after.world.webhook.target.secret_token == "geheim"
    await after.stop()


async def test_what_was_answered_survives_kill_9(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    texts: list[str] = []
    update_ids: list[int] = []
    for run in range(3):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", SERVE, TOKEN, str(tmp_path / "sandbox.db")), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        messages = f"{url}/client/accounts/7/messages"
        for number in range(20):
            texts.append(f"{run}.{number}")
            async with session.post(messages, json={"text": texts[-1]}) as response:
                assert response.status == 200
        async with session.get(f"{url}/bot{TOKEN}/getUpdates") as response:
            updates = (await response.json())["result"]
        update_ids.append(updates[0]["update_id"])
        async with session.get(f"{url}/bot{TOKEN}/getUpdates?offset={updates[15]['update_id']}"):
            process.send_signal(signal.SIGKILL)
        await process.wait()

    sandbox = Sandbox(token=TOKEN, store=tmp_path / "sandbox.db")

    assert [message["text"] for message in sandbox.world.messages[7].values()] == texts
    assert list(sandbox.world.messages[7]) == list(range(1, 61))
    assert update_ids == [update_ids[0], update_ids[0] + 15, update_ids[0] + 30]
    assert [u["message"]["text"] for u in sandbox.world.updates.pending.values()] == texts[45:]
    await sandbox.stop()
