"""Agreements: who does what by when. They hold once both sides said yes; then each side holds the other to them."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.initiatives.agreements.card import announce, open_agreements
from flows.initiatives.agreements.rules import Act, refusal
from flows.initiatives.agreements.turns import has_answered, other, side_of_person
from flows.initiatives.agreements.watch import not_kept, watch
from flows.initiatives.events import happened, pass_turn, sign_of_life
from flows.initiatives.verbs import (
    AnswerMove,
    CallBroken,
    ConfirmAgreement,
    KeepAgreement,
    MoveAgreement,
    ProposeAgreement,
    RefuseAgreement,
)
from flows.timers import unplan
from storage.agreements import Agreement, AgreementStatus
from storage.cards import Subject
from storage.initiatives import ENDED, EventKind, Initiative, Side
from storage.timers import TimerKind

LENGTH = 300
"""Characters of an agreement, and of a reason."""
MANY = 10
"""Open agreements at once: more nobody keeps track of, and each is a message of its own."""


@carries(ProposeAgreement)
async def carry_propose(context: Context, command: ProposeAgreement) -> Outcome:
    """The other side is asked; the proposer's has said yes with this."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if initiative.status in ENDED:
        return Refused(key="agreement.refused.ended")
    if command.by < context.around.today:
        return Refused(key="agreement.refused.past", ask_again="by")
    if len(await open_agreements(context, initiative)) >= MANY:
        return Refused(key="agreement.refused.many", values={"maximum": MANY})
    side = await _side(context, initiative)
    agreement = Agreement(
        initiative_id=initiative.id or 0,
        text=command.text,
        side=command.side,
        owner_id=context.me.id if command.side is side else _owner(initiative, command.side),
        by=command.by,
        proposed_by=context.me.id or 0,
        created_at=context.now,
    )
    _say_yes(context, agreement, side)
    context.session.add(agreement)
    await context.session.flush()
    await watch(context, agreement)
    await announce(context, initiative, agreement, "proposed")
    pass_turn(context, initiative, other(side))
    return await _done(context, initiative, agreement, side, "proposed")


@carries(ConfirmAgreement)
async def carry_confirm(context: Context, command: ConfirmAgreement) -> Outcome:
    """Both sides said yes: from now on it holds, and both are reminded."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.CONFIRM)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    _say_yes(context, agreement, side)
    agreement.status = AgreementStatus.AGREED
    await _keep(context, agreement)
    await happened(
        context,
        initiative,
        EventKind.AGREEMENT_MADE,
        subject_id=agreement.id,
        details={"side": agreement.side.value, "by": agreement.by.isoformat()},
    )
    await announce(context, initiative, agreement, "agreed")
    has_answered(context, initiative, side, await open_agreements(context, initiative))
    return await _done(context, initiative, agreement, side, "agreed")


@carries(RefuseAgreement)
async def carry_refuse(context: Context, command: RefuseAgreement) -> Outcome:
    """The other side says no, or the own side takes its proposal back; both with a reason."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.REFUSE)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    own = refusal(agreement, Act.CONFIRM, side, context.around.today) == "agreement.refused.own_proposal"
    agreement.status, agreement.settled_at, agreement.remark = AgreementStatus.REFUSED, context.now, command.reason
    await _keep(context, agreement)
    await announce(context, initiative, agreement, "withdrawn" if own else "refused")
    if own:
        has_answered(context, initiative, other(side), await open_agreements(context, initiative))
    else:
        pass_turn(context, initiative, other(side))
    return await _done(context, initiative, agreement, side, "withdrawn" if own else "refused")


