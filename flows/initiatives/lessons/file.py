"""What lessons look like between municipalities: a file or feed, its published schema, and reading it with care."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from flows.errors import LessonsError
from storage.initiatives import Route
from storage.lessons import Ending

FORMAT = "stuur-lessons"
SCHEMA = "lessons.schema.json"
"""The name of the schema's file, beside this module and on our own pages."""
LARGEST = 4_000_000
"""Bytes of a file or feed; more is refused unread."""
MOST = 1000
"""Lessons in a file or feed: the newest."""


def _clean(text: str) -> str:
    """Without characters that can't be seen, but for line ends; they could hide something or turn text around."""
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.strip()


def _clean_and_said(text: str) -> str:
    if not (kept := _clean(text)):
        raise ValueError("is empty; write something")
    return " ".join(kept.split())


Words = Annotated[str, Field(max_length=1000), AfterValidator(_clean)]
Short = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_clean_and_said)]


class SharedLesson(BaseModel):
    """What residents learned from one initiative, in at most three short answers. Nothing in it is about a person."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    uid: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{8,64}$", description="The same for ever, everywhere.")]
    subject: Annotated[Short, Field(description="What it was about, in a few words.")]
    theme: Annotated[Short | None, Field(description="What it belongs to, as people call it there.")] = None
    route: Annotated[Route | None, Field(description="The way in which the residents took the lead.")] = None
    ending: Annotated[Ending, Field(description="How the initiative ended.")]
    worked: Annotated[Words, Field(description="What worked; empty when nobody said.")] = ""
    did_not: Annotated[Words, Field(description="What didn't work; empty when nobody said.")] = ""
    tip: Annotated[Words, Field(description="For who begins something alike; empty when nobody said.")] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="Of the words: ISO 639.")]
    learned_on: Annotated[date, Field(description="The day it was told.")]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.worked or self.did_not or self.tip):
            raise ValueError("says nothing; give worked, did_not or tip")
        return self


class LessonsFile(BaseModel):
    """The lessons of one municipality: what `/lessons.json` and `stuur lessons export` give."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    schema_: Annotated[str | None, Field(alias="$schema", max_length=500, description="Where this schema is.")] = None
    format: Literal["stuur-lessons"]
    version: Literal[1]
    municipality: Annotated[Short, Field(description="Where these lessons were learned.")]
    lessons: Annotated[tuple[SharedLesson, ...], Field(max_length=MOST)]


def schema() -> dict[str, Any]:
    """The published JSON Schema."""
    made = LessonsFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **made}


def parse(content: bytes, today: date) -> LessonsFile:
    """Read a file or feed. Raises LessonsError: one line with the place in it and what is wrong."""
    if len(content) > LARGEST:
        raise LessonsError(f"is larger than {LARGEST} bytes; lessons of one municipality never are")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as exc:
        where = f" (line {exc.lineno})" if isinstance(exc, json.JSONDecodeError) else ""
        raise LessonsError(f"isn't JSON{where}; make it with `stuur lessons export`") from exc
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise LessonsError(f'isn\'t a file with lessons: it lacks "format": "{FORMAT}"')
    if found.get("version") != 1:
        raise LessonsError("has a version that isn't known here; only 1 is, so bring Stuur up to date")
    try:
        parsed = LessonsFile.model_validate(found)
    except ValidationError as exc:
        raise LessonsError(_explain(exc)) from exc
    for number, lesson in enumerate(parsed.lessons):
        if lesson.learned_on > today + timedelta(days=1):
            raise LessonsError(f"lessons[{number}].learned_on is in the future; correct it")
    uids = [lesson.uid for lesson in parsed.lessons]
    if len(set(uids)) < len(uids):
        twice = next(uid for uid in uids if uids.count(uid) > 1)
        raise LessonsError(f"has two lessons with the uid {twice}; give each its own")
    return parsed


def _explain(error: ValidationError) -> str:
    """The first mistake, with its place, and never the words that stand there."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).removeprefix(".")
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place or 'the file'}: {reason[0].lower()}{reason[1:]}; see {SCHEMA}"
