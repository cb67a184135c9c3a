"""One row of the outbox → calls to the Bot API, and what came of them as a value."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_never

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram.drawing import drawn
from bot.telegram.request import FloodError, MaybeArrived
from bot.telegram.setup import set_menu
from bot.telegram.split import plain_length, split
from flows.talk.message import Button, Message
from storage.outbox import BLOCKED, DELETED, OutboxKind

TOPIC_KINDS = (OutboxKind.MAKE_TOPIC, OutboxKind.CLOSE_TOPIC, OutboxKind.REOPEN_TOPIC)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNREACHABLE = {"blocked": BLOCKED, "deactivated": DELETED}
"""What stands in Telegram's reason, and what the house calls it."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Telegram has it. `message_id` is that of the last message; None for a deletion."""

    message_id: int | None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Telegram will never take it. `expected`: it happens in normal life, such as a message that is gone."""

    reason: str
    expected: bool = False


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """The person has blocked the bot, or is gone."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Flooded:
    """Too much; `parts_sent` of its messages went."""

    retry_after: timedelta
    parts_sent: int


@dataclass(frozen=True, kw_only=True)
class NotArrived:
    """Surely not carried out; `parts_sent` of its messages went before."""

    reason: str
    parts_sent: int


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """It may have arrived; `parts_sent` of its messages went before."""

    reason: str
    parts_sent: int


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The group has another id now."""

    chat_id: int


@dataclass(frozen=True, kw_only=True)
class TopicGone:
    """Somebody deleted the topic; `parts_sent` of its messages went before."""

    parts_sent: int


Outcome = Sent | Refused | Unreachable | Flooded | NotArrived | Uncertain | Moved | TopicGone


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What has to be done in one chat. `parts_sent` messages of it went at an earlier try."""

    chat_id: int
    kind: OutboxKind
    payload: dict[str, Any]
    message_id: int | None = None
    """Which message to edit or delete."""
    topic_id: int | None = None
    """In which topic of the group; None: in the chat itself."""
    silent: bool = False
    """Without a sound on the phone."""
    parts_sent: int = 0
    reply_to: int | None = None
    """Which message it answers; where that is gone, it goes without."""


async def deliver(bot: Bot, parcel: Parcel) -> Outcome:
    """Do it. Raises nothing of Telegram's; an unreadable payload raises KeyError, TypeError or ValueError."""
    sent = parcel.parts_sent
    try:
        match parcel.kind:
            case OutboxKind.DELETE:
                if parcel.message_id is not None:
                    await bot.delete_message(parcel.chat_id, parcel.message_id)
                return Sent(message_id=None)
            case OutboxKind.EDIT:
                if parcel.message_id is None:
                    return Refused(reason="there is no message to edit", expected=True)
                await _edit(bot, parcel.chat_id, parcel.message_id, parcel.payload)
                return Sent(message_id=parcel.message_id)
            case OutboxKind.SEND:
                message_id = None
                for part in parts(Message.from_json(parcel.payload))[sent:]:
                    message_id = await _send_in_topic(bot, parcel, part)
                    sent += 1
                return Sent(message_id=message_id) if sent else Refused(reason="the message is empty")
            case OutboxKind.MENU:
                await set_menu(bot, parcel.chat_id, [(name, what) for name, what in parcel.payload["commands"]])
                return Sent(message_id=None)
            case OutboxKind.MAKE_TOPIC:
                if parcel.topic_id is not None:
                    return Sent(message_id=parcel.topic_id)
                made = await bot.create_forum_topic(parcel.chat_id, parcel.payload["name"])
                return Sent(message_id=made.message_thread_id)
            case OutboxKind.CLOSE_TOPIC | OutboxKind.REOPEN_TOPIC:
                if parcel.topic_id is not None:
                    closing = parcel.kind is OutboxKind.CLOSE_TOPIC
                    change = bot.close_forum_topic if closing else bot.reopen_forum_topic
                    await change(parcel.chat_id, parcel.topic_id)
                return Sent(message_id=None)
            case _:
                assert_never(parcel.kind)
    except TelegramError as exc:
        return _outcome(exc, parcel, sent)


