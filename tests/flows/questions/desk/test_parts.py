"""Questions that go along with another, and what becomes of them."""

from flows.questions import verbs
from storage.database import Database
from storage.questions import QuestionStatus
from tests.flows.questions.test_owner import FATMA, JAN, OPEN_TO_ALL, Desk


async def test_what_went_along_with_what_is_closed_is_told_to_go_on_alone(database: Database) -> None:
    desk = Desk(database)
    await desk.opens({JAN: OPEN_TO_ALL})
    for _ in range(2):
        await desk.asked("groen")
    await desk.does(JAN, verbs.MergeQuestion(question_id=1, into_id=2))

    await desk.does(JAN, verbs.CloseQuestion(question_id=2, reason="Dit is privé."))

    assert ((await desk.question(1)).status, await desk.whose()) == (QuestionStatus.OPEN, (OPEN_TO_ALL, None))
    assert await desk.heard(FATMA, "V-2026-0001 krijgt toch een eigen antwoord") == 1
