"""The real `stuur`, as a process of its own, in a folder of its own."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tests.needs import EVERYTHING

PR_SET_PDEATHSIG = 1
"""https://man7.org/linux/man-pages/man2/prctl.2.html"""
TOKEN = "123456:process-tests"
PATIENCE = 30.0
"""Seconds within which a process must do what it is waited for: a slow machine is no failure, a hang is."""


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The machine's environment with these settings, and no others of ours."""
    machine = {name: value for name, value in os.environ.items() if not name.startswith("STUUR_")}
    # Coverage and warnings of the test run are not the process's.
    return {**machine, **settings, "PYTHONWARNINGS": "error"}


def _end_with_parent() -> None:
    """Linux kills the process when the test run is killed; elsewhere it would stay behind then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Running(Protocol):
    """What is asked of a process; asyncio's own, or one that was forked."""

    pid: int

    @property
    def returncode(self) -> int | None: ...
    async def wait(self) -> int: ...
    def send_signal(self, signal: int) -> None: ...


class Forked:
    """A `stuur` that was forked from a process in which the imports are done."""

    def __init__(self, pid: int, end: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._writer = writer
        self._ending = asyncio.create_task(self._until_end(end))

    async def _until_end(self, end: asyncio.StreamReader) -> int:
        self.returncode = int(await end.readline())
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
        return self.returncode

    async def wait(self) -> int:
        """The exit code, once it has ended."""
        return await asyncio.shield(self._ending)

    def send_signal(self, signal: int) -> None:
        """Unless it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal)


class Forking:
    """The process that forks: one for all tests of a worker, started by the first that wants it."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def socket(self) -> str:
        """Where it takes commands."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="stuur-")  # a short path: a socket's may have 107 bytes
            self._process = subprocess.Popen(
                [sys.executable, Path(__file__).with_name("forking.py"), f"{self._folder.name}/s"],
                env=environment({}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            assert self._process.stdout is not None
            assert self._process.stdout.readline() == b"ready\n"
        return f"{self._folder.name}/s"

    def stop(self) -> None:
        """With what it forked, if it was started."""
        if self._process is not None and self._folder is not None:
            self._process.communicate()
            self._folder.cleanup()


FORKING = Forking()


class Process:
    """`stuur <arguments>`; killed on leaving the block if it still runs then.

    In short it is forked where the imports are done already; all else of a new process it has too.
    """

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self._folder = folder
        self._arguments = arguments
        self._settings = {f"STUUR_{name.upper()}": value for name, value in settings.items()}
        self._process: Running | None = None

    async def start(self) -> None:
        """Start it; `folder` is where it works, so no `.env` of the checkout is read."""
        self._process = await (self._start_anew() if EVERYTHING else self._fork())

    async def _fork(self) -> Running:
        reader, writer = await asyncio.open_unix_connection(FORKING.socket())
        asked = {
            "arguments": self._arguments,
            "folder": str(self._folder),
            "environment": environment(self._settings),
            "out": str(self._out),
            "err": str(self._err),
        }
        writer.write(json.dumps(asked).encode() + b"\n")
        return Forked(int(await reader.readline()), reader, writer)

    async def _start_anew(self) -> Running:
        with self._err.open("ab") as err, self._out.open("ab") as out:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *self._arguments,
                cwd=self._folder,
                env=environment(self._settings),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,  # Ctrl-C is for pytest
                preexec_fn=_end_with_parent,
            )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()

    @property
    def pid(self) -> int:
        """Its number; only while there is one."""
        assert self._process is not None
        return self._process.pid

    @property
    def _err(self) -> Path:
        return self._folder / "stderr.txt"

    @property
    def _out(self) -> Path:
        return self._folder / "stdout.txt"

    @property
    def err(self) -> str:
        """What it wrote on standard error so far, over all its lives in this folder."""
        return self._err.read_text() if self._err.exists() else ""

    @property
    def out(self) -> str:
        """What it wrote on standard output so far."""
        return self._out.read_text() if self._out.exists() else ""

    async def kill(self) -> None:
        """SIGKILL: no moment to tidy up."""
        if self._process is not None:
            if self._process.returncode is None:
                self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> None:
        """Ask it to stop."""
        assert self._process is not None
        self._process.send_signal(number)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.interrupt(number)
        return await self.end()

    async def end(self) -> int:
        """Wait until it ends; its exit code."""
        assert self._process is not None
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    async def wrote(self, word: str) -> str:
        """Wait until it wrote a line with this word on standard output or error; the line."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for line in (*self.out.splitlines(), *self.err.splitlines()):
                    if word in line:
                        return line
                assert self._process is not None
                assert self._process.returncode is None, f"it ended before it said {word!r}: {self.err}"
                await asyncio.sleep(0.02)


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float = PATIENCE) -> None:
    """Return once the condition holds; it is about another process, so there is nothing but to look again."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def command(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Run `stuur <arguments>` to its end."""
    async with Process(folder, *arguments, **settings) as process:
        code = await process.end()
        return Ended(code=code, out=process.out, err=process.err)
