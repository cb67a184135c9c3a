"""How the bot presents itself: its description and menus, in each language, changed only when they differ."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.telegram.trouble import describe

Commands = Sequence[tuple[str, str]]
"""Names without the slash and what they do, in the order of the menu."""

T = TypeVar("T")

log = structlog.get_logger()


async def present(
    bot: Bot,
    *,
    commands: Mapping[str, Commands],
    descriptions: Mapping[str, str],
    short_descriptions: Mapping[str, str],
    default: str = "nl",
) -> None:
    """Set menus and descriptions by language code; who has another language gets the `default`'s.

    A failure is logged and stops nothing: people can talk to a bot without a menu.
    """
    try:
        for code, wanted in _with_fallback(commands, default).items():
            await _set_commands(bot, wanted, BotCommandScopeAllPrivateChats(), code)
        for code, text in _with_fallback(descriptions, default).items():
            if (await bot.get_my_description(language_code=code)).description != text:
                await bot.set_my_description(text, language_code=code)
        for code, text in _with_fallback(short_descriptions, default).items():
            if (await bot.get_my_short_description(language_code=code)).short_description != text:
                await bot.set_my_short_description(text, language_code=code)
    except TelegramError as exc:
        log.warning("menus and descriptions were not set", reason=describe(exc))


async def set_menu(bot: Bot, chat_id: int, commands: Commands) -> None:
    """Give one chat a menu of its own, in the language the person chose; without commands the general one again."""
    scope = BotCommandScopeChat(chat_id)
    if commands:
        await _set_commands(bot, commands, scope, "")
    else:
        await bot.delete_my_commands(scope)


async def _set_commands(bot: Bot, commands: Commands, scope: BotCommandScope, code: str) -> None:
    wanted = tuple(BotCommand(name, description) for name, description in commands)
    if await bot.get_my_commands(scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope, language_code=code or None)


def _with_fallback(texts: Mapping[str, T], default: str) -> dict[str, T]:
    return {"": texts[default], **texts}
