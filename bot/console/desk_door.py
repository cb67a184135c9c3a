"""The way in for who got a link by e-mail, and out again.

The link itself changes nothing: programs that look into e-mail open every link, so a button (a POST) uses it.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.desk_room import (
    CODE,
    COOKIE,
    DATABASE,
    DESK,
    QUESTION,
    context_of,
    here_in,
    page_of,
    refuse_others,
    see_other,
)
from bot.console.rendering import PAGES
from flows.questions.desk.mailing import ask_again, link_of, open_session, session_of


def add_routes(router: web.UrlDispatcher) -> None:
    """Their addresses."""
    router.add_get(CODE, show_door)
    router.add_post(CODE, enter)
    router.add_post(f"{CODE}/opnieuw", new_link)
    router.add_post(f"{QUESTION}/opnieuw", new_link_here)
    router.add_post(f"{QUESTION}/uit", leave)


async def show_door(request: web.Request) -> web.StreamResponse:
    """One button. It is the same for every code, so that looking tells nothing and uses nothing up."""
    return page_of(request, "desk/door.html", action=request.path)


async def enter(request: web.Request) -> web.StreamResponse:
    """Use the link, and go to the question."""
    refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        opened = await open_session(context_of(request, session), request.match_info["code"])
        reference = opened[1].reference if opened else ""
    if opened is None:
        return page_of(request, "desk/old.html", status=410, action=f"{request.path}/opnieuw")
    here = f"{DESK}/vraag/{reference}"
    response = see_other(request, here)
    public_url = request.app[PAGES].house.public_url or ""
    # No end in the browser: our side ends it after an hour, and an old one still leads to a new link.
    response.set_cookie(
        COOKIE, opened[0], path=here, httponly=True, samesite="Strict", secure=public_url.startswith("https:")
    )
    return response


async def new_link(request: web.Request) -> web.StreamResponse:
    """Another link, to the address that got the old one; the answer is the same whatever the code is."""
    refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        link = await link_of(session, request.match_info["code"])
        if link is not None:
            await ask_again(context_of(request, session), link.person_id, link.question_id)
    return page_of(request, "desk/sent.html")


async def new_link_here(request: web.Request) -> web.StreamResponse:
    """The same, for who was at the question and stayed too long."""
    refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        found = await session_of(session, request.cookies.get(COOKIE, ""))
        if found is not None:
            await ask_again(context_of(request, session), found.person_id, found.question_id)
    return page_of(request, "desk/sent.html")


async def leave(request: web.Request) -> web.StreamResponse:
    """End the session."""
    refuse_others(request)
    async with request.app[DATABASE].transaction() as session:
        found = await session_of(session, request.cookies.get(COOKIE, ""))
        if found is not None:
            await session.delete(found)
    response = page_of(request, "desk/left.html", done="")
    response.del_cookie(COOKIE, path=here_in(request))
    return response
