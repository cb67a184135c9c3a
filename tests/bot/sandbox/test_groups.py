"""Groups: who is in them, what of them the bot hears, topics, and the day a group becomes a supergroup."""

from typing import Any

import pytest

from bot.sandbox import Account, Group, Sandbox
from tests.bot.sandbox.conftest import Api

BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


@pytest.fixture
def group(sandbox: Sandbox, resident: Account) -> Group:
    """A group of Fatma and Bram with the bot as a plain member; nothing waits for the bot."""
    bram = sandbox.add_account(77, "Bram")
    group = sandbox.groups.create(resident.id, "Team Woonmeer", [bram.id])
    sandbox.groups.add_bot(group.id)
    sandbox.world.updates.drop()
    return group


@pytest.fixture
def forum(sandbox: Sandbox, group: Group) -> Group:
    """The same as a forum, in which the bot manages topics."""
    forum = sandbox.groups.set_forum(group.id)
    sandbox.groups.promote_bot(forum.id)
    sandbox.world.updates.drop()
    return forum


def waiting(sandbox: Sandbox) -> list[Any]:
    """What the bot would get."""
    return list(sandbox.world.updates.pending.values())


async def test_the_bot_hears_when_it_is_added_promoted_and_removed(sandbox: Sandbox, group: Group) -> None:
    sandbox.groups.promote_bot(group.id)
    sandbox.groups.remove_bot(group.id)
    sandbox.groups.add_bot(group.id)

    members = [one["my_chat_member"] for one in waiting(sandbox) if "my_chat_member" in one]
    assert [one["new_chat_member"]["status"] for one in members] == ["administrator", "kicked", "member"]
    assert members[0]["chat"] == {"id": group.id, "title": "Team Woonmeer", "type": "group"}
    assert "can_manage_topics" not in members[0]["new_chat_member"]  # that is for supergroups


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Hoi allemaal", False),
        ("/koppel abc", True),
        ("/koppel@stuur_sandbox_bot abc", True),
        ("/koppel@Stuur_Sandbox_Bot abc", True),
        ("/koppel@other_bot abc", False),
        ("zie /koppel abc", False),
    ],
)
async def test_privacy_mode_leaves_commands(sandbox: Sandbox, group: Group, text: str, heard: bool) -> None:
    sandbox.groups.send_text(group.id, 77, text)

    assert [one["message"]["text"] for one in waiting(sandbox)] == [text] * heard


async def test_privacy_mode_leaves_replies_and_presses(sandbox: Sandbox, api: Api, group: Group) -> None:
    asked = await api("sendMessage", chat_id=group.id, text="Doen?", reply_markup=BUTTON)

    sandbox.groups.send_text(group.id, 77, "Ja", reply_to_message_id=asked["message_id"])
    query = sandbox.groups.press(group.id, 77, asked["message_id"], "yes")

    reply, press = waiting(sandbox)
    assert reply["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    assert press["callback_query"]["message"]["chat"]["id"] == group.id
    assert press["callback_query"]["from"]["id"] == 77
    assert await api("answerCallbackQuery", callback_query_id=query, text="Mooi")


async def test_an_administrator_hears_everything(sandbox: Sandbox, forum: Group) -> None:
    sandbox.groups.send_text(forum.id, 77, "Hoi allemaal")

    assert [one["message"]["text"] for one in waiting(sandbox)] == ["Hoi allemaal"]


async def test_a_group_the_bot_is_not_in_takes_nothing(sandbox: Sandbox, api: Api, group: Group) -> None:
    stranger = sandbox.groups.create(77, "Anderen")
    assert await api.refusal("sendMessage", chat_id=stranger.id, text="Hoi") == (400, "Bad Request: chat not found")

    sandbox.groups.remove_bot(group.id)

    thrown_out = (403, "Forbidden: bot was kicked from the group chat")
    assert await api.refusal("sendMessage", chat_id=group.id, text="Hoi") == thrown_out


async def test_a_group_that_became_a_supergroup_says_its_new_id(sandbox: Sandbox, api: Api, group: Group) -> None:
    before = await api("sendMessage", chat_id=group.id, text="Hoi")

    new = sandbox.groups.migrate(group.id)

    status, answer = await api.answer("sendMessage", chat_id=group.id, text="Hoi")
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert str(new.id).startswith("-100")
    service = [one["message"] for one in waiting(sandbox) if "message" in one]
    assert [one.get("migrate_to_chat_id") for one in service] == [new.id, None]
    assert [one.get("migrate_from_chat_id") for one in service] == [None, group.id]
    edit = await api.refusal("editMessageText", chat_id=new.id, message_id=before["message_id"], text="Dag")
    assert edit == (400, "Bad Request: message to edit not found")
    assert (await api("sendMessage", chat_id=new.id, text="Dag"))["chat"]["type"] == "supergroup"


async def test_topics_are_made_written_in_and_closed(sandbox: Sandbox, api: Api, forum: Group) -> None:
    topic = (await api("createForumTopic", chat_id=forum.id, name="V-2026-0001"))["message_thread_id"]
    in_topic = {"chat_id": forum.id, "message_thread_id": topic}
    said = await api("sendMessage", **in_topic, text="Hoi")
    written = sandbox.groups.send_text(forum.id, 77, "Dag", topic_id=topic)

    assert (said["message_thread_id"], said["is_topic_message"]) == (topic, True)
    assert written["reply_to_message"]["forum_topic_created"]["name"] == "V-2026-0001"  # no reply, but it looks so
    assert await api("editForumTopic", **in_topic, name="V-2026-0001 · Hoi")
    assert await api("closeForumTopic", **in_topic)
    assert await api.refusal("closeForumTopic", **in_topic) == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    sandbox.groups.demote_bot(forum.id)
    assert await api.refusal("sendMessage", **in_topic, text="Hoi") == (400, "Bad Request: TOPIC_CLOSED")
    sandbox.groups.promote_bot(forum.id)
    assert await api("reopenForumTopic", **in_topic)
    assert await api("deleteForumTopic", **in_topic)
    assert await api.refusal("sendMessage", **in_topic, text="Hoi") == (400, "Bad Request: message thread not found")


async def test_topics_need_a_forum_and_the_right(sandbox: Sandbox, api: Api, group: Group) -> None:
    async def refusal(chat: Group) -> str:
        return (await api.refusal("createForumTopic", chat_id=chat.id, name="Vraag"))[1]

    assert await refusal(group) == "Bad Request: the chat is not a forum"
    forum = sandbox.groups.set_forum(group.id)
    assert await refusal(forum) == "Bad Request: not enough rights to create a topic"
    sandbox.groups.promote_bot(forum.id, ["can_pin_messages"])
    assert await refusal(forum) == "Bad Request: not enough rights to create a topic"


async def test_a_group_takes_so_many_messages_a_minute(sandbox: Sandbox, api: Api, group: Group) -> None:
    sandbox.rates.per_group = 2

    for _ in range(2):
        await api("sendMessage", chat_id=group.id, text="Hoi")

    assert (await api.refusal("sendMessage", chat_id=group.id, text="Hoi"))[0] == 429
