"""Which server takes our e-mail, as it is written in one address. Light: the settings read it at every start."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A server for outgoing e-mail."""

    host: str
    port: int
    tls: bool
    """From the first byte."""
    starttls: bool
    """After the greeting; a server that can't is refused."""
    user: str | None = None
    password: str | None = None

    @classmethod
    def parse(cls, url: str) -> MailServer:
        """Read smtp://, smtp+starttls:// or smtps://user:password@host:port; raises ValueError with the remedy."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError("its port is no number; write smtps://user:password@host:465") from None
        starttls = parts.scheme == "smtp+starttls" or parse_qs(parts.query).get("starttls") == ["1"]
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("write smtps://user:password@host:465, or smtp+starttls:// with port 587")
        if parts.scheme == "smtps" and starttls:
            raise ValueError("smtps:// begins with TLS, so leave out starttls=1")
        tls = parts.scheme == "smtps"
        if parts.password and not tls and not starttls and parts.hostname not in HERE:
            raise ValueError("a password would go in the clear; write smtps:// or smtp+starttls://")
        return cls(
            host=parts.hostname,
            port=port or PORTS["smtp+starttls" if starttls else parts.scheme],
            tls=tls,
            starttls=starttls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )
