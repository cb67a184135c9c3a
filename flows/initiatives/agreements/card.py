"""How an agreement looks to each side, and telling both of them what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.agreements.rules import OPEN, Act, refusal
from flows.initiatives.agreements.turns import people_of, side_of_person
from flows.initiatives.board import open_button
from flows.talk.message import Button, Message, Rows
from storage.agreements import Agreement, AgreementStatus
from storage.cards import Subject
from storage.initiatives import ENDED, Initiative, Side
from storage.people import Person

BUTTONS: tuple[tuple[Act, str, str], ...] = (
    (Act.CONFIRM, "confirm", "i-ag-yes"),
    (Act.ANSWER, "yes_move", "i-ag-move_yes"),
    (Act.ANSWER, "no_move", "i-ag-move_no"),
    (Act.KEEP, "keep", "i-ag-kept"),
    (Act.CALL_BROKEN, "call_broken", "i-ag-broken"),
    (Act.MOVE, "move", "i-ag-move"),
    (Act.REFUSE, "refuse", "i-ag-no"),
)
"""What each act is called on a button, and what the button does; the first wanted first."""


async def open_agreements(context: Context, initiative: Initiative) -> list[Agreement]:
    """Those with something still to do, the earliest day first."""
    query = select(Agreement).where(Agreement.initiative_id == initiative.id, col(Agreement.status).in_(OPEN))
    return list((await context.session.exec(query.order_by(col(Agreement.by), col(Agreement.id)))).all())


def card_text(around: Around, agreement: Agreement, person: Person, side: Side | None) -> str:
    """Who does what by when, and how it stands, as HTML. Why is for both sides; for others where it was passed on."""
    passed_on = agreement.status is AgreementStatus.BROKEN and agreement.side is Side.MUNICIPALITY
    why = agreement.remark if side is not None or (passed_on and agreement.new_by is None) else None
    own = "you" if person.id == agreement.owner_id else "yours"
    doer = own if side is agreement.side else agreement.side.value
    return around.text(
        "agreement.card",
        text=agreement.text,
        doer=around.plain(f"agreement.doer.{doer}"),
        by=agreement.by,
        status=around.plain(f"agreement.status.{state_of(agreement, around)}"),
        new_by=agreement.new_by,
        remark=why,
    )


def state_of(agreement: Agreement, around: Around) -> str:
    """Its status, or `late` when the day has passed."""
    late = agreement.status is AgreementStatus.AGREED and agreement.by < around.today
    return "late" if late else agreement.status.value


def buttons(around: Around, agreement: Agreement, side: Side | None) -> Rows:
    """What a side can do with it now; None: somebody who only looks."""
    if side is None:
        return ()
    argument = f"{agreement.initiative_id}-{agreement.id}"
    own_proposal = agreement.status is AgreementStatus.PROPOSED and not _can(agreement, Act.CONFIRM, side, around)
    found: list[tuple[Button, ...]] = []
    for deed, word, name in BUTTONS:
        if _can(agreement, deed, side, around):
            word = "withdraw" if deed is Act.REFUSE and own_proposal else word
            found.append((act(around.plain(f"agreement.buttons.{word}"), name, argument),))
    return tuple(found)


def _can(agreement: Agreement, deed: Act, side: Side, around: Around) -> bool:
    return refusal(agreement, deed, side, around.today) is None


async def announce(
    context: Context,
    initiative: Initiative,
    agreement: Agreement,
    word: str,
    *,
    to: Iterable[Side] = tuple(Side),
    also: Iterable[Person] = (),
) -> None:
    """Tell these sides, alike, and `also` others; who acts isn't told what they did.

    The text is `agreement.news.<word>`, with the agreement under it and what each can do.
    """
    people = {
        person.id: person
        for group in [*[await people_of(context, initiative, side) for side in to], list(also)]
        for person in group
    }
    for person in people.values():
        if context.actor is not None and person.id == context.actor.id:
            continue
        around = context.around_for(person)
        side = await side_of_person(context, initiative, person)
        heading = around.text(
            f"agreement.news.{word}",
            title=initiative.title,
            reference=initiative.reference,
            mine=side is agreement.side,
            municipality=agreement.side is Side.MUNICIPALITY,
            count=(agreement.by - around.today).days,
        )
        rows = () if initiative.status in ENDED else buttons(around, agreement, side)
        if side is None:
            rows = ((open_button(around.plain("agreement.buttons.board"), initiative),),)
        message = Message(text=f"{heading}\n\n{card_text(around, agreement, person, side)}", buttons=rows)
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
