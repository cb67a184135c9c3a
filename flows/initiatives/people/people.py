"""The people of an initiative: how many there are, and for the initiators each helper with what they can do."""

from __future__ import annotations

from sqlmodel import col, func, select

from flows.context import Context
from flows.doors import act, action, id_in
from flows.initiatives.board import facts
from flows.initiatives.circle import initiators
from flows.initiatives.offers import View, offers
from flows.initiatives.people.following import follow_link
from flows.initiatives.people.supporting import support, threshold
from flows.initiatives.people.taking_part import called, closed, helping, offers_of, pressed_by_initiator
from flows.permissions import Relation
from flows.talk.message import Button, Message
from storage.cards import Subject
from storage.participation import Participant, Participation

PAGE = 5
"""Helpers on a screen."""
SHORT = 150
"""Characters of what a helper said; the whole of it came as a message."""


@facts(40)
async def counts(context: Context, view: View) -> str | None:
    """How many help, follow and stand behind it; for the initiators who helps. Nobody else sees who."""
    initiative, around = view.initiative, view.around
    query = select(Participant.kind, func.count()).where(Participant.initiative_id == initiative.id)
    by_kind = dict((await context.session.exec(query.group_by(col(Participant.kind)))).all())
    found = await support(context, initiative)
    paragraphs = [
        around.text(
            "people.counts",
            helpers=by_kind.get(Participation.HELPER, 0),
            followers=by_kind.get(Participation.FOLLOWER, 0),
            supporters=found.total,
            any_support=found.total > found.leading,
            needed=threshold(around, initiative),
            paper=found.paper,
        )
    ]
    if view.is_(Relation.INITIATOR) and (lines := await helper_lines(context, view)):
        paragraphs += lines[:PAGE]
        if len(lines) > PAGE:
            paragraphs.append(around.text("people.more", number=len(lines) - PAGE))
    return "\n".join(paragraphs)


async def helper_lines(context: Context, view: View) -> list[str]:
    """A line for each helper, as HTML, for an initiator."""
    around = view.around
    return [
        around.text(
            "people.helper",
            who=called(around, row, person, context.me),
            offers=offers_of(around, row),
            text=_short(row.offer_text),
        )
        for row, person in await helping(context, view.initiative)
    ]


@offers(30)
def to_people(view: View) -> list[Button]:
    """Writing, names, inviting, handing over: all an initiator does with people is on one screen."""
    if not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("people.buttons.people"), "i-people", view.initiative.id or 0)]


@action("i-people")
async def press_people(context: Context, argument: str) -> None:
    """The screen; the argument may name a page, from 0."""
    first, _, second = argument.partition("-")
    page = id_in(second) or 0
    view = await pressed_by_initiator(context, first)
    if view is None:
        return
    initiative, around = view.initiative, view.around
    lines = await helper_lines(context, view)
    shown = (await helping(context, initiative))[page * PAGE : (page + 1) * PAGE]
    rows: list[tuple[Button, ...]] = []
    for row, person in shown:
        ids = f"{initiative.id}-{row.id}"
        who = called(around, row, person, context.me)
        buttons = [act(around.plain("people.buttons.write", who=who)[:60], "i-helper", ids)]
        if context.me.id not in row.shown_by:
            buttons.append(act(around.plain("people.buttons.names"), "i-names", ids))
        rows.append(tuple(buttons))
    turns = [("previous", page - 1)] if page > 0 else []
    turns += [("next", page + 1)] if len(lines) > (page + 1) * PAGE else []
    if turns:
        rows.append(
            tuple(act(around.plain(f"talk.buttons.{word}"), "i-people", f"{initiative.id}-{to}") for word, to in turns)
        )
    names = ["many"] if view.ended else ["many", "invite", "hand", "leave"]
    rows += [(act(around.plain(f"people.buttons.{name}"), f"i-{name}", initiative.id or 0),) for name in names]
    text = around.text(
        "people.screen",
        title=initiative.title,
        initiators=[person.first_name for person in await initiators(context, initiative)],
        helpers=len(lines),
    )
    about = (Subject.INITIATIVE, initiative.id or 0)
    parts = ["\n".join([text, *lines[page * PAGE : (page + 1) * PAGE]])]
    if closed(initiative) is None:
        parts.append(around.text("people.share", link=follow_link(context.house, initiative)))
    await context.send(context.me, Message(text="\n\n".join(parts), buttons=tuple(rows)), about=about)


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
