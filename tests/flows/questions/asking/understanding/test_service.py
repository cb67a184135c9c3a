"""What the house has learned: in a process of its own, from examples and corrections."""

from __future__ import annotations

from sqlmodel import select

from flows.municipality import Municipality
from flows.questions.asking.understanding.classifier import Classifier, Example
from flows.questions.asking.understanding.examples import questions_apart
from flows.questions.asking.understanding.service import Understanding, corrections, examples_of, themes_of
from storage.database import Database
from storage.people import Person
from storage.questions import MessageKind, Question, QuestionMessage, ThemeBy
from tests.flows.talk.chat import opened
from tests.flows.talk.play import NOW, house

ELZERMEER = Municipality.load()
DRONES = [Example(f"Mijn drone {word} boven het weiland", "jeugd") for word in ("vliegt", "hangt", "zoemt", "viel")]


async def test_what_was_corrected_is_learned_in_another_process() -> None:
    before, after = Understanding(), Understanding()

    await after.learn(ELZERMEER, DRONES)

    first, then = (one.guess(ELZERMEER, "Waar mag mijn drone vliegen?") for one in (before, after))
    assert first is not None
    assert then is not None
    assert first.candidates[0].theme != "jeugd"
    assert then.candidates[0].theme == "jeugd"


def test_packed_it_guesses_the_same() -> None:
    trained = Classifier.train(examples_of(ELZERMEER), themes_of(ELZERMEER))
    packed = trained.packed()

    differ = [
        one.question
        for one in questions_apart()
        if trained.guess(one.question).theme != packed.guess(one.question).theme
    ]
    assert differ == []


def test_learns_from_the_file_the_table_and_corrections_of_themes_there_are() -> None:
    examples = examples_of(ELZERMEER, [Example("Waar is de maan?", "ruimtevaart"), *DRONES])

    assert Example("De glasbak bij het plein zit vol.", "afval") in examples
    assert Example("Ik wil grofvuil aanmelden", "afval") in examples
    assert Example("The bottle bank on the square is full.", "afval") in examples
    assert set(DRONES) <= set(examples)
    assert "ruimtevaart" not in {one.theme for one in examples}


async def test_only_what_the_desk_said_is_a_correction_and_it_goes_with_the_question(database: Database) -> None:
    await opened(database, house())
    async with database.transaction() as session:
        asker = Person(telegram_id=100, created_at=NOW)
        session.add(asker)
        await session.flush()
        for number, (by, text) in enumerate(
            [(ThemeBy.DESK, "Waar mag\nmijn drone vliegen?"), (ThemeBy.ASKER, "Iets anders"), (None, "Nog iets")], 1
        ):
            question = Question(
                reference=f"V-{number}",
                asker_id=asker.id or 0,
                theme_code="jeugd",
                theme_by=by,
                team_code="klantcontact",
                due_at=NOW,
                created_at=NOW,
            )
            session.add(question)
            await session.flush()
            session.add(
                QuestionMessage(
                    question_id=question.id or 0, author_id=asker.id or 0, kind=MessageKind.QUESTION, text=text
                )
            )
        await session.flush()
        found = await corrections(session)
        for message in (await session.exec(select(QuestionMessage))).all():
            await session.delete(message)
        await session.flush()
        left = await corrections(session)

    assert found == [Example("Waar mag mijn drone vliegen?", "jeugd")]
    assert left == []
