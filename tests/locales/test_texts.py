"""Our own texts hold no mistake that `stuur check` finds."""

from __future__ import annotations

from locales.catalogue import Catalogue
from locales.checks import check


def test_our_texts_have_no_errors() -> None:
    assert [str(finding) for finding in check(Catalogue.load()) if finding.severity == "error"] == []
