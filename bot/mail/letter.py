"""What stands in an e-mail: which questions, of which team, by when, what to do and where. Nothing about anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from markupsafe import Markup

from flows.context import Around
from flows.questions.clock.digest import Waiting
from flows.questions.clock.moments import is_over
from locales.catalogue import plain
from storage.people import Person
from storage.questions import Question, QuestionStatus

LISTED = 20
"""Questions in the morning's letter at most; what is due last comes when there are fewer."""
PAGE = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>\n<body>'
    "{parts}</body></html>\n"
)
"""So plain that every program for e-mail shows it: no style, no picture, nothing from elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question, and the way to it. The texts are HTML."""

    facts: str
    open: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one e-mail says. The texts are HTML, but for the subject."""

    subject: str
    what: str
    items: Sequence[Item]


def about_one(around: Around, question: Question, reader: Person, link: str) -> Letter:
    """Something about this question waits for the reader."""
    reference, team = question.reference, around.team(question.team_code)
    late = is_over(question, around.now)
    return Letter(
        subject=around.plain("mail.subject", reference=reference, team=team),
        what=around.text(f"mail.what.{_what(question, reader)}", reference=reference, team=team),
        items=[
            Item(
                facts=around.text("mail.facts", reference=reference, team=team, due=question.due_at, late=late),
                open=around.text("mail.open", reference=reference),
                link=link,
            )
        ],
    )


def about_all(around: Around, waiting: Waiting, links: Mapping[str, str]) -> Letter:
    """All that waits for the reader this morning; `links` by reference, of what is to be listed."""
    every = [*((one, True) for one in waiting.mine), *((one, False) for one in waiting.team)]
    return Letter(
        subject=around.plain("mail.morning.subject", count=len(every)),
        what=around.text(
            "mail.morning.what",
            mine=len(waiting.mine),
            team=len(waiting.team),
            late=waiting.late(around.now),
            more=len(every) - len(links),
        ),
        items=[
            Item(
                facts=around.text(
                    "mail.morning.facts",
                    reference=one.reference,
                    team=around.team(one.team_code),
                    due=one.due_at,
                    late=is_over(one, around.now),
                    mine=mine,
                ),
                open=around.text("mail.open", reference=one.reference),
                link=links[one.reference],
            )
            for one, mine in every
            if one.reference in links
        ],
    )


def listed(waiting: Waiting) -> list[Question]:
    """What the morning's letter has a link to."""
    return [*waiting.mine, *waiting.team][:LISTED]


def envelop(
    around: Around, letter: Letter, reader: Person, *, sender: str, message_id: str, at: datetime
) -> EmailMessage:
    """The whole e-mail, as text and as a simple page."""
    hello = around.text("mail.hello", municipality=around.municipality.name)
    end = [around.text("mail.once"), around.text("mail.why", municipality=around.municipality.name)]
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = reader.email or ""
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    # https://www.rfc-editor.org/rfc/rfc3834#section-5: nobody's "I am away" comes back to it.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = around.language
    items = [f"{plain(one.facts)}\n{plain(one.open)}:\n{one.link}" for one in letter.items]
    message.set_content("\n\n".join([plain(hello), plain(letter.what), *items, *map(plain, end)]) + "\n")
    ways = [
        Markup('{facts}<br>\n<a href="{link}">{open}</a>').format(
            facts=_lines(one.facts), open=Markup(one.open), link=one.link
        )
        for one in letter.items
    ]
    parts = [_lines(hello), _lines(letter.what), *ways, *map(_lines, end)]
    page = PAGE.format(
        language=around.language,
        subject=letter.subject,
        parts=Markup("\n").join(Markup("<p>{}</p>").format(part) for part in parts),
    )
    message.add_alternative(page, subtype="html")
    return message


def _lines(text: str) -> Markup:
    """A text of ours, which is HTML already, with its lines kept."""
    return Markup(text.replace("\n", "<br>\n"))


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
