"""A team works in a group: a topic for each question, until the group throws the bot out."""

import re
from datetime import timedelta

from bot.sandbox import Group
from storage.groups import QuestionTopic, TeamGroup
from storage.questions import Question, QuestionStatus
from tests.journeys.asking import GLASS
from tests.journeys.phone import Message, Phone
from tests.journeys.town import Town

TEAM = "buitenruimte"


async def code_for(carla: Phone, team: str = "Team Buitenruimte") -> str:
    """A coordinator gets a code for the team's group."""
    await carla.says("/team")
    await carla.presses("👥 Koppel een groep")
    await carla.presses(team)
    how = await carla.sees(f"Zo koppel je een groep aan {team}")
    found = re.search(r"/koppel@\w+ (\S+)", how["text"])
    assert found is not None
    return found[1]


async def asks(fatima: Phone) -> None:
    """A resident asks something whose words say what it is about."""
    await fatima.says("/vraag")
    await fatima.says(GLASS)
    await fatima.presses("Ga door")
    await fatima.presses("Verstuur mijn vraag")
    await fatima.sees("Je vraag is binnen.")


def says(town: Town, group: Group, text: str, *, topic: int | None = None) -> Message:
    """The newest message of the bot in the group with that text, in that topic."""
    messages = list(town.sandbox.world.messages[group.id].values())
    found = [one for one in messages if one["from"]["is_bot"] and text in one.get("text", "")]
    found = [one for one in found if topic is None or one.get("message_thread_id") == topic]
    assert found, [one.get("text", one) for one in messages]
    return found[-1]


def press(town: Town, group: Group, phone: Phone, message: Message, label: str) -> None:
    """Somebody presses the button of the bot's message with this label in it."""
    rows = town.sandbox.world.messages[group.id][message["message_id"]]["reply_markup"]["inline_keyboard"]
    data = next(one["callback_data"] for row in rows for one in row if label in one["text"])
    town.sandbox.groups.press(group.id, phone.id, message["message_id"], data)


async def test_a_question_has_a_topic_in_the_forum_of_its_team(town: Town) -> None:
    jan, carla = await town.worker("Jan", TEAM), await town.coordinator("Carla")
    fatima, noor = await town.resident("Fatima", district="Molenwijk"), town.phone("Noor")
    group = town.sandbox.groups.create(carla.id, "Buitenruimte", [jan.id, noor.id])
    town.sandbox.groups.add_bot(group.id)
    forum = town.sandbox.groups.migrate(group.id)
    town.sandbox.groups.promote_bot(forum.id)
    code = await code_for(carla)
    town.sandbox.groups.send_text(forum.id, noor.id, f"/koppel {code}")
    await town.quiet()
    says(town, forum, "Noor, open eerst de bot")
    town.sandbox.groups.send_text(forum.id, carla.id, f"/koppel@stuur_sandbox_bot {code}")
    await town.quiet()
    says(town, forum, "Deze groep is nu van Team Buitenruimte.")

    await asks(fatima)
    await town.quiet()
    before = says(town, forum, GLASS)
    assert "message_thread_id" not in before
    await jan.does_not_see(GLASS)
    town.sandbox.groups.set_forum(forum.id)  # Telegram tells nobody
    press(town, forum, noor, before, "Ik pak dit op")
    await noor.toast("Open eerst @stuur_sandbox_bot", alert=True)
    press(town, forum, jan, before, "Ik pak dit op")
    await jan.toast("👍 Deze vraag is nu van jou.")
    await town.quiet()
    (topic,) = forum.topics.values()
    question = await town.only(Question)
    assert topic.name == f"{question.reference} · {GLASS}"
    card = says(town, forum, "👤 Jan is ermee bezig", topic=topic.id)
    assert "reply_markup" not in town.sandbox.world.messages[forum.id][before["message_id"]]
    press(town, forum, carla, card, "Antwoord")
    await carla.toast("Dit kan alleen het team", alert=True)

    town.sandbox.groups.send_text(forum.id, noor.id, "Hoi Jan!", topic_id=topic.id)  # no business of ours
    town.sandbox.groups.send_text(forum.id, jan.id, "Morgen om tien uur.", reply_to_message_id=card["message_id"])
    await jan.sees("Dit stuur ik naar Fatima")
    await jan.presses("Verstuur antwoord")
    await fatima.sees("Morgen om tien uur.")
    await town.quiet()
    assert topic.closed

    await fatima.presses("Dit helpt niet")
    await fatima.says("Hij is nog steeds vol.")
    await fatima.presses("Ga door")
    await fatima.sees("is weer open.")
    await town.quiet()
    assert not topic.closed

    await town.passes(timedelta(days=14))  # Jan does nothing
    await jan.sees("ligt de vraag weer bij je team")
    for notice in ("ligt weer open voor jullie team", "is te laat. De bewoner wacht sinds"):
        says(town, forum, notice, topic=topic.id)
        assert not any(notice in one for one in jan.everything())


