"""`/regels`: the coordinators' own rules for which team gets a question; made, tried, moved and dropped here."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import For, act, action, bot_command, id_in
from flows.people.teams import coordinates, teams_without_anybody
from flows.questions.routing.rerouting import reroute
from flows.questions.routing.route import in_words, rules_of
from flows.questions.routing.trying import Tried, effect, moved, new_rule, tried, without
from flows.questions.routing.verbs import AddRule, DropRule, MoveRule
from flows.talk import dialogue
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.choices import Choice, YesNo
from flows.talk.message import Message, Rows
from flows.talk.places import DistrictAnswer, TeamAnswer, ThemeAnswer
from flows.talk.replay import conversation
from storage.routing import RoutingRule, RuleHours

MOST = 25
"""Rules: each has a row of three buttons, and Telegram refuses a keyboard of more than about a hundred."""


@bot_command("regels", audience=For.COORDINATORS)
async def rules(context: Context, argument: str) -> None:
    """All rules in their order, with what can be done to them."""
    if await _coordinates(context):
        await context.reply(await _list(context))
    else:
        await context.say("common.coordinators_only")


async def _list(context: Context) -> Message:
    around, found = context.around, await rules_of(context)
    lines = Markup("\n").join(f"{number}. {in_words(around, rule)}" for number, rule in enumerate(found, 1))
    text = around.text("routing.list", rules=lines, front_desk=around.municipality.front_desk.name)
    rows: Rows = tuple(
        (
            *([act(f"⬆️ {number}", "rule-up", rule.id or 0)] if number > 1 else []),
            *([act(f"⬇️ {number}", "rule-down", rule.id or 0)] if number < len(found) else []),
            act(f"🗑 {number}", "rule-drop", rule.id or 0),
        )
        for number, rule in enumerate(found, 1)
    )
    return Message(text=text, buttons=(*rows, (act(around.plain("routing.buttons.add"), "rule-add"),)))


@conversation("rule.add", for_work=True)
async def add(ask: Ask) -> AddRule:
    """About what, where and when, to whom; then it is tried on a question before it counts."""
    empty = await ask.once("empty", teams_without_anybody)
    theme = await ask("theme", Skippable(ThemeAnswer()))
    district = await ask("district", Skippable(DistrictAnswer()))
    hours = await ask("hours", Choice(RuleHours))
    team = await ask("team", TeamAnswer(empty=empty))
    example = await ask("example", Skippable(Text(max_length=500)))
    rule = AddRule(theme=theme, district=district, hours=hours, team=team)
    seen: Tried = await ask.once(
        "tried",
        partial(tried, rule=rule, example=example),
        after=("theme", "district", "hours", "team", "example"),
    )
    await ask.review(values={**seen})
    return rule


@conversation("rule.move", for_work=True, back_to="regels")
async def move(ask: Ask) -> MoveRule | None:
    """So many that wait go elsewhere: are you sure?"""
    rule_id, up = ask.given("rule", int), ask.given("up", bool)
    seen = await ask.once("effect", partial(effect, rule_id=rule_id, up=up))
    return MoveRule(rule_id=rule_id, up=up) if await ask("sure", YesNo(), values={**seen, "up": up}) else None


@conversation("rule.drop", for_work=True, back_to="regels")
async def drop(ask: Ask) -> DropRule | None:
    """So many that wait go elsewhere: are you sure?"""
    rule_id = ask.given("rule", int)
    seen = await ask.once("effect", partial(effect, rule_id=rule_id, up=None))
    return DropRule(rule_id=rule_id) if await ask("sure", YesNo(), values={**seen}) else None


@action("rule-add")
async def press_add(context: Context, argument: str) -> None:
    """Make one."""
    if await _coordinates(context, alert=True):
        await dialogue.start(context, "rule.add")


@action("rule-up")
async def press_up(context: Context, argument: str) -> None:
    """It goes before the one above it."""
    await _move(context, argument, up=True)


@action("rule-down")
async def press_down(context: Context, argument: str) -> None:
    """It goes after the one below it."""
    await _move(context, argument, up=False)


@action("rule-drop")
async def press_drop(context: Context, argument: str) -> None:
    """Ask whether they are sure."""
    if not await _coordinates(context, alert=True):
        return
    number = id_in(argument)
    if number is None or await context.session.get(RoutingRule, number) is None:
        context.note("routing.refused.gone", alert=True)
        return
    await dialogue.start(context, "rule.drop", {"rule": number})


async def _move(context: Context, argument: str, *, up: bool) -> None:
    """At once where nothing that waits goes elsewhere; else after seeing what does."""
    if not await _coordinates(context, alert=True):
        return
    number = id_in(argument) or 0
    if (await effect(context, rule_id=number, up=up))["moves"]:
        await dialogue.start(context, "rule.move", {"rule": number, "up": up})
        return
    outcome = await carry(context, MoveRule(rule_id=number, up=up))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
        await context.edit_pressed(await _list(context))


@carries(AddRule)
async def carry_add(context: Context, command: AddRule) -> Outcome:
    """It counts from now on, also for what waits untouched."""
    municipality, found = context.house.municipality, await _locked(context)
    if municipality.team(command.team) is None:
        return Refused(key="question.refused.no_team", ask_again="team")
    if len(found) >= MOST:
        return Refused(key="routing.refused.many", values={"most": MOST})
    rule = new_rule(context, command)
    at = max(command.position, 1) - 1
    await _keep_order(context, [*found[:at], rule, *found[at:]])
    went = await reroute(context)
    await context.say("routing.added", rule=in_words(context.around, rule), moved=went)
    await context.reply(await _list(context))
    return Done(details={"rule": rule.id, "team": command.team, "moved": went})


@carries(MoveRule)
async def carry_move(context: Context, command: MoveRule) -> Outcome:
    """The two change places; the list that was pressed shows it."""
    found = await _locked(context)
    rule = next((one for one in found if one.id == command.rule_id), None)
    if rule is None:
        return Refused(key="routing.refused.gone")
    ordered = moved(found, rule, up=command.up)
    if ordered == found:
        return Refused(key="routing.refused.at_the_end")
    await _keep_order(context, ordered)
    went = await reroute(context)
    if context.is_press:
        context.note("routing.moved", moved=went)
    await context.edit_pressed(await _list(context))
    return Done(details={"rule": command.rule_id, "up": command.up, "moved": went})


@carries(DropRule)
async def carry_drop(context: Context, command: DropRule) -> Outcome:
    """What it brought somewhere and nobody has touched goes where the others want it."""
    found = await _locked(context)
    rule = next((one for one in found if one.id == command.rule_id), None)
    if rule is None:
        return Refused(key="routing.refused.gone")
    said = in_words(context.around, rule)
    await context.session.delete(rule)
    await _keep_order(context, without(found, rule))
    went = await reroute(context)
    await context.say("routing.dropped", rule=said, moved=went)
    await context.reply(await _list(context))
    return Done(details={"rule": command.rule_id, "moved": went})


async def _locked(context: Context) -> list[RoutingRule]:
    """All rules; two who change them do so one after the other."""
    return await rules_of(context, lock=True)


async def _keep_order(context: Context, ordered: list[RoutingRule]) -> None:
    for position, rule in enumerate(ordered, 1):
        rule.position = position
        context.session.add(rule)
    await context.session.flush()


async def _coordinates(context: Context, *, alert: bool = False) -> bool:
    found = await coordinates(context)
    if not found and alert:
        context.note("common.coordinators_only", alert=True)
    return found
