"""`stuur demo`: the sandbox and the real bot side by side, talking HTTP, with a few people to play.

Everything is kept in one folder: what Telegram would keep, and what the bot keeps. So it can be killed at any moment.
"""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import typer
from pydantic import SecretStr

from bot.app import started
from bot.demo_folder import database_in
from bot.demo_people import PEOPLE, TEAM_IN_GROUP, Player, fill
from bot.sandbox import Group, Sandbox
from bot.settings import Settings, SettingsError
from flows.municipality import Municipality
from locales.catalogue import Catalogue, plain

TOKEN = "1:demo-" + "0" * 28
"""Only the sandbox on this machine knows it."""
LANGUAGE = "nl"


async def play(*, port: int, open_browser: bool, folder: Path, stop: asyncio.Event) -> None:
    """Run until `stop` is set. Raises the errors of bad configuration."""
    catalogue = Catalogue.load()
    sandbox = Sandbox(token=TOKEN, store=folder / "telegram.db", texts=page_texts(catalogue), username="stuur_demo_bot")
    for person in PEOPLE:
        sandbox.add_account(person.id, person.first_name, title=person.title(catalogue))
    group = _team_group(sandbox)
    try:
        await sandbox.start(port=port)
    except OSError as exc:
        raise SettingsError(f"port {port} is in use; choose another with --port, or 0 for a free one") from exc
    try:
        pages = port_near(sandbox.url)
        settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            database=database_in(folder),
            api_url=sandbox.url,
            webhook_url=None,
            port=pages,
            public_url=f"http://127.0.0.1:{pages}",
            municipality=None,
            texts=None,
        )
        async with started(settings, stop, per_chat=0, catalogue=catalogue) as app:
            codes = await fill(app.database, app.house, group.id)
            say = catalogue.text("example.started", LANGUAGE, url=sandbox.url, folder=str(folder))
            typer.echo(plain(say))
            if open_browser:
                await asyncio.to_thread(webbrowser.open, sandbox.url)
            hello = asyncio.create_task(_say_hello(sandbox, codes))
            await stop.wait()
            hello.cancel()
    finally:
        await sandbox.stop()


def port_near(url: str) -> int:
    """Where the public pages are: the port after that of the chats, so that links still work the next time; or any."""
    for port in ((urlsplit(url).port or 0) + 1, 0):
        with suppress(OSError, OverflowError), socket.create_server(("127.0.0.1", port)) as probe:
            return int(probe.getsockname()[1])
    raise SettingsError("there is no free port on 127.0.0.1; stop something that listens")


def _team_group(sandbox: Sandbox) -> Group:
    """The group of a team, with topics that the bot may make; made the first time."""
    there = (one for one in sandbox.world.groups.values() if one.may("can_manage_topics"))
    if (group := next(there, None)) is not None:
        return group
    team = Municipality.load().team(TEAM_IN_GROUP)
    assert team is not None
    first, *others = (one.id for one in PEOPLE if any(code == team.code for _, code in one.roles))
    groups = sandbox.groups
    made = groups.create(first, team.name, others)
    groups.add_bot(made.id)
    forum = groups.set_forum(made.id)
    groups.promote_bot(forum.id)
    return forum


async def _say_hello(sandbox: Sandbox, codes: Mapping[int, list[str]]) -> None:
    """The first time everybody says hello, those who work here with their code. Later they are where they were."""
    new = [person for person in PEOPLE if person.id in codes or not sandbox.world.accounts[person.id].started]
    for person in new:
        for text in [f"/start {code}" for code in codes.get(person.id, [])] or ["/start"]:
            sandbox.client.send_text(person.id, text)
    for person in new:
        if person.district is not None:
            await sandbox.until(partial(_button, sandbox, person))
            message_id, data = _button(sandbox, person) or (0, "")
            sandbox.client.press(person.id, message_id, data)


def _button(sandbox: Sandbox, person: Player) -> tuple[int, str] | None:
    """The button with the person's district, once the bot has asked for it."""
    for message in sandbox.world.messages[person.id].values():
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["text"] == person.district:
                    return message["message_id"], button["callback_data"]
    return None


def page_texts(catalogue: Catalogue) -> dict[str, str]:
    """All texts of the page, by key. The page fills in its placeholders itself."""
    return catalogue.sources("demo", LANGUAGE)
