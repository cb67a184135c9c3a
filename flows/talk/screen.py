"""How a question looks: its text, its options as buttons, and the ways back and out."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from flows.talk.answers import Refused, Surroundings
from flows.talk.ask import REVIEW, Asking
from flows.talk.buttons import Control, data_of
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import Conversation
from flows.talk.review import Review, bare


def question_key(talk: Conversation, name: str) -> str:
    """The key of a question's text."""
    return f"{talk.name}.{bare(name)}"


def question_text(talk: Conversation, asking: Asking, around: Surroundings, draft: Any = None) -> str:
    """The question itself, as HTML; for the review the answers under each other."""
    key = question_key(talk, asking.name)
    if isinstance(asking.answer, Review):
        lines = [
            f"<b>{escape(label)}</b>\n{escape(answer)}" for label, answer in asking.answer.lines(talk.name, around)
        ]
        heading = around.text(f"{key}|talk.review", **asking.values)
        return "\n\n".join([heading, *lines])
    return asking.answer.text(key, around, draft) or around.text(key, **asking.values)


def screen(
    talk: Conversation,
    journal_id: int,
    asking: Asking,
    around: Surroundings,
    *,
    draft: Any = None,
    changing: bool = False,
    why: Refused | None = None,
) -> Message:
    """The question as a message. `why` says first what was wrong with what came."""
    parts = [question_text(talk, asking, around, draft)]
    old = asking.answer.was(draft)
    if asking.old is not None:
        old = asking.answer.show(asking.old, question_key(talk, asking.name), around)
    if old is not None:
        parts.append(around.text("talk.was", old=old))
    if asking.unfit is not None:
        parts.insert(0, around.text(asking.unfit.key))
    if why is not None:
        parts.insert(0, around.text(why.key, **why.values))
    return Message(text="\n\n".join(parts), buttons=_buttons(talk, journal_id, asking, around, draft, changing))


def answered(talk: Conversation, asking: Asking, value: Any, around: Surroundings) -> Message:
    """The question once it has its answer: no buttons, and what was chosen."""
    key = question_key(talk, asking.name)
    if asking.name == REVIEW:
        return Message(text=question_text(talk, asking, around))
    shown = asking.answer.show(value, key, around)
    if not asking.answer.echoed:  # their own words need no question above them
        label = around.plain(f"{key}.label")
        return Message(text=str(Markup("✅ <b>{}</b>\n{}").format(label, shown)))
    return Message(text=f"{question_text(talk, asking, around)}\n\n✅ {Markup('<b>{}</b>').format(shown)}")


def options_of(talk: Conversation, asking: Asking, around: Surroundings, draft: Any) -> list[str]:
    """The keys of all options of a question: a draft may bring others, and an older message still has the first."""
    key = question_key(talk, asking.name)
    shown = [row for kept in (None, draft) for row in asking.answer.options(key, around, kept)]
    return [option.key for row in shown for option in row]


def title_of(name: str, around: Surroundings) -> str:
    """What a conversation is about, also one that this version doesn't have any more; plain text."""
    return around.plain(f"{name}.about|talk.about")


def control_button(word: str, control: Control, journal_id: int, around: Surroundings, question: str = "") -> Button:
    """A button for the conversation as a whole; *back* is about its question."""
    return Button(label=around.plain(f"talk.buttons.{word}"), data=data_of(journal_id, question, control))


def go_on_button(name: str, journal_id: int, around: Surroundings) -> Button:
    """A button to go on with a conversation, that says which."""
    label = around.plain("talk.buttons.go_on_with", title=title_of(name, around))
    return Button(label=label, data=data_of(journal_id, "", Control.RESUME))


def go_on_or_not(journal_id: int, around: Surroundings) -> Rows:
    """The buttons under the offer to go on with what was laid aside."""
    return (
        (control_button("go_on", Control.RESUME, journal_id, around),),
        (control_button("throw_away", Control.STOP_SURELY, journal_id, around),),
    )


def _buttons(
    talk: Conversation, journal_id: int, asking: Asking, around: Surroundings, draft: Any, changing: bool
) -> Rows:
    key = question_key(talk, asking.name)
    rows = [
        tuple(Button(label=option.label, data=data_of(journal_id, asking.name, option.key)) for option in row)
        for row in asking.answer.options(key, around, draft)
        if row
    ]
    begun = changing or any(not asked.by_default for asked in asking.asked)
    row = []
    if changing or asking.before is not None:
        row.append(control_button("back", Control.BACK, journal_id, around, asking.name))
    if begun and talk.can_leave:
        row.append(control_button("later", Control.LATER, journal_id, around))
    if talk.can_leave:
        row.append(control_button("stop", Control.STOP, journal_id, around))
    return (*rows, tuple(row)) if row else tuple(rows)
