"""An answer is put right for whoever still has it as the last one."""

from sqlmodel import col, select

from flows.commands import Done
from flows.questions import verbs
from flows.talk.own_words import Words
from storage.database import Database
from storage.questions import MessageKind, QuestionMessage
from tests.flows.questions.test_owner import FATMA, JAN, OPEN_TO_ALL, Desk


async def test_what_went_along_is_corrected_too_but_not_once_it_got_another_answer(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL})
    for _ in range(3):
        await desk.asked("groen")
    for number in (1, 2):
        await desk.does(JAN, verbs.MergeQuestion(question_id=number, into_id=3))
    await desk.does(JAN, verbs.AnswerQuestion(question_id=3, text="Maandag"))
    await desk.does(FATMA, verbs.AskOn(question_id=1, words=(Words(text="Hoe laat?"),)))
    await desk.does(JAN, verbs.AnswerQuestion(question_id=1, text="Maandag om tien uur"))
    query = select(QuestionMessage).where(QuestionMessage.kind == MessageKind.ANSWER).order_by(col(QuestionMessage.id))
    async with database.transaction() as session:
        main = next(one for one in (await session.exec(query)).all() if one.question_id == 3)

    correct = verbs.CorrectAnswer(question_id=3, message_id=main.id or 0, text="Dinsdag")
    assert isinstance(await desk.does(JAN, correct), Done)

    async with database.transaction() as session:
        given = {(one.question_id, one.text) for one in (await session.exec(query)).all()}
    assert given == {(3, "Dinsdag"), (2, "Dinsdag"), (1, "Maandag"), (1, "Maandag om tien uur")}
