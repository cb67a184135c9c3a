"""A picture that a message only describes is drawn when it is sent, as Telegram takes pictures."""

import pytest

from bot.sandbox.files import image_size
from bot.telegram.drawing import BORDER, MODULE, drawn
from flows.talk.message import qr

LINK = "https://t.me/elzermeer_bot?start=bAbCd_-12"


def test_a_code_is_a_square_png_that_is_large_enough_to_print() -> None:
    picture = drawn(qr(LINK))

    assert isinstance(picture, bytes)
    size = image_size(picture)
    assert size is not None
    assert size[0] == size[1]
    assert 700 <= size[0] <= 2000
    assert size[0] % MODULE == 0
    assert size[0] // MODULE > 21 + 2 * BORDER


def test_what_the_channel_knows_already_is_left_as_it_is() -> None:
    assert drawn("AgACAgQAAxkBAAIB") == "AgACAgQAAxkBAAIB"


def test_a_text_that_no_code_holds_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="Data too large"):
        drawn(qr("x" * 4000))


def test_another_text_is_another_picture() -> None:
    assert drawn(qr(LINK)) != drawn(qr(f"{LINK}3"))
    assert drawn(qr(LINK)) == drawn(qr(LINK))
