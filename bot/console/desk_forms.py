"""The forms on the page of a question: what each asks, and which command it makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.commands import Refused
from flows.context import Around
from flows.questions.desk.talks import A_YEAR, ANSWER_LENGTH, ASK_LENGTH, NEVER_OURS, NOTE_LENGTH, REASON_LENGTH
from flows.questions.verbs import (
    AnswerQuestion,
    AskBack,
    ClaimQuestion,
    CloseQuestion,
    GiveNewDate,
    ReleaseQuestion,
    ReturnQuestion,
    SetTheme,
    TransferQuestion,
    WriteNote,
)
from flows.talk.dates import read_date
from flows.verbs import QuestionCommand
from flows.words import personal
from flows.words.personal import Kind


class Form(StrEnum):
    """As they are called in their addresses. In the order in which the page has them."""

    CLAIM = "pak"
    ANSWER = "antwoord"
    ASK_BACK = "terugvraag"
    NEW_DATE = "datum"
    NOTE = "notitie"
    TRANSFER = "door"
    RETURN = "retour"
    THEME = "onderwerp"
    CLOSE = "rond-af"
    RELEASE = "terug"


TEXT, CHOICE, PERSONAL = "tekst", "keuze", "persoonlijk"
"""The fields of a form, and of the page that points out what looks personal."""
TAKE_OUT, LEAVE = "weg", "laat"
"""What they choose there."""
LONGEST: Mapping[Form, int] = {
    Form.ANSWER: ANSWER_LENGTH,
    Form.ASK_BACK: ASK_LENGTH,
    Form.NEW_DATE: REASON_LENGTH,
    Form.NOTE: NOTE_LENGTH,
    Form.TRANSFER: REASON_LENGTH,
    Form.RETURN: REASON_LENGTH,
    Form.CLOSE: REASON_LENGTH,
}
"""Characters, as in a chat, in the forms with a text. No field stops at them: what is pasted would be cut unseen."""
CHOOSING = frozenset({Form.NEW_DATE, Form.TRANSFER, Form.THEME})
"""The forms with something to choose."""
TO_THE_ASKER = frozenset({Form.ANSWER, Form.ASK_BACK, Form.NEW_DATE, Form.CLOSE})
"""What the resident reads is looked at once more before it goes."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What came with a form."""

    form: Form
    text: str = ""
    choice: str = ""
    """The code of a team or theme, or a day as it was typed."""
    as_it_is: bool = False
    """They saw that something in it looks personal, and leave it in."""


def read(form: Form, fields: Mapping[str, str], around: Around) -> Typed:
    """What somebody typed, with lines ending as ours do (a browser sends two characters) and odd characters gone."""
    lines = fields.get(TEXT, "").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in lines if char in "\n\t" or char.isprintable() or char == "\u200d").strip()
    chosen = fields.get(PERSONAL)
    typed = Typed(form=form, text=text, choice=fields.get(CHOICE, "").strip(), as_it_is=chosen == LEAVE)
    return without_personal(typed, around) if chosen == TAKE_OUT else typed


def personal_in(typed: Typed) -> list[Kind]:
    """What looks personal in it and has to be pointed out before any of it is kept, as in a chat."""
    pointed_out = NEVER_OURS if typed.form in TO_THE_ASKER else tuple(Kind)
    return [] if typed.as_it_is else [kind for kind in personal.kinds(typed.text) if kind in pointed_out]


def without_personal(typed: Typed, around: Around) -> Typed:
    """The same with marks in place of that."""
    text = personal.stripped(typed.text, lambda kind: around.plain(f"personal.mark.{kind}"), personal_in(typed))
    return replace(typed, text=text)


def command_of(typed: Typed, question_id: int, around: Around) -> QuestionCommand | Refused:
    """What is to be done; or why that can't be said yet."""
    text, choice = typed.text, typed.choice
    if typed.form in CHOOSING and not choice:
        return Refused(key="desk_page.nothing_chosen")
    if (longest := LONGEST.get(typed.form)) is not None:
        if len(text) < 2:
            return Refused(key="desk_page.empty", ask_again=TEXT)
        if len(text) > longest:
            return Refused(key="talk.refused.long", values={"length": len(text), "maximum": longest}, ask_again=TEXT)
    match typed.form:
        case Form.CLAIM:
            return ClaimQuestion(question_id=question_id)
        case Form.RELEASE:
            return ReleaseQuestion(question_id=question_id)
        case Form.ANSWER:
            return AnswerQuestion(question_id=question_id, text=text)
        case Form.ASK_BACK:
            return AskBack(question_id=question_id, text=text)
        case Form.NEW_DATE:
            day = read_date(choice, around.today, around.language)
            if day is None:
                return Refused(key="talk.refused.date")
            if not 0 <= (day - around.today).days <= A_YEAR:
                return Refused(key="talk.refused.date_range")
            return GiveNewDate(question_id=question_id, until=day, reason=text)
        case Form.NOTE:
            return WriteNote(question_id=question_id, text=text)
        case Form.TRANSFER:
            return TransferQuestion(question_id=question_id, team=choice, reason=text)
        case Form.RETURN:
            return ReturnQuestion(question_id=question_id, reason=text)
        case Form.THEME:
            return SetTheme(question_id=question_id, theme=choice)
        case Form.CLOSE:
            return CloseQuestion(question_id=question_id, reason=text)


def field_to_change(typed: Typed, refused: Refused) -> str:
    """Where somebody can do something about a refusal; empty where there is nothing to fill in."""
    if typed.form in CHOOSING and refused.ask_again != TEXT:
        return CHOICE
    return TEXT if typed.form in LONGEST else ""
