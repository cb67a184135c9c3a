"""Methods that make, change and close the topics of a forum."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.group_life import add_topic, change_topic
from bot.sandbox.group_life import delete_topic as remove_topic
from bot.sandbox.groups import ICON_COLORS, Group, Topic
from bot.sandbox.methods.common import Parameters, find_chat
from bot.sandbox.world import World

LONGEST_NAME = 128  # characters


def create_topic(world: World, parameters: Parameters) -> dict[str, Any]:
    """A new topic, with the service message it begins with."""
    group = _forum(world, parameters)
    if not group.may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = _name(parameters["name"])
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    color = parameters.get("icon_color", ICON_COLORS[0])
    if color not in ICON_COLORS:
        raise bad_request("invalid icon color specified")
    _refuse_icon(parameters)
    world.rates.spend(group.id)
    topic = add_topic(world, group, world.bot, name, color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_topic(world: World, parameters: Parameters) -> bool:
    """Another name."""
    group, topic = _own_topic(world, parameters)
    _refuse_icon(parameters)
    name = _name(parameters.get("name", ""))
    if name in ("", topic.name):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    change_topic(world, group, topic, world.bot, {"forum_topic_edited": {"name": name}})
    return True


def close_topic(world: World, parameters: Parameters) -> bool:
    """From now on only those who manage topics write there."""
    return _set_closed(world, parameters, closed=True)


def reopen_topic(world: World, parameters: Parameters) -> bool:
    """Everybody writes there again."""
    return _set_closed(world, parameters, closed=False)


def delete_topic(world: World, parameters: Parameters) -> bool:
    """Remove it and all that was said in it."""
    group = _forum(world, parameters)
    topic = _topic(group, parameters)
    if not group.may("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    remove_topic(world, group, topic)
    return True


def _set_closed(world: World, parameters: Parameters, *, closed: bool) -> bool:
    group, topic = _own_topic(world, parameters)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    service = "forum_topic_closed" if closed else "forum_topic_reopened"
    change_topic(world, group, topic, world.bot, {service: {}})
    return True


def _own_topic(world: World, parameters: Parameters) -> tuple[Group, Topic]:
    """A topic that the bot may change: it manages topics, or it made this one."""
    group = _forum(world, parameters)
    topic = _topic(group, parameters)
    is_own = topic.creator_id == world.bot["id"] and group.bot == "administrator"
    if not is_own and not group.may("can_manage_topics"):
        raise bad_request("not enough rights to edit the topic")
    return group, topic


def _forum(world: World, parameters: Parameters) -> Group:
    chat = find_chat(world, parameters["chat_id"])
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(group: Group, parameters: Parameters) -> Topic:
    topic = group.topics.get(parameters["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(given: str) -> str:
    """Telegram cuts a longer one off; the bot should know what it is called."""
    name = given.strip()
    if len(name) > LONGEST_NAME:
        raise bad_request(f"a topic's name has at most {LONGEST_NAME} characters")
    return name


def _refuse_icon(parameters: Parameters) -> None:
    if "icon_custom_emoji_id" in parameters:
        raise bad_request('the sandbox doesn\'t support the parameter "icon_custom_emoji_id"')


METHODS = {
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "deleteForumTopic": delete_topic,
}
