"""Texts that are too long for one message, cut at line ends without breaking their HTML."""

import html
import re

TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
TOKEN = re.compile(rf"{TAG.pattern}|&[#\w]+;|\n|[^<&\n]+|[<&]", re.IGNORECASE)


def plain_length(text: str) -> int:
    """How long Telegram finds it: UTF-16 units, without tags, an entity counting as its character."""
    return len(_plain(text).encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` plain characters; what was bold before a cut is bold after it. [] for nothing."""
    if not text.strip():
        return []
    if plain_length(text) <= limit:
        return [text]
    pieces: list[str] = []
    opened: list[tuple[str, str]] = []  # the tags that are open: their names and how they were opened
    piece, used = "", 0

    def close() -> None:
        nonlocal piece, used
        if _plain(piece).strip():
            pieces.append(piece.strip("\n") + "".join(f"</{name}>" for name, _ in reversed(opened)))
        piece, used = "".join(tag for _, tag in opened), 0

    for line in text.splitlines(keepends=True):
        if used and used + plain_length(line.rstrip("\n")) > limit:
            close()
        for token in TOKEN.finditer(line):
            given = token[0]
            if token[2]:
                piece += given
                opened = opened[:-1] if token[1] else [*opened, (token[2], given)]
                continue
            for part in [given] if given[0] == "&" else _chunks(given, limit):
                size = plain_length(part)
                if used + size > limit:
                    close()
                piece += part
                used += size
    close()
    return pieces


def _plain(text: str) -> str:
    return html.unescape(TAG.sub("", text))


def _chunks(plain: str, limit: int) -> list[str]:
    # A line longer than a message: cut between words where there are any, else anywhere.
    size = limit // 2  # a character is at most two units
    chunks = []
    while len(plain) > size:
        cut = plain.rfind(" ", 1, size) + 1 or size
        chunks.append(plain[:cut])
        plain = plain[cut:]
    return [*chunks, plain]
