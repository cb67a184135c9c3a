"""What happens in a group whoever does it: messages of Telegram itself, topics, what of it the bot gets to hear."""

from typing import Any

from bot.sandbox.accounts import User
from bot.sandbox.groups import Chat, Group, Topic
from bot.sandbox.world import Message, World


def hears(world: World, group: Group, message: Message) -> bool:
    """Does the bot get this message of a person? https://core.telegram.org/bots/features#privacy-mode

    An administrator gets everything. Else privacy mode leaves commands that aren't another bot's, and replies.
    """
    if not group.has_bot:
        return False
    if group.bot == "administrator":
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]:
        return True
    first = next(iter(message.get("entities", [])), None)
    if first is None or first["type"] != "bot_command" or first["offset"] != 0:
        return False
    _, is_addressed, name = str(message["text"])[: first["length"]].partition("@")
    return not is_addressed or name.lower() == str(world.bot["username"]).lower()


def add_service(world: World, group: Group, actor: User, content: dict[str, Any]) -> Message:
    """A message that Telegram puts there because somebody did something; the bot gets it if it is in the group."""
    message = world.add_message(group, actor, content)
    if group.has_bot:
        world.updates.add("message", message)
    return message


def add_topic(world: World, group: Group, creator: User, name: str, icon_color: int) -> Topic:
    """A new topic, with the service message it begins with and gets its id from."""
    topic = Topic(group.next_message_id, name, creator["id"], icon_color)
    group.topics[topic.id] = topic
    content = {
        "message_thread_id": topic.id,
        "is_topic_message": True,
        "forum_topic_created": {"name": name, "icon_color": icon_color},
    }
    add_service(world, group, creator, content)
    world.save_group(group)
    return topic


def change_topic(world: World, group: Group, topic: Topic, actor: User, content: dict[str, Any]) -> None:
    """Keep a topic that was changed, with the service message that says so."""
    add_service(world, group, actor, {**in_topic(world, group, topic), **content})
    world.save_group(group)


def delete_topic(world: World, group: Group, topic: Topic) -> None:
    """Remove a topic with all that was said in it."""
    messages = world.messages[group.id].items()
    world.delete_messages(group, [key for key, one in messages if one.get("message_thread_id") == topic.id])
    del group.topics[topic.id]
    world.save_group(group)


def in_topic(world: World, chat: Chat, topic: Topic) -> dict[str, Any]:
    """What marks a message as one of that topic: it refers to the one with which the topic began."""
    first = world.messages[chat.id].get(topic.id)
    refers = {} if first is None else {"reply_to_message": first}
    return {"message_thread_id": topic.id, "is_topic_message": True, **refers}
