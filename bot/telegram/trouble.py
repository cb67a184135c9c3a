"""Which exception, raised where: all a log may hold of one, because messages and tracebacks may quote people."""

from pathlib import Path
from traceback import walk_tb

ROOT = Path(__file__).parents[2]
OURS = ("bot", "flows", "storage", "locales")


def describe(exc: BaseException) -> str:
    """Such as `KeyError at flows/reception.py:41`: the kind and our innermost line; the kind alone if none is ours."""
    place = ""
    for frame, line in walk_tb(exc.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            place = f" at {path.relative_to(ROOT).as_posix()}:{line}"
    return type(exc).__name__ + place
