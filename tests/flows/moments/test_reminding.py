"""Guests who asked for it are reminded of a moment: once, by day, and not of what is called off or forgotten."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from flows.commands import Done, carry
from flows.context import Context
from flows.initiatives.verbs import CancelMoment, PlanMoment
from flows.moments.moment import forget_moments
from flows.verbs import Command
from storage.database import Database
from storage.moments import Moment, MomentGuest
from storage.people import Person, Role, RoleGrant
from tests.flows.talk.chat import Chat, opened
from tests.flows.talk.play import NOW, house

STARTS = (NOW + timedelta(days=8)).replace(hour=13, minute=0)
REMINDED = "Denk je aan “Koffie”?"


async def does(database: Database, now: datetime, command: Command) -> None:
    """As the coordinator."""
    async with database.transaction() as session:
        ria = (await session.exec(select(Person).where(col(Person.telegram_id) == 7))).first()
        if ria is None:
            ria = Person(telegram_id=7, first_name="Ria", created_at=now)
            session.add(ria)
            await session.flush()
            session.add(RoleGrant(person_id=ria.id or 0, role=Role.COORDINATOR))
            await session.flush()
        outcome = await carry(Context(house=house(), session=session, now=now, actor=ria), command)
        assert isinstance(outcome, Done), outcome


@pytest.fixture
async def guest(database: Database) -> Chat:
    """Somebody who scanned the code of a moment, on the phone on which they did."""
    await opened(database, house())
    plan = PlanMoment(title="Koffie", place="Het plein", district=None, starts_at=STARTS)
    await does(database, NOW, plan)
    async with database.transaction() as session:
        moment = (await session.exec(select(Moment))).one()
    chat = Chat(database, house())
    await chat.writes(f"/start b{moment.code}")
    assert "Welkom bij “Koffie”" in chat.seen()
    return chat


async def until(chat: Chat, at: datetime) -> None:
    await chat.wait(at - chat.now)


async def test_who_asked_is_reminded_the_day_before_and_once(guest: Chat) -> None:
    await guest.presses("Herinner me eraan")
    assert guest.toast is not None
    assert "dinsdag 1 december om 14.00 uur" in guest.toast.text

    await until(guest, STARTS - timedelta(days=1, minutes=1))
    assert REMINDED not in guest.seen()
    await until(guest, STARTS - timedelta(days=1))
    assert guest.seen().count(REMINDED) == 1
    await until(guest, STARTS + timedelta(hours=1))
    assert guest.seen().count(REMINDED) == 1


async def test_who_did_not_ask_hears_nothing(guest: Chat) -> None:
    await until(guest, STARTS + timedelta(days=1))

    assert REMINDED not in guest.seen()


async def test_after_a_long_pause_nobody_is_woken_nor_reminded_of_what_was(guest: Chat) -> None:
    await guest.presses("Herinner me eraan")

    await until(guest, STARTS.replace(hour=3))
    assert REMINDED not in guest.seen()
    await until(guest, STARTS.replace(hour=7))
    assert guest.seen().count(REMINDED) == 1


async def test_what_is_called_off_is_told_at_once_and_not_reminded_of(guest: Chat) -> None:
    await guest.presses("Herinner me eraan")
    button = guest.button("Herinner me eraan")
    await does(guest.database, guest.now, CancelMoment(moment_id=1))
    await guest.look()
    assert "“Koffie” gaat helaas niet door." in guest.seen()

    await guest.does(button)
    assert guest.toast is not None
    assert guest.toast.alert
    await until(guest, STARTS)
    assert REMINDED not in guest.seen()


async def test_it_can_be_too_late_to_ask(guest: Chat) -> None:
    button = guest.button("Herinner me eraan")
    await until(guest, STARTS - timedelta(hours=1))

    await guest.does(button)

    assert guest.toast is not None
    assert "te laat" in guest.toast.text


async def test_what_was_long_ago_is_forgotten_with_who_was_there(guest: Chat) -> None:
    async with guest.database.transaction() as session:
        await forget_moments(session, STARTS)
        assert len((await session.exec(select(MomentGuest))).all()) == 1

        await forget_moments(session, STARTS + timedelta(days=1))
        assert (await session.exec(select(MomentGuest))).all() == []
        assert (await session.exec(select(Moment))).all() == []
