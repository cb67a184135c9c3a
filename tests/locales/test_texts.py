"""Our own texts hold no mistake that `stuur check` finds."""

from __future__ import annotations

from locales.checks import check
from tests.texts import texts


def test_our_texts_have_no_errors() -> None:
    assert [str(finding) for finding in check(texts()) if finding.severity == "error"] == []
