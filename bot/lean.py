"""What keeps the memory of the house small: libraries that load another one without need, loaded without it.

structlog draws tracebacks with rich if it is installed, and python-telegram-bot loads httpx, though our transport is
aiohttp. We use neither; typer, which brings rich, loads it when it shows something.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


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


class _OverHttpx:
    """A request over httpx, for who asks whether one is: none is."""


def stand_in(module: str, **names: object) -> None:
    """Let `module` be this instead; unless it was imported before."""
    made = ModuleType(module)
    vars(made).update(names)
    sys.modules.setdefault(module, made)


stand_in("telegram.request._httpxrequest", HTTPXRequest=_OverHttpx)
