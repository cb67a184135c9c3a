"""What residents do: ask, add, judge; and go."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.stateful import initialize, precondition, rule

from flows.commands import Done
from flows.context import Context
from flows.people.presence import came_back, went_away
from flows.questions import verbs
from flows.questions.asking.guessing import guess_theme
from storage.questions import Helped, ThemeBy
from tests.flows.questions.machine.choices import NTH, nth
from tests.flows.questions.machine.world import ANSWERED, ASKERS, CLOSED, COORDINATOR, EVERYBODY, MOST, World

GUESSED = "?"
"""What it is about is understood from the words."""
MAY_GO = [one for one in EVERYBODY if one != COORDINATOR]
"""Somebody has to be left, as for the last role of a coordinator."""


class Residents(World):
    """Those who ask; one of them works here as well."""

    @initialize(theme=st.sampled_from(("groen", "veilig", None)))
    def first(self, theme: str | None) -> None:
        """Three questions, of which two at least are one team's."""
        self.asks(1, "groen")
        self.asks(2, "groen")
        self.asks(2, theme)

    @precondition(lambda self: len(self.questions) < MOST)
    @rule(who=st.sampled_from(ASKERS), theme=st.sampled_from(("groen", "veilig", "jeugd", None, GUESSED)))
    def asks(self, who: int, theme: str | None) -> None:
        words = self.words()
        if theme == GUESSED:

            async def guess(context: Context) -> str | None:
                return (await guess_theme(context, words))["theme"]

            theme = self.run(guess)
        by = ThemeBy.ASKER if theme else None
        ask = verbs.AskQuestion(words=words, theme=theme, theme_by=by, district=None)
        assert self.succeeds(who, ask)
        self.holds.said.setdefault(who, set()).add(words[0].text)

    @rule(at=NTH)
    def asks_on(self, at: int) -> None:
        number = nth(self.fitting(), at)
        self._says(number, verbs.AskOn(question_id=number, words=self.words()))

    @precondition(lambda self: self.fitting(ANSWERED, CLOSED))
    @rule(at=NTH, helped=st.sampled_from(Helped), says_why=st.booleans())
    def judges(self, at: int, helped: Helped, says_why: bool) -> None:
        number = nth(self.fitting(ANSWERED, CLOSED), at)
        asker = self.questions[number].asker_id
        if helped is Helped.YES:
            self.does(asker, verbs.ThankForAnswer(question_id=number))
            return
        self.does(asker, verbs.RateAnswer(question_id=number, helped=helped))
        if says_why:
            self._says(number, verbs.ReopenQuestion(question_id=number, words=self.words()))

    def _says(self, number: int, command: verbs.AskOn | verbs.ReopenQuestion) -> None:
        asker = self.questions[number].asker_id
        if isinstance(self.does(asker, command), Done):
            self.holds.said[asker].add(command.words[0].text)

    @rule(who=st.sampled_from(MAY_GO), gone=st.booleans())
    def blocks_the_bot(self, who: int, gone: bool) -> None:
        """Or is back; whoever it is."""

        async def do(context: Context) -> None:
            if gone != (context.me.blocked_at is not None) and context.me.telegram_id is not None:
                await (went_away if gone else came_back)(context)

        if who not in self.deleted:
            self.run(do, who)

    @rule(who=st.sampled_from(MAY_GO))
    def deletes_their_account(self, who: int) -> None:
        """Nobody tells us."""
        self.deleted.add(who)
