"""Our own pages for machines: is it alive, and how much is there to do."""

from __future__ import annotations

from aiohttp import web
from sqlmodel import func, select

from storage.database import Database, is_outage
from storage.errors import DatabaseError
from storage.outbox import OutboxMessage, OutboxStatus
from storage.questions import Question, QuestionStatus
from storage.updates import FailedUpdate

DATABASE = web.AppKey("database", Database)


def pages(application: web.Application, database: Database) -> None:
    """Add /healthz and /metrics."""
    application[DATABASE] = database
    application.router.add_get("/healthz", health)
    application.router.add_get("/metrics", metrics)


async def health(request: web.Request) -> web.Response:
    """200 when the database answers, else 503."""
    try:
        await request.app[DATABASE].check()
    except DatabaseError:
        return web.json_response({"status": "no database"}, status=503)
    return web.json_response({"status": "ok"})


async def metrics(request: web.Request) -> web.Response:
    """Counts in the text format of Prometheus; nothing about anybody."""
    try:
        counts = await _counts(request.app[DATABASE])
    except Exception as exc:
        if not isinstance(exc, DatabaseError) and not is_outage(exc):
            raise
        return web.Response(status=503, text="no database\n")
    lines = [line for name, count in counts.items() for line in (f"# TYPE {name} gauge", f"{name} {count}")]
    return web.Response(text="\n".join([*lines, ""]), content_type="text/plain")


async def _counts(database: Database) -> dict[str, int]:
    async with database.transaction() as session:
        waiting = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.status == OutboxStatus.WAITING)
        failed = select(func.count()).select_from(FailedUpdate)
        still_open = select(func.count()).select_from(Question).where(Question.status == QuestionStatus.OPEN)
        return {
            "stuur_outbox_waiting": (await session.exec(waiting)).one(),
            "stuur_failed_updates": (await session.exec(failed)).one(),
            "stuur_questions_open": (await session.exec(still_open)).one(),
        }
