"""Telegram must know us before anything else is done."""

from __future__ import annotations

import asyncio

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.settings import SettingsError
from bot.telegram.errors import TokenError

PAUSES = (1, 2, 4)
"""Seconds between the tries while nobody answers: a server that starts along with us may need a moment."""


async def introduce(bot: Bot, api_url: str) -> str:
    """Initialize `bot`; gives its name at Telegram, without the @.

    Raises TokenError for a token that isn't known there, SettingsError when nobody answers at `api_url`.
    """
    for pause in (*PAUSES, None):
        try:
            await bot.initialize()
            return bot.username
        except InvalidToken as exc:
            raise TokenError(
                "STUUR_TOKEN is not a token Telegram knows; copy it again from @BotFather, it looks like 123456:ABC…"
            ) from exc
        except TelegramError as exc:
            if pause is None:
                raise SettingsError(
                    f"{api_url} does not answer as a Bot API server; check the network and STUUR_API_URL"
                ) from exc
            await asyncio.sleep(pause)
    raise AssertionError("unreachable")
