"""`stuur articles evaluate`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flows.knowledge.data_files import DATA
from tests.process.running import command

ARTICLES = DATA / "articles.tsv"
QUERIES = DATA / "queries_tuned_on.tsv"


async def test_it_tells_a_machine_and_people_how_often_the_right_one_is_found(tmp_path: Path) -> None:
    for name in ("json", "text"):
        (tmp_path / name).mkdir()
    machine = await command(tmp_path / "json", "articles", "evaluate", str(ARTICLES), str(QUERIES), "--json")
    people = await command(tmp_path / "text", "articles", "evaluate", str(ARTICLES), str(QUERIES))

    assert (machine.code, machine.err, people.code, people.err) == (0, "", 0, "")
    measured = json.loads(machine.out)
    assert set(measured) == {"first", "top3", "ms"}
    assert 0.6 < measured["first"] < measured["top3"] <= 1
    assert "432 queries, 178 articles." in people.out
    assert f"{measured['top3']:.0%}" in people.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["can't be read", "no such file"]),
        (b"question\tanswer\n\xff\xfe\tx\n", ["isn't UTF-8"]),
        (b"vraag\tantwoord\na\tb\n", ["no column"]),
        (b"question\tanswer\na\n", ["line 2"]),
    ],
)
@pytest.mark.parametrize("which", ["articles", "queries"])
async def test_a_bad_file_is_named_in_one_line(
    tmp_path: Path, which: str, content: bytes | None, words: list[str]
) -> None:
    bad = tmp_path / "slecht.tsv"
    if content is not None:
        bad.write_bytes(content.replace(b"question\tanswer", b"query\tquestion") if which == "queries" else content)
    files = (bad, QUERIES) if which == "articles" else (ARTICLES, bad)

    ended = await command(tmp_path, "articles", "evaluate", *map(str, files))

    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended
    assert [word for word in ("stuur: ", "slecht.tsv", *words) if word not in ended.err] == []
