"""What the house has learned of what questions are about: from the municipality's examples, and from its people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.municipality import Municipality
from flows.questions.asking.understanding.classifier import Classifier, Example, Guess
from flows.questions.asking.understanding.examples import read_examples
from flows.questions.asking.understanding.training import Learned, TrainingError, train_aside, train_here
from storage.questions import MessageKind, Question, QuestionMessage, ThemeBy

log = structlog.get_logger()

MOST = 2_000
"""Corrections that are learned from, the newest: with more, learning takes too long."""
LONGEST = 300
"""Characters of each."""


class Understanding:
    """Lives as long as the house, which has one municipality."""

    def __init__(self) -> None:
        self._classifier: Classifier | Learned | None = None
        self._is_learning = False

    async def learn(self, municipality: Municipality, corrected: Sequence[Example] = ()) -> None:
        """Anew, in a process of its own; until it is done the house goes on with what it knew."""
        self._is_learning = True
        try:
            examples, themes = examples_of(municipality, corrected), themes_of(municipality)
            if len(themes) < 2:  # nothing to choose from
                return
            try:
                self._classifier = await asyncio.to_thread(train_aside, examples, themes)
            except TrainingError as exc:
                log.warning("learning what questions are about in this process instead", error=str(exc))
                self._classifier = (await asyncio.to_thread(Classifier.train, examples, themes)).packed()
            log.info("learned what questions are about", examples=len(examples), corrections=len(corrected))
        finally:
            self._is_learning = False

    def guess(self, municipality: Municipality, text: str) -> Guess | None:
        """What a question is about; None while it is learning for the first time, and with a single theme."""
        if self._classifier is None:
            if self._is_learning or len(municipality.themes) < 2:
                return None
            self._classifier = train_here(tuple(examples_of(municipality)), tuple(themes_of(municipality).items()))
        if isinstance(self._classifier, Learned):
            self._classifier = self._classifier.open()
        return self._classifier.guess(text)


def themes_of(municipality: Municipality) -> dict[str, str]:
    """By code, what describes each: its names."""
    return {theme.code: " ".join(name for _, name in theme.name.root) for theme in municipality.themes}


def examples_of(municipality: Municipality, corrected: Sequence[Example] = ()) -> list[Example]:
    """The sentences in the municipality's file, its table, and what was corrected. Raises TableError."""
    sentences = [
        Example(sentence, theme.code)
        for theme in municipality.themes
        for texts in theme.examples
        for _, sentence in texts.root
    ]
    table = [] if municipality.example_questions is None else read_examples(municipality.example_questions)
    codes = {theme.code for theme in municipality.themes}
    return [*sentences, *table, *(one for one in corrected if one.theme in codes)]


async def corrections(session: AsyncSession) -> list[Example]:
    """The first words of questions of which somebody at the desk said the theme, the newest `MOST`.

    They are read, and kept nowhere: when the question is deleted it is no longer learned from.
    """
    query = (
        select(QuestionMessage.text, Question.theme_code)
        .join(Question, col(Question.id) == QuestionMessage.question_id)
        .where(
            Question.theme_by == ThemeBy.DESK,
            col(Question.theme_code).is_not(None),
            col(QuestionMessage.kind).in_((MessageKind.QUESTION, MessageKind.SPLIT)),
            QuestionMessage.text != "",
        )
        .order_by(col(QuestionMessage.id).desc())
        .limit(MOST)
    )
    return [
        Example(" ".join(text.split())[:LONGEST], theme) for text, theme in (await session.exec(query)).all() if theme
    ]
