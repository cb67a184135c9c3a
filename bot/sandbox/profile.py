"""How the bot presents itself: name, descriptions, command menus, menu button; per language where Telegram does so."""

from typing import Any

from bot.sandbox.accounts import Account
from bot.sandbox.store import Store

Command = dict[str, str]

DEFAULT: tuple[str, ...] = ("default",)


class Profile:
    """What setMy… sets and getMy… gives."""

    def __init__(self, store: Store, first_name: str) -> None:
        self._store = store
        self._first_name = first_name
        self._texts: dict[tuple[int | str, ...], str] = store.all("profile")
        self._commands: dict[tuple[int | str, ...], list[Command]] = store.all("commands")
        self._menu_buttons: dict[tuple[int | str, ...], dict[str, Any]] = store.all("menu_button")

    def set_text(self, kind: str, language: str, text: str) -> None:
        """kind: name, description or short_description; an empty text removes the one of that language."""
        if text:
            self._texts[kind, language] = text
            self._store.put("profile", (kind, language), text)
        else:
            self._texts.pop((kind, language), None)
            self._store.remove("profile", (kind, language))

    def text(self, kind: str, language: str = "") -> str:
        """The text in this language, else the one for all languages, else nothing (the bot's first name)."""
        fallback = self._first_name if kind == "name" else ""
        return self._texts.get((kind, language)) or self._texts.get((kind, "")) or fallback

    def set_commands(self, scope: tuple[int | str, ...], language: str, commands: list[Command]) -> None:
        """scope: ("default",), ("all_private_chats",), ("chat", id), …; no commands: back to the wider scope."""
        key = (language, *scope)
        if commands:
            self._commands[key] = commands
            self._store.put("commands", key, commands)
        else:
            self._commands.pop(key, None)
            self._store.remove("commands", key)

    def commands(self, scope: tuple[int | str, ...], language: str) -> list[Command]:
        """Just what was set for this scope and language."""
        return self._commands.get((language, *scope), [])

    def commands_for(self, account: Account) -> list[Command]:
        """The menu this account sees: the narrowest scope wins, then its language.

        https://core.telegram.org/bots/api#determining-list-of-commands
        """
        scopes: tuple[tuple[int | str, ...], ...] = (("chat", account.id), ("all_private_chats",), DEFAULT)
        for scope in scopes:
            for language in (account.language_code or "", ""):
                if found := self.commands(scope, language):
                    return found
        return []

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """The button beside the text field: of one chat, or of all (None)."""
        self._menu_buttons[chat_id or 0,] = button
        self._store.put("menu_button", (chat_id or 0,), button)

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        """The chat's own, else that of all chats."""
        standard: dict[str, Any] = {"type": "default"}
        own = self._menu_buttons.get((chat_id or 0,), standard)
        return self._menu_buttons.get((0,), standard) if own == standard else own
