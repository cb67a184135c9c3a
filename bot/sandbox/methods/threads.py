"""In which topic of a forum a message of the bot goes."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.group_life import in_topic
from bot.sandbox.groups import Chat, Group
from bot.sandbox.world import World


def thread_of(world: World, chat: Chat, thread_id: int | None) -> dict[str, Any]:
    """The fields of a message in that topic, none without one; 400 where Telegram wouldn't let the bot write."""
    if thread_id is None:
        return {}
    topic = chat.topics.get(thread_id) if isinstance(chat, Group) and chat.is_forum else None
    if topic is None:
        raise bad_request("message thread not found")
    if isinstance(chat, Group) and topic.closed and not chat.may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return in_topic(world, chat, topic)
