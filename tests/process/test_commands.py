"""The commands next to `run` and `demo`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storage.people import Role
from tests.process.running import command

LINK = re.compile(r"https://t\.me/stuur_sandbox_bot\?start=(\S+)")


async def test_migrate_says_that_it_is_done(empty_database_url: str, settings: dict[str, str], tmp_path: Path) -> None:
    ended = await command(tmp_path, "migrate", **settings | {"database": empty_database_url})

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "The database is up to date.\n"


@pytest.mark.parametrize(
    ("role", "team"),
    [
        (Role.CIVIL_SERVANT, "buitenruimte"),
        (Role.PARTNER, "sociaal-werk"),
        (Role.COORDINATOR, None),
        (Role.ADMIN, None),
    ],
)
async def test_an_invitation_is_a_link_and_a_code(
    settings: dict[str, str], tmp_path: Path, role: Role, team: str | None
) -> None:
    ended = await command(tmp_path, "invite", role.value, *(["--team", team] if team else []), **settings)

    assert (ended.code, ended.err) == (0, "")
    link, code = ended.out.splitlines()
    found = LINK.fullmatch(link)
    assert found is not None
    assert code == found[1]


async def test_who_has_no_telegram_is_added_where_there_is_e_mail(settings: dict[str, str], tmp_path: Path) -> None:
    somebody = ("invite", "civil_servant", "--email", "anna@elzermeer.example", "--name", "Anna")
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
    mail = {"smtp_url": "smtp://localhost", "smtp_from": "stuur@elzermeer.example", "public_url": "https://a.example"}

    refused = await command(folders[0], *somebody, **settings)
    added = await command(folders[1], *somebody, **settings | mail)
    again = await command(folders[2], *somebody, **settings | mail)

    assert (refused.code, refused.err.count("\n"), "STUUR_SMTP_URL" in refused.err) == (2, 1, True)
    assert (added.code, added.err) == (0, "")
    assert "Anna" in added.out
    assert (again.code, "already" in again.err) == (2, True)


async def test_an_unknown_team_is_named_with_those_there_are(settings: dict[str, str], tmp_path: Path) -> None:
    ended = await command(tmp_path, "invite", "partner", "--team", "maan", **settings)

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "maan" in ended.err
    assert "buitenruimte" in ended.err


@pytest.mark.parametrize(
    ("role", "team", "words"),
    [
        ("coordinator", "klantcontact", ["whole municipality", "leave out --team"]),
        ("admin", "klantcontact", ["whole municipality", "leave out --team"]),
        ("partner", "klantcontact", ["a team of a partner", "sociaal-werk"]),
        ("partner", None, ["a team of a partner", "give --team", "sociaal-werk"]),
        ("civil_servant", "sociaal-werk", ["a team of the municipality", "klantcontact"]),
    ],
)
async def test_a_team_that_does_not_fit_the_role_is_refused(
    settings: dict[str, str], tmp_path: Path, role: str, team: str | None, words: list[str]
) -> None:
    ended = await command(tmp_path, "invite", role, *(["--team", team] if team else []), **settings)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert [word for word in words if word not in ended.err] == []


async def test_an_unknown_role_is_answered_with_those_there_are(settings: dict[str, str], tmp_path: Path) -> None:
    ended = await command(tmp_path, "invite", "koning", **settings)

    assert ended.code == 2
    assert "coordinator" in ended.err
    assert "Traceback" not in ended.err


async def test_check_finds_the_example_in_order(settings: dict[str, str], tmp_path: Path) -> None:
    ended = await command(tmp_path, "check", **settings)

    assert (ended.code, ended.err) == (0, "")
    assert "Elzermeer" in ended.out


async def test_check_finds_a_text_that_telegram_would_refuse(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "eigen.toml").write_text('[menu]\nwhat = "<b>Wat wil je doen?"\n')

    ended = await command(tmp_path, "check", **settings | {"texts": str(tmp_path)})

    assert ended.code == 1
    assert "menu.what" in ended.out


async def test_help_names_every_command(tmp_path: Path) -> None:
    ended = await command(tmp_path, "--help")

    assert ended.code == 0
    assert [name for name in ("demo", "run", "migrate", "invite", "check", "lessons") if name not in ended.out] == []
