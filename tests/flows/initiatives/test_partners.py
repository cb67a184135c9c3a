"""What a partner gets to see: nothing before the initiators say so, and never more than they said."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest
from sqlmodel import col, select

from flows import features
from flows.commands import Done
from flows.context import Context
from flows.initiatives.board import may_see, seen
from flows.initiatives.partners.card import Share
from flows.initiatives.partners.proposing import propose_partners
from flows.initiatives.verbs import (
    DeclineAsPartner,
    FinishInitiative,
    HideInitiative,
    JoinAsPartner,
    KeepInitiative,
    KeepPartnerOut,
    LeaveInitiative,
    LetPartnerIn,
    ProposePartner,
    WriteAsPartner,
    WriteToGuide,
    WriteToInitiator,
    WriteToPartner,
)
from flows.permissions import Relation
from flows.verbs import EndRole
from storage.cards import Subject
from storage.database import Database
from storage.initiatives import Initiative
from storage.moderation import Report
from storage.outbox import OutboxKind, OutboxMessage
from storage.participation import Involvement, InvolvementStatus
from storage.people import Person, Role, RoleGrant
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.play import house
from tests.needs import size

features.load()

SECRETS = {
    Share.IDEA: "Lantaarns in de steeg",
    Share.FIRST_NAME: "Fatima",
    Share.FIRST_STEP: "Koffie bij Henk",
    Share.NEEDS: "Tien lampen",
    Share.PHOTO: "photo-of-the-alley",
}
"""What must not be in anything a partner gets, unless it was shared. The other initiator's name never is."""
WORK, POLICE = "sociaal-werk", "wijkagenten"


@pytest.fixture
async def table(database: Database) -> Table:
    """An initiative about safety; Noor and Kim work for one partner, Omar for another."""
    table = await laid(database, house())
    await table.change(
        Initiative,
        theme_code="veilig",
        title="Licht",
        idea=SECRETS[Share.IDEA],
        first_step=SECRETS[Share.FIRST_STEP],
        needs=SECRETS[Share.NEEDS],
        photo=SECRETS[Share.PHOTO],
    )
    for number, (name, team) in enumerate({"Noor": WORK, "Kim": WORK, "Omar": POLICE}.items()):
        async with database.transaction() as session:
            person = Person(telegram_id=900 + number, first_name=name, created_at=MONDAY)
            session.add(person)
            await session.flush()
            table.people[name] = person.id or 0
            session.add(RoleGrant(person_id=table.people[name], role=Role.PARTNER, team_code=team))
    async with database.transaction() as session:
        initiative = await session.get_one(Initiative, HERE)
        await propose_partners(context(table, session, None), initiative)
    return table


def context(table: Table, session: Any, actor: Person | None) -> Context:
    return Context(house=table.house, session=session, now=table.now, actor=actor)


async def sent(table: Table, who: str, after: int = 0) -> list[OutboxMessage]:
    """All that was put in the outbox for somebody, as it is sent."""
    async with table.database.transaction() as session:
        query = select(OutboxMessage).where(OutboxMessage.person_id == table.people[who], col(OutboxMessage.id) > after)
        return list((await session.exec(query.order_by(col(OutboxMessage.id)))).all())


def secrets_in(messages: list[OutboxMessage]) -> set[Share]:
    """What of the initiators is in them."""
    everything = json.dumps([message.payload for message in messages], ensure_ascii=False)
    assert "Bram" not in everything
    return {share for share, secret in SECRETS.items() if secret in everything}


async def relations(table: Table, who: str) -> frozenset[Relation]:
    """What somebody is to the initiative; whoever is nothing to what is hidden doesn't see it at all."""
    async with table.database.transaction() as session:
        actor = await session.get_one(Person, table.people[who])
        view = await seen(context(table, session, actor), await session.get_one(Initiative, HERE))
        assert may_see(view)
        return view.relations


