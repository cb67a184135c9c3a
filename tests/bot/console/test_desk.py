"""The page of one question over HTTP: the link, the session, what is done there and what is not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from http.cookies import SimpleCookie
from typing import Any

import pytest

from bot.sandbox import Upload
from flows.commands import Done
from flows.questions.verbs import AskOn, ClaimQuestion
from flows.talk.own_words import Words
from flows.verbs import AddByEmail, EndRole
from storage.audit import AuditEntry
from storage.columns import now
from storage.database import Database
from storage.mail import ConsoleSession, MailNotice
from storage.people import Role, RoleGrant
from storage.questions import MessageKind, Question, QuestionMessage, QuestionStatus, ThemeBy
from tests.bot.console.site import PICTURE
from tests.bot.mail.room import ASKER, TEAM, WORDS, Room, room_on
from tests.databases import SqliteFiles

BSN = "111222333"
UNKNOWN = "/werk/" + "x" * 43


class Desk:
    """Anna's browser."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.page = ""
        """The question's path, once she is there."""
        self.cookie = ""
        self.last: Any = None
        """The headers of the last answer."""

    async def get(self, path: str) -> tuple[int, str]:
        """Read a page."""
        return await self._ask("GET", path)

    async def post(self, path: str, origin: str | None = "", **form: str) -> tuple[int, str]:
        """Send a form, from our own page unless it is told otherwise."""
        return await self._ask("POST", path, origin=self.room.site.url if origin == "" else origin, form=form)

    async def _ask(
        self, method: str, path: str, *, origin: str | None = None, form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        headers = {"Cookie": self.cookie} | ({"Origin": origin} if origin else {})
        async with self.room.site.session.request(
            method, self.room.site.url + path, headers=headers, data=form, allow_redirects=False
        ) as answer:
            self.last = answer.headers
            return answer.status, unescape((await answer.read()).decode("utf-8", "replace"))

    async def enters(self) -> str:
        """Use the newest link; gives the page of the question."""
        status, _ = await self.post(await self.room.link())
        assert status == 303
        kept = SimpleCookie(self.last["Set-Cookie"])["stuur-werk"]
        self.cookie = f"stuur-werk={kept.value}"
        self.page = self.last["Location"]
        assert kept["path"] == self.page
        status, page = await self.get(self.page)
        assert status == 200
        return page

    async def does(self, what: str, *, proof: str | None = None, **form: str) -> tuple[int, str]:
        """Send one of the page's forms."""
        _, page = await self.get(self.page)
        hidden = re.search(r'name="bewijs" value="(\w+)"', page)
        given = proof if proof is not None else hidden[1] if hidden else ""
        return await self.post(f"{self.page}/{what}", bewijs=given, **form)


@pytest.fixture
async def desk(sqlite_files: SqliteFiles) -> AsyncIterator[Desk]:
    """Fatima asked something, and Anna got an e-mail."""
    url = sqlite_files.fresh()
    database = Database(url)
    async with room_on(database) as room:
        await room.asks()
        yield Desk(room)
    await database.close()
    sqlite_files.drop(url)


async def question(desk: Desk) -> Question:
    return (await desk.room.rows(Question))[0]  # type: ignore[no-any-return]


async def said(desk: Desk, kind: MessageKind) -> list[str]:
    return [one.text for one in await desk.room.rows(QuestionMessage) if one.kind is kind]


def seen(page: str) -> str:
    """Up to which message a last look has shown the question."""
    found = re.search(r'name="gezien" value="(\d+)"', page)
    assert found is not None
    return found[1]


# The way in


async def test_a_link_opens_the_question_once_and_looking_at_it_uses_nothing(desk: Desk) -> None:
    link = await desk.room.link()
    for _ in range(3):  # as a scanner of e-mail does
        status, page = await desk.get(link)
        assert (status, WORDS in page) == (200, False)

    page = await desk.enters()

    assert WORDS in page
    assert "Fatima" in page
    assert (await desk.post(link))[0] == 410
    assert len(await desk.room.rows(ConsoleSession)) == 1


@pytest.mark.parametrize("after", [timedelta(minutes=9, seconds=50), timedelta(minutes=10)])
async def test_a_link_lives_ten_minutes(desk: Desk, after: timedelta) -> None:
    link = await desk.room.link()
    await desk.room.passes(after)

    status, page = await desk.post(link)

    assert status == (303 if after < timedelta(minutes=10) else 410)
    assert ("Stuur mij een nieuwe link" in page) is (status == 410)


async def test_a_new_link_goes_to_the_same_address_a_few_times_and_the_answer_never_tells(desk: Desk) -> None:
    link = await desk.room.link()
    answers = set()
    for _ in range(7):
        answers.add(await desk.post(f"{link}/opnieuw"))
        await desk.room.post()
    answers.add(await desk.post(f"{UNKNOWN}/opnieuw"))

    assert len({page.replace(link, UNKNOWN) for _, page in answers}) == 1
    assert len(await desk.room.rows(MailNotice)) == 5
    assert {one["To"] for one in desk.room.office.letters} == {"anna@elzermeer.example"}
    await desk.room.passes(timedelta(hours=1))
    await desk.post(f"{link}/opnieuw")
    assert len(await desk.room.rows(MailNotice)) == 6


async def test_an_unknown_code_looks_like_any_other_until_it_is_used(desk: Desk) -> None:
    link = await desk.room.link()

    known, unknown = (await desk.get(link))[1], (await desk.get(UNKNOWN))[1]

    assert known.replace(link, UNKNOWN) == unknown
    assert (await desk.post(UNKNOWN))[0] == 410
    assert (await desk.get("/werk/short"))[0] == 404


async def test_nothing_of_the_room_is_kept_shown_elsewhere_or_found(desk: Desk) -> None:
    await desk.enters()
    for path in (UNKNOWN, desk.page):
        await desk.get(path)

        assert desk.last["Cache-Control"] == "no-store"
        assert "ETag" not in desk.last
        assert "noindex" in desk.last["X-Robots-Tag"]
        assert desk.last["Referrer-Policy"] == "same-origin"
        assert desk.last["Content-Security-Policy"].startswith("default-src 'self';")
        assert "<script" not in (await desk.get(path))[1]


async def test_the_cookie_is_for_our_pages_alone(desk: Desk) -> None:
    await desk.post(await desk.room.link())

    kept = desk.last["Set-Cookie"]

    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept
    assert "Secure" not in kept, "the pages of this test are not on https"
    token = SimpleCookie(kept)["stuur-werk"].value
    assert token not in str(await desk.room.rows(ConsoleSession))


# The session


async def test_it_ends_after_an_hour_and_what_was_typed_is_given_back(desk: Desk) -> None:
    await desk.enters()
    await desk.room.passes(timedelta(minutes=59))
    assert (await desk.get(desk.page))[0] == 200
    await desk.room.passes(timedelta(minutes=1))

    status, page = await desk.post(f"{desk.page}/antwoord", tekst="Volgende <week>", stap="stuur")

    assert status == 403
    assert "Volgende <week>" in page
    assert (await question(desk)).status is QuestionStatus.OPEN
    assert (await desk.post(f"{desk.page}/opnieuw"))[0] == 200
    assert len(await desk.room.rows(MailNotice)) == 2


async def test_who_leaves_the_team_or_logs_out_is_out(desk: Desk) -> None:
    await desk.enters()
    await desk.post(f"{desk.page}/uit")
    assert (await desk.get(desk.page))[0] == 403
    await desk.room.passes(timedelta(minutes=10))
    await desk.post(f"{await desk.room.link()}/opnieuw")
    await desk.enters()
    (grant,) = await desk.room.rows(RoleGrant)

    assert isinstance(await desk.room.carry(EndRole(grant_id=grant.id), None), Done)

    status, page = await desk.get(desk.page)
    assert (status, WORDS in page) == (403, False)
    assert await desk.room.rows(ConsoleSession) == []


async def test_a_session_is_for_one_question_and_two_can_be_open(desk: Desk) -> None:
    await desk.enters()
    first, cookie = desk.page, desk.cookie
    other = await desk.room.asks("Mag ik een boom kappen?")
    assert (await desk.get(f"/werk/vraag/{other}"))[0] == 403
    await desk.enters()

    assert desk.page == f"/werk/vraag/{other}"
    assert (await desk.get(first))[0] == 403, "with the cookie of the other"
    desk.cookie = cookie
    assert (await desk.get(first))[0] == 200


@pytest.mark.parametrize("origin", [None, "null", "https://elders.example"])
async def test_a_form_of_another_site_does_nothing(desk: Desk, origin: str | None) -> None:
    link = await desk.room.link()
    assert (await desk.post(link, origin=origin))[0] == 403
    page = await desk.enters()
    proof = re.search(r'name="bewijs" value="(\w+)"', page)
    assert proof is not None

    status, _ = await desk.post(f"{desk.page}/pak", origin=origin, bewijs=proof[1])

    assert status == 403
    assert (await question(desk)).assignee_id is None


@pytest.mark.parametrize("proof", ["", "0" * 64, "é"])
async def test_a_form_without_the_proof_of_this_session_does_nothing(desk: Desk, proof: str) -> None:
    await desk.enters()

    status, page = await desk.does("notitie", proof=proof, tekst="Even nabellen")

    assert status == 403
    assert "Even nabellen" in page
    assert await said(desk, MessageKind.NOTE) == []


# The work


async def test_take_it_give_it_back_and_answer_after_a_last_look(desk: Desk) -> None:
    await desk.enters()
    assert (await desk.does("pak"))[0] == 303
    assert "Deze vraag is nu van jou" in (await desk.get(desk.last["Location"]))[1]
    assert (await question(desk)).assignee_id == desk.room.anna
    assert (await desk.does("terug"))[0] == 303
    assert (await question(desk)).assignee_id is None

    status, page = await desk.does("antwoord", tekst="Volgende week.\r\nAls het droog is.")
    assert status == 200
    assert "Er is nog niets verstuurd" in page
    assert await said(desk, MessageKind.ANSWER) == []
    assert (await question(desk)).assignee_id == desk.room.anna, "colleagues see who is answering"
    again = await desk.does("antwoord", tekst="Volgende week.", stap="verander")
    assert "Volgende week.</textarea>" in again[1]
    sent = await desk.does("antwoord", tekst="Volgende week.\r\nAls het droog is.", stap="stuur", gezien=seen(page))

    assert sent[0] == 303
    assert await said(desk, MessageKind.ANSWER) == ["Volgende week.\nAls het droog is."]
    assert (await question(desk)).status is QuestionStatus.ANSWERED
    done = [one.command for one in await desk.room.rows(AuditEntry) if one.actor_id == desk.room.anna]
    assert done == ["ClaimQuestion", "ReleaseQuestion", "ClaimQuestion", "AnswerQuestion"]
    twice = await desk.does("antwoord", tekst="Volgende week.", stap="stuur", gezien=seen(page))
    assert "nog niet verstuurd" in twice[1]
    assert len(await said(desk, MessageKind.ANSWER)) == 1


async def test_ask_back_give_a_new_date_and_close_after_a_last_look(desk: Desk) -> None:
    await desk.enters()
    day = (await question(desk)).due_at.date() + timedelta(days=30)
    told = {
        "terugvraag": (MessageKind.ASK_BACK, "Welk veldje bedoel je?", ""),
        "datum": (MessageKind.NEW_DATE, "De maaier is stuk.", day.isoformat()),
        "rond-af": (MessageKind.CLOSE, "Het gras is al gemaaid.", ""),
    }
    for form, (kind, text, choice) in told.items():
        assert f'action="{desk.page}/{form}"' in (await desk.get(desk.page))[1]
        status, page = await desk.does(form, tekst=text, keuze=choice)
        assert (status, text in page, f'value="{choice}"' in page) == (200, True, True)
        assert await said(desk, kind) == []
        back = (await desk.does(form, tekst=text, keuze=choice, stap="verander"))[1]
        assert f"{text}</textarea>" in back
        assert f'value="{choice}"' in back

        assert (await desk.does(form, tekst=text, keuze=choice, stap="stuur", gezien=seen(page)))[0] == 303

        assert await said(desk, kind) == [text]
        assert 'role="status"' in (await desk.get(desk.last["Location"]))[1]
    assert (await question(desk)).due_at.date() >= day - timedelta(days=3)
    done = [one.command for one in await desk.room.rows(AuditEntry) if one.actor_id == desk.room.anna]
    assert done == ["AskBack", "GiveNewDate", "CloseQuestion"]
    assert (await question(desk)).status is QuestionStatus.CLOSED


async def test_put_the_theme_right(desk: Desk) -> None:
    await desk.enters()

    assert (await desk.does("onderwerp", keuze="afval"))[0] == 303

    assert "Het onderwerp is veranderd." in (await desk.get(desk.last["Location"]))[1]
    one = await question(desk)
    assert (one.theme_code, one.theme_by, one.assignee_id) == ("afval", ThemeBy.DESK, None)


@pytest.mark.parametrize("step", ["weg", "laat"])
async def test_what_looks_personal_is_pointed_out_before_it_is_kept(desk: Desk, step: str) -> None:
    text, kept = f"Ik zoek {BSN} op", {"weg": "Ik zoek [nummer weggehaald] op", "laat": f"Ik zoek {BSN} op"}[step]
    await desk.enters()

    status, page = await desk.does("notitie", tekst=text)
    assert status == 200
    assert "een nummer dat op een BSN lijkt" in page
    assert await said(desk, MessageKind.NOTE) == []
    assert (await desk.does("notitie", tekst=text, persoonlijk=step))[0] == 303
    assert await said(desk, MessageKind.NOTE) == [kept]

    _, page = await desk.does("antwoord", tekst=text, persoonlijk=step)
    assert "Er is nog niets verstuurd" in page
    again = dict(re.findall(r'type="hidden" name="(gezien|persoonlijk)" value="(\w+)"', page))
    assert (await desk.does("antwoord", tekst=kept, stap="stuur", **again))[0] == 303
    assert await said(desk, MessageKind.ANSWER) == [kept]


async def test_what_came_in_meanwhile_is_read_first(desk: Desk) -> None:
    await desk.enters()
    _, page = await desk.does("antwoord", tekst="Volgende week")
    await desk.room.carry(AskOn(question_id=1, words=(Words(text="Het hoeft niet meer"),)), ASKER)

    _, page = await desk.does("antwoord", tekst="Volgende week", stap="stuur", gezien=seen(page))

    assert "Het hoeft niet meer" in page
    assert "Volgende week" in page
    assert await said(desk, MessageKind.ANSWER) == []


async def test_write_a_note_and_pass_it_on_and_get_it_back(desk: Desk) -> None:
    await desk.enters()
    await desk.does("notitie", tekst="Even <nabellen>")
    assert await said(desk, MessageKind.NOTE) == ["Even <nabellen>"]
    assert "Even <nabellen>" in (await desk.get(desk.page))[1]
    await desk.room.carry(
        AddByEmail(email="b@elzermeer.example", name="Bea", role=Role.CIVIL_SERVANT, team="toezicht"), None
    )

    status, page = await desk.does("door", keuze="toezicht", tekst="Het gaat om hondenpoep")

    assert status == 200
    assert "De vraag ligt nu bij" in page
    assert (await question(desk)).team_code == "toezicht"
    assert (await desk.get(desk.page))[0] == 403
    assert await desk.enters(), "Bea got an e-mail"
    status, page = await desk.does("retour", tekst="De hond is van jullie")
    assert (status, "De vraag ligt nu bij Team Buitenruimte" in page) == (200, True)
    assert await said(desk, MessageKind.RETURN) == ["De hond is van jullie"]


@pytest.mark.parametrize(
    ("what", "text", "choice", "words"),
    [
        ("antwoord", "", "", "Typ eerst je tekst"),
        ("antwoord", "x" * 3001, "", "3.001"),
        ("terugvraag", "x" * 1001, "", "1.001"),
        ("notitie", "x" * 1001, "", "1.001"),
        ("rond-af", "x" * 501, "", "501"),
        ("rond-af", "", "", "Typ eerst je tekst"),
        ("door", "Hoort daar", TEAM, "Kies een ander team"),
        ("door", "Hoort daar", "", "Kies eerst iets"),
        ("onderwerp", "", "", "Kies eerst iets"),
        ("datum", "De maaier is stuk", "", "Kies eerst iets"),
        ("datum", "De maaier is stuk", "ooit", "Die datum begrijp ik niet"),
        ("datum", "De maaier is stuk", "0001-01-01", "Die dag kan niet"),
        ("datum", "De maaier is stuk", "{today}", "Kies een werkdag na"),
    ],
)
async def test_a_refusal_says_why_and_keeps_what_was_typed(
    desk: Desk, what: str, text: str, choice: str, words: str
) -> None:
    await desk.enters()
    choice = choice.format(today=now().date())

    status, page = await desk.does(what, tekst=text, keuze=choice)

    assert status == 409
    assert words in page
    form = page[page.index(f'action="{desk.page}/{what}"') :].partition("</form>")[0]
    assert what == "onderwerp" or f"{text}</textarea>" in form
    assert choice in form or choice == TEAM, "its own team is not to be chosen"
    assert 'aria-describedby="' in form
    assert what == "antwoord" or "<details" in page.partition(f'action="{desk.page}/{what}"')[0].rpartition(" open>")[0]
    assert [one.command for one in await desk.room.rows(AuditEntry) if one.actor_id == desk.room.anna] == []


@pytest.mark.parametrize("step", ["", "stuur"])
async def test_who_was_too_late_reads_who_has_it_and_gets_the_text_back(desk: Desk, step: str) -> None:
    await desk.enters()
    await desk.room.carry(AddByEmail(email="b@elzermeer.example", name="Bea", role=Role.CIVIL_SERVANT, team=TEAM), None)
    bea = desk.room.anna + 1
    assert isinstance(await desk.room.carry(ClaimQuestion(question_id=1), bea), Done)

    status, page = await desk.does("antwoord", tekst="Volgende week", stap=step, gezien="1")

    assert status == 409
    assert "Bea is hier al mee bezig." in page
    assert "Volgende week</textarea>" in page
    assert await said(desk, MessageKind.ANSWER) == []


async def test_pictures_are_for_who_has_the_session(desk: Desk) -> None:
    photo = desk.room.site.has_sent(PICTURE)
    voice = desk.room.site.sandbox.client.send_file(5, "voice", Upload(b"OggS" + bytes(60), "a.ogg", "audio/ogg"))
    await desk.room.carry(
        AskOn(question_id=1, words=(Words(photo=photo), Words(voice=voice["voice"]["file_id"]))), ASKER
    )
    page = await desk.enters()
    media = re.findall(r'src="(/werk/[^"]+/media/\d+)"', page)
    assert len(media) == 2

    kinds = []
    for path in media:
        assert (await desk.get(path))[0] == 200
        kinds.append(desk.last["Content-Type"])
        assert desk.last["Cache-Control"] == "no-store"
    desk.cookie = ""

    assert kinds == ["image/png", "audio/ogg"]
    assert (await desk.get(media[0]))[0] == 404
