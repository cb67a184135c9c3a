"""Libraries that load another one only because it is installed, loaded without it.

structlog draws tracebacks with rich, and httpx (which python-telegram-bot loads, though our transport is aiohttp) has a
command line with it. We use neither; typer, which brings rich, loads it when it shows something.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(module: str) -> Iterator[None]:
    """Inside, importing `module` fails as if it weren't installed; unless it was imported before."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # what Python itself writes for "not to be found"
    try:
        yield
    finally:
        del sys.modules[module]


with absent("rich"):
    import structlog  # noqa: F401
with absent("click"):  # the first of what it wants for its command line; pygments and rich come next
    import httpx  # noqa: F401
