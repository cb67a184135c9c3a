"""Methods that put a message into a chat."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.groups import Chat, Group
from bot.sandbox.keyboards import check_markup, inline_only
from bot.sandbox.methods.common import (
    Parameters,
    find_chat,
    find_message,
    find_open_chat,
    read_caption,
    read_text,
    text_fields,
)
from bot.sandbox.methods.threads import thread_of
from bot.sandbox.world import Message, World

CONTENT = ("text", "entities", "photo", "voice", "document", "location", "sticker", "contact")
CAPTION = ("caption", "caption_entities")
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, parameters: Parameters) -> Message:
    """Text."""
    preview = {name: parameters[name] for name in ("link_preview_options",) if name in parameters}
    return _send(world, parameters, {**text_fields(read_text(parameters)), **preview})


def send_photo(world: World, parameters: Parameters) -> Message:
    """A photo, uploaded or by file_id."""
    return _send_media(world, parameters, "photo")


def send_voice(world: World, parameters: Parameters) -> Message:
    """A voice message."""
    return _send_media(world, parameters, "voice", duration=parameters.get("duration", 1))


def send_document(world: World, parameters: Parameters) -> Message:
    """Any file."""
    return _send_media(world, parameters, "document")


def send_location(world: World, parameters: Parameters) -> Message:
    """A point on the map."""
    latitude, longitude = parameters["latitude"], parameters["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location specified")
    optional = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    more = {name: parameters[name] for name in optional if name in parameters}
    return _send(world, parameters, {"location": {"latitude": latitude, "longitude": longitude, **more}})


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """ "… is typing", for five seconds or until the next message."""
    if parameters["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = find_open_chat(world, parameters["chat_id"])
    thread_of(world, chat, parameters.get("message_thread_id"))
    world.publish("typing", chat, action=parameters["action"])
    return True


def copy_message(world: World, parameters: Parameters) -> dict[str, int]:
    """The same content as a message of the bot's own; gives its id."""
    source = _source(world, parameters, "message to copy not found")
    content = {name: source[name] for name in CONTENT if name in source}
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in parameters:
        content |= read_caption(parameters)
    else:
        content |= {name: source[name] for name in CAPTION if name in source}
    return {"message_id": _send(world, parameters, content)["message_id"]}


def forward_message(world: World, parameters: Parameters) -> Message:
    """The message with where it came from."""
    source = _source(world, parameters, "message to forward not found")
    content = {name: source[name] for name in CONTENT + CAPTION if name in source}
    origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    return _send(world, parameters, {"forward_origin": source.get("forward_origin", origin), **content})


def _source(world: World, parameters: Parameters, refusal: str) -> Message:
    chat = find_chat(world, parameters["from_chat_id"])
    return find_message(world, chat, parameters["message_id"], refusal)


def _send_media(world: World, parameters: Parameters, kind: str, **more: Any) -> Message:
    caption = read_caption(parameters)
    find_open_chat(world, parameters["chat_id"])  # before the upload is kept
    flags = {
        kept: True
        for given, kept in (
            ("has_spoiler", "has_media_spoiler"),
            ("show_caption_above_media", "show_caption_above_media"),
        )
        if parameters.get(given)
    }
    media = world.files.media(kind, parameters[kind], **more)
    return _send(world, parameters, {kind: media, **caption, **flags})


def _send(world: World, parameters: Parameters, content: dict[str, Any]) -> Message:
    markup = parameters.get("reply_markup")
    if markup is not None:
        check_markup(markup)
    chat = find_open_chat(world, parameters["chat_id"])
    if isinstance(chat, Group) and markup is not None:
        _check_markup_in_group(markup)
    replied = _replied(world, chat, parameters.get("reply_parameters"))
    thread_id = parameters.get("message_thread_id") or (replied or {}).get("message_thread_id")
    thread = thread_of(world, chat, thread_id)
    if replied is not None:
        if replied.get("message_thread_id") != thread.get("message_thread_id"):
            raise bad_request("message to be replied not found")
        thread["reply_to_message"] = {name: value for name, value in replied.items() if name != "reply_to_message"}
    world.rates.spend(chat.id)
    inline = inline_only(markup)
    protected = {"has_protected_content": True} if parameters.get("protect_content") else {}
    keyboard = {"reply_markup": inline} if inline else {}
    fields = {**thread, **content, **protected, **keyboard}
    silent = parameters.get("disable_notification", False)
    if markup is None or "inline_keyboard" in markup or isinstance(chat, Group):
        message = world.add_message(chat, world.bot, fields, silent=silent)
    else:
        message = world.add_message(chat, world.bot, fields, markup, silent=silent)
        world.set_reply_keyboard(chat, markup if "keyboard" in markup else None)
    return message


def _check_markup_in_group(markup: dict[str, Any]) -> None:
    if "inline_keyboard" not in markup:
        raise bad_request("the sandbox doesn't support reply keyboards in groups")
    if any("web_app" in button for row in markup["inline_keyboard"] for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")


def _replied(world: World, chat: Chat, wanted: dict[str, Any] | None) -> Message | None:
    if wanted is None:
        return None
    replied_chat = find_chat(world, wanted.get("chat_id", chat.id))
    if replied_chat.id != chat.id:
        raise bad_request("the sandbox doesn't support replies to another chat")
    message = world.messages[chat.id].get(wanted["message_id"])
    if message is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "sendLocation": send_location,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
