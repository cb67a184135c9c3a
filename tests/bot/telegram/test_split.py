"""Long texts in pieces."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.split import plain_length, split


@pytest.mark.parametrize(
    ("text", "length"),
    [("abc", 3), ("<b>abc</b>", 3), ("a &amp; b", 5), ("😀", 2), ('<a href="https://example.org/>">x</a>', 1), ("", 0)],
)
def test_the_length_is_what_telegram_counts(text: str, length: int) -> None:
    assert plain_length(text) == length


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n", []),
        ("kort", ["kort"]),
        ("een twee\ndrie\nvier", ["een twee", "drie\nvier"]),
        ("<b>een twee\ndrie</b> vier", ["<b>een twee</b>", "<b>drie</b> vier"]),
        ("aaaa bbbb cccc dddd", ["aaaa bbbb ", "cccc dddd"]),
        ("&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;", ["&lt;" * 10, "&lt;"]),
    ],
)
def test_it_is_cut_at_line_ends_if_it_can_be(text: str, pieces: list[str]) -> None:
    assert split(text, 10) == pieces


WORDS = st.lists(st.sampled_from(["woord", "<b>vet</b>", "&amp;", "\n", "😀", " ", "<i>een\ntwee</i>", "x" * 25]))


@given(WORDS)
def test_no_piece_is_too_long_nothing_is_lost_and_every_tag_is_closed(words: list[str]) -> None:
    text = "".join(words)

    pieces = split(text, 20)

    assert all(0 < plain_length(piece) <= 20 for piece in pieces)
    assert all(piece.count("<b>") == piece.count("</b>") for piece in pieces)
    assert all(piece.count("<i>") == piece.count("</i>") for piece in pieces)

    def bare(value: str) -> str:
        return re.sub(r"<[^>]*>|\s", "", value)

    assert bare("".join(pieces)) == bare(text)
