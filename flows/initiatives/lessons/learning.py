"""The learning network: lessons of this municipality for others, and theirs for us.

What comes from elsewhere isn't trusted: it is checked (`flows.initiatives.lessons.file`), stripped of what says who
somebody is, and never touches a lesson of our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.context import Context
from flows.errors import LessonsError
from flows.initiatives.lessons.file import FORMAT, MOST, LessonsFile, SharedLesson
from flows.initiatives.lessons.impersonal import without_persons
from flows.municipality import Municipality
from flows.timers import on_time, plan, unplan
from storage.audit import AuditEntry
from storage.lessons import Lesson, LessonFeed
from storage.timers import TimerKind

EVERY = timedelta(days=1)
"""How often a feed is read."""


# Ours, for others


async def document(session: AsyncSession, municipality: Municipality, schema_url: str) -> dict[str, Any]:
    """Our own lessons, without those that were withdrawn, as JSON."""
    query = select(Lesson).where(col(Lesson.source).is_(None), col(Lesson.withdrawn_at).is_(None))
    lessons = (await session.exec(query.order_by(col(Lesson.id).desc()).limit(MOST))).all()
    return {
        "$schema": schema_url,
        "format": FORMAT,
        "version": 1,
        "municipality": municipality.name,
        "lessons": [_shared(lesson, municipality) for lesson in reversed(lessons)],
    }


def _shared(lesson: Lesson, municipality: Municipality) -> dict[str, Any]:
    theme = municipality.theme(lesson.theme) if lesson.theme else None
    return {
        "uid": lesson.uid,
        "subject": lesson.subject,
        "theme": theme.name_in(lesson.language) if theme else lesson.theme,
        "route": lesson.route.value if lesson.route else None,
        "ending": lesson.ending.value,
        "worked": lesson.worked,
        "did_not": lesson.did_not,
        "tip": lesson.tip,
        "language": lesson.language,
        "learned_on": lesson.learned_on.isoformat(),
    }


# Theirs, for us


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What came of a file or feed, in lessons."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    """Known from elsewhere already, or ours: those stay as they are."""
    withdrawn: int = 0
    """Gone from the feed."""


async def take_in(
    session: AsyncSession, file: LessonsFile, source: str, now: datetime, *, whole: bool = False
) -> TakenIn:
    """Keep the lessons of `source`. With `whole` (a feed) those that aren't in it any more are withdrawn.

    What a coordinator withdrew stays withdrawn.
    """
    query = select(Lesson).where(col(Lesson.uid).in_([one.uid for one in file.lessons]))
    known = {lesson.uid: lesson for lesson in (await session.exec(query)).all()}
    hidden = await _hidden_by_coordinators(session)
    new = changed = same = refused = 0
    for one in file.lessons:
        lesson, values = known.get(one.uid), _values(one, file.municipality)
        if lesson is None:
            session.add(Lesson(uid=one.uid, source=source, created_at=now, **values))
            new += 1
        elif lesson.source != source:
            refused += 1
        elif {name: getattr(lesson, name) for name in values} == values and (
            lesson.withdrawn_at is None or lesson.id in hidden
        ):
            same += 1
        else:
            for name, value in values.items():
                setattr(lesson, name, value)
            if lesson.id not in hidden:
                lesson.withdrawn_at = None
            session.add(lesson)
            changed += 1
    gone = await _withdraw(session, source, now, but={one.uid for one in file.lessons}) if whole else 0
    await session.flush()
    return TakenIn(new=new, changed=changed, same=same, refused=refused, withdrawn=gone)


def _values(one: SharedLesson, municipality: str) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "subject": without_persons(one.subject),
        "theme": one.theme,
        "route": one.route,
        "ending": one.ending,
        "worked": without_persons(one.worked),
        "did_not": without_persons(one.did_not),
        "tip": without_persons(one.tip),
        "language": one.language,
        "learned_on": one.learned_on,
    }


async def _withdraw(session: AsyncSession, source: str, now: datetime, *, but: set[str]) -> int:
    query = select(Lesson).where(Lesson.source == source, col(Lesson.withdrawn_at).is_(None))
    gone = [lesson for lesson in (await session.exec(query)).all() if lesson.uid not in but]
    for lesson in gone:
        lesson.withdrawn_at = now
        session.add(lesson)
    return len(gone)


async def _hidden_by_coordinators(session: AsyncSession) -> set[int | None]:
    """The numbers of the lessons that a coordinator withdrew: the audit knows."""
    query = select(AuditEntry.subject_id).where(AuditEntry.command == "WithdrawLesson")
    return set((await session.exec(query)).all())


async def import_file(session: AsyncSession, file: LessonsFile, source: str, now: datetime) -> TakenIn:
    """Keep the lessons of a file, on the command line."""
    taken = await take_in(session, file, source, now)
    _note(session, "ImportLessons", now, None, {"new": taken.new, "changed": taken.changed})
    return taken


# Feeds


@dataclass(frozen=True, kw_only=True)
class ToRead:
    """A feed that is to be read now."""

    id: int
    url: str
    etag: str | None


async def subscribe(session: AsyncSession, url: str, file: LessonsFile, etag: str | None, now: datetime) -> TakenIn:
    """Read `url` every day from now on; `file` is what it says now. Raises LessonsError when we do already."""
    if (await session.exec(select(LessonFeed).where(LessonFeed.url == url))).first() is not None:
        raise LessonsError(f"{url} is read every day already; there is nothing to do")
    feed = LessonFeed(url=url, etag=etag, read_at=now)
    session.add(feed)
    await session.flush()
    await plan(session, TimerKind.LESSON_FEEDS, feed.id or 0, now + EVERY)
    _note(session, "SubscribeToLessons", now, feed.id, {})
    return await take_in(session, file, url, now, whole=True)


async def unsubscribe(session: AsyncSession, url: str, now: datetime) -> int:
    """Read it no more; its lessons are withdrawn, and counted. Raises LessonsError with those there are."""
    feeds = (await session.exec(select(LessonFeed).order_by(col(LessonFeed.id)))).all()
    feed = next((one for one in feeds if one.url == url), None)
    if feed is None:
        known = ", ".join(one.url for one in feeds) or "there are none"
        raise LessonsError(f"{url} isn't read here; subscriptions: {known}")
    await unplan(session, TimerKind.LESSON_FEEDS, feed.id or 0)
    gone = await _withdraw(session, url, now, but=set())
    _note(session, "UnsubscribeFromLessons", now, feed.id, {"withdrawn": gone})
    await session.delete(feed)
    await session.flush()
    return gone


async def subscriptions(session: AsyncSession) -> Sequence[LessonFeed]:
    """All of them, oldest first."""
    return (await session.exec(select(LessonFeed).order_by(col(LessonFeed.id)))).all()


@on_time(TimerKind.LESSON_FEEDS, at_any_hour=True)
async def ask_to_read(context: Context, feed_id: int) -> timedelta | None:
    """Mark it: reading goes over the network, which isn't done in a transaction, nor here (`bot.feeds` does it)."""
    feed = await context.session.get(LessonFeed, feed_id)
    if feed is None:
        return None
    feed.read_at = None
    context.session.add(feed)
    return EVERY


