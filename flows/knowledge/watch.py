"""Every working day: ask the owners of articles whose day has come whether they are still right."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlmodel import col, select

from flows.context import Context
from flows.knowledge.desk import card
from flows.people.away import away
from flows.people.teams import coordinators, is_member, watchers
from flows.timers import Again, on_time
from storage.knowledge import Article, ArticleStatus
from storage.people import Person
from storage.timers import TimerKind

ASK_AGAIN = timedelta(days=14)
A_DAY = 5
"""Cards that somebody gets on one day; the others come on the next."""
AT_ONCE = 200


@on_time(TimerKind.ARTICLES)
async def review(context: Context, _subject: int) -> Again:
    """One card an article; where nobody reacts it comes again after two weeks."""
    municipality = context.house.municipality
    if not municipality.is_open(context.now):
        return municipality.next_opening(context.now) - context.now
    today = municipality.today(context.now)
    query = select(Article).where(Article.status == ArticleStatus.PUBLISHED, col(Article.review_on) <= today)
    due = (await context.session.exec(query.order_by(col(Article.review_on), col(Article.id)).limit(AT_ONCE))).all()
    asked: Counter[int] = Counter()
    for article in due:
        people = [one for one in await _keepers(context, article) if asked[one.id or 0] < A_DAY]
        for person in people:
            asked[person.id or 0] += 1
            await context.send(person, card(context.around_for(person), article, may=True, asks=True))
        if people:
            article.review_on = today + ASK_AGAIN
            context.session.add(article)
    return timedelta(days=1)


async def _keepers(context: Context, article: Article) -> list[Person]:
    """Its owner, as long as they work in its team and are here; else who looks after the team.

    Articles have no page yet: who is reached by e-mail can't check one, so it is for who has a chat.
    """
    owner = None if article.owner_id is None else await context.session.get(Person, article.owner_id)
    if (
        owner is not None
        and owner.telegram_id is not None
        and owner.id not in await away(context)
        and await is_member(context.session, owner, article.team_code)
    ):
        return [owner]
    looking = [one for one in await watchers(context, article.team_code) if one.telegram_id is not None]
    return looking or await coordinators(context.session)
