"""The standard answers of a team: found, and filled in for a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlmodel import col, select

from flows.context import Context
from flows.people.names import first_name_of, name_of
from flows.people.teams import teams_watched
from storage.people import Person
from storage.questions import Question, StandardAnswer

FIELDS = ("voornaam", "referentie", "naam", "team", "datum")
"""What stands between braces in the text: the resident's first name, the question's number, who answers, their team,
and the day of today."""
_FIELD = re.compile(r"\{([^{}\n]*)\}")


def unknown_fields(text: str) -> list[str]:
    """What stands between braces and isn't a field, each once, in order."""
    found = [name for name in _FIELD.findall(text) if name.strip().casefold() not in FIELDS]
    return list(dict.fromkeys(f"{{{name}}}" for name in found))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; what isn't a field stays as it is."""
    return _FIELD.sub(lambda match: values.get(match[1].strip().casefold(), match[0]), text)


async def filled(context: Context, question: Question, answer: StandardAnswer) -> str:
    """What the resident would read, in words of their language where the fields have any."""
    asker = await context.session.get_one(Person, question.asker_id)
    around = context.around_for(asker)
    return fill(
        answer.text,
        {
            "voornaam": first_name_of(asker),
            "referentie": question.reference,
            "naam": name_of(context.me),
            "team": around.team(question.team_code),
            "datum": around.plain("standard.today", day=around.today),
        },
    )


async def offered(context: Context, question: Question) -> list[StandardAnswer]:
    """Those of the question's team, for its answer; by name."""
    return await of_teams(context, [question.team_code])


async def own(context: Context, named: str = "") -> list[StandardAnswer]:
    """Those of the teams that the actor works for or looks after, by name; with `named`, all its words in the name."""
    found = await of_teams(context, sorted(await teams_watched(context, context.me)))
    words = named.casefold().split()
    return [one for one in found if all(word in one.name.casefold() for word in words)]


async def of_teams(context: Context, codes: list[str]) -> list[StandardAnswer]:
    """By name."""
    query = select(StandardAnswer).where(col(StandardAnswer.team_code).in_(codes))
    return sorted((await context.session.exec(query)).all(), key=lambda one: (one.name.casefold(), one.id or 0))
