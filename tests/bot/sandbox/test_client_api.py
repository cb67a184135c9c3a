"""What the chat page does, over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Account, Sandbox
from tests.bot.sandbox.conftest import Api
from tests.bot.sandbox.pictures import png


class App:
    """A person's app: the client API of one account."""

    def __init__(self, sandbox: Sandbox, account: Account, session: aiohttp.ClientSession) -> None:
        self.url = sandbox.url
        self.account_url = f"{sandbox.url}/client/accounts/{account.id}"
        self.session = session

    async def post(self, action: str, **options: Any) -> Any:
        async with self.session.post(f"{self.account_url}/{action}", **options) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def refusal(self, action: str, **options: Any) -> tuple[int, str]:
        async with self.session.post(f"{self.account_url}/{action}", **options) as response:
            return response.status, (await response.json())["error"]

    async def state(self) -> Any:
        async with self.session.get(f"{self.url}/client/state") as response:
            return await response.json()

    @asynccontextmanager
    async def events(self) -> AsyncIterator["Events"]:
        async with self.session.get(f"{self.url}/client/events") as response:
            assert response.content_type == "text/event-stream"
            yield Events(response.content)


class Events:
    def __init__(self, stream: aiohttp.StreamReader) -> None:
        self._stream = stream

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while True:
                line = await self._stream.readline()
                if line.startswith(b"data: "):
                    event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                    return event


@pytest.fixture
def app(sandbox: Sandbox, resident: Account, session: aiohttp.ClientSession) -> App:
    return App(sandbox, resident, session)


async def test_the_state_has_everything_the_page_shows(sandbox: Sandbox, api: Api, app: App, resident: Account) -> None:
    await api("setMyDescription", description="Voor de hele stad")
    await api("setMyDescription", description="Voor iedereen", language_code="nl")
    await api("setMyCommands", commands=[{"command": "help", "description": "Uitleg"}])
    await api("sendMessage", chat_id=resident.id, text="Kies", reply_markup={"keyboard": [[{"text": "Ja"}]]})

    state = await app.state()

    assert state["bot"] == {
        "id": 123456,
        "first_name": "Stuur",
        "username": "stuur_sandbox_bot",
        "description": "Voor iedereen",
        "short_description": "",
    }
    assert state["texts"] == {}
    (account,) = state["accounts"]
    assert [message["text"] for message in account.pop("messages")] == ["/start", "Kies"]
    assert account == {
        "id": resident.id,
        "first_name": "Fatma",
        "last_name": "Yilmaz",
        "username": None,
        "language_code": "nl",
        "title": "Inwoner",
        "started": True,
        "blocked": False,
        "commands": [{"command": "help", "description": "Uitleg"}],
        "reply_keyboard": {"keyboard": [[{"text": "Ja"}]]},
    }


async def test_a_group_is_shown_and_its_members_write_and_press_in_it(
    sandbox: Sandbox, api: Api, app: App, resident: Account
) -> None:
    group = sandbox.groups.set_forum(sandbox.groups.create(resident.id, "Team Woonmeer").id)
    assert (await app.state())["groups"] == []  # the bot isn't in it
    sandbox.groups.add_bot(group.id)
    sandbox.groups.promote_bot(group.id)
    sandbox.world.updates.drop()
    topic = (await api("createForumTopic", chat_id=group.id, name="V-1"))["message_thread_id"]
    keyboard = {"inline_keyboard": [[{"text": "Ik", "callback_data": "me"}]]}
    where = {"chat_id": group.id, "message_thread_id": topic}
    card = await api("sendMessage", **where, text="Wie?", reply_markup=keyboard, disable_notification=True)

    (shown,) = (await app.state())["groups"]
    assert (shown["title"], shown["members"]) == ("Team Woonmeer", [resident.id])
    assert [(one["id"], one["name"], one["closed"]) for one in shown["topics"]] == [(topic, "V-1", False)]
    assert shown["messages"][-1] == {**card, "silent": True}

    app.account_url = f"{sandbox.url}/client/groups/{group.id}"
    me = {"account_id": resident.id}
    said = await app.post("messages", json={**me, "text": "Ik!", "reply_to_message_id": card["message_id"]})
    assert (await app.post("messages", json={**me, "text": "Nu", "topic_id": topic}))["message_thread_id"] == topic
    pressed = await app.post("press", json={**me, "message_id": card["message_id"], "data": "me"})
    _, replied, _, query = await api("getUpdates")  # the first tells of the topic
    assert replied["message"] == said
    assert (query["callback_query"]["id"], query["callback_query"]["data"]) == (pressed["callback_query_id"], "me")
    assert (await app.refusal("messages", json={"account_id": 1, "text": "Hoi"}))[0] == 403


