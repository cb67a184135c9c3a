"""A resident starts an initiative: what will you do, with whom, and only then what do you ask of us."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, carries
from flows.context import Context
from flows.doors import act, go
from flows.initiatives.beginning.advice import Wish, advise
from flows.initiatives.beginning.answers import (
    REPORT,
    Advised,
    AlikeAnswer,
    FirstStep,
    NoPhotoYet,
    RouteAnswer,
    euros_in,
    joinable,
)
from flows.initiatives.beginning.demands import demands, demands_button
from flows.initiatives.events import happened
from flows.initiatives.finding.alike import Similar, index, look_for_similar
from flows.initiatives.guidance.guide import appoint
from flows.initiatives.lessons.lessons import learned_before
from flows.initiatives.partners.proposing import propose_partners
from flows.initiatives.steps.steps import first_step as plan_first_step
from flows.initiatives.verbs import FollowInitiative, JoinInitiative, Plan, PointToReportDesk, StartInitiative
from flows.people.names import name_of
from flows.questions.asking.ask import home_district
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.checked_text import CheckedText
from flows.talk.choices import Choice, Choices
from flows.talk.euros import Euros
from flows.talk.message import Button, Message
from flows.talk.places import DistrictAnswer, ThemeAnswer
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative
from storage.participation import Participant, Participation
from storage.people import Person
from storage.references import next_reference

TITLE = 80
"""Characters of a name."""
SHORT = 40
"""Characters that a proposed name has at most, about."""
OPENINGS = (
    *(f"{who} {verb}" for who in ("ik", "wij", "we") for verb in ("wil graag", "willen graag", "wil", "willen")),
    *("ik ga", "wij gaan", "we gaan", "ik zou graag", "wij zouden graag", "we zouden graag"),
    *("i would like to", "we would like to", "i'd like to", "we'd like to", "i want to", "we want to"),
)
"""How people begin to tell what they want; a name does without."""

LINKS = (
    " aan achter als bij dat de die een en het in langs maar met naar naast of om onder op te tegen tot uit van voor"
    " zodat mijn onze ons hun jullie deze dit elke"
    " a an and at by for from in near next of on or so that the to with my our their this each every "
)
"""Words that a name doesn't end with where it is cut."""

Instead = PointToReportDesk | JoinInitiative | FollowInitiative
"""What can come of a plan besides an initiative."""


class Helper(StrEnum):
    """With whom."""

    ALONE = "alone"
    """Just me, so far."""
    NEIGHBOURS = "neighbours"
    FRIENDS = "friends"
    """Friends and family."""
    ASSOCIATION = "association"
    """A club, church, mosque or association."""
    SCHOOL = "school"
    BUSINESS = "business"
    """Shops and firms nearby."""


@conversation("initiative.start", command="initiatief")
async def start(ask: Ask) -> StartInitiative | Instead:
    """From what you want to do yourself to a summary."""
    home = await ask.once("home", home_district)
    plan = await plan_of(ask, home=home)
    if not isinstance(plan, Plan):
        return plan
    await ask.review()
    return StartInitiative(plan=plan)


async def plan_of(ask: Ask, *, home: str | None, offer_alike: bool = True) -> Plan | Instead:
    """The questions about an initiative, up to the summary.

    `home`: the district of the initiator, proposed for the initiative. `offer_alike`: who tells it can join one that is
    like it. What is only proposed (name, own district, no photo) isn't asked; the summary can change it.
    """
    idea = await ask("idea", CheckedText(max_length=1000, min_length=10))
    title = await ask("title", Text(max_length=TITLE, min_length=3), default=title_from(idea))
    helpers = await ask("helpers", Choices(Helper))
    district = await ask("district", Skippable(DistrictAnswer()), default=home)
    theme = await ask("theme", ThemeAnswer())
    if offer_alike:
        found = partial(others_alike, idea=idea, district=district, theme=theme)
        alike = await ask.once("alike", found, after=("idea", "district", "theme"))
        if joinable(alike) and (other := await ask("alike_choice", AlikeAnswer(alike), shown=False)) is not None:
            if other.help:
                return JoinInitiative(initiative_id=other.initiative_id, words=idea)
            return FollowInitiative(initiative_id=other.initiative_id, follow=True)
    wish = await ask("asks", Choice(Wish))
    what: str | None = None
    amount: int | None = None
    if wish not in (Wish.NOTHING, Wish.REPORT):
        what = await ask("what", CheckedText(max_length=500), values={"asks": wish.value}, after=("asks",))
    if wish is Wish.MONEY and what is not None:
        amount = await ask("amount", Skippable(Euros()), after=("what",), default=euros_in(what))
    alone = set(helpers) == {Helper.ALONE}
    depends = ("helpers", "asks", *(("amount",) if wish is Wish.MONEY else ()))
    advised = await ask.once("advised", partial(advised_for, wish=wish, amount=amount, alone=alone), after=depends)
    route = await ask("route", RouteAnswer(advised, amount=amount, district=district), after=("advised",))
    if route is None:
        return PointToReportDesk()
    tips = await ask.once("learned", partial(learned_before, theme=theme, idea=idea), after=("idea", "theme"))
    first_step = await ask("first_step", FirstStep(tips))
    photo = await ask("photo", NoPhotoYet(), default=NoPhotoYet.NONE)
    return Plan(
        idea=idea,
        helpers=tuple(helper.value for helper in helpers),
        district=district,
        theme=theme,
        first_step=first_step,
        needs=what,
        amount=amount,
        title=title,
        photo=photo,
        route=route,
    )


