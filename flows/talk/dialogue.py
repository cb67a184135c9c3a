"""A conversation with a person: the journal in the database, replayed at every step, and what the bot says to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, assert_never

import structlog
from sqlmodel import col, select

from flows.commands import Refused as CommandRefused
from flows.commands import carry
from flows.context import Context
from flows.doors import BOT_COMMANDS
from flows.menu import send_menu
from flows.talk.answers import Accepted, Change, Chosen, Declined, Drafted, Given, Refused
from flows.talk.ask import REVIEW, Asked, Asking, Looking
from flows.talk.buttons import Control, Pressed
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import Broken, Conversation, Finished, Outcome, find, replay
from flows.talk.screen import (
    answered,
    control_button,
    go_on_button,
    go_on_or_not,
    options_of,
    question_key,
    screen,
    title_of,
)
from flows.verbs import Command
from storage.cards import Card, Subject
from storage.conversations import Conversation as Journal
from storage.conversations import ConversationStatus
from storage.people import Person
from storage.timers import Timer, TimerKind

log = structlog.get_logger()

REMIND_AFTER = timedelta(hours=24)
"""How long a conversation lies before the one reminder."""
OFFER_EVERY = timedelta(days=1)
"""A parked conversation is offered once in so long, whatever else somebody does meanwhile."""
WAYS_ON = 3
"""So many of the parked ones have a button where people look for what is theirs."""
STOPPED = Declined()
"""How who stops is said goodbye."""


async def active(context: Context) -> Journal | None:
    """The conversation on the actor's screen, or else one that was broken and, after the fix, goes on."""
    on_screen = await _of_actor(context, ConversationStatus.ACTIVE)
    if on_screen:
        return on_screen[0]
    return next((one for one in await _of_actor(context, ConversationStatus.BROKEN) if _is_whole(one)), None)


async def on_screen(context: Context, name: str, given: Mapping[str, Any]) -> Journal | None:
    """The conversation on the actor's screen, where it is the one of that name that began with `given`."""
    journal = await active(context)
    answers = {key: {"value": value} for key, value in given.items()}
    return journal if journal is not None and journal.name == name and _begins_with(journal, answers) else None


async def parked(context: Context) -> list[Journal]:
    """What the actor laid aside and can go on with, latest first."""
    return [one for one in await _of_actor(context, ConversationStatus.PARKED) if find(one.name) is not None]


async def start(
    context: Context,
    name: str,
    given: Mapping[str, Any] | None = None,
    drafts: Mapping[str, Any] | None = None,
) -> None:
    """Begin a conversation; what was going on is parked. The same one again goes on where it was.

    `given` is what it starts with, under the names `ask.given` uses, or answers that are already known; `drafts` are
    parts of answers, and make it a new conversation in any case.
    """
    answers = {key: {"value": value} for key, value in (given or {}).items()}
    same = [
        journal
        for journal in [await active(context), *await parked(context)]
        if journal is not None and journal.name == name and not drafts and _begins_with(journal, answers)
    ]
    if same:
        await resume(context, same[0])
        return
    await park(context)
    journal = Journal(
        person_id=context.me.id or 0, name=name, answers=answers, drafts=dict(drafts or {}), created_at=context.now
    )
    context.session.add(journal)
    await context.session.flush()
    context.session.add(
        Timer(kind=TimerKind.DRAFT_REMINDER, subject_id=journal.id or 0, due_at=context.now + REMIND_AFTER)
    )
    await advance(context, journal)


async def start_anew(
    context: Context, name: str, given: Mapping[str, Any], drafts: Mapping[str, Any] | None = None, *, about: str
) -> None:
    """Begin a conversation in place of an earlier one of that name with the same `given[about]`."""
    query = select(Journal).where(Journal.person_id == context.me.id, Journal.name == name)
    for journal in (await context.session.exec(query)).all():
        if journal.answers.get(about) == {"value": given[about]}:
            await _leave(context, journal)
            await context.session.delete(journal)
    await context.session.flush()
    await start(context, name, given, drafts)


