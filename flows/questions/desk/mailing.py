"""E-mail for who works here without Telegram: a notice that something waits, a link that opens it, a session for it.

A notice says nothing about anybody; what it is about is only on the page behind the link. As in a chat it waits for the
end of the quiet hours; a link that somebody asks for goes at once.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context, without_channel
from flows.people.invitations import hashed
from flows.people.teams import roles_of
from flows.permissions import Relation
from flows.questions.relations import relations_to
from flows.talk.message import Message
from storage.cards import Subject
from storage.mail import ConsoleSession, LoginLink, MailNotice, MailStatus
from storage.people import Person
from storage.questions import Question, QuestionStatus

LINK_VALID = timedelta(minutes=10)
SESSION_VALID = timedelta(hours=1)
APART = timedelta(minutes=10)
"""Between two notices to somebody about the same question; what happens meanwhile is in the next one."""
LINKS_AN_HOUR = 5
"""Somebody can ask for so many new links to a question."""
KEPT = timedelta(days=30)
"""Links, sessions and notices; until then an old link still leads to a new one."""
CODE_BYTES = 32
SEES = frozenset({Relation.ASSIGNEE, Relation.TEAM, Relation.THINKER, Relation.READER})
"""Who may read the whole question."""


@without_channel
async def mail_instead(context: Context, to: Person, message: Message, about: tuple[Subject, int]) -> None:
    """Instead of a message about a question: a notice, unless one waits already or there is nothing left to do."""
    subject, question_id = about
    if subject is not Subject.QUESTION or to is context.actor or not is_reached_by_mail(context, to):
        return
    question = await context.session.get_one(Question, question_id)
    if question.status in (QuestionStatus.CLOSED, QuestionStatus.MERGED):
        return
    last = select(func.max(func.coalesce(MailNotice.sent_at, MailNotice.created_at))).where(
        MailNotice.person_id == to.id, MailNotice.question_id == question_id
    )
    before = (await context.session.exec(last)).one()
    at = context.now if before is None else max(context.now, before + APART)
    await put_notice(context, to.id or 0, question_id, not_before=context.house.municipality.waking(at))


def is_reached_by_mail(context: Context, person: Person) -> bool:
    """Whether an e-mail is how to reach somebody, and one can be sent."""
    return person.telegram_id is None and person.email is not None and context.house.mails


async def put_notice(
    context: Context, person_id: int, question_id: int | None, *, not_before: datetime | None = None
) -> None:
    """Let a notice wait for the post, unless one does. Without `not_before` it goes at once, also the one that waited.

    Without a question it is the morning's, about all that waits for them.
    """
    query = select(MailNotice).where(
        MailNotice.person_id == person_id,
        MailNotice.question_id == question_id,
        MailNotice.status == MailStatus.WAITING,
    )
    waiting = (await context.session.exec(query.with_for_update())).first()
    if waiting is None:
        waiting = MailNotice(
            person_id=person_id, question_id=question_id, not_before=not_before, created_at=context.now
        )
    elif not_before is None and not waiting.attempts:
        waiting.not_before = None
    context.session.add(waiting)
    await context.session.flush()


async def may_see(context: Context, person: Person, question: Question) -> bool:
    """Whether somebody works here and this question is theirs to read."""
    if not await roles_of(context.session, person):
        return False
    return bool(await relations_to(context, person, question) & SEES)


async def make_link(session: AsyncSession, person_id: int, question_id: int, now: datetime) -> str:
    """A code that opens the question once; only its hash is kept, so it exists in the e-mail alone."""
    code = secrets.token_urlsafe(CODE_BYTES)
    session.add(
        LoginLink(
            code_hash=hashed(code),
            person_id=person_id,
            question_id=question_id,
            created_at=now,
            expires_at=now + LINK_VALID,
        )
    )
    await session.flush()
    return code


async def link_of(session: AsyncSession, code: str) -> LoginLink | None:
    """The link of a code, locked, however old; None where there never was one, or it was forgotten."""
    query = select(LoginLink).where(LoginLink.code_hash == hashed(code))
    return (await session.exec(query.with_for_update())).first()


async def open_session(context: Context, code: str) -> tuple[str, Question] | None:
    """Use a link: the token for the browser, and the question. None: it is used, too old, unknown or not theirs."""
    session = context.session
    link = await link_of(session, code)
    if link is None or link.used_at is not None or link.expires_at <= context.now:
        return None
    person = await session.get_one(Person, link.person_id)
    question = await session.get_one(Question, link.question_id)
    if not await may_see(context, person, question):
        return None
    link.used_at = context.now
    token = secrets.token_urlsafe(CODE_BYTES)
    session.add(link)
    session.add(
        ConsoleSession(
            token_hash=hashed(token),
            person_id=link.person_id,
            question_id=link.question_id,
            created_at=context.now,
            expires_at=context.now + SESSION_VALID,
        )
    )
    await session.flush()
    return token, question


async def session_of(session: AsyncSession, token: str) -> ConsoleSession | None:
    """The session of a browser's token, also one that is over."""
    return await session.get(ConsoleSession, hashed(token)) if token else None


async def ask_again(context: Context, person_id: int, question_id: int) -> None:
    """A new link for who had one, a few times an hour. Nothing tells who asks whether it comes."""
    recent = select(func.count()).where(
        col(MailNotice.person_id) == person_id,
        col(MailNotice.question_id) == question_id,
        col(MailNotice.created_at) > context.now - timedelta(hours=1),
    )
    if context.house.mails and (await context.session.exec(recent)).one() < LINKS_AN_HOUR:
        await put_notice(context, person_id, question_id)


async def forget_mail(session: AsyncSession, before: datetime) -> None:
    """Delete what has served."""
    await session.exec(delete(LoginLink).where(col(LoginLink.created_at) < before))
    await session.exec(delete(ConsoleSession).where(col(ConsoleSession.created_at) < before))
    over = col(MailNotice.status) != MailStatus.WAITING
    await session.exec(delete(MailNotice).where(over, col(MailNotice.created_at) < before))


async def forget_mail_about(session: AsyncSession, questions: list[int | None]) -> None:
    """Delete what refers to questions that are deleted."""
    for table in (LoginLink, ConsoleSession, MailNotice):
        await session.exec(delete(table).where(col(table.question_id).in_(questions)))
