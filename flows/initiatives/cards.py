"""How an initiative looks to the team that supports it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.cards import reconcile
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.beginning.demands import route_name
from flows.initiatives.circle import initiators
from flows.initiatives.events import greeted
from flows.initiatives.partners import card as partner_card
from flows.people.away import absence_of
from flows.people.names import name_of
from flows.people.teams import watchers
from flows.talk.message import Message, Rows
from storage.cards import Subject
from storage.initiatives import ENDED, Initiative
from storage.people import Person


async def refresh(
    context: Context, initiative: Initiative, *, changed: bool = True, also: Person | None = None
) -> None:
    """Bring the cards of an initiative up to date; a photo goes to who sees it for the first time.

    `also`: who asks to see it; they may be away, and then have none. Partners have cards of their own, with what the
    initiators let them see.
    """
    about = (Subject.INITIATIVE, initiative.id or 0)
    people = await watchers(context, initiative.team_code)
    leading = await initiators(context, initiative)
    guide, deputy = [
        await context.session.get(Person, number) if number else None
        for number in (initiative.guide_id, initiative.deputy_id)
    ]
    for one in (guide, deputy, also):
        if one is not None and all(person.id != one.id for person in people):
            people.append(one)
    waits = initiative.status not in ENDED and not await greeted(context, initiative)
    absence = await absence_of(context, initiative.guide_id)
    on_paper = [one.first_name for one in leading if one.telegram_id is None]

    def render(person: Person, watching: bool) -> Message:
        around = context.around_for(person)
        if not watching:
            text = around.text("initiative.card_gone", title=initiative.title, reference=initiative.reference)
            return Message(text=text)
        text = card_text(around, initiative, leading, guide, deputy, absence.until if absence else None, waits=waits)
        rest: Rows = ((act(around.plain("initiative.buttons.open"), "i-open", initiative.id or 0),),)
        if on_paper:
            text = f"{text}\n{around.text('paper.on_card', names=on_paper)}"
            rest = ((act(around.plain("paper.buttons.code"), "i-paper-code", initiative.id or 0),), *rest)
        if person.id not in (initiative.guide_id, initiative.deputy_id):
            return Message(text=text, buttons=rest)
        word = "greet" if waits else "write"
        write = act(around.plain(f"initiative.buttons.{word}"), "i-write", initiative.id or 0)
        return Message(text=text, buttons=((write,), *rest))

    for person in await reconcile(context, about, people, render, changed=changed):
        if initiative.photo:
            caption = context.around_for(person).text("initiative.media", reference=initiative.reference)
            await context.send(person, Message(text=caption, photo=initiative.photo), about=about)
    await partner_card.refresh(context, initiative, changed=changed)


def card_text(
    around: Around,
    initiative: Initiative,
    leading: Sequence[Person],
    guide: Person | None,
    deputy: Person | None = None,
    away_until: date | None = None,
    *,
    waits: bool = False,
) -> str:
    """The card as HTML. `away_until`: the day the guide is back. `waits`: nobody wrote to the initiators yet."""
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
        amount=initiative.amount,
        route=route_name(around, initiative.route),
        initiators=[person.first_name for person in leading],
        status=around.plain(f"initiative.status.{initiative.status}"),
        guide=name_of(guide) if guide else None,
        guide_title=around.guide_title,
        away_until=away_until,
        deputy=name_of(deputy) if deputy else None,
        waits=waits,
        by=initiative.respond_by,
    )
