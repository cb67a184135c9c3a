"""A real mail server of our own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from warnings import catch_warnings, simplefilter

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.mail.server import MailServer

LINK = re.compile(r"https?://\S+/werk/[A-Za-z0-9_-]{43}")


@dataclass
class PostOffice:
    """Keeps what it gets; says no where it is told to."""

    server: MailServer
    letters: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    """The answer to MAIL, RCPT or DATA, instead of yes."""
    users: list[tuple[str, str]] = field(default_factory=list)
    """Who logged in, with which password."""

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.refusals:
            return self.refusals["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" in self.refusals:
            return f"{self.refusals['RCPT']} {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert [letter["To"]] == envelope.rcpt_tos
        self.letters.append(letter)
        return "250 OK"

    async def has_letter(self) -> bool:
        """Whether anything came."""
        return bool(self.letters)

    def links(self) -> list[str]:
        """The link in each letter."""
        return [LINK.findall(text_of(letter))[0] for letter in self.letters]


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """One of the two forms of a letter."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@asynccontextmanager
async def post_office(*, password: str | None = None) -> AsyncIterator[PostOffice]:
    """Open on a free port of this machine; with `password` for who logs in with it as "stuur"."""
    office = PostOffice(server=MailServer.parse("smtp://localhost"))

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        office.users.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=office.users[-1] == ("stuur", password), handled=False)

    def serve() -> SMTP:
        with catch_warnings():
            simplefilter("ignore")  # that a password goes in the clear: it stays on this machine
            return SMTP(
                office,
                loop=asyncio.get_running_loop(),
                hostname="mail.example",
                authenticator=authenticate if password else None,
                auth_required=password is not None,
                auth_require_tls=False,
            )

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    account = f"stuur:{password}@" if password else ""
    office.server = MailServer.parse(f"smtp://{account}127.0.0.1:{port}")
    try:
        yield office
    finally:
        server.close()
