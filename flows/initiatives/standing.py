"""How far an initiative is with what decides about its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, exists, func, select

from flows.context import Context
from storage.agreements import Decision, DecisionOutcome
from storage.initiatives import Initiative
from storage.steps import Step, StepStatus


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Without anything said: as of a new one."""

    open_steps: int = 0
    """Steps that are still to be done."""
    asked: bool = False
    """A formal decision was asked, and not taken yet."""
    outcome: DecisionOutcome | None = None
    """Of the decision that was taken last; None: there is none."""


AT_FIRST = Standing()


async def standing(context: Context, initiative: Initiative) -> Standing:
    """All of it in one look."""
    of_it = col(Decision.initiative_id) == initiative.id
    steps = select(func.count()).where(Step.initiative_id == initiative.id, Step.status == StepStatus.PLANNED)
    asked = exists().where(of_it, col(Decision.outcome).is_(None))
    taken = select(Decision.outcome).where(of_it, col(Decision.outcome).is_not(None))
    last = taken.order_by(col(Decision.id).desc()).limit(1)
    query: Any = select(steps.scalar_subquery(), asked, last.scalar_subquery())
    count, is_asked, outcome = (await context.session.exec(query)).one()
    return Standing(
        open_steps=count, asked=bool(is_asked), outcome=None if outcome is None else DecisionOutcome(outcome)
    )
