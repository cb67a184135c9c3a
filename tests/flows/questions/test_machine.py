"""A question is never lost and never without somebody and a term, whatever people do and however time passes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import PostgresServer, SqliteFiles
from tests.flows.questions.machine.clock import Clock
from tests.flows.questions.machine.desk import Answering, Together
from tests.flows.questions.machine.house import Groups, Rules, Staff
from tests.flows.questions.machine.residents import Residents
from tests.needs import size


class Life(Residents, Answering, Together, Rules, Groups, Staff, Clock):
    """Residents, who works here, and time, one after the other and through each other."""


def test_a_question_always_has_somebody_a_term_and_one_true_status(backend: SqliteFiles | PostgresServer) -> None:
    lives = size(3, 12) if isinstance(backend, SqliteFiles) else size(1, 2)
    run_state_machine_as_test(
        type("Life", (Life,), {"databases": backend}),
        settings=settings(
            max_examples=lives,
            stateful_step_count=size(15, 50),
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
