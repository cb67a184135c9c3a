"""What people see of a question: one card each, that says how it is now, with buttons they may press."""

from __future__ import annotations

from dataclasses import replace

from flows.context import NOWHERE, Context
from flows.permissions import MAY
from flows.questions import verbs
from flows.questions.desk import cards
from flows.questions.desk.delivery import Arrival
from flows.questions.groups import topics
from flows.questions.relations import relations_to
from storage.cards import Card
from storage.questions import Question, QuestionStatus
from tests.flows.questions.machine.kept import Kept

MAKES = {
    "claim": verbs.ClaimQuestion,
    "accept": verbs.ClaimQuestion,
    "return": verbs.ReturnQuestion,
    "answer": verbs.AnswerQuestion,
    "answer_more": verbs.AnswerQuestion,
    "correct": verbs.CorrectAnswer,
    "transfer": verbs.TransferQuestion,
    "release": verbs.ReleaseQuestion,
    "note": verbs.WriteNote,
}
"""What a button under a card does; the others only show something."""


async def check(context: Context, kept: Kept, question: Question, who: str) -> None:
    """Raises AssertionError, with whose card isn't so. At night it waits until the morning."""
    municipality = context.house.municipality
    if municipality.waking(context.now) > context.now:
        return
    # To whom something bounced nothing is shown any more; the housekeeping notices.
    bounced = {one.id for one in kept.people.values() if one.blocked_at is not None}
    live = [card for card in kept.cards[question.id or 0] if card.person_id not in bounced]
    owners = [card.person_id or card.chat_id for card in live]
    assert len(owners) == len(set(owners)), f"{who}: somebody has two cards"
    group = kept.groups.get(question.team_code)
    assert {card.chat_id for card in live if card.person_id is None} <= {group.chat_id if group else 0}, who
    if question.status == QuestionStatus.OPEN:
        people = {one.id for one in await cards.watching(context, question)}
        assert people == {card.person_id for card in live if card.person_id is not None}, f"{who}: who has a card?"
        assert group is None or any(card.person_id is None for card in live), f"{who}: nothing in the group"
    if not live:
        return
    seen = await cards.look_at(context, question)
    for card in live:
        await _is_true(context, kept, seen, card, who)


async def _is_true(context: Context, kept: Kept, seen: cards.Seen, card: Card, who: str) -> None:
    question = seen.question
    rows = kept.sent[card.id or 0]
    if not rows or card.chat_id == NOWHERE:  # seen on the page, or so long ago that we forgot what stands there
        return
    shown = rows[-1].payload
    if card.person_id is None:
        around = await topics.around_in(context, kept.groups[question.team_code])
    else:
        around = context.around_for(kept.people[card.person_id])
        whose = f"{who}, card of {card.person_id}"
        relations = await relations_to(context, kept.people[card.person_id], question)
        for button in (one for row in shown.get("buttons", ()) for one in row):
            word = button.get("data", "").removeprefix("a:q-").split(":")[0]
            assert word not in MAKES or MAY[MAKES[word]] & relations, f"{whose}: a button {word} that isn't theirs"
    # Whether it arrived is looked at later; of long ago nothing is known but what the card says.
    is_known = question.arrives_by is None and seen.delivery is not None
    states = (seen.delivery,) if is_known else (None, *Arrival)
    texts = [cards.card_text(around, replace(seen, delivery=state)) for state in states]
    assert shown["text"] in texts, f"{who}: a card says {shown['text']!r}, and it is {texts[0]!r}"
