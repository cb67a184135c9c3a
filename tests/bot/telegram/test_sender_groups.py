"""What is sent to groups: it follows a group that moves, makes topics, and goes on without them."""

import pytest
from telegram import Bot

from bot.sandbox import Account, Group, Sandbox
from bot.telegram.delivery import Moved, Parcel, Refused, Sent, TopicGone, deliver
from bot.telegram.pace import GROUP_WINDOW, PER_GROUP, Pace
from bot.telegram.sender import Sender
from flows.talk.message import Message
from storage.database import Database
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from tests.bot.telegram.conftest import add, notice, outbox


@pytest.fixture
def group(sandbox: Sandbox, fatma: Account) -> Group:
    """A group with the bot in it; nothing waits for the bot."""
    group = sandbox.groups.create(fatma.id, "Team Woonmeer")
    sandbox.groups.add_bot(group.id)
    sandbox.world.updates.drop()
    return group


def parcel(group: Group, kind: OutboxKind = OutboxKind.SEND, *, topic: int | None = None) -> Parcel:
    """Something to do in that group."""
    payload = {**Message(text="Hoi").to_json(), "name": "V-2026-0001", "question": 1}
    return Parcel(chat_id=group.id, kind=kind, payload=payload, topic_id=topic)


async def test_what_waits_follows_a_group_that_moved(
    database: Database, sandbox: Sandbox, group: Group, sender: Sender
) -> None:
    new = sandbox.groups.migrate(group.id)

    edit = OutboxMessage(chat_id=group.id, kind=OutboxKind.EDIT, payload={"text": "x", "message_id": 1})
    await add(database, notice(group.id, "Hoi"), edit, notice(group.id, "Dag"))
    sender.wake()
    await sender.until_idle()

    said = [one["text"] for one in sandbox.world.messages[new.id].values() if one["from"]["is_bot"]]
    assert sorted(said) == ["Dag", "Hoi"]
    rows = await outbox(database)
    assert [row.status for row in rows] == [OutboxStatus.SENT, OutboxStatus.FAILED, OutboxStatus.SENT]


async def test_topics_are_made_closed_and_missed(bot: Bot, sandbox: Sandbox, group: Group) -> None:
    forum = sandbox.groups.set_forum(group.id)
    assert await deliver(bot, parcel(group)) == Moved(chat_id=forum.id)
    refused = await deliver(bot, parcel(forum, OutboxKind.MAKE_TOPIC))
    assert isinstance(refused, Refused)
    assert refused.expected

    sandbox.groups.promote_bot(forum.id)
    made = await deliver(bot, parcel(forum, OutboxKind.MAKE_TOPIC))
    assert isinstance(made, Sent)
    topic = made.message_id
    assert topic is not None
    for kind, closed in (
        (OutboxKind.CLOSE_TOPIC, True),
        (OutboxKind.CLOSE_TOPIC, True),
        (OutboxKind.REOPEN_TOPIC, False),
    ):
        assert isinstance(await deliver(bot, parcel(forum, kind, topic=topic)), Sent)
        assert forum.topics[topic].closed is closed

    sandbox.groups.close_topic(forum.id, topic)
    sandbox.groups.promote_bot(forum.id, [])  # it made the topic, so it may still open it
    assert isinstance(await deliver(bot, parcel(forum, topic=topic)), Sent)
    assert not forum.topics[topic].closed
    sandbox.groups.delete_topic(forum.id, topic)
    assert await deliver(bot, parcel(forum, topic=topic)) == TopicGone(parts_sent=0)


def test_a_group_gets_so_many_a_minute() -> None:
    time = 0.0
    pace = Pace(1000, per_chat=0.5, clock=lambda: time)
    for _ in range(PER_GROUP):
        time += 1
        pace.took(-5, paced=True)
    time += 1
    assert pace.resting_chats() == {-5}
    time = 1 + GROUP_WINDOW
    assert pace.resting_chats() == set()
