"""Pictures that are not sent before they are drawn: a message says what is on them."""

from __future__ import annotations

from io import BytesIO

from flows.talk.message import QR

MODULE = 24
"""Pixels of the smallest square: a code of a link is about 900 pixels wide, sharp on a poster."""
BORDER = 4
"""Modules of white around it, as ISO/IEC 18004 asks for."""


def drawn(photo: str) -> bytes | str:
    """The picture as PNG where it is to be drawn, or else the channel's id as it is.

    Raises ValueError for a text that no code can hold (about 2,300 bytes).
    """
    if not photo.startswith(QR):
        return photo
    import segno  # pictures are rare; it isn't kept in memory for them

    code = segno.make(photo.removeprefix(QR), error="m", micro=False)
    picture = BytesIO()
    code.save(picture, kind="png", scale=MODULE, border=BORDER)
    return picture.getvalue()