def title_from(idea: str) -> str:
    """A name for an idea: its first words, without "I want to", cut where a word ends."""
    line = next((line.strip() for line in idea.splitlines() if line.strip()), idea.strip())
    sentence = line.split(". ")[0].strip(" .!?,;:")
    opening = next((one for one in OPENINGS if sentence.casefold().startswith(f"{one} ")), "")
    words = sentence[len(opening) :].split()
    kept: Sequence[str] = words
    while len(kept) > 1 and (len(" ".join(kept)) > SHORT or (kept != words and f" {kept[-1].casefold()} " in LINKS)):
        kept = kept[:-1]
    title = " ".join(kept)[:TITLE].strip(" ,;:-")
    title = title if len(title) >= 3 else idea.strip()[:TITLE]
    return (title[:1].upper() + title[1:])[:TITLE]


async def others_alike(context: Context, *, idea: str, district: str | None, theme: str | None) -> list[Similar]:
    """What is like it, but for what the actor takes part in already."""
    alike = await look_for_similar(context, idea=idea, district=district, theme=theme)
    numbers = [one["id"] for one in alike]
    mine = select(Participant.initiative_id).where(
        Participant.person_id == context.me.id,
        col(Participant.initiative_id).in_(numbers),
        col(Participant.kind).in_((Participation.INITIATOR, Participation.HELPER, Participation.FOLLOWER)),
    )
    known = set((await context.session.exec(mine)).all())
    return [one for one in alike if one["id"] not in known]


async def advised_for(context: Context, *, wish: Wish, amount: int | None, alone: bool) -> Advised:
    """The advice, under the rules of today."""
    advice = advise(context.house.municipality, wish, amount, alone=alone)
    return Advised(
        route=advice.route.value if advice.route else REPORT,
        why=advice.why_key,
        others=[route.value for route in advice.others],
        not_alone=advice.not_alone,
    )


@carries(PointToReportDesk)
async def carry_report(context: Context, command: PointToReportDesk) -> Outcome:
    """They hear where to report it; nothing of it is kept."""
    around, municipality = context.around, context.house.municipality
    desk, contact = municipality.reports, municipality.contact
    message = Message(
        text=around.text(
            "initiative.route.report_desk",
            desk=desk.name.name_in(around.language) if desk and desk.name else None,
            website=desk.website if desk else contact.website,
            phone=(desk.phone if desk else None) or contact.phone,
        ),
        buttons=(
            (Button(label=around.plain("initiative.route.buttons.report_desk"), url=(desk or contact).website),),
            (go(around.plain("menu.buttons.vraag"), "vraag"),),
        ),
    )
    await context.reply(message)
    return Done()


@carries(StartInitiative)
async def carry_start(context: Context, command: StartInitiative) -> Outcome:
    """It gets a reference, a team, a guide, and a moment by which the initiator hears from them."""
    initiative = await begin(context, command.plan, context.me)
    await appoint(context, initiative, tell=False)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    around = context.around
    key = "initiative.started" if guide else "initiative.started_without_guide"
    text = around.text(
        key,
        reference=initiative.reference,
        title=initiative.title,
        first_step=initiative.first_step,
        guide=name_of(guide) if guide else "",
        team=around.team(initiative.team_code),
        by=initiative.respond_by,
        money=initiative.amount is not None,
    )
    asked = demands(around, initiative.route, initiative.district_code)
    await context.send(
        context.me,
        Message(
            text=text,
            buttons=(
                (act(around.plain("initiative.buttons.open"), "i-open", initiative.id or 0),),
                *(() if asked is None else ((demands_button(around, initiative),),)),
                (go(around.plain("menu.buttons.mijn"), "mijn"),),
            ),
        ),
        about=(Subject.INITIATIVE, initiative.id or 0),
    )
    await propose_partners(context, initiative)
    return Done(
        subject=Subject.INITIATIVE,
        subject_id=initiative.id,
        details={"team": initiative.team_code, "route": initiative.route.value},
    )


async def begin(context: Context, plan: Plan, initiator: Person) -> Initiative:
    """Write down an initiative of `initiator`: its team, by when they hear something, the first line of its story."""
    municipality = context.house.municipality
    initiative = Initiative(
        reference=await next_reference(context.session, "I", context.house.around("nl", context.now).today.year),
        initiator_id=initiator.id or 0,
        title=plan.title,
        idea=plan.idea,
        helpers=list(plan.helpers),
        district_code=plan.district,
        theme_code=plan.theme,
        first_step=plan.first_step,
        needs=plan.needs,
        amount=plan.amount,
        photo=plan.photo,
        route=plan.route,
        team_code=municipality.route(plan.theme, plan.district).code,
        turn_since=context.now,
        active_at=context.now,
        respond_by=municipality.due(context.now, municipality.answer_days_for(plan.theme)),
        created_at=context.now,
    )
    context.session.add(initiative)
    await context.session.flush()
    context.session.add(
        Participant(
            initiative_id=initiative.id or 0,
            person_id=initiator.id or 0,
            kind=Participation.INITIATOR,
            created_at=context.now,
        )
    )
    await happened(context, initiative, EventKind.STARTED)
    await index(context, initiative)
    await plan_first_step(context, initiative, plan.first_step)
    return initiative
