"""`stuur` started without waiting for its imports: a process that has done them, and forks for every command.

Run as a process of its own, by its path. It takes commands on the socket at `argv[1]` until its standard input
closes. What it forks runs `python -m bot` from the top, in its own session, folder and environment, and can be
stopped and killed as any other. Only for who waits for the tests: where everything is asked for, each is started anew.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path

PARTS = ("bot.cli", "bot.app", "bot.demo", "bot.inviting", "storage.migrate", "alembic.command", "locales.checks")
"""What the commands import when they run."""
DRIVERS = ("aiosqlite", "sqlalchemy.dialects.sqlite.aiosqlite", "asyncpg", "sqlalchemy.dialects.postgresql.asyncpg")
PR_SET_PDEATHSIG = 1


def serve(path: str) -> None:
    """Fork for each who comes; returns only in what was forked, where the command is to be run."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(50)
    print("ready", flush=True)  # noqa: T201 - the answer to who started us
    keepers = list[int]()
    while True:
        ready, _, _ = select.select([listening, sys.stdin], [], [])
        if sys.stdin in ready:
            shutil.rmtree(Path(path).parent, ignore_errors=True)  # also when who started us was killed
            os._exit(0)
        connection, _ = listening.accept()
        keeper = os.fork()
        if keeper == 0:
            listening.close()
            return keep(connection)
        connection.close()
        keepers = [one for one in (*keepers, keeper) if os.waitpid(one, os.WNOHANG)[0] == 0]


def keep(connection: socket.socket) -> None:
    """Fork the command, tell its number, wait for its end and tell the exit code; returns only in the command."""
    end_with_parent()
    with connection.makefile() as talk:
        asked = json.loads(talk.readline())
    child = os.fork()
    if child:
        connection.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(OSError):  # nobody wants to know any more
            connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    connection.close()
    become(asked["arguments"], asked["folder"], asked["environment"], asked["out"], asked["err"])


def become(arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    """Take on what a new process is given."""
    end_with_parent()
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (name, flags) in enumerate([(os.devnull, os.O_RDONLY), *((n, os.O_WRONLY) for n in (out, err))]):
        file = os.open(name, flags | os.O_APPEND | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    sys.argv[1:] = arguments


def end_with_parent() -> None:
    """Linux kills what was forked when who forked it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    sys.path[0] = ""  # as `python -m` has it
    for name in PARTS:
        importlib.import_module(name)
    for name in DRIVERS:
        with contextlib.suppress(ModuleNotFoundError):  # not everybody has PostgreSQL's
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is there stays: the collector would copy every page of it in each process
    serve(sys.argv[1])
    try:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, as the end of a process does
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking down all that was imported takes longer than most commands
