"""What the municipality is made of: districts (by button, shared location, typed name or postcode), themes, teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.municipality import Team
from flows.talk import incoming
from flows.talk.answers import (
    Acceptance,
    Accepted,
    AnswerType,
    Drafted,
    Given,
    Option,
    OptionRows,
    Refused,
    Surroundings,
    Unfit,
    chosen,
    in_rows,
)


class DistrictAnswer(AnswerType[str]):
    """A district of the municipality; the value is its code. A draft holds the codes found, to choose from."""

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        found = set(draft or ())
        return in_rows(
            [
                Option(key=district.code, label=district.name)
                for district in around.municipality.districts
                if not found or district.code in found
            ],
            2,
        )

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        if (code := chosen(given, self.options(question, around, None))) is not None:
            return Accepted(value=code)
        match given:
            case incoming.Location(latitude=latitude, longitude=longitude):
                district = around.municipality.locate(latitude, longitude)
                return Refused(key="talk.refused.outside") if district is None else Accepted(value=district.code)
            case incoming.Text(text=text):
                found = around.municipality.find_districts(text)
                if not found:
                    return Refused(key="talk.refused.unknown_place")
                if len(found) == 1:
                    return Accepted(value=found[0].code)
                return Drafted(value=[one.code for one in found], why=Refused(key="talk.refused.several_places"))
            case _:
                return Refused(key="talk.refused.place")

    def load(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        district = around.municipality.district(value)
        return district.name if district else str(value)


class ThemeAnswer(AnswerType[str]):
    """A theme of the municipality; the value is its code."""

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return in_rows(
            [
                Option(key=theme.code, label=f"{theme.emoji} {theme.name_in(around.language)}".strip())
                for theme in around.municipality.themes
            ],
            2,
        )

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        code = chosen(given, self.options(question, around, None))
        return Refused(key="talk.refused.choice") if code is None else Accepted(value=code)

    def load(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        theme = around.municipality.theme(value)
        return theme.name_in(around.language) if theme else str(value)


class TeamAnswer(AnswerType[str]):
    """A team of the municipality or of a partner, `but` one; the value is its code.

    The `empty` ones come last and say so.

    `of_partners`: only those of partners, or only the municipality's own; None: all.
    """

    def __init__(self, *, but: str | None = None, empty: Sequence[str] = (), of_partners: bool | None = None) -> None:
        self.but = but
        self.empty = empty
        self.of_partners = of_partners

    def options(self, question: str, around: Surroundings, draft: Any) -> OptionRows:
        return [
            [Option(key=team.code, label=self._label(team, around))]
            for team in sorted(around.municipality.teams, key=lambda team: team.code in self.empty)
            if team.code != self.but and self.of_partners in (None, team.organisation is not None)
        ]

    def _label(self, team: Team, around: Surroundings) -> str:
        return around.plain("talk.shown.empty_team", team=team.name) if team.code in self.empty else team.name

    async def accept(self, given: Given, question: str, around: Surroundings, draft: Any) -> Acceptance:
        code = chosen(given, self.options(question, around, None))
        return Refused(key="talk.refused.choice") if code is None else Accepted(value=code)

    def load(self, value: Any) -> str:
        if not isinstance(value, str) or value == self.but:
            raise Unfit
        return value

    def show(self, value: Any, question: str, around: Surroundings) -> str:
        team = around.municipality.team(value)
        return team.name if team else str(value)
