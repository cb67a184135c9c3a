"""What can be done with an agreement, by which side, in which state. One table, for buttons and commands alike."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from flows.initiatives.agreements.turns import other
from storage.agreements import Agreement, AgreementStatus
from storage.initiatives import Side


class Act(StrEnum):
    """What somebody does with an agreement."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    """Or take the own proposal back."""
    KEEP = "keep"
    MOVE = "move"
    ANSWER = "answer"
    """Yes or no to a later day."""
    CALL_BROKEN = "call_broken"


OPEN = (AgreementStatus.PROPOSED, AgreementStatus.AGREED, AgreementStatus.BROKEN)
"""There is still something to do; also for what was not kept: do it after all, or agree on another day."""


def refusal(agreement: Agreement, act: Act, side: Side, today: date) -> str | None:
    """The key of the text that says why `side` can't do that now, and what can be done; None: it can."""
    match agreement.status:
        case AgreementStatus.KEPT | AgreementStatus.REFUSED:
            return "agreement.refused.settled"
        case AgreementStatus.PROPOSED:
            return _of_proposal(agreement, act, side, today)
        case AgreementStatus.AGREED | AgreementStatus.BROKEN:
            return _of_agreement(agreement, act, side, today)


def _of_proposal(agreement: Agreement, act: Act, side: Side, today: date) -> str | None:
    if act is Act.REFUSE:
        return None
    if act is not Act.CONFIRM:
        return "agreement.refused.not_agreed"
    if confirmed_by(agreement, side):
        return "agreement.refused.own_proposal"
    return "agreement.refused.day_passed" if agreement.by < today else None


def _of_agreement(agreement: Agreement, act: Act, side: Side, today: date) -> str | None:
    mine = agreement.side is side
    match act:
        case Act.CONFIRM | Act.REFUSE:
            return "agreement.refused.agreed"
        case Act.KEEP:
            return None if mine else "agreement.refused.owner_says"
        case Act.MOVE:
            return "agreement.refused.answer_first" if agreement.new_by_side is other(side) else None
        case Act.ANSWER:
            if agreement.new_by_side is None:
                return "agreement.refused.no_move"
            return "agreement.refused.own_move" if agreement.new_by_side is side else None
        case Act.CALL_BROKEN:
            if agreement.status is AgreementStatus.BROKEN:
                return "agreement.refused.broken"
            if mine:
                return "agreement.refused.own_broken"
            return None if agreement.by < today else "agreement.refused.not_yet"


def confirmed_by(agreement: Agreement, side: Side) -> bool:
    """Whether that side said yes to it."""
    return (agreement.residents_at if side is Side.RESIDENTS else agreement.municipality_at) is not None
