"""What the pages for who got a link by e-mail have in common: their addresses, who comes, and how they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.rendering import PAGES
from flows.context import Context
from flows.people.invitations import hashed
from flows.questions.desk.mailing import may_see, session_of
from storage.columns import now
from storage.database import Database
from storage.mail import ConsoleSession
from storage.people import Person
from storage.questions import Question

DESK = "/werk"
COOKIE = "stuur-werk"
"""One for each question: its path is the question's page, so two can be open side by side."""
DATABASE = web.AppKey("desk_database", Database)
CODE = f"{DESK}/{{code:[A-Za-z0-9_-]{{43}}}}"
QUESTION = f"{DESK}/vraag/{{reference:[A-Za-z0-9-]{{1,16}}}}"
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
"""On every answer of this room. (That no address of it goes elsewhere, says the Referrer-Policy of all pages.)"""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody with a session for the question they ask for."""

    context: Context
    person: Person
    question: Question
    token: str

    @property
    def proof(self) -> str:
        """What stands in every form of this session, and no other site can know."""
        return hashed(f"form:{self.token}")


async def visit_of(request: web.Request, session: AsyncSession, *, to_act: bool = False) -> Visit | None:
    """Who comes with which question; None: there is no session, it is over, or the question is no longer theirs."""
    token = request.cookies.get(COOKIE, "")
    found = await session_of(session, token)
    if found is None or found.expires_at <= now():
        return None
    # As in a chat: what one person does happens one after the other, and nothing comes into the question meanwhile.
    person = await session.get_one(Person, found.person_id, with_for_update={"key_share": True} if to_act else None)
    question = await session.get_one(Question, found.question_id, with_for_update=True if to_act else None)
    context = context_of(request, session, person)
    if question.reference != request.match_info["reference"].upper():
        return None
    if not await may_see(context, person, question):
        await session.delete(await session.get_one(ConsoleSession, found.token_hash))
        return None
    return Visit(context=context, person=person, question=question, token=token)


def refuse_others(request: web.Request) -> None:
    """Raises for a form of another site. Every browser says where a form comes from (`Origin`)."""
    ours = {request.host, urlsplit(request.app[PAGES].house.public_url or "").netloc}
    if urlsplit(request.headers.get("Origin", "")).netloc not in ours - {""}:
        raise web.HTTPForbidden(headers=PRIVATE)


def context_of(request: web.Request, session: AsyncSession, person: Person | None = None) -> Context:
    """For what happens in this request, done by `person`."""
    return Context(house=request.app[PAGES].house, session=session, now=now(), actor=person)


def here_in(request: web.Request) -> str:
    """The path of the question's page."""
    return f"{DESK}/vraag/{request.match_info['reference'].upper()}"


def see_other(request: web.Request, path: str, done: str = "") -> web.Response:
    """After a form: read this page anew, in the same language; it says what was `done`."""
    query = {"gedaan": done} if done else {}
    reader = request.app[PAGES].reader(request)
    if reader.chosen:
        query["taal"] = reader.language
    target = str(request.rel_url.with_path(path).with_query(query))
    return web.Response(status=303, headers={**PRIVATE, "Location": target})


def page_of(
    request: web.Request, template: str, *, status: int = 200, here: str | None = None, **values: object
) -> web.Response:
    """A page that nobody else may see, and no browser keeps."""
    readable = here or request.path.removesuffix("/opnieuw").removesuffix("/uit")
    response = request.app[PAGES].answer(
        request, template, status=status, kept=False, switch=readable, here=here, **values
    )
    response.headers.update(PRIVATE)
    return response
