"""How fast it may go."""

from dataclasses import dataclass

import pytest

from bot.telegram.pace import Pace


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_broadcasts_go_by_a_tenth_of_a_second(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    for chat in range(6):
        pace.took(chat, paced=True)
    assert pace.bulk_room() == 0
    assert pace.next_room() == pytest.approx(1 / 30)

    clock.now += 2 / 30
    assert pace.paced_room() == 2
    assert pace.bulk_room() == 0

    clock.now += 1 / 30
    assert pace.bulk_room() == 3


def test_replies_take_from_what_broadcasts_may_use(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    for _ in range(200):
        pace.took(1, paced=False)

    clock.now += 1.0
    assert pace.bulk_room() == 0

    clock.now += 0.1
    assert pace.bulk_room() == 3


def test_a_chat_rests_a_second_after_a_notice_but_not_after_a_reply(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    pace.took(1, paced=True)
    pace.took(2, paced=False)
    assert pace.resting_chats() == {1}

    clock.now += 1.0

    assert pace.resting_chats() == set()


def test_a_chat_that_was_refused_waits_and_others_go_on(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    pace.flooded(1, 5)
    assert pace.paused_chats() == {1}
    assert pace.bulk_room() == 6

    clock.now += 5.0

    assert pace.paused_chats() == set()


def test_several_refused_chats_stop_broadcasts_for_a_while(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    for chat in (1, 2, 3):
        pace.flooded(chat, 4)
    assert pace.bulk_room() == 0
    assert pace.paced_room() == 6

    clock.now += 4.0

    assert pace.bulk_room() == 6


def test_a_bad_line_is_tried_by_one_until_it_works(clock: Clock) -> None:
    pace = Pace(30, clock=clock)
    pace.line_failed(2)
    assert pace.bulk_room() == 0

    clock.now += 2.0
    assert pace.bulk_room() == 1

    pace.line_works()
    assert pace.bulk_room() == 6
