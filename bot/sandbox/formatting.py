"""Text with its entities: HTML parsed as Telegram's own server does, and what it finds by itself.

Offsets and lengths of entities are in UTF-16 code units.
https://core.telegram.org/bots/api#formatting-options
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.sandbox.errors import bad_request

Entity = dict[str, Any]

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[a-zA-Z]+));?")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,:;!?)\]'])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{5,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})(?!\w)"
)


class Formatted(NamedTuple):
    """What Telegram keeps of a text."""

    text: str
    entities: list[Entity]


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    begin: int


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def from_html(html: str) -> Formatted:
    """Text and entities of HTML; 400 "can't parse entities: …" where Telegram refuses it."""
    parser = _Html(html.replace("\r", ""))
    parser.run()
    return Formatted("".join(parser.parts), parser.entities)


def tidy(formatted: Formatted) -> Formatted:
    """Without white space around it, entities in order, and with the links and commands Telegram finds."""
    text, entities = formatted
    stripped = text.rstrip()
    lead = len(stripped) - len(stripped.lstrip(" \n"))
    if entities:
        lead = min(lead, min(entity["offset"] for entity in entities))  # white space there is never astral
    stripped = stripped[lead:]
    end = utf16(stripped)
    kept = []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], end - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    if "/" in stripped or "@" in stripped:
        taken = [entity for entity in kept if entity["type"] in ("code", "pre", "text_link", "text_mention")]
        for found in find(stripped):
            if not any(
                entity["offset"] < found["offset"] + found["length"]
                and found["offset"] < entity["offset"] + entity["length"]
                for entity in taken
            ):
                kept.append(found)
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(stripped, kept)


def find(text: str) -> list[Entity]:
    """Links, addresses, commands and mentions, as apps and server mark them in plain text."""
    return [
        {"type": match.lastgroup, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
        for match in FOUND.finditer(text)
    ]


class _Html:
    """One pass over the characters; follows Telegram's parser, its leniency included."""

    def __init__(self, html: str) -> None:
        self.html = html + "\0"  # an end that is never part of anything
        self.parts: list[str] = []
        self.entities: list[Entity] = []
        self.offset = 0
        self.position = 0
        self.open: list[_Open] = []

    def run(self) -> None:
        html, end = self.html, len(self.html) - 1
        plain = re.compile(r"[^<&]*")
        while self.position < end:
            character = html[self.position]
            if character == "<":
                if html[self.position + 1] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&":
                decoded = self._reference()
                self._put(decoded)
            else:
                match = plain.match(html, self.position, end)
                assert match is not None
                self._put(match[0])
                self.position = match.end()
        if self.open:
            raise self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16(text)

    def _reference(self) -> str:
        match = REFERENCE.match(self.html, self.position)
        decoded = _decode(match) if match else None
        if match is None or decoded is None:
            self.position += 1
            return "&"
        self.position = match.end()
        return decoded

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._until("> \n\t\r").lower()
        if self._now() == "\0":
            raise self._refuse("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._skip_space() != ">":
            name = self._until("=> \n\t\r")
            if self._now() != "\0" and not name:
                raise self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
            value = self._value(begin, tag) if self._skip_space() == "=" else ""
            argument = _argument(tag, name, value) or argument
            if self._now() == "\0":
                raise self._refuse(f'Unclosed start tag "{tag}"', begin)
        if tag == "span" and argument != "spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.position += 1
        self.open.append(_Open(tag, argument, self.offset, len(self.parts)))

    def _value(self, begin: int, tag: str) -> str:
        self.position += 1
        quote = self._skip_space()
        if quote not in "'\"":
            token = self.position
            value = re.compile(r"[A-Za-z0-9.-]*").match(self.html, self.position)
            assert value is not None
            self.position = value.end()
            if self._now() not in "> \n\t\r\0":
                raise self._refuse("Unexpected end of name token", token)
            return value[0].lower()
        self.position += 1
        closing = self.html.find(quote, self.position)
        if closing < 0:
            raise self._refuse(f'Unclosed start tag "{tag}"', begin)
        raw = self.html[self.position : closing]
        self.position = closing + 1
        return REFERENCE.sub(lambda match: _decode(match) or match[0], raw)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            raise self._refuse("Unexpected end tag", begin)
        self.position += 2
        tag = self._until("> \n\t\r").lower()
        if self._skip_space() != ">":
            raise self._refuse("Unclosed end tag", begin)
        self.position += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise self._refuse(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        span: Entity = {"offset": opened.offset, "length": self.offset - opened.offset}
        if opened.tag == "a":
            url = opened.argument or "".join(self.parts[opened.begin :])
            if url.startswith("tg://user?id="):
                return  # a mention of a person: the sandbox doesn't make them
            if "://" not in url and "." in url:
                url = f"http://{url}"
            if "://" in url:
                self.entities.append({"type": "text_link", **span, "url": url})
        elif opened.tag == "pre":
            inner = self.entities[-1] if self.entities else None
            if inner and inner["type"] == "code" and "language" in inner and inner.items() >= span.items():
                inner["type"] = "pre"
            else:
                self.entities.append({"type": "pre", **span})
        elif opened.tag == "code":
            language = {"language": opened.argument} if opened.argument and self._in("pre") else {}
            self.entities.append({"type": "code", **span, **language})
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if opened.argument else "blockquote"
            self.entities.append({"type": kind, **span})
        elif opened.tag == "tg-emoji":
            self.entities.append({"type": "custom_emoji", **span, "custom_emoji_id": opened.argument})
        else:
            self.entities.append({"type": SIMPLE[opened.tag], **span})

    def _in(self, tag: str) -> bool:
        return bool(self.open) and self.open[-1].tag == tag

    def _now(self) -> str:
        return self.html[self.position]

    def _until(self, stops: str) -> str:
        begin = self.position
        while self.html[self.position] not in stops and self.position < len(self.html) - 1:
            self.position += 1
        return self.html[begin : self.position]

    def _skip_space(self) -> str:
        while self.html[self.position] in " \n\t\r":
            self.position += 1
        return self.html[self.position]

    def _bytes(self, position: int) -> int:
        return len(self.html[:position].encode())

    def _refuse(self, what: str, position: int | None = None) -> Exception:
        where = "" if position is None else f" at byte offset {self._bytes(position)}"
        return bad_request(f"can't parse entities: {what}{where}")


def _argument(tag: str, name: str, value: str) -> str:
    """What of an attribute matters to the tag."""
    match tag, name.lower():
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "tg-emoji", "emoji-id":
            return value
        case "blockquote", "expandable":
            return "expandable"
    return ""


def _decode(match: re.Match[str]) -> str | None:
    if name := match["name"]:
        return NAMED.get(name)
    if len(match[0]) > 10:
        return None
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else None
