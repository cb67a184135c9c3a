#!/usr/bin/env python3
"""Makes docs/demo.png, the README's picture: plays the story of the demo in Chromium and takes a screenshot."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import story  # noqa: E402 -- found through the line above


def main() -> None:
    """Play and take the picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        story.demo(Path(folder) / "demo") as (url, _),
        story.chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 2000, "height": 1000}, device_scale_factor=1)
        page.goto(url)
        fatima, kees, jan, marieke = story.begin(page)
        story.start_initiative(fatima)
        story.ask(kees)
        story.answer(jan, kees)
        story.send_update(marieke, fatima, kees)
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs" / "demo.png")


if __name__ == "__main__":
    main()
