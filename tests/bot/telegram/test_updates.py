"""Telegram's updates in our own words."""

from typing import Any

import pytest

from bot.telegram.updates import chat_of, read
from flows.talk.incoming import (
    Blocked,
    BotAdded,
    BotRemoved,
    Command,
    Content,
    Edited,
    Group,
    GroupMigrated,
    Incoming,
    Location,
    Photo,
    Press,
    Text,
    Unsupported,
    Voice,
)

USER = {"id": 5_000_000_001, "is_bot": False, "first_name": "Fatma", "language_code": "tr"}
CHAT = {"id": 5_000_000_001, "type": "private", "first_name": "Fatma"}
GROUP = {"id": -100, "type": "supergroup", "title": "Buurt"}
BASE = {"message_id": 12, "date": 1_760_000_000, "chat": CHAT, "from": USER}


def size(name: str, side: int) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": name, "width": side, "height": side}


def command(text: str, length: int) -> dict[str, Any]:
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def of(kind: str, value: Any) -> Incoming | None:
    return read({"update_id": 1, kind: value}, "StuurBot")


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"text": "Hallo"}, Text(text="Hallo")),
        ({"text": "a\x00b\ud83d"}, Text(text="ab")),
        (command("/start", 6), Command(name="start")),
        (command("/Start  abc def\nx ", 6), Command(name="start", argument="abc def\nx")),
        (command("/start@stuurbot abc", 15), Command(name="start", argument="abc")),
        ({"text": "/start"}, Text(text="/start")),
        (
            {"text": "zie /start", "entities": [{"type": "bot_command", "offset": 4, "length": 6}]},
            Text(text="zie /start"),
        ),
        ({"photo": [size("s", 90), size("l", 800), size("m", 320)]}, Photo(photo="l")),
        ({"photo": [size("s", 90)], "caption": "mooi", "media_group_id": "7"}, Photo(photo="s", caption="mooi")),
        ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, Voice(voice="v")),
        ({"location": {"latitude": 52.5, "longitude": 5.5}}, Location(latitude=52.5, longitude=5.5)),
        ({"location": {"latitude": 1.0, "longitude": 5.5}, "venue": {}}, Location(latitude=1.0, longitude=5.5)),
        ({"sticker": {"emoji": "👍"}}, Unsupported()),
        ({"poll": {}}, Unsupported()),
        ({"video": {}, "caption": "film"}, Unsupported()),
        ({"contact": {"phone_number": "1"}}, Unsupported()),
        ({"hologram": {"depth": 3}}, Unsupported()),
    ],
)  # fmt: skip
def test_a_message_is_what_it_holds(fields: dict[str, Any], content: Content) -> None:
    incoming = of("message", BASE | fields)

    assert incoming == Incoming(
        chat_id=CHAT["id"],  # type: ignore[arg-type]
        telegram_id=USER["id"],  # type: ignore[arg-type]
        first_name="Fatma",
        language_hint="tr",
        content=content,
        message_id=12,
    )


@pytest.mark.parametrize(
    "fields",
    [
        command("/start@otherbot", 15),
        {"text": "x", "from": USER | {"is_bot": True}},
        {"text": "x", "from": None},
        {"text": "x", "chat": GROUP},
        {"pinned_message": BASE | {"text": "x"}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
    ],
)
def test_what_is_not_for_us_is_nothing(fields: dict[str, Any]) -> None:
    assert of("message", {k: v for k, v in (BASE | fields).items() if v is not None}) is None


def test_a_reply_says_to_what() -> None:
    replied = BASE | {"message_id": 8, "from": USER | {"is_bot": True}, "poll": "of a kind nobody knows"}

    incoming = of("message", BASE | {"text": "x", "reply_to_message": replied})

    assert incoming is not None
    assert incoming.reply_to == 8


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"text": "beter"}, Edited(message_id=12, text="beter")),
        (
            {"caption": "beter", "photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]},
            Edited(message_id=12, text="beter"),
        ),
    ],
)
def test_an_edit_says_what_it_became(fields: dict[str, Any], content: Content) -> None:
    incoming = of("edited_message", BASE | {"edit_date": 1_760_000_001} | fields)

    assert incoming is not None
    assert incoming.content == content


def test_a_live_location_that_moves_is_nothing() -> None:
    assert of("edited_message", BASE | {"location": {"latitude": 1.0, "longitude": 1.0, "live_period": 900}}) is None


