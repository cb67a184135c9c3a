"""What several methods need: finding chat and message, reading texts, refusing what the sandbox can't do."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting import Formatted, from_html, tidy, utf16
from bot.sandbox.groups import Chat, Group
from bot.sandbox.world import Message, World

Parameters = dict[str, Any]
Method = Callable[[World, Parameters], Any]

LONGEST_TEXT = 4096  # characters, after parsing entities
LONGEST_CAPTION = 1024

NOT_IN_THE_SANDBOX = (
    "business_connection_id",
    "direct_messages_topic_id",
    "inline_message_id",
    "message_effect_id",
    "rich_message",
    "suggested_post_parameters",
)


def refuse_unsupported(parameters: Parameters) -> None:
    """400 for parameters of the Bot API that have no meaning in the sandbox."""
    for name in NOT_IN_THE_SANDBOX:
        if name in parameters:
            raise bad_request(f'the sandbox doesn\'t support the parameter "{name}"')


def find_chat(world: World, chat_id: int | str) -> Chat:
    """The private chat of an account that the bot may know of, or a group that it is in."""
    if chat_id == "":
        raise bad_request("chat_id is empty")
    if isinstance(chat_id, int) and (account := world.accounts.get(chat_id)) is not None:
        return account
    group = world.groups.get(chat_id) if isinstance(chat_id, int) else None
    if group is None or group.bot == "never":
        raise bad_request("chat not found")
    if group.migrated_to is not None:
        refusal = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, refusal, {"migrate_to_chat_id": group.migrated_to})
    if group.bot == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {group.kind} chat")
    if group.bot == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {group.kind} chat")
    return group


def find_open_chat(world: World, chat_id: int | str) -> Chat:
    """A chat to which the bot can write now: 403 when the person never started it, or blocked it."""
    chat = find_chat(world, chat_id)
    if isinstance(chat, Group):
        return chat
    if not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def find_message(world: World, chat: Chat, message_id: int, refusal: str) -> Message:
    """The message of this chat, or 400 with the refusal."""
    message = world.messages[chat.id].get(message_id)
    if message is None:
        raise bad_request(refusal)
    return message


def read_text(parameters: Parameters) -> Formatted:
    """The text with its entities: 1-4096 characters."""
    formatted = _formatted(parameters, "text", "parse_mode", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty" if parameters.get("text") else "message text is empty")
    if len(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(parameters: Parameters) -> dict[str, Any]:
    """The fields of a message that hold the caption, none when there is none: 0-1024 characters."""
    formatted = _formatted(parameters, "caption", "parse_mode", "caption_entities")
    if len(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return _with_entities("caption", formatted)


def text_fields(formatted: Formatted) -> dict[str, Any]:
    """The fields of a message that hold the text."""
    return _with_entities("text", formatted)


def _with_entities(name: str, formatted: Formatted) -> dict[str, Any]:
    if not formatted.text:
        return {}
    entities = "entities" if name == "text" else f"{name}_entities"
    return {name: formatted.text, **({entities: formatted.entities} if formatted.entities else {})}


def _formatted(parameters: Parameters, name: str, mode_name: str, entities_name: str) -> Formatted:
    text: str = parameters.get(name, "")
    mode = parameters.get(mode_name, "").lower()
    if mode == "html":
        return tidy(from_html(text))
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"the sandbox doesn't support parse_mode {parameters[mode_name]}, use HTML")
    if mode:
        raise bad_request("unsupported parse_mode")
    entities = parameters.get(entities_name, [])
    end = utf16(text) if entities else 0
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > end:
            raise bad_request("ENTITY_BOUNDS_INVALID")
    return tidy(Formatted(text, entities))
