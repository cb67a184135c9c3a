"""Writing the frame, and asking about it."""

from __future__ import annotations

from functools import partial
from typing import Any, TypedDict

from flows.context import Context
from flows.initiatives.agreements.frame_card import latest
from flows.initiatives.verbs import AskAboutFrame, WriteFrame
from flows.talk.answers import Skippable, Surroundings, T_co, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.dates import Date
from flows.talk.euros import Euros
from flows.talk.replay import conversation
from storage.agreements import Say
from storage.initiatives import Initiative

LENGTH = 700
"""Characters of each part: all of them fit in one message."""
FAR = 3650
"""Days: a frame looks ten years ahead at most."""


class OrNothing(Skippable[T_co]):
    """A kind of answer, or none; NOTHING stands for none where it is proposed, so that nobody is asked again."""

    NOTHING = ""

    def load(self, value: Any) -> T_co | None:
        return super().load(None if value == self.NOTHING else value)

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return super().show(None if value == self.NOTHING else value, question, around)


class Before(TypedDict):
    """The frame as it is now, for who changes it; None everywhere where there is none yet."""

    title: str
    version: int
    fixed: str | None
    yours: str | None
    together: str | None
    say: str | None
    budget: int | str | None
    """OrNothing.NOTHING: the frame says nothing of it."""
    deadline: str | None


async def before(context: Context, *, initiative_id: int) -> Before:
    """What the guide starts from."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    frame = await latest(context, initiative)
    return Before(
        title=initiative.title,
        version=frame.version if frame else 0,
        fixed=frame.fixed if frame else None,
        yours=frame.yours if frame else None,
        together=frame.together if frame else None,
        say=frame.say.value if frame else None,
        budget=(frame.budget or OrNothing.NOTHING) if frame else None,
        deadline=(frame.deadline.isoformat() if frame.deadline else OrNothing.NOTHING) if frame else None,
    )


@conversation("frame.write", for_work=True)
async def write(ask: Ask) -> WriteFrame:
    """The guide fills the card; who changes it says why, and then sees all parts, each with a button."""
    initiative_id = ask.given("initiative", int)
    now = await ask.once("now", partial(before, initiative_id=initiative_id))
    title = {"title": now["title"]}
    reason = await ask("reason", Text(max_length=LENGTH), values=title) if now["version"] else None
    fixed = await ask("fixed", Text(max_length=LENGTH), values=title, default=now["fixed"])
    yours = await ask("yours", Text(max_length=LENGTH), default=now["yours"])
    together = await ask("together", Text(max_length=LENGTH), default=now["together"])
    say = await ask("say", Choice(Say), default=now["say"])
    budget = await ask("budget", OrNothing(Euros()), default=now["budget"])
    deadline = await ask("deadline", OrNothing(Date(earliest=1, latest=FAR)), default=now["deadline"])
    await ask.review()
    return WriteFrame(
        initiative_id=initiative_id,
        fixed=fixed,
        yours=yours,
        together=together,
        say=say,
        budget=budget,
        deadline=deadline,
        reason=reason,
    )


async def titled(context: Context, *, initiative_id: int) -> str:
    """What the initiative is called."""
    return (await context.session.get_one(Initiative, initiative_id)).title


@conversation("frame.ask")
async def ask_about(ask: Ask) -> AskAboutFrame:
    """The initiator asks about it, or wants it otherwise."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    text = await ask("text", Text(max_length=LENGTH), values={"title": title})
    return AskAboutFrame(initiative_id=initiative_id, text=text)
