"""All that one thing that happens needs: who acts, when, in which transaction, and how to say something to people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from flows.knowledge.library import Library
from flows.municipality import Municipality
from flows.questions.asking.understanding.service import Understanding
from flows.talk.message import Message
from locales.catalogue import Catalogue, plain
from storage.cards import Card, Subject
from storage.outbox import OutboxKind, OutboxMessage, OutboxStatus, Priority
from storage.people import Person, Role

NOWHERE = 0
"""The chat of a card that nobody sees: of who is reached by e-mail."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What stays the same as long as the process lives."""

    municipality: Municipality
    catalogue: Catalogue
    bot_username: str
    """Without the @; links into the bot are made with it."""
    public_url: str | None = None
    """The base of links to our own pages; None: nobody can open those, so nobody is sent there."""
    understanding: Understanding = field(default_factory=Understanding, compare=False)
    """What questions are about; learned at the first, where nobody let it learn before."""
    mails: bool = False
    """Whether there is a server for e-mail; without one nobody can be reached by it."""
    library: Library = field(default_factory=Library)
    """Frequently asked questions and their answers."""

    def around(self, language: str, now: datetime) -> Around:
        """The house as somebody with that language sees it."""
        return Around(house=self, language=language, now=now)

    def language_of(self, person: Person) -> str:
        """Their own choice, else what the channel hinted at, else Dutch."""
        return person.language or self.catalogue.closest(person.language_hint)


@dataclass(frozen=True, kw_only=True)
class Around:
    """The house in one language, at one moment."""

    house: House
    language: str
    now: datetime

    @property
    def municipality(self) -> Municipality:
        """The municipality's configuration."""
        return self.house.municipality

    @property
    def today(self) -> date:
        """The day it is in the municipality."""
        return self.now.astimezone(ZoneInfo(self.municipality.timezone)).date()

    def text(self, key: str, /, **values: object) -> str:
        """The text as HTML. `a|b`: the first key there is. Every text may use `guide_title`."""
        catalogue = self.house.catalogue
        *first, last = key.split("|")
        found = next((one for one in first if catalogue.has(one)), last)
        return catalogue.text(found, self.language, **{"guide_title": self.guide_title, **values})

    def plain(self, key: str, /, **values: object) -> str:
        """The text without tags, for buttons and short notes."""
        return plain(self.text(key, **values))

    def district(self, code: str | None) -> str:
        """The name of a district, or that it isn't known."""
        district = self.municipality.district(code) if code else None
        return district.name if district else self.plain("common.no_district")

    def theme(self, code: str | None) -> str:
        """The name of a theme with its picture, or that it isn't known."""
        theme = self.municipality.theme(code) if code else None
        return f"{theme.emoji} {theme.name_in(self.language)}".strip() if theme else self.plain("common.no_theme")

    @property
    def guide_title(self) -> str:
        """What the guide of an initiative is called here."""
        return self.municipality.guide_title.name_in(self.language)

    def team(self, code: str) -> str:
        """The name of a team."""
        team = self.municipality.team(code)
        return team.name if team else code

    def role(self, role: Role) -> str:
        """What a role is called."""
        return self.plain(f"roles.{role}")

    def post(self, role: Role, team_code: str | None) -> str:
        """Where somebody works: their team, or the role of those who have none."""
        return self.team(team_code) if team_code else self.role(role)


class Why(Protocol):
    """The text that says why something isn't done."""

    @property
    def key(self) -> str: ...
    @property
    def values(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, kw_only=True)
class Toast:
    """A short note on the screen of who pressed a button; plain text, at most 200 characters."""

    text: str
    alert: bool = False
    """Stays until it is dismissed."""


