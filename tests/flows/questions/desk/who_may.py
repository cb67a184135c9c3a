"""One command of each kind about a question, and who may; for tests/flows/test_permissions.py."""

from datetime import date

from flows import verbs
from flows.permissions import Relation
from flows.questions import verbs as questions
from flows.talk.own_words import Words
from storage.questions import Helped
from tests.flows.initiatives.who_may import EVERYBODY, HERE

ASSIGNEE = frozenset({Relation.ASSIGNEE})
TEAM = frozenset({Relation.TEAM})
DESK = ASSIGNEE | TEAM
ASKER = frozenset({Relation.ASKER})
READER = frozenset({Relation.READER})
OTHER_TEAM = "toezicht"
WORDS = (Words(text="Wanneer?"),)

QUESTIONS: tuple[tuple[verbs.Command, frozenset[Relation]], ...] = (
    (questions.AskQuestion(words=WORDS, theme="afval", district=None), EVERYBODY),
    (questions.AskOn(question_id=HERE, words=WORDS), ASKER),
    (questions.ThankForAnswer(question_id=HERE), ASKER),
    (questions.RateAnswer(question_id=HERE, helped=Helped.PARTLY), ASKER),
    (questions.ReopenQuestion(question_id=HERE, words=WORDS), ASKER),
    (questions.ClaimQuestion(question_id=HERE), TEAM),
    (questions.ReleaseQuestion(question_id=HERE), ASSIGNEE),
    (questions.AssignQuestion(question_id=HERE, person_id=HERE), DESK | {Relation.COORDINATOR, Relation.ADMIN}),
    (questions.TransferQuestion(question_id=HERE, team=OTHER_TEAM, reason="Hoort daar"), DESK),
    (questions.ReturnQuestion(question_id=HERE, reason="Niet van ons"), TEAM),
    (questions.SetTheme(question_id=HERE, theme="groen"), DESK),
    (questions.AnswerQuestion(question_id=HERE, text="Morgen"), DESK),
    (questions.CorrectAnswer(question_id=HERE, message_id=HERE, text="Overmorgen"), ASSIGNEE | {Relation.ANSWERER}),
    (questions.AskBack(question_id=HERE, text="Welke straat?"), DESK),
    (questions.CloseQuestion(question_id=HERE, reason="Dubbel"), DESK),
    (questions.GiveNewDate(question_id=HERE, until=date(2026, 3, 9), reason="Druk"), DESK),
    (questions.SendAgain(question_id=HERE), DESK),
    (questions.WriteNote(question_id=HERE, text="Gebeld"), DESK | {Relation.THINKER}),
    (questions.AskColleague(question_id=HERE, person_id=HERE, text="Weet jij dit?"), DESK),
    (questions.AskSecondReader(question_id=HERE, text="Morgen", reader_id=None), DESK),
    (questions.ApproveAnswer(question_id=HERE), READER),
    (questions.SendBackDraft(question_id=HERE, remark="Te kort"), READER),
    (questions.SplitQuestion(question_id=HERE, text="En de boom?", theme="groen"), DESK),
    (questions.MergeQuestion(question_id=HERE, into_id=HERE + 1), DESK),
    (questions.UnmergeQuestion(question_id=HERE), DESK),
    (questions.SnoozeQuestion(question_id=HERE, until=date(2026, 3, 3)), ASSIGNEE),
)
