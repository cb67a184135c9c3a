"""The worked example of flows/talk/README.md is built as the page says, in a copy of the house, and its tests run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).parents[3]
README = ROOT / "flows" / "talk" / "README.md"
BLOCK = re.compile(
    r"^```\w+\n# (?P<file>[\w./]+)(?:, in (?P<within>\w+))?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
"""A piece of code that names its file; `in NAME`: at the top of the table that begins with that name."""
CHOSEN = "not postgresql and (compliment or not sqlite)"
"""All that looks over the whole house, and of what runs per command that of the example."""


def build(house: Path) -> list[str]:
    """Do what the page says; gives the files."""
    files = []
    for block in BLOCK.finditer(README.read_text("utf-8")):
        file, text = house / block["file"], block["text"]
        files.append(block["file"])
        before = file.read_text("utf-8") if file.exists() else ""
        file.parent.mkdir(exist_ok=True)
        if block["within"]:
            begins = re.compile(rf"^{block['within']}\b.*[\[({{]\n", re.MULTILINE)
            (start,) = (found.end() for found in begins.finditer(before))
            after = before[:start] + text + before[start:]
        else:
            after = f"{before}\n\n{text}" if before else text
        file.write_text(after, "utf-8")
    return files


def test_the_worked_example_works(tmp_path: Path) -> None:
    for folder in ("bot", "flows", "storage", "locales", "tests"):
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__", "golden", "journeys", "page"))
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "tests" / "flows" / "people").mkdir(exist_ok=True)

    files = build(tmp_path)

    assert "tests/flows/people/test_compliment.py" in files
    tests = [
        "tests/flows/people/test_compliment.py",
        "tests/flows/talk/test_every_conversation.py",
        "tests/flows/test_permissions.py",
        "tests/flows/test_used_texts.py",
        "tests/locales/test_texts.py",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-k", CHOSEN, *tests],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", *(file for file in files if file.endswith(".py"))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
