"""Partners: the bot and the guide propose them, the initiators say of each whether it may see the plan, and what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from sqlmodel import select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Around, Context
from flows.doors import act, action
from flows.initiatives.board import INSIDERS, facts
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import sign_of_life
from flows.initiatives.offers import View, offers
from flows.initiatives.partners import card as partner_card
from flows.initiatives.partners.card import Share, button, partner_name, people_of
from flows.initiatives.people.taking_part import carry_or_say, closed, pressed, two_ids_in
from flows.initiatives.relations import LET_IN, involvements
from flows.initiatives.verbs import KeepPartnerOut, LetPartnerIn, ProposePartner
from flows.municipality import Municipality, Team
from flows.people.names import name_of
from flows.people.teams import members
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Acceptance, Accepted, Given, OptionRows, Surroundings, Unfit, chosen
from flows.talk.ask import Ask
from flows.talk.choices import Choices, OneOf
from flows.talk.message import Button, Message, Rows
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus

# Proposing


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
    if (refused := await _unfit(context, initiative, command.team)) is not None:
        return refused
    if not await initiators(context, initiative):
        return Refused(key="passing_on.refused.nobody_leads")
    if involvement is None:
        involvement = Involvement(initiative_id=command.initiative_id, team_code=command.team, created_at=context.now)
    involvement.status, involvement.remark, involvement.person_id = InvolvementStatus.PROPOSED, None, None
    context.session.add(involvement)
    await context.session.flush()

    def yes_or_no(around: Around) -> Rows:
        return (_consent_row(around, involvement, "yes", "no"),)

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


# Consent


class Sharing(Choices[Share]):
    """What of `these` a partner may see; nothing ticked is an answer too."""

    def __init__(self, these: Collection[str]) -> None:
        super().__init__(Share)
        self.these = these

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        rows = super().options(question, around, draft)
        return [row for row in rows if row[0].key.removeprefix(self.UNTICK) in (*self.these, self.DONE)]

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if not draft and chosen(given, self.options(question, around, draft)) == self.DONE:
            return Accepted(value=[])
        return await super().accept(given, question, around, draft)

    def load(self, value: Any) -> tuple[Share, ...]:
        if not isinstance(value, list) or not set(value) <= set(self.these):
            raise Unfit
        return super().load(value) if value else ()

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        return super().show(value, question, around) if value else around.plain("partners.only_name")


async def about_consent(context: Context, *, initiative_id: int, team: str) -> dict[str, Any]:
    """What a conversation about consent needs: there is no asking about what isn't there."""
    initiative = await context.session.get_one(Initiative, initiative_id)
    without = {Share.NEEDS: initiative.needs is None, Share.PHOTO: initiative.photo is None}
    return {
        "title": initiative.title,
        "name": context.me.first_name,
        "partner": partner_name(context.around, team),
        "there": [one.value for one in Share if not without.get(one, False)],
    }


@conversation("partners.consent")
async def consent(ask: Ask) -> LetPartnerIn:
    """What may they see? Nothing is ticked beforehand."""
    initiative_id, team = ask.given("initiative", int), ask.given("team", str)
    about = await ask.once("about", partial(about_consent, initiative_id=initiative_id, team=team))
    shared = await ask("shared", Sharing(about["there"]), values=about)
    await ask.review(values=about)
    return LetPartnerIn(initiative_id=initiative_id, team=team, shared=tuple(one.value for one in shared))


