"""`stuur routing evaluate`: anyone can measure how well questions are routed."""

from __future__ import annotations

import json
from pathlib import Path

import flows.municipality
from tests.process.running import command

FOLDER = Path(flows.municipality.__file__).parent
TRAIN, TEST = str(FOLDER / "example-questions.tsv"), str(FOLDER / "example-questions-apart.tsv")


async def test_figures_are_printed(tmp_path: Path) -> None:
    ended = await command(tmp_path, "routing", "evaluate", TRAIN, TEST)

    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("The likeliest theme is right")
    assert lines[3].startswith("Routed without asking")
    assert lines[-1].split()[0] == "100.0%"


async def test_json_is_for_machines(tmp_path: Path) -> None:
    ended = await command(tmp_path, "routing", "evaluate", TRAIN, TEST, "--json")

    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert list(found) == ["top1", "top3", "ms", "curve"]
    assert found["top1"] <= found["top3"] <= 1
    assert found["curve"][-1] == [1.0, found["top1"]]
    assert found["ms"] < 5 * 20, "twenty times as slow as promised, on however busy a machine"


async def test_a_bad_file_gives_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("vraag\tthema\n")

    ended = await command(tmp_path, "routing", "evaluate", str(bad), TEST)

    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert f"{bad}, line 1: no column 'question'" in ended.err


async def test_a_missing_file_gives_one_line(tmp_path: Path) -> None:
    ended = await command(tmp_path, "routing", "evaluate", TRAIN, str(tmp_path / "none.tsv"))

    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "none.tsv can't be read" in ended.err
