"""Menus and descriptions."""

from structlog.testing import capture_logs
from telegram import Bot

from bot.sandbox import Account, Sandbox
from bot.telegram.setup import present, set_menu

NL, EN = [("start", "Begin"), ("help", "Hulp")], [("start", "Begin here"), ("help", "Help")]


async def show(bot: Bot, description: str = "Ik help je.") -> None:
    await present(
        bot,
        commands={"nl": NL, "en": EN},
        descriptions={"nl": description, "en": "I help you."},
        short_descriptions={"nl": "Hulp", "en": "Help"},
    )


def setters(sandbox: Sandbox) -> list[str]:
    return [call.method for call in sandbox.calls if call.method.startswith("set")]


async def test_each_language_has_its_own_and_others_dutch(bot: Bot, sandbox: Sandbox) -> None:
    await show(bot)

    assert (await bot.get_my_description()).description == "Ik help je."
    assert (await bot.get_my_description(language_code="en")).description == "I help you."
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Help"


async def test_only_what_changed_is_set_again(bot: Bot, sandbox: Sandbox) -> None:
    await show(bot)
    before = len(setters(sandbox))

    await show(bot)
    assert len(setters(sandbox)) == before

    await show(bot, "Ik help je graag.")
    assert set(setters(sandbox)[before:]) == {"setMyDescription"}


async def test_a_chat_gets_a_menu_of_its_own_and_loses_it(bot: Bot, sandbox: Sandbox, fatma: Account) -> None:
    await show(bot)

    await set_menu(bot, fatma.id, [("werk", "Jouw werk")])
    assert menu(sandbox, fatma) == ["werk"]

    await set_menu(bot, fatma.id, [])
    assert menu(sandbox, fatma) == ["start", "help"]


async def test_a_failure_is_logged_and_stops_nothing(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.error(500)

    with capture_logs() as logs:
        await show(bot)

    assert [line["log_level"] for line in logs] == ["warning"]


def menu(sandbox: Sandbox, account: Account) -> list[str]:
    """The commands somebody sees."""
    shown = sandbox.world.describe_account(sandbox.world.accounts[account.id])
    return [command["command"] for command in shown["commands"]]
