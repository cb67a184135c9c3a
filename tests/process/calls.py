"""Whether all that the bot asked of Telegram fits the Bot API."""

from __future__ import annotations

from collections import Counter

from bot.sandbox import Sandbox

REPEATED = {
    "editMessageText": "Bad Request: message is not modified",
    "editMessageReplyMarkup": "Bad Request: message is not modified",
    "answerCallbackQuery": "Bad Request: query is too old",
}
"""What Telegram answers when a call is made again: after a kill nobody can know that the first one arrived."""


def misfits(sandbox: Sandbox) -> list[str]:
    """Calls that Telegram wouldn't understand, and how often each was made; empty when all is well."""
    refused = Counter(
        f"{call.method}: {call.status} {call.refusal}"
        for call in sandbox.calls
        if call.status in (400, 401, 404) and not call.refusal.startswith(REPEATED.get(call.method, "-"))
    )
    return [f"{times} × {call}" for call, times in refused.items()]
