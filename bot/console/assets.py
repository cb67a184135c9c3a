"""The files that go with the pages: style and icon, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

from aiohttp import web

from bot.console.caching import conditional

TYPES = {"css": "text/css", "svg": "image/svg+xml"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file."""

    content: bytes
    content_type: str
    version: str
    """Another one when the content differs."""


@cache
def assets() -> dict[str, Asset]:
    """All of them, by name."""
    folder = resources.files("bot.console") / "static"
    found = {}
    for file in folder.iterdir():
        content = file.read_bytes()
        content_type = TYPES[file.name.rpartition(".")[2]]
        version = sha256(content).hexdigest()[:12]
        found[file.name] = Asset(content=content, content_type=content_type, version=version)
    return found


def asset_url(name: str) -> str:
    """Where a file is: an address that changes with its content, so that nobody keeps an old one."""
    return f"/static/{name}?v={assets()[name].version}"


def add_routes(router: web.UrlDispatcher) -> None:
    """Serve them."""
    router.add_get("/static/{name}", serve)


async def serve(request: web.Request) -> web.StreamResponse:
    """A file; whoever asks for this very version may keep it."""
    asset = assets().get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    this_one = request.query.get("v") == asset.version
    keep = f"public, max-age={YEAR}, immutable" if this_one else "no-cache"
    charset = "utf-8" if asset.content_type.startswith("text/") else None
    response = web.Response(body=asset.content, content_type=asset.content_type, charset=charset)
    return conditional(request, response, asset.version, keep)
