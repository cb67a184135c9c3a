"""Telegram's updates as `Incoming`: what of them we use, in our own words.

Only the fields we use reach PTB: whatever Telegram adds, or PTB doesn't know yet, can't break the reading.
"""

import re
from typing import Any

import telegram
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

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
from flows.words.personal import stripped

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask Telegram for (`allowed_updates`)."""
FIELDS = frozenset(
    {"message_id", "date", "chat", "from", "text", "entities", "caption", "photo", "voice", "location"}
    | {"reply_to_message"}
)
REFERENCE = frozenset({"message_id", "date", "chat"})
SERVICE = frozenset(
    {"pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed"}
    | {"connected_website", "proximity_alert_triggered", "boost_added", "gift", "unique_gift"}
)
"""Notes Telegram puts in a chat by itself; nobody said anything."""
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL; a lone surrogate has no UTF-8."""

SAID = frozenset({"text", "caption"})
NOT_KEPT = frozenset({"last_name", "username", "contact", "venue"})
"""What nothing is done with, and says who somebody is."""


def clean(value: Any) -> Any:
    """The same JSON without characters that no database keeps."""
    match value:
        case str():
            return UNKEEPABLE.sub("", value)
        case dict():
            return {clean(key): clean(item) for key, item in value.items()}
        case list():
            return [clean(item) for item in value]
        case _:
            return value


def to_put_aside(value: Any, name: str = "") -> Any:
    """What is kept of an update that couldn't be carried out: enough to find out why, without what it needn't say."""
    match value:
        case str() if name in SAID:
            return stripped(clean(value), lambda kind: f"[{kind}]")
        case dict():
            return {key: to_put_aside(item, key) for key, item in clean(value).items() if key not in NOT_KEPT}
        case list():
            return [to_put_aside(item, name) for item in value]
        case _:
            return clean(value)


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat whose order the update belongs to."""
    for kind in KINDS:
        match update.get(kind):
            case {"chat": {"id": int(chat_id)}}:
                return chat_id
            case {"message": {"chat": {"id": int(chat_id)}}}:
                return chat_id
            case {"from": {"id": int(user_id)}}:
                return user_id
    return None


def read(update: dict[str, Any], bot_username: str) -> Incoming | None:
    """What somebody did; None for what is not for us: talk in groups, other bots, kinds we don't know.

    Raises KeyError, TypeError and the like when Telegram's own fields are missing.
    """
    kind = next((kind for kind in KINDS if isinstance(update.get(kind), dict)), None)
    if kind is None:
        return None
    given = clean(update[kind])
    if kind == "callback_query":
        return _press(given)
    if kind == "my_chat_member":
        return _membership(given)
    if given["chat"]["type"] in GROUPS:
        return _in_group(given, bot_username) if kind == "message" else None
    parsed = telegram.Update.de_json({"update_id": update["update_id"], kind: _cut(given)})
    message = parsed.message or parsed.edited_message
    if message is None or not SERVICE.isdisjoint(given):
        return None
    return _message(message, bot_username, edited=kind == "edited_message")


def _cut(message: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in message.items() if name in FIELDS}
    if "reply_to_message" in kept:
        kept["reply_to_message"] = {name: kept["reply_to_message"].get(name) for name in REFERENCE}
    return kept


def _in_group(given: dict[str, Any], bot_username: str) -> Incoming | None:
    """Commands, replies to what we said, and a new id. An administrator gets all that is said: that isn't looked at."""
    sender = given.get("from", {})
    if sender.get("is_bot", True):
        return None
    user, group = telegram.User.de_json(sender), _group(given)
    if isinstance(new := given.get("migrate_to_chat_id"), int):
        return _incoming(user, group.chat_id, GroupMigrated(new_chat_id=new), group=group)
    replied = given.get("reply_to_message", {})
    # Whatever is said in a topic refers to the message with which it began, without being a reply.
    is_to_us = replied.get("from", {}).get("username", "").lower() == bot_username.lower()
    is_reply = is_to_us and "forum_topic_created" not in replied
    if not is_reply and not given.get("text", "").startswith("/"):
        return None
    parsed = telegram.Update.de_json({"update_id": 0, "message": _cut(given)})
    content = _content(parsed.message, bot_username) if parsed.message is not None else None
    if content is None or not (is_reply or isinstance(content, Command)):
        return None
    reply_to = replied["message_id"] if is_reply else None
    return _incoming(user, group.chat_id, content, group=group, message_id=given["message_id"], reply_to=reply_to)


