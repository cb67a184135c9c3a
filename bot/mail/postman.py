"""Takes the notices that wait to the mail server, one at a time.

The link in a notice is made when it goes, so that its ten minutes begin then, and its code is in the e-mail alone.
What the server took is marked afterwards: a kill between the two sends it once more, with another link.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

import aiosmtplib
import structlog
from sqlmodel import col, or_, select

from bot.mail.letter import Letter, about_all, about_one, envelop, listed, new_message_id
from bot.mail.server import MailServer
from flows.context import Context, House
from flows.questions.clock.digest import all_waiting
from flows.questions.desk.mailing import make_link, may_see
from storage import leases
from storage.columns import now
from storage.database import Database, is_outage
from storage.mail import MailNotice, MailStatus
from storage.people import Person
from storage.questions import Question

LEASE_NAME, LEASE = "mail", timedelta(minutes=2)
"""Longer than one letter takes."""
INTERVAL = 1.0
"""Seconds between two looks at what waits."""
PATIENCE = 20.0
"""Seconds for the server to answer each step."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""Before each next attempt; about a day in all."""

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A letter, and which notice it is."""

    notice_id: int
    message: EmailMessage


@dataclass(frozen=True, kw_only=True)
class Gone:
    """The server took it."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """It may well go another time."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Never:
    """The server doesn't want it, now or ever."""

    reason: str


Ending = Gone | Later | Never


class Postman:
    """Sends until it is stopped. On PostgreSQL one process at a time: the holder of a lease."""

    def __init__(
        self,
        database: Database,
        house: House,
        server: MailServer,
        sender: str,
        *,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._house = house
        self._server = server
        self._sender = sender
        self._clock = clock
        self._name = uuid4().hex
        self._is_failing = False

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; a letter on its way is finished first. A database that is away is waited for."""
        while not stop.is_set():
            try:
                while not stop.is_set() and await self.send_one():
                    continue
            except Exception as exc:
                if not is_outage(exc):
                    raise
                log.warning("the database doesn't answer; e-mail goes later", error=type(exc).__name__)
            try:
                async with asyncio.timeout(INTERVAL):
                    await stop.wait()
            except TimeoutError:
                continue
        await self._let_go()

    async def _let_go(self) -> None:
        """The next one needn't wait for the lease to lapse."""
        if self._database.is_sqlite:
            return
        try:
            async with self._database.transaction() as session:
                await leases.let_go(session, LEASE_NAME, self._name)
        except Exception as exc:
            if not is_outage(exc):
                raise
            log.warning("the right to send e-mail was not given back; it lapses", error=type(exc).__name__)

    async def send_one(self) -> bool:
        """Send what waits longest, if anything does and it is ours to send; whether there may be more."""
        async with self._database.transaction() as session:
            at = self._clock()
            query = (
                select(MailNotice)
                .where(
                    MailNotice.status == MailStatus.WAITING,
                    or_(col(MailNotice.not_before).is_(None), col(MailNotice.not_before) <= at),
                )
                .order_by(col(MailNotice.id))
                .limit(1)
            )
            notice = (await session.exec(query.with_for_update(skip_locked=True))).first()
            if notice is None:
                return False
            # Only now: it is renewed where there is something to send, not at every look.
            if not self._database.is_sqlite and not await leases.hold(session, LEASE_NAME, self._name, at, LEASE):
                return False
            ready = await self._prepare(Context(house=self._house, session=session, now=at, actor=None), notice)
        if ready is None:
            return True
        ending = await deliver(self._server, ready.message)
        await self._write(ready.notice_id, ending)
        return not isinstance(ending, Later)

    async def _prepare(self, context: Context, notice: MailNotice) -> Ready | None:
        """The letter as things are now; None: there is nothing for them any more, and nothing goes."""
        session = context.session
        person = await session.get_one(Person, notice.person_id)
        letter = None if person.email is None else await self._letter(context, notice, person)
        session.add(notice)
        if letter is None:
            notice.status, notice.error = MailStatus.FAILED, "it was no longer theirs"
            return None
        # Counted before it goes, and not tried again at once: what makes us fall over doesn't do so for ever.
        notice.attempts += 1
        notice.not_before = context.now + WAITS[min(notice.attempts, len(WAITS)) - 1]
        message = envelop(
            context.around_for(person),
            letter,
            person,
            sender=self._sender,
            message_id=new_message_id(self._sender),
            at=context.now,
        )
        return Ready(notice_id=notice.id or 0, message=message)

    async def _letter(self, context: Context, notice: MailNotice, person: Person) -> Letter | None:
        around = context.around_for(person)
        if notice.question_id is None:
            waiting = (await all_waiting(context)).get(notice.person_id)
            if waiting is None:
                return None
            links = {one.reference: await self._link(context, person, one) for one in listed(waiting)}
            return about_all(around, waiting, links)
        question = await context.session.get_one(Question, notice.question_id)
        if not await may_see(context, person, question):
            return None
        return about_one(around, question, person, await self._link(context, person, question))

    async def _link(self, context: Context, person: Person, question: Question) -> str:
        code = await make_link(context.session, person.id or 0, question.id or 0, context.now)
        return f"{self._house.public_url}/werk/{code}"

    async def _write(self, notice_id: int, ending: Ending) -> None:
        async with self._database.transaction() as session:
            notice = await session.get_one(MailNotice, notice_id, with_for_update=True)
            match ending:
                case Gone():
                    self._is_failing = False
                    notice.status, notice.sent_at, notice.error = MailStatus.SENT, self._clock(), None
                case Never(reason=reason):
                    log.warning("an e-mail is refused for good", notice=notice_id, reason=reason)
                    notice.status, notice.error = MailStatus.FAILED, reason
                case Later(reason=reason) if notice.attempts > len(WAITS):
                    log.warning("an e-mail didn't get through in a day", notice=notice_id, reason=reason)
                    notice.status, notice.error = MailStatus.FAILED, reason
                case Later(reason=reason):
                    if not self._is_failing:
                        log.warning("an e-mail doesn't get through; it is tried again", notice=notice_id, reason=reason)
                    self._is_failing = True
                    notice.error = reason
            session.add(notice)


async def deliver(server: MailServer, message: EmailMessage) -> Ending:
    """Hand one letter to the server. The reasons hold codes and kinds of errors: a server's words repeat addresses."""
    try:
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.starttls,
            username=server.user,
            password=server.password,
            timeout=PATIENCE,
        )
    except aiosmtplib.SMTPRecipientsRefused as exc:
        codes = [one.code for one in exc.recipients]
        refused = bool(codes) and all(code >= 500 for code in codes)
        reason = f"the server refuses the address ({', '.join(map(str, codes))})"
        return Never(reason=reason) if refused else Later(reason=reason)
    except aiosmtplib.SMTPAuthenticationError as exc:
        return Later(reason=f"the server refuses user and password ({exc.code}); check STUUR_SMTP_URL")
    except aiosmtplib.SMTPSenderRefused as exc:
        return Later(reason=f"the server refuses the sender ({exc.code}); check STUUR_SMTP_FROM")
    except aiosmtplib.SMTPDataError as exc:
        reason = f"the server refuses the letter ({exc.code})"
        return Never(reason=reason) if exc.code >= 500 else Later(reason=reason)
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as exc:
        return Later(reason=f"the server can't be used ({type(exc).__name__}); check STUUR_SMTP_URL")
    return Gone()
