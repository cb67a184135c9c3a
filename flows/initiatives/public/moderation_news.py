"""What is said about what should not be public: to the initiators, who reported, the guide and the coordinators."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from flows.context import Around, Context
from flows.doors import act
from flows.initiatives.board import open_button
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.public.publishing import page_url
from flows.people.teams import coordinators
from flows.talk.message import Button, Rows
from storage.initiatives import Initiative
from storage.moderation import Report
from storage.people import Person


def report_buttons(around: Around, initiative: Initiative, report: Report) -> Rows:
    """Hide it, keep it, or look at it first."""
    argument = f"{initiative.id}-{report.id}"
    url = page_url(around.house, initiative)
    look = ((Button(label=around.plain("publishing.buttons.page"), url=url),),) if url else ()
    return (
        (open_button(around.plain("initiative.buttons.open"), initiative),),
        *look,
        (act(around.plain("moderation.buttons.hide"), "i-mod-hide", argument),),
        (act(around.plain("moderation.buttons.keep"), "i-mod-keep", argument),),
    )


def appeal_buttons(around: Around, initiative: Initiative, report: Report) -> Rows:
    """Show it again, or leave it hidden; or look at it first."""
    argument = f"{initiative.id}-{report.id}"
    return (
        (open_button(around.plain("initiative.buttons.open"), initiative),),
        (act(around.plain("moderation.buttons.grant"), "i-mod-grant", argument),),
        (act(around.plain("moderation.buttons.refuse"), "i-mod-refuse", argument),),
    )


def look(initiative: Initiative) -> Callable[[Around], Rows]:
    def buttons(around: Around) -> Rows:
        url = page_url(around.house, initiative)
        look = ((Button(label=around.plain("publishing.buttons.page"), url=url),),) if url else ()
        return (*look, *to_board(initiative)(around))

    return buttons


def to_board(initiative: Initiative) -> Callable[[Around], Rows]:
    return lambda around: ((open_button(around.plain("initiative.buttons.open"), initiative),),)


async def tell_all(
    context: Context,
    initiative: Initiative,
    word: str,
    reports: Sequence[Report],
    *,
    reason: str,
    yours: Callable[[Around], Rows],
) -> None:
    """The initiators, the guide, who reported, the other coordinators; each once, as what they are most."""
    leading = await initiators(context, initiative)
    await tell(context, initiative, leading, f"moderation.told.{word}.yours", buttons=yours, reason=reason)
    told = {person.id for person in leading}
    told |= await tell_reporters(context, initiative, word, reports, reason=reason, but=told)
    people = [person for person in await guides(context, initiative) if person.id not in told]
    told |= {person.id for person in people}
    await tell(
        context,
        initiative,
        people,
        f"moderation.told.{word}.others",
        buttons=to_board(initiative),
        reason=reason,
    )
    await tell_coordinators(context, initiative, word, reason, but=told)


async def tell_reporters(
    context: Context,
    initiative: Initiative,
    word: str,
    reports: Sequence[Report],
    *,
    reason: str,
    but: Collection[int | None] = (),
) -> set[int | None]:
    """Thank who reported; gives who was told."""
    numbers = [one.reporter_id for one in reports if one.reporter_id is not None and one.reporter_id not in but]
    people = [await context.session.get_one(Person, number) for number in dict.fromkeys(numbers)]
    await tell(context, initiative, people, f"moderation.told.{word}.reporter", reason=reason)
    return set(numbers)


async def tell_coordinators(
    context: Context, initiative: Initiative, word: str, reason: str, *, but: Collection[int | None] = ()
) -> None:
    """The others needn't look any more; who did it hears that it is done."""
    people = [person for person in await coordinators(context.session) if person.id not in but]
    key = f"moderation.told.{word}.others"
    await tell(context, initiative, people, key, buttons=to_board(initiative), reason=reason)
    await context.say(f"moderation.done.{word}", title=initiative.title)
