"""Leaving a conversation and coming back: later, stop, something else in between, and the one reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.talk.incoming import Blocked
from storage.conversations import ConversationStatus
from tests.flows.talk.chat import Chat

ACTIVE, PARKED = ConversationStatus.ACTIVE, ConversationStatus.PARKED
IDEA = "Ik wil met de buren een geveltuin maken."
QUESTION = "Ik weet niet waar ik moet zijn"
REMINDER = "👋 Je was begonnen met: een initiatief beginnen."


async def begin(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)


async def ask(chat: Chat) -> None:
    """Ask a question, to the end."""
    await chat.writes("/vraag")
    await chat.writes(QUESTION)
    await chat.presses("Ga door")
    await chat.presses("Paspoort, geld en werk")
    await chat.presses("Het gaat niet over een wijk")
    await chat.presses("Verstuur mijn vraag")


async def states(chat: Chat) -> dict[str, ConversationStatus]:
    return {one.name: one.status for one in await chat.journals()}


# Later


async def test_later_keeps_the_answers_and_go_on_asks_the_same_again(chat: Chat) -> None:
    await begin(chat)
    question = chat.last
    await chat.presses("Later")
    assert "⏸ Bewaard: een initiatief beginnen." in chat.last
    assert await states(chat) == {"initiative.start": PARKED}

    await chat.presses("Ga verder")

    assert chat.last == question
    assert (await chat.answers())["idea"] == IDEA
    assert await states(chat) == {"initiative.start": ACTIVE}


async def test_the_same_command_goes_on_too(chat: Chat) -> None:
    await begin(chat)
    question = chat.last
    await chat.presses("Later")

    await chat.writes("/initiatief")

    assert chat.last == question
    assert await states(chat) == {"initiative.start": ACTIVE}


async def test_ticks_survive_being_laid_aside(chat: Chat) -> None:
    await begin(chat)
    await chat.presses("School")
    await chat.presses("Later")
    await chat.presses("Ga verder")

    assert "☑️ School" in chat.labels()


# Something else


async def test_something_else_parks_and_afterwards_it_is_offered(chat: Chat) -> None:
    await begin(chat)
    question = chat.last

    await ask(chat)

    assert "⏸ Bewaard voor later: een initiatief beginnen." in chat.seen()
    assert "Je was nog bezig met: een initiatief beginnen. Wil je verder?" in chat.last
    await chat.presses("Ga verder")
    assert chat.last == question


async def test_it_is_offered_once_a_day_and_who_looks_for_it_finds_it(chat: Chat) -> None:
    await begin(chat)
    question = chat.last
    await ask(chat)
    assert "Je was nog bezig met" in chat.last
    for command in ("/start", "/mijn"):
        await chat.writes(command)
        assert "▶️ Verder: een initiatief beginnen" in chat.labels()
    await ask(chat)

    assert chat.seen().count("Je was nog bezig met") == 1
    chat.now += timedelta(days=1)
    await ask(chat)
    assert chat.seen().count("Je was nog bezig met") == 2
    await chat.writes("/mijn")
    await chat.presses("Verder: een initiatief beginnen")
    assert chat.last == question


async def test_what_is_offered_can_be_thrown_away(chat: Chat) -> None:
    await begin(chat)
    await ask(chat)
    await chat.presses("Gooi weg")

    assert "Gestopt met: een initiatief beginnen." in chat.seen()
    assert await chat.journals() == []


async def test_going_on_with_one_parks_the_other(chat: Chat) -> None:
    await begin(chat)
    await chat.presses("Later")
    go_on = chat.button("Ga verder")
    await chat.writes("/vraag")
    await chat.writes(QUESTION)

    await chat.does(go_on)

    assert await states(chat) == {"initiative.start": ACTIVE, "question.ask": PARKED}
    assert "Met wie doe je het?" in chat.last


async def test_nothing_that_was_said_in_between_is_an_answer(chat: Chat) -> None:
    await begin(chat)
    await chat.presses("Later")
    await chat.writes(QUESTION)

    assert "Wil je dit aan de gemeente vragen?" in chat.last
    assert await states(chat) == {"initiative.start": PARKED, "question.ask": ACTIVE}


# Stop


async def test_stop_asks_whether_you_are_sure(chat: Chat) -> None:
    await begin(chat)
    number = max(chat.screen)
    await chat.presses("Stop")

    assert "Weet je het zeker?" in chat.screen[number].text
    assert [label.split(" ", 1)[1] for label in chat.labels(number)] == ["Ga verder", "Later", "Ja, stop"]
    await chat.presses("Ga verder")
    assert "Met wie doe je het?" in chat.last
    assert (await chat.answers())["idea"] == IDEA


async def test_being_sure_throws_it_away_and_shows_what_can_be_done(chat: Chat) -> None:
    await begin(chat)
    await chat.presses("Stop")
    await chat.presses("Ja, stop")

    assert "Gestopt met: een initiatief beginnen. Je antwoorden zijn weg." in chat.seen()
    assert "Wat wil je doen?" in chat.last
    assert await chat.journals() == []


async def test_who_is_not_sure_may_do_it_later(chat: Chat) -> None:
    await begin(chat)
    await chat.presses("Stop")
    await chat.presses("Later")

    assert await states(chat) == {"initiative.start": PARKED}


async def test_at_the_first_question_there_is_nothing_to_be_sure_about(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.presses("Stop")

    assert await chat.journals() == []


async def test_while_the_first_answer_is_being_changed_stop_throws_nothing_away_at_once(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes(QUESTION)
    await chat.presses("Ga door")
    await chat.presses("Weet ik niet")
    await chat.presses("Het gaat niet over een wijk")
    await chat.presses("Vraag")
    assert "Nu staat er:" in chat.last

    await chat.presses("Stop")

    assert "Weet je het zeker?" in chat.seen()
    assert await states(chat) == {"question.ask": ACTIVE}


async def test_the_command_asks_too_whether_you_are_sure(chat: Chat) -> None:
    await begin(chat)
    await chat.writes("/annuleer")

    assert "Weet je het zeker?" in chat.last
    assert (await chat.answers())["idea"] == IDEA
    await chat.presses("Ja, stop")
    assert await chat.journals() == []
    await chat.writes("/annuleer")
    assert "Er is niets om te stoppen." in chat.last


async def test_who_gave_the_command_by_mistake_goes_on_where_they_were(chat: Chat) -> None:
    await begin(chat)
    question = chat.last
    await chat.writes("/annuleer")
    await chat.presses("Ga verder")

    assert chat.last == question
    await chat.presses("Buren")
    await chat.presses("Klaar")
    assert (await chat.answers())["helpers"] == ["neighbours"]


async def test_at_the_first_question_the_command_stops_at_once(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes("/annuleer")

    assert await chat.journals() == []
    assert "Weet je het zeker?" not in chat.seen()


async def test_words_that_were_sent_already_are_not_thrown_away_at_once_either(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes(QUESTION)
    await chat.presses("Stop")

    assert "Weet je het zeker?" in chat.seen()
    await chat.presses("Later")
    assert await states(chat) == {"question.ask": PARKED}
    await chat.presses("Ga verder")
    assert QUESTION in chat.last
    await chat.presses("Ga door")
    assert "Waar gaat het over?" in chat.last


async def test_an_offer_is_declined_at_once(chat: Chat) -> None:
    await chat.writes(QUESTION)
    assert "Wil je dit aan de gemeente vragen?" in chat.last
    await chat.presses("Stop")

    assert await chat.journals() == []
    assert "Weet je het zeker?" not in chat.seen()


# The reminder


@pytest.mark.parametrize("parked", [False, True])
async def test_a_conversation_that_lies_is_reminded_of_once(chat: Chat, parked: bool) -> None:
    await begin(chat)
    if parked:
        await chat.presses("Later")

    await chat.wait(timedelta(hours=23, minutes=50))
    assert REMINDER not in chat.seen()
    await chat.wait(timedelta(minutes=15))
    assert chat.last.startswith(REMINDER)
    await chat.wait(timedelta(days=30))

    assert chat.seen().count(REMINDER) == 1
    await chat.presses("Ga verder")
    assert "Met wie doe je het?" in chat.last
    await chat.wait(timedelta(days=30))
    assert chat.seen().count(REMINDER) == 1


async def test_the_day_counts_from_the_last_answer_and_nobody_is_woken(chat: Chat) -> None:
    await begin(chat)
    await chat.wait(timedelta(hours=20))
    await chat.presses("Buren")
    await chat.presses("Klaar")

    await chat.wait(timedelta(hours=20))
    assert REMINDER not in chat.seen()
    await chat.wait(timedelta(hours=5))
    assert REMINDER not in chat.seen(), "it is a day later, and just past seven in the morning"
    await chat.wait(timedelta(hours=1))

    assert chat.last.startswith(REMINDER)


async def test_what_is_finished_or_stopped_is_not_reminded_of(chat: Chat) -> None:
    await ask(chat)
    await begin(chat)
    await chat.writes("/annuleer")
    await chat.presses("Ja, stop")
    seen = chat.seen()

    await chat.wait(timedelta(days=2))

    assert chat.seen() == seen
    timers = {row["kind"] for row in (await chat.rows())["timers"]}
    assert timers == {"housekeeping", "articles", "digest", "question"}


async def test_who_left_is_not_reminded(chat: Chat) -> None:
    await begin(chat)
    await chat.does(Blocked(blocked=True))
    seen = chat.seen()

    await chat.wait(timedelta(days=2))

    assert chat.seen() == seen


async def test_the_reminder_can_be_answered_with_no(chat: Chat) -> None:
    await begin(chat)
    await chat.wait(timedelta(days=2))
    await chat.presses("Gooi weg")

    assert await chat.journals() == []
