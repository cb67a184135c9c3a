"""What a browser may keep: everything is asked for again, and only sent when it has changed."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import LooseHeaders

ASK_AGAIN = "no-cache"
"""Keep it, but ask each time: what is hidden must be gone at once."""


def conditional(request: web.Request, response: web.Response, version: str, control: str = ASK_AGAIN) -> web.Response:
    """The response with its version, or an empty 304 for who has that version already."""
    response.headers["Cache-Control"] = control
    response.etag = version
    known = request.if_none_match or ()
    if response.status == 200 and any(one.value in (version, "*") for one in known):
        kept: LooseHeaders = {
            name: response.headers[name]
            for name in ("Cache-Control", "ETag", "Vary", "Content-Language")
            if name in response.headers
        }
        return web.Response(status=304, headers=kept)
    return response
