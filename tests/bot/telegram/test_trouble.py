"""What the log says of an exception."""

from bot.telegram.split import split
from bot.telegram.trouble import describe


def test_the_innermost_line_of_ours_is_named_and_nothing_is_quoted() -> None:
    try:
        split(3, 10)  # type: ignore[arg-type]
    except AttributeError as exc:
        described = describe(exc)

    assert described.startswith("AttributeError at bot/telegram/split.py:")


def test_without_a_line_of_ours_the_kind_is_enough() -> None:
    assert describe(ValueError("geheim")) == "ValueError"