def parts(message: Message) -> list[Message]:
    """The messages it takes: a map, a long text and a photo's long caption go by themselves; buttons go last."""
    made: list[Message] = []
    if message.location is not None:
        made.append(Message(text="", location=message.location))
    photo, voice = message.photo, message.voice
    if photo or voice:
        if plain_length(message.text) <= MessageLimit.CAPTION_LENGTH:
            return [*made, Message(text=message.text, buttons=message.buttons, photo=photo, voice=voice)]
        made.append(Message(text="", photo=photo, voice=voice))
    texts = split(message.text, MessageLimit.MAX_TEXT_LENGTH)
    made += [Message(text=text) for text in texts[:-1]]
    return [*made, Message(text=texts[-1], buttons=message.buttons)] if texts else made


async def _send_in_topic(bot: Bot, parcel: Parcel, part: Message) -> int:
    try:
        return await _send(bot, parcel, part)
    except BadRequest as exc:
        if parcel.topic_id is None or "topic_closed" not in str(exc).lower():
            raise
    await bot.reopen_forum_topic(parcel.chat_id, parcel.topic_id)  # somebody closed it, and it goes on
    return await _send(bot, parcel, part)


async def _send(bot: Bot, parcel: Parcel, part: Message) -> int:
    chat_id = parcel.chat_id
    how: dict[str, Any] = {"message_thread_id": parcel.topic_id, "disable_notification": parcel.silent or None}
    if parcel.reply_to is not None:
        how["reply_parameters"] = ReplyParameters(parcel.reply_to, allow_sending_without_reply=True)
    if part.location is not None:
        latitude, longitude = part.location
        return (await bot.send_location(chat_id, latitude, longitude, **how)).message_id
    how |= {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(part.buttons)}
    caption = {**how, "caption": part.text or None}
    if part.photo is not None:
        return (await bot.send_photo(chat_id, drawn(part.photo), filename="qr.png", **caption)).message_id
    if part.voice is not None:
        return (await bot.send_voice(chat_id, part.voice, **caption)).message_id
    message = await bot.send_message(chat_id, part.text, link_preview_options=NO_PREVIEW, **how)
    return message.message_id


async def _edit(bot: Bot, chat_id: int, message_id: int, payload: dict[str, Any]) -> None:
    has_text = "text" in payload
    message = Message.from_json({"text": ""} | payload)
    markup = keyboard(message.buttons)
    where: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, "reply_markup": markup}
    if not has_text:
        await bot.edit_message_reply_markup(**where)
    elif message.photo is not None or message.voice is not None:
        caption = split(message.text, MessageLimit.CAPTION_LENGTH)[:1]
        await bot.edit_message_caption(caption="".join(caption), parse_mode=ParseMode.HTML, **where)
    else:
        text = split(message.text, MessageLimit.MAX_TEXT_LENGTH)[:1]
        await bot.edit_message_text("".join(text), parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW, **where)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; None without any."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, url=b.url, callback_data=b.data) for b in row] for row in rows]
    )


def _outcome(exc: TelegramError, parcel: Parcel, sent: int) -> Outcome:
    match exc:
        case ChatMigrated():
            return Moved(chat_id=exc.new_chat_id)
        case FloodError():
            return Flooded(retry_after=exc.retry_after, parts_sent=sent)
        case Forbidden():
            return Unreachable(reason=_why_unreachable(exc))
        case BadRequest():
            return _refusal(exc, parcel, sent)
        case MaybeArrived():
            return Uncertain(reason=str(exc), parts_sent=sent)
        case NetworkError() | InvalidToken():
            return NotArrived(reason=str(exc), parts_sent=sent)
    # An answer that can't be read: something answered 200.
    return Uncertain(reason=type(exc).__name__, parts_sent=sent)


def _why_unreachable(exc: Forbidden) -> str:
    return next((word for sign, word in UNREACHABLE.items() if sign in str(exc)), _description(exc))


def _refusal(exc: BadRequest, parcel: Parcel, sent: int) -> Outcome:
    text = str(exc).lower()
    if "message is not modified" in text or "topic_not_modified" in text:
        return Sent(message_id=parcel.message_id)
    if parcel.kind is OutboxKind.SEND and parcel.topic_id is not None and "thread not found" in text:
        return TopicGone(parts_sent=sent)
    if parcel.kind in TOPIC_KINDS:  # no forum, no right, deleted: up to who runs the group
        return Refused(reason=_description(exc), expected=True)
    gone = "not found" in text or "can't be edited" in text or "can't be deleted" in text
    expected = gone and parcel.kind in (OutboxKind.EDIT, OutboxKind.DELETE)
    return Refused(reason=_description(exc), expected=expected)


def _description(exc: TelegramError) -> str:
    # What stands between quotes may come from the message ("Unsupported start tag ...").
    return re.sub(r'"[^"]*"', '"…"', str(exc))
