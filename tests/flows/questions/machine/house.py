"""What is decided above the desk: rules, groups, who is in which team, and who is away."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from flows.commands import Done
from flows.context import Context
from flows.questions.groups import acting
from flows.questions.groups.verbs import LinkGroup, MakeGroupCode, UnlinkGroup
from flows.questions.routing.verbs import AddRule, DropRule, MoveRule
from flows.talk.incoming import BotRemoved, Content, Group, GroupMigrated, Incoming, Press, Text
from flows.verbs import AcceptInvitation, AddByEmail, EndAbsence, EndRole, Invite, SetAbsence
from storage.people import Role, RoleGrant
from storage.routing import RuleHours
from tests.flows.questions.machine.choices import COLLEAGUE, NTH, nth
from tests.flows.questions.machine.world import BY_EMAIL, COORDINATOR, EMAIL, TEAMS, WORKERS, World

TEAM = st.sampled_from(sorted(set(TEAMS.values())))


class Rules(World):
    """Which team gets what."""

    @rule(theme=st.sampled_from(("groen", None)), team=TEAM, hours=st.sampled_from(RuleHours))
    def makes_a_rule(self, theme: str | None, team: str, hours: RuleHours) -> None:
        self.does(COORDINATOR, AddRule(theme=theme, district=None, hours=hours, team=team))

    @precondition(lambda self: self.kept.rules)
    @rule(at=NTH, drop=st.booleans())
    def changes_a_rule(self, at: int, drop: bool) -> None:
        number = nth(self.kept.rules, at)
        self.does(COORDINATOR, DropRule(rule_id=number) if drop else MoveRule(rule_id=number, up=False))


class Groups(World):
    """Teams that work in a group of the channel's."""

    @rule(team=TEAM, chat=st.sampled_from((-100, -200)), topics=st.booleans())
    def ties_a_group(self, team: str, chat: int, topics: bool) -> None:
        made = self.does(COORDINATOR, MakeGroupCode(team=team))
        if isinstance(made, Done) and made.shown_once:
            link = LinkGroup(code=made.shown_once, chat_id=chat, title="Werk", topics=topics)
            self.does(COORDINATOR, link)

    @precondition(lambda self: self.kept.groups)
    @rule(at=NTH)
    def unties_a_group(self, at: int) -> None:
        self.does(COORDINATOR, UnlinkGroup(team=nth(sorted(self.kept.groups), at)))

    @precondition(lambda self: self.kept.groups)
    @rule(at=NTH, thrown_out=st.booleans())
    def a_group_moves_or_throws_us_out(self, at: int, thrown_out: bool) -> None:
        chat = self._group(at)
        self._in_group(COORDINATOR, chat, BotRemoved() if thrown_out else GroupMigrated(new_chat_id=chat * 10))

    @precondition(lambda self: self._group_cards())
    @rule(who=COLLEAGUE, at=NTH, word=st.sampled_from(("claim", "claim", "release", "accept")))
    def presses_in_the_group(self, who: int, at: int, word: str) -> None:
        chat, number, message = nth(self._group_cards(), at)
        self._in_group(who, chat, Press(data=f"a:q-{word}:{number}", message_id=message))

    @precondition(lambda self: self._group_cards())
    @rule(who=COLLEAGUE, at=NTH)
    def replies_in_the_group(self, who: int, at: int) -> None:
        """Which takes it, where they may; the answer is looked at in private first."""
        chat, _, message = nth(self._group_cards(), at)
        self._in_group(who, chat, Text(text="Dat komt goed."), reply_to=message)

    def _group(self, at: int) -> int:
        return nth(sorted(group.chat_id for group in self.kept.groups.values()), at)

    def _group_cards(self) -> list[tuple[int, int, int]]:
        """Those that have arrived."""
        cards = [card for found in self.kept.cards.values() for card in found if card.person_id is None]
        return [(card.chat_id, card.subject_id, card.message_id) for card in cards if card.message_id is not None]

    def _in_group(self, who: int, chat: int, content: Content, *, reply_to: int | None = None) -> None:
        group = Group(chat_id=chat, title="Werk", is_forum=True)
        incoming = Incoming(
            chat_id=chat,
            telegram_id=100 + who,
            first_name=f"Iemand {who}",
            language_hint=None,
            content=content,
            reply_to=reply_to,
            group=group,
        )

        async def receive(context: Context) -> None:
            await acting.receive(context.house, context.session, incoming, group, context.now)

        self.run(receive)


class Staff(World):
    """Who is in which team, and who is away."""

    @precondition(lambda self: self._grants())
    @rule(at=NTH, by=st.sampled_from((None, COORDINATOR)))
    def leaves(self, at: int, by: int | None) -> None:
        """By themselves, or removed."""
        grant = nth(self._grants(), at)
        self.does(by or grant.person_id, EndRole(grant_id=grant.id or 0))

    @rule(who=st.sampled_from(WORKERS), team=TEAM)
    def joins(self, who: int, team: str) -> None:
        if who == BY_EMAIL:
            added = AddByEmail(email=EMAIL, name=f"Iemand {who}", role=Role.CIVIL_SERVANT, team=team)
            self.does(COORDINATOR, added)
            return
        made = self.does(COORDINATOR, Invite(role=Role.CIVIL_SERVANT, team=team))
        assert isinstance(made, Done)
        self.does(who, AcceptInvitation(code=made.shown_once or ""))

    @rule(who=st.sampled_from(WORKERS), instead=st.sampled_from((None, *WORKERS)), days=st.integers(1, 14))
    def is_away(self, who: int, instead: int | None, days: int) -> None:
        self.does(who, SetAbsence(until=self.day(days), replacement_id=instead))

    @precondition(lambda self: self.kept.away)
    @rule(at=NTH)
    def is_back(self, at: int) -> None:
        self.does(nth(sorted(self.kept.away), at), EndAbsence())

    def _grants(self) -> list[RoleGrant]:
        return [grant for found in self.kept.roles.values() for grant in found if grant.role is Role.CIVIL_SERVANT]
