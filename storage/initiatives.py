"""What residents start, and what is said and seen of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.base import Table
from storage.columns import Json, UtcDateTime, now, words


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    IDEA = "idea"
    """Just started; the guide has not greeted yet."""
    EXPLORING = "exploring"
    """The guide and the initiators are in touch."""
    AGREED = "agreed"
    """Both sides confirmed the frame, or no frame is needed: they can begin."""
    UNDER_WAY = "under_way"
    """The first step is done."""
    DONE = "done"
    """It happened."""
    STOPPED = "stopped"
    """It ended earlier, with a reason and what was learned."""
    MERGED = "merged"
    """It went on together with another one."""
    TAKEN_ON = "taken_on"
    """The municipality took it on, because the initiators wanted that."""


ENDED = (InitiativeStatus.DONE, InitiativeStatus.STOPPED, InitiativeStatus.MERGED, InitiativeStatus.TAKEN_ON)
"""After these nothing is asked of anybody any more, but for the lessons."""


class Route(StrEnum):
    """A way in which residents can take the lead."""

    JUST_DO_IT = "just_do_it"
    """No permission is needed, and nothing is asked."""
    RESIDENT_INITIATIVE = "resident_initiative"
    """Bewonersinitiatief: residents do something for their neighbourhood; a small budget, a place, a permit."""
    RIGHT_TO_CHALLENGE = "right_to_challenge"
    """Uitdaagrecht: residents take over a task of the municipality, with its budget."""
    COUNCIL_PROPOSAL = "council_proposal"
    """Burgerinitiatiefvoorstel: residents put a subject on the agenda of the council."""


class Side(StrEnum):
    """The two sides of an agreement, of a message, of a turn."""

    RESIDENTS = "residents"
    MUNICIPALITY = "municipality"


class Rhythm(StrEnum):
    """How often the bot asks how it goes; the initiators choose."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    NEVER = "never"


class Part(StrEnum):
    """What of an initiative may be public besides its name, district, theme and status."""

    IDEA = "idea"
    FIRST_NAME = "first_name"
    """Of who chooses it: each initiator decides about their own (`Participant.name_public`)."""
    PHOTO = "photo"
    STEPS = "steps"
    """With their photos and sentences."""
    AGREEMENTS = "agreements"


class Initiative(Table, table=True):
    """A plan of residents, in their own words."""

    __tablename__ = "initiatives"
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=16)
    initiator_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    """The first contact. Others with the same say are in `participants`. None: everybody left, it seeks somebody."""
    title: str
    idea: str
    helpers: list[str] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """With whom: keys of `flows.initiatives.beginning.start.Helper`."""
    district_code: str | None = Field(default=None, foreign_key="districts.code", index=True)
    theme_code: str | None = Field(default=None, foreign_key="themes.code", index=True)
    first_step: str
    needs: str | None = None
    """What is asked of the municipality; None: nothing."""
    amount: int | None = None
    """Whole euros that are asked; None: no money."""
    photo: str | None = None
    """The channel's id of the picture."""
    route: Route = Field(default=Route.JUST_DO_IT, sa_column=Column(words(Route), nullable=False))
    status: InitiativeStatus = Field(
        default=InitiativeStatus.IDEA, sa_column=Column(words(InitiativeStatus), nullable=False, index=True)
    )
    asleep_since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """It was silent, was asked, and stayed silent. Any sign of life wakes it."""
    team_code: str = Field(foreign_key="teams.code", index=True)
    guide_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    deputy_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    """Who guides while the guide is away."""
    turn: Side = Field(default=Side.MUNICIPALITY, sa_column=Column(words(Side), nullable=False))
    """Who has something to do or to say before it goes on."""
    turn_since: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    respond_by: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    """When the initiators hear from the guide at the latest."""
    rhythm: Rhythm = Field(default=Rhythm.FORTNIGHTLY, sa_column=Column(words(Rhythm), nullable=False))
    unanswered: int = 0
    """How often the bot asked how it goes since the last sign of life; see `flows.initiatives.steps.rhythm`."""
    active_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    """The last sign of life of the initiators."""
    public: list[str] = Field(default_factory=list, sa_column=Column[Any](JSON, nullable=False))
    """The `Part`s that the initiators made public, but for names."""
    hidden_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Since when a coordinator keeps it from the public; why is in `reports`."""
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    end_reason: str | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="initiatives.id")
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class Hearing(StrEnum):
    """Who hears a message about an initiative."""

    GUIDE = "guide"
    INITIATORS = "initiators"
    HELPERS = "helpers"
    FOLLOWERS = "followers"
    """And the helpers."""
    PERSON = "person"
    """One participant: `to_id`."""
    PARTNERS = "partners"
    """The partners whom the initiators let in."""


class InitiativeMessage(Table, table=True):
    """A line between people of an initiative, passed on by the bot."""

    __tablename__ = "initiative_messages"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    author_id: int = Field(foreign_key="people.id")
    hearing: Hearing = Field(default=Hearing.GUIDE, sa_column=Column(words(Hearing), nullable=False))
    to_id: int | None = Field(default=None, foreign_key="people.id")
    text: str
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class EventKind(StrEnum):
    """What happened to an initiative: its timeline. No words of people are kept here."""

    STARTED = "started"
    GREETED = "greeted"
    GUIDE_CHANGED = "guide_changed"
    FRAME_AGREED = "frame_agreed"
    STATUS = "status"
    """details: `from`, `to`."""
    STEP_PLANNED = "step_planned"
    STEP_DONE = "step_done"
    STUCK = "stuck"
    SUPPORTERS = "supporters"
    """A milestone; details: `count`."""
    HELPER_JOINED = "helper_joined"
    INITIATOR_JOINED = "initiator_joined"
    INITIATOR_LEFT = "initiator_left"
    PARTNER_JOINED = "partner_joined"
    """details: `team`."""
    AGREEMENT_MADE = "agreement_made"
    AGREEMENT_KEPT = "agreement_kept"
    AGREEMENT_MOVED = "agreement_moved"
    AGREEMENT_BROKEN = "agreement_broken"
    DECISION_ASKED = "decision_asked"
    DECIDED = "decided"
    """details: `outcome`."""
    SLEPT = "slept"
    WOKE = "woke"
    LESSON = "lesson"
    HIDDEN = "hidden"
    SHOWN = "shown"


class InitiativeEvent(Table, table=True):
    """One line of the timeline."""

    __tablename__ = "initiative_events"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiatives.id", index=True)
    kind: EventKind = Field(sa_column=Column(words(EventKind), nullable=False))
    at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    subject_id: int | None = None
    """The step or agreement it is about."""
    details: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Codes and numbers."""
