"""A question is never lost and never without somebody and a term, whatever people do and however time passes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.routing import RuleHours
from tests.databases import PostgresServer, SqliteFiles
from tests.flows.questions.machine.clock import Clock
from tests.flows.questions.machine.desk import Answering, Together
from tests.flows.questions.machine.house import Groups, Rules, Staff
from tests.flows.questions.machine.residents import Residents
from tests.flows.questions.machine.world import WHO_HAS_IT
from tests.needs import size


class Life(Residents, Answering, Together, Rules, Groups, Staff, Clock):
    """Residents, who works here, and time, one after the other and through each other."""


def life_on(databases: SqliteFiles | PostgresServer) -> type[Life]:
    """A life that takes its database there."""
    return type("Life", (Life,), {"databases": databases})


def test_a_life_in_which_everything_happens_once(backend: SqliteFiles | PostgresServer) -> None:
    """In an order that chance hardly finds, and that the next test varies."""
    life, first = life_on(backend)(), 0
    for act, *how in (
        (life.first, "groen"),
        (life.claims, WHO_HAS_IT, first),
        (life.notes, WHO_HAS_IT, first),
        (life.merges, 0),
        (life.notes, WHO_HAS_IT, first),  # which stands on the card of what it goes along with
        (life.merges, 0),  # what the first goes along with goes along itself
        (life.takes_apart, WHO_HAS_IT, first),
        (life.passes_on, WHO_HAS_IT, first, "toezicht", "accept"),
        (life.claims, WHO_HAS_IT, first),
        (life.makes_a_rule, "groen", "klantcontact", RuleHours.ALWAYS),
        (life.leaves, 0, None),
        (life.the_bot_restarts, first, True),
        (life.claims, WHO_HAS_IT, first),
        (life.time_passes, 24 * 5),
        (life.asks_back, WHO_HAS_IT, first),
        (life.asks_on, first),
        (life.wants_a_reader, WHO_HAS_IT, first, None),
        (life.reads, 5, first, True),
        (life.corrects, first),
        (life.ties_a_group, "buitenruimte", -100, True),
        (life.time_passes, 24),
        (life.replies_in_the_group, 4, first),
        (life.releases, 4, first),  # so they had it
        (life.answers, WHO_HAS_IT, first),
    ):
        act(*how)
        assert all(is_done for _, is_done in life.holds.tried), f"{act.__name__} {how}: {life.holds.tried}"
        life.everything_holds()
    life.teardown()


def test_a_question_always_has_somebody_a_term_and_one_true_status(backend: SqliteFiles | PostgresServer) -> None:
    lives = size(1, 12) if isinstance(backend, SqliteFiles) else size(1, 2)
    run_state_machine_as_test(
        life_on(backend),
        settings=settings(
            max_examples=lives,
            stateful_step_count=size(15, 50),
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
