"""How an initiative looks to the team that supports it."""

from __future__ import annotations

from collections.abc import Sequence

from flows.cards import reconcile
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.circle import initiators
from flows.people.names import name_of
from flows.people.teams import watchers
from flows.talk.message import Message
from storage.cards import Subject
from storage.initiatives import Initiative, InitiativeStatus
from storage.people import Person


async def refresh(context: Context, initiative: Initiative, *, changed: bool = True) -> None:
    """Bring the cards of an initiative up to date; a photo goes to who sees it for the first time."""
    about = (Subject.INITIATIVE, initiative.id or 0)
    people = await watchers(context, initiative.team_code)
    leading = await initiators(context, initiative)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    if guide is not None and all(person.id != guide.id for person in people):
        people.append(guide)

    def render(person: Person, watching: bool) -> Message:
        around = context.around_for(person)
        text = card_text(around, initiative, leading, guide)
        if not watching:
            return Message(text=text)
        more = act(around.plain("initiative.buttons.open"), "i-open", initiative.id or 0)
        if person.id not in (initiative.guide_id, initiative.deputy_id):
            return Message(text=text, buttons=((more,),))
        word = "greet" if initiative.status == InitiativeStatus.IDEA else "write"
        write = act(around.plain(f"initiative.buttons.{word}"), "i-write", initiative.id or 0)
        return Message(text=text, buttons=((write,), (more,)))

    for person in await reconcile(context, about, people, render, changed=changed):
        if initiative.photo:
            caption = context.around_for(person).text("initiative.media", reference=initiative.reference)
            await context.send(person, Message(text=caption, photo=initiative.photo), about=about)


def card_text(around: Around, initiative: Initiative, leading: Sequence[Person], guide: Person | None) -> str:
    """The card as HTML."""
    return around.text(
        "initiative.card",
        reference=initiative.reference,
        title=initiative.title,
        idea=initiative.idea,
        helpers=[around.plain(f"initiative.start.helpers.options.{one}") for one in initiative.helpers],
        district=around.district(initiative.district_code),
        theme=around.theme(initiative.theme_code),
        first_step=initiative.first_step,
        needs=initiative.needs,
        initiators=[person.first_name for person in leading],
        status=around.plain(f"initiative.status.{initiative.status}"),
        guide=name_of(guide) if guide else None,
        guide_title=around.guide_title,
        by=initiative.respond_by,
    )