async def go_over(context: Context, ended: str, name: str, given: Mapping[str, Any], drafts: Mapping[str, Any]) -> None:
    """Begin a conversation in place of the one called `ended`, where that is on the screen; to be called at its end."""
    journal = await active(context)
    if journal is not None and journal.name == ended:
        await _leave(context, journal)
        await context.session.delete(journal)
        await context.session.flush()
    await start(context, name, given, drafts)


async def receive(context: Context, journal: Journal, given: Given) -> None:
    """Somebody wrote or sent something while `journal` is on the screen.

    It is an answer to the question they saw. Where new code asks another one first, that is shown instead.
    """
    if journal.status == ConversationStatus.BROKEN:
        await resume(context, journal)
        return
    talk, outcome = await _state(context, journal)
    if talk is None or not isinstance(outcome, Asking) or outcome.name != journal.on_screen:
        await advance(context, journal)
        return
    await _take(context, talk, journal, outcome, given)


async def press(context: Context, pressed: Pressed) -> None:
    """A button of a question. Old and forged ones are answered, never applied."""
    journal = await context.session.get(Journal, pressed.journal_id)
    if journal is None or journal.person_id != context.me.id:
        context.note("talk.stale", alert=True)
        await context.drop_pressed_buttons()
        return
    if journal.status != ConversationStatus.ACTIVE:
        match pressed.option:
            case Control.STOP_SURELY:
                await cancel(context, journal)
            case Control.LATER:  # pressed twice
                context.note("talk.parked", title=title_of(journal.name, context.around))
            case _:
                await resume(context, journal)
        return
    talk, outcome = await _state(context, journal)
    if talk is None or not isinstance(outcome, Asking):
        await advance(context, journal)
        return
    if pressed.option_among(outcome.name, [Control.BACK]):
        await _back(context, journal, outcome)
        return
    match pressed.option:
        case Control.STOP:
            await _confirm_stop(context, journal, outcome)
        case Control.STOP_SURELY:
            await cancel(context, journal)
        case Control.LATER:
            await context.drop_pressed_buttons()
            await park(context, said=True)
        case Control.RESUME:
            await context.drop_pressed_buttons()
            await advance(context, journal)
        case _:
            draft = journal.drafts.get(outcome.name, outcome.draft)
            option = pressed.option_among(outcome.name, options_of(talk, outcome, context.around, draft))
            if option is not None:
                await _take(context, talk, journal, outcome, Chosen(key=option))
            elif outcome.name != journal.on_screen:
                await advance(context, journal)
            else:
                context.note("talk.already_answered", alert=True)


async def park(context: Context, *, said: bool = False) -> None:
    """Lay the conversation on the screen aside. `said`: they asked for it."""
    journal = await active(context)
    if journal is None:
        return
    await _leave(context, journal)
    journal.status = ConversationStatus.PARKED
    journal.updated_at = context.now
    context.session.add(journal)
    await context.session.flush()
    title = title_of(journal.name, context.around)
    if said:
        await context.reply(
            Message(
                text=context.text("talk.parked", title=title),
                buttons=((control_button("go_on", Control.RESUME, journal.id or 0, context.around),),),
            )
        )
    else:
        await context.say("talk.parked_by_itself", title=title)


async def resume(context: Context, journal: Journal) -> None:
    """Go on with a conversation; another one on the screen is parked. What was looked up is looked up anew."""
    now_active = await active(context)
    if now_active is not None and now_active.id != journal.id:
        await park(context)
    await context.drop_pressed_buttons()
    journal.status = ConversationStatus.ACTIVE
    journal.updated_at = context.now
    journal.answers = {name: entry for name, entry in journal.answers.items() if not entry.get("found")}
    context.session.add(journal)
    await context.session.flush()
    await context.say("talk.resumed", title=title_of(journal.name, context.around))
    await advance(context, journal)


