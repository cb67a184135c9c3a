"""Running initiatives: near you first."""

from __future__ import annotations

from sqlmodel import col, select

from flows.context import Context
from flows.doors import bot_command, go
from flows.talk.message import Message
from storage.initiatives import Initiative

SHOWN = 6
"""More would be a wall of text."""


@bot_command("initiatieven")
async def initiatives(context: Context, argument: str) -> None:
    """What runs in the own district, else everywhere, newest first."""
    home = context.me.district_code
    query = select(Initiative).order_by(col(Initiative.id).desc()).limit(SHOWN)
    near = (
        [] if home is None else list((await context.session.exec(query.where(Initiative.district_code == home))).all())
    )
    found = near or list((await context.session.exec(query)).all())
    around = context.around
    start = go(around.plain("menu.buttons.initiatief"), "initiatief")
    if not found:
        await context.reply(Message(text=context.text("initiative.none_yet"), buttons=((start,),)))
        return
    heading = (
        context.text("initiative.near", district=around.district(home)) if near else context.text("initiative.all")
    )
    lines = [
        around.text(
            "initiative.line",
            title=one.title,
            theme=around.theme(one.theme_code),
            district=around.district(one.district_code),
            first_step=one.first_step,
            status=around.plain(f"initiative.status.{one.status}"),
        )
        for one in found
    ]
    await context.reply(Message(text="\n\n".join([heading, *lines]), buttons=((start,),)))