async def test_what_is_written_becomes_an_update(api: Api, app: App, resident: Account) -> None:
    first = await app.post("messages", json={"text": "/vraag Waar?"})
    second = await app.post("messages", json={"text": "Nog iets", "reply_to_message_id": first["message_id"]})

    one, two = await api("getUpdates")
    assert one["message"] == first
    assert first["from"] == {
        "id": resident.id,
        "is_bot": False,
        "first_name": "Fatma",
        "last_name": "Yilmaz",
        "language_code": "nl",
    }
    assert first["chat"] == {
        "id": resident.id,
        "type": "private",
        "first_name": "Fatma",
        "last_name": "Yilmaz",
    }
    assert first["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert two["message"] == second
    assert second["reply_to_message"] == first


async def test_long_texts_are_split_as_apps_do(api: Api, app: App) -> None:
    await app.post("messages", json={"text": "a" * 4096 + "b"})

    updates = await api("getUpdates")

    assert [update["message"]["text"] for update in updates] == ["a" * 4096, "b"]


async def test_places_stickers_and_contacts(api: Api, app: App, resident: Account) -> None:
    place = await app.post("messages", json={"location": {"latitude": 52, "longitude": 5.1}})
    sticker = await app.post("messages", json={"sticker": "👍"})
    contact = await app.post("messages", json={"contact": {}})

    assert place["location"] == {"latitude": 52, "longitude": 5.1}
    assert sticker["sticker"]["emoji"] == "👍"
    assert contact["contact"]["user_id"] == resident.id
    assert [update["message"] for update in await api("getUpdates")] == [place, sticker, contact]


async def test_a_photo_can_be_sent_shown_and_downloaded(sandbox: Sandbox, api: Api, app: App) -> None:
    picture = png(640, 480)
    form = aiohttp.FormData({"caption": "Kijk /help"})
    form.add_field("photo", picture, filename="straat.png", content_type="image/png")

    message = await app.post("messages", data=form)

    small, large = message["photo"]
    assert (small["width"], small["height"]) == (320, 240)
    assert (large["width"], large["height"], large["file_size"]) == (640, 480, len(picture))
    assert message["caption"] == "Kijk /help"
    assert message["caption_entities"] == [{"type": "bot_command", "offset": 5, "length": 5}]
    async with app.session.get(f"{app.url}/client/files/{large['file_id']}") as response:
        assert (response.content_type, await response.read()) == ("image/png", picture)
    file = await api("getFile", file_id=large["file_id"])
    async with app.session.get(f"{app.url}/file/bot{sandbox.token}/{file['file_path']}") as response:
        assert await response.read() == picture
    async with app.session.get(f"{app.url}/file/bot1:x/{file['file_path']}") as response:
        assert response.status == 401


async def test_a_voice_and_a_document(app: App) -> None:
    second_of_opus = b"OggS\0\4" + (3 * 48_000).to_bytes(8, "little") + bytes(14)
    voice, document = aiohttp.FormData(), aiohttp.FormData(quote_fields=False)
    voice.add_field("voice", second_of_opus, filename="a.ogg", content_type="audio/ogg")
    document.add_field("document", b"<script>", filename="plan é.html", content_type="text/html")

    spoken = await app.post("messages", data=voice)
    sent = await app.post("messages", data=document)

    assert spoken["voice"]["duration"] == 3
    assert sent["document"]["file_name"] == "plan é.html"
    async with app.session.get(f"{app.url}/client/files/{sent['document']['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")


async def test_a_press_is_answered_once(api: Api, app: App, resident: Account) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    asked = await api("sendMessage", chat_id=resident.id, text="Doen?", reply_markup=keyboard)

    async with app.events() as events:
        pressed = await app.post("press", json={"message_id": asked["message_id"], "data": "yes"})
        (update,) = await api("getUpdates")
        query = update["callback_query"]
        await api("answerCallbackQuery", callback_query_id=query["id"], text="Mooi", show_alert=True)

        assert await events.next() == {
            "event": "pressed_done",
            "account_id": resident.id,
            "callback_query_id": query["id"],
        }
        assert await events.next() == {
            "event": "toast",
            "account_id": resident.id,
            "text": "Mooi",
            "show_alert": True,
        }
    assert pressed == {"callback_query_id": query["id"]}
    assert (query["data"], query["message"]) == ("yes", asked)
    assert (await api.refusal("answerCallbackQuery", callback_query_id=query["id"]))[0] == 400


async def test_a_press_may_be_forged(api: Api, app: App, resident: Account) -> None:
    asked = await api("sendMessage", chat_id=resident.id, text="Geen knop")

    await app.post("press", json={"message_id": asked["message_id"], "data": "zelf bedacht"})

    assert (await api("getUpdates"))[0]["callback_query"]["data"] == "zelf bedacht"


async def test_an_edit_of_ones_own(api: Api, app: App) -> None:
    message = await app.post("messages", json={"text": "Fout"})

    edited = await app.post("edits", json={"message_id": message["message_id"], "text": "/goed"})

    assert (edited["text"], edited["edit_date"] >= message["date"]) == ("/goed", True)
    assert (await api("getUpdates"))[1]["edited_message"] == edited
    assert (await app.state())["accounts"][0]["messages"][-1] == edited


async def test_blocking_and_coming_back(api: Api, app: App, resident: Account) -> None:
    async with app.events() as events:
        await app.post("block", json={"blocked": True})
        await app.post("block", json={"blocked": True})
        assert (await events.next())["account"]["blocked"] is True

    assert (await app.refusal("messages", json={"text": "Hoi"}))[0] == 409
    await app.post("block", json={"blocked": False})
    await app.post("messages", json={"text": "/start"})

    gone, back, again = await api("getUpdates")
    assert gone["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert again["message"]["text"] == "/start"


async def test_the_page_hears_of_everything(sandbox: Sandbox, api: Api, app: App, resident: Account) -> None:
    chat = {"chat_id": resident.id}
    async with app.events() as events:

        async def heard(kind: str) -> dict[str, Any]:
            event = await events.next()
            assert (event["event"], event.get("account_id")) == (kind, None if kind == "bot" else resident.id)
            return event

        sent = await api("sendMessage", **chat, text="Hoi")
        assert (await heard("message"))["message"] == sent
        edited = await api("editMessageText", **chat, message_id=sent["message_id"], text="Dag")
        assert (await heard("edited"))["message"] == edited
        await api("deleteMessages", **chat, message_ids=[sent["message_id"], 99])
        assert (await heard("deleted"))["message_ids"] == [sent["message_id"]]
        await api("sendChatAction", **chat, action="typing")
        assert (await heard("typing"))["action"] == "typing"
        await api("setMyCommands", commands=[{"command": "help", "description": "Uitleg"}])
        assert (await heard("commands"))["commands"] == [{"command": "help", "description": "Uitleg"}]
        await api("setMyName", name="Stuurman")
        assert (await heard("bot"))["bot"]["first_name"] == "Stuurman"
        markup = {"force_reply": True, "input_field_placeholder": "Je antwoord"}
        await api("sendMessage", **chat, text="Zeg het", reply_markup=markup)
        assert (await heard("message"))["message"]["reply_markup"] == markup


async def test_reply_keyboards_come_and_go(api: Api, app: App, resident: Account) -> None:
    chat = {"chat_id": resident.id, "text": "x"}
    keyboard = {"keyboard": [[{"text": "Ja"}]], "resize_keyboard": True}
    async with app.events() as events:
        sent = await api("sendMessage", **chat, reply_markup=keyboard)
        await api("sendMessage", **chat)
        await api("sendMessage", **chat, reply_markup={"remove_keyboard": True})

        heard = [await events.next() for _ in range(5)]

    assert "reply_markup" not in sent
    assert [event["event"] for event in heard] == [
        "message",
        "reply_keyboard",
        "message",
        "message",
        "reply_keyboard",
    ]
    assert [heard[1]["reply_keyboard"], heard[4]["reply_keyboard"]] == [keyboard, None]


async def test_any_update_can_be_queued(
    sandbox: Sandbox, api: Api, session: aiohttp.ClientSession, resident: Account
) -> None:
    async with session.post(f"{sandbox.url}/client/updates", json={"hologram": {"beam": 1}}) as response:
        queued = await response.json()
    async with session.post(f"{sandbox.url}/client/updates", json={"update_id": 1}) as response:
        assert response.status == 400

    assert await api("getUpdates") == [{"update_id": queued["update_id"], "hologram": {"beam": 1}}]


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("messages", {"text": " "}, 400),
        ("messages", {"text": "\ud83d"}, 400),
        ("messages", {"text": 5}, 400),
        ("messages", {"text": "Hoi", "reply_to_message_id": 99}, 404),
        ("messages", {"location": {"latitude": "52"}}, 400),
        ("messages", [], 400),
        ("press", {"message_id": 99, "data": "x"}, 404),
        ("press", {"message_id": 1, "data": "x"}, 400),
        ("press", {"message_id": True, "data": "x"}, 400),
        ("edits", {"message_id": 2, "text": "x"}, 400),
        ("edits", {"message_id": 1, "text": ""}, 400),
        ("block", {"blocked": 1}, 400),
    ],
)
async def test_what_an_app_would_not_do_is_refused(
    sandbox: Sandbox, api: Api, app: App, resident: Account, action: str, body: Any, status: int
) -> None:
    await api("sendMessage", chat_id=resident.id, text="Van de bot")

    assert (await app.refusal(action, json=body))[0] == status
    assert await api("getUpdates") == []


async def test_unknown_accounts_and_files_are_not_found(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{sandbox.url}/client/accounts/5/messages", json={"text": "x"}) as response:
        assert response.status == 404
    async with session.get(f"{sandbox.url}/client/files/x") as response:
        assert response.status == 404


async def test_pages_of_elsewhere_are_kept_out(app: App) -> None:
    foreign = {"Origin": "https://example.org"}

    assert (await app.refusal("messages", json={"text": "x"}, headers=foreign))[0] == 403
    await app.post("messages", json={"text": "x"}, headers={"Origin": app.url})
