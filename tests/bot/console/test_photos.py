"""Pictures are fetched from Telegram once, and only what is a picture of a reasonable size."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.console.photos import Photos, picture_type
from bot.sandbox import Sandbox, Upload
from bot.telegram.request import Transport, make_bot
from tests.bot.sandbox.pictures import png

TOKEN = "123456:photos"
SMALL = png(8, 6)


class Album:
    """What somebody sent to the bot."""

    def __init__(self, sandbox: Sandbox, photos: Photos) -> None:
        self.sandbox, self.photos = sandbox, photos

    def sends(self, content: bytes, kind: str = "photo") -> str:
        """The id of something that was sent."""
        message = self.sandbox.client.send_file(5, kind, Upload(content, "foto.png", "image/png"))
        found = message[kind][-1] if kind == "photo" else message[kind]
        return str(found["file_id"])

    def fetched(self) -> int:
        """How often Telegram was asked for a file."""
        return sum(call.method == "getFile" for call in self.sandbox.calls)


@pytest.fixture
async def album() -> AsyncIterator[Album]:
    sandbox, transport = Sandbox(token=TOKEN), Transport()
    await sandbox.start()
    sandbox.add_account(5, "Fatima")
    bot = make_bot(TOKEN, sandbox.url, transport)
    await bot.initialize()
    yield Album(sandbox, Photos(bot, kept=3 * len(SMALL), largest=2000))
    await bot.shutdown()
    await sandbox.stop()


async def test_however_many_ask_it_is_fetched_once(album: Album) -> None:
    number = album.sends(SMALL)

    found = await asyncio.gather(*(album.photos.get(number) for _ in range(10)))
    found.append(await album.photos.get(number))

    assert {one.content for one in found if one is not None} == {SMALL}
    assert None not in found
    assert album.fetched() == 1


async def test_who_goes_away_does_not_take_it_from_the_others(album: Album) -> None:
    number = album.sends(SMALL)
    first = asyncio.create_task(album.photos.get(number))
    second = asyncio.create_task(album.photos.get(number))
    await asyncio.sleep(0)
    first.cancel()

    assert (found := await second) is not None
    assert found.content == SMALL


async def test_what_was_asked_for_longest_ago_makes_room(album: Album) -> None:
    numbers = [album.sends(SMALL) for _ in range(4)]
    for number in numbers:
        await album.photos.get(number)
    assert album.fetched() == 4

    await album.photos.get(numbers[3])
    assert album.fetched() == 4
    await album.photos.get(numbers[0])
    assert album.fetched() == 5


async def test_what_is_too_large_or_unknown_is_not_there_and_not_asked_for_again(album: Album) -> None:
    large = album.sends(SMALL + bytes(3000))

    for number in (large, "unknown"):
        assert await album.photos.get(number) is None
        asked = album.fetched()
        assert await album.photos.get(number) is None
        assert album.fetched() == asked


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SMALL, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html><script>", None),
        (b"", None),
    ],
)
def test_the_content_says_what_it_is(content: bytes, kind: str | None) -> None:
    assert picture_type(content) == kind
