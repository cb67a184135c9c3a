"""Reading the municipality's file, and saying in one line what is wrong with it."""

import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows.errors import MunicipalityError

_REMEDIES = {
    "string_type": "must be a text; write it between quotes",
    "string_too_short": "is empty; write a text, or leave the setting out",
    "int_type": "must be a whole number, without quotes",
    "bool_type": "must be true or false, without quotes",
    "float_type": "must be a number, without quotes",
    "float_parsing": "must be a number, without quotes",
    "tuple_type": "must be a list; write it between [ and ]",
    "model_type": "must be a table of settings",
    "date_type": "must be a date, without quotes, such as 2027-05-07",
    "date_parsing": "must be a date, without quotes, such as 2027-05-07",
    "date_from_datetime_parsing": "must be a date, without quotes, such as 2027-05-07",
    "date_from_datetime_inexact": "must be a date, without quotes, such as 2027-05-07",
}
"""What to do, by pydantic's name for the error; its own words serve for the others."""


def read(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises MunicipalityError, with the line where it isn't TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MunicipalityError(f"{path}: there is no such file; check STUUR_MUNICIPALITY") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise MunicipalityError(f"{path}: can't be read ({reason}); check the file and its rights") from error
    except UnicodeDecodeError as error:
        raise MunicipalityError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise MunicipalityError(f"{path}: is not valid TOML; correct this: {_one_line(str(error))}") from error


def explain(error: ValidationError, model: type[BaseModel], content: dict[str, Any]) -> str:
    """The first problem in one line, with its place in words, and how many more there are."""
    # A misspelt setting comes first: it is often why another is missing.
    problems = sorted(error.errors(include_url=False), key=lambda problem: problem["type"] != "extra_forbidden")
    line = _explain_one(problems[0], model, content)
    return line if len(problems) == 1 else f"{line} (and {len(problems) - 1} more)"


def known(wrong: str, right: Sequence[str]) -> str:
    """What may stand there instead: "did you mean 'groen'? known: afval, groen"."""
    guess = get_close_matches(wrong, right, n=1)
    hint = f"did you mean {guess[0]!r}? " if guess else ""
    return f"{hint}known: {', '.join(right) or 'none'}"


def _explain_one(problem: ErrorDetails, model: type[BaseModel], content: dict[str, Any]) -> str:
    kind, loc = problem["type"], problem["loc"]
    if kind == "extra_forbidden":
        fields = _settings_at(model, loc[:-1])
        text = f"there is no such setting; {known(str(loc[-1]), fields)}"
    elif kind == "missing":
        text = "is missing; add it (the example file shows how)"
    elif kind == "value_error":
        text = str(problem["ctx"]["error"])
    elif kind == "enum":
        text = f"{problem['input']!r} is not known here; use {problem['ctx']['expected']}"
    elif kind in _REMEDIES:
        text = _REMEDIES[kind]
    else:
        text = f"{problem['msg'][:1].lower()}{problem['msg'][1:]}; correct it"
    place = _place(loc, content)
    return _one_line(f"{place}: {text}" if place else text)


def _place(loc: Iterable[int | str], content: Any) -> str:
    """Where it is, as one writes it: ``teams[2].themes[0] (team toezicht)``."""
    place, code = "", ""
    for step in loc:
        place += f"[{step}]" if isinstance(step, int) else f".{step}"
        try:
            content = content[step]
        except (LookupError, TypeError):
            content = None
        if isinstance(content, dict) and isinstance(content.get("code"), str):
            code = f" ({content['code']})"
    return place.removeprefix(".") + code


def _settings_at(model: type[BaseModel], loc: Iterable[int | str]) -> list[str]:
    """The settings of the table at this place of the file."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
