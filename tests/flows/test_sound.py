"""What people do at night wakes nobody else: who isn't at their phone finds it in the morning, all of it."""

from datetime import datetime, timedelta

import pytest

from flows import features
from flows.questions.verbs import AnswerQuestion, AskQuestion, ClaimQuestion
from flows.sound import is_silent
from flows.talk.own_words import Words
from flows.verbs import SendBroadcast
from storage.broadcasts import Audience
from storage.database import Database
from storage.groups import TeamGroup
from storage.outbox import OutboxKind, OutboxMessage
from tests.flows.initiatives.table import TEAM, Table, laid
from tests.flows.talk.play import house

features.load()

EVENING, NIGHT, MORNING = (datetime.fromisoformat(f"2026-03-0{at}:00Z") for at in ("2 17:00", "2 22:30", "3 09:00"))
"""Six o'clock in the municipality, half past eleven, and ten."""
ASKS = AskQuestion(words=(Words(text="Waar is de glasbak?"),), theme="afval", district=None)


@pytest.fixture
async def table(database: Database) -> Table:
    return await laid(database, house())


async def rang(table: Table, at: datetime) -> dict[str, bool]:
    """Whose phone got something when this was sent, and whether it rang; a group is nobody's."""
    names = {number: name for name, number in table.people.items()}
    heard: dict[str, bool] = {}
    rows = await table.rows(OutboxMessage)
    async with table.database.transaction() as session:
        for row in rows:
            if row.kind is OutboxKind.SEND and row.created_at == table.now:
                name = names.get(row.person_id, "group")
                heard[name] = heard.get(name, False) or not await is_silent(table.house, session, row, at)
    return heard


async def test_at_night_only_who_is_talking_hears_it(table: Table) -> None:
    table.now = EVENING
    await table.does("Bram", ASKS)
    assert await rang(table, EVENING) == {"Bram": True, "Jan": True, "Piet": True}

    table.now = NIGHT
    await table.does("Sanne", ASKS)
    assert await rang(table, NIGHT) == {"Sanne": True, "Jan": False, "Piet": False}

    for question_id, asker in ((1, "Bram"), (2, "Sanne")):
        table.now += timedelta(minutes=5)
        await table.does("Jan", ClaimQuestion(question_id=question_id))
        await table.does("Jan", AnswerQuestion(question_id=question_id, text="Bij de school."))
        assert await rang(table, table.now) == {asker: asker == "Sanne", "Jan": True}
        assert await rang(table, MORNING) == {asker: True, "Jan": True}  # the bot was away until then

    await table.add(TeamGroup(team_code=TEAM, chat_id=-100))
    await table.add(OutboxMessage(chat_id=-100, created_at=table.now))  # somebody there is answered
    assert (await rang(table, table.now))["group"]
    table.now += timedelta(minutes=1)
    await table.does("Fatima", ASKS)
    assert await rang(table, table.now) == {"Fatima": True, "group": False}

    table.now += timedelta(minutes=1)
    await table.does("Ria", SendBroadcast(text="Morgen is er markt.", photo=None, audience=Audience.ALL))
    heard = await rang(table, table.now)
    assert (heard.pop("Ria"), set(heard.values()), len(heard)) == (True, {False}, 5)
