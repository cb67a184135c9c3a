"""What residents ask, and all that is said about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from storage.base import Table
from storage.columns import UtcDateTime, now, words


class QuestionStatus(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """The team's: nobody has taken it."""
    CLAIMED = "claimed"
    """The assignee's."""
    ANSWERED = "answered"
    """The resident's: an answer was sent."""
    CLOSED = "closed"
    """Nobody's: it is done."""
    WAITING = "waiting"
    """The resident's: something was asked back. The clock stands still until `waits_until`."""
    MERGED = "merged"
    """Whose turn it is in the question it goes along with (`merged_into_id`): that one's answer is its answer."""


AT_THE_DESK = (QuestionStatus.OPEN, QuestionStatus.CLAIMED)
"""The resident waits for the desk: the clock runs."""
HELD = (QuestionStatus.CLAIMED, QuestionStatus.WAITING)
"""The assignee goes on with it."""
DONE = (QuestionStatus.ANSWERED, QuestionStatus.CLOSED)
"""Nobody at the desk has to do anything."""
OVER = (*DONE, QuestionStatus.MERGED)
"""Nothing is done in it any more, unless it is asked on or taken apart."""


class ThemeBy(StrEnum):
    """Who said what a question is about."""

    GUESS = "guess"
    """Nobody yet: the words did."""
    ASKER = "asker"
    DESK = "desk"
    """Somebody who works here corrected it; the next guess learns from it."""


class Helped(StrEnum):
    """What the resident says of an answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class MessageKind(StrEnum):
    """What a message in a question is for."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    """The resident asks on, or says why the answer didn't help."""
    ANSWER = "answer"
    TRANSFER = "transfer"
    """Why it went to another team."""
    CLOSE = "close"
    """Why it was closed without an answer."""
    THANKS = "thanks"
    ASK_BACK = "ask_back"
    """The desk asks the resident something."""
    NEW_DATE = "new_date"
    """Why it takes longer; the resident reads it."""
    NOTE = "note"
    """For colleagues only, never for the resident."""
    RETURN = "return"
    """Why a team gave back what was passed on to it."""
    SPLIT = "split"
    """The desk took a part of another question as a question of its own: that part."""
    MERGE = "merge"
    """The desk let another question go along with this one."""


INTERNAL = frozenset({MessageKind.NOTE, MessageKind.TRANSFER, MessageKind.RETURN, MessageKind.SPLIT, MessageKind.MERGE})
"""What the resident never reads."""


class Question(Table, table=True):
    """A question of a resident. It always has a team and a term; an assignee when somebody took it.

    The clock looks at it at the time of its timer (`TimerKind.QUESTION`), which every question has that isn't closed
    and doesn't go along with another, and those too as long as something said to the resident is under way.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_team_code_status", "team_code", "status"),)
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=16)
    asker_id: int = Field(foreign_key="people.id", index=True)
    theme_code: str | None = Field(default=None, foreign_key="themes.code")
    theme_by: ThemeBy | None = Field(default=None, sa_column=Column(words(ThemeBy)))
    district_code: str | None = Field(default=None, foreign_key="districts.code")
    team_code: str = Field(foreign_key="teams.code")
    routed_by: str | None = Field(default=None, max_length=32)
    """Why it is with that team, as `flows.questions.routing.route` says it in words; None: from before it was kept."""
    assignee_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    status: QuestionStatus = Field(default=QuestionStatus.OPEN, sa_column=Column(words(QuestionStatus), nullable=False))
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    """When the resident may expect an answer."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    initiative_id: int | None = Field(default=None, foreign_key="initiatives.id", index=True)
    """The initiative it came from, when somebody was stuck."""
    reopened: int = 0
    """How often it was work again after an answer."""
    helped: Helped | None = Field(default=None, sa_column=Column(words(Helped)))
    """What the resident said of the last answer."""

    # The clock
    active_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    """When whoever has it last did something; who stays silent too long gives it back."""
    warned_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    escalated_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the term was said to be near, and to be over; None again once there is a new term."""
    snoozed_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """The assignee wants to see it again then; the term goes on."""
    paused_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    waits_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Since when, and until when at most, the resident is waited for."""

    raised_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When it came to the coordinators too: nobody of the front desk took it. None again once somebody has it."""

    # Whose turn it is
    passed_over: list[int] = Field(default_factory=list, sa_column=Column[list[int]](JSON, nullable=False))
    """Who had it since it is with this team, by their number: where work is assigned, it doesn't come to them again."""

    arrives_by: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When it is seen whether what was said to the resident arrived; None: there is nothing to wait for."""

    # Passed on, and not accepted yet
    handed_from: str | None = Field(default=None, foreign_key="teams.code")
    handed_by_id: int | None = Field(default=None, foreign_key="people.id")
    accept_by: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """By when the team takes it, or it goes back to `handed_from` and who had it there."""

    # What it belongs to
    merged_into_id: int | None = Field(default=None, foreign_key="questions.id", index=True)
    linked_id: int | None = Field(default=None, foreign_key="questions.id", index=True)
    """The question it came from: a part of it, or asked again after the time for reopening."""

    # To learn from
    first_reaction_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When the resident first heard from a person."""
    transfers: int = 0
    postponed: int = 0
    """How often a new date was given."""


class QuestionMessage(Table, table=True):
    """One message of a question, in the order of the ids."""

    __tablename__ = "question_messages"
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    author_id: int = Field(foreign_key="people.id")
    kind: MessageKind = Field(sa_column=Column(words(MessageKind), nullable=False))
    text: str = ""
    photo: str | None = None
    voice: str | None = None
    """The channel's ids of a picture or a voice message."""
    latitude: float | None = None
    longitude: float | None = None
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
    card_id: int | None = Field(default=None, foreign_key="cards.id", index=True)
    """The message in which the resident got it: whether it arrived, and which to edit when it is corrected."""
    corrected_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class AnswerDraft(Table, table=True):
    """An answer that a colleague reads before it goes."""

    __tablename__ = "answer_drafts"
    question_id: int = Field(foreign_key="questions.id", primary_key=True)
    author_id: int = Field(foreign_key="people.id", index=True)
    reader_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    """Who is asked; None: whoever of the team."""
    text: str
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class ThinkingAlong(Table, table=True):
    """A colleague is asked to think along: they read the question and write notes, and nothing is handed over."""

    __tablename__ = "thinking_along"
    question_id: int = Field(foreign_key="questions.id", primary_key=True)
    person_id: int = Field(foreign_key="people.id", primary_key=True, index=True)
    asked_by_id: int = Field(foreign_key="people.id")
    """Who hears what they write."""
    created_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))


class StandardAnswer(Table, table=True):
    """What a team answers often, with fields such as {voornaam} that are filled in."""

    __tablename__ = "standard_answers"
    __table_args__ = (UniqueConstraint("team_code", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    team_code: str = Field(foreign_key="teams.code")
    name: str = Field(max_length=30)
    text: str
    created_by: int = Field(foreign_key="people.id")
    updated_at: datetime = Field(default_factory=now, sa_column=Column(UtcDateTime, nullable=False))
