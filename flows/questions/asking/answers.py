"""The answers of somebody who asks a question: their words, with where those may belong, and the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from flows.questions.asking import signposts
from flows.questions.asking.guessing import text_of
from flows.questions.asking.understanding.small_talk import is_small_talk
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Declined,
    Drafted,
    Given,
    Option,
    OptionRows,
    Surroundings,
    Unfit,
    chosen,
)
from flows.talk.incoming import Photo, Text, Voice
from flows.talk.own_words import MIN_LENGTH, OwnWords, Words, words_of
from flows.talk.personal import left_out, removed
from flows.talk.places import ThemeAnswer


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody wrote."""

    words: tuple[Words, ...]
    belongs_to: int | None = None
    """The question of theirs that it belongs to; None: a new one."""


class QuestionWords(AnswerType[Said]):
    """Own words, that may belong to a question asked before (`mine`: its id, reference and first words).

    What is plainly for somebody else, or an emergency, is said above them at once; who wants to can still ask.
    The texts are those of `OwnWords`, and `<question>.signposted` and `<question>.mine`.
    """

    BELONGS = "q"
    ELSEWHERE = "elsewhere"
    """They go where the signpost says."""
    echoed = False
    MORE_AT = ("helped", "theme", "review")
    """Questions with buttons only, where people go on telling; a picture or a voice is no answer to any."""

    def __init__(self, *, offered: bool = False, mine: Sequence[Mapping[str, Any]] = ()) -> None:
        self.own = OwnWords(offered=offered)
        self.mine = mine

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        if not draft:
            return None
        if removed(draft):  # first what was taken out; an emergency still goes before it
            found = signposts.find(_text(draft))
            above = [signposts.told(found, around)] if found is not None else []
            return "\n\n".join([*above, self.own.text(question, around, draft) or ""])
        lines = Markup("\n").join(self.own.show(draft, question, around).split("\n"))
        if (found := signposts.find(_text(draft))) is not None:
            return around.text(
                "question.ask.words.signposted",
                signpost=Markup(signposts.told(found, around)),
                words=lines,
                mine=self._mine_beside(found),
                urgent=found.kind is signposts.Kind.EMERGENCY,
            )
        if self.mine:
            return around.text("question.ask.words.mine", words=lines)
        return self.own.text(question, around, draft)

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        rows = [list(row) for row in self.own.options(question, around, draft)]
        if not draft or removed(draft):
            return rows
        found = signposts.find(_text(draft))
        if found is not None or self.mine:
            word = "anyway" if found is not None else "new"
            rows[0] = [Option(key=OwnWords.DONE, label=around.plain(f"question.ask.words.buttons.{word}"))]
        if found is None:
            return [*self._mine(around), *rows]
        return [[self._elsewhere(around)], *(self._mine(around) if self._mine_beside(found) else []), *rows]

    def _mine_beside(self, found: signposts.Signpost) -> bool:
        """Who is in danger chooses from as little as can be."""
        return bool(self.mine) and found.kind is not signposts.Kind.EMERGENCY

    def _elsewhere(self, around: Surroundings) -> Option:
        return Option(key=self.ELSEWHERE, label=around.plain("question.ask.words.buttons.elsewhere"))

    def _mine(self, around: Surroundings) -> list[list[Option]]:
        return [
            [
                Option(
                    key=f"{self.BELONGS}{one['id']}",
                    label=around.plain(
                        "question.ask.words.buttons.belongs", reference=one["reference"], asked=one["asked"]
                    ),
                )
            ]
            for one in self.mine
        ]

    def is_begun(self, draft: Any) -> bool:
        return self.own.is_begun(draft)

    def draft_of(self, value: Any) -> Any:
        return _pieces(value)

    def words(self, value: Any, question: str, around: Surroundings) -> str:
        return self.show(value, question, around)

    def takes_more(self, given: Given, at: str) -> bool:
        if isinstance(given, Photo | Voice):
            return True
        says_nothing = isinstance(given, Text) and (len(given.text.strip()) < MIN_LENGTH or is_small_talk(given.text))
        return at in self.MORE_AT and not says_nothing

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        found = signposts.find(_text(draft)) if draft and not removed(draft) else None
        if found is not None and chosen(given, [[self._elsewhere(around)]]) is not None:
            phone = found.phone if found.kind is signposts.Kind.EMERGENCY else None
            return Declined(key="question.ask.words.goes_elsewhere", values={"phone": phone})
        if draft:
            belongs = chosen(given, self._mine(around), in_full=True)
            if belongs is not None:
                return Accepted(value={"question": int(belongs.removeprefix(self.BELONGS)), "pieces": left_out(draft)})
            ours = [row for row in self.options(question, around, draft) if row[0].key == OwnWords.DONE]
            if chosen(given, ours) is not None:
                return Accepted(value=list(draft))
        return await self.own.accept(given, question, around, draft)

    def load(self, value: Any) -> Said:
        belongs_to = value.get("question") if isinstance(value, dict) else None
        if belongs_to is not None and belongs_to not in [one["id"] for one in self.mine]:
            raise Unfit
        return Said(words=self.own.load(_pieces(value)), belongs_to=belongs_to)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return self.own.show(_pieces(value), question, around)


class LikelyTheme(AnswerType[str]):
    """A theme, of which the likely ones are offered first; the draft says whether all are shown."""

    OTHER = "!other"
    ALL = "all"

    def __init__(self, likely: Sequence[str] = ()) -> None:
        self.likely = likely
        self.answer = ThemeAnswer()

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        return around.text("question.ask.theme.likely") if self._few(question, around, draft) else None

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        if not (few := self._few(question, around, draft)):
            return self.answer.options(question, around, None)
        other = Option(key=self.OTHER, label=around.plain("question.ask.theme.buttons.another"))
        return [*([one] for one in few), [other]]

    def _few(self, question: str, around: Surroundings, draft: Any) -> list[Option]:
        """The likely ones that are still in the municipality's file; none when all are to be shown."""
        known = {one.key: one for row in self.answer.options(question, around, None) for one in row}
        few = [known[code] for code in self.likely if code in known]
        return few if len(few) > 1 and draft != self.ALL else []

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if chosen(given, self.options(question, around, draft)) == self.OTHER:
            return Drafted(value=self.ALL)
        return await self.answer.accept(given, question, around, None)

    def load(self, value: Any) -> str:
        return self.answer.load(value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return self.answer.show(value, question, around)


def _pieces(value: Any) -> Any:
    return value.get("pieces") if isinstance(value, dict) else value


def _text(pieces: list[dict[str, Any]]) -> str:
    return text_of(words_of(pieces))