@carries(LetPartnerIn)
async def carry_let_in(context: Context, command: LetPartnerIn) -> Outcome:
    """From now on the partner sees that, and no more. Said again, it changes what they see."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    if (refused := closed(initiative)) is not None:
        return refused
    if (refused := await _unfit(context, initiative, command.team)) is not None:
        return refused
    shared = [one.value for one in Share if one in command.shared]
    if not set(command.shared) <= set(Share):
        return Refused(key="partners.refused.parts", ask_again="shared")
    involvement = await involvement_of(context, initiative, command.team) or Involvement(
        initiative_id=command.initiative_id, team_code=command.team, created_at=context.now
    )
    if involvement.status is InvolvementStatus.DECLINED:
        return Refused(key="partners.refused.declined", values={"guide_title": context.around.guide_title})
    was_in, had_photo = involvement.status in LET_IN, Share.PHOTO in involvement.shared
    if not was_in:
        involvement.status = InvolvementStatus.ASKED
    involvement.shared, involvement.consented_by, involvement.consented_at = shared, context.me.id, context.now
    context.session.add(involvement)
    await context.session.flush()
    await partner_card.refresh_one(context, initiative, involvement)
    if was_in and Share.PHOTO in shared and not had_photo:
        for person in await people_of(context, involvement):
            await partner_card.send_photo(context, initiative, involvement, person)
    if had_photo and Share.PHOTO not in shared:
        await partner_card.take_photos_back(context, involvement)
    await sign_of_life(context, initiative)
    around = context.around
    text = around.text(
        "partners.let_in", partner=partner_name(around, command.team), shared=_words(around, shared), again=was_in
    )
    more = act(around.plain("partners.buttons.partners"), "i-partners", initiative.id or 0)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=((more,),)), about=about)
    name = around.team(command.team)
    for other in await initiators(context, initiative):
        theirs = _words(context.around_for(other), shared)
        by = context.me.first_name
        await tell(context, initiative, [other], "partners.let_in_by", name=by, partner=name, shared=theirs)
    if not was_in:
        await tell(context, initiative, await guides(context, initiative), "partners.let_in_for_guide", partner=name)
    details = {"team": command.team, "shared": shared}
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details=details)


@carries(KeepPartnerOut)
async def carry_keep_out(context: Context, command: KeepPartnerOut) -> Outcome:
    """No, or not any more: what stood in the partner's chats goes. This can be done whenever they want."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    involvement = await involvement_of(context, initiative, command.team)
    if involvement is None:
        return Refused(key="partners.refused.unknown")
    was = involvement.status
    people = await people_of(context, involvement)
    await shut(context, initiative, involvement, InvolvementStatus.REFUSED)
    involvement.remark = involvement.person_id = None
    context.session.add(involvement)
    if was is InvolvementStatus.JOINED:
        for person in people:
            text = context.around_for(person).text("partners.shared_no_more", reference=initiative.reference)
            await context.send(person, Message(text=text))
    if was in LET_IN:
        name = context.around.team(command.team)
        leading = await initiators(context, initiative)
        await tell(context, initiative, leading, "partners.out_by", name=context.me.first_name, partner=name)
        await tell(context, initiative, await guides(context, initiative), "partners.out_for_guide", partner=name)
    await sign_of_life(context, initiative)
    if not context.is_press:
        await context.say("partners.kept_out", partner=partner_name(context.around, command.team))
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": command.team})


async def shut(context: Context, initiative: Initiative, involvement: Involvement, status: InvolvementStatus) -> None:
    """From now on the partner sees nothing of it."""
    involvement.status, involvement.shared = status, []
    involvement.consented_by = involvement.consented_at = None
    context.session.add(involvement)
    await context.session.flush()
    await partner_card.refresh_one(context, initiative, involvement)
    await partner_card.take_photos_back(context, involvement)


async def involvement_of(context: Context, initiative: Initiative, team_code: str) -> Involvement | None:
    """A partner's row, if it was ever named."""
    query = select(Involvement).where(Involvement.initiative_id == initiative.id, Involvement.team_code == team_code)
    return (await context.session.exec(query)).first()


async def _unfit(context: Context, initiative: Initiative, team_code: str) -> Refused | None:
    team = context.house.municipality.team(team_code)
    if team is None or team.organisation is None or team.code == initiative.team_code:
        return Refused(key="partners.refused.unknown")
    if not await members(context.session, team_code):
        return Refused(key="partners.refused.nobody", values={"partner": team.name})
    return None


# What initiators and guide see


@offers(48)
def to_partners(view: View) -> list[Button]:
    """The screen with partners; also afterwards, to stop sharing."""
    if not view.is_(Relation.INITIATOR) and (view.ended or not view.is_(Relation.GUIDE)):
        return []
    return [act(view.around.plain("partners.buttons.partners"), "i-partners", view.initiative.id or 0)]


@facts(45)
async def with_whom(context: Context, view: View) -> str | None:
    """Which partners there are and how far each is; others see who joined.

    What a partner was let see is on its card alone: that one changes when they are let see less.
    """
    around, initiative = view.around, view.initiative
    found = await involvements(context, initiative)
    if view.is_(*INSIDERS):
        lines = [state_line(around, one) for one in found]
    else:
        joined = [partner_name(around, one.team_code) for one in found if one.status is InvolvementStatus.JOINED]
        lines = [around.text("partners.joined_too", partners=joined)] if joined else []
    return "\n".join(lines) if lines else None


