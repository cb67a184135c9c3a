"""How the Bot API says no."""

from typing import Any


class ApiError(Exception):
    """The Bot API refuses a call; status and description as Telegram gives them."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class ClientError(Exception):
    """A Telegram app couldn't do this; status is an HTTP status, the message is for developers."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def bad_request(what: str) -> ApiError:
    """400, worded as Telegram does: "Bad Request: …"."""
    return ApiError(400, f"Bad Request: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the whole seconds after which a call may succeed."""
    description = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, description, {"retry_after": retry_after})