async def test_partners_are_named_to_the_initiators_and_know_nothing(table: Table) -> None:
    said = await table.said()

    assert set(said) == {"Fatima", "Bram"}
    (proposal,) = said["Fatima"]
    assert "Deze partners denken graag mee over “Licht”." in proposal
    assert "Sociaal werk (Welzijn Elzermeer): weet nog niets" in proposal
    assert "✅ Ja: Wijkagenten Elzermeer" in proposal
    assert "Jeugdteam" not in proposal
    await table.does("Fatima", WriteToGuide(initiative_id=HERE, text="Mag het licht aan?"))
    await table.does("Jan", WriteToInitiator(initiative_id=HERE, text="Ik vraag het na."))
    assert await table.is_refused("Noor", JoinAsPartner(initiative_id=HERE, team=WORK, remark="Wij!")) == (
        "common.not_allowed"
    )
    for who in ("Noor", "Kim", "Omar"):
        assert await sent(table, who) == []
        assert Relation.INVITED_PARTNER not in await relations(table, who)


async def test_a_partner_sees_just_what_was_shared_and_no_more_once_that_changes(table: Table) -> None:
    every = [set(some) for count in range(len(SECRETS) + 1) for some in combinations(SECRETS, count)]
    for shared in every[:: size(5, 1)]:
        before = max((message.id or 0 for message in await sent(table, "Noor")), default=0)
        had_photo = any(Share.PHOTO in one.shared for one in await table.rows(Involvement))

        command = LetPartnerIn(initiative_id=HERE, team=WORK, shared=tuple(shared))
        await table.does("Fatima", command)

        new = await sent(table, "Noor", before)
        still_there = {Share.PHOTO} if had_photo else set()
        assert secrets_in(new) == shared - still_there, shared
        assert any(one.kind is OutboxKind.DELETE for one in new) is (had_photo and Share.PHOTO not in shared)
        assert await sent(table, "Omar") == []


async def test_who_says_so_gives_their_own_name_and_no_other(table: Table) -> None:
    await table.does("Bram", LetPartnerIn(initiative_id=HERE, team=WORK, shared=(Share.FIRST_NAME,)))
    await table.does("Fatima", WriteToPartner(initiative_id=HERE, team=WORK, text="Hebben jullie een zaal?"))

    assert any("Bram laat Sociaal werk meekijken bij “Licht”." in one for one in (await table.said())["Fatima"])
    (card, question) = await sent(table, "Noor")
    assert "Van wie?</b> Bram" in card.payload["text"]
    assert "<b>Een initiatiefnemer</b> schrijft" in question.payload["text"]
    assert "Fatima" not in json.dumps([card.payload, question.payload])


async def test_the_name_of_who_leaves_goes(table: Table) -> None:
    await table.does("Bram", LetPartnerIn(initiative_id=HERE, team=WORK, shared=(Share.FIRST_NAME, Share.IDEA)))
    last = (await sent(table, "Noor"))[-1].id or 0

    await table.does("Bram", LeaveInitiative(initiative_id=HERE))

    (card,) = await sent(table, "Noor", last)
    assert card.kind is OutboxKind.EDIT
    assert secrets_in([card]) == {Share.IDEA}