def state_line(around: Around, involvement: Involvement) -> str:
    """A partner and how far it is."""
    return around.text(
        "partners.line",
        partner=partner_name(around, involvement.team_code),
        state=around.plain(f"partners.state.{involvement.status}"),
        shared=_words(around, involvement.shared) if involvement.status in LET_IN else None,
        remark=involvement.remark,
    )


def _words(around: Around, shared: Sequence[str]) -> list[str]:
    return [around.plain(f"partners.shared.{one}") for one in shared]


def screen(
    around: Around, initiative: Initiative, found: Sequence[Involvement], *, key: str = "partners.screen"
) -> Message:
    """The partners, with what initiators can say of each."""
    lines = [around.text(key, title=initiative.title, guide_title=around.guide_title, count=len(found))]
    lines += [state_line(around, one) for one in found]
    rows: list[tuple[Button, ...]] = []
    for one in found:
        match one.status:
            case InvolvementStatus.PROPOSED:
                rows.append(_consent_row(around, one, "yes", "no"))
            case InvolvementStatus.REFUSED:
                rows.append(_consent_row(around, one, "yes"))
            case InvolvementStatus.ASKED | InvolvementStatus.JOINED:
                rows.append((button(around, "write", one), *_consent_row(around, one, "change", "out")))
            case InvolvementStatus.DECLINED:
                pass
    return Message(text="\n\n".join([lines[0], "\n".join(lines[1:])]).strip(), buttons=tuple(rows))


def _consent_row(around: Around, involvement: Involvement, *words: str) -> tuple[Button, ...]:
    ids = f"{involvement.initiative_id}-{involvement.id}"
    does = {"yes": "yes", "change": "yes", "no": "no", "out": "no"}
    team = around.team(involvement.team_code)
    return tuple(
        act(around.plain(f"partners.buttons.{word}", partner=team)[:60], f"i-p-{does[word]}", ids) for word in words
    )


@action("i-partners")
async def press_partners(context: Context, argument: str) -> None:
    """Show them, below."""
    view = await pressed(context, argument)
    if view is None:
        return
    if not view.is_(Relation.INITIATOR, Relation.GUIDE):
        context.note("common.not_allowed", alert=True)
        return
    await context.send(
        context.me, await _screen_for(context, view), about=(Subject.INITIATIVE, view.initiative.id or 0)
    )


async def _screen_for(context: Context, view: View) -> Message:
    around, initiative = view.around, view.initiative
    found = await involvements(context, initiative)
    if view.is_(Relation.INITIATOR):
        return screen(around, initiative, found)
    lines = [around.text("partners.for_guide", title=initiative.title, count=len(found))]
    lines += [state_line(around, one) for one in found]
    rows = [(button(around, "write", one),) for one in found if one.status in LET_IN]
    rows.append((act(around.plain("partners.buttons.propose"), "i-p-propose", initiative.id or 0),))
    return Message(text="\n".join(lines), buttons=tuple(rows))


async def pressed_about(context: Context, argument: str) -> tuple[View, Involvement] | None:
    """The initiative and the partner that a button is about; where there are none the actor is told."""
    ids = two_ids_in(argument)
    view = await pressed(context, str(ids[0]) if ids else "")
    if view is None or ids is None:
        return None
    involvement = await context.session.get(Involvement, ids[1])
    if involvement is None or involvement.initiative_id != ids[0]:
        context.note("common.gone", alert=True)
        return None
    return view, involvement


@action("i-p-yes")
async def press_yes(context: Context, argument: str) -> None:
    """They may see it: what of it?"""
    found = await pressed_about(context, argument)
    if found is None:
        return
    view, involvement = found
    if not view.is_(Relation.INITIATOR):
        context.note("common.not_allowed", alert=True)
    elif (refused := closed(view.initiative)) is not None:
        await context.refuse(refused)
    elif involvement.status is InvolvementStatus.DECLINED:
        context.note("partners.refused.declined", alert=True, guide_title=view.around.guide_title)
    else:
        given = {"initiative": view.initiative.id, "team": involvement.team_code}
        drafts = {"shared": involvement.shared} if involvement.status in LET_IN else None
        await dialogue.start(context, "partners.consent", given, drafts)


@action("i-p-no")
async def press_no(context: Context, argument: str) -> None:
    """They may not, or not any more."""
    found = await pressed_about(context, argument)
    if found is None:
        return
    view, involvement = found
    command = KeepPartnerOut(initiative_id=view.initiative.id or 0, team=involvement.team_code)
    if await carry_or_say(context, command):
        context.note("partners.kept_out", partner=view.around.team(involvement.team_code))
        await context.edit_pressed(await _screen_for(context, view))


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
