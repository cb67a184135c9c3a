"""A coordinator writes an update, chooses for whom, sees it as it will look and how many get it, and sends it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flows.broadcasts import audience as audiences
from flows.broadcasts.delivery import copies, message_for, progress_message, watch
from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import For, act, action, bot_command
from flows.people.teams import coordinates
from flows.talk import dialogue
from flows.talk.answers import Photo, Skippable, Surroundings, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice
from flows.talk.message import Message
from flows.talk.places import DistrictAnswer, ThemeAnswer
from flows.talk.replay import conversation
from flows.verbs import SendBroadcast
from storage.broadcasts import Audience, Broadcast
from storage.cards import Subject

LENGTH = 3500
"""Characters; a photo's text may be shorter in Telegram, then the text comes below it."""


async def count(context: Context, audience: Audience, code: str | None) -> int:
    """How many would get it."""
    return await audiences.count(context.session, audience, code)


def preview(around: Surroundings, text: str, photo: str | None) -> Message:
    """Exactly what will be sent, but that its button only says what it would do."""
    message = message_for(around, text, photo)
    button = act(message.buttons[0][0].label, "preview")
    return replace(message, buttons=((button,),))


@action("preview")
async def press_preview(context: Context, argument: str) -> None:
    """The button of a preview."""
    context.note("broadcast.only_preview")


@conversation("broadcast.compose", for_work=True)
async def compose(ask: Ask) -> SendBroadcast:
    """What, for whom, and one last look."""
    text = await ask("text", Text(max_length=LENGTH))
    photo = await ask("photo", Skippable(Photo()))
    audience = await ask("audience", Choice(Audience))
    code: str | None = None
    match audience:
        case Audience.DISTRICT:
            code = await ask("district", DistrictAnswer())
        case Audience.THEME:
            code = await ask("theme", ThemeAnswer())
        case Audience.ALL:
            pass
    chosen = ("audience", *({"district": ("district",), "theme": ("theme",)}.get(audience.value, ())))
    number = await ask.once("count", partial(count, audience=audience, code=code), after=chosen)
    await ask.review(values={"count": number}, preview=partial(preview, text=text, photo=photo))
    return SendBroadcast(text=text, photo=photo, audience=audience, audience_code=code)


@bot_command("bericht", audience=For.COORDINATORS, shows_again=False)
async def begin(context: Context, argument: str) -> None:
    """Write an update. Whether it may be sent is checked again when it is."""
    if await coordinates(context):
        await dialogue.start(context, "broadcast.compose")
    else:
        await context.say("common.coordinators_only")


@carries(SendBroadcast)
async def carry_send(context: Context, command: SendBroadcast) -> Outcome:
    """The recipients are fixed now; their copies wait in the outbox, and a card shows how far it is."""
    number = await audiences.count(context.session, command.audience, command.audience_code)
    if number == 0:
        return Refused(key="broadcast.nobody", ask_again="audience")
    broadcast = Broadcast(
        author_id=context.me.id or 0,
        text=command.text,
        photo=command.photo,
        audience=command.audience,
        audience_code=command.audience_code,
        recipients=number,
        created_at=context.now,
    )
    context.session.add(broadcast)
    await context.session.flush()
    await copies(context, broadcast)
    await context.send(
        context.me,
        progress_message(context.around, broadcast, waiting=number),
        about=(Subject.BROADCAST, broadcast.id or 0),
        live=True,
    )
    await watch(context, broadcast)
    return Done(
        subject=Subject.BROADCAST,
        subject_id=broadcast.id,
        details={"audience": command.audience, "code": command.audience_code, "recipients": number},
    )
