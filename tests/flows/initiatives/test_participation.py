"""Taking part: who may see whose name, what is closed to whom, and what comes of old buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows import features
from flows.commands import Done
from flows.initiatives.people.supporting import Support
from flows.initiatives.people.taking_part import two_ids_in
from flows.initiatives.verbs import (
    AcceptInitiatorInvitation,
    ConfirmInitiator,
    CountPaperSupport,
    FollowInitiative,
    HandOver,
    HearInitiative,
    InviteInitiator,
    LeaveInitiative,
    OfferHelp,
    ShowMyName,
    ShowNames,
    SupportInitiative,
    TakeOver,
    WithdrawHelp,
    WriteToHelper,
    WriteToInitiator,
    WriteToInitiators,
    WriteToMany,
)
from flows.people.invitations import hashed
from flows.talk.incoming import Command, Press
from flows.verbs import InitiativeCommand
from storage.database import Database
from storage.initiatives import EventKind, Hearing, Initiative, InitiativeStatus, Part
from storage.participation import InitiativeInvitation, Participant, Participation
from storage.people import Invitation, Person, Role
from storage.steps import Step
from tests.dumps import dump
from tests.flows.initiatives.table import HERE, MONDAY, Table, laid
from tests.flows.talk.chat import Chat
from tests.flows.talk.play import house

features.load()

HELP = OfferHelp(initiative_id=HERE, offers=("hands",), text=None, show_name=False)
FOLLOW = FollowInitiative(initiative_id=HERE, follow=True)
SUPPORT = SupportInitiative(initiative_id=HERE, support=True)
TO_MANY = WriteToMany(initiative_id=HERE, hearing=Hearing.FOLLOWERS, text="Zaterdag planten we.")
KEES_HELPS = 3
"""The number of the row of the first who helps: two initiators were there before."""


@pytest.fixture
async def table(database: Database) -> Table:
    """Fatima and Bram lead; Kees and Anna live there."""
    table = await laid(database, house())
    for number, name in enumerate(("Kees", "Anna")):
        person = Person(telegram_id=200 + number, first_name=name, created_at=MONDAY, welcomed_at=MONDAY)
        await table.add(person)
        table.people[name] = person.id or 0
    return table


def together(said: dict[str, list[str]], *people: str) -> str:
    """All that these people heard."""
    return "\n".join(text for name in people for text in said.get(name, []))


async def test_names_go_over_between_the_two_who_agreed_and_nobody_else(table: Table) -> None:
    await table.does("Kees", OfferHelp(initiative_id=HERE, offers=("tools", "hands"), text="’s Avonds", show_name=True))
    await table.does("Fatima", WriteToHelper(initiative_id=HERE, participant_id=KEES_HELPS, text="Fijn!"))
    await table.does("Kees", WriteToInitiators(initiative_id=HERE, text="Tot dan"))
    said = await table.said()
    assert "Deze helper wil ook namen uitwisselen." in together(said, "Fatima")
    assert "Kees" not in together(said, "Fatima", "Bram", "Jan", "Piet", "Ria")
    assert "Fatima" not in together(said, "Kees")

    await table.does("Fatima", ShowNames(initiative_id=HERE, participant_id=KEES_HELPS))
    said = await table.said()
    assert "heet Kees." in together(said, "Fatima")
    assert "heet Fatima." in together(said, "Kees")
    assert "Bram" not in together(said, "Kees")
    assert "Bram" not in said

    await table.does("Kees", WriteToInitiators(initiative_id=HERE, text="Zie je zaterdag"))
    await table.does("Bram", WriteToHelper(initiative_id=HERE, participant_id=KEES_HELPS, text="Ik ben er ook"))
    said = await table.said()
    assert "Kees schrijft over" in together(said, "Fatima")
    assert "helper 1 schrijft over" in together(said, "Bram")
    assert "Kees" not in together(said, "Bram")
    assert "Een initiatiefnemer van" in together(said, "Kees")
    assert "Bram" not in together(said, "Kees")

    await table.does("Kees", OfferHelp(initiative_id=HERE, offers=("space",), text=None, show_name=False))
    assert "helper 1 helpt nu anders" in together(await table.said(), "Fatima")
    assert await table.is_refused("Fatima", ShowNames(initiative_id=HERE, participant_id=KEES_HELPS)) == (
        "introducing.refused.already"
    )
    await table.does("Kees", ShowMyName(initiative_id=HERE))
    said = await table.said()
    assert "heet Kees." in together(said, "Fatima")
    assert "wil namen uitwisselen" in together(said, "Bram")
    assert await table.timeline() == [EventKind.HELPER_JOINED]


async def test_who_comes_after_a_helper_who_left_gets_neither_their_number_nor_their_mail(table: Table) -> None:
    await table.does("Kees", HELP)
    await table.does("Kees", WithdrawHelp(initiative_id=HERE))
    await table.does("Anna", HELP)

    left = await table.is_refused(
        "Fatima", WriteToHelper(initiative_id=HERE, participant_id=KEES_HELPS, text="Voor Kees")
    )

    assert left == "passing_on.refused.helper_gone"
    (anna,) = [row for row in await table.rows(Participant) if row.kind is Participation.HELPER]
    assert (anna.number, anna.id) == (2, KEES_HELPS + 1)
    assert "Voor Kees" not in together(await table.said(), "Anna")


async def test_what_a_helper_would_do_is_free_again_when_they_leave(table: Table) -> None:
    await table.does("Kees", HELP)
    await table.add(Step(initiative_id=HERE, owner_id=table.people["Kees"], text="Aarde halen"))

    await table.does("Kees", WithdrawHelp(initiative_id=HERE))

    assert (await table.row(Step)).owner_id is None


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (HELP, "helping.refused.leads"),
        (FOLLOW, "following.refused.leads"),
        (SUPPORT, "supporting.refused.leads"),
        (TakeOver(initiative_id=HERE), "handing_over.refused.not_asked"),
        (HandOver(initiative_id=HERE, participant_id=1), "handing_over.refused.is_first"),
        (HandOver(initiative_id=HERE, participant_id=99), "handing_over.refused.gone"),
        (TO_MANY, "passing_on.refused.nobody_there"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, InitiativeCommand) else "",
)
async def test_an_initiator_is_refused_what_makes_no_sense(table: Table, command: InitiativeCommand, key: str) -> None:
    assert await table.is_refused("Fatima", command) == key


async def test_what_ended_or_is_hidden_takes_nobody_on_but_lets_everybody_go(table: Table) -> None:
    for who, command in (("Kees", HELP), ("Anna", FOLLOW), ("Anna", SUPPORT)):
        await table.does(who, command)
    for changed, key in (
        ({"status": InitiativeStatus.DONE}, "taking_part.refused.ended"),
        ({"status": InitiativeStatus.EXPLORING, "hidden_at": MONDAY}, "common.gone"),
    ):
        await table.change(Initiative, **changed)
        for command in (HELP, FOLLOW, SUPPORT):
            assert await table.is_refused("Sanne", command) == key
        assert await table.is_refused("Fatima", InviteInitiator(initiative_id=HERE)) == key
        assert await table.is_refused("Jan", CountPaperSupport(initiative_id=HERE, count=3)) == key
    await table.does("Kees", WithdrawHelp(initiative_id=HERE))
    await table.does("Anna", HearInitiative(initiative_id=HERE, on=False))
    await table.does("Anna", FollowInitiative(initiative_id=HERE, follow=False))
    await table.does("Anna", SupportInitiative(initiative_id=HERE, support=False))
    assert {row.kind for row in await table.rows(Participant)} == {Participation.INITIATOR}


async def test_a_link_makes_no_initiator_of_who_guides_and_none_after_its_day(table: Table) -> None:
    codes = []
    for _ in range(3):
        codes.append((await table.does("Fatima", InviteInitiator(initiative_id=HERE))).shown_once or "")
    assert [row.code_hash for row in await table.rows(InitiativeInvitation)] == [hashed(code) for code in codes]

    accept = AcceptInitiatorInvitation(code=codes[0])
    assert await table.is_refused("Jan", accept) == "inviting.refused.guides"
    assert await table.is_refused("Bram", accept) == "inviting.refused.leads"
    await table.does("Kees", accept)
    assert await table.is_refused("Kees", accept) == "inviting.refused.waits"
    assert await table.is_refused("Anna", accept) == "inviting.refused.used"
    other = ConfirmInitiator(initiative_id=HERE, invitation_id=2, yes=True)
    assert await table.is_refused("Fatima", other) == "common.gone"
    yes = ConfirmInitiator(initiative_id=HERE, invitation_id=1, yes=True)
    await table.does("Bram", yes)
    assert await table.is_refused("Fatima", yes) == "inviting.refused.answered"
    said = await table.said()
    assert "samen met Fatima en Bram" in together(said, "Kees")

    table.now = MONDAY + timedelta(days=15)
    late = AcceptInitiatorInvitation(code=codes[1])
    assert await table.is_refused("Anna", late) == "inviting.refused.expired"
    assert await table.is_refused("Anna", AcceptInitiatorInvitation(code="i")) == "inviting.refused.unknown"


async def test_the_next_initiator_is_first_contact_when_the_first_leaves_and_nobody_after_the_last(
    table: Table,
) -> None:
    await table.does("Kees", HELP)
    await table.does("Kees", ShowMyName(initiative_id=HERE))
    await table.does("Fatima", ShowNames(initiative_id=HERE, participant_id=KEES_HELPS))
    await table.does("Anna", FOLLOW)
    await table.does("Anna", HearInitiative(initiative_id=HERE, on=False))
    await table.said()

    await table.does("Fatima", LeaveInitiative(initiative_id=HERE))
    assert (await table.row(Initiative)).initiator_id == table.people["Bram"]
    assert (await table.row(Participant, KEES_HELPS)).shown_by == []
    said = await table.said()
    assert "Fatima is gestopt als initiatiefnemer" in together(said, "Bram")
    assert "Kees" not in said

    await table.does("Bram", LeaveInitiative(initiative_id=HERE))
    assert (await table.row(Initiative)).initiator_id is None
    said = await table.said()
    assert "zoekt iemand" in together(said, "Kees")
    assert "Bram" not in together(said, "Kees")
    assert "Anna" not in said, "who stopped the messages isn't asked"
    assert "Ik heb het aan 1 helper of volger gevraagd." in together(said, "Jan")
    refused = await table.is_refused("Kees", WriteToInitiators(initiative_id=HERE, text="Wie?"))
    assert refused == "passing_on.refused.nobody_leads"
    assert await table.is_refused("Jan", WriteToInitiator(initiative_id=HERE, text="Dag!")) == refused

    await table.does("Anna", TakeOver(initiative_id=HERE, yes=False))
    await table.does("Kees", TakeOver(initiative_id=HERE))
    assert (await table.row(Initiative)).initiator_id == table.people["Kees"]
    assert await table.is_refused("Anna", TakeOver(initiative_id=HERE)) == "handing_over.refused.not_asked"
    assert {row.kind for row in await table.rows(Participant)} == {Participation.INITIATOR, Participation.FOLLOWER}
    assert (await table.timeline())[-1] == EventKind.INITIATOR_JOINED


async def test_another_initiator_is_asked_and_says_no_or_yes(table: Table) -> None:
    ask = HandOver(initiative_id=HERE, participant_id=2)
    await table.does("Fatima", ask)
    await table.does("Bram", TakeOver(initiative_id=HERE, yes=False))
    assert "Bram neemt “Bloemen” (I-2026-0001) liever niet over." in together(await table.said(), "Fatima")
    assert await table.is_refused("Bram", TakeOver(initiative_id=HERE)) == "handing_over.refused.not_asked"

    await table.does("Fatima", ask)
    await table.does("Bram", TakeOver(initiative_id=HERE))
    assert (await table.row(Initiative)).initiator_id == table.people["Bram"]
    assert await table.timeline() == []


async def test_a_helper_who_writes_all_day_is_asked_to_wait(table: Table) -> None:
    await table.does("Kees", HELP)
    write = WriteToInitiators(initiative_id=HERE, text="Nog iets")
    for _ in range(20):
        await table.does("Kees", write)

    assert await table.is_refused("Kees", write) == "passing_on.refused.often_today"
    table.now = MONDAY + timedelta(days=1, minutes=1)
    assert isinstance(await table.tries("Kees", write), Done)


async def test_a_message_to_many_skips_who_blocked_or_stopped_and_reaches_each_once(table: Table) -> None:
    await table.does("Kees", HELP)
    for name in ("Kees", "Anna", "Sanne", "Piet"):
        await table.tries(name, FOLLOW)
    await table.does("Sanne", HearInitiative(initiative_id=HERE, on=False))
    await table.change(Person, table.people["Piet"], blocked_at=MONDAY)
    await table.said()

    done = await table.does("Fatima", TO_MANY)

    said = await table.said()
    assert done.details["recipients"] == 2
    assert [len(said.get(name, [])) for name in ("Kees", "Anna", "Sanne", "Piet")] == [1, 1, 0, 0]
    assert "Fatima schreef 2 mensen over “Bloemen”" in together(said, "Bram")


async def test_who_changes_their_help_all_day_is_asked_to_wait(table: Table) -> None:
    for _ in range(5):
        await table.does("Kees", HELP)

    assert await table.is_refused("Kees", HELP) == "helping.refused.often"
    await table.does("Anna", HELP)


async def test_names_are_no_longer_public_when_somebody_joins_who_did_not_choose_that(table: Table) -> None:
    await table.change(Initiative, public=[Part.FIRST_NAME, Part.STEPS])
    code = (await table.does("Fatima", InviteInitiator(initiative_id=HERE))).shown_once or ""
    await table.does("Kees", AcceptInitiatorInvitation(code=code))

    await table.does("Fatima", ConfirmInitiator(initiative_id=HERE, invitation_id=1, yes=True))

    assert (await table.row(Initiative)).public == [Part.STEPS]


async def test_a_helper_hears_when_the_initiators_can_read_it_only_later(table: Table) -> None:
    await table.does("Kees", HELP)
    for name in ("Fatima", "Bram"):
        await table.change(Person, table.people[name], blocked_at=MONDAY)
    await table.said()

    await table.does("Kees", WriteToInitiators(initiative_id=HERE, text="Ben je er?"))

    assert "✅ Bewaard." in together(await table.said(), "Kees")


@pytest.mark.parametrize(
    ("people", "leading", "paper", "needed", "milestone"),
    [
        (1, 1, 0, 75, None),
        (2, 1, 0, 75, "first"),
        (2, 1, 36, 75, "half"),
        (2, 1, 35, 75, "first"),
        (2, 1, 73, 75, "all"),
        (1, 1, 74, 75, "all"),
        (3, 3, 0, 5, None),
        (3, 3, 0, 3, "all"),
        (1, 1, 0, None, None),
        (400, 1, 0, None, "first"),
    ],
)
def test_milestones(people: int, leading: int, paper: int, needed: int | None, milestone: str | None) -> None:
    assert Support(people=people, leading=leading, paper=paper).reached(needed) == milestone


@pytest.mark.parametrize(
    ("argument", "ids"),
    [("3-4", (3, 4)), ("3", None), ("3-", None), ("-4", None), ("3-4-5", None), ("a-b", None), ("3--4", None)],
)
def test_two_numbers_of_a_button_are_read_strictly(argument: str, ids: tuple[int, int] | None) -> None:
    assert two_ids_in(argument) == ids


async def test_old_and_forged_buttons_are_answered_and_change_nothing(table: Table) -> None:
    kees = Chat(table.database, house(), person=200)
    before = await dump(table.database, without=("outbox", "people"))
    names = ("helper", "names", "confirm", "decline")
    alone = ("people", "many", "invite", "hand", "leave", "take", "notake", "lead", "myname", "unhelp", "paper")
    presses = [f"a:i-{name}:{argument}" for name in names for argument in ("", "1", "1-1", "1-99", "99-1", "x-y")]
    presses += [f"a:i-{name}:{argument}" for name in alone for argument in ("", "1", "99", "1-99", "x")]
    presses += [f"a:i-{name}:{argument}" for name in ("follow", "support", "help") for argument in ("", "99", "1-1")]
    presses += [f"a:i-{name}:1" for name in ("unfollow", "unsupport", "hush", "hear", "hearing", "preview")]
    for data in presses:
        await kees.does(Press(data=data, message_id=1))
        assert kees.toast is not None, data

    assert await dump(table.database, without=("outbox", "people")) == before


async def test_who_opens_a_link_to_follow_for_the_first_time_is_welcomed_too(table: Table) -> None:
    chat = Chat(table.database, house(), person=900)

    await chat.writes("/start fI-2026-0001")

    said = chat.seen()
    assert said.index("Hallo Sanne!") < said.index("Je volgt nu “Bloemen”") < said.index("In welke wijk woon je?")
    for code in ("f1", "fi-2026-0001"):  # followed already: what it is about is shown
        await chat.writes(f"/start {code}")
        assert "👥 0 helpers · 1 volger" in chat.seen()
    await chat.writes("/start fX")
    assert "Dit is er niet meer." in chat.seen()


async def test_a_code_for_a_role_may_begin_as_that_of_a_link(table: Table) -> None:
    code = "iAbCdEfGhIjKlMnO"
    invitation = Invitation(
        code_hash=hashed(code),
        role=Role.CIVIL_SERVANT,
        team_code="toezicht",
        created_at=MONDAY,
        expires_at=MONDAY + timedelta(days=900),
    )
    await table.add(invitation)
    chat = Chat(table.database, house(), person=900)

    await chat.does(Command(name="start", argument=code))

    assert "Je kunt beginnen." in chat.seen()
