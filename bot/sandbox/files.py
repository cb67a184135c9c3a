"""Files that were sent, under the ids Telegram would give them."""

import secrets
import struct
from typing import Any, NamedTuple

from bot.sandbox.description import Upload
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.store import Store

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
SMALL_SIDE = 320  # pixels; photos come in several sizes, this is the small one


class Stored(NamedTuple):
    """What is known of a file; media is its Bot API object (PhotoSize, Voice, …), in the largest size for a photo."""

    kind: str
    file_path: str
    mime_type: str
    media: Any

    @property
    def size(self) -> int:
        """Bytes."""
        largest = self.media[-1] if self.kind == "photo" else self.media
        return int(largest["file_size"])


class Files:
    """Files by file_id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files: dict[str, Stored] = {str(key[0]): Stored(*value) for key, value in store.all("file").items()}
        self._ids_by_path = {stored.file_path: file_id for file_id, stored in self._files.items()}

    def add(self, kind: str, upload: Upload, **more: Any) -> Any:
        """Keep an upload as a photo, voice, document or sticker; gives its Bot API object (a list for a photo)."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > (LARGEST_PHOTO if kind == "photo" else LARGEST_UPLOAD):
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo":
            return self._add_photo(upload)
        names = {"file_name": upload.file_name} if kind == "document" and upload.file_name else {}
        identity = {**_identity(), "file_size": len(upload.content)}
        kinds = {} if kind == "sticker" else {"mime_type": upload.mime_type}
        media = {**identity, **kinds, **names, **more}
        self._keep(identity["file_id"], kind, upload, media)
        return media

    def _add_photo(self, upload: Upload) -> list[dict[str, Any]]:
        size = image_size(upload.content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        sizes = []
        scale = SMALL_SIDE / max(width, height)
        if scale < 1:  # the same bytes: nobody here looks at the small one for its quality
            small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
            sizes.append({**_identity(), "file_size": len(upload.content), **small})
        sizes.append({**_identity(), "file_size": len(upload.content), "width": width, "height": height})
        for one in sizes:
            self._keep(one["file_id"], "photo", upload, sizes)
        return sizes

    def _keep(self, file_id: str, kind: str, upload: Upload, media: Any) -> None:
        suffix = upload.file_name.rpartition(".")[2].lower() if "." in upload.file_name else "bin"
        suffix = suffix if suffix.isalnum() and suffix.isascii() else "bin"
        stored = Stored(kind, f"{kind}s/file_{len(self._files)}.{suffix}", upload.mime_type, media)
        self._files[file_id] = stored
        self._ids_by_path[stored.file_path] = file_id
        self._store.put_bytes((file_id,), upload.content)
        self._store.put("file", (file_id,), list(stored))

    def get(self, file_id: str) -> Stored | None:
        """What is known of a file, or None."""
        return self._files.get(file_id)

    def content(self, file_id: str) -> bytes:
        """The bytes; KeyError for an unknown id."""
        return self._store.get_bytes((file_id,))

    def id_of_path(self, file_path: str) -> str | None:
        """The file that getFile gave this path."""
        return self._ids_by_path.get(file_path)

    def media(self, kind: str, given: Upload | str, **more: Any) -> Any:
        """The Bot API object for what a bot gives: an upload, or the file_id of something sent before."""
        if isinstance(given, Upload):
            return self.add(kind, given, **more)
        stored = self._files.get(given)
        if stored is None:
            if given.startswith(("http://", "https://")):
                raise bad_request("failed to get HTTP URL content (the sandbox doesn't fetch addresses)")
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored.media


def _identity() -> dict[str, Any]:
    return {"file_id": f"BQ{secrets.token_urlsafe(36)}", "file_unique_id": f"AQ{secrets.token_urlsafe(9)}"}


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP; None when it is none of these."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        width, height = _webp_size(content)
    elif content.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(content)
    else:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _webp_size(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(content: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a start of frame
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return 0, 0
