"""What is installed from the wheel is whole, and works far from the checkout."""

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "flows", "storage", "locales")


class Distributions(NamedTuple):
    wheel: Path
    sdist: Path


class Installed(NamedTuple):
    """A clean virtual environment with the wheel in it."""

    venv: Path
    folder: Path
    """An empty folder to run in, with nothing of the checkout near."""

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(
            str(self.venv / "bin" / program),
            *arguments,
            cwd=self.folder,
            # Neither PYTHONPATH nor any STUUR_ setting of whoever runs the tests.
            env={"PATH": os.defpath, "HOME": str(self.folder), "LANG": "C.UTF-8"},
        )


def run(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run to the end and insist on exit code 0."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def files_to_ship() -> set[str]:
    """Paths of all files in the packages that git doesn't ignore, added yet or not."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PACKAGES).stdout
    return {path for path in listed.split("\0") if path and (ROOT / path).is_file()}


def names_in_wheel(distributions: Distributions) -> set[str]:
    with zipfile.ZipFile(distributions.wheel) as archive:
        return set(archive.namelist())


def names_in_sdist(distributions: Distributions) -> set[str]:
    with tarfile.open(distributions.sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    offline = ("--no-deps", "--no-index", "--no-build-isolation")
    run(*pip, "wheel", *offline, "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Distributions(wheel, sdist)


@pytest.fixture(scope="module")
def installed(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", str(venv))
    python = str(venv / "bin" / "python")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", str(distributions.wheel))

    # The dependencies are borrowed rather than downloaded again. A folder that is named in a .pth file comes last on
    # the path and its own .pth files aren't read, so the editable checkout isn't borrowed along.
    (site,) = venv.glob("lib/python*/site-packages")
    borrowed = [entry for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"}]
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    return Installed(venv, tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.parametrize("names", [names_in_wheel, names_in_sdist])
def test_every_file_of_the_packages_is_in(
    names: Callable[[Distributions], set[str]], distributions: Distributions
) -> None:
    expected = files_to_ship()

    assert {Path(path).parts[0] for path in expected} == set(PACKAGES)
    assert expected - names(distributions) == set()


def test_the_wheel_holds_the_packages_alone(distributions: Distributions) -> None:
    folders = {name.partition("/")[0] for name in names_in_wheel(distributions)}

    assert {folder for folder in folders if not folder.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_comes_from_the_wheel(package: str, installed: Installed) -> None:
    done = installed.run("python", "-c", f"from importlib.util import find_spec; print(find_spec('{package}').origin)")

    assert Path(done.stdout.strip()).is_relative_to(installed.venv)


def test_the_command_explains_itself(installed: Installed) -> None:
    done = installed.run("stuur", "--help")

    for command in ("demo", "run", "migrate", "invite", "check"):
        assert command in done.stdout


def test_the_texts_are_checked_from_another_folder(installed: Installed) -> None:
    installed.run("stuur", "check")


def test_the_migrations_run_from_another_folder(installed: Installed) -> None:
    installed.run("stuur", "migrate")

    assert list(installed.folder.glob("*.db"))
