"""What everybody can read: the list of initiatives, one of them, and its pictures."""

from __future__ import annotations

import re

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.caching import conditional
from bot.console.photos import Photos
from bot.console.rendering import PAGES
from flows.context import Context
from flows.initiatives.people.following import follow_link
from flows.initiatives.public import publishing
from flows.initiatives.public.public_view import by_reference, districts, listed, photo_of, photo_of_step, seen_by_all
from flows.initiatives.public.publishing import join_link
from flows.moments.coming import coming, coming_anywhere
from flows.moments.moment import link_of
from flows.municipality.places import District
from storage.columns import now
from storage.database import Database
from storage.initiatives import Initiative
from storage.moments import Moment

LIST = publishing.PAGES
DATABASE = web.AppKey("site_database", Database)
PHOTOS = web.AppKey("photos", Photos)
REFERENCE = "{reference:[A-Za-z0-9-]{1,16}}"
NUMBER = "{number:[0-9]{1,9}}"
MOMENTS = 6
"""In the neighbourhood, above the list."""
LONGEST = 100
"""Characters that are looked for."""


def add_routes(router: web.UrlDispatcher) -> None:
    """Their addresses."""
    router.add_get(LIST, show_list)
    router.add_get(f"{LIST}/", _without_slash)
    router.add_get(f"{LIST}/{REFERENCE}", show_one)
    router.add_get(f"{LIST}/{REFERENCE}/foto", show_photo)
    router.add_get(f"{LIST}/{REFERENCE}/stappen/{NUMBER}/foto", show_photo_of_step)


async def _without_slash(request: web.Request) -> web.StreamResponse:
    raise web.HTTPMovedPermanently(request.rel_url.with_path(LIST))


async def show_list(request: web.Request) -> web.StreamResponse:
    """The list: of a district (`wijk`), with words (`zoek`), page by page (`blad`)."""
    pages = request.app[PAGES]
    around = pages.around(request)
    district = around.municipality.district(request.query.get("wijk", ""))
    words = " ".join(re.findall(r"\w[\w'’-]*", request.query.get("zoek", "")))[:LONGEST]
    blad = request.query.get("blad", "1")
    page = int(blad) if blad.isascii() and blad.isdigit() and len(blad) < 7 else 1
    async with request.app[DATABASE].transaction() as session:
        context = _context(request, session)
        found = await listed(
            context,
            district=district.code if district else None,
            words=words,
            page=page,
        )
        counts = await districts(context)
        moments = [] if words or found.page > 1 else await _moments(context, district)
    return pages.answer(
        request,
        "list.html",
        found=found,
        district=district,
        words=words,
        moments=moments,
        districts=[(one, counts[one.code]) for one in around.municipality.districts if counts.get(one.code)],
    )


async def _moments(context: Context, district: District | None) -> list[tuple[Moment, str]]:
    """The soonest, each with the link that welcomes people to it."""
    soonest = coming_anywhere(context, MOMENTS) if district is None else coming(context, district.code, MOMENTS)
    return [(one, link_of(context, one)) for one in await soonest]


async def show_one(request: web.Request) -> web.StreamResponse:
    """An initiative; 404 for one that isn't there, 410 for one that is hidden."""
    pages = request.app[PAGES]
    around = pages.around(request)
    async with request.app[DATABASE].transaction() as session:
        context = _context(request, session)
        initiative = await _asked_for(request, context)
        if initiative.hidden_at is not None:
            return pages.answer(request, "hidden.html", status=410)
        seen = await seen_by_all(context, around, initiative)
        follow, join = follow_link(pages.house, initiative), join_link(pages.house, initiative)
    return pages.answer(
        request,
        "initiative.html",
        one=seen.listed,
        seen=seen,
        district=around.municipality.district(seen.listed.district or ""),
        follow=follow,
        join=join,
    )


async def show_photo(request: web.Request) -> web.StreamResponse:
    """The picture of the plan, as long as everybody may see it."""
    async with request.app[DATABASE].transaction() as session:
        file_id = photo_of(await _asked_for(request, _context(request, session)))
    return await _photo(request, file_id)


async def show_photo_of_step(request: web.Request) -> web.StreamResponse:
    """The picture of a step that was done, as long as everybody may see it."""
    async with request.app[DATABASE].transaction() as session:
        context = _context(request, session)
        initiative = await _asked_for(request, context)
        file_id = await photo_of_step(context, initiative, int(request.match_info["number"]))
    return await _photo(request, file_id)


async def _photo(request: web.Request, file_id: str | None) -> web.StreamResponse:
    photo = None if file_id is None else await request.app[PHOTOS].get(file_id)
    if photo is None:
        raise web.HTTPNotFound
    response = web.Response(body=photo.content, content_type=photo.content_type)
    return conditional(request, response, photo.version)


async def _asked_for(request: web.Request, context: Context) -> Initiative:
    initiative = await by_reference(context, request.match_info["reference"])
    if initiative is None:
        raise web.HTTPNotFound
    return initiative


def _context(request: web.Request, session: AsyncSession) -> Context:
    """Nobody acts here: readers only look."""
    return Context(house=request.app[PAGES].house, session=session, now=now(), actor=None)
