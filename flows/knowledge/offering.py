"""Articles that may answer what somebody is about to ask, before a person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import go
from flows.knowledge.desk_verbs import FoundAnswer
from flows.talk import answers
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Drafted,
    Given,
    Option,
    OptionRows,
    Surroundings,
    Unfit,
    chosen,
)
from flows.talk.message import Message
from flows.words.personal import stripped
from storage.knowledge import Article, ArticleSearch, ArticleStatus, SearchOutcome

SHOWN = 3
"""More would be a list to read."""
LABEL = 60
"""Characters of a button."""
KEPT = 500
"""Characters of what was looked for."""


class Offered(TypedDict):
    """An article as it is shown to who asks."""

    id: int
    question: str
    answer: str
    checked_on: str
    """ISO 8601."""
    source: str | None
    sure: bool
    """Whether it is likely that it answers the question."""


async def articles_for(context: Context, words: str) -> list[Offered]:
    """Those that fit what somebody wrote, at most three, best first; often none."""
    from flows.knowledge.finder import SURE

    if not words.strip():
        return []
    return [
        Offered(
            id=one.article.id,
            question=one.article.question,
            answer=one.article.answer,
            checked_on=one.article.checked_on.isoformat(),
            source=one.article.source,
            sure=one.fit >= SURE,
        )
        for one in await context.house.library.find(context.session, words, SHOWN)
    ]


async def shown_so_far(context: Context, *, earlier: Sequence[int] | None, now: Sequence[int]) -> list[int]:
    """The ids of all articles somebody has seen while they asked: those for their words before they wrote more, too."""
    return list(dict.fromkeys([*now, *(earlier or ())]))


class ArticleAnswer(AnswerType[int | None]):
    """The article that helps (its id), or None: ask a person, which is always one tap away.

    Where several were found, or one that isn't likely, each opens on the same screen: a draft, its id.
    """

    PERSON = "person"
    ALL = "all"
    LOOK, HELPS = "look-", "helps-"
    """What comes before the id."""

    def __init__(self, found: Sequence[Offered]) -> None:
        self.found = found

    def text(self, question: str, around: Surroundings, draft: Any) -> str | None:
        one = self._opened(draft)
        if one is None:
            listed = [{"question": each["question"], "checked": _checked(each)} for each in self.found]
            return around.text("article.several", sure=self.found[0]["sure"], articles=listed)
        return around.text(
            "article.one",
            question=one["question"],
            answer=one["answer"],
            checked=_checked(one),
            source=one["source"],
        )

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        one = self._opened(draft)
        person = [Option(key=self.PERSON, label=around.plain("article.buttons.person"))]
        if one is None:
            return [
                *([Option(key=f"{self.LOOK}{each['id']}", label=cut(each["question"]))] for each in self.found),
                person,
            ]
        helps = [Option(key=f"{self.HELPS}{one['id']}", label=around.plain("article.buttons.helps"))]
        if len(self.found) == 1:
            return [helps, person]
        return [helps, [Option(key=self.ALL, label=around.plain("article.buttons.all"))], person]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        shown = self.options(question, around, draft)
        key = chosen(given, shown) or chosen(given, [*shown, *self.options(question, around, None)])
        if key is None:
            return answers.Refused(key="article.refused.choice")
        if key == self.ALL:
            return Drafted(value=None)
        return Drafted(value=key.removeprefix(self.LOOK)) if key.startswith(self.LOOK) else Accepted(value=key)

    def load(self, value: Any) -> int | None:
        if value == self.PERSON:
            return None
        number = str(value).removeprefix(self.HELPS)
        if number not in {str(one["id"]) for one in self.found}:
            raise Unfit
        return int(number)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        one = self._opened(str(value).removeprefix(self.HELPS)) if value != self.PERSON else None
        return around.plain("article.buttons.person") if one is None else one["question"]

    def _opened(self, draft: Any) -> Offered | None:
        if len(self.found) == 1 and self.found[0]["sure"]:
            return self.found[0]
        return next((one for one in self.found if str(one["id"]) == str(draft)), None)


def _checked(article: Offered) -> date:
    return date.fromisoformat(article["checked_on"])


def cut(title: str, length: int = LABEL) -> str:
    """Short enough for a button."""
    return title if len(title) <= length else f"{title[: length - 1].rstrip()}…"


@carries(FoundAnswer)
async def carry_found(context: Context, command: FoundAnswer) -> Outcome:
    """Counted, and kept without who it was. They get the answer to keep, and a way on."""
    article = await context.session.get(Article, command.article_id, with_for_update=True, populate_existing=True)
    if article is None or article.status != ArticleStatus.PUBLISHED:
        return Refused(key="common.gone")
    article.helped += 1
    context.session.add(article)
    await searched(context, command.words, command.found, SearchOutcome.HELPED)
    around = context.around
    text = around.text(
        "article.helped",
        question=article.question,
        answer=article.answer,
        checked=article.checked_on,
        source=article.source,
    )
    buttons = ((go(around.plain("menu.buttons.vraag"), "vraag"),), (go(around.plain("menu.buttons.mijn"), "mijn"),))
    await context.reply(Message(text=text, buttons=buttons))
    return Done(details={"article": command.article_id, "found": list(command.found)})


async def searched(
    context: Context,
    words: str,
    found: Sequence[int],
    outcome: SearchOutcome,
    theme: str | None = None,
) -> None:
    """Keep what was looked for, without who and without what is theirs. Articles that made nobody wiser are counted.

    To be called when a person is asked: ASKED where articles were shown, NOTHING where there were none.
    """
    text = " ".join(words.split())
    if outcome == SearchOutcome.ASKED:
        for number in sorted(found):
            article = await context.session.get(Article, number, with_for_update=True, populate_existing=True)
            if article is not None:
                article.did_not_help += 1
                context.session.add(article)
    if text:
        context.session.add(
            ArticleSearch(
                asked=stripped(text, lambda _: "…")[:KEPT],
                found=list(found),
                outcome=outcome,
                theme_code=theme,
                at=context.now,
            )
        )
    await context.session.flush()
