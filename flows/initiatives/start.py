"""A resident starts an initiative: what will you do, with whom, and only then what do you need."""

from __future__ import annotations

from enum import StrEnum

from flows.commands import Done, Outcome, carries
from flows.context import Context
from flows.doors import go
from flows.initiatives.events import happened
from flows.initiatives.guide import appoint
from flows.initiatives.verbs import Plan, StartInitiative
from flows.people.names import name_of
from flows.questions.ask import home_district
from flows.talk.answers import Photo, Skippable, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice, Choices
from flows.talk.message import Message
from flows.talk.places import DistrictAnswer, ThemeAnswer
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import EventKind, Initiative, Route
from storage.participation import Participant, Participation
from storage.people import Person
from storage.references import next_reference


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


class Place(StrEnum):
    """Where, for who told before where they live."""

    HOME = "home"
    """In the own district."""
    ELSEWHERE = "elsewhere"


class Needs(StrEnum):
    """Whether anything is asked of the municipality."""

    NOTHING = "nothing"
    SOMETHING = "something"


@conversation("initiative.start", command="initiatief")
async def start(ask: Ask) -> StartInitiative:
    """From what you want to do yourself to a summary; a photo and help may be left out."""
    idea = await ask("idea", Text(max_length=1000, min_length=10))
    helpers = await ask("helpers", Choices(Helper))
    home = await ask.once("home", home_district)
    at_home = home is not None and await ask("place", Choice(Place)) is Place.HOME
    district = home if at_home else await ask("district", Skippable(DistrictAnswer()))
    theme = await ask("theme", ThemeAnswer())
    first_step = await ask("first_step", Text(max_length=500))
    needs = await ask("needs", Choice(Needs))
    what: str | None = None
    if needs is Needs.SOMETHING:
        what = await ask("what", Text(max_length=500))
    title = await ask("title", Text(max_length=80, min_length=3))
    photo = await ask("photo", Skippable(Photo()))
    await ask.review()
    return StartInitiative(
        plan=Plan(
            idea=idea,
            helpers=tuple(helper.value for helper in helpers),
            district=district,
            theme=theme,
            first_step=first_step,
            needs=what,
            amount=None,
            title=title,
            photo=photo,
            route=Route.JUST_DO_IT,
        )
    )


@carries(StartInitiative)
async def carry_start(context: Context, command: StartInitiative) -> Outcome:
    """It gets a reference, a team, a guide, and a moment by which the initiator hears from them."""
    initiative = await begin(context, command.plan, context.me)
    await appoint(context, initiative, tell=False)
    guide = await context.session.get(Person, initiative.guide_id) if initiative.guide_id else None
    around = context.around
    key = "initiative.started" if guide else "initiative.started_without_guide"
    await context.send(
        context.me,
        Message(
            text=around.text(
                key,
                reference=initiative.reference,
                title=initiative.title,
                first_step=initiative.first_step,
                guide=name_of(guide) if guide else "",
                guide_title=around.guide_title,
                team=context.around.team(initiative.team_code),
                by=initiative.respond_by,
            ),
            buttons=((go(around.plain("menu.buttons.mijn"), "mijn"),),),
        ),
        about=(Subject.INITIATIVE, initiative.id or 0),
    )
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, details={"team": initiative.team_code})


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
    return initiative
