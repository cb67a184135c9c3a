"""How the frame looks, and its versions."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Around, Context
from flows.doors import act
from flows.talk.message import Rows
from storage.agreements import Frame
from storage.initiatives import Initiative, Side


async def latest(context: Context, initiative: Initiative) -> Frame | None:
    """The newest version, confirmed or not."""
    query = select(Frame).where(Frame.initiative_id == initiative.id).order_by(col(Frame.version).desc()).limit(1)
    return (await context.session.exec(query)).first()


async def valid(context: Context, initiative: Initiative) -> Frame | None:
    """The version that counts: the newest that was confirmed."""
    query = select(Frame).where(Frame.initiative_id == initiative.id, col(Frame.confirmed_at).is_not(None))
    return (await context.session.exec(query.order_by(col(Frame.version).desc()).limit(1))).first()


def card_text(around: Around, initiative: Initiative, frame: Frame, counts: Frame | None) -> str:
    """The frame as HTML; the same for both sides. `counts`: the version that is valid now."""
    return around.text(
        "frame.card",
        title=initiative.title,
        reference=initiative.reference,
        version=frame.version,
        fixed=frame.fixed,
        yours=frame.yours,
        together=frame.together,
        step=around.plain(f"frame.step.{frame.say}"),
        means=around.plain(f"frame.means.{frame.say}"),
        budget=frame.budget,
        deadline=frame.deadline,
        reason=frame.reason,
        confirmed_at=frame.confirmed_at,
        counts=counts.version if counts else None,
    )


def frame_buttons(around: Around, frame: Frame, side: Side | None) -> Rows:
    """What a side can do with the newest version; None: somebody who only looks."""
    number = frame.initiative_id
    if side is Side.MUNICIPALITY:
        return ((act(around.plain("frame.buttons.change"), "i-fr-write", number),),)
    if side is None:
        return ()
    ask = act(around.plain("frame.buttons.ask"), "i-fr-ask", number)
    if frame.confirmed_at is not None:
        return ((ask,),)
    return ((act(around.plain("frame.buttons.confirm"), "i-fr-yes", f"{number}-{frame.version}"),), (ask,))
