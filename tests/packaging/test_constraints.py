"""constraints.txt pins what pyproject.toml asks for, with hashes, wherever the packages come from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
CONSTRAINTS = (ROOT / "constraints.txt").read_text()
PINS = {canonicalize_name(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", CONSTRAINTS)}


def asked_for() -> list[str]:
    """Requirements to run, to test and to build, but for our own extras."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project, extras = pyproject["project"], pyproject["project"]["optional-dependencies"].values()
    requirements: list[str] = [
        *pyproject["build-system"]["requires"],
        *project["dependencies"],
        *(requirement for extra in extras for requirement in extra),
    ]
    return [requirement for requirement in requirements if Requirement(requirement).name != project["name"]]


@pytest.mark.parametrize("requirement", asked_for())
def test_a_requirement_is_pinned_within_its_bounds(requirement: str) -> None:
    asked = Requirement(requirement)

    pinned = PINS.get(canonicalize_name(asked.name), "no version")

    assert asked.specifier.contains(pinned), f"{pinned} is pinned; run scripts/constraints.sh"


def test_every_pin_has_hashes() -> None:
    blocks = [block for block in re.split(r"(?m)^(?=\S)", CONSTRAINTS) if block and not block.startswith("#")]

    assert len(PINS) == len(blocks)
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_no_address_is_written() -> None:
    assert re.findall(r"(?m)^.*://.*$|^\s*-(?!-hash=).*$", CONSTRAINTS) == []
