"""The board: one initiative as somebody sees it, with all they can do with it now.

Features add what there is to tell (`facts`) and to do (`flows.initiatives.offers`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from flows.context import Around, Context
from flows.doors import act, action, id_in
from flows.initiatives.offers import View, offered, pages_of
from flows.initiatives.relations import relations_to
from flows.initiatives.standing import standing
from flows.people.teams import COORDINATORS, WORKERS, roles_of
from flows.permissions import Relation
from flows.talk.message import Button, Message
from storage.cards import Subject
from storage.initiatives import ENDED, Initiative

Facts = Callable[[Context, View], Awaitable[str | None]]

_FACTS: list[tuple[int, Facts]] = []


def facts(order: int) -> Callable[[Facts], Facts]:
    """Register a paragraph for the board, as HTML, or None where there is nothing to tell; lowest `order` on top."""

    def register(tell: Facts) -> Facts:
        _FACTS.append((order, tell))
        return tell

    return register


def open_button(label: str, initiative: Initiative) -> Button:
    """A button that opens the board."""
    return act(label, "i-open", initiative.id or 0)


@action("i-open")
async def press_open(context: Context, argument: str) -> None:
    """Show the board, below."""
    if (view := await _seen_by(context, argument)) is not None:
        await show(context, view)


@action("i-more")
async def press_more(context: Context, argument: str) -> None:
    """What else can be done, in place of the buttons that were there."""
    await _turn(context, argument, page=1)


@action("i-less")
async def press_less(context: Context, argument: str) -> None:
    """Back to what is wanted most."""
    await _turn(context, argument, page=0)


async def _turn(context: Context, argument: str, *, page: int) -> None:
    view = await _seen_by(context, argument)
    if view is None:
        return
    if context.stray:
        await show(context, view)
    else:
        await context.edit_pressed(await _message(context, view, page=page))


async def _seen_by(context: Context, argument: str) -> View | None:
    number = id_in(argument)
    initiative = None if number is None else await context.session.get(Initiative, number)
    view = None if initiative is None else await seen(context, initiative)
    if view is None or not may_see(view):
        context.note("common.gone", alert=True)
        return None
    return view


async def show(context: Context, view: View) -> None:
    """Say it to the actor; a reply to it is about the initiative."""
    message = await _message(context, view)
    await context.send(context.me, message, about=(Subject.INITIATIVE, view.initiative.id or 0))


async def _message(context: Context, view: View, *, page: int = 0) -> Message:
    initiative, around = view.initiative, view.around
    parts = [
        around.text(
            "initiative.board",
            title=initiative.title,
            reference=initiative.reference,
            theme=around.theme(initiative.theme_code),
            district=around.district(initiative.district_code),
            status=status_text(around, initiative),
        )
    ]
    for _, tell in sorted(_FACTS, key=lambda pair: pair[0]):
        if (told := await tell(context, view)) is not None:
            parts.append(told)
    return Message(text="\n\n".join(parts), buttons=tuple((button,) for button in page_of(view, page)))


def page_of(view: View, page: int = 0) -> list[Button]:
    """The buttons on the board itself (0), or on the page behind its last button (1)."""
    first, rest = pages_of(offered(view))
    number = view.initiative.id or 0
    if not rest:
        return first
    if page == 0:
        return [*first, act(view.around.plain("initiative.buttons.more"), "i-more", number)]
    return [*rest, act(view.around.plain("initiative.buttons.less"), "i-less", number)]


async def seen(context: Context, initiative: Initiative) -> View:
    """The initiative as the actor sees it."""
    relations = {Relation.ANYONE, *await relations_to(context, context.me, initiative)}
    roles = await roles_of(context.session, context.me)
    if roles & set(WORKERS):
        relations.add(Relation.WORKER)
    if roles & set(COORDINATORS):
        relations.add(Relation.COORDINATOR)
    return View(
        initiative=initiative,
        relations=frozenset(relations),
        around=context.around,
        standing=await standing(context, initiative),
    )


INSIDERS = frozenset({Relation.INITIATOR, Relation.GUIDE, Relation.TEAM, Relation.COORDINATOR})


def may_see(view: View) -> bool:
    """Hidden from the public, it is still there for who leads and supports it."""
    return view.initiative.hidden_at is None or view.is_(*INSIDERS)


def status_text(around: Around, initiative: Initiative) -> str:
    """How it stands, in a few words; that it sleeps or seeks somebody to lead it says more than how far it is."""
    word = initiative.status.value
    if initiative.status not in ENDED:
        if initiative.initiator_id is None:
            word = "seeks"
        elif initiative.asleep_since is not None:
            word = "asleep"
    return around.plain(f"initiative.status.{word}")
