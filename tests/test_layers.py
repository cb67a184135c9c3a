"""The rooms import downward only; the contracts stand in pyproject.toml."""

from pathlib import Path

import pytest
from importlinter import api, cli

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def test_no_import_runs_upward(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.lint_imports(config_filename=str(PYPROJECT), no_cache=True)

    assert status == 0, capsys.readouterr().out


def test_every_contract_is_read() -> None:
    contracts = api.read_configuration(str(PYPROJECT))["contracts_options"]

    assert {"layers", "forbidden"} == {contract["type"] for contract in contracts}
