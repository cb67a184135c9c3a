"""What somebody can set: language, district, updates, themes to follow, who sees their name, and under which one."""

from __future__ import annotations

from babel import Locale
from sqlalchemy import update
from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries, carry
from flows.context import Context
from flows.doors import act, action, bot_command
from flows.menu import set_command_list
from flows.people.away import absence_of
from flows.people.names import first_name_of, name_of
from flows.people.naming import call
from flows.people.teams import WORKERS, grants_of, roles_of
from flows.questions.desk import cards
from flows.talk import dialogue
from flows.talk.answers import Skippable, Text
from flows.talk.ask import Ask
from flows.talk.message import Button, Message
from flows.talk.places import DistrictAnswer
from flows.talk.replay import conversation
from flows.verbs import ChooseDistrict, ChooseLanguage, Command, FollowTheme, SetDisplayName, SetUpdates, ShareName
from storage.outbox import STOPPED, OutboxMessage, OutboxStatus
from storage.people import Person, ThemeFollower
from storage.questions import DONE, Question

UNFOLLOW = "-"
"""Before a theme in a button: a button says what it does, so that a second tap changes nothing."""


@conversation("settings.district")
async def district(ask: Ask) -> ChooseDistrict:
    """Where do you live?"""
    return ChooseDistrict(district=await ask("district", Skippable(DistrictAnswer())))


@conversation("settings.name")
async def name(ask: Ask) -> SetDisplayName:
    """What residents may call you."""
    return SetDisplayName(name=await ask("name", Text(max_length=60)))


@bot_command("instellingen")
async def settings(context: Context, argument: str) -> None:
    """How things are set, each with a button to change it."""
    await context.reply(await _screen(context))


async def _screen(context: Context) -> Message:
    person, around = context.me, context.around
    roles = await roles_of(context.session, person)
    works = bool(roles)
    followed = await _followed(context)
    text = around.text(
        "settings.screen",
        language=_own_name(around.language),
        district=around.district(person.district_code),
        updates=person.updates_on,
        themes=[around.theme(code) for code in followed],
        seen_as=first_name_of(person) or around.plain("common.a_resident"),
        shown_as=name_of(person) if works else None,
        quiet=around.municipality.quiet_hours,
    )
    turn = "off" if person.updates_on else "on"
    rows: list[tuple[Button, ...]] = [
        tuple(
            act(_own_name(code), "language", code)
            for code in context.house.catalogue.languages
            if code != around.language
        ),
        (act(around.plain("settings.buttons.district"), "district"),),
        (act(around.plain(f"settings.buttons.updates_{turn}"), "updates", turn),),
        (act(around.plain("settings.buttons.themes"), "themes"),),
    ]
    if person.shares_name or first_name_of(person) != person.first_name:
        share = "first" if person.shares_name else "whole"
        rows.append((act(around.plain(f"settings.buttons.share_{share}"), "share-name", share),))
    if works:
        rows.append((act(around.plain("settings.buttons.name"), "name"),))
        absence = await absence_of(context, person.id)
        if absence is not None:
            helper = await context.session.get(Person, absence.replacement_id) if absence.replacement_id else None
            shown = around.text("absence.shown", until=absence.until, helper=name_of(helper) if helper else None)
            text = f"{text}\n{shown}"
            rows.append((act(around.plain("absence.buttons.back"), "absence-end"),))
        if roles & set(WORKERS):
            rows.append(
                (act(around.plain("absence.buttons.change" if absence else "absence.buttons.away"), "absence"),)
            )
        rows.extend(
            (
                act(
                    around.plain(
                        "settings.buttons.leave",
                        team=around.post(grant.role, grant.team_code),
                    ),
                    "role-end",
                    grant.id or 0,
                ),
            )
            for grant in await grants_of(context.session, person)
        )
    return Message(text=text, buttons=tuple(row for row in rows if row))


def _own_name(code: str) -> str:
    """A language as those who speak it call it."""
    return (Locale(code).get_display_name(code) or code).capitalize()


@action("language")
async def press_language(context: Context, argument: str) -> None:
    """Another language."""
    await _carry_and_show(context, ChooseLanguage(language=argument))


@action("district")
async def press_district(context: Context, argument: str) -> None:
    """Another district."""
    await dialogue.start(context, "settings.district")


@action("name")
async def press_name(context: Context, argument: str) -> None:
    """Another name."""
    await dialogue.start(context, "settings.name")


@action("updates")
async def press_updates(context: Context, argument: str) -> None:
    """Updates on or off."""
    on = {"on": True, "off": False}.get(argument)
    await _carry_and_show(context, None if on is None else SetUpdates(on=on))


@action("share-name")
async def press_share(context: Context, argument: str) -> None:
    """The whole name for who works here, or the first name."""
    share = {"whole": True, "first": False}.get(argument)
    await _carry_and_show(context, None if share is None else ShareName(share=share))


