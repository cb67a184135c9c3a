"""Methods that answer a press, and that look things up."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import LARGEST_DOWNLOAD
from bot.sandbox.methods.common import Parameters, find_chat
from bot.sandbox.world import World

LONGEST_ANSWER = 200  # characters


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Answer a press, once: the button stops waiting, a text shows as a toast or an alert."""
    text = parameters.get("text", "")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callback_queries.get(parameters["callback_query_id"])
    if query is None or query.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answered = True
    world.save_callback_query(query)
    world.events.publish("pressed_done", query.account_id, callback_query_id=query.id)
    if text:
        world.events.publish("toast", query.account_id, text=text, show_alert=parameters.get("show_alert", False))
    return True


def get_me(world: World, parameters: Parameters) -> dict[str, Any]:
    """The bot itself."""
    return {
        **world.bot,
        "first_name": world.profile.text("name"),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    """A chat, in full."""
    chat = find_chat(world, parameters["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.chat(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    """Where a file can be downloaded: {url}/file/bot<token>/<file_path>."""
    stored = world.files.get(parameters["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    sizes = stored.media if stored.kind == "photo" else [stored.media]
    media = next(size for size in sizes if size["file_id"] == parameters["file_id"])
    identity = {name: media[name] for name in ("file_id", "file_unique_id", "file_size")}
    return {**identity, "file_path": stored.file_path}


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "getMe": get_me,
    "getChat": get_chat,
    "getFile": get_file,
}
