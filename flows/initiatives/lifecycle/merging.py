"""Two initiatives go on as one, when the initiators of both want that."""

from __future__ import annotations

import re
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.circle import initiators
from flows.initiatives.events import happened, sign_of_life
from flows.initiatives.lessons.lessons import titled
from flows.initiatives.lifecycle.lifecycle import LENGTH, end, leads, not_now, way
from flows.initiatives.offers import View, offers
from flows.initiatives.pairs import pair_in
from flows.initiatives.people.taking_part import next_number
from flows.initiatives.presses import start_for_leaders
from flows.initiatives.telling import Group, look_at, tell_once
from flows.initiatives.verbs import AgreeToMerge, MergeInitiative
from flows.permissions import Relation
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.endings import EndingOffer
from storage.initiatives import ENDED, EventKind, Initiative
from storage.lessons import Ending
from storage.participation import Participant, Participation

REFERENCE = re.compile(r"I\W*(\d{4})\W*(\d{1,9})", re.IGNORECASE)


async def title_of_other(context: Context, *, reference: str) -> str:
    """What the one with that reference is called; empty where there is none that can be joined."""
    other = await _find(context, reference)
    return "" if other is None else other.title


@conversation("lifecycle.merge")
async def merge(ask: Ask) -> MergeInitiative:
    """With which, and why; the initiators of that one read it."""
    initiative_id = ask.given("initiative", int)
    title = await ask.once("title", partial(titled, initiative_id=initiative_id))
    into = await ask("into", Text(max_length=40, min_length=3), values={"title": title})
    other = await ask.once("other", partial(title_of_other, reference=into), after=("into",))
    if not other:  # the command says why, and asks again
        return MergeInitiative(initiative_id=initiative_id, into=into, reason="")
    reason = await ask("reason", Text(max_length=LENGTH), values={"other": other})
    await ask.review(values={"title": title, "other": other})
    return MergeInitiative(initiative_id=initiative_id, into=into, reason=reason)


@carries(MergeInitiative)
async def carry_merge(context: Context, command: MergeInitiative) -> Outcome:
    """The other's initiators are asked; who leads both needs nobody's yes."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if way(AgreeToMerge, initiative.status) is None:
        return not_now(initiative)
    other = await _find(context, command.into)
    if other is None:
        return Refused(key="lifecycle.refused.no_other", ask_again="into")
    if other.id == initiative.id:
        return Refused(key="lifecycle.refused.itself", ask_again="into")
    if other.status in ENDED:
        return Refused(key="lifecycle.refused.other_ended", values={"other": other.title}, ask_again="into")
    leading = await initiators(context, other)
    if not leading:
        return Refused(key="lifecycle.refused.nobody_leads", values={"other": other.title}, ask_again="into")
    await _withdraw_earlier(context, initiative)
    offer = EndingOffer(
        initiative_id=initiative.id or 0,
        ending=Ending.MERGED,
        into_id=other.id,
        reason=command.reason,
        offered_by=context.me.id or 0,
        offered_at=context.now,
    )
    context.session.add(offer)
    await context.session.flush()
    await sign_of_life(context, initiative)
    done = Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"into": other.id})
    if await leads(context, other):
        await _go_together(context, initiative, other, offer)
        return done
    group = Group(
        people=leading,
        key="lifecycle.merge.asked",
        buttons=partial(_yes_or_no, other, initiative),
        values={"other": initiative.title, "other_reference": initiative.reference, "reason": command.reason},
    )
    await tell_once(context, other, [group])
    mine = Group(
        people=[*await initiators(context, initiative)],
        key="lifecycle.merge.waits",
        buttons=partial(look_at, other),
        values={"other": other.title},
    )
    await tell_once(context, initiative, [mine])
    return done


@carries(AgreeToMerge)
async def carry_agree(context: Context, command: AgreeToMerge) -> Outcome:
    """With a yes the other one ends here and goes on in this one; with a no both go on by themselves."""
    into = await context.session.get_one(Initiative, command.initiative_id)
    ending = await context.session.get(Initiative, command.other_id, with_for_update=True, populate_existing=True)
    offer = None if ending is None else await _asked(context, ending, into)
    if ending is None or offer is None:
        return Refused(key="lifecycle.refused.not_asked")
    if into.status in ENDED:
        return not_now(into)
    if way(AgreeToMerge, ending.status) is None:
        return not_now(ending)
    await sign_of_life(context, into)
    details = {"yes": command.yes, "other": ending.id}
    if command.yes:
        await _go_together(context, ending, into, offer)
        return Done(subject=Subject.INITIATIVE, subject_id=into.id, details=details)
    _answer(context, offer, accepted=False)
    group = Group(
        people=await initiators(context, ending),
        key="lifecycle.merge.refused",
        buttons=partial(look_at, ending),
        values={"other": into.title},
    )
    await tell_once(context, ending, [group])
    mine = Group(
        people=await initiators(context, into),
        key="lifecycle.merge.you_refused",
        buttons=partial(look_at, into),
        values={"other": ending.title},
    )
    await tell_once(context, into, [mine])
    return Done(subject=Subject.INITIATIVE, subject_id=into.id, details=details)


async def _go_together(context: Context, ending: Initiative, into: Initiative, offer: EndingOffer) -> None:
    """Who took part comes along, the initiators as helpers; then everybody of both hears it."""
    to = way(AgreeToMerge, ending.status)
    assert to is not None, ending.status
    _answer(context, offer, accepted=True)
    await _bring_along(context, ending, into)
    await end(context, ending, to, reason=offer.reason, into=into)
    heard = {person.id for person in await initiators(context, ending)}
    group = Group(
        people=[person for person in await initiators(context, into) if person.id not in heard],
        key="lifecycle.merge.together",
        buttons=partial(look_at, into),
        values={"other": ending.title},
    )
    await tell_once(context, into, [group])


async def _bring_along(context: Context, ending: Initiative, into: Initiative) -> None:
    """One row each. They never said that these initiators may see their name or words: that doesn't come along."""
    query = select(Participant).where(Participant.initiative_id == into.id)
    there = {(one.person_id, one.kind) for one in (await context.session.exec(query)).all()}
    leading = {person_id for person_id, kind in there if kind is Participation.INITIATOR}
    query = select(Participant).where(
        Participant.initiative_id == ending.id, col(Participant.kind) != Participation.SUPPORTER
    )
    for one in (await context.session.exec(query.order_by(col(Participant.id)))).all():
        kind = Participation.FOLLOWER if one.kind is Participation.FOLLOWER else Participation.HELPER
        if one.person_id in leading or (one.person_id, kind) in there:
            continue
        there.add((one.person_id, kind))
        context.session.add(
            Participant(
                initiative_id=into.id or 0,
                person_id=one.person_id,
                kind=kind,
                number=await next_number(context, into) if kind is Participation.HELPER else None,
                offers=list(one.offers),
                updates_on=one.updates_on,
                created_at=context.now,
            )
        )
        await context.session.flush()
        if kind is Participation.HELPER:
            await happened(context, into, EventKind.HELPER_JOINED)  # what the next number is counted by


