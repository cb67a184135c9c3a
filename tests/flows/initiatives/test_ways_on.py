"""Whatever an initiative's state, and whoever looks at it: there is something to do, and it does something."""

from datetime import UTC, datetime
from itertools import cycle, product

import pytest

from flows import features
from flows.context import House
from flows.doors import ACTIONS
from flows.initiatives.board import page_of
from flows.initiatives.offers import ROOM, View, offered
from flows.initiatives.standing import Standing
from flows.municipality import Municipality
from flows.permissions import Relation
from storage.agreements import DecisionOutcome
from storage.initiatives import ENDED, Initiative, InitiativeStatus, Route, Side
from tests.texts import texts

features.load()

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
VIEWERS: dict[str, frozenset[Relation]] = {
    "nobody to it": frozenset(),
    "initiator": frozenset({Relation.INITIATOR}),
    "helper": frozenset({Relation.HELPER}),
    "follower": frozenset({Relation.FOLLOWER}),
    "supporter": frozenset({Relation.SUPPORTER}),
    "helper, follower and supporter": frozenset({Relation.HELPER, Relation.FOLLOWER, Relation.SUPPORTER}),
    "guide": frozenset({Relation.GUIDE, Relation.TEAM, Relation.WORKER}),
    "deputy of another team": frozenset({Relation.GUIDE, Relation.WORKER}),
    "colleague": frozenset({Relation.TEAM, Relation.WORKER}),
    "invited partner": frozenset({Relation.INVITED_PARTNER, Relation.WORKER}),
    "partner": frozenset({Relation.INVITED_PARTNER, Relation.PARTNER, Relation.WORKER}),
    "civil servant elsewhere": frozenset({Relation.WORKER}),
    "coordinator": frozenset({Relation.COORDINATOR}),
    "admin": frozenset({Relation.COORDINATOR, Relation.ADMIN}),
}
STATES = [
    *(
        (status, asleep)
        for status, asleep in product(InitiativeStatus, (False, True))
        if not (asleep and status in ENDED)
    )
]
STANDINGS = (
    Standing(),
    Standing(open_steps=1),
    Standing(open_steps=7, asked=True, outcome=DecisionOutcome.NOT_THIS_WAY),
    Standing(open_steps=1, outcome=DecisionOutcome.GRANTED),
    Standing(asked=True),
)
"""Five: taken in turn they come together with each of the other things that vary, which are twos and fours."""


@pytest.fixture(scope="module")
def house() -> House:
    return House(municipality=Municipality.load(None), catalogue=texts(), bot_username="bot")


def initiative(status: InitiativeStatus, *, asleep: bool, route: Route, hidden: bool, led: bool) -> Initiative:
    return Initiative(
        id=2**31 - 1,
        reference="I-2026-9999",
        initiator_id=1 if led else None,
        title="Bloemen",
        idea="Bloemen planten",
        first_step="Beginnen",
        team_code="buitenruimte",
        route=route,
        status=status,
        asleep_since=NOW if asleep else None,
        hidden_at=NOW if hidden else None,
        ended_at=NOW if status in ENDED else None,
        turn=Side.RESIDENTS,
        respond_by=NOW,
    )


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize(("status", "asleep"), STATES)
def test_every_state_has_a_way_on_for_every_role(
    house: House, who: str, status: InitiativeStatus, asleep: bool
) -> None:
    looks = product(("nl", "en"), Route, (False, True), (False, True))
    for (language, route, hidden, led), standing in zip(looks, cycle(STANDINGS), strict=False):
        if not led and who == "initiator":
            continue
        view = View(
            initiative=initiative(status, asleep=asleep, route=route, hidden=hidden, led=led),
            relations=VIEWERS[who] | {Relation.ANYONE},
            around=house.around(language, NOW),
            standing=standing,
        )

        buttons = offered(view)

        assert buttons, f"{who}: {status}, {route}, hidden {hidden}, led {led}, {standing}"
        assert len({button.label for button in buttons}) == len(buttons), "two buttons with the same words"
        for button in buttons:
            kind, name, argument = (button.data or "").split(":", 2)
            assert kind == "a"
            assert name in ACTIONS, f"nobody answers to {name}"
            assert len((button.data or "").encode()) <= 64
            assert len(button.label) <= 32, button.label
            assert argument
        board, behind = page_of(view), page_of(view, 1)
        assert len(board) <= ROOM, [button.label for button in board]
        if board != behind:
            assert [*board[:-1], *behind[:-1]] == buttons, "each button stands on one of the two pages"
            assert [(page[-1].data or "").split(":")[1] for page in (board, behind)] == ["i-more", "i-less"]
            assert len(behind) <= ROOM + 4, [button.label for button in behind]


def test_who_leads_can_always_end_it_and_nobody_else_can(house: House) -> None:
    """An initiative is its initiators': no other role is offered the buttons with which they stop or finish it."""
    for (status, asleep), (who, relations) in product(STATES, VIEWERS.items()):
        view = View(
            initiative=initiative(status, asleep=asleep, route=Route.JUST_DO_IT, hidden=False, led=True),
            relations=relations | {Relation.ANYONE},
            around=house.around("nl", NOW),
        )
        names = {(button.data or "").split(":")[1] for button in offered(view)}
        assert ("i-stop" in names) == (who == "initiator" and status not in ENDED), (who, status)


@pytest.mark.parametrize(
    ("standing", "initiator", "guide"),
    [
        (Standing(), {"i-decision"}, {"i-decision"}),
        (Standing(asked=True), set(), {"i-decide"}),
        (Standing(outcome=DecisionOutcome.NOT_THIS_WAY), {"i-decision", "i-objection"}, {"i-decision"}),
        (Standing(asked=True, outcome=DecisionOutcome.NOT_THIS_WAY), {"i-objection"}, {"i-decide"}),
        (Standing(outcome=DecisionOutcome.GRANTED), {"i-objection"}, set()),
    ],
)
def test_a_decision_is_asked_taken_and_objected_to_only_when_that_can_be(
    house: House, standing: Standing, initiator: set[str], guide: set[str]
) -> None:
    for status, (who, expected) in product(
        (InitiativeStatus.EXPLORING, InitiativeStatus.AGREED), {"initiator": initiator, "guide": guide}.items()
    ):
        one = initiative(status, asleep=False, route=Route.RESIDENT_INITIATIVE, hidden=False, led=True)
        view = View(initiative=one, relations=VIEWERS[who], around=house.around("nl", NOW), standing=standing)
        names = {(button.data or "").split(":")[1] for button in offered(view)}

        assert names & {"i-decision", "i-decide", "i-objection"} == expected, (status, who)