@action("stop-updates")
async def press_stop(context: Context, argument: str) -> None:
    """The button under every update."""
    await carry(context, SetUpdates(on=False))
    around = context.around
    button = act(around.plain("settings.buttons.updates_on"), "start-updates")
    await context.reply(Message(text=context.text("settings.stopped"), buttons=((button,),)))


@action("start-updates")
async def press_start(context: Context, argument: str) -> None:
    """Taking that back."""
    await carry(context, SetUpdates(on=True))
    context.note("settings.started")
    await context.edit_pressed(Message(text=context.text("settings.started")))


@action("themes")
async def press_themes(context: Context, argument: str) -> None:
    """The list of themes."""
    await context.edit_pressed(await _themes(context))


@action("theme")
async def press_theme(context: Context, argument: str) -> None:
    """Follow one, or no more."""
    theme = argument.removeprefix(UNFOLLOW)
    outcome = await carry(context, FollowTheme(theme=theme, follow=theme == argument))
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.edit_pressed(await _themes(context))


@action("settings")
async def press_settings(context: Context, argument: str) -> None:
    """Back to the screen."""
    await context.edit_pressed(await _screen(context))


async def _themes(context: Context) -> Message:
    followed, around = await _followed(context), context.around
    rows = [
        (
            act(f"☑️ {around.theme(theme.code)}", "theme", f"{UNFOLLOW}{theme.code}")
            if theme.code in followed
            else act(f"⬜ {around.theme(theme.code)}", "theme", theme.code),
        )
        for theme in around.municipality.themes
    ]
    done = act(around.plain("talk.buttons.done"), "settings")
    return Message(text=context.text("settings.themes", updates=context.me.updates_on), buttons=(*rows, (done,)))


async def _followed(context: Context) -> list[str]:
    query = select(ThemeFollower.theme_code).where(ThemeFollower.person_id == context.me.id)
    codes = set((await context.session.exec(query)).all())
    return [theme.code for theme in context.house.municipality.themes if theme.code in codes]


async def _carry_and_show(context: Context, command: Command | None) -> None:
    """None: the button says what no button of ours says."""
    outcome = Refused(key="common.gone") if command is None else await carry(context, command)
    if isinstance(outcome, Refused):
        await context.refuse(outcome)
    else:
        await context.edit_pressed(await _screen(context))


@carries(ChooseLanguage)
async def carry_language(context: Context, command: ChooseLanguage) -> Outcome:
    """All that comes is in this language, the list of commands too."""
    if command.language not in context.house.catalogue.languages:
        return Refused(key="common.gone")
    context.me.language = command.language
    context.session.add(context.me)
    await context.session.flush()
    await set_command_list(context, context.me)
    return Done(details={"language": command.language})


@carries(ChooseDistrict)
async def carry_district(context: Context, command: ChooseDistrict) -> Outcome:
    """News of that district comes too."""
    context.me.district_code = command.district
    context.session.add(context.me)
    await context.session.flush()
    await context.reply(await _screen(context))
    return Done()


@carries(SetUpdates)
async def carry_updates(context: Context, command: SetUpdates) -> Outcome:
    """No updates of the municipality, or again; answers to own questions always come."""
    context.me.updates_on = command.on
    context.session.add(context.me)
    if not command.on:
        waiting = update(OutboxMessage).where(
            col(OutboxMessage.person_id) == context.me.id,
            col(OutboxMessage.broadcast_id).is_not(None),
            col(OutboxMessage.status) == OutboxStatus.WAITING,
        )
        await context.session.exec(waiting.values(status=OutboxStatus.FAILED, error=STOPPED))
    return Done(details={"on": command.on})


@carries(ShareName)
async def carry_share(context: Context, command: ShareName) -> Outcome:
    """The cards of what they asked and is still open follow at once."""
    context.me.shares_name = command.share
    context.session.add(context.me)
    await context.session.flush()
    query = select(Question).where(Question.asker_id == context.me.id, col(Question.status).not_in(DONE))
    for question in (await context.session.exec(query.order_by(col(Question.id)))).all():
        await cards.refresh(context, question)
    return Done(details={"share": command.share})


@carries(FollowTheme)
async def carry_follow(context: Context, command: FollowTheme) -> Outcome:
    """Updates about the theme, or no more."""
    if context.house.municipality.theme(command.theme) is None:
        return Refused(key="common.gone")
    row = await context.session.get(ThemeFollower, (context.me.id, command.theme))
    if command.follow and row is None:
        context.session.add(ThemeFollower(person_id=context.me.id or 0, theme_code=command.theme))
    elif not command.follow and row is not None:
        await context.session.delete(row)
    await context.session.flush()
    return Done()


@carries(SetDisplayName)
async def carry_name(context: Context, command: SetDisplayName) -> Outcome:
    """Under answers stands this name."""
    await call(context, context.me, command.name)
    await context.say("settings.named", shown_as=command.name)
    return Done()
