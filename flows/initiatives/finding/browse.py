"""Looking through the initiatives: choose how, then one card at a time, with a page to turn."""

from __future__ import annotations

from flows.commands import Done, Outcome, carries
from flows.context import Around, Context
from flows.doors import act, action, bot_command, go, id_in
from flows.initiatives.board import open_button, status_text
from flows.initiatives.finding.finding import By, Choice, Turned, by_words, choice_in, counts, look, shelves
from flows.initiatives.verbs import FindInitiatives
from flows.moments.coming import IN_THE_BOT, coming, lines, ways_in
from flows.talk import dialogue
from flows.talk.answers import Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation

SHELVES = 90
"""Telegram refuses a keyboard of more than a hundred buttons."""


@bot_command("initiatieven")
async def initiatives(context: Context, argument: str) -> None:
    """How do you want to choose? With words behind the command: what has those words."""
    if argument.strip():
        await context.reply(await page(context, by_words(argument), 0))
    else:
        await context.reply(await ways(context))


@conversation("finding.by_words")
async def ask_words(ask: Ask) -> FindInitiatives:
    """Which words?"""
    return FindInitiatives(words=await ask("words", Text(max_length=200)))


@carries(FindInitiatives)
async def carry_find(context: Context, command: FindInitiatives) -> Outcome:
    """The first card; nothing is kept of what was looked for."""
    await context.reply(await page(context, by_words(command.words), 0))
    return Done()


@action("find")
async def press_find(context: Context, argument: str) -> None:
    """Turn to the card that the button says, in place."""
    found = choice_in(argument)
    if found is None:
        context.note("common.gone", alert=True)
        return
    place, choice = found
    await context.edit_pressed(await page(context, choice, place))


@action("find-at")
async def press_where(context: Context, argument: str) -> None:
    """The button between the two that turn: which card this is."""
    place, _, total = argument.partition("-")
    numbers = id_in(place), id_in(total)
    if None in numbers:
        context.note("common.gone", alert=True)
    else:
        context.note("finding.at", place=numbers[0], total=numbers[1])


@action("find-ways")
async def press_ways(context: Context, argument: str) -> None:
    """Choose anew, in place."""
    await context.edit_pressed(await ways(context))


@action("find-on")
async def press_shelves(context: Context, argument: str) -> None:
    """The districts or the themes, in place."""
    if argument not in (By.DISTRICT, By.THEME):
        context.note("common.gone", alert=True)
        return
    around, by = context.around, By(argument)
    found = await shelves(context, by)
    rows = [
        (act(around.plain("finding.buttons.shelf", name=name, count=number), "find", choice.at(0)),)
        for choice, name, number in found[:SHELVES]
    ]
    text = context.text("finding.districts" if by is By.DISTRICT else "finding.themes")
    await context.edit_pressed(Message(text=text, buttons=(*rows, (_other(around),))))


@action("find-words")
async def press_words(context: Context, argument: str) -> None:
    """Ask which words."""
    await dialogue.start(context, "finding.by_words")


async def ways(context: Context) -> Message:
    """What comes near you, and the ways to choose, each with how many; those that lead nowhere are left out."""
    around, home = context.around, context.me.district_code
    found = await counts(context)
    start = (go(around.plain("menu.buttons.initiatief"), "initiatief"),)
    moments = await coming(context, home, IN_THE_BOT)
    near = (lines(context, moments),) if moments else ()
    if found.all == 0:
        text = "\n\n".join((*near, context.text("finding.none_yet")))
        return Message(text=text, buttons=(*ways_in(context, moments), start))
    shelf = "finding.buttons.shelf"
    rows: list[tuple[Button, ...]] = [*ways_in(context, moments)]
    if home is not None and found.here:
        label = around.plain("finding.buttons.home", name=around.district(home), count=found.here)
        rows.append((act(label, "find", Choice(by=By.DISTRICT, value=home).at(0)),))
    for by, number in ((By.NEW, found.new), (By.NEEDS_HELP, found.needs_help), (By.ALL, found.all)):
        if number:
            name = around.plain(f"finding.by.{by.name.lower()}")
            rows.append((act(around.plain(shelf, name=name, count=number), "find", Choice(by=by).at(0)),))
    rows.append((act(around.plain("finding.buttons.districts"), "find-on", By.DISTRICT),))
    rows.append((act(around.plain("finding.buttons.themes"), "find-on", By.THEME),))
    rows.append((act(around.plain("finding.buttons.words"), "find-words"),))
    return Message(text="\n\n".join((*near, context.text("finding.ways"))), buttons=(*rows, start))


async def page(context: Context, choice: Choice, place: int) -> Message:
    """One initiative of those chosen, as a card: only what everybody may see."""
    around = context.around
    turned = await look(context, choice, place)
    start = (go(around.plain("menu.buttons.initiatief"), "initiatief"),)
    if turned is None:
        key = "finding.no_words" if choice.by is By.WORDS else "finding.nothing"
        words = (act(around.plain("finding.buttons.words"), "find-words"),)
        again: Rows = (words,) if choice.by is By.WORDS else ()
        return Message(text=context.text(key, words=choice.value), buttons=(*again, (_other(around),), start))
    initiative = turned.initiative
    card = around.text(
        "finding.card",
        title=initiative.title,
        theme=around.theme(initiative.theme_code),
        district=around.district(initiative.district_code),
        status=status_text(around, initiative),
        first_step=initiative.first_step,
    )
    rows: Rows = ((open_button(around.plain("initiative.buttons.open"), initiative),), (_other(around),))
    return Message(text=f"{_heading(around, choice)}\n\n{card}", buttons=(*_turns(around, choice, turned), *rows))


def _heading(around: Around, choice: Choice) -> str:
    match choice.by:
        case By.DISTRICT:
            return around.text("finding.heading", name=around.district(choice.value))
        case By.THEME:
            return around.text("finding.heading", name=around.theme(choice.value))
        case By.WORDS:
            return around.text("finding.heading_words", words=choice.value)
        case _:
            return around.text("finding.heading", name=around.plain(f"finding.by.{choice.by.name.lower()}"))


def _turns(around: Around, choice: Choice, turned: Turned) -> Rows:
    """Back, where you are, and on; after the last comes the first."""
    place, total = turned.place, turned.total
    if total == 1:
        return ()
    return (
        (
            act(around.plain("finding.buttons.previous"), "find", choice.at((place - 1) % total)),
            act(f"{place + 1}/{total}", "find-at", f"{place + 1}-{total}"),
            act(around.plain("finding.buttons.next"), "find", choice.at((place + 1) % total)),
        ),
    )


def _other(around: Around) -> Button:
    return act(around.plain("finding.buttons.other"), "find-ways")
