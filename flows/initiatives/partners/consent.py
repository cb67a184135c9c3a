"""The initiators say of each partner whether it may see the plan, and what; they can take it back."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import act, action
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import sign_of_life
from flows.initiatives.partners import card as partner_card
from flows.initiatives.partners.card import Share, partner_name, people_of
from flows.initiatives.partners.involvement import involvement_of, shut, unfit
from flows.initiatives.partners.screen import pressed_about, screen_for, words_for
from flows.initiatives.people.taking_part import carry_or_say, closed
from flows.initiatives.relations import LET_IN
from flows.initiatives.verbs import KeepPartnerOut, LetPartnerIn
from flows.permissions import Relation
from flows.talk import dialogue
from flows.talk.answers import Acceptance, Accepted, Given, OptionRows, Surroundings, Unfit, chosen
from flows.talk.ask import Ask
from flows.talk.choices import Choices
from flows.talk.message import Message
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import Initiative
from storage.participation import Involvement, InvolvementStatus


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
    if (refused := await unfit(context, initiative, command.team)) is not None:
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
        "partners.let_in", partner=partner_name(around, command.team), shared=words_for(around, shared), again=was_in
    )
    more = act(around.plain("partners.buttons.partners"), "i-partners", initiative.id or 0)
    about = (Subject.INITIATIVE, initiative.id or 0)
    await context.send(context.me, Message(text=text, buttons=((more,),)), about=about)
    name = around.team(command.team)
    for other in await initiators(context, initiative):
        theirs = words_for(context.around_for(other), shared)
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
        await context.edit_pressed(await screen_for(context, view))