async def test_a_group_that_moves_and_then_throws_the_bot_out(town: Town) -> None:
    jan, carla = await town.worker("Jan", TEAM), await town.coordinator("Carla")
    fatima = await town.resident("Fatima", district="Molenwijk")
    group = town.sandbox.groups.create(jan.id, "Buitenruimte", [carla.id])
    town.sandbox.groups.add_bot(group.id)
    town.sandbox.groups.send_text(group.id, jan.id, f"/koppel {await code_for(carla)}")
    await carla.sees("👥 Jan heeft met jouw code de groep “Buitenruimte” gekoppeld aan Team Buitenruimte.")
    await asks(fatima)
    await town.quiet()
    before = says(town, group, GLASS)
    assert "message_thread_id" not in before

    town.provokes("editMessageText")
    town.provokes("sendMessage")
    moved = town.sandbox.groups.migrate(group.id)
    await town.quiet()

    assert (await town.only(TeamGroup)).chat_id == moved.id
    card = says(town, moved, GLASS)
    press(town, moved, jan, card, "Ik pak dit op")
    await jan.toast("👍 Deze vraag is nu van jou.")
    await town.quiet()
    says(town, moved, "👤 Jan is ermee bezig")
    assert await town.rows(QuestionTopic) == []

    await jan.presses("Geef terug aan het team")
    piet = await town.worker("Piet", TEAM)
    await piet.does_not_see(GLASS)
    town.sandbox.groups.remove_bot(moved.id)
    await piet.sees(GLASS)
    await town.quiet()
    assert await town.rows(TeamGroup) == []
    assert (await town.only(Question)).status is QuestionStatus.OPEN


async def test_what_nobody_takes_comes_in_a_topic_of_the_front_desk_s_group(town: Town) -> None:
    samira, carla = await town.worker("Samira"), await town.coordinator("Carla")
    jan, fatima = await town.worker("Jan", TEAM), await town.resident("Fatima", district="Molenwijk")
    forum = town.sandbox.groups.set_forum(town.sandbox.groups.create(samira.id, "Klantcontact").id)
    town.sandbox.groups.add_bot(forum.id)
    town.sandbox.groups.promote_bot(forum.id)
    code = await code_for(carla, "Klantcontact")
    town.sandbox.groups.send_text(forum.id, samira.id, f"/koppel {code}")
    await asks(fatima)
    await jan.sees(GLASS)
    assert not forum.topics

    await town.passes(timedelta(days=14))
    (topic,) = forum.topics.values()
    notice = says(town, forum, "Bij Team Buitenruimte pakte niemand V-", topic=topic.id)
    card = says(town, forum, "Wie pakt dit op?", topic=topic.id)
    assert notice["message_id"] < card["message_id"]
    await samira.does_not_see(GLASS)


async def test_where_topics_cannot_be_made_the_card_goes_straight_in_the_group(town: Town) -> None:
    jan, carla = await town.worker("Jan", TEAM), await town.coordinator("Carla")
    fatima = await town.resident("Fatima", district="Molenwijk")
    forum = town.sandbox.groups.set_forum(town.sandbox.groups.create(carla.id, "Buitenruimte", [jan.id]).id)
    town.sandbox.groups.add_bot(forum.id)
    town.sandbox.groups.send_text(forum.id, jan.id, f"/koppel {await code_for(carla)}")
    town.provokes("createForumTopic")

    await asks(fatima)
    await town.quiet()

    assert "message_thread_id" not in says(town, forum, GLASS)
    assert not (await town.only(TeamGroup)).topics
    town.sandbox.groups.send_text(forum.id, carla.id, "/ontkoppel")
    await jan.sees(GLASS)
    await town.quiet()
    says(town, forum, "Deze groep is niet meer gekoppeld.")
