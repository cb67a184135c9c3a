"""The first room of the console: one question for who got a link by e-mail, with all that can be done about it.

The link itself changes nothing: programs that look into e-mail open every link, so a button (a POST) uses it. What is
done here are the same commands as everywhere (`flows.commands.carry`); a refusal is shown with what was typed.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.desk_forms import (
    CHOOSING,
    LONGEST,
    TO_THE_ASKER,
    Form,
    Typed,
    command_of,
    field_to_change,
    personal_in,
    read,
    without_personal,
)
from bot.console.desk_view import Seen, see
from bot.console.photos import Photos
from bot.console.rendering import PAGES
from flows.commands import Outcome, Refused, carry
from flows.context import Context
from flows.people.invitations import hashed
from flows.questions.along import along_with
from flows.questions.desk.answering import term_on
from flows.questions.desk.claiming import take_to_answer
from flows.questions.desk.mailing import ask_again, link_of, may_see, open_session, session_of
from flows.questions.keeping import taken
from flows.questions.verbs import AnswerQuestion, GiveNewDate
from flows.verbs import QuestionCommand
from flows.words.personal import Kind
from storage.columns import now
from storage.database import Database
from storage.mail import ConsoleSession
from storage.people import Person
from storage.questions import Question, QuestionMessage

DESK = "/werk"
COOKIE = "stuur-werk"
"""One for each question: its path is the question's page, so two can be open side by side."""
DATABASE = web.AppKey("desk_database", Database)
PHOTOS = web.AppKey("desk_photos", Photos)
SOUNDS = web.AppKey("desk_sounds", Photos)
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


def add_routes(router: web.UrlDispatcher) -> None:
    """Their addresses."""
    router.add_get(CODE, show_door)
    router.add_post(CODE, enter)
    router.add_post(f"{CODE}/opnieuw", new_link)
    router.add_get(QUESTION, show_question)
    router.add_get(f"{QUESTION}/media/{{number:[0-9]{{1,9}}}}", show_media)
    router.add_post(f"{QUESTION}/opnieuw", new_link_here)
    router.add_post(f"{QUESTION}/uit", leave)
    router.add_post(f"{QUESTION}/{{form:{'|'.join(Form)}}}", act)


# The way in


async def show_door(request: web.Request) -> web.StreamResponse:
    """One button. It is the same for every code, so that looking tells nothing and uses nothing up."""
    return _page(request, "desk/door.html", action=request.path)


async def enter(request: web.Request) -> web.StreamResponse:
    """Use the link, and go to the question."""
    _refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        opened = await open_session(_context(request, session), request.match_info["code"])
        reference = opened[1].reference if opened else ""
    if opened is None:
        return _page(request, "desk/old.html", status=410, action=f"{request.path}/opnieuw")
    here = f"{DESK}/vraag/{reference}"
    response = _see_other(request, here)
    public_url = request.app[PAGES].house.public_url or ""
    # No end in the browser: our side ends it after an hour, and an old one still leads to a new link.
    response.set_cookie(
        COOKIE, opened[0], path=here, httponly=True, samesite="Strict", secure=public_url.startswith("https:")
    )
    return response


async def new_link(request: web.Request) -> web.StreamResponse:
    """Another link, to the address that got the old one; the answer is the same whatever the code is."""
    _refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        link = await link_of(session, request.match_info["code"])
        if link is not None:
            await ask_again(_context(request, session), link.person_id, link.question_id)
    return _page(request, "desk/sent.html")


async def new_link_here(request: web.Request) -> web.StreamResponse:
    """The same, for who was at the question and stayed too long."""
    _refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        found = await session_of(session, request.cookies.get(COOKIE, ""))
        if found is not None:
            await ask_again(_context(request, session), found.person_id, found.question_id)
    return _page(request, "desk/sent.html")


async def leave(request: web.Request) -> web.StreamResponse:
    """End the session."""
    _refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        found = await session_of(session, request.cookies.get(COOKIE, ""))
        if found is not None:
            await session.delete(found)
    response = _page(request, "desk/left.html", done="")
    response.del_cookie(COOKIE, path=_here(request))
    return response


# The question


async def show_question(request: web.Request) -> web.StreamResponse:
    """All of it, and what can be done."""
    async with request.app[DATABASE].transaction() as session:
        visit = await _visit(request, session)
        if visit is None:
            return _ended(request)
        seen = await see(visit.context, request.app[PAGES].around(request), visit.person, visit.question)
    done = next((one for one in Form if one == request.query.get("gedaan")), None)
    return _question(request, visit, seen, done=done)


async def show_media(request: web.Request) -> web.StreamResponse:
    """A picture or a sound of the question."""
    async with request.app[DATABASE].transaction() as session:
        visit = await _visit(request, session)
        message = None if visit is None else await session.get(QuestionMessage, int(request.match_info["number"]))
        if visit is None or message is None:
            raise web.HTTPNotFound
        along = await along_with(_context(request, session), visit.question)
        if message.question_id not in {one.id for one in (visit.question, *along)}:
            raise web.HTTPNotFound
    if message.photo:
        found = await request.app[PHOTOS].get(message.photo)
    else:
        found = await request.app[SOUNDS].get(message.voice) if message.voice else None
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.content, content_type=found.content_type, headers=PRIVATE)


