"""A text in which what looks personal is pointed out before anything of it is kept; one message long."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flows.talk import personal
from flows.talk.answers import (
    Acceptance,
    Accepted,
    Drafted,
    Given,
    OptionRows,
    Refused,
    Surroundings,
    Text,
    chosen,
)
from flows.words.personal import Kind


class CheckedText(Text):
    """As `Text`. Only these kinds are pointed out; while they choose, the draft is the text without it.

    Who wants it in sends the message once more, as at `OwnWords`.
    """

    def __init__(self, *, max_length: int, min_length: int = 2, kinds: Collection[Kind] = tuple(Kind)) -> None:
        super().__init__(max_length=max_length, min_length=min_length)
        self.kinds = kinds

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        return personal.told([draft], draft["text"], around) if isinstance(draft, dict) else None

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return personal.choice([draft], around) if isinstance(draft, dict) else super().options(question, around, draft)

    def was(self, draft: Any) -> str | None:
        return None if isinstance(draft, dict) else super().was(draft)

    def waits_for_it(self, draft: Any) -> bool:
        """Whether the message is to come once more."""
        return isinstance(draft, dict) and personal.waits_for_it([draft])

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if not isinstance(draft, dict):
            accepted = await super().accept(given, question, around, draft)
            return self._checked(accepted, None, around) if accepted != Accepted(value=draft) else accepted
        match chosen(given, self.options(question, around, draft), in_full=True):
            case personal.TAKE_OUT:
                return Accepted(value=draft["text"])
            case personal.LEAVE:
                (again,) = personal.left_in([draft])
                return Drafted(value=again)
        return self._checked(await super().accept(given, question, around, None), draft, around)

    def _checked(self, accepted: Acceptance, before: dict[str, Any] | None, around: Surroundings) -> Acceptance:
        """`before`: what was taken out of the message that this one comes in place of."""
        if not isinstance(accepted, Accepted):
            return accepted
        piece = {"text": accepted.value}
        marked = personal.without_personal(piece, around, self.kinds)
        if before is not None and self.waits_for_it(before):
            marked = personal.as_chosen(piece, before, around, self.kinds)
        if marked == piece:
            return accepted
        return Drafted(value=marked, why=Refused(key=accepted.left_out) if accepted.left_out is not None else None)
