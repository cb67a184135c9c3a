"""Whether what the desk said reached the resident."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus
from storage.questions import MessageKind, Question, QuestionMessage


async def delivery(context: Context, question: Question) -> OutboxStatus | None:
    """How far the last thing the desk sent to the resident is; None: nothing was sent that can be followed."""
    last = (
        select(QuestionMessage.card_id)
        .where(QuestionMessage.question_id == question.id, col(QuestionMessage.card_id).is_not(None))
        .where(col(QuestionMessage.kind).in_((MessageKind.ANSWER, MessageKind.ASK_BACK, MessageKind.CLOSE)))
        .order_by(col(QuestionMessage.id).desc())
        .limit(1)
    )
    card = (await context.session.exec(last)).first()
    if card is None:
        return None
    sent = select(OutboxMessage.status).where(OutboxMessage.card_id == card, OutboxMessage.kind == OutboxKind.SEND)
    status = (await context.session.exec(sent.order_by(col(OutboxMessage.id)).limit(1))).first()
    return None if status is None else OutboxStatus(status)