async def act(request: web.Request) -> web.StreamResponse:
    """Do what a form says."""
    _refuse_others(request)
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    around = request.app[PAGES].around(request)
    typed = read(Form(request.match_info["form"]), fields, around)
    step = fields.get("stap", "")
    async with request.app[DATABASE].transaction() as session:
        visit = await _visit(request, session, to_act=True)
        if visit is None or not hmac.compare_digest(fields.get("bewijs", "").encode(), visit.proof.encode()):
            return _ended(request, typed.text)
        context, question = visit.context, visit.question
        seen = await see(context, around, visit.person, question)
        if step == "verander":
            return _question(request, visit, seen, typed=typed)
        command = command_of(typed, question.id or 0, around)
        if isinstance(command, Refused):
            return _question(request, visit, seen, typed=typed, refused=command)
        if kinds := personal_in(typed):
            return _personal(request, visit, typed, kinds)
        if typed.form in TO_THE_ASKER and (step != "stuur" or fields.get("gezien") != str(seen.last)):
            if (refused := await _may_look(context, question, command)) is None:
                return _preview(request, visit, seen, typed, command, newer=step == "stuur")
            outcome: Outcome = refused
        else:
            outcome = await carry(context, command)
        if isinstance(outcome, Refused):
            seen = await see(context, around, visit.person, question)
            return _question(request, visit, seen, typed=typed, refused=outcome)
        if not await may_see(context, visit.person, question):
            found = await session_of(session, visit.token)
            if found is not None:
                await session.delete(found)
            return _page(request, "desk/left.html", done=around.team(question.team_code))
    return _see_other(request, _here(request), typed.form)


async def _may_look(context: Context, question: Question, command: QuestionCommand) -> Refused | None:
    """Before the last look, why not. As in a chat who answers has it from here on: the others see who is answering."""
    if (refused := await taken(context, question)) is not None:
        return refused
    match command:
        case AnswerQuestion():
            return await take_to_answer(context, question)
        case GiveNewDate(until=day) if term_on(context, question, day) is None:
            return Refused(key="desk.refused.new_date", values={"due": question.due_at})
        case _:
            return None


def _preview(
    request: web.Request, visit: Visit, seen: Seen, typed: Typed, command: QuestionCommand, *, newer: bool
) -> web.Response:
    """What the resident will read; `newer`: something came in since it was looked at last."""
    return _page(
        request,
        "desk/preview.html",
        here=_here(request),
        seen=seen,
        proof=visit.proof,
        typed=typed,
        due=term_on(visit.context, visit.question, command.until) if isinstance(command, GiveNewDate) else None,
        newer=newer,
    )


# What all of them need


async def _visit(request: web.Request, session: AsyncSession, *, to_act: bool = False) -> Visit | None:
    """Who comes with which question; None: there is no session, it is over, or the question is no longer theirs."""
    token = request.cookies.get(COOKIE, "")
    found = await session_of(session, token)
    if found is None or found.expires_at <= now():
        return None
    # As in a chat: what one person does happens one after the other.
    person = await session.get_one(Person, found.person_id, with_for_update={"key_share": True} if to_act else None)
    question = await session.get_one(Question, found.question_id)
    context = _context(request, session, person)
    if question.reference != request.match_info["reference"].upper():
        return None
    if not await may_see(context, person, question):
        await session.delete(await session.get_one(ConsoleSession, found.token_hash))
        return None
    return Visit(context=context, person=person, question=question, token=token)


def _refuse_others(request: web.Request) -> None:
    """Raises for a form of another site. Every browser says where a form comes from (`Origin`)."""
    ours = {request.host, urlsplit(request.app[PAGES].house.public_url or "").netloc}
    if urlsplit(request.headers.get("Origin", "")).netloc not in ours - {""}:
        raise web.HTTPForbidden(headers=PRIVATE)


def _context(request: web.Request, session: AsyncSession, person: Person | None = None) -> Context:
    return Context(house=request.app[PAGES].house, session=session, now=now(), actor=person)


def _here(request: web.Request) -> str:
    return f"{DESK}/vraag/{request.match_info['reference'].upper()}"


def _see_other(request: web.Request, path: str, done: Form | None = None) -> web.Response:
    query = {"gedaan": str(done)} if done else {}
    reader = request.app[PAGES].reader(request)
    if reader.chosen:
        query["taal"] = reader.language
    target = str(request.rel_url.with_path(path).with_query(query))
    return web.Response(status=303, headers={**PRIVATE, "Location": target})


def _personal(request: web.Request, visit: Visit, typed: Typed, kinds: list[Kind]) -> web.Response:
    """Something in it looks personal; nothing of it was kept yet."""
    around = request.app[PAGES].around(request)
    return _page(
        request,
        "desk/personal.html",
        here=_here(request),
        proof=visit.proof,
        typed=typed,
        without=without_personal(typed, around),
        kinds=[around.plain(f"personal.kind.{kind}") for kind in kinds],
        bsn=Kind.BSN in kinds,
    )


def _question(
    request: web.Request,
    visit: Visit,
    seen: Seen,
    *,
    typed: Typed | None = None,
    done: Form | None = None,
    refused: Refused | None = None,
) -> web.Response:
    around = request.app[PAGES].around(request)
    return _page(
        request,
        "desk/question.html",
        status=200 if refused is None else 409,
        here=_here(request),
        seen=seen,
        proof=visit.proof,
        forms=Form,
        texts=LONGEST,
        choosing=CHOOSING,
        wrong=field_to_change(typed, refused) if typed is not None and refused is not None else "",
        typed=typed,
        done=done,
        refused=None if refused is None else around.plain(refused.key, **refused.values),
    )


def _ended(request: web.Request, text: str = "") -> web.Response:
    """The session is over; what was typed is given back."""
    return _page(request, "desk/ended.html", status=403, text=text, action=f"{_here(request)}/opnieuw")


def _page(
    request: web.Request, template: str, *, status: int = 200, here: str | None = None, **values: object
) -> web.Response:
    readable = here or request.path.removesuffix("/opnieuw").removesuffix("/uit")
    response = request.app[PAGES].answer(
        request, template, status=status, kept=False, switch=readable, here=here, **values
    )
    response.headers.update(PRIVATE)
    return response
