"""A conversation with its journal in a real database: answers, edits in place, stale and forged buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlmodel import select

from flows.questions.verbs import AnswerQuestion
from flows.talk import buttons
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.incoming import Photo, Press, Unsupported
from flows.talk.own_words import OwnWords
from flows.talk.places import ThemeAnswer
from locales.catalogue import plain
from storage.people import Person, Role, RoleGrant
from storage.questions import Question
from tests.flows.talk.chat import Chat
from tests.flows.talk.conftest import Deploy

STALE = "Dit is al klaar. Deze knop doet niets meer."
ANSWERED = "Die vraag heb je al beantwoord."
IDEA = "Ik wil met de buren een geveltuin maken."


async def to_the_theme(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)
    await chat.presses("Buren")
    await chat.presses("Klaar")
    await chat.presses("Molenwijk")


async def to_the_summary(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.presses("Groen en water")
    await chat.presses("Niets, wij kunnen beginnen")
    await chat.presses("Ja, ik ga beginnen")
    await chat.writes("De buren vragen")


async def test_a_conversation_from_beginning_to_end(chat: Chat) -> None:
    await to_the_summary(chat)
    await chat.presses("Ja, begin!")

    assert "Gefeliciteerd, je bent begonnen!" in chat.seen()
    rows = await chat.rows()
    assert [(row["title"], row["district_code"]) for row in rows["initiatives"]] == [
        ("Met de buren een geveltuin maken", "WK999904")
    ]
    assert rows["conversations"] == [], "what it led to is kept elsewhere"


async def test_an_answered_question_shows_what_was_chosen_and_loses_its_buttons(chat: Chat) -> None:
    await to_the_theme(chat)
    number = chat.button("Groen en water").message_id
    assert number is not None

    await chat.presses("Groen en water")

    assert "✅ <b>Groen en water</b>" in chat.screen[number].text
    assert chat.labels(number) == []


async def test_only_the_question_on_the_screen_has_buttons(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.writes("ruimtevaart")
    await chat.does(Unsupported())
    await chat.writes("/help")

    with_buttons = [number for number in chat.screen if chat.labels(number)]

    assert "Waar past je plan het beste bij?" in chat.last
    assert [number for number in with_buttons if "Terug" in "".join(chat.labels(number))] == [max(chat.screen)]


async def test_ticks_change_in_place(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)
    number, count = max(chat.screen), len(chat.screen)

    await chat.presses("Buren")
    await chat.presses("School")
    await chat.presses("Buren")

    assert len(chat.screen) == count
    assert [label for label in chat.labels(number) if label.startswith("☑️")] == ["☑️ School"]
    (journal,) = await chat.journals()
    assert journal.drafts == {"helpers": ["school"]}
    await chat.presses("Klaar")
    (journal,) = await chat.journals()
    assert (journal.drafts, journal.answers["helpers"]) == ({}, {"value": ["school"]})


async def test_a_press_that_is_no_answer_gets_a_note(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)
    before = await chat.rows()

    await chat.presses("Klaar")

    assert chat.toast is not None
    assert chat.toast.text == "Tik eerst aan wat past. Tik daarna op Klaar."
    assert await chat.rows() == before


async def test_two_districts_leave_a_choice_and_any_other_is_fine(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)
    await chat.presses("Buren")
    await chat.presses("Klaar")
    early = chat.button("Molenwijk")

    await chat.writes("8998")

    assert "Ik vond meer dan één wijk. Welke bedoel je?" in chat.last
    assert chat.labels()[:3] == ["Elzerdijk", "Buitengebied", "Dat weet ik nog niet"]
    await chat.does(early)
    assert (await chat.answers())["district"] == "WK999904"


async def test_change_keeps_the_old_answer_until_there_is_a_new_one(chat: Chat) -> None:
    await to_the_summary(chat)
    await chat.presses("Wijk")
    assert "Nu staat er: Molenwijk" in chat.last
    assert (await chat.answers())["district"] == "WK999904"

    await chat.writes("Timboektoe")
    assert "Nu staat er: Molenwijk" in chat.last
    await chat.writes("Lindenrijk")

    assert "Klopt dit zo?" in chat.last
    assert "Lindenrijk" in chat.last
    assert "Met de buren een geveltuin maken" in chat.last


async def test_back_gives_a_change_up(chat: Chat) -> None:
    await to_the_summary(chat)
    before = await chat.answers()
    await chat.presses("Wijk")
    await chat.presses("Terug")

    assert "Klopt dit zo?" in chat.last
    assert await chat.answers() == before


async def test_back_goes_one_question_at_a_time_past_what_was_looked_up(chat: Chat) -> None:
    await to_the_theme(chat)

    await chat.presses("Terug")
    assert "In welke wijk" in chat.last
    await chat.presses("Terug")
    assert "Met wie doe je het?" in chat.last
    await chat.presses("Terug")

    assert "Wat wil je zelf gaan doen?" in chat.last
    assert "Terug" not in "".join(chat.labels())


async def test_the_language_may_change_in_the_middle(chat: Chat) -> None:
    await to_the_theme(chat)
    before = await chat.answers()

    await chat.writes("/instellingen")
    await chat.presses("English")
    await chat.writes("green and water")

    assert "What do you need from the municipality?" in chat.last
    assert await chat.answers() == before | {"theme": "groen", "alike": []}


async def test_a_photo_is_an_answer_where_one_is_asked(chat: Chat) -> None:
    await skips(chat)
    await chat.does(Photo(photo="photo-1"))

    assert (await chat.answers())["photo"] == "photo-1"
    assert "Klopt dit zo?" in chat.last


async def test_a_typed_answer_is_echoed_at_its_question(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.presses("Terug")
    number = max(chat.screen)

    await chat.writes("8992")

    assert "✅ <b>Lindenrijk</b>" in chat.screen[number].text
    assert "In welke wijk" in chat.screen[number].text
    assert chat.labels(number) == []
    assert "Waar past je plan het beste bij?" in chat.last


async def test_an_answer_in_their_own_words_is_not_said_after_them(chat: Chat) -> None:
    await chat.writes("/initiatief")
    number, question = max(chat.screen), chat.last

    await chat.writes(IDEA)

    assert plain(chat.screen[number].text) == question
    assert chat.labels(number) == []
    assert IDEA not in chat.seen()


async def test_what_is_typed_after_a_typed_answer_goes_to_the_next_question(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.presses("Terug")

    await chat.writes("linden")
    await chat.writes("groen")

    answers = await chat.answers()
    assert (answers["district"], answers["theme"]) == ("WK999903", "groen")


async def test_yes_confirms_the_summary(chat: Chat) -> None:
    await to_the_summary(chat)
    number = max(chat.screen)

    await chat.writes("Ja")

    assert [row["title"] for row in (await chat.rows())["initiatives"]] == ["Met de buren een geveltuin maken"]
    assert chat.labels(number) == []


# A question in several messages


async def test_a_question_grows_message_by_message(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("Hallo, hier is iets stuk.")
    first = chat.button("Ga door")
    await chat.does(Photo(photo="photo-1", caption="deze"))
    await chat.writes("Hij staat op de hoek.")
    await chat.writes("Dank je wel!")
    words = "Hallo, hier is iets stuk.\n📷 foto deze\nHij staat op de hoek.\nDank je wel!"
    assert words in chat.last
    assert [number for number in chat.screen if "✅ Ga door" in chat.labels(number)] == [max(chat.screen)]
    assert await chat.answers() == {}, "none of it is an answer yet"

    number = max(chat.screen)
    await chat.does(first)
    assert f"✅ Vraag\n{words}" in chat.seen()
    assert chat.labels(number) == []
    await chat.presses("Straat en verkeer")
    await chat.presses("Het gaat niet over een wijk")
    assert words in chat.last
    await chat.presses("Verstuur mijn vraag")

    kept = [(row["text"], row["photo"]) for row in (await chat.rows())["question_messages"]]
    assert kept == [
        ("Hallo, hier is iets stuk.", None),
        ("deze", "photo-1"),
        ("Hij staat op de hoek.\nDank je wel!", None),
    ]


async def test_the_offer_grows_too_and_yes_takes_it(chat: Chat) -> None:
    await chat.writes("Kan dit gemaakt worden?")
    await chat.writes("Het duurt zo lang.")

    assert "Wil je dit aan de gemeente vragen?" in chat.last
    assert "Kan dit gemaakt worden?\nHet duurt zo lang." in chat.last
    await chat.writes("ja")

    assert "Waar gaat het over?" in chat.last
    assert (await chat.answers())["words"] == [
        {"text": "Kan dit gemaakt worden?"},
        {"text": "Het duurt zo lang."},
    ]


async def test_what_is_told_later_is_added_to_the_question(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("Hier is iets stuk.")
    await chat.presses("Ga door")
    await chat.writes("Het duurt nu al zo lang.")
    assert "Dit heb ik nu:\nHier is iets stuk.\nHet duurt nu al zo lang." in chat.last
    await chat.presses("Ga door")
    await chat.presses("Straat en verkeer")
    await chat.does(Photo(photo="photo-1", caption="deze"))
    await chat.presses("Ga door")
    await chat.writes("ergens bij de grote kerk")
    assert chat.last.startswith("Die plek ken ik niet."), "here words are a place"
    await chat.presses("Het gaat niet over een wijk")

    await chat.writes("Het is echt gevaarlijk zo")
    await chat.presses("Ga door")
    assert "Klopt je vraag zo?" in chat.last, "what was answered isn't asked again"
    assert "Hier is iets stuk.\nHet duurt nu al zo lang.\n📷 foto deze\nHet is echt gevaarlijk zo" in chat.last
    await chat.writes("bel me op 06-12345678")
    await chat.presses("Ja, laat het weg")
    await chat.presses("Ga door")
    assert "Klopt je vraag zo?" in chat.last
    before = await chat.answers()

    await chat.writes("dank je wel")

    assert "Tik op de bovenste knop." in chat.last
    assert await chat.answers() == before
    assert "06-12345678" not in str(before)


async def test_more_than_fits_is_refused_and_what_was_there_stays(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("a" * 2400)
    await chat.writes("b" * 101)

    assert chat.last.startswith("Je tekst heeft 2.501 tekens.")
    (journal,) = await chat.journals()
    assert journal.drafts == {"words": [{"text": "a" * 2400}]}
    await chat.presses("Ga door")
    assert "Waar gaat het over?" in chat.last
    await chat.writes("c" * 101)
    assert chat.last.startswith("Je tekst heeft 2.501 tekens."), "also where it would be more of an earlier answer"
    assert "Waar gaat het over?" in chat.last
    await chat.writes("c")
    assert chat.last.startswith("Kies een van de knoppen"), "that says nothing"


# Back keeps what was said


async def test_back_keeps_what_was_collected(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("Hier is iets stuk.")
    await chat.does(Photo(photo="photo-1", caption="deze"))
    await chat.presses("Ga door")
    await chat.presses("Terug")

    assert "Dit heb ik nu:\nHier is iets stuk.\n📷 foto deze" in chat.last
    await chat.writes("Op de hoek.")
    await chat.presses("Ga door")
    assert (await chat.answers())["words"] == [
        {"text": "Hier is iets stuk."},
        {"text": "deze", "photo": "photo-1"},
        {"text": "Op de hoek."},
    ]


async def test_who_goes_back_can_begin_anew(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("Hier is iets stuk.")
    await chat.presses("Ga door")
    await chat.presses("Terug")
    await chat.presses("Begin opnieuw")
    assert "Wat wil je weten?" in chat.last
    await chat.writes("Dat ook.")
    await chat.presses("Ga door")

    assert (await chat.answers())["words"] == [{"text": "Dat ook."}]


async def test_back_shows_the_text_again_and_one_tap_keeps_it(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.writes(IDEA)
    await chat.presses("Buren")
    await chat.presses("Klaar")
    await chat.presses("Terug")
    assert [label for label in chat.labels() if label.startswith("☑️")] == ["☑️ Buren"]
    await chat.presses("Terug")
    assert chat.last.endswith(f"Nu staat er: {IDEA}")

    await chat.presses("Stop")
    assert "Weet je het zeker?" in chat.seen(), "there is something to throw away"
    await chat.presses("Ga verder")
    await chat.presses("Laat het zo")

    assert (await chat.answers())["idea"] == IDEA
    assert [label for label in chat.labels() if label.startswith("☑️")] == ["☑️ Buren"]


# Of what came only a part fits


async def test_the_text_under_a_photo_is_an_answer_and_the_photo_is_said_to_be_left_out(chat: Chat) -> None:
    await chat.writes("/initiatief")
    await chat.does(Photo(photo="photo-1", caption=IDEA))

    assert (await chat.answers())["idea"] == IDEA
    assert "Je tekst heb ik. De foto niet: hier past alleen tekst." in chat.seen()
    assert "Met wie doe je het?" in chat.last


async def test_the_text_under_a_photo_that_was_asked_for_is_said_to_be_left_out(chat: Chat) -> None:
    await skips(chat)
    await chat.does(Photo(photo="photo-1", caption="onze straat"))

    assert (await chat.answers())["photo"] == "photo-1"
    assert "Je foto heb ik. De tekst erbij niet: hier past alleen een foto." in chat.seen()


# Refused at the end


async def test_what_was_written_for_nothing_is_given_back(chat: Chat, deploy: Deploy) -> None:
    async def run(ask: Ask) -> AnswerQuestion:
        text = await ask("words", Text())
        more = await ask("words[2]", OwnWords())
        await ask("theme", Skippable(ThemeAnswer()))
        return AnswerQuestion(question_id=999, text=f"{text} {more}")

    deploy("question.ask", run)
    await chat.writes("/vraag")
    await chat.writes("Bel <b>maandag</b> & dinsdag.")
    await chat.writes("Of mail.")
    await chat.writes("Liefst vroeg.")
    await chat.presses("Ga door")
    await chat.presses("Weet ik niet")

    seen = chat.seen()
    refusal, words = seen.index("Dit is er niet meer."), seen.index("Dit wilde je zeggen.")
    assert refusal < words
    assert "kopiëren:\n\nBel <b>maandag</b> & dinsdag.\n\nOf mail.\nLiefst vroeg.\n" in seen[words:]
    assert "Wat wil je doen?" in chat.last, "there is a way on"
    assert await chat.journals() == []


async def test_an_answer_to_a_question_that_moved_away_is_given_back_once(chat: Chat) -> None:
    await chat.writes("/vraag")
    await chat.writes("Waar is de bakker?")
    await chat.presses("Ga door")
    await chat.presses("Weet ik niet")
    await chat.presses("Het gaat niet over een wijk")
    await chat.presses("Verstuur mijn vraag")
    async with chat.database.transaction() as session:
        question = (await session.exec(select(Question))).one()
        person = (await session.exec(select(Person).where(Person.telegram_id == chat.person))).one()
        grant = RoleGrant(person_id=person.id or 0, role=Role.CIVIL_SERVANT, team_code=question.team_code)
        session.add(grant)
    await chat.does(Press(data=f"a:q-answer:{question.id}", message_id=None))
    await chat.writes("Om de hoek, naast de kerk.")
    async with chat.database.transaction() as session:
        colleague = Person(telegram_id=chat.person + 1, first_name="Kim", created_at=chat.now)
        session.add(colleague)
        await session.flush()
        session.add(RoleGrant(person_id=colleague.id or 0, role=Role.CIVIL_SERVANT, team_code="toezicht"))
        moved = await session.get_one(Question, question.id)
        moved.team_code, moved.assignee_id = "toezicht", colleague.id

    await chat.presses("Verstuur antwoord")

    assert "Dit kan alleen het team dat hierover gaat." in chat.seen()
    (given_back,) = [plain(one.text) for one in chat.screen.values() if "Dit wilde je zeggen" in one.text]
    assert given_back.endswith("Om de hoek, naast de kerk.")
    assert [row["text"] for row in (await chat.rows())["question_messages"]] == ["Waar is de bakker?"]


# What is proposed


async def to_the_proposal(chat: Chat) -> None:
    """A question by somebody from the Molenwijk, up to the summary."""
    await chat.writes("/instellingen")
    await chat.presses("Andere wijk")
    await chat.presses("Molenwijk")
    await chat.writes("/vraag")
    await chat.writes("Kan dit gemaakt worden?")
    await chat.presses("Ga door")
    await chat.presses("Straat en verkeer")


async def asked_about(chat: Chat) -> list[str | None]:
    return [row["district_code"] for row in (await chat.rows())["questions"]]


async def test_what_is_known_is_not_asked_but_shown(chat: Chat) -> None:
    await to_the_proposal(chat)

    assert "Klopt je vraag zo?" in chat.last
    assert "Wijk\nMolenwijk" in chat.last
    assert "Over welke wijk gaat het?" not in chat.seen()
    assert "district" not in await chat.answers()
    await chat.presses("Verstuur mijn vraag")
    assert await asked_about(chat) == ["WK999904"]


@pytest.mark.parametrize(
    ("label", "code"), [("Lindenrijk", "WK999903"), ("Het gaat niet over een wijk", None), ("Molenwijk", "WK999904")]
)
async def test_what_is_proposed_can_be_changed(chat: Chat, label: str, code: str | None) -> None:
    await to_the_proposal(chat)
    await chat.presses("Wijk")
    assert "Nu staat er: Molenwijk" in chat.last
    await chat.presses(label)

    assert "Klopt je vraag zo?" in chat.last
    await chat.presses("Verstuur mijn vraag")
    assert await asked_about(chat) == [code]


async def test_back_skips_what_was_only_proposed(chat: Chat) -> None:
    await to_the_proposal(chat)
    await chat.presses("Terug")
    assert "Waar gaat het over?" in chat.last
    await chat.presses("Terug")

    assert "Dit heb ik nu:\nKan dit gemaakt worden?" in chat.last
    assert "Terug" not in "".join(chat.labels())


async def test_back_keeps_a_change_of_what_was_proposed(chat: Chat) -> None:
    await to_the_proposal(chat)
    await chat.presses("Wijk")
    await chat.presses("Lindenrijk")
    await chat.presses("Terug")
    assert "Waar gaat het over?" in chat.last
    await chat.presses("Groen en water")

    assert "Wijk\nLindenrijk" in chat.last
    await chat.presses("Verstuur mijn vraag")
    assert await asked_about(chat) == ["WK999903"]


async def test_what_is_proposed_follows_what_changed_while_it_lay_aside(chat: Chat) -> None:
    await to_the_proposal(chat)
    old = chat.button("Verstuur mijn vraag")
    await chat.presses("Later")
    go_on = chat.button("Ga verder")
    await chat.writes("/instellingen")
    await chat.presses("Andere wijk")
    await chat.presses("Waterrand")
    await chat.does(go_on)

    assert "Wijk\nWaterrand" in chat.last
    await chat.does(old)
    assert await asked_about(chat) == ["WK999905"]


# Pressed twice


async def skips(chat: Chat) -> None:
    await to_the_summary(chat)
    await chat.presses("✏️ Foto")


async def laid_aside(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.presses("Later")


async def about_to_stop(chat: Chat) -> None:
    await to_the_theme(chat)
    await chat.presses("Stop")


async def stopping_at_the_first(chat: Chat) -> None:
    await chat.writes("/initiatief")


@pytest.mark.parametrize(
    ("until", "label"),
    [
        (to_the_theme, "Groen en water"),
        (to_the_theme, "Terug"),
        (to_the_theme, "Later"),
        (to_the_theme, "Stop"),
        (skips, "Geen foto"),
        (to_the_summary, "Wijk"),
        (to_the_summary, "Ja, begin!"),
        (laid_aside, "Ga verder"),
        (about_to_stop, "Ja, stop"),
        (about_to_stop, "Ga verder"),
        (stopping_at_the_first, "Stop"),
    ],
)
async def test_a_button_pressed_twice_does_it_once(
    chat: Chat, until: Callable[[Chat], Awaitable[None]], label: str
) -> None:
    await until(chat)
    press = chat.button(label)

    await chat.does(press)
    once = await chat.rows("cards")
    await chat.does(press)

    assert await chat.rows("cards") == once


# Stale and forged


async def test_the_button_of_an_answered_question_says_so(chat: Chat) -> None:
    await to_the_theme(chat)
    old = chat.button("Samen leven en zorg")
    await chat.presses("Groen en water")
    before = await chat.rows()

    await chat.does(old)

    assert chat.toast is not None
    assert chat.toast.text.startswith(ANSWERED)
    assert await chat.rows() == before


async def test_the_button_of_a_finished_conversation_says_so_and_goes(chat: Chat) -> None:
    await to_the_summary(chat)
    old = chat.button("Wijk")
    await chat.presses("Ja, begin!")
    before = await chat.rows()

    await chat.does(old)

    assert chat.toast is not None
    assert chat.toast.text == STALE
    assert await chat.rows() == before


FORGED = (
    "c:{journal}:theme:ruimtevaart",
    "c:{journal}:theme:",
    "c:{journal}:idea:groen",
    "c:{journal}::groen",
    "c:{journal}:asks:nothing",
    "c:{journal}:review:confirm",
    "c:{journal}:review:change:idea",
    "c:{journal}:idea:!back",
    "c:{journal}:theme:!nonsense",
    "c:{journal}:home:x",
    "c:0:theme:groen",
    "c:zzzzzz:theme:groen",
    "c:-1:theme:groen",
    "c:{journal}:theme",
    "c:{journal}",
    "c:",
    "c",
    "",
    "t:{journal}:0123456789abcdef",
    "t:{journal}:",
    "t:zzzzzz:0123456789abcdef",
    "t::",
    "x:{journal}:theme:groen",
    "c:٣:theme:groen",
    "🌱" * 16,
)
"""What somebody could send instead of what our buttons carry, while the theme is on the screen."""


async def test_a_forged_button_changes_nothing(chat: Chat) -> None:
    await to_the_theme(chat)
    (journal,) = await chat.journals()
    before = await chat.rows()

    for data in FORGED:
        forged = data.format(journal=buttons.base36(journal.id or 0))
        await chat.does(Press(data=forged, message_id=max(chat.screen)))

        assert chat.toast is not None, data
        assert chat.toast.text == STALE or chat.toast.text.startswith(ANSWERED), data
        assert await chat.rows() == before, data


async def test_nobody_presses_in_somebody_else_s_conversation(chat: Chat) -> None:
    await to_the_theme(chat)
    (journal,) = await chat.journals()
    other = Chat(chat.database, chat.house, person=200)
    await other.writes("/start")
    await other.presses("Dat zeg ik liever niet")
    before = await chat.rows()

    for option in ("groen", *buttons.Control):
        for question in ("theme", ""):
            data = buttons.data_of(journal.id or 0, question, option)
            await other.does(Press(data=data, message_id=max(other.screen)))

            assert other.toast is not None, data
            assert other.toast.text == STALE, data
            assert await chat.rows() == before, data
