"""Bad configuration gets one line that says what to do, and exit code 2."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.municipality import EXAMPLE
from tests.databases import PostgresServer
from tests.process.running import Ended, command

ADDRESS = "http://127.0.0.1"


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that something listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@pytest.fixture
def closed_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def assert_says(ended: Ended, *words: str) -> None:
    """One line on standard error with these words, nothing else, exit code 2."""
    assert ended.err.count("\n") == 1, ended.err
    assert ended.err.startswith("stuur: ")
    assert [word for word in words if word not in ended.err] == []
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize("verb", [("run",), ("invite", "coordinator")])
async def test_without_a_token(settings: dict[str, str], tmp_path: Path, verb: tuple[str, ...]) -> None:
    ended = await command(tmp_path, *verb, **settings | {"token": ""})

    assert_says(ended, "STUUR_TOKEN", "@BotFather", "stuur demo")


@pytest.mark.parametrize(
    ("verb", "token"), [(("run",), "1:wrong"), (("run",), "no token at all"), (("invite", "coordinator"), "1:wrong")]
)
async def test_with_a_token_telegram_does_not_know(
    settings: dict[str, str], tmp_path: Path, verb: tuple[str, ...], token: str
) -> None:
    ended = await command(tmp_path, *verb, **settings | {"token": token})

    assert_says(ended, "STUUR_TOKEN", "@BotFather")
    assert token not in ended.err


async def test_where_telegram_does_not_answer(settings: dict[str, str], tmp_path: Path) -> None:
    # A port that is never given out: a free one may be somebody else's a moment later.
    ended = await command(tmp_path, "run", **settings | {"api_url": f"{ADDRESS}:1"})

    assert_says(ended, f"{ADDRESS}:1", "STUUR_API_URL")


@pytest.mark.parametrize(
    ("verb", "database", "words"),
    [
        ("run", "sqlite+aiosqlite:///{folder}/nowhere/stuur.db", ("nowhere", "make it first")),
        ("run", "sqlite+aiosqlite:///{folder}/text.db", ("text.db", "not a database")),
        ("migrate", "sqlite+aiosqlite:///{folder}", ("can't be written to",)),
        ("migrate", "stuur.db", ("STUUR_DATABASE", "sqlite+aiosqlite:///")),
        ("run", "mysql://localhost/stuur", ("STUUR_DATABASE", "postgresql+asyncpg://")),
        ("run", "postgresql+asyncpg://stuur:geheim@127.0.0.1:{port}/stuur", ("127.0.0.1", "check that it runs")),
    ],
)
async def test_with_a_database_that_can_not_be_used(
    settings: dict[str, str], tmp_path: Path, closed_port: int, verb: str, database: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "text.db").write_text("Dit is geen database.\n" * 100)
    url = database.format(folder=tmp_path, port=closed_port)

    ended = await command(tmp_path, verb, **settings | {"database": url})

    assert_says(ended, *words)
    assert "geheim" not in ended.err


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_with_a_server_that_was_not_migrated(
    backend: PostgresServer, empty_database_url: str, settings: dict[str, str], tmp_path: Path
) -> None:
    ended = await command(tmp_path, "run", **settings | {"database": empty_database_url})

    assert_says(ended, "stuur migrate")


@pytest.mark.parametrize(
    ("verb", "change", "words"),
    [
        ("run", ("name = ", "name "), ("municipality.toml", "line")),
        ("check", ('organisation = "', 'organisation = "x-'), ("municipality.toml", "x-")),
    ],
)
async def test_with_a_broken_municipality(
    settings: dict[str, str], tmp_path: Path, verb: str, change: tuple[str, str], words: tuple[str, ...]
) -> None:
    file = tmp_path / "municipality.toml"
    file.write_text(EXAMPLE.read_text().replace(*change, 1))

    ended = await command(tmp_path, verb, **settings | {"municipality": str(file)})

    assert_says(ended, *words)


async def test_with_a_municipality_that_is_not_there(settings: dict[str, str], tmp_path: Path) -> None:
    ended = await command(tmp_path, "run", **settings | {"municipality": "nowhere.toml"})

    assert_says(ended, "nowhere.toml")


async def test_with_a_port_that_is_in_use(settings: dict[str, str], tmp_path: Path, taken_port: int) -> None:
    ended = await command(tmp_path, "run", **settings | {"port": str(taken_port)})

    assert_says(ended, str(taken_port), "STUUR_PORT")


async def test_a_demo_on_a_port_that_is_in_use(tmp_path: Path, taken_port: int) -> None:
    ended = await command(tmp_path, "demo", "--no-browser", "--port", str(taken_port))

    assert_says(ended, str(taken_port), "--port")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "many"),
        ("port", "70000"),
        ("api_url", "telegram"),
        ("webhook_url", "elzermeer"),
        ("public_url", "http://localhost:8080"),
        ("broadcast_rate", "0"),
    ],
)
async def test_with_a_setting_of_the_wrong_kind(
    settings: dict[str, str], tmp_path: Path, name: str, value: str
) -> None:
    ended = await command(tmp_path, "run", **settings | {name: value})

    assert_says(ended, f"STUUR_{name.upper()}", ".env")
