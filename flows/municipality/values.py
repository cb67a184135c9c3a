"""The small values of the municipality's file: codes, names, whole numbers, texts in several languages."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

CODE_LENGTH = 20
"""Codes travel in buttons, and Telegram allows a button 64 bytes for everything it carries."""


def _code(text: str) -> str:
    if not re.fullmatch(rf"[a-z0-9-]{{1,{CODE_LENGTH}}}", text):
        raise ValueError(
            f"{text!r} can't be a code; use 1 to {CODE_LENGTH} characters: small letters, digits and hyphens"
        )
    return text


def _district_code(text: str) -> str:
    return text if re.fullmatch(r"WK\d{6}", text) else _code(text)


def _neighbourhood_code(text: str) -> str:
    return text if re.fullmatch(r"BU\d{8}", text) else _code(text)


def _postcode(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{3}", text):
        raise ValueError(f"{text!r} is not a postcode; write the four digits only, such as '8990'")
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", text):
        raise ValueError(f"{text!r} is not a web address; write it whole, such as 'https://www.example.org'")
    return text


def _email_address(text: str) -> str:
    if not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text):
        raise ValueError(f"{text!r} is not an e-mail address; write it whole, such as 'info@example.org'")
    return text


Code = Annotated[str, AfterValidator(_code)]
DistrictCode = Annotated[str, AfterValidator(_district_code)]
"""As Statistics Netherlands writes it, WK and six digits, or a code of the municipality's own."""
NeighbourhoodCode = Annotated[str, AfterValidator(_neighbourhood_code)]
"""As Statistics Netherlands writes it, BU and eight digits, or a code of the municipality's own."""
Postcode = Annotated[str, AfterValidator(_postcode)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
EmailAddress = Annotated[str, AfterValidator(_email_address)]

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Emoji = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8)]
Yes = Annotated[bool, Field(strict=True)]
WorkingDays = Annotated[int, Field(strict=True, ge=1, le=250)]
Count = Annotated[int, Field(strict=True, ge=1)]


class Frozen(BaseModel):
    """A table of the file: nothing unknown in it, and nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(RootModel[tuple[tuple[str, str], ...]]):
    """A text per language, ``{ nl = "…", en = "…" }``, or one string that serves every language."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        if isinstance(value, str):
            value = {"nl": value}
        if not isinstance(value, dict):
            raise ValueError('must be a text, or a text per language: { nl = "…", en = "…" }')
        for language, text in value.items():
            if not re.fullmatch(r"[a-z]{2,3}", language):
                raise ValueError(f"{language!r} is not a language; use codes such as nl, en")
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"the text for {language!r} is empty or not a text; write it between quotes")
        if "nl" not in value:
            raise ValueError('has no Dutch text; add nl = "…"')
        return tuple((language, text.strip()) for language, text in value.items())

    @classmethod
    def of(cls, **texts: str) -> Self:
        return cls.model_validate(texts)

    def name_in(self, language: str) -> str:
        """The text in this language ("en", "en-GB"), and in Dutch where there is none."""
        texts = dict(self.root)
        return texts.get(language.split("-")[0].lower(), texts["nl"])

    def __str__(self) -> str:
        return self.name_in("nl")
