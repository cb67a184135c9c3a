"""Methods that say how the bot presents itself."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.common import Method, Parameters, find_chat
from bot.sandbox.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"([a-z]{2})?")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}  # characters


def set_commands(world: World, parameters: Parameters) -> bool:
    """The menu for a scope and a language; refused for bad names and lengths."""
    commands = parameters["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= LONGEST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    return _put_commands(world, parameters, kept)


def delete_commands(world: World, parameters: Parameters) -> bool:
    """No menu for this scope and language: the wider scope's shows."""
    return _put_commands(world, parameters, [])


def get_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    """What was set for just this scope and language."""
    return world.profile.commands(_scope(world, parameters), _language(parameters))


def set_menu_button(world: World, parameters: Parameters) -> bool:
    """The button beside the text field."""
    button = parameters.get("menu_button", {"type": "default"})
    world.profile.set_menu_button(_chat(world, parameters), button)
    return True


def get_menu_button(world: World, parameters: Parameters) -> dict[str, Any]:
    """The button of this chat, or of all."""
    return world.profile.menu_button(_chat(world, parameters))


def _put_commands(world: World, parameters: Parameters, commands: list[dict[str, str]]) -> bool:
    before = {account.id: world.profile.commands_for(account) for account in world.accounts.values()}
    world.profile.set_commands(_scope(world, parameters), _language(parameters), commands)
    for account in world.accounts.values():
        seen = world.profile.commands_for(account)
        if seen != before[account.id]:
            world.events.publish("commands", account.id, commands=seen)
    return True


def _scope(world: World, parameters: Parameters) -> tuple[int | str, ...]:
    scope = parameters.get("scope", {"type": "default"})
    if "chat_id" not in scope:
        return (scope["type"],)
    chat_id = find_chat(world, scope["chat_id"]).id
    if scope["type"] != "chat":
        raise bad_request("can't change commands of this scope in a private chat")
    return (scope["type"], chat_id)


def _chat(world: World, parameters: Parameters) -> int | None:
    return find_chat(world, parameters["chat_id"]).id if "chat_id" in parameters else None


def _language(parameters: Parameters) -> str:
    language: str = parameters.get("language_code", "")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _setter(kind: str) -> Method:
    def set_text(world: World, parameters: Parameters) -> bool:
        text = parameters.get(kind, "").strip()
        if len(text) > LONGEST[kind]:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long, at most {LONGEST[kind]} characters")
        world.profile.set_text(kind, _language(parameters), text)
        world.events.publish("bot", bot=describe_bot(world))
        return True

    return set_text


def _getter(kind: str) -> Method:
    return lambda world, parameters: {kind: world.profile.text(kind, _language(parameters))}


def describe_bot(world: World) -> dict[str, Any]:
    """The bot for the page, in the language of the first account."""
    language = next((account.language_code for account in world.accounts.values()), None) or ""
    texts = {kind: world.profile.text(kind, language) for kind in ("description", "short_description")}
    return {
        "id": world.bot["id"],
        "first_name": world.profile.text("name", language),
        "username": world.bot["username"],
        **texts,
    }


METHODS: dict[str, Method] = {
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "getMyCommands": get_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
