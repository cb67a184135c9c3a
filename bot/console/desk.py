"""The first room of the console: one question for who got a link by e-mail, with all that can be done about it.

The link itself changes nothing: programs that look into e-mail open every link, so a button (a POST) uses it. What is
done here are the same commands as everywhere (`flows.commands.carry`); a refusal is shown with what was typed.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.desk_view import ANSWER, NOTE, RETURN, TRANSFER, Seen, see
from bot.console.photos import Photos
from bot.console.rendering import PAGES
from flows.commands import Refused, carry
from flows.context import Context
from flows.questions.along import along_with
from flows.questions.desk.mailing import ask_again, hashed, link_of, may_see, open_session, session_of
from flows.questions.verbs import (
    AnswerQuestion,
    ClaimQuestion,
    ReleaseQuestion,
    ReturnQuestion,
    TransferQuestion,
    WriteNote,
)
from flows.verbs import QuestionCommand
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
DONE = ("claimed", "released", "answered", "noted")
"""What the page can say it did, after it was read anew."""


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


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What came with a form, to show again."""

    words: Mapping[str, str] = field(default_factory=dict)
    """By form."""
    team: str = ""


def add_routes(router: web.UrlDispatcher) -> None:
    """Their addresses."""
    router.add_get(CODE, show_door)
    router.add_post(CODE, enter)
    router.add_post(f"{CODE}/opnieuw", new_link)
    router.add_get(QUESTION, show_question)
    router.add_get(f"{QUESTION}/media/{{number:[0-9]{{1,9}}}}", show_media)
    router.add_post(f"{QUESTION}/opnieuw", new_link_here)
    router.add_post(f"{QUESTION}/uit", leave)
    router.add_post(f"{QUESTION}/{{act:pak|terug|antwoord|notitie|door|retour}}", act)


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
            return _ended(request, Typed())
        seen = await see(visit.context, request.app[PAGES].around(request), visit.person, visit.question)
    done = request.query.get("gedaan", "")
    return _question(request, visit, seen, done=done if done in DONE else "")


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
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    what, around = request.match_info["act"], request.app[PAGES].around(request)
    said = _clean(form.get("tekst", ""))
    typed = Typed(words={what: said}, team=form.get("team", ""))
    async with request.app[DATABASE].transaction() as session:
        visit = await _visit(request, session, to_act=True)
        if visit is None or not hmac.compare_digest(form.get("bewijs", "").encode(), visit.proof.encode()):
            return _ended(request, typed)
        seen = await see(visit.context, around, visit.person, visit.question)
        step = form.get("stap", "")
        if what == ANSWER and step == "verander":
            return _question(request, visit, seen, typed=typed)
        if (wrong := _wrong(what, said)) is not None:
            return _question(request, visit, seen, typed=typed, refused=wrong, wrong=what)
        if what == ANSWER and (step != "stuur" or form.get("gezien") != str(seen.last)):
            return _page(
                request,
                "desk/preview.html",
                here=_here(request),
                seen=seen,
                proof=visit.proof,
                text=said,
                action=f"{_here(request)}/{ANSWER}",
                newer=step == "stuur",
            )
        outcome = await carry(visit.context, _command(what, visit.question.id or 0, said, typed.team))
        if isinstance(outcome, Refused):
            seen = await see(visit.context, around, visit.person, visit.question)
            return _question(request, visit, seen, typed=typed, refused=outcome, wrong=what)
        if not await may_see(visit.context, visit.person, visit.question):
            found = await session_of(session, visit.token)
            if found is not None:
                await session.delete(found)
            return _page(request, "desk/left.html", done=around.team(visit.question.team_code))
    done = {"pak": "claimed", "terug": "released", ANSWER: "answered", NOTE: "noted"}.get(what, "")
    return _see_other(request, _here(request), done)


def _command(what: str, number: int, said: str, team: str) -> QuestionCommand:
    match what:
        case "pak":
            return ClaimQuestion(question_id=number)
        case "terug":
            return ReleaseQuestion(question_id=number)
        case "antwoord":
            return AnswerQuestion(question_id=number, text=said)
        case "notitie":
            return WriteNote(question_id=number, text=said)
        case "door":
            return TransferQuestion(question_id=number, team=team, reason=said)
        case _:
            return ReturnQuestion(question_id=number, reason=said)


LONGEST = {ANSWER: 3000, NOTE: 1000, TRANSFER: 500, RETURN: 500}
"""Characters, as in a chat. No field stops at them: what is pasted would be cut without a word."""


def _wrong(what: str, said: str) -> Refused | None:
    """Why what was typed can't be taken."""
    longest = LONGEST.get(what)
    if longest is None:
        return None
    if len(said) < 2:
        return Refused(key="desk_page.empty")
    if len(said) > longest:
        return Refused(key="talk.refused.long", values={"length": len(said), "maximum": longest})
    return None


def _clean(text: str) -> str:
    """Lines end as ours do (a browser sends two characters), and what is no letter or line is gone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or char.isprintable() or char == "\u200d").strip()


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


def _see_other(request: web.Request, path: str, done: str = "") -> web.Response:
    query = {"gedaan": done} if done else {}
    reader = request.app[PAGES].reader(request)
    if reader.chosen:
        query["taal"] = reader.language
    target = str(request.rel_url.with_path(path).with_query(query))
    return web.Response(status=303, headers={**PRIVATE, "Location": target})


def _question(
    request: web.Request,
    visit: Visit,
    seen: Seen,
    *,
    typed: Typed | None = None,
    done: str = "",
    refused: Refused | None = None,
    wrong: str = "",
) -> web.Response:
    around = request.app[PAGES].around(request)
    return _page(
        request,
        "desk/question.html",
        status=200 if refused is None else 409,
        here=_here(request),
        seen=seen,
        proof=visit.proof,
        typed=typed or Typed(),
        done=done,
        refused=None if refused is None else around.plain(refused.key, **refused.values),
        wrong=wrong,
    )


def _ended(request: web.Request, typed: Typed) -> web.Response:
    """The session is over; what was typed is given back."""
    words = next(iter(typed.words.values()), "")
    return _page(request, "desk/ended.html", status=403, text=words, action=f"{_here(request)}/opnieuw")


def _page(
    request: web.Request, template: str, *, status: int = 200, here: str | None = None, **values: object
) -> web.Response:
    readable = here or request.path.removesuffix("/opnieuw").removesuffix("/uit")
    response = request.app[PAGES].answer(
        request, template, status=status, kept=False, switch=readable, here=here, **values
    )
    response.headers.update(PRIVATE)
    return response