async def cancel(context: Context, journal: Journal, goodbye: Declined = STOPPED) -> None:
    """Stop for good, and say so."""
    await context.drop_pressed_buttons()
    await _leave(context, journal)
    await context.session.delete(journal)
    await context.session.flush()
    await context.say(goodbye.key, **{"title": title_of(journal.name, context.around), **goodbye.values})
    await _go_back(context, find(journal.name))


async def offer_parked(context: Context) -> bool:
    """Offer to go on with what was laid aside last, at most once a day; False when there is nothing to offer."""
    lately = context.now - OFFER_EVERY
    journal = next((one for one in await parked(context) if one.offered_at is None or one.offered_at <= lately), None)
    if journal is None:
        return False
    journal.offered_at = context.now
    context.session.add(journal)
    text = context.text("talk.offer_parked", title=title_of(journal.name, context.around))
    await context.reply(Message(text=text, buttons=go_on_or_not(journal.id or 0, context.around)))
    return True


async def ways_on(context: Context) -> Rows:
    """A button for each of what was laid aside, latest first: for who asks where they were."""
    around = context.around
    return tuple((go_on_button(one.name, one.id or 0, around),) for one in (await parked(context))[:WAYS_ON])


async def advance(context: Context, journal: Journal) -> None:
    """Replay, look up what is needed, and show the question or carry out the command."""
    talk, outcome = await _state(context, journal)
    match outcome:
        case Asking():
            assert talk is not None
            journal.status = ConversationStatus.ACTIVE  # it may have been broken
            if outcome.preview is not None:
                await context.reply(outcome.preview(context.around))
            await _ask(context, talk, journal, outcome)
        case Finished():
            await _finish(context, talk, journal, outcome)
        case Broken(error=error):
            log.error("a conversation is broken; it is kept and tried again after the fix", error=error)
            journal.status = ConversationStatus.BROKEN
            context.session.add(journal)
            await context.say("talk.broken")
        case Looking():
            raise AssertionError("looked up before")
        case _:
            assert_never(outcome)


async def _state(context: Context, journal: Journal) -> tuple[Conversation | None, Outcome]:
    """Where the conversation is, with everything looked up."""
    talk = find(journal.name)
    if talk is None:
        return None, Broken(error=f"{journal.name}: no such conversation in this version")
    while True:
        outcome = replay(talk, journal.answers, changing=journal.changing)
        if isinstance(outcome, Looking):
            found = await outcome.lookup(context)
            kept = json.loads(json.dumps(found))  # as it will be read back
            _keep(journal, outcome.name, kept, outcome.after, found=True)
        elif journal.changing and not (isinstance(outcome, Asking) and outcome.name == journal.changing):
            journal.changing = None  # the question isn't asked any more: nothing to change
        else:
            context.session.add(journal)
            return talk, outcome


async def _take(context: Context, talk: Conversation, journal: Journal, asking: Asking, given: Given) -> None:
    key = question_key(talk, asking.name)
    draft = journal.drafts.get(asking.name, asking.draft)
    match await asking.answer.accept(given, key, context.around, draft):
        case Accepted(value=value, left_out=left_out):
            _keep(journal, asking.name, value, asking.after)
            journal.changing = None
            journal.updated_at = context.now
            if left_out is not None:
                await context.say(left_out)
            if isinstance(given, Chosen):
                await context.edit_pressed(answered(talk, asking, value, context.around))
                await advance(context, journal)
            else:
                shown = await _lay_down(context, journal) if asking.answer.echoed else []
                await advance(context, journal)
                for card in shown:  # after the next question, which they wait for
                    await context.edit_card(card, answered(talk, asking, value, context.around))
        case Drafted(value=value, why=why):
            journal.drafts = {**journal.drafts, asking.name: value}
            journal.updated_at = context.now
            if isinstance(given, Chosen):
                await context.edit_pressed(_screen(context, talk, journal, asking, why))
            else:
                await _ask(context, talk, journal, asking, why)
        case Declined() as goodbye:
            await cancel(context, journal, goodbye)
        case Change(name=name):
            journal.changing = name
            await context.drop_pressed_buttons()
            await advance(context, journal)
        case Refused() as why if isinstance(given, Chosen):
            context.note(why.key, alert=True, **why.values)
        case Refused() as why:
            if not await _add(context, talk, journal, asking, given):
                await _ask(context, talk, journal, asking, why)