QUERY = {"id": "7", "from": USER, "chat_instance": "1", "data": "t:1:a"}
FROM_BOT = BASE | {"from": USER | {"is_bot": True}, "text": "kies"}
KEYBOARD = {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "t:1:a"}]]}}


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"message": FROM_BOT | KEYBOARD}, Press(data="t:1:a", message_id=12)),
        ({"message": FROM_BOT | KEYBOARD, "data": "t:1:b"}, Press(data="t:1:b", message_id=12, stray=True)),
        ({"message": FROM_BOT}, Press(data="t:1:a", message_id=12, stray=True)),
        ({"message": {"message_id": 12, "chat": CHAT, "date": 0}}, Press(data="t:1:a", message_id=None)),
        ({"inline_message_id": "x"}, Press(data="t:1:a", message_id=None)),
        ({"message": FROM_BOT | KEYBOARD, "data": "t:1:a\x00"}, Press(data="t:1:a", message_id=12)),
    ],
)
def test_a_press_says_under_which_message(fields: dict[str, Any], content: Content) -> None:
    incoming = of("callback_query", QUERY | fields)

    assert incoming is not None
    assert incoming.content == content
    assert incoming.chat_id == CHAT["id"]


def test_a_press_in_a_group_says_in_which() -> None:
    incoming = of("callback_query", QUERY | {"message": FROM_BOT | {"chat": GROUP}})

    assert incoming is not None
    assert isinstance(incoming.content, Press)
    assert incoming.group == Group(chat_id=-100, title="Buurt")


BOT = {"id": 1, "is_bot": True, "first_name": "Stuur", "username": "StuurBot"}
TO_US = {"reply_to_message": {"message_id": 3, "date": 1, "chat": GROUP, "from": BOT}}
TO_BRAM = {"reply_to_message": {"message_id": 3, "date": 1, "chat": GROUP, "from": USER}}
FIRST = {"reply_to_message": TO_US["reply_to_message"] | {"forum_topic_created": {}}}
COMMANDS = [{"type": "bot_command", "offset": 0, "length": 7}]


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"text": "Hoi allemaal"}, None),
        ({"text": "Hoi", **TO_BRAM}, None),
        ({"text": "Hoi", **FIRST}, None),
        ({"sticker": {}}, None),
        ({"new_chat_members": [BOT]}, None),
        ({"text": "/koppel", "entities": COMMANDS, "from": USER | {"is_bot": True}}, None),
        ({"text": "Morgen om tien uur.", **TO_US}, Text(text="Morgen om tien uur.")),
        ({"text": "/koppel abc", "entities": COMMANDS}, Command(name="koppel", argument="abc")),
        ({"migrate_to_chat_id": -1005}, GroupMigrated(new_chat_id=-1005)),
    ],
)
def test_of_a_group_only_what_is_for_us_is_read(fields: dict[str, Any], content: Content | None) -> None:
    message = {"message_id": 9, "date": 1, "chat": GROUP, "from": USER, "message_thread_id": 3} | fields

    incoming = of("message", message)

    assert (incoming.content if incoming else None) == content
    assert of("edited_message", message) is None


@pytest.mark.parametrize(
    ("status", "content"), [("kicked", Blocked(blocked=True)), ("member", Blocked(blocked=False)), ("left", None)]
)
def test_blocking_is_told(status: str, content: Content | None) -> None:
    incoming = of("my_chat_member", {"chat": CHAT, "from": USER, "date": 1, "new_chat_member": {"status": status}})

    assert (incoming.content if incoming else None) == content


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ({"status": "member"}, BotAdded(title="Buurt", is_forum=False, may_manage_topics=False)),
        (
            {"status": "administrator", "can_manage_topics": True},
            BotAdded(title="Buurt", is_forum=False, may_manage_topics=True),
        ),
        ({"status": "restricted", "is_member": False}, BotRemoved()),
        ({"status": "left"}, BotRemoved()),
        ({"status": "kicked"}, BotRemoved()),
    ],
)
def test_coming_into_a_group_and_going_is_told(member: dict[str, Any], content: Content) -> None:
    incoming = of("my_chat_member", {"chat": GROUP, "from": USER, "date": 1, "new_chat_member": member})

    assert incoming is not None
    assert incoming.content == content


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": BASE}, CHAT["id"]),
        ({"callback_query": QUERY | {"message": FROM_BOT}}, CHAT["id"]),
        ({"callback_query": QUERY}, USER["id"]),
        ({"my_chat_member": {"chat": CHAT, "from": USER}}, CHAT["id"]),
        ({"telepathy": {}}, None),
        ({"message": "not even an object"}, None),
    ],
)
def test_an_update_belongs_to_a_chat(update: dict[str, Any], chat: int | None) -> None:
    assert chat_of(update) == chat


def test_an_unknown_kind_is_nothing() -> None:
    assert of("telepathy", {"from": USER}) is None
