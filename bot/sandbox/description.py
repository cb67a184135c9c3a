"""Check calls against the Bot API's description: names, types and what is required.

Telegram ignores parameters it doesn't know; here they are refused, because the bot should not send them.
The description (description.json, made by scripts/cut_bot_api.py) is turned into nested functions once.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from bot.sandbox.errors import ApiError, bad_request

INTEGER = re.compile(r"-?[0-9]{1,19}")
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")

Check = Callable[[Any], Any]  # gives the value as it should be, or raises Mismatch

WORDED_BY_TELEGRAM = {"text": "message text is empty", "chat_id": "chat_id is empty"}


class Mismatch(Exception):
    """A value isn't what the description asks for; path leads to it, from the inside out."""

    def __init__(self, what: str, *path: str) -> None:
        super().__init__(what)
        self.what = what
        self.path = list(path)

    def __str__(self) -> str:
        return f"{''.join(reversed(self.path)).lstrip('.')}: {self.what}"


class Upload(NamedTuple):
    """A file that came along in a multipart form."""

    content: bytes
    file_name: str
    mime_type: str


class Description:
    """The Bot API as far as a call can be checked without knowing any chat."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self.version: str = described["version"]
        self.updates = frozenset(described["updates"])
        self._types = described["types"]
        self._checks: dict[str, Check] = {}
        self._names = {name.lower(): name for name in described["methods"]}
        self._methods = {
            name: {field["name"]: self._parameter(field["types"]) for field in fields}
            for name, fields in described["methods"].items()
        }
        self._required = {
            name: [field["name"] for field in fields if field.get("required")]
            for name, fields in described["methods"].items()
        }

    def method(self, name: str) -> str:
        """The method's name as documented (Telegram is indifferent to case); 404 when there is none."""
        known: str | None = self._names.get(name.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        return known

    def check(self, method: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters with their types, JSON decoded. given: text from a form, or values from JSON, or Upload."""
        checks = self._methods[method]
        checked: dict[str, Any] = {}
        for name, value in given.items():
            check = checks.get(name)
            if check is None:
                raise bad_request(f'{method} has no parameter "{name}"')
            if value is None:
                continue
            try:
                checked[name] = check(value)
            except Mismatch as mismatch:
                mismatch.path.append(name)
                raise bad_request(f"{method}: {mismatch}") from None
        for name in self._required[method]:
            if name not in checked:
                raise bad_request(WORDED_BY_TELEGRAM.get(name, f'{method} needs the parameter "{name}"'))
        return checked

    def _parameter(self, kinds: list[str]) -> Check:
        """A top-level parameter: in a form everything is text, objects are JSON in it."""
        if kinds == ["Integer", "String"]:
            return _chat
        if set(kinds) <= set(_SCALARS):
            return _SCALARS[kinds[0]] if len(kinds) == 1 else _upload_or_string
        inner = self._any(kinds)

        def decode(value: Any) -> Any:
            if isinstance(value, str):
                try:
                    value = json.loads(value)
                except ValueError:
                    raise Mismatch("can't parse JSON") from None
            return inner(value)

        return decode

    def _any(self, kinds: list[str]) -> Check:
        """One of several types: the one that fits; else the complaint of the one that is most alike."""
        names = [name for kind in kinds for name in self._leaves(kind)]
        if len(names) == 1:
            return self._check(names[0])
        checks = [(name, self._check(name)) for name in names]

        def any_of(value: Any) -> Any:
            complaints = []
            for name, check in checks:
                try:
                    return check(value)
                except Mismatch as mismatch:
                    complaints.append((self._likeness(name, value), mismatch))
            raise max(complaints, key=lambda complaint: complaint[0])[1]

        return any_of

    def _leaves(self, kind: str) -> list[str]:
        subtypes = self._types.get(kind, {}).get("subtypes")
        return [leaf for subtype in subtypes for leaf in self._leaves(subtype)] if subtypes else [kind]

    def _likeness(self, name: str, value: Any) -> tuple[int, int]:
        fields = self._types.get(name, {}).get("fields", [])
        if not isinstance(value, dict):
            return (0, 0)
        constants = sum(value.get(field["name"]) == field["value"] for field in fields if "value" in field)
        return (constants, sum(field["name"] in value for field in fields if field.get("required")))

    def _check(self, kind: str) -> Check:
        if kind in _JSON_SCALARS:
            return _JSON_SCALARS[kind]
        if kind not in self._checks:
            self._checks[kind] = lambda value: self._checks[kind](value)  # types may hold themselves
            self._checks[kind] = self._array(kind[9:]) if kind.startswith("Array of ") else self._object(kind)
        return self._checks[kind]

    def _array(self, kind: str) -> Check:
        check = self._any([kind])

        def array(value: Any) -> Any:
            if not isinstance(value, list):
                raise Mismatch(f"expected Array of {kind}, got {_kind_of(value)}")
            for index, item in enumerate(value):
                try:
                    check(item)
                except Mismatch as mismatch:
                    mismatch.path.append(f"[{index}]")
                    raise
            return value

        return array

    def _object(self, kind: str) -> Check:
        fields = self._types[kind]["fields"]
        checks = {field["name"]: self._any(field["types"]) for field in fields}
        required = [field["name"] for field in fields if field.get("required")]
        constants = {field["name"]: field["value"] for field in fields if "value" in field}

        def check_object(value: Any) -> Any:
            if not isinstance(value, dict):
                raise Mismatch(f"expected {kind}, got {_kind_of(value)}")
            for name, item in value.items():
                check = checks.get(name)
                if check is None:
                    raise Mismatch(f"{kind} has no such field", f".{name}")
                try:
                    check(item)
                except Mismatch as mismatch:
                    mismatch.path.append(f".{name}")
                    raise
            for name, constant in constants.items():
                if name in value and value[name] != constant:
                    raise Mismatch(f'must be "{constant}" in {kind}', f".{name}")
            for name in required:
                if name not in value:
                    raise Mismatch(f"{kind} needs this field", f".{name}")
            return value

        return check_object


def _kind_of(value: Any) -> str:
    kinds = {str: "String", bool: "Boolean", int: "Integer", float: "Float", list: "Array", Upload: "a file"}
    return "null" if value is None else kinds.get(type(value), "Object")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise Mismatch(f"expected String, got {_kind_of(value)}")
    if not is_unicode(value):
        raise Mismatch("strings must be encoded in UTF-8")
    return value


def is_unicode(text: str) -> bool:
    """Does it hold no half characters (lone surrogates), which JSON lets through?"""
    return text.isascii() or LONE_SURROGATE.search(text) is None


def _integer(value: Any) -> int:
    if isinstance(value, str) and INTEGER.fullmatch(value):
        return int(value)
    return _json_integer(value)


def _json_integer(value: Any) -> int:
    if type(value) is not int:
        raise Mismatch(f"expected Integer, got {_kind_of(value)}")
    return value


def _float(value: Any) -> float:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise Mismatch("expected Float, got String") from None
    return _json_float(value)


def _json_float(value: Any) -> float:
    if type(value) not in (int, float):
        raise Mismatch(f"expected Float, got {_kind_of(value)}")
    return float(value)


def _boolean(value: Any) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return _json_boolean(value)


def _json_boolean(value: Any) -> bool:
    if type(value) is not bool:
        raise Mismatch(f"expected Boolean, got {_kind_of(value)}")
    return value


def _chat(value: Any) -> int | str:
    try:
        return _integer(value)
    except Mismatch:
        if isinstance(value, str) and (value == "" or value.startswith("@")):
            return value
        raise Mismatch(f"expected Integer or @username, got {_kind_of(value)}") from None


def _upload(value: Any) -> Upload:
    if not isinstance(value, Upload):
        raise Mismatch(f"expected a file, got {_kind_of(value)}")
    return value


def _upload_or_string(value: Any) -> Upload | str:
    return value if isinstance(value, Upload) else _string(value)


_SCALARS: dict[str, Check] = {
    "String": _string,
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "InputFile": _upload,
}
_JSON_SCALARS: dict[str, Check] = {
    "String": _string,
    "Integer": _json_integer,
    "Float": _json_float,
    "Boolean": _json_boolean,
    "InputFile": _upload,
}


@cache
def bot_api() -> Description:
    """The description that is shipped."""
    return Description(json.loads(files("bot.sandbox").joinpath("description.json").read_text(encoding="utf-8")))