async def _add(context: Context, talk: Conversation, journal: Journal, asking: Asking, given: Given) -> bool:
    """What is no answer here may be more of an earlier one: back to that, with it added; False where it isn't.

    Where it can't be added, such as too long a text, that is said.
    """
    earlier = next((one for one in asking.asked if one.answer.takes_more(given, asking.name)), None)
    if earlier is None:
        return False
    key, draft = question_key(talk, earlier.name), earlier.answer.draft_of(earlier.value)
    match await earlier.answer.accept(given, key, context.around, draft):
        case Drafted(value=value):
            _reopen(journal, earlier.name, value)
            journal.changing = None
            journal.updated_at = context.now
            await advance(context, journal)
            return True
        case Refused() as why:
            await _ask(context, talk, journal, asking, why)
            return True
    return False


async def _ask(
    context: Context, talk: Conversation, journal: Journal, asking: Asking, why: Refused | None = None
) -> None:
    """Put a question on the screen; the one before loses its buttons, so that no button there is a dead end."""
    before = await context.cards(Subject.CONVERSATION, journal.id or 0)
    message = _screen(context, talk, journal, asking, why)
    await context.send(context.me, message, about=(Subject.CONVERSATION, journal.id or 0), live=True)
    journal.on_screen = asking.name
    await _take_off(context, before)


async def _leave(context: Context, journal: Journal) -> None:
    """The conversation goes from the screen."""
    await _take_off(context, await context.cards(Subject.CONVERSATION, journal.id or 0))


async def _lay_down(context: Context, journal: Journal) -> list[Card]:
    """The questions on the screen, which are no longer."""
    cards = await context.cards(Subject.CONVERSATION, journal.id or 0)
    for card in cards:
        card.live = False
        context.session.add(card)
    await context.session.flush()
    return cards


async def _take_off(context: Context, cards: list[Card]) -> None:
    for card in cards:
        if card.message_id is not None and card.message_id == context.pressed and not context.stray:
            card.live = False  # what was pressed has been changed already
            context.session.add(card)
        else:
            await context.retire_card(card)


def _keep(journal: Journal, name: str, value: Any, after: str | None, *, found: bool = False) -> None:
    entry = {"value": value} if after is None else {"value": value, "after": after}
    if found:
        entry["found"] = True
    journal.answers = {**journal.answers, name: entry}
    journal.drafts = {key: draft for key, draft in journal.drafts.items() if key != name}


def _reopen(journal: Journal, name: str, draft: Any) -> None:
    """What was answered is asked again, with a draft to go on with unless that is None."""
    journal.answers = {other: entry for other, entry in journal.answers.items() if other != name}
    if draft is not None:
        journal.drafts = {**journal.drafts, name: draft}


async def _back(context: Context, journal: Journal, asking: Asking) -> None:
    """One question back: its answer becomes a draft, where it is one to go on with; a change is given up instead."""
    if journal.changing:
        journal.changing = None
    elif (last := asking.before) is not None:
        _reopen(journal, last.name, last.answer.draft_of(last.value))
    await context.drop_pressed_buttons()
    await advance(context, journal)