async def test_what_is_shared_no_more_goes_and_they_can_do_nothing_with_it(table: Table) -> None:
    await table.does("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=tuple(SECRETS)))
    await table.does("Noor", JoinAsPartner(initiative_id=HERE, team=WORK, remark="Een ladder"))
    last = (await sent(table, "Kim"))[-1].id or 0

    await table.does("Bram", KeepPartnerOut(initiative_id=HERE, team=WORK))

    new = await sent(table, "Kim", last)
    assert [one.kind for one in new] == [OutboxKind.EDIT, OutboxKind.DELETE, OutboxKind.SEND]
    assert "Licht" not in json.dumps([one.payload for one in new])
    assert secrets_in(new) == set()
    for command in (
        WriteAsPartner(initiative_id=HERE, team=WORK, text="Dag!"),
        DeclineAsPartner(initiative_id=HERE, team=WORK, remark="Ach"),
    ):
        assert await table.is_refused("Noor", command) == "common.not_allowed"
    assert await table.is_refused("Fatima", WriteToPartner(initiative_id=HERE, team=WORK, text="Dag!")) == (
        "partners.refused.not_let_in"
    )
    assert await table.is_refused("Jan", ProposePartner(initiative_id=HERE, team=WORK)) == "partners.refused.kept_out"


async def test_who_leaves_the_partner_keeps_nothing_and_nobody_else_gets_it(table: Table) -> None:
    await table.does("Fatima", LetPartnerIn(initiative_id=HERE, team=POLICE, shared=(Share.IDEA,)))
    grant = next(one for one in await table.rows(RoleGrant) if one.person_id == table.people["Omar"])
    last = (await sent(table, "Omar"))[-1].id or 0
    await table.said()

    await table.does("Ria", EndRole(grant_id=grant.id or 0))

    new = await sent(table, "Omar", last)
    assert "🤝 I-2026-0001 wordt niet meer met je gedeeld." in [one.payload.get("text") for one in new]
    assert secrets_in(new) == set()
    assert set(await table.said()) == {"Omar", "Ria"}
    assert secrets_in(await sent(table, "Ria")) == set()
    assert Relation.INVITED_PARTNER not in await relations(table, "Ria")
    assert await table.is_refused("Fatima", LetPartnerIn(initiative_id=HERE, team=POLICE, shared=())) == (
        "partners.refused.nobody"
    )


async def test_a_partner_joins_with_an_offer_and_may_stop_with_a_reason(table: Table) -> None:
    await table.does("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=()))
    await table.said()

    await table.does("Noor", JoinAsPartner(initiative_id=HERE, team=WORK, remark="Een zaal op zondag"))
    said = await table.said()
    for who in ("Fatima", "Bram", "Jan"):
        assert "Een zaal op zondag" in said[who][0]
        assert "✏️ Schrijf terug" in said[who][0]
    assert await table.is_refused("Kim", JoinAsPartner(initiative_id=HERE, team=WORK, remark="Ik ook")) == (
        "partners.refused.already"
    )
    assert "partner_joined" in await table.timeline()

    await table.does("Kim", DeclineAsPartner(initiative_id=HERE, team=WORK, remark="De zaal is verhuurd"))
    said = await table.said()
    assert "Het plan gaat gewoon door." in said["Fatima"][0]
    assert "De zaal is verhuurd" in said["Jan"][0]
    assert (await table.rows(Involvement))[0].status is InvolvementStatus.DECLINED
    assert await table.is_refused("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=())) == (
        "partners.refused.declined"
    )
    await table.does("Jan", ProposePartner(initiative_id=HERE, team=WORK))
    assert "Sociaal werk" in (await table.said())["Bram"][0]


async def test_the_guide_proposes_others_and_nothing_is_shared_of_what_ended(table: Table) -> None:
    for team, why in (
        (WORK, "known"),
        ("toezicht", "unknown"),
        ("nergens", "unknown"),
        ("jeugdteam", "nobody"),
    ):
        command = ProposePartner(initiative_id=HERE, team=team)
        assert await table.is_refused("Jan", command) == f"partners.refused.{why}"
    assert await table.is_refused("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=("amount",))) == (
        "partners.refused.parts"
    )
    await table.does("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=(Share.IDEA,)))
    await table.change(Initiative, status="under_way")

    assert isinstance(await table.tries("Fatima", FinishInitiative(initiative_id=HERE)), Done)

    assert await table.is_refused("Fatima", LetPartnerIn(initiative_id=HERE, team=POLICE, shared=())) == (
        "taking_part.refused.ended"
    )
    await table.does("Fatima", KeepPartnerOut(initiative_id=HERE, team=WORK))
    async with table.database.transaction() as session:
        cards = await context(table, session, None).cards(Subject.INVOLVEMENT, 1)
    assert cards == []


async def test_what_a_coordinator_hides_partners_do_not_see_until_it_is_shown_again(table: Table) -> None:
    await table.does("Fatima", LetPartnerIn(initiative_id=HERE, team=WORK, shared=(Share.IDEA, Share.PHOTO)))
    last = (await sent(table, "Noor"))[-1].id or 0

    await table.does("Ria", HideInitiative(initiative_id=HERE, reason="Er staat een adres in"))

    new = await sent(table, "Noor", last)
    assert sorted(one.kind for one in new) == [OutboxKind.DELETE, OutboxKind.EDIT]
    assert secrets_in(new) == set()
    last = new[-1].id or 0
    (report,) = await table.rows(Report)
    await table.does("Ria", KeepInitiative(initiative_id=HERE, report_id=report.id, reason="Het adres is weg"))
    assert secrets_in(await sent(table, "Noor", last)) == {Share.IDEA, Share.PHOTO}
