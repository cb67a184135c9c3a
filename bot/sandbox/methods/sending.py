"""Methods that put a message into a chat."""

from typing import Any

from bot.sandbox.accounts import Account
from bot.sandbox.errors import bad_request
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
    account = find_open_chat(world, parameters["chat_id"])
    world.events.publish("typing", account.id, action=parameters["action"])
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
    account = find_chat(world, parameters["from_chat_id"])
    return find_message(world, account, parameters["message_id"], refusal)


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
    account = find_open_chat(world, parameters["chat_id"])
    reply = _reply_to(world, account, parameters.get("reply_parameters"))
    world.rates.spend(account.id)
    inline = inline_only(markup)
    protected = {"has_protected_content": True} if parameters.get("protect_content") else {}
    keyboard = {"reply_markup": inline} if inline else {}
    fields = {**reply, **content, **protected, **keyboard}
    if markup is None or "inline_keyboard" in markup:
        message = world.add_message(account, world.bot, fields)
    else:
        message = world.add_message(account, world.bot, fields, markup)
        world.set_reply_keyboard(account, markup if "keyboard" in markup else None)
    return message


def _reply_to(world: World, account: Account, wanted: dict[str, Any] | None) -> dict[str, Any]:
    if wanted is None:
        return {}
    replied_chat = find_chat(world, wanted.get("chat_id", account.id))
    if replied_chat.id != account.id:
        raise bad_request("the sandbox doesn't support replies to another chat")
    message = world.messages[account.id].get(wanted["message_id"])
    if message is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    replied = {name: value for name, value in message.items() if name != "reply_to_message"}
    return {"reply_to_message": replied}


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
