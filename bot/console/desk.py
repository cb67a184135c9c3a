"""The first room of the console: one question for who got a link by e-mail, with all that can be done about it.

What is done here are the same commands as everywhere (`flows.commands.carry`); a refusal is shown with what was typed.
"""

from __future__ import annotations

import hmac

from aiohttp import web

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
from bot.console.desk_room import (
    DATABASE,
    PRIVATE,
    QUESTION,
    Visit,
    context_of,
    here_in,
    page_of,
    refuse_others,
    see_other,
    visit_of,
)
from bot.console.desk_view import Seen, see
from bot.console.photos import Photos
from bot.console.rendering import PAGES
from flows.commands import Outcome, Refused, carry
from flows.context import Context
from flows.questions.along import along_with
from flows.questions.desk.answering import term_on
from flows.questions.desk.claiming import take_to_answer
from flows.questions.desk.mailing import may_see, session_of
from flows.questions.keeping import taken
from flows.questions.verbs import AnswerQuestion, GiveNewDate
from flows.verbs import QuestionCommand
from flows.words.personal import Kind
from storage.questions import Question, QuestionMessage

PHOTOS = web.AppKey("desk_photos", Photos)
SOUNDS = web.AppKey("desk_sounds", Photos)


def add_routes(router: web.UrlDispatcher) -> None:
    """Their addresses."""
    router.add_get(QUESTION, show_question)
    router.add_get(f"{QUESTION}/media/{{number:[0-9]{{1,9}}}}", show_media)
    router.add_post(f"{QUESTION}/{{form:{'|'.join(Form)}}}", act)


async def show_question(request: web.Request) -> web.StreamResponse:
    """All of it, and what can be done."""
    async with request.app[DATABASE].transaction() as session:
        visit = await visit_of(request, session)
        if visit is None:
            return _ended(request)
        seen = await see(visit.context, request.app[PAGES].around(request), visit.person, visit.question)
    done = next((one for one in Form if one == request.query.get("gedaan")), None)
    return _question(request, visit, seen, done=done)


async def show_media(request: web.Request) -> web.StreamResponse:
    """A picture or a sound of the question."""
    async with request.app[DATABASE].transaction() as session:
        visit = await visit_of(request, session)
        message = None if visit is None else await session.get(QuestionMessage, int(request.match_info["number"]))
        if visit is None or message is None:
            raise web.HTTPNotFound
        along = await along_with(context_of(request, session), visit.question)
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
    refuse_others(request)
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    around = request.app[PAGES].around(request)
    typed = read(Form(request.match_info["form"]), fields, around)
    step = fields.get("stap", "")
    async with request.app[DATABASE].transaction() as session:
        visit = await visit_of(request, session, to_act=True)
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
            return page_of(request, "desk/left.html", done=around.team(question.team_code))
    return see_other(request, here_in(request), typed.form)


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
    return page_of(
        request,
        "desk/preview.html",
        here=here_in(request),
        seen=seen,
        proof=visit.proof,
        typed=typed,
        due=term_on(visit.context, visit.question, command.until) if isinstance(command, GiveNewDate) else None,
        newer=newer,
    )


def _personal(request: web.Request, visit: Visit, typed: Typed, kinds: list[Kind]) -> web.Response:
    """Something in it looks personal; nothing of it was kept yet."""
    around = request.app[PAGES].around(request)
    return page_of(
        request,
        "desk/personal.html",
        here=here_in(request),
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
    return page_of(
        request,
        "desk/question.html",
        status=200 if refused is None else 409,
        here=here_in(request),
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
    return page_of(request, "desk/ended.html", status=403, text=text, action=f"{here_in(request)}/opnieuw")
