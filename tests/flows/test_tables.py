"""Files of tab-separated values."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import TableError
from flows.tables import read_table


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    file = tmp_path / "excel.tsv"
    file.write_text('Theme\tsource\tQuestion\r\ngroen\tx\t"een ""boom"""\r\n\r\nloket\ty\tpas\r\n', "utf-8-sig")

    assert read_table(file, "question", "theme") == [(2, ('een "boom"', "groen")), (4, ("pas", "loket"))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: no column 'question'"),
        (b"question\tanswer\na\tb\n", "line 1: no column 'theme'"),
        (b"question,theme\na,b\n", "no column"),
        (b"question\ttheme\n", "nothing below"),
        (b"question\ttheme\na\tb\nc\n", "line 3: 1 fields and not 2"),
        (b"question\ttheme\na\tb\tc\n", "line 2: 3 fields and not 2"),
        (b"question\ttheme\n\tb\n", "line 2: question or theme is empty"),
        (b"question\ttheme\n\nx\t \n", "line 3: question or theme is empty"),
        (b"question\ttheme\n\xff\tb\n", "isn't UTF-8"),
        (None, "can't be read .no such file"),
    ],
)
def test_a_bad_file_is_named_with_the_remedy(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "bad.tsv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(TableError, match=said) as caught:
        read_table(file, "question", "theme")

    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)
