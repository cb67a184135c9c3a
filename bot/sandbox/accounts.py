"""The people of the sandbox: Telegram accounts, each with its private chat with the bot."""

from dataclasses import asdict, dataclass
from typing import Any

User = dict[str, Any]


@dataclass
class Account:
    """A person's account and what holds for their chat with the bot; the chat's id is the account's."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "nl"
    title: str = ""
    started: bool = False
    blocked: bool = False
    reply_keyboard: dict[str, Any] | None = None

    def user(self) -> User:
        """The Bot API User."""
        return {"id": self.id, "is_bot": False, **self._names(), **_given(language_code=self.language_code)}

    def chat(self) -> dict[str, Any]:
        """The Bot API Chat: private, with this account."""
        return {"id": self.id, "type": "private", **self._names()}

    def as_json(self) -> dict[str, Any]:
        """All of it, to keep."""
        return asdict(self)

    def _names(self) -> dict[str, Any]:
        return {"first_name": self.first_name, **_given(last_name=self.last_name, username=self.username)}


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
