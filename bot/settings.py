"""Settings, read once from the environment (prefix STUUR_) or `.env`, into one frozen object."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.mail.server import MailServer


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line that says what to do."""


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a whole address, such as https://example.org")
    return value.rstrip("/")


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


_ADDRESS = re.compile(r"[^@\s<>\x00-\x1f]+@[^@\s<>\x00-\x1f]+\.[^@\s<>\x00-\x1f]+")

TELEGRAM = "https://api.telegram.org"
Address = Annotated[str, AfterValidator(_address)]
EmptyIsNone = BeforeValidator(_none_if_empty)


class Settings(BaseSettings):
    """What users hold on to; every name has the prefix STUUR_ in the environment."""

    model_config = SettingsConfigDict(env_prefix="STUUR_", env_file=".env", extra="ignore", frozen=True)

    token: Annotated[SecretStr | None, EmptyIsNone] = None
    """From BotFather."""
    database: str = "sqlite+aiosqlite:///stuur.db"
    """As SQLAlchemy writes it, with an async driver."""
    api_url: Address = TELEGRAM
    """A Bot API server."""
    webhook_url: Annotated[Address | None, EmptyIsNone] = None
    """Public https address of this process (http will do for a Bot API server of one's own); None: polling."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """For the webhook, /healthz and /metrics; 0 takes a free one."""
    public_url: Annotated[Address | None, EmptyIsNone] = None
    """Public address of our own pages, for links to them; None: nobody is sent there."""
    smtp_from: Annotated[str | None, EmptyIsNone] = None
    """The address that e-mail comes from; None: the user in `smtp_url`."""
    smtp_url: Annotated[SecretStr | None, EmptyIsNone] = None
    """The server for e-mail to who works here without Telegram; None: there is no e-mail."""
    municipality: Annotated[Path | None, EmptyIsNone] = None
    """The TOML file; None: the fictional example."""
    texts: Annotated[Path | None, EmptyIsNone] = None
    """A folder with the municipality's own texts, <language>/*.toml; they go before ours."""
    broadcast_rate: Annotated[float, Field(gt=0, le=1000)] = 30
    """Messages a second."""

    @field_validator("webhook_url")
    @classmethod
    def _is_secure(cls, value: str | None, info: ValidationInfo) -> str | None:
        # https://core.telegram.org/bots/api#using-a-local-bot-api-server
        if value and not value.startswith("https://") and info.data.get("api_url") == TELEGRAM:
            raise ValueError("Telegram only brings updates to an https address")
        return value

    @field_validator("public_url")
    @classmethod
    def _can_be_opened(cls, value: str | None) -> str | None:
        # https://core.telegram.org/bots/api#inlinekeyboardbutton: a message with a link to localhost isn't sent
        if value and "." not in (host := urlsplit(value).hostname or "") and ":" not in host:
            raise ValueError("write the address at which residents open the pages; Telegram refuses links to this one")
        return value

    @field_validator("smtp_from")
    @classmethod
    def _is_one_address(cls, value: str | None) -> str | None:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("write one address without a name, such as stuur@example.org")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _can_be_used(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            return None
        server = MailServer.parse(value.get_secret_value())
        if "public_url" in info.data and info.data["public_url"] is None:
            raise ValueError("set STUUR_PUBLIC_URL too, as the links in an e-mail must lead somewhere")
        if "smtp_from" in info.data and info.data["smtp_from"] is None and not _ADDRESS.fullmatch(server.user or ""):
            raise ValueError("set STUUR_SMTP_FROM too: the address that e-mail comes from")
        return value

    @property
    def mail(self) -> tuple[MailServer, str] | None:
        """The server for e-mail and the address it comes from; None: there is no e-mail."""
        if self.smtp_url is None:
            return None
        server = MailServer.parse(self.smtp_url.get_secret_value())
        return server, self.smtp_from or server.user or ""

    def need_token(self) -> str:
        """The token; raises SettingsError where there is none."""
        if self.token is None:
            raise SettingsError(
                "STUUR_TOKEN is not set; ask @BotFather in Telegram for a bot and put its token in the environment or "
                ".env (to try Stuur without one: stuur demo)"
            )
        return self.token.get_secret_value()


def read() -> Settings:
    """Read the settings; raises SettingsError with one line for the first that is wrong."""
    try:
        return Settings()
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"STUUR_{name} can't be used: {reason}; correct it in the environment or .env") from exc