async def _find(context: Context, reference: str) -> Initiative | None:
    """By its reference, however it is typed; one that is hidden can't be found by others."""
    match = REFERENCE.search(reference)
    if match is None:
        return None
    wanted = f"I-{match[1]}-{int(match[2]):04d}"
    found = (await context.session.exec(select(Initiative).where(Initiative.reference == wanted))).first()
    return None if found is None or (found.hidden_at is not None and not await leads(context, found)) else found


async def _asked(context: Context, ending: Initiative, into: Initiative) -> EndingOffer | None:
    query = select(EndingOffer).where(
        EndingOffer.initiative_id == ending.id,
        EndingOffer.ending == Ending.MERGED,
        EndingOffer.into_id == into.id,
        col(EndingOffer.answered_at).is_(None),
    )
    return (await context.session.exec(query)).first()


async def _withdraw_earlier(context: Context, initiative: Initiative) -> None:
    query = select(EndingOffer).where(
        EndingOffer.initiative_id == initiative.id,
        EndingOffer.ending == Ending.MERGED,
        col(EndingOffer.answered_at).is_(None),
    )
    for offer in (await context.session.exec(query)).all():
        offer.answered_at = context.now
        context.session.add(offer)


def _answer(context: Context, offer: EndingOffer, *, accepted: bool) -> None:
    offer.answered_at, offer.answered_by, offer.accepted = context.now, context.me.id, accepted
    context.session.add(offer)


def _yes_or_no(into: Initiative, ending: Initiative, around: Around) -> Rows:
    both = f"{into.id}-{ending.id}"
    return (
        (act(around.plain("lifecycle.buttons.together"), "i-merge_yes", both),),
        (act(around.plain("lifecycle.buttons.apart"), "i-merge_no", both),),
        *look_at(ending, around),
    )


@offers(92)
def offer(view: View) -> list[Button]:
    """For who leads it."""
    if view.ended or not view.is_(Relation.INITIATOR):
        return []
    return [act(view.around.plain("lifecycle.buttons.merge"), "i-merge", view.initiative.id or 0)]


@action("i-merge")
async def press_merge(context: Context, argument: str) -> None:
    """Go on with another one, perhaps."""
    await start_for_leaders(context, argument, "lifecycle.merge")


@action("i-merge_yes")
async def press_yes(context: Context, argument: str) -> None:
    """Together."""
    await _press_answer(context, argument, yes=True)


@action("i-merge_no")
async def press_no(context: Context, argument: str) -> None:
    """Apart."""
    await _press_answer(context, argument, yes=False)


async def _press_answer(context: Context, argument: str, *, yes: bool) -> None:
    both = pair_in(argument)
    if both is None:
        context.note("common.gone", alert=True)
        return
    outcome = await carry(context, AgreeToMerge(initiative_id=both[0], other_id=both[1], yes=yes))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.drop_pressed_buttons()
