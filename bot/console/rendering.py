"""Makes pages: the reader's language, the templates, and the links that keep the language."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from aiohttp import web
from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.console.assets import asset_url
from bot.console.caching import conditional
from flows.context import Around, House
from locales.catalogue import SOURCE
from storage.columns import now

LANGUAGE = "taal"
"""The name in the address of the language that somebody chose."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """In which language a page is read."""

    language: str
    chosen: bool
    """It is in the address, so it goes along in every link."""


class Pages:
    """Answers with pages of one house."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._templates = Environment(
            loader=PackageLoader("bot.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["asset"] = asset_url

    def reader(self, request: web.Request) -> Reader:
        """The language in the address, else the first of the browser's that we have, else Dutch."""
        chosen = request.query.get(LANGUAGE, "")
        if chosen in self.house.catalogue.languages:
            return Reader(language=chosen, chosen=True)
        return Reader(language=preferred(request.headers.get("Accept-Language", ""), self._languages), chosen=False)

    def around(self, request: web.Request) -> Around:
        """The house as this reader sees it."""
        return self.house.around(self.reader(request).language, now())

    def answer(
        self,
        request: web.Request,
        template: str,
        *,
        status: int = 200,
        kept: bool = True,
        switch: str | None = None,
        **values: object,
    ) -> web.Response:
        """A page; `values` are what its template needs besides what all of them know.

        `kept`: a browser may keep it. `switch`: the path at which the page is read in another language.
        """
        reader = self.reader(request)
        around = self.house.around(reader.language, now())

        def say(key: str, /, **given: object) -> Markup:
            return Markup(around.text(key, **given))  # the catalogue has escaped what was given

        def link(path: str, /, **query: object) -> str:
            """An address of ours, in the same language."""
            kept = {name: str(value) for name, value in query.items() if value not in (None, "")}
            if reader.chosen:
                kept[LANGUAGE] = reader.language
            return f"{path}?{urlencode(kept)}" if kept else path

        html = self._templates.get_template(template).render(
            {
                "say": say,
                "link": link,
                "around": around,
                "municipality": around.municipality,
                "language": reader.language,
                "languages": self._switches(request, reader, switch or request.path),
                "chosen_language": reader.language if reader.chosen else None,
                # What people wrote is in their own language, mostly ours.
                "theirs": SOURCE if reader.language != SOURCE else None,
                "address": self.house.public_url and f"{self.house.public_url}{request.path}",
                "bot_url": f"https://t.me/{self.house.bot_username}",
                **values,
            }
        )
        response = web.Response(status=status, text=html, content_type="text/html", charset="utf-8")
        response.headers["Content-Language"] = reader.language
        response.headers["Vary"] = "Accept-Language"
        if not kept:
            return response
        return conditional(request, response, sha256(html.encode()).hexdigest()[:16])

    @property
    def _languages(self) -> tuple[str, ...]:
        return self.house.catalogue.languages

    def _switches(self, request: web.Request, reader: Reader, path: str) -> list[tuple[str, str, str | None]]:
        """Each language: its code, its own name, and the address of this page in it; None: it is this one."""
        found: list[tuple[str, str, str | None]] = []
        for code in self._languages:
            query = {**{name: value for name, value in request.query.items() if name != LANGUAGE}, LANGUAGE: code}
            here = None if code == reader.language else f"{path}?{urlencode(query)}"
            found.append((code, name_of_language(code), here))
        return found


def name_of_language(code: str) -> str:
    """What the language calls itself, such as Nederlands."""
    name = Locale.parse(code, sep="-").get_display_name(code.replace("-", "_")) or code
    return name[:1].upper() + name[1:]


def preferred(header: str, languages: tuple[str, ...]) -> str:
    """The language that `Accept-Language` likes best of those we have; Dutch when it likes none.

    https://www.rfc-editor.org/rfc/rfc9110#field.accept-language
    """
    liked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        base = tag.split("-")[0]
        ours = next((one for one in languages if one.lower() in (tag, base)), None)
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if ours is not None and quality > 0:
            liked.append((-quality, place, ours))
    return min(liked)[2] if liked else SOURCE


PAGES = web.AppKey("pages", Pages)