def _group(message: dict[str, Any]) -> Group:
    chat = message["chat"]
    topic_id = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Group(
        chat_id=chat["id"], topic_id=topic_id, title=chat.get("title", ""), is_forum=chat.get("is_forum", False)
    )


def _incoming(
    user: telegram.User, chat_id: int, content: Content, *, group: Group | None = None, **more: int | None
) -> Incoming:
    return Incoming(
        chat_id=chat_id,
        telegram_id=user.id,
        first_name=user.first_name,
        language_hint=user.language_code,
        content=content,
        message_id=more.get("message_id"),
        reply_to=more.get("reply_to"),
        group=group,
    )


def _message(message: telegram.Message, bot_username: str, *, edited: bool) -> Incoming | None:
    user = message.from_user
    if user is None or user.is_bot or message.chat.type != ChatType.PRIVATE:
        return None
    content = _edited(message) if edited else _content(message, bot_username)
    if content is None:
        return None
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    return _incoming(user, message.chat.id, content, message_id=message.message_id, reply_to=reply_to)


def _edited(message: telegram.Message) -> Edited | None:
    # A live location that moves is an edit without a word.
    text = message.text or message.caption
    return Edited(message_id=message.message_id, text=text) if text else None


def _content(message: telegram.Message, bot_username: str) -> Content | None:
    if message.text is not None:
        return _text(message, bot_username)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Photo(photo=largest.file_id, caption=message.caption or "")
    if message.voice is not None:
        return Voice(voice=message.voice.file_id, caption=message.caption or "")
    if message.location is not None:
        return Location(latitude=float(message.location.latitude), longitude=float(message.location.longitude))
    return Unsupported()


def _text(message: telegram.Message, bot_username: str) -> Content | None:
    text = message.text or ""
    is_command = any(e.type == MessageEntityType.BOT_COMMAND and e.offset == 0 for e in message.entities)
    found = COMMAND.fullmatch(text) if is_command else None
    if found is None:
        return Text(text=text) if text else Unsupported()
    if found["bot"] and found["bot"].lower() != bot_username.lower():
        return None
    return Command(name=found["name"].lower(), argument=(found["argument"] or "").strip())


def _press(query: dict[str, Any]) -> Incoming | None:
    user = telegram.User.de_json(query["from"])
    message = query.get("message")
    kind = ChatType.PRIVATE if message is None else message["chat"]["type"]
    if user.is_bot or kind not in (ChatType.PRIVATE, *GROUPS):
        return None
    group = _group(message) if message is not None and kind in GROUPS else None
    # Telegram gives date 0 for a message it no longer shows.
    reachable = message is not None and message.get("date", 0) != 0
    message_id = message["message_id"] if message is not None and reachable else None
    data = query.get("data", "")
    stray = message is not None and reachable and data not in _buttons(message)
    chat_id = user.id if group is None else group.chat_id
    return _incoming(user, chat_id, Press(data=data, message_id=message_id, stray=stray), group=group)


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


def _membership(member: dict[str, Any]) -> Incoming | None:
    user, chat_id = telegram.User.de_json(member["from"]), member["chat"]["id"]
    if member["chat"]["type"] in GROUPS:
        return _incoming(user, chat_id, _in_or_out(member), group=_group(member))
    if user.is_bot or member["chat"]["type"] != ChatType.PRIVATE:
        return None
    match member["new_chat_member"]["status"]:
        case ChatMemberStatus.BANNED:
            return _incoming(user, chat_id, Blocked(blocked=True))
        case ChatMemberStatus.MEMBER:
            return _incoming(user, chat_id, Blocked(blocked=False))
    return None


def _in_or_out(member: dict[str, Any]) -> BotAdded | BotRemoved:
    new = member["new_chat_member"]
    if new["status"] in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED) or not new.get("is_member", True):
        return BotRemoved()
    return BotAdded(
        title=member["chat"].get("title", ""),
        is_forum=member["chat"].get("is_forum", False),
        may_manage_topics=new["status"] == ChatMemberStatus.ADMINISTRATOR and new.get("can_manage_topics", False),
    )
