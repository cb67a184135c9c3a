"""The bot and the guide propose partners; the partners themselves hear nothing of it."""

from __future__ import annotations

from functools import partial

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import action
from flows.initiatives.circle import initiators
from flows.initiatives.partners.card import partner_name
from flows.initiatives.partners.involvement import involvement_of, unfit
from flows.initiatives.partners.screen import consent_row, screen
from flows.initiatives.people.taking_part import closed, pressed
from flows.initiatives.relations import involvements
from flows.initiatives.verbs import ProposePartner
from flows.municipality import Municipality, Team
from flows.people.names import name_of
from flows.people.teams import members
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import OneOf
from flows.talk.message import Message, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus


async def propose_partners(context: Context, initiative: Initiative) -> None:
    """Name the partners for its theme and district to the initiators; the partners themselves hear nothing.

    Called right after the start, so that a partner can think along about an idea. Again, it asks what has no answer.
    """
    known = {one.team_code: one for one in await involvements(context, initiative)}
    for team in partners_for(context.house.municipality, initiative):
        if team.code not in known and await members(context.session, team.code):
            known[team.code] = Involvement(
                initiative_id=initiative.id or 0, team_code=team.code, created_at=context.now
            )
            context.session.add(known[team.code])
    await context.session.flush()
    asked = [one for one in known.values() if one.status is InvolvementStatus.PROPOSED]
    if not asked:
        return
    for person in await initiators(context, initiative):
        message = screen(context.around_for(person), initiative, asked, key="partners.think_along")
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))


def partners_for(municipality: Municipality, initiative: Initiative) -> list[Team]:
    """The partners' teams that serve its theme and district, but for the one that supports it already."""
    return [
        team
        for team in municipality.teams
        if team.organisation is not None
        and team.code != initiative.team_code
        and team.serves(initiative.theme_code, initiative.district_code)
    ]


async def proposable(context: Context, *, initiative_id: int) -> dict[str, str]:
    """The partners that a guide can still propose: code and name. Those that fit best come first."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    known = {one.team_code: one.status for one in await involvements(context, initiative)}
    municipality = context.house.municipality
    fitting = partners_for(municipality, initiative)
    others = [team for team in municipality.teams if team.organisation is not None and team not in fitting]
    return {
        team.code: partner_name(context.around, team.code)
        for team in (*fitting, *others)
        if known.get(team.code, InvolvementStatus.DECLINED) is InvolvementStatus.DECLINED
        and team.code != initiative.team_code
        and await members(context.session, team.code)
    }


@conversation("partners.propose", for_work=True)
async def propose(ask: Ask) -> ProposePartner:
    """The guide chooses one."""
    initiative_id = ask.given("initiative", int)
    found = await ask.once("partners", partial(proposable, initiative_id=initiative_id))
    return ProposePartner(initiative_id=initiative_id, team=await ask("partner", OneOf(found)))


@carries(ProposePartner)
async def carry_propose(context: Context, command: ProposePartner) -> Outcome:
    """The initiators are asked. A partner that declined earlier may be asked anew, one they keep out may not."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := closed(initiative)) is not None:
        return refused
    involvement = await involvement_of(context, initiative, command.team)
    if involvement is not None and involvement.status is not InvolvementStatus.DECLINED:
        kept_out = involvement.status is InvolvementStatus.REFUSED
        return Refused(key="partners.refused.kept_out" if kept_out else "partners.refused.known")
    if (refused := await unfit(context, initiative, command.team)) is not None:
        return refused
    if not await initiators(context, initiative):
        return Refused(key="passing_on.refused.nobody_leads")
    if involvement is None:
        involvement = Involvement(initiative_id=command.initiative_id, team_code=command.team, created_at=context.now)
    involvement.status, involvement.remark, involvement.person_id = InvolvementStatus.PROPOSED, None, None
    context.session.add(involvement)
    await context.session.flush()

    def yes_or_no(around: Around) -> Rows:
        return (consent_row(around, involvement, "yes", "no"),)

    for person in await initiators(context, initiative):
        around = context.around_for(person)
        text = around.text(
            "partners.proposed",
            title=initiative.title,
            partner=partner_name(around, command.team),
            guide=name_of(context.me),
            guide_title=around.guide_title,
        )
        message = Message(text=text, buttons=yes_or_no(around))
        await context.send(person, message, about=(Subject.INITIATIVE, initiative.id or 0))
    await context.say("partners.proposed_to_them", partner=partner_name(context.around, command.team))
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team})


@action("i-p-propose")
async def press_propose(context: Context, argument: str) -> None:
    """The guide wants to propose one."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.GUIDE):
        context.note("common.not_allowed", alert=True)
    elif (refused := closed(view.initiative)) is not None:
        await context.refuse(refused)
    elif not await proposable(context, initiative_id=view.initiative.id or 0):
        context.note("partners.refused.none_left", alert=True)
    else:
        await dialogue.start(context, "partners.propose", {"initiative": view.initiative.id})
