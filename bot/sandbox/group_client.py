"""What people do with groups in their Telegram app."""

import time
from collections.abc import Iterable
from typing import Any

from bot.sandbox.accounts import Account
from bot.sandbox.errors import ClientError
from bot.sandbox.formatting import find
from bot.sandbox.group_life import add_service, add_topic, change_topic, delete_topic, hears, in_topic
from bot.sandbox.groups import FIRST_SUPERGROUP, ICON_COLORS, Group, Status, Topic
from bot.sandbox.world import Message, World

FIRST_GROUP = 4_000_001
TOPIC_RIGHTS = ("can_manage_topics", "can_delete_messages", "can_pin_messages")


class GroupClient:
    """Groups, and what their members do in them. Only the owner changes the group itself.

    Raises ClientError: 404 for an unknown group, topic or message, 403 for who isn't in the group or isn't its owner,
    409 for a group that has become a supergroup, 400 for what an app wouldn't let happen.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self) -> list[dict[str, Any]]:
        """The groups in which the bot is, with all that was said."""
        world = self._world
        return [
            {
                **world.describe_group(group),
                "messages": [world.shown(message) for message in world.messages[group.id].values()],
            }
            for group in world.groups.values()
            if group.has_bot and group.migrated_to is None
        ]

    def create(self, owner_id: int, title: str, members: Iterable[int] = ()) -> Group:
        """A group of these people; the bot doesn't know of it."""
        world = self._world
        everybody = list(dict.fromkeys([owner_id, *members]))
        for one in everybody:
            self._account(one)
        number = FIRST_GROUP + len(world.groups)
        group = Group(-number, title, owner_id, everybody)
        world.save_group(group)
        world.add_message(group, world.accounts[owner_id].user(), {"group_chat_created": True})
        world.settle()
        return group

    def add_member(self, group_id: int, account_id: int) -> None:
        """The owner adds somebody."""
        group, owner = self._owned(group_id)
        account = self._account(account_id)
        if account_id in group.members:
            raise ClientError(400, "they are in the group already")
        group.members.append(account_id)
        self._world.save_group(group)
        add_service(self._world, group, owner.user(), {"new_chat_members": [account.user()]})
        self._world.settle()

    def leave(self, group_id: int, account_id: int) -> None:
        """Somebody leaves."""
        group, account = self._inside(group_id, account_id)
        add_service(self._world, group, account.user(), {"left_chat_member": account.user()})
        group.members.remove(account_id)
        self._world.save_group(group)
        self._world.settle()

    def add_bot(self, group_id: int) -> None:
        """The owner adds the bot, as a plain member."""
        group, owner = self._owned(group_id)
        if group.has_bot:
            raise ClientError(400, "the bot is in the group already")
        self._set_bot(group, owner, "member")
        add_service(self._world, group, owner.user(), {"new_chat_members": [self._world.bot]})
        self._world.settle()

    def promote_bot(self, group_id: int, rights: Iterable[str] = TOPIC_RIGHTS) -> None:
        """The owner makes the bot an administrator with just these rights. Apps upgrade a group for that."""
        group, owner = self._owned(group_id)
        if not group.has_bot:
            raise ClientError(400, "the bot is not in the group")
        self._set_bot(group, owner, "administrator", rights)
        self._world.settle()

    def demote_bot(self, group_id: int) -> None:
        """The owner makes the bot a plain member again."""
        group, owner = self._owned(group_id)
        self._set_bot(group, owner, "member")
        self._world.settle()

    def remove_bot(self, group_id: int) -> None:
        """The owner throws the bot out."""
        group, owner = self._owned(group_id)
        if not group.has_bot:
            raise ClientError(400, "the bot is not in the group")
        add_service(self._world, group, owner.user(), {"left_chat_member": self._world.bot})
        self._set_bot(group, owner, "kicked")
        self._world.settle()

    def migrate(self, group_id: int) -> Group:
        """The group becomes a supergroup: another id, nothing of before, the same people."""
        world = self._world
        group, owner = self._owned(group_id)
        if group.kind == "supergroup":
            raise ClientError(400, "it is a supergroup already")
        new = Group(FIRST_SUPERGROUP + group.id, group.title, group.owner_id, list(group.members), kind="supergroup")
        world.save_group(new)
        add_service(world, group, owner.user(), {"migrate_to_chat_id": new.id})
        if group.has_bot:
            status, rights = group.bot, [*group.rights]
            group.migrated_to = new.id
            self._set_bot(new, owner, status, rights)
        group.migrated_to = new.id
        world.save_group(group)
        add_service(world, new, owner.user(), {"migrate_from_chat_id": group.id})
        world.settle()
        return new

    def set_forum(self, group_id: int, is_forum: bool = True) -> Group:
        """The owner turns topics on or off; a group becomes a supergroup by it. Gives the group it is then."""
        group, _ = self._owned(group_id)
        if group.kind == "group":
            group = self.migrate(group_id)
        group.is_forum = is_forum
        self._world.save_group(group)
        self._world.settle()
        return group

    def add_topic(self, group_id: int, account_id: int, name: str) -> Topic:
        """Somebody begins a topic."""
        group, account = self._inside(group_id, account_id)
        if not group.is_forum:
            raise ClientError(400, "the group has no topics")
        topic = add_topic(self._world, group, account.user(), name, ICON_COLORS[0])
        self._world.settle()
        return topic

    def close_topic(self, group_id: int, topic_id: int, closed: bool = True) -> None:
        """The owner closes a topic, or opens it again."""
        group, owner = self._owned(group_id)
        topic = self._topic(group, topic_id)
        topic.closed = closed
        service = "forum_topic_closed" if closed else "forum_topic_reopened"
        change_topic(self._world, group, topic, owner.user(), {service: {}})
        self._world.settle()

    def delete_topic(self, group_id: int, topic_id: int) -> None:
        """The owner deletes a topic with all that is in it."""
        group, _ = self._owned(group_id)
        delete_topic(self._world, group, self._topic(group, topic_id))
        self._world.settle()

    def send_text(
        self,
        group_id: int,
        account_id: int,
        text: str,
        *,
        topic_id: int | None = None,
        reply_to_message_id: int | None = None,
    ) -> Message:
        """Write; a reply goes where the message is that it answers."""
        group, account = self._inside(group_id, account_id)
        if not text.strip():
            raise ClientError(400, "an app doesn't send an empty message")
        replied = None if reply_to_message_id is None else self._message(group, reply_to_message_id)
        if replied is not None:
            topic_id = replied.get("message_thread_id")
        where: dict[str, Any] = {}
        if topic_id is not None:
            topic = self._topic(group, topic_id)
            if topic.closed and account_id != group.owner_id:
                raise ClientError(400, "the topic is closed")
            where = in_topic(self._world, group, topic)
        if replied is not None:
            where["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        entities = find(text.strip())
        content = {"text": text.strip(), **({"entities": entities} if entities else {})}
        message = self._world.add_message(group, account.user(), {**where, **content})
        if hears(self._world, group, message):
            self._world.updates.add("message", message)
        self._world.settle()
        return message

    def press(self, group_id: int, account_id: int, message_id: int, data: str) -> str:
        """Press an inline button, or forge a press with other data; gives the callback query's id."""
        world = self._world
        group, account = self._inside(group_id, account_id)
        message = {**self._message(group, message_id), "chat": group.chat()}  # as the group is now
        if message["from"]["id"] != world.bot["id"]:
            raise ClientError(400, "only messages of the bot have buttons")
        query = world.add_callback_query(account)
        chat_instance = str(group.id)
        press = {"id": query.id, "from": account.user(), "message": message, "chat_instance": chat_instance}
        if group.has_bot:
            world.updates.add("callback_query", {**press, "data": data})
        world.settle()
        return query.id

    def _set_bot(self, group: Group, actor: Account, status: Status, rights: Iterable[str] = ()) -> None:
        world = self._world
        before = group.bot_member(world.bot)
        group.bot, group.rights = status, [*rights]
        world.save_group(group)
        after = group.bot_member(world.bot)
        if before != after:
            world.updates.add(
                "my_chat_member",
                {
                    "chat": group.chat(),
                    "from": actor.user(),
                    "date": int(time.time()),
                    "old_chat_member": before,
                    "new_chat_member": after,
                },
            )

    def _account(self, account_id: int) -> Account:
        account = self._world.accounts.get(account_id)
        if account is None:
            raise ClientError(404, f"there is no account {account_id}")
        return account

    def _group(self, group_id: int) -> Group:
        group = self._world.groups.get(group_id)
        if group is None:
            raise ClientError(404, f"there is no group {group_id}")
        if group.migrated_to is not None:
            raise ClientError(409, f"the group has become the supergroup {group.migrated_to}")
        return group

    def _owned(self, group_id: int) -> tuple[Group, Account]:
        group = self._group(group_id)
        return group, self._account(group.owner_id)

    def _inside(self, group_id: int, account_id: int) -> tuple[Group, Account]:
        group = self._group(group_id)
        if account_id not in group.members:
            raise ClientError(403, "they are not in the group")
        return group, self._account(account_id)

    def _topic(self, group: Group, topic_id: int) -> Topic:
        topic = group.topics.get(topic_id)
        if topic is None:
            raise ClientError(404, f"there is no topic {topic_id}")
        return topic

    def _message(self, group: Group, message_id: int) -> Message:
        message = self._world.messages[group.id].get(message_id)
        if message is None:
            raise ClientError(404, f"there is no message {message_id} in this group")
        return message