async def _finish(context: Context, talk: Conversation | None, journal: Journal, finished: Finished) -> None:
    await _leave(context, journal)
    nothing_done = finished.command is None
    if isinstance(finished.command, Command):
        outcome = await carry(context, finished.command)
        if isinstance(outcome, CommandRefused):
            nothing_done = True
            await context.say(outcome.key, **outcome.values)
            if outcome.ask_again is not None:
                journal.changing = outcome.ask_again
                journal.answers = {name: entry for name, entry in journal.answers.items() if name != REVIEW}
                await advance(context, journal)
                return
            if talk is not None:
                await _give_back(context, context.me, talk, finished.asked, outcome.values.values())
    if journal in context.session:  # a command that ends somebody's role takes it along
        await context.session.delete(journal)
        await context.session.flush()
    elif await _of_actor(context, ConversationStatus.ACTIVE):  # it goes on in another one
        return
    if nothing_done:
        await _go_back(context, talk)
    else:
        await offer_parked(context)


async def _go_back(context: Context, talk: Conversation | None) -> None:
    """Nothing came of it: what was laid aside, or else where it began, or what can be done."""
    if await offer_parked(context):
        return
    if talk is not None and talk.back_to is not None:
        await BOT_COMMANDS[talk.back_to].handle(context, "")
    else:
        await send_menu(context)


async def give_words_back(context: Context, person: Person, journal: Journal) -> None:
    """What `person` wrote in a conversation that is taken from them, to copy."""
    talk = find(journal.name)
    outcome = replay(talk, journal.answers) if talk is not None else None
    if talk is not None and isinstance(outcome, Asking | Finished):
        await _give_back(context, person, talk, outcome.asked)


async def _give_back(
    context: Context, person: Person, talk: Conversation, asked: tuple[Asked, ...], but: Collection[object] = ()
) -> None:
    """What somebody wrote for nothing; not what they have read already, `but`."""
    around = context.around_for(person)
    said = [one.answer.words(one.value, question_key(talk, one.name), around) for one in asked]
    if lost := [words for words in said if words and words not in but]:
        await context.send(person, Message(text=around.text("talk.wanted_to_say", words="\n\n".join(lost))))


async def stop(context: Context, journal: Journal) -> None:
    """Stop; where that throws answers away, ask first."""
    _, outcome = await _state(context, journal)
    if isinstance(outcome, Asking):
        await _confirm_stop(context, journal, outcome)
    else:
        await cancel(context, journal)


async def _confirm_stop(context: Context, journal: Journal, asking: Asking) -> None:
    """A slip of the thumb must not throw answers away."""
    begun = asking.answer.is_begun(journal.drafts.get(asking.name))
    if not (begun or asking.asked or journal.changing or asking.unfit):
        await cancel(context, journal)
        return

    def button(word: str, control: Control) -> Button:
        return control_button(word, control, journal.id or 0, context.around)

    await context.edit_pressed(
        Message(
            text=context.text("talk.stop_surely"),
            buttons=(
                (button("go_on", Control.RESUME),),
                (button("later", Control.LATER), button("stop_surely", Control.STOP_SURELY)),
            ),
        )
    )


def _screen(
    context: Context, talk: Conversation, journal: Journal, asking: Asking, why: Refused | None = None
) -> Message:
    return screen(
        talk,
        journal.id or 0,
        asking,
        context.around,
        draft=journal.drafts.get(asking.name, asking.draft),
        changing=journal.changing == asking.name,
        why=why,
    )


def _begins_with(journal: Journal, answers: Mapping[str, Any]) -> bool:
    return all(journal.answers.get(name) == entry for name, entry in answers.items())


def _is_whole(journal: Journal) -> bool:
    talk = find(journal.name)
    return talk is not None and not isinstance(replay(talk, journal.answers, changing=journal.changing), Broken)


async def _of_actor(context: Context, status: ConversationStatus) -> list[Journal]:
    query = select(Journal).where(Journal.person_id == context.me.id, Journal.status == status)
    return list((await context.session.exec(query.order_by(col(Journal.updated_at).desc()))).all())
