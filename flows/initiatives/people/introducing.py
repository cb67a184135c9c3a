"""Names between a helper and an initiator: each sees the other's only when both agreed."""

from __future__ import annotations

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.circle import initiators
from flows.initiatives.events import sign_of_life
from flows.initiatives.people.taking_part import (
    called,
    carry_or_say,
    helper_with,
    pressed,
    pressed_by_initiator,
    row_of,
    say_to,
    two_ids_in,
)
from flows.initiatives.verbs import ShowMyName, ShowNames
from flows.permissions import Relation
from flows.talk.message import Rows
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Participant, Participation
from storage.people import Person


@action("i-names")
async def press_names(context: Context, argument: str) -> None:
    """An initiator wants to exchange names with a helper."""
    ids = two_ids_in(argument)
    view = await pressed_by_initiator(context, str(ids[0]) if ids else "")
    if view is not None and ids is not None:
        await carry_or_say(context, ShowNames(initiative_id=ids[0], participant_id=ids[1]))


@action("i-myname")
async def press_my_name(context: Context, argument: str) -> None:
    """A helper wants to."""
    view = await pressed(context, argument)
    if view is None:
        return
    if view.is_(Relation.HELPER):
        await carry_or_say(context, ShowMyName(initiative_id=view.initiative.id or 0))
    else:
        context.note("helping.refused.not_yet", alert=True)


@carries(ShowNames)
async def carry_names(context: Context, command: ShowNames) -> Outcome:
    """This initiator agrees; if the helper does too both hear the other's name, else the helper is asked."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    found = await helper_with(context, command.initiative_id, command.participant_id)
    if found is None:
        return Refused(key="passing_on.refused.helper_gone")
    row, helper = found
    if context.me.id in row.shown_by:
        return Refused(key="introducing.refused.already")
    row.shown_by = [*row.shown_by, context.me.id or 0]
    context.session.add(row)
    await sign_of_life(context, initiative)
    if row.shown_to_initiators:
        await introduce(context, initiative, row, helper, context.me)
    else:

        def buttons(around: Around) -> Rows:
            return ((act(around.plain("introducing.buttons.show_mine"), "i-myname", initiative.id or 0),),)

        await say_to(context, helper, initiative, "introducing.asked", buttons=buttons, helper=row)
        who = called(context.around, row, helper, context.me)
        await say_to(context, context.me, initiative, "introducing.waits", helper=row, who=who)
    details = {"helper": row.id, "both": row.shown_to_initiators}
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)


@carries(ShowMyName)
async def carry_my_name(context: Context, command: ShowMyName) -> Outcome:
    """The helper agrees; who of the initiators did before hears it, the others are asked."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    row = await row_of(context, command.initiative_id, context.me.id, Participation.HELPER)
    if row is None:
        return Refused(key="helping.refused.not_yet")
    if row.shown_to_initiators:
        return Refused(key="introducing.refused.already")
    row.shown_to_initiators = True
    context.session.add(row)
    await context.session.flush()
    leading = await initiators(context, initiative)
    agreed = [one for one in leading if one.id in row.shown_by]
    for initiator in agreed:
        await introduce(context, initiative, row, context.me, initiator)

    def buttons(around: Around) -> Rows:
        return ((act(around.plain("introducing.buttons.show"), "i-names", f"{initiative.id}-{row.id}"),),)

    for initiator in leading:
        if initiator not in agreed:
            who = called(context.around_for(initiator), row, context.me, initiator)
            await say_to(
                context, initiator, initiative, "introducing.helper_wants", buttons=buttons, helper=row, who=who
            )
    if not agreed:
        await say_to(context, context.me, initiative, "introducing.waits_for_initiators", helper=row)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"both": bool(agreed)})


async def introduce(
    context: Context, initiative: Initiative, row: Participant, helper: Person, initiator: Person
) -> None:
    """Both hear the other's name, at the same time."""
    number = row.number or row.id
    await say_to(
        context,
        initiator,
        initiative,
        "introducing.helper_is",
        helper=row,
        who=context.around_for(initiator).plain("taking_part.helper", number=number),
        name=helper.first_name,
    )
    await say_to(context, helper, initiative, "introducing.initiator_is", helper=row, name=initiator.first_name)