@dataclass(kw_only=True)
class Context:
    """One thing that happens, inside one transaction."""

    house: House
    session: AsyncSession
    now: datetime
    actor: Person | None
    """Who does it; None: the command line or the clock."""
    is_press: bool = False
    """They pressed a button."""
    pressed: int | None = None
    """The message whose button was pressed."""
    stray: bool = False
    """That button is not, or no longer, under the message: those that are there stay."""
    toast: Toast | None = None
    """What the presser is told at once."""

    @property
    def me(self) -> Person:
        """Who does it, where somebody must."""
        if self.actor is None:
            raise LookupError("nobody acts here; only people can do this")
        return self.actor

    @property
    def around(self) -> Around:
        """The house as the actor sees it."""
        return self.around_for(self.me)

    def around_for(self, person: Person) -> Around:
        """The house as somebody else sees it."""
        return self.house.around(self.house.language_of(person), self.now)

    def text(self, key: str, /, **values: object) -> str:
        """A text in the actor's language, as HTML."""
        return self.around.text(key, **values)

    def note(self, key: str, /, *, alert: bool = False, **values: object) -> None:
        """Tell who pressed the button, in a few words."""
        self.toast = Toast(text=self.around.plain(key, **values)[:200], alert=alert)

    async def refuse(self, why: Why) -> None:
        """Say why not: over the button that was pressed, or else in the chat."""
        if self.is_press:
            self.note(why.key, alert=True, **why.values)
        else:
            await self.say(why.key, **why.values)

    async def reply(self, message: Message) -> None:
        """Say something to the actor."""
        await self.send(self.me, message)

    async def say(self, key: str, /, **values: object) -> None:
        """Say a text without anything else to the actor."""
        await self.reply(Message(text=self.text(key, **values)))

    async def send(
        self,
        to: Person,
        message: Message,
        *,
        about: tuple[Subject, int] | None = None,
        live: bool = False,
    ) -> Card | None:
        """Put a message for `to` in the outbox; who has no channel yet gets nothing, but see `without_channel`.

        With `about` a reply to it is a reply to that subject; `live` ones are edited when the subject changes. Gives
        the card it is then.
        """
        if to.telegram_id is None:
            if about is not None:
                for instead in _WITHOUT_CHANNEL:
                    await instead(self, to, message, about)
            if about is None or not live or to.email is None:
                return None
            # Nothing is shown, but they have it: what changes is no news to them, what comes anew is.
            unseen = Card(subject=about[0], subject_id=about[1], person_id=_id(to), chat_id=NOWHERE, live=True)
            self.session.add(unseen)
            await self.session.flush()
            return unseen
        card = None
        if about is not None:
            subject, subject_id = about
            card = Card(subject=subject, subject_id=subject_id, person_id=_id(to), chat_id=to.telegram_id, live=live)
            self.session.add(card)
            await self.session.flush()
        await self._put(to, message.to_json(), OutboxKind.SEND, card)
        return card

    async def edit_card(self, card: Card, message: Message) -> None:
        """Show a card anew, unless it says that already.

        In its chat this comes after its sending, so the sender knows by then which it is.
        """
        payload = message.to_json()
        if not await self.says(card, payload):
            person = await self.session.get_one(Person, card.person_id)
            await self._put(person, payload, OutboxKind.EDIT, card)

    async def says(self, card: Card, payload: dict[str, Any]) -> bool:
        """Whether that is what the card was made to say last."""
        query = select(OutboxMessage.payload).where(
            OutboxMessage.card_id == card.id,
            col(OutboxMessage.kind).in_((OutboxKind.SEND, OutboxKind.EDIT)),
            col(OutboxMessage.status).not_in((OutboxStatus.FAILED, OutboxStatus.UNKNOWN)),
        )
        return (await self.session.exec(query.order_by(col(OutboxMessage.id).desc()).limit(1))).first() == payload

    async def retire_card(self, card: Card) -> None:
        """Take the buttons off a card; it no longer changes along."""
        card.live = False
        self.session.add(card)
        person = await self.session.get_one(Person, card.person_id)
        if person.blocked_at is None:
            await self._put(person, {"buttons": []}, OutboxKind.EDIT, card)

    async def take_back(self, card: Card) -> None:
        """Delete a message that was sent; Telegram does that for two days, after that it stays where it is."""
        card.live = False
        self.session.add(card)
        person = await self.session.get_one(Person, card.person_id)
        if person.blocked_at is None:
            await self._put(person, {}, OutboxKind.DELETE, card)

    async def edit_pressed(self, message: Message) -> None:
        """Replace the message whose button the actor pressed; where it isn't known, say it anew."""
        if self.pressed is None:
            await self.reply(message)
            return
        await self._put(self.me, {**message.to_json(), "message_id": self.pressed}, OutboxKind.EDIT, None)

    async def drop_pressed_buttons(self) -> None:
        """Take the buttons off the message that was pressed."""
        if self.pressed is not None and not self.stray:
            await self._put(self.me, {"message_id": self.pressed, "buttons": []}, OutboxKind.EDIT, None)

    async def _put(self, to: Person, payload: dict[str, Any], kind: OutboxKind, card: Card | None) -> None:
        if card is not None and card.chat_id == NOWHERE:
            return
        self.session.add(
            OutboxMessage(
                chat_id=to.telegram_id or 0,
                person_id=to.id,
                priority=Priority.REPLY if to is self.actor else Priority.NOTICE,
                kind=kind,
                payload=payload,
                card_id=card.id if card else None,
                created_at=self.now,
            )
        )
        await self.session.flush()

    async def cards(self, subject: Subject, subject_id: int) -> list[Card]:
        """The live cards of a subject, those in groups apart."""
        query = select(Card).where(Card.subject == subject, Card.subject_id == subject_id, Card.live)
        query = query.where(Card.person_id != None)  # noqa: E711 - SQL
        return list((await self.session.exec(query.order_by(Card.id))).all())  # type: ignore[arg-type]


Instead = Callable[[Context, Person, Message, tuple[Subject, int]], Awaitable[None]]

_WITHOUT_CHANNEL: list[Instead] = []


def without_channel(instead: Instead) -> Instead:
    """Register what happens with a message about something for a person who has no channel."""
    _WITHOUT_CHANNEL.append(instead)
    return instead


def _id(row: Any) -> int:
    assert row.id is not None, "not in the database yet"
    return int(row.id)
