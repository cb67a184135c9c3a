"""What a partner sees of an initiative: what the initiators let it see, and nothing once they don't any more."""

from __future__ import annotations

from enum import StrEnum

from sqlmodel import col, select

from flows.cards import reconcile
from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.circle import initiators
from flows.initiatives.relations import LET_IN, involvements
from flows.people.teams import members
from flows.talk.message import Button, Message, Rows
from storage.cards import Card, Subject
from storage.initiatives import ENDED, Initiative, Part
from storage.outbox import OutboxKind, OutboxMessage
from storage.participation import Involvement, InvolvementStatus
from storage.people import Person


class Share(StrEnum):
    """What initiators can let a partner see besides name, district, theme and status."""

    IDEA = Part.IDEA.value
    FIRST_NAME = Part.FIRST_NAME.value
    """Of the initiator who says so; others speak for themselves."""
    FIRST_STEP = "first_step"
    NEEDS = "needs"
    PHOTO = Part.PHOTO.value
    STEPS = Part.STEPS.value


def partner_name(around: Around, team_code: str) -> str:
    """The team, and of which organisation it is."""
    team = around.municipality.team(team_code)
    partner = around.municipality.organisation(team.organisation) if team and team.organisation else None
    name = around.team(team_code)
    return name if partner is None or partner.name in name else f"{name} ({partner.name})"


async def people_of(context: Context, involvement: Involvement) -> list[Person]:
    """Who of the partner sees it. Nobody stands in for a team without anybody: that isn't what was consented to."""
    if involvement.status not in LET_IN or context.house.municipality.team(involvement.team_code) is None:
        return []
    return await members(context.session, involvement.team_code)


async def refresh(context: Context, initiative: Initiative, *, changed: bool = True) -> None:
    """Bring the cards of all partners up to date."""
    for involvement in await involvements(context, initiative):
        if involvement.status not in (InvolvementStatus.PROPOSED, InvolvementStatus.REFUSED):
            await refresh_one(context, initiative, involvement, changed=changed)


async def refresh_one(
    context: Context, initiative: Initiative, involvement: Involvement, *, changed: bool = True
) -> None:
    """The same for one of them. Who isn't let in any more keeps a card that says nothing; so does what is hidden."""
    about = (Subject.INVOLVEMENT, involvement.id or 0)
    hidden = initiative.hidden_at is not None
    leading = {person.id for person in await initiators(context, initiative)}
    people = [person for person in await people_of(context, involvement) if person.id not in leading]
    if hidden:
        people = []
        if await context.cards(*about):  # else it was hidden before
            await take_photos_back(context, involvement)
    elif initiative.status in ENDED:  # nothing is asked of anybody new
        have = {card.person_id for card in await context.cards(*about)}
        people = [person for person in people if person.id in have]
    name = await shown_name(context, initiative, involvement)

    def render(person: Person, watching: bool) -> Message:
        around = context.around_for(person)
        if not watching:
            return Message(text=around.text("partners.card_gone", reference=initiative.reference))
        text = card_text(around, initiative, involvement, name)
        return Message(text=text, buttons=card_buttons(around, initiative, involvement))

    for person in await reconcile(context, about, people, render, changed=changed):
        await send_photo(context, initiative, involvement, person)


async def shown_name(context: Context, initiative: Initiative, involvement: Involvement) -> str | None:
    """The first name that the partner may see: of who said so, as long as they lead it."""
    if Share.FIRST_NAME not in involvement.shared:
        return None
    leading = await initiators(context, initiative)
    return next((person.first_name for person in leading if person.id == involvement.consented_by), None)


def card_text(around: Around, initiative: Initiative, involvement: Involvement, name: str | None) -> str:
    """What was consented to, as HTML."""
    shared = involvement.shared
    return around.text(
        "partners.card",
        title=initiative.title,
        reference=initiative.reference,
        theme=around.theme(initiative.theme_code),
        district=around.district(initiative.district_code),
        status=around.plain(f"initiative.status.{initiative.status}"),
        name=name,
        idea=initiative.idea if Share.IDEA in shared else None,
        first_step=initiative.first_step if Share.FIRST_STEP in shared else None,
        needs=initiative.needs if Share.NEEDS in shared else None,
        joined=involvement.status is InvolvementStatus.JOINED,
    )


def card_buttons(around: Around, initiative: Initiative, involvement: Involvement) -> Rows:
    """What the partner can do now."""
    look = act(around.plain("initiative.buttons.open"), "i-open", initiative.id or 0)
    words = () if initiative.status in ENDED else WORDS.get(involvement.status, ())
    return (*((button(around, word, involvement),) for word in words), (look,))


WORDS = {InvolvementStatus.ASKED: ("join", "decline"), InvolvementStatus.JOINED: ("say", "stop")}


def button(around: Around, word: str, involvement: Involvement) -> Button:
    """A button about one partner of an initiative."""
    label = around.plain(f"partners.buttons.{word}", partner=around.team(involvement.team_code))
    name = "write" if word == "answer" else word
    return act(label[:60], f"i-p-{name}", f"{involvement.initiative_id}-{involvement.id}")


async def send_photo(context: Context, initiative: Initiative, involvement: Involvement, person: Person) -> None:
    """The picture, where it was consented to."""
    if initiative.photo is None or Share.PHOTO not in involvement.shared:
        return
    caption = context.around_for(person).text("initiative.media", reference=initiative.reference)
    about = (Subject.INVOLVEMENT, involvement.id or 0)
    await context.send(person, Message(text=caption, photo=initiative.photo), about=about)


async def take_photos_back(context: Context, involvement: Involvement) -> None:
    """Delete the picture in the partner's chats, as far as Telegram still lets us: that is two days."""
    query = (
        select(Card, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.card_id) == col(Card.id))
        .where(
            Card.subject == Subject.INVOLVEMENT,
            Card.subject_id == involvement.id,
            OutboxMessage.kind == OutboxKind.SEND,
        )
    )
    for card, message in (await context.session.exec(query.order_by(col(Card.id)))).all():
        if message.payload.get("photo"):
            await context.take_back(card)
