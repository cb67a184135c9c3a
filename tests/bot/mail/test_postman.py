"""Notices on their way: what is in them, once each, tried again, given up; on a real mail server."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from structlog.testing import capture_logs

from bot.mail.postman import LEASE, Postman
from bot.mail.server import MailServer
from flows.commands import Done, Refused
from flows.context import Context
from flows.knowledge.watch import review
from flows.questions.desk.mailing import KEPT, forget_mail, forget_mail_about
from flows.questions.verbs import AskOn, AskSecondReader, ClaimQuestion, CloseQuestion
from flows.talk.own_words import Words
from flows.verbs import AddByEmail, EndRole
from storage.columns import now
from storage.database import Database
from storage.knowledge import Article
from storage.mail import LoginLink, MailNotice, MailStatus
from storage.outbox import OutboxMessage
from storage.people import Person, Role, RoleGrant
from storage.questions import Question
from tests.bot.mail.post_office import LINK, post_office, text_of
from tests.bot.mail.room import ADDRESS, ASKER, TEAM, WORDS, Room, quiet, room_on


async def test_a_question_for_the_team_is_one_letter_without_anything_of_anybody(room: Room) -> None:
    reference = await room.asks()

    await room.post()

    (letter,) = room.office.letters
    assert letter["To"] == ADDRESS
    assert letter["From"] == "stuur@elzermeer.example"
    assert reference in letter["Subject"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[^@\s]+@elzermeer\.example>", letter["Message-ID"])
    for kind in ("plain", "html"):
        text = text_of(letter, kind)
        assert reference in text
        assert "wacht op iemand" in text
        assert room.office.links()[0] in text
        assert [word for word in ("Fatima", "gras", "molen", "gemaaid", WORDS) if word in text] == []
    assert {one.chat_id for one in await room.rows(OutboxMessage)} == {100}, "only Fatima has a chat"
    assert (await room.rows(MailNotice))[0].status is MailStatus.SENT


async def test_only_the_hash_of_a_link_is_kept(room: Room) -> None:
    await room.asks()

    code = (await room.link()).rpartition("/")[2]

    (link,) = await room.rows(LoginLink)
    assert link.code_hash == sha256(code.encode()).hexdigest()
    assert link.expires_at - link.created_at == timedelta(minutes=10)
    assert code not in str([*await room.rows(MailNotice), link])


async def test_what_changes_is_no_letter_and_what_the_resident_adds_is(room: Room) -> None:
    await room.asks()
    await room.post()
    await room.carry(ClaimQuestion(question_id=1), room.anna)
    await room.post()
    assert len(room.office.letters) == 1

    for text in ("En het andere veldje?", "O ja, en de sloot?"):
        await room.carry(AskOn(question_id=1, words=(Words(text=text),)), ASKER)
    await room.post()
    assert len(room.office.letters) == 1, "not before ten minutes have passed"
    await room.passes(timedelta(minutes=10))
    await room.post()

    assert len(room.office.letters) == 2
    assert "Er is nieuws over vraag" in text_of(room.office.letters[1])


async def test_in_the_morning_one_letter_names_all_that_waits_with_a_link_to_each(room: Room) -> None:
    mine, late = await room.asks(), await room.asks("Mag ik een boom kappen?")
    await room.post()
    await room.carry(ClaimQuestion(question_id=1), room.anna)
    await room.site.change(Question, 2, due_at=now() - timedelta(days=3))

    await room.wakes()

    letter = room.office.letters[-1]
    assert len(room.office.letters) == 3
    assert letter["To"] == ADDRESS
    for kind in ("plain", "html"):
        text = text_of(letter, kind)
        assert "Bij jou: 1" in text
        assert "Bij je team, nog door niemand opgepakt: 1" in text
        assert "Daarvan te laat: 1" in text
        assert text.index(f"{mine}, Team Buitenruimte. Die ligt bij jou.") < text.index(f"{late}, Team Buitenruimte.")
        links = LINK.findall(text)
        assert len(links) == 2
        assert [word for word in ("Fatima", "gras", "boom") if word in text] == []
    origin = {"Origin": room.site.url}
    async with room.site.session.post(links[1], headers=origin, allow_redirects=False) as opened:
        assert opened.headers["Location"] == f"/werk/vraag/{late}"


async def test_in_the_morning_there_is_no_letter_where_nothing_waits(room: Room) -> None:
    await room.asks()
    await room.post()
    await room.carry(CloseQuestion(question_id=1, reason="Dit is al gedaan"), room.anna)

    await room.wakes()

    assert len(room.office.letters) == 1


@pytest.mark.parametrize(("team", "checks"), [(TEAM, 103), ("toezicht", 102)])
async def test_an_article_of_who_has_no_chat_is_checked_by_somebody_who_has(room: Room, team: str, checks: int) -> None:
    opening = room.site.house.municipality.next_opening(now())
    today = opening.date()
    async with room.site.database.transaction() as session:
        session.add(RoleGrant(person_id=3, role=Role.COORDINATOR))
        session.add(RoleGrant(person_id=4, role=Role.CIVIL_SERVANT, team_code=team))
        session.add(
            Article(question="?", answer="!", team_code=TEAM, owner_id=room.anna, checked_on=today, review_on=today)
        )
        await session.flush()
        await review(Context(house=room.site.house, session=session, now=opening, actor=None), 0)

    assert [one.chat_id for one in await room.rows(OutboxMessage)] == [checks]
    assert (await room.rows(Article))[0].review_on > today


async def test_who_has_no_chat_is_not_asked_to_read_an_answer_before_it_goes(room: Room) -> None:
    await room.asks()
    async with room.site.database.transaction() as session:
        session.add(RoleGrant(person_id=3, role=Role.CIVIL_SERVANT, team_code=TEAM))
    asks = AskSecondReader(question_id=1, text="Volgende week", reader_id=None)

    refused = await room.carry(asks, 3)
    assert isinstance(refused, Refused)
    assert refused.key == "desk.refused.no_reader"
    assert isinstance(await room.carry(asks, room.anna), Done), "who has a chat reads hers"


async def test_a_notice_waits_for_the_end_of_the_quiet_hours_and_a_link_that_is_asked_for_does_not(room: Room) -> None:
    awake = room.site.house.municipality
    here = now().astimezone(awake.zone)
    begin, end = (f"{here + timedelta(hours=hours):%H:%M}" for hours in (-1, 1))
    room.site.house = replace(room.site.house, municipality=quiet(awake, begin, end))
    await room.asks()
    await room.post()
    assert room.office.letters == []

    await room.passes(timedelta(hours=1))
    link = await room.link()
    assert len(room.office.letters) == 1
    await room.site.session.post(f"{room.site.url}{link}/opnieuw", headers={"Origin": room.site.url})
    await room.post()
    assert len(room.office.letters) == 2

    room.site.house = replace(room.site.house, municipality=awake)
    await room.carry(AskOn(question_id=1, words=(Words(text="En het andere veldje?"),)), ASKER)
    await room.post()
    assert len(room.office.letters) == 2, "ten minutes after it was sent, not after it was written"


async def test_a_letter_for_who_left_does_not_go(room: Room) -> None:
    await room.asks()
    (grant,) = await room.rows(RoleGrant)
    await room.carry(AddByEmail(email="b@elzermeer.example", name="Bea", role=Role.CIVIL_SERVANT, team=TEAM), None)

    assert isinstance(await room.carry(EndRole(grant_id=grant.id), None), Done)
    await room.post()

    assert {letter["To"] for letter in room.office.letters} == {"b@elzermeer.example"}
    assert [one.status for one in await room.rows(MailNotice)] == [MailStatus.FAILED, MailStatus.SENT]


async def test_who_joins_gets_what_waits_and_who_is_there_hears_nothing(room: Room) -> None:
    await room.asks()
    await room.post()

    await room.carry(AddByEmail(email="b@elzermeer.example", name="Bea", role=Role.CIVIL_SERVANT, team=TEAM), None)
    await room.post()

    assert [letter["To"] for letter in room.office.letters] == [ADDRESS, "b@elzermeer.example"]


@pytest.mark.parametrize(
    ("step", "answer", "status"),
    [
        ("RCPT", "550 no such mailbox", MailStatus.FAILED),
        ("DATA", "554 looks like spam", MailStatus.FAILED),
        ("RCPT", "451 greylisted", MailStatus.WAITING),
        ("DATA", "452 full", MailStatus.WAITING),
        ("MAIL", "550 who are you", MailStatus.WAITING),
    ],
)
async def test_a_refusal_for_good_ends_it_and_another_does_not(
    room: Room, step: str, answer: str, status: MailStatus
) -> None:
    room.office.refusals[step] = answer
    await room.asks()

    with capture_logs() as logged:
        await room.post()

    (notice,) = await room.rows(MailNotice)
    assert notice.status is status
    assert answer[:3] in notice.error
    assert len(logged) == 1
    assert "anna" not in str(logged) + notice.error


async def test_it_is_tried_again_later_with_another_link_and_given_up_after_a_day(room: Room) -> None:
    await room.asks()
    room.office.refusals["RCPT"] = "451 not now"
    await room.post()
    room.office.refusals.clear()

    await room.post()
    assert room.office.letters == [], "not at once"
    await room.passes(timedelta(minutes=1))
    await room.post()

    assert len(room.office.letters) == 1
    assert len(await room.rows(LoginLink)) == 2
    room.office.refusals["RCPT"] = "451 not now"
    await room.carry(AskOn(question_id=1, words=(Words(text="En het andere veldje?"),)), ASKER)
    for _ in range(9):
        await room.passes(timedelta(hours=12))
        await room.post()
    assert [one.status for one in await room.rows(MailNotice)] == [MailStatus.SENT, MailStatus.FAILED]


async def test_a_server_that_is_away_is_waited_for(room: Room) -> None:
    postman = Postman(
        room.site.database,
        replace(room.site.house, public_url="http://a.example"),
        MailServer.parse("smtp://127.0.0.1:1"),
        "stuur@elzermeer.example",
    )
    await room.asks()
    stop = asyncio.Event()

    with capture_logs() as logged:
        assert not await postman.send_one()
        stop.set()
        await postman.run(stop)

    assert [line["event"] for line in logged] == ["an e-mail doesn't get through; it is tried again"]
    assert "STUUR_SMTP_URL" in logged[0]["reason"]


@pytest.mark.parametrize(("password", "letters"), [("goed", 1), ("fout", 0)])
async def test_a_server_may_ask_for_a_password(room: Room, password: str, letters: int) -> None:
    await room.asks()
    async with post_office(password="goed") as office:
        server = replace(office.server, password=password)
        postman = Postman(room.site.database, room.site.house, server, "stuur@elzermeer.example")

        await postman.send_one()

        assert office.users[0] == ("stuur", password)
        assert len(office.letters) == letters
    assert "check STUUR_SMTP_URL" in ((await room.rows(MailNotice))[0].error or "check STUUR_SMTP_URL")


async def test_a_server_that_cannot_starttls_gets_nothing(room: Room) -> None:
    await room.asks()
    postman = Postman(
        room.site.database, room.site.house, replace(room.office.server, starttls=True), "stuur@elzermeer.example"
    )

    assert not await postman.send_one()

    assert room.office.letters == []


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_of_several_processes_one_sends_until_it_stops_or_falls_over(database: Database) -> None:
    async with room_on(database) as room:
        postmen = [
            Postman(database, room.site.house, room.office.server, "stuur@elzermeer.example", clock=lambda: at)
            for _ in range(3)
        ]
        for text in ("Mag ik een boom kappen?", "Komt er een bankje?", "Wie snoeit de haag?", "Is de sloot diep?"):
            await room.asks(text)
        at = now()

        assert [await one.send_one() for one in postmen] == [True, False, False]
        at += LEASE  # the first has fallen over
        assert [await one.send_one() for one in reversed(postmen)] == [True, False, False]
        stop = asyncio.Event()
        stop.set()
        await postmen[2].run(stop)
        at += timedelta(seconds=1)
        assert [await one.send_one() for one in postmen] == [True, False, False]

    assert len(set(room.office.links())) == 3


async def test_without_a_mail_server_nobody_is_added_and_nothing_is_written(room: Room) -> None:
    room.site.house = replace(room.site.house, mails=False)

    refused = await room.carry(
        AddByEmail(email="b@elzermeer.example", name="Bea", role=Role.CIVIL_SERVANT, team=TEAM), None
    )
    await room.asks()

    assert refused == Refused(key="team.refused.no_mail")
    assert await room.rows(MailNotice) == []


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (AddByEmail(email="anna@", name="A", role=Role.PARTNER, team="sociaal-werk"), "team.refused.address"),
        (AddByEmail(email=ADDRESS, name="A", role=Role.COORDINATOR), "team.refused.needs_telegram"),
        (AddByEmail(email=ADDRESS.upper(), name="A", role=Role.CIVIL_SERVANT, team=TEAM), "team.refused.already_there"),
        (AddByEmail(email=ADDRESS, name="A", role=Role.PARTNER, team=TEAM), "team.refused.of_municipality"),
    ],
)
async def test_who_does_not_fit_is_not_added(room: Room, command: AddByEmail, key: str) -> None:
    outcome = await room.carry(command, None)

    assert isinstance(outcome, Refused)
    assert outcome.key == key
    assert [one.email for one in await room.rows(Person) if one.email] == [ADDRESS]


async def test_what_has_served_is_forgotten(room: Room) -> None:
    await room.asks()
    await room.post()
    await room.asks("Mag ik een boom kappen?")

    async with room.site.database.transaction() as session:
        await forget_mail(session, now() - KEPT)
    assert len(await room.rows(MailNotice)) == 2
    await room.passes(KEPT)
    async with room.site.database.transaction() as session:
        await forget_mail(session, now() - KEPT)

    assert [one.status for one in await room.rows(MailNotice)] == [MailStatus.WAITING]
    assert await room.rows(LoginLink) == []
    async with room.site.database.transaction() as session:
        await forget_mail_about(session, [2])
    assert await room.rows(MailNotice) == []
