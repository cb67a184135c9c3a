"""What stands in a notice: which question, of which team, by when, what to do and where. Nothing about anybody."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from markupsafe import Markup

from flows.context import Around
from flows.questions.clock.moments import is_over
from locales.catalogue import plain
from storage.people import Person
from storage.questions import Question, QuestionStatus

PAGE = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>\n'
    '<body><p>{hello}</p>\n<p>{what}</p>\n<p>{facts}</p>\n<p><a href="{link}">{open}</a></p>\n'
    "<p>{link}</p>\n<p>{once}</p>\n<p>{why}</p></body></html>\n"
)
"""So plain that every program for e-mail shows it: no style, no picture, nothing from elsewhere."""


def letter(
    around: Around, question: Question, reader: Person, *, link: str, sender: str, message_id: str, at: datetime
) -> EmailMessage:
    """The whole e-mail, as text and as a simple page."""
    reference, team = question.reference, around.team(question.team_code)
    subject = around.plain("mail.subject", reference=reference, team=team)
    hello = around.text("mail.hello", municipality=around.municipality.name)
    what = around.text(f"mail.what.{_what(question, reader)}", reference=reference, team=team)
    late = is_over(question, around.now)
    facts = around.text("mail.facts", reference=reference, team=team, due=question.due_at, late=late)
    once = around.text("mail.once")
    why = around.text("mail.why", municipality=around.municipality.name, team=team)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = reader.email or ""
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    # https://www.rfc-editor.org/rfc/rfc3834#section-5: nobody's "I am away" comes back to it.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = around.language
    texts = [hello, what, facts, f"{around.text('mail.open')}:\n{link}", once, why]
    message.set_content("\n\n".join(plain(text) for text in texts) + "\n")
    message.add_alternative(
        PAGE.format(
            language=around.language,
            subject=subject,
            hello=Markup(hello),
            what=Markup(what),
            facts=Markup(facts.replace("\n", "<br>\n")),
            link=link,
            open=Markup(around.text("mail.open")),
            once=Markup(once),
            why=Markup(why),
        ),
        subtype="html",
    )
    return message


def new_message_id(sender: str) -> str:
    """One that says nothing about the machine it was made on."""
    return make_msgid(domain=sender.rpartition("@")[2])


def _what(question: Question, reader: Person) -> str:
    """What the reader can do, as the key of a text."""
    match question.status:
        case QuestionStatus.OPEN:
            return "open"
        case QuestionStatus.CLAIMED | QuestionStatus.WAITING:
            return "yours" if question.assignee_id == reader.id else "news"
        case _:
            return "news"
