"""A code on paper: with it somebody who has Telegram by now takes over what was written down for them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial

from sqlmodel import col, select

from flows.commands import Done, Outcome, Refused, carries
from flows.context import Context
from flows.doors import action, start_code
from flows.initiatives import cards
from flows.initiatives.board import seen, show
from flows.initiatives.circle import guides, initiators, tell
from flows.initiatives.events import sign_of_life
from flows.initiatives.people.taking_part import carry_or_say, pressed, take_away
from flows.initiatives.verbs import ClaimPaper, MakePaperCode
from flows.people.invitations import hashed, link_to
from flows.people.same_person import become
from flows.talk import dialogue
from flows.talk.ask import Ask
from flows.talk.choices import YesNo
from flows.talk.message import Message, qr
from flows.talk.replay import conversation
from storage.cards import Subject
from storage.initiatives import ENDED, Initiative
from storage.moments import PaperClaim
from storage.participation import Participation
from storage.people import Person

START = "p"
"""What the code in a link begins with."""
VALID = timedelta(days=90)
"""How long a code can be used; the guide can make a new one."""
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like others on paper."""
LENGTH, GROUP = 12, 4
"""60 bits: not to be guessed, and still to be typed; written in groups."""


async def hand_out(context: Context, initiative: Initiative, person: Person) -> str:
    """Make a code for somebody without a channel; one that was made before and not used no longer works."""
    await _withdraw(context, initiative)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    claim = PaperClaim(
        code_hash=hashed(code),
        initiative_id=initiative.id or 0,
        person_id=person.id or 0,
        created_by=context.me.id or 0,
        created_at=context.now,
        expires_at=context.now + VALID,
    )
    context.session.add(claim)
    await context.session.flush()
    link = link_to(context, f"{START}{code}")
    text = context.text(
        "paper.code",
        name=person.first_name,
        title=initiative.title,
        reference=initiative.reference,
        bot=context.house.bot_username,
        code=written(code),
        start=f"/start {START}{code}",
        link=link,
        until=claim.expires_at,
    )
    await context.reply(Message(text=text, photo=qr(link)))
    return code


def written(code: str) -> str:
    """As it is written on paper."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def read(code: str) -> str:
    """As it was meant, however it was typed."""
    return "".join(char for char in code.upper() if char.isalnum())


async def _withdraw(context: Context, initiative: Initiative) -> None:
    query = select(PaperClaim).where(
        PaperClaim.initiative_id == initiative.id,
        col(PaperClaim.claimed_at).is_(None),
        PaperClaim.expires_at > context.now,
    )
    for claim in (await context.session.exec(query.with_for_update())).all():
        claim.expires_at = context.now
        context.session.add(claim)
    await context.session.flush()


# A new code


@action("i-paper-code")
async def press_new_code(context: Context, argument: str) -> None:
    """The paper is lost, or too old."""
    if (view := await pressed(context, argument)) is not None:
        await carry_or_say(context, MakePaperCode(initiative_id=view.initiative.id or 0))


@carries(MakePaperCode)
async def carry_new_code(context: Context, command: MakePaperCode) -> Outcome:
    """Who supports it gets a new one to hand over."""
    initiative = await context.session.get_one(Initiative, command.initiative_id)
    leading = await initiators(context, initiative)
    person = next((one for one in leading if one.telegram_id is None), None)
    if person is None:
        return Refused(key="paper.refused.nobody_on_paper")
    code = await hand_out(context, initiative, person)
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id, shown_once=code)


# Taking it over


@start_code(START)
async def by_code(context: Context, rest: str) -> None:
    """Is this yours? Then the guide reads your first name."""
    code = read(rest)
    found = await _usable(context, code)
    if isinstance(found, Refused):
        await context.refuse(found)
    else:
        await dialogue.start(context, "initiative.claim", {"code": code})


@conversation("initiative.claim")
async def claim(ask: Ask) -> ClaimPaper | None:
    """Yes, it is mine."""
    code = ask.given("code", str)
    what = await ask.once("what", partial(_what, code=code))
    mine = await ask("mine", YesNo(), values=what)
    return ClaimPaper(code=code) if mine else None


async def _what(context: Context, *, code: str) -> dict[str, str]:
    query = select(Initiative.title).join(PaperClaim).where(PaperClaim.code_hash == hashed(code))
    return {
        "title": (await context.session.exec(query)).first() or "",
        "name": context.me.first_name,
        "guide_title": context.around.guide_title,
    }


async def _usable(context: Context, code: str) -> PaperClaim | Refused:
    """What was written down, locked, or why it can't be taken over."""
    values = {"guide_title": context.around.guide_title, "phone": context.house.municipality.contact.phone}
    query = select(PaperClaim).where(PaperClaim.code_hash == hashed(code)).with_for_update()
    found = (await context.session.exec(query)).first()
    if found is None:
        return Refused(key="paper.refused.unknown", values=values)
    if found.claimed_at is not None:
        key = "paper.refused.yours" if found.claimed_by == context.me.id else "paper.refused.used"
        return Refused(key=key, values=values)
    if found.expires_at <= context.now:
        return Refused(key="paper.refused.expired", values=values)
    initiative = await context.session.get_one(Initiative, found.initiative_id)
    if context.me.id in (found.created_by, initiative.guide_id, initiative.deputy_id):
        return Refused(key="paper.refused.not_for_you", values=values)
    return found


@carries(ClaimPaper)
async def carry_claim(context: Context, command: ClaimPaper) -> Outcome:
    """All that was kept under the name on paper is theirs; who guides it hears that they can be reached."""
    session, code = context.session, read(command.code)
    found = await _usable(context, code)
    if isinstance(found, Refused):
        return found
    found.claimed_by, found.claimed_at = context.me.id, context.now
    session.add(found)
    initiative = await session.get_one(Initiative, found.initiative_id, with_for_update=True, populate_existing=True)
    on_paper = await session.get_one(Person, found.person_id, with_for_update=True, populate_existing=True)
    name = on_paper.first_name
    await session.flush()
    session.expunge(on_paper)
    await become(session, found.person_id, context.me.id or 0)
    await session.refresh(initiative)
    await session.refresh(found)
    await _withdraw(context, initiative)
    # Whatever else they were to it is in leading it.
    others = (Participation.HELPER, Participation.FOLLOWER, Participation.SUPPORTER)
    await take_away(context, initiative, context.me, *others)
    if initiative.status not in ENDED:
        await sign_of_life(context, initiative)
    await cards.refresh(context, initiative)
    people = await guides(context, initiative)
    await tell(context, initiative, people, "paper.claimed_for_guide", name=context.me.first_name, was=name)
    await context.say("paper.claimed", title=initiative.title, reference=initiative.reference)
    await show(context, await seen(context, initiative))
    return Done(subject=Subject.INITIATIVE, subject_id=initiative.id)
