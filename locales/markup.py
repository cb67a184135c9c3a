"""The HTML that Telegram takes, and what is wrong with a text that it would refuse.

Source: https://core.telegram.org/bots/api#html-style. Stricter than Telegram where that forgives silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Attributes = Mapping[str, str | None]

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+[^\s=<>\"']+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*>"
    r"|(?P<stray>[<>])"
    r"|(?P<ampersand>&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);))"
)
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")


def _none(attributes: Attributes) -> bool:
    return not attributes


_ALLOWED: dict[str, Callable[[Attributes], bool]] = {
    **dict.fromkeys(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "pre", "tg-spoiler"], _none),
    "a": lambda attributes: set(attributes) == {"href"} and bool(attributes["href"]),
    "code": lambda attributes: not attributes or (attributes.get("class") or "").startswith("language-"),
    "blockquote": lambda attributes: attributes in ({}, {"expandable": None}),
    "span": lambda attributes: attributes == {"class": "tg-spoiler"},
}


def problems(html: str) -> list[str]:
    """What Telegram would refuse or show otherwise than meant, each a short sentence; empty if all is well."""
    found: list[str] = []
    open_tags: list[str] = []
    for token in _TOKEN.finditer(html):
        if token["stray"]:
            found.append(f"a bare {token['stray']} at “{_around(html, token)}”: write &lt; or &gt;")
        elif token["ampersand"]:
            found.append(f"a bare & at “{_around(html, token)}”: write &amp;")
        elif token["close"]:
            name = token["name"].lower()
            if open_tags and open_tags[-1] == name and not token["attributes"]:
                open_tags.pop()
            else:
                expected = f"</{open_tags[-1]}>" if open_tags else "no closing tag"
                found.append(f"{token[0]} stands where {expected} is expected")
        else:
            found.extend(_opening(token, open_tags))
            open_tags.append(token["name"].lower())
    return found + [f"<{name}> is never closed" for name in open_tags]


def _opening(token: re.Match[str], open_tags: list[str]) -> list[str]:
    name = token["name"].lower()
    if name not in _ALLOWED:
        return [f"<{name}> isn't a tag that Telegram knows"]
    attributes = {
        name.lower(): double if double is not None else single
        for name, double, single in (match.groups() for match in _ATTRIBUTE.finditer(token["attributes"]))
    }
    if not _ALLOWED[name](attributes):
        return [f"{token[0]} has other attributes than Telegram takes"]
    if name == "blockquote" and "blockquote" in open_tags:
        return ["a <blockquote> stands inside another"]
    if name == "a" and "a" in open_tags:
        return ["a link stands inside another"]
    if open_tags and open_tags[-1] in ("code", "pre") and (open_tags[-1], name) != ("pre", "code"):
        return [f"<{name}> stands inside <{open_tags[-1]}>, which holds no other tags"]
    return []


def _around(html: str, token: re.Match[str]) -> str:
    return html[max(token.start() - 12, 0) : token.end() + 12].replace("\n", " ")
