"""Methods that change or remove messages."""

import time
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
from bot.sandbox.world import Message, World

DELETABLE = 48 * 3600  # seconds
MOST_DELETED = 100
MEDIA = ("photo", "voice", "document")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(world: World, parameters: Parameters) -> Message:
    """Another text; without reply_markup the inline keyboard goes."""
    fields = text_fields(read_text(parameters))
    if "link_preview_options" in parameters:
        fields["link_preview_options"] = parameters["link_preview_options"]
    chat, message = _editable(world, parameters)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(world, chat, message, ("text", "entities", "link_preview_options"), fields, parameters)


def edit_caption(world: World, parameters: Parameters) -> Message:
    """Another caption; without reply_markup the inline keyboard goes."""
    fields = read_caption(parameters)
    chat, message = _editable(world, parameters)
    if not any(kind in message for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _change(world, chat, message, ("caption", "caption_entities"), fields, parameters)


def edit_reply_markup(world: World, parameters: Parameters) -> Message:
    """Another inline keyboard, or none."""
    chat, message = _editable(world, parameters)
    return _change(world, chat, message, (), {}, parameters)


def delete_message(world: World, parameters: Parameters) -> bool:
    """Remove a message of either side."""
    chat = find_chat(world, parameters["chat_id"])
    message = find_message(world, chat, parameters["message_id"], "message to delete not found")
    foreign = message["from"]["id"] != world.bot["id"]
    if isinstance(chat, Group) and foreign and not chat.may("can_delete_messages"):
        raise bad_request("message can't be deleted")
    if time.time() - message["date"] > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    world.delete_messages(chat, [message["message_id"]])
    return True


def delete_messages(world: World, parameters: Parameters) -> bool:
    """Remove up to a hundred messages; those that aren't there are skipped."""
    chat = find_chat(world, parameters["chat_id"])
    message_ids = parameters["message_ids"]
    if not 1 <= len(message_ids) <= MOST_DELETED:
        raise bad_request("message identifiers are not specified" if not message_ids else "too many messages")
    world.delete_messages(chat, [one for one in message_ids if _is_deletable(world, chat, one)])
    return True


def _is_deletable(world: World, chat: Chat, message_id: int) -> bool:
    message = world.messages[chat.id].get(message_id)
    if not isinstance(chat, Group) or message is None or chat.may("can_delete_messages"):
        return True
    return bool(message["from"]["id"] == world.bot["id"])


def _editable(world: World, parameters: Parameters) -> tuple[Chat, Message]:
    for name in ("chat_id", "message_id"):
        if name not in parameters:
            raise bad_request("message identifier is not specified" if name == "message_id" else "chat_id is empty")
    if "reply_markup" in parameters:
        check_markup(parameters["reply_markup"])
    chat = find_open_chat(world, parameters["chat_id"])
    message = find_message(world, chat, parameters["message_id"], "message to edit not found")
    foreign = message["from"]["id"] != world.bot["id"] or "forward_origin" in message
    if foreign or (chat.id, message["message_id"]) in world.reply_markups:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    world: World,
    chat: Chat,
    message: Message,
    replaced: tuple[str, ...],
    fields: dict[str, Any],
    parameters: Parameters,
) -> Message:
    """Put fields in the place of those replaced, and the new keyboard in the place of the old one."""
    changed = {name: value for name, value in message.items() if name not in (*replaced, "reply_markup")}
    changed |= fields
    if keyboard := inline_only(parameters.get("reply_markup")):
        changed["reply_markup"] = keyboard
    if changed == message:
        raise bad_request(NOT_MODIFIED)
    if replaced:
        changed["edit_date"] = int(time.time())
    world.change_message(chat, changed)
    return changed


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