@carries(KeepAgreement)
async def carry_keep(context: Context, command: KeepAgreement) -> Outcome:
    """Its owner's side did it; also after all, when it was called broken."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.KEEP)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    agreement.status, agreement.settled_at = AgreementStatus.KEPT, context.now
    agreement.new_by = agreement.new_by_side = agreement.remark = None
    await _keep(context, agreement)
    details = {"side": agreement.side.value}
    await happened(context, initiative, EventKind.AGREEMENT_KEPT, subject_id=agreement.id, details=details)
    await announce(context, initiative, agreement, "kept")
    has_answered(context, initiative, side, await open_agreements(context, initiative))
    return await _done(context, initiative, agreement, side, "kept")


@carries(MoveAgreement)
async def carry_move(context: Context, command: MoveAgreement) -> Outcome:
    """A later day is proposed. Until the other side said yes the old one stays."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.MOVE)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    if command.by <= agreement.by or command.by < context.around.today:
        return Refused(key="agreement.refused.not_later", values={"by": agreement.by}, ask_again="by")
    agreement.new_by, agreement.new_by_side, agreement.remark = command.by, side, command.reason
    await _keep(context, agreement)
    await announce(context, initiative, agreement, "move_asked")
    pass_turn(context, initiative, other(side))
    return await _done(context, initiative, agreement, side, "move_asked")


@carries(AnswerMove)
async def carry_answer(context: Context, command: AnswerMove) -> Outcome:
    """Yes: it is agreed for the later day, also when it was called broken. No: the old day stays."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.ANSWER)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    new_by = agreement.new_by
    if command.yes and new_by is not None and new_by < context.around.today:
        return Refused(key="agreement.refused.new_day_passed")
    agreement.new_by = agreement.new_by_side = None
    if command.yes and new_by is not None:
        agreement.by, agreement.status, agreement.settled_at = new_by, AgreementStatus.AGREED, None
        await _keep(context, agreement)
        details = {"side": agreement.side.value, "by": new_by.isoformat()}
        await happened(context, initiative, EventKind.AGREEMENT_MOVED, subject_id=agreement.id, details=details)
    else:
        agreement.remark = None
        await _keep(context, agreement)
    word = "moved" if command.yes else "not_moved"
    await announce(context, initiative, agreement, word)
    has_answered(context, initiative, side, await open_agreements(context, initiative))
    return await _done(context, initiative, agreement, side, word)


@carries(CallBroken)
async def carry_broken(context: Context, command: CallBroken) -> Outcome:
    """The day has passed and the other side says that it was not kept: who is above the owner hears it."""
    found = await _find(context, command.initiative_id, command.agreement_id, Act.CALL_BROKEN)
    if isinstance(found, Refused):
        return found
    initiative, agreement, side = found
    await unplan(context.session, TimerKind.AGREEMENT, agreement.id or 0)
    await not_kept(context, initiative, agreement, command.reason)
    return await _done(context, initiative, agreement, side, "broken")


async def agreement_of(context: Context, initiative: Initiative, agreement_id: int) -> Agreement | None:
    """That agreement, when it is one of that initiative."""
    agreement = await context.session.get(Agreement, agreement_id, populate_existing=True)
    return agreement if agreement is not None and agreement.initiative_id == initiative.id else None


async def _find(
    context: Context, initiative_id: int, agreement_id: int, deed: Act
) -> tuple[Initiative, Agreement, Side] | Refused:
    """The agreement and the side for which the actor speaks; or why they can't do that now."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    agreement = await agreement_of(context, initiative, agreement_id)
    if agreement is None:
        return Refused(key="common.gone")
    if initiative.status in ENDED:
        return Refused(key="agreement.refused.ended")
    side = await _side(context, initiative)
    why = refusal(agreement, deed, side, context.around.today)
    return (initiative, agreement, side) if why is None else Refused(key=why)


async def _side(context: Context, initiative: Initiative) -> Side:
    side = await side_of_person(context, initiative, context.me)
    assert side is not None, "only an initiator or the guide may"
    return side


def _say_yes(context: Context, agreement: Agreement, side: Side) -> None:
    if side is Side.RESIDENTS:
        agreement.residents_at = context.now
    else:
        agreement.municipality_at = context.now


def _owner(initiative: Initiative, side: Side) -> int | None:
    if side is Side.RESIDENTS:
        return initiative.initiator_id
    return initiative.deputy_id or initiative.guide_id


async def _keep(context: Context, agreement: Agreement) -> None:
    context.session.add(agreement)
    await context.session.flush()
    await watch(context, agreement)


async def _done(context: Context, initiative: Initiative, agreement: Agreement, side: Side, word: str) -> Done:
    if side is Side.RESIDENTS:
        await sign_of_life(context, initiative)
    await context.say(f"agreement.said.{word}")
    details = {"agreement": agreement.id, "status": agreement.status.value}
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)
