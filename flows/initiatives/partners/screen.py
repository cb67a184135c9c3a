"""The partners of an initiative, as initiators, guide and others see them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import INSIDERS, facts
from flows.initiatives.offers import View, offers
from flows.initiatives.partners.card import button, partner_name
from flows.initiatives.people.taking_part import pressed, two_ids_in
from flows.initiatives.relations import LET_IN, involvements
from flows.permissions import Relation
from flows.talk.message import Button, Message
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus


@offers(48)
def to_partners(view: View) -> list[Button]:
    """The screen with partners; also afterwards, to stop sharing."""
    if not view.is_(Relation.INITIATOR) and (view.ended or not view.is_(Relation.GUIDE)):
        return []
    return [act(view.around.plain("partners.buttons.partners"), "i-partners", view.initiative.id or 0)]


@facts(45)
async def with_whom(context: Context, view: View) -> str | None:
    """Which partners there are and how far each is; others see who joined.

    What a partner was let see is on its card alone: that one changes when they are let see less.
    """
    around, initiative = view.around, view.initiative
    found = await involvements(context, initiative)
    if view.is_(*INSIDERS):
        lines = [state_line(around, one) for one in found]
    else:
        joined = [partner_name(around, one.team_code) for one in found if one.status is InvolvementStatus.JOINED]
        lines = [around.text("partners.joined_too", partners=joined)] if joined else []
    return "\n".join(lines) if lines else None


def state_line(around: Around, involvement: Involvement) -> str:
    """A partner and how far it is."""
    return around.text(
        "partners.line",
        partner=partner_name(around, involvement.team_code),
        state=around.plain(f"partners.state.{involvement.status}"),
        shared=words_for(around, involvement.shared) if involvement.status in LET_IN else None,
        remark=involvement.remark,
    )


def words_for(around: Around, shared: Sequence[str]) -> list[str]:
    return [around.plain(f"partners.shared.{one}") for one in shared]


def screen(
    around: Around, initiative: Initiative, found: Sequence[Involvement], *, key: str = "partners.screen"
) -> Message:
    """The partners, with what initiators can say of each."""
    lines = [around.text(key, title=initiative.title, guide_title=around.guide_title, count=len(found))]
    lines += [state_line(around, one) for one in found]
    rows: list[tuple[Button, ...]] = []
    for one in found:
        match one.status:
            case InvolvementStatus.PROPOSED:
                rows.append(consent_row(around, one, "yes", "no"))
            case InvolvementStatus.REFUSED:
                rows.append(consent_row(around, one, "yes"))
            case InvolvementStatus.ASKED | InvolvementStatus.JOINED:
                rows.append((button(around, "write", one), *consent_row(around, one, "change", "out")))
            case InvolvementStatus.DECLINED:
                pass
    return Message(text="\n\n".join([lines[0], "\n".join(lines[1:])]).strip(), buttons=tuple(rows))


def consent_row(around: Around, involvement: Involvement, *words: str) -> tuple[Button, ...]:
    ids = f"{involvement.initiative_id}-{involvement.id}"
    does = {"yes": "yes", "change": "yes", "no": "no", "out": "no"}
    team = around.team(involvement.team_code)
    return tuple(
        act(around.plain(f"partners.buttons.{word}", partner=team)[:60], f"i-p-{does[word]}", ids) for word in words
    )


@action("i-partners")
async def press_partners(context: Context, argument: str) -> None:
    """Show them, below."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.INITIATOR, Relation.GUIDE):
        context.note("common.not_allowed", alert=True)
        return
    await context.send(context.me, await screen_for(context, view), about=(Subject.INITIATIVE, view.initiative.id or 0))


async def screen_for(context: Context, view: View) -> Message:
    around, initiative = view.around, view.initiative
    found = await involvements(context, initiative)
    if view.is_(Relation.INITIATOR):
        return screen(around, initiative, found)
    lines = [around.text("partners.for_guide", title=initiative.title, count=len(found))]
    lines += [state_line(around, one) for one in found]
    rows = [(button(around, "write", one),) for one in found if one.status in LET_IN]
    rows.append((act(around.plain("partners.buttons.propose"), "i-p-propose", initiative.id or 0),))
    return Message(text="\n".join(lines), buttons=tuple(rows))


async def pressed_about(context: Context, argument: str) -> tuple[View, Involvement] | None:
    """The initiative and the partner that a button is about; where there are none the actor is told."""
    ids = two_ids_in(argument)
    view = await pressed(context, str(ids[0]) if ids else "")
    if view is None or ids is None:
        return None
    involvement = await context.session.get(Involvement, ids[1])
    if involvement is None or involvement.initiative_id != ids[0]:
        context.note("common.gone", alert=True)
        return None
    return view, involvement