async def to_read(session: AsyncSession) -> list[ToRead]:
    """The feeds that are to be read now."""
    query = select(LessonFeed).where(col(LessonFeed.read_at).is_(None)).order_by(col(LessonFeed.id))
    return [ToRead(id=one.id or 0, url=one.url, etag=one.etag) for one in (await session.exec(query)).all()]


async def was_read(
    session: AsyncSession, feed: ToRead, file: LessonsFile | None, etag: str | None, now: datetime
) -> TakenIn:
    """It was read; `file` is None when nothing changed."""
    row = await session.get(LessonFeed, feed.id, with_for_update=True, populate_existing=True)
    if row is None:  # unsubscribed meanwhile
        return TakenIn()
    row.read_at, row.error = now, None
    if file is not None:
        row.etag = etag
    session.add(row)
    return TakenIn() if file is None else await take_in(session, file, feed.url, now, whole=True)


async def was_not_read(session: AsyncSession, feed: ToRead, why: str, now: datetime) -> None:
    """It couldn't be read; what we have of it stays, and tomorrow it is tried again."""
    row = await session.get(LessonFeed, feed.id)
    if row is not None:
        row.read_at, row.error = now, why[:500]
        session.add(row)


def _note(session: AsyncSession, command: str, now: datetime, number: int | None, details: Mapping[str, Any]) -> None:
    """The command line's doings are in the audit too."""
    session.add(AuditEntry(at=now, actor_id=None, command=command, subject_id=number, details=dict(details)))
