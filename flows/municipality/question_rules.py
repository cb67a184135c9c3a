"""What the municipality promises about questions, besides how soon they are answered."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field

from flows.municipality.rest import Clock
from flows.municipality.values import Count, Frozen, WorkingDays

Hours = Annotated[Count, Field(le=200)]


class QuestionRules(Frozen):
    """Days are working days, hours are office hours; what a resident has time for is in days of the week."""

    warn_days: WorkingDays = 1
    """Before the term: who has the question is warned."""
    silent_days: WorkingDays = 2
    """Who took a question and does nothing with it so long gives it back to the team; what nobody takes so long goes to
    the front desk, and then to the coordinators too."""
    accept_hours: Hours = 8
    """A team accepts what is passed on to it, or it comes back."""
    wait_days: Annotated[Count, Field(le=90)] = 10
    """Days the resident has to answer something that was asked back."""
    reopen_days: Annotated[Count, Field(le=365)] = 30
    """Days in which an answer that didn't help opens the question again; after that it is asked anew, linked."""
    reopen_times: Annotated[Count, Field(le=10)] = 2
    """After that a coordinator gets it."""
    digest: Clock = time(8, 30)
    """When who works here hears in the morning what waits, on working days."""
