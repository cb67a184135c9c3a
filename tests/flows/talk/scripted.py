"""For every conversation answers that bring it to its end, and others to change them into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows import features
from flows.talk import incoming
from flows.talk.ask import Asking
from flows.talk.replay import Conversation, find
from tests.flows.talk.play import Play, Step, press

features.load()

Steps = Step | Sequence[Step]
"""What answers one question; a list to tick takes several."""


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """One way through a conversation."""

    name: str
    answers: Mapping[str, Steps]
    """By question."""
    others: Mapping[str, Steps] = field(default_factory=dict)
    """Other answers, for those that the review can change."""
    anew: Mapping[str, Mapping[str, Steps]] = field(default_factory=dict)
    """By what is changed to its other answer: what is asked anew with it, where the old answer no longer fits."""
    given: Mapping[str, Any] = field(default_factory=dict)
    drafts: Mapping[str, Any] = field(default_factory=dict)
    looked_up: Mapping[str, Any] = field(default_factory=dict)
    way: str = ""
    """Which way, where there are several."""

    def __str__(self) -> str:
        return f"{self.name}-{self.way}" if self.way else self.name

    @property
    def talk(self) -> Conversation:
        """The conversation itself."""
        talk = find(self.name)
        assert talk is not None, f"there is no conversation {self.name!r} any more; take its script out"
        return talk

    def begin(self, language: str = "nl") -> Play:
        """Play it from the first question."""
        return Play(self.talk, given=self.given, drafts=self.drafts, looked_up=self.looked_up, language=language)

    async def answer(self, playing: Play, asking: Asking, *, changed: str | None = None) -> None:
        """Answer the question on the screen."""
        for step in self.steps(asking.name, changed=changed):
            await playing.give(step)
        assert asking.name in playing.answers, f"{asking.name!r} doesn't take its answer:\n{playing.script[-1]}"

    def steps(self, question: str, *, other: bool = False, changed: str | None = None) -> Iterator[Step]:
        """What answers `question`, `other` than before or once that was `changed`; the review is confirmed."""
        known = {"review": press("confirm"), **self.answers, **(self.others if other else {})}
        known |= self.anew.get(changed or "", {})
        assert question in known, f"say what {self.name} gets for an answer to {question!r}"
        steps = known[question]
        yield from steps if isinstance(steps, list) else [steps]  # type: ignore[misc]

    async def until(self, playing: Play, question: str | None, *, changed: str | None = None) -> None:
        """Answer until `question` is on the screen; None: to the end."""
        while isinstance(asking := playing.outcome(), Asking) and asking.name != question:
            await self.answer(playing, asking, changed=changed)


QUESTION = {"question": 5}
INITIATIVE = {"initiative": 3}
TRIED = {
    "example": "Wanneer wordt de glasbak geleegd?",
    "theme": "♻️ Afval en een schone buurt",
    "district": "Molenwijk",
    "before": "Team Buitenruimte",
    "after": "Team Toezicht",
    "moves": 2,
}
WHICH_QUESTION = {"reference": "V2026-0005", "asker": "Sanne", "asked": "Hoe vraag ik een paspoort aan?"}
READERS = {"nobody": "Niemand, stuur meteen", "anybody": "👥 Iemand van mijn team", "7": "Anna"}
WHICH_INITIATIVE = {"title": "Groene gevels", "initiators": ["Sanne"]}
WANTED = {"title": "Groene gevels", "weeks": 8, "by": "de raad", "documents": ["Een plan", "Een begroting"]}
LESSON = {"subject": "Groene gevels", "worked": "Samen", "did_not": "", "tip": "Vraag de school", "left_out": False}
ADVISED = {
    "route": "just_do_it",
    "why": "initiative.route.why.nothing",
    "others": ["resident_initiative", "right_to_challenge"],
    "not_alone": False,
}
ADVISED_MONEY = {
    "route": "resident_initiative",
    "why": "initiative.route.why.money",
    "others": ["just_do_it", "right_to_challenge"],
    "not_alone": False,
}
ALIKE = [
    {
        "id": 7,
        "reference": "I-2026-0007",
        "title": "Bankjes voor iedereen in Molenwijk",
        "district": "WK999904",
        "theme": "samen",
        "status": "under_way",
        "first_step": "Hout vragen",
    },
    {
        "id": 8,
        "reference": "I-2026-0008",
        "title": "Een picknicktafel",
        "district": None,
        "theme": "samen",
        "status": "done",
        "first_step": "Een tekening maken",
    },
]
SEVERAL = [*ALIKE, {**ALIKE[0], "id": 9, "reference": "I-2026-0009", "title": "Een bankje bij de molen"}]
TIPS = [{"municipality": "Elzermeer", "subject": "Soep op straat", "tip": "Begin met drie buren."}]
AGREEMENT = {"initiative": 3, "agreement": 4}
WHICH_AGREEMENT = {"title": "Groene gevels", "agreement": "Een kraan maken"}
FRAME = {
    "title": "Groene gevels",
    "version": 0,
    **dict.fromkeys(("fixed", "yours", "together", "say", "budget", "deadline")),
}
PARTNER = {**INITIATIVE, "team": "sociaal-werk"}
CONSENT = {
    "title": "Groene gevels",
    "name": "Sanne",
    "partner": "Sociaal werk",
    "there": ["idea", "first_name", "first_step", "needs", "photo", "steps"],
}
PHOTO = incoming.Photo(photo="photo-1")
ARTICLES = [
    {
        "id": number,
        "question": question,
        "answer": "Op het plein.",
        "checked_on": "2026-11-03",
        "source": None,
        "sure": True,
    }
    for number, question in ((3, "Waar is de glasbak?"), (5, "Waar laat ik glas?"))
]
NOT_UNDERSTOOD: dict[str, Any] = {"theme": None, "likely": []}
STEP = {"initiative": 3, "step": 6}
WHICH_STEP = {"title": "Groene gevels", "step": "Een briefje maken"}

SCRIPTED = (
    Scripted(name="welcome", answers={"district": press("WK999904")}),
    Scripted(name="welcome", way="skipped", answers={"district": press("skip")}),
    Scripted(name="settings.district", answers={"district": "Molenwijk"}),
    Scripted(name="settings.name", answers={"name": "Jan van het wijkteam"}),
    Scripted(
        name="team.invite",
        looked_up={"partners": True},
        answers={"role": press("civil_servant"), "team": press("klantcontact")},
    ),
    Scripted(
        name="team.invite",
        way="partner",
        looked_up={"partners": True},
        answers={"role": press("partner"), "team": press("sociaal-werk")},
    ),
    Scripted(
        name="team.invite", way="coordinator", looked_up={"partners": False}, answers={"role": press("coordinator")}
    ),
    Scripted(
        name="team.by_email",
        looked_up={"partners": True},
        answers={
            "email": "Anna@Elzermeer.example",
            "name": "Anna",
            "role": press("civil_servant"),
            "team": press("klantcontact"),
        },
        others={
            "email": "anna@sociaal-werk.example",
            "name": "Anna de Boer",
            "role": press("partner"),
            "team": press("buitenruimte"),
        },
        anew={"role": {"team": press("sociaal-werk")}},
    ),
    Scripted(
        name="team.by_email",
        way="without-partners",
        looked_up={"partners": False},
        answers={
            "email": "anna@elzermeer.example",
            "name": "Anna",
            "role": press("civil_servant"),
            "team": press("klantcontact"),
        },
    ),
    Scripted(
        name="team.withdraw",
        looked_up={"open": {"1": "coördinator, tot en met 1 december", "2": "coördinator, tot en met 2 december"}},
        answers={"which": press("1")},
        others={"which": press("2")},
    ),
    Scripted(
        name="team.remove",
        looked_up={"teams": {"klantcontact": "Balie", "toezicht": "Toezicht"}, "members": {"1": "Jan", "2": "Piet"}},
        answers={"team": press("klantcontact"), "who": press("1")},
        others={"team": press("toezicht"), "who": press("2")},
    ),
    Scripted(name="role.end", given={"grant": 1}, answers={"sure": press("yes")}),
    Scripted(name="role.end", way="no", given={"grant": 1}, answers={"sure": press("no")}),
    Scripted(
        name="initiative.start",
        looked_up={"home": None, "alike": [], "advised": ADVISED, "learned": []},
        answers={
            "idea": "Ik wil met de buren een geveltuin maken.",
            "helpers": [press("neighbours"), press("done")],
            "district": press("WK999903"),
            "theme": press("groen"),
            "asks": press("nothing"),
            "what": "Een plek op het plein",
            "route": press("just_do_it"),
            "first_step": "De buren vragen",
        },
        others={
            "idea": "Wij gaan samen zwerfvuil opruimen.",
            "title": "Schone straat",
            "helpers": [press("school"), press("done")],
            "district": press("skip"),
            "theme": press("afval"),
            "asks": press("place"),
            "route": [press("others"), press("resident_initiative")],
            "first_step": "Prikkers lenen",
            "photo": PHOTO,
        },
    ),
    Scripted(
        name="initiative.start",
        way="at-home",
        looked_up={"home": "WK999904", "alike": ALIKE, "advised": ADVISED_MONEY, "learned": TIPS},
        answers={
            "idea": "We willen een bankje voor de buurt timmeren.",
            "helpers": [press("alone"), press("business"), press("done")],
            "district": press("WK999901"),
            "theme": press("samen"),
            "alike_choice": press("mine"),
            "asks": press("money"),
            "what": "Hout en verf",
            "amount": "€ 150",
            "route": press("resident_initiative"),
            "first_step": "Een tekening maken",
        },
        others={
            "idea": "We willen een tafel voor de buurt timmeren.",
            "title": "Een tafel",
            "helpers": [press("friends"), press("done")],
            "district": press("WK999902"),
            "theme": press("wonen"),
            "asks": press("nothing"),
            "what": "Hout, verf en schroeven",
            "amount": press("skip"),
            "route": [press("others"), press("just_do_it")],
            "first_step": "Hout zoeken",
            "photo": PHOTO,
        },
    ),
    Scripted(
        name="initiative.start",
        way="report",
        looked_up={
            "home": "WK999904",
            "alike": [],
            "advised": {**ADVISED, "route": "report", "why": "initiative.route.why.report"},
        },
        answers={
            "idea": "De lantaarn voor ons huis is stuk.",
            "helpers": [press("alone"), press("done")],
            "theme": press("verkeer"),
            "asks": press("report"),
            "route": press("report"),
        },
    ),
    Scripted(
        name="initiative.start",
        way="helped",
        looked_up={"home": "WK999904", "alike": SEVERAL},
        answers={
            "idea": "We willen een bankje voor de buurt timmeren.",
            "helpers": [press("neighbours"), press("done")],
            "theme": press("samen"),
            "alike_choice": [press("look-7"), press("all"), press("look-9"), press("help-9")],
        },
    ),
    Scripted(
        name="initiative.start",
        way="joined",
        looked_up={"home": "WK999904", "alike": ALIKE},
        answers={
            "idea": "We willen een bankje voor de buurt timmeren.",
            "helpers": [press("neighbours"), press("done")],
            "theme": press("samen"),
            "alike_choice": press("7"),
        },
    ),
    Scripted(
        name="initiative.write",
        given=INITIATIVE,
        looked_up={"whom": WHICH_INITIATIVE},
        answers={"text": "Dag! Wat leuk. Ik bel je maandag."},
        others={"text": "Dag! Ik bel je dinsdag."},
    ),
    Scripted(
        name="initiative.reply",
        given=INITIATIVE,
        looked_up={"whom": WHICH_INITIATIVE},
        answers={"text": "Dank je wel!"},
    ),
    Scripted(
        name="lifecycle.finish",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="lifecycle.finish",
        way="no",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"sure": press("no")},
    ),
    Scripted(
        name="lifecycle.stop",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"reason": "We zijn verhuisd."},
        others={"reason": "Niemand heeft nog tijd."},
    ),
    Scripted(
        name="lifecycle.merge",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels", "other": "Bloemen"},
        answers={"into": "I-2026-0012", "reason": "Het is hetzelfde plan."},
        others={"into": "I-2026-0013", "reason": "Samen kan het beter."},
    ),
    Scripted(
        name="lifecycle.merge",
        way="unknown",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels", "other": ""},
        answers={"into": "I-2026-9999"},
    ),
    Scripted(
        name="lifecycle.take_on",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"reason": "Het hoort bij ons werk."},
        others={"reason": "Dan blijft het bestaan."},
    ),
    Scripted(name="decision.ask", given=INITIATIVE, looked_up={"wanted": WANTED}, answers={"complete": press("yes")}),
    Scripted(
        name="decision.ask",
        way="no",
        given=INITIATIVE,
        looked_up={"wanted": WANTED},
        answers={"complete": press("no")},
    ),
    Scripted(
        name="decision.decide",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={
            "outcome": press("partly"),
            "reasons": "Er is geld voor de helft.",
            "possible": "Begin met drie gevels, wij geven de aarde.",
        },
        others={
            "outcome": press("granted"),
            "reasons": "Het past in het plan.",
            "possible": "Begin in april, wij halen de tegels.",
        },
    ),
    Scripted(
        name="lesson.share",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels", "card": LESSON},
        answers={"worked": "Samen beginnen", "did_not": "De regen", "tip": "Vraag de school"},
        others={"worked": "Klein beginnen", "did_not": press("skip"), "tip": "Begin in het voorjaar"},
    ),
    Scripted(
        name="lesson.share",
        way="skipped",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"worked": press("skip"), "did_not": press("skip"), "tip": press("skip")},
    ),
    Scripted(
        name="frame.write",
        given=INITIATIVE,
        looked_up={"now": FRAME},
        answers={
            "fixed": "De boom blijft staan.",
            "yours": "Welke planten er komen.",
            "together": "Waar de bank komt.",
            "say": press("co_decide"),
            "budget": "€ 1.500,-",
            "deadline": press("skip"),
        },
        others={
            "fixed": "De stoep blijft vrij.",
            "yours": "Wie er water geeft.",
            "together": "Waar de kraan komt.",
            "say": press("advise"),
            "budget": press("skip"),
            "deadline": "1 juni 2027",
        },
    ),
    Scripted(
        name="frame.write",
        way="changed",
        given=INITIATIVE,
        looked_up={
            "now": {
                "title": "Groene gevels",
                "version": 1,
                "fixed": "De boom blijft staan.",
                "yours": "Welke planten er komen.",
                "together": "Waar de bank komt.",
                "say": "co_decide",
                "budget": "",
                "deadline": "2027-05-01",
            }
        },
        answers={"reason": "Er is geld bij gekomen."},
        others={
            "reason": "De stoep wordt breder.",
            "fixed": "De stoep blijft vrij.",
            "yours": "Wie er water geeft.",
            "together": "Waar de kraan komt.",
            "say": press("inform"),
            "budget": "250",
            "deadline": press("skip"),
        },
    ),
    Scripted(
        name="frame.ask", given=INITIATIVE, looked_up={"title": "Groene gevels"}, answers={"text": "Mag het hek weg?"}
    ),
    Scripted(
        name="agreement.propose",
        given=INITIATIVE,
        looked_up={"title": "Groene gevels"},
        answers={"what": "Een kraan maken", "side": press("municipality"), "by": press("tomorrow")},
        others={"what": "De bakken schilderen", "side": press("residents"), "by": "1 december"},
    ),
    Scripted(
        name="agreement.refuse",
        given=AGREEMENT,
        looked_up={"which": WHICH_AGREEMENT},
        answers={"reason": "Dat mag daar niet."},
    ),
    Scripted(
        name="agreement.move",
        given=AGREEMENT,
        looked_up={"which": WHICH_AGREEMENT},
        answers={"by": "10 december", "reason": "De kraan is laat."},
        others={"by": "12 december", "reason": "Het vriest."},
    ),
    Scripted(
        name="agreement.broken",
        given=AGREEMENT,
        looked_up={"which": WHICH_AGREEMENT},
        answers={"reason": "Er is nog niets te zien."},
        others={"reason": "De kraan doet het niet."},
    ),
    Scripted(
        name="step.plan",
        given=INITIATIVE,
        looked_up={"which": {"title": "Groene gevels", "step": ""}},
        answers={"text": "Een briefje maken", "by": press("week"), "doer": press("me")},
    ),
    Scripted(
        name="step.finish",
        given=STEP,
        looked_up={"which": WHICH_STEP},
        answers={"story": "Iedereen was blij.", "photo": PHOTO, "seeing": press("everybody")},
    ),
    Scripted(
        name="step.finish",
        way="no-photo",
        given=STEP,
        looked_up={"which": WHICH_STEP},
        answers={"story": "Iedereen was blij.", "photo": press("skip")},
    ),
    Scripted(
        name="step.move",
        given=STEP,
        looked_up={"which": WHICH_STEP},
        answers={"by": "24 december"},
    ),
    Scripted(
        name="stuck.tell",
        given=INITIATIVE,
        looked_up={"which": {"title": "Groene gevels", "step": ""}},
        answers={"text": "Er is geen water op het plein."},
    ),
    Scripted(
        name="helping.offer",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels", "name": "Sanne"}},
        answers={
            "offers": [press("hands"), press("tools"), press("done")],
            "text": "Op zaterdag kan ik.",
            "show_name": press("no"),
        },
        others={"offers": [press("space"), press("done")], "text": press("skip"), "show_name": press("yes")},
    ),
    Scripted(
        name="helping.stop",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels", "name": "Sanne"}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="inviting.accept",
        given={"code": "iAbCd"},
        looked_up={"what": {"title": "Groene gevels", "name": "Sanne"}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="initiative.paper",
        looked_up={"advised": ADVISED_MONEY, "learned": TIPS},
        answers={
            "first_name": "Ali",
            "consent": press("yes"),
            "idea": "Een bankje voor de buurt timmeren.",
            "helpers": [press("neighbours"), press("done")],
            "district": press("WK999901"),
            "theme": press("samen"),
            "asks": press("money"),
            "what": "Hout en verf",
            "amount": "€ 150",
            "route": press("resident_initiative"),
            "first_step": "Een tekening maken",
        },
        others={
            "first_name": "Aïsha",
            "idea": "Een tafel voor de buurt timmeren.",
            "title": "Een tafel",
            "helpers": [press("friends"), press("done")],
            "district": press("skip"),
            "theme": press("wonen"),
            "asks": press("nothing"),
            "what": "Hout, verf en schroeven",
            "amount": press("skip"),
            "route": [press("others"), press("just_do_it")],
            "first_step": "Hout zoeken",
            "photo": PHOTO,
        },
    ),
    Scripted(
        name="initiative.paper",
        way="no-consent",
        answers={"first_name": "Ali", "consent": press("no")},
    ),
    Scripted(
        name="initiative.claim",
        given={"code": "ABCDEFGHJKLM"},
        looked_up={"what": {"title": "Een bankje", "name": "Ali", "guide_title": "gebiedsmakelaar"}},
        answers={"mine": press("yes")},
    ),
    Scripted(
        name="article.write",
        looked_up={
            "begun": {
                "question": None,
                "answer": None,
                "theme": None,
                "teams": {"buitenruimte": "Team Buitenruimte", "toezicht": "Team Toezicht"},
                "team": "buitenruimte",
            }
        },
        answers={
            "question": "Wanneer komt de vuilniswagen?",
            "answer": "Elke week op dinsdag.",
            "theme": press("skip"),
        },
        others={
            "question": "Wanneer halen jullie het afval op?",
            "answer": "Elke week op maandag.",
            "theme": press("afval"),
            "team": press("toezicht"),
            "months": press("year"),
        },
    ),
    Scripted(
        name="article.change",
        given={"article": 1},
        looked_up={"was": {"question": "Wanneer komt de wagen?", "answer": "Op dinsdag.", "theme": None}},
        answers={"theme": press("skip")},
        others={
            "question": "Wanneer halen jullie het afval op?",
            "answer": "Elke week op maandag.",
            "theme": press("afval"),
        },
    ),
    Scripted(
        name="article.retire",
        given={"article": 1},
        looked_up={"was": {"question": "Wanneer komt de wagen?", "answer": "Op dinsdag.", "theme": None}},
        answers={"sure": press("yes")},
    ),
    Scripted(name="article.look", answers={"words": "vuilniswagen"}),
    Scripted(
        name="moment.plan",
        looked_up={"zone": "Europe/Amsterdam"},
        answers={
            "title": "Koffie op het plein",
            "place": "Voor de bibliotheek",
            "day": press("tomorrow"),
            "time": press("1400"),
            "district": press("WK999903"),
        },
        others={
            "title": "Soep op het plein",
            "place": "Achter de bibliotheek",
            "day": "24 december",
            "time": "14.30 uur",
            "district": press("skip"),
        },
    ),
    Scripted(
        name="moment.cancel",
        given={"moment": 3},
        looked_up={"what": {"title": "Koffie op het plein", "guests": 2}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="passing_on.to_initiators",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels"}},
        answers={"text": "Zaterdag om tien uur?"},
    ),
    Scripted(
        name="passing_on.to_helper",
        given={**INITIATIVE, "helper": 4},
        looked_up={"whom": {"title": "Groene gevels", "who": "helper 2"}},
        answers={"text": "Zaterdag om tien uur!"},
    ),
    Scripted(
        name="passing_on.to_many",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels"}, "count": 12},
        answers={"hearing": press("helpers"), "text": "Zaterdag planten we. Kom je ook?"},
        others={"hearing": press("followers"), "text": "Zondag planten we."},
    ),
    Scripted(
        name="handing_over.hand",
        given=INITIATIVE,
        looked_up={"people": {"4": "helper 1", "5": "helper 2"}},
        answers={"who": press("4")},
        others={"who": press("5")},
    ),
    Scripted(
        name="handing_over.take",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels", "name": "Sanne"}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="handing_over.leave",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels", "alone": True}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="supporting.paper",
        given=INITIATIVE,
        looked_up={"known": {"title": "Groene gevels", "paper": 0}},
        answers={"count": "24"},
    ),
    Scripted(name="finding.by_words", answers={"words": "geveltuin"}),
    Scripted(
        name="initiative.public",
        given=INITIATIVE,
        drafts={"parts": ["steps"]},
        answers={"parts": [press("idea"), press("-steps"), press("done")]},
    ),
    Scripted(name="initiative.public", way="nothing", given=INITIATIVE, answers={"parts": press("done")}),
    Scripted(
        name="moderation.report",
        given=INITIATIVE,
        looked_up={"which": {"title": "Groene gevels"}},
        answers={"text": "Er staat een telefoonnummer in."},
    ),
    Scripted(
        name="moderation.hide",
        given={**INITIATIVE, "report": 0},
        looked_up={"which": {"title": "Groene gevels"}},
        answers={"reason": "Haal het telefoonnummer weg."},
        others={"reason": "Haal het adres weg."},
    ),
    Scripted(
        name="moderation.keep",
        given={**INITIATIVE, "report": 5},
        looked_up={"which": {"title": "Groene gevels"}},
        answers={"reason": "Het is het nummer van de vereniging."},
    ),
    Scripted(
        name="moderation.appeal",
        given=INITIATIVE,
        looked_up={"which": {"title": "Groene gevels"}},
        answers={"text": "Het nummer is weg."},
    ),
    Scripted(
        name="moderation.decide",
        given={**INITIATIVE, "report": 5, "granted": 1},
        looked_up={"which": {"title": "Groene gevels"}},
        answers={"reason": "Het is netjes aangepast."},
    ),
    Scripted(
        name="absence.set",
        looked_up={"colleagues": {"7": "Piet", "8": "Kim"}},
        answers={"until": "3 december", "replacement": press("7")},
        others={"until": press("tomorrow"), "replacement": press("skip")},
    ),
    Scripted(
        name="absence.set_for",
        looked_up={"workers": {"5": "Jan", "6": "Sam"}, "colleagues": {"7": "Piet", "8": "Kim"}},
        answers={"who": press("5"), "until": "3 december", "replacement": press("7")},
        others={"who": press("6"), "until": press("tomorrow"), "replacement": press("skip")},
    ),
    Scripted(name="absence.end_for", looked_up={"absent": {"5": "Jan (🏖 tot morgen)"}}, answers={"who": press("5")}),
    Scripted(
        name="guiding.take",
        given=INITIATIVE,
        looked_up={"what": {"title": "Groene gevels", "guide": "Jan"}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="partners.propose",
        given=INITIATIVE,
        looked_up={"partners": {"sociaal-werk": "Sociaal werk", "wijkagenten": "Wijkagenten"}},
        answers={"partner": press("sociaal-werk")},
    ),
    Scripted(
        name="partners.consent",
        given=PARTNER,
        looked_up={"about": CONSENT},
        answers={"shared": [press("idea"), press("photo"), press("done")]},
        others={"shared": [press("first_step"), press("needs"), press("done")]},
    ),
    *(
        Scripted(
            name=f"partners.{name}",
            given=PARTNER,
            looked_up={"which": {"title": "Groene gevels", "partner": "Sociaal werk"}},
            answers={question: "Op donderdag is er een zaal."},
        )
        for name, question in (("join", "remark"), ("decline", "remark"), ("say", "text"), ("write", "text"))
    ),
    Scripted(
        name="question.ask",
        looked_up={"home": None, "guess": NOT_UNDERSTOOD, "place": None, "articles": [], "shown": []},
        answers={
            "words": ["Hoe vraag ik een paspoort aan?", press("done")],
            "theme": press("loket"),
            "district": press("skip"),
        },
        others={
            "words": [incoming.Voice(voice="voice-1", caption="luister"), "En snel graag", press("done")],
            "theme": press("skip"),
            "district": press("WK999901"),
        },
    ),
    Scripted(
        name="question.ask",
        way="offered",
        given={"offered": True},
        drafts={"words": [{"text": "De lantaarn is stuk."}]},
        looked_up={
            "home": "WK999904",
            "guess": {"theme": "verkeer", "likely": []},
            "place": None,
            "articles": [],
            "shown": [],
        },
        answers={"words": press("done")},
        others={"words": [PHOTO, press("done")], "theme": press("skip"), "district": press("WK999901")},
    ),
    Scripted(
        name="question.ask",
        way="unclear",
        looked_up={
            "home": None,
            "guess": {"theme": None, "likely": ["groen", "veilig"]},
            "place": "WK999904",
            "articles": [],
            "shown": [],
        },
        answers={"words": ["Er zit een nest in de boom", press("done")], "theme": [press("!other"), press("samen")]},
        others={
            "words": ["Er zit een groot nest in de boom", press("done")],
            "theme": press("veilig"),
            "district": press("WK999901"),
        },
    ),
    Scripted(
        name="question.ask",
        way="article",
        looked_up={"articles": ARTICLES, "shown": [3, 5]},
        answers={"words": ["Waar is de glasbak?", press("done")], "helped": [press("look-5"), press("helps-5")]},
    ),
    Scripted(
        name="question.ask",
        way="no-article",
        looked_up={"home": None, "guess": NOT_UNDERSTOOD, "place": None, "articles": ARTICLES, "shown": [3, 5]},
        answers={
            "words": ["Waar is de glasbak?", press("done")],
            "helped": press("person"),
            "theme": press("afval"),
            "district": press("skip"),
        },
    ),
    Scripted(
        name="question.ask",
        way="belongs",
        given={"offered": True, "mine": [{"id": 5, "reference": "V-2026-0005", "asked": "Wanneer komt de bus?"}]},
        drafts={"words": [{"text": "Hij komt maar niet."}]},
        answers={"words": press("q5")},
    ),
    Scripted(
        name="question.ask_on",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "wanted": ""},
        answers={"words": [incoming.Location(latitude=52.78, longitude=5.42), press("done")]},
    ),
    Scripted(
        name="question.ask_on",
        way="asked-back",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "wanted": "Wanneer verloopt je paspoort?"},
        answers={"words": ["In mei", press("done")]},
    ),
    Scripted(
        name="question.reopen",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION},
        answers={"words": ["Het formulier werkt niet.", "Zie de foto.", PHOTO, press("done")]},
    ),
    Scripted(
        name="question.answer",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "readers": READERS},
        answers={"text": "U kunt een afspraak maken aan de balie."},
        others={"text": "Een afspraak maken kan ook online.", "reader": press("7")},
    ),
    Scripted(
        name="question.answer",
        way="alone",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "readers": {"nobody": "Niemand, stuur meteen"}},
        answers={"text": "U kunt een afspraak maken aan de balie."},
        others={"text": "Een afspraak maken kan ook online."},
    ),
    Scripted(
        name="question.correct",
        given={**QUESTION, "message": 8},
        looked_up={"which": WHICH_QUESTION},
        answers={"text": "De balie is open tot vijf uur."},
        others={"text": "De balie is open tot zes uur."},
    ),
    Scripted(
        name="question.ask_back",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION},
        answers={"text": "Wanneer verloopt je paspoort?"},
        others={"text": "Hoe oud ben je?"},
    ),
    Scripted(
        name="question.new_date",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "left": 0},
        answers={"until": "3 december", "reason": "We wachten op een collega."},
        others={"until": press("tomorrow"), "reason": "We zoeken het nog uit."},
    ),
    *(
        Scripted(name=f"question.{name}", given=QUESTION, looked_up={"which": WHICH_QUESTION}, answers=answers)
        for name, answers in (
            ("return", {"reason": "Dit gaat over een boom."}),
            ("note", {"text": "Sanne belde hier ook over."}),
            ("theme", {"theme": press("afval")}),
            ("snooze", {"until": press("tomorrow")}),
            ("send_back", {"remark": "Zet er de openingstijden bij."}),
        )
    ),
    Scripted(
        name="question.colleague",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "workers": {"7": "Anna · Klantcontact", "9": "Piet · Team Toezicht"}},
        answers={"person": press("9"), "text": "Weet jij wat dit kost?"},
    ),
    Scripted(
        name="question.assign",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "colleagues": {"7": "Anna", "8": "Bram"}},
        answers={"colleague": press("8")},
    ),
    Scripted(
        name="question.split",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION},
        answers={"text": "Wanneer wordt de glasbak geleegd?", "theme": press("afval")},
        others={"text": "Waar is de glasbak?", "theme": press("skip")},
    ),
    Scripted(
        name="question.merge",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION, "open": {"3": "V-2026-0003 · Een pas", "4": "V-2026-0004 · Een bus"}},
        answers={"into": press("3")},
        others={"into": press("4")},
    ),
    Scripted(
        name="question.transfer",
        given={**QUESTION, "from": "klantcontact"},
        looked_up={"which": WHICH_QUESTION, "empty": ["jeugdteam"]},
        answers={"team": press("buitenruimte"), "reason": "Dit gaat over een boom."},
        others={"team": press("toezicht"), "reason": "Dit gaat over een schutting."},
    ),
    Scripted(
        name="question.close",
        given=QUESTION,
        looked_up={"which": WHICH_QUESTION},
        answers={"reason": "Dit is al opgelost."},
        others={"reason": "Dit hadden we al besproken."},
    ),
    Scripted(
        name="rule.add",
        looked_up={"empty": ["jeugdteam"], "tried": TRIED},
        answers={
            "theme": press("afval"),
            "district": press("WK999904"),
            "hours": press("closed"),
            "team": press("toezicht"),
            "example": "Wanneer wordt de glasbak geleegd?",
        },
        others={
            "theme": press("skip"),
            "district": press("skip"),
            "hours": press("always"),
            "team": press("buitenruimte"),
            "example": press("skip"),
        },
    ),
    Scripted(
        name="rule.drop",
        given={"rule": 3},
        looked_up={"effect": {"rule": "Afval · Molenwijk → Team Toezicht", "moves": 2}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="rule.move",
        given={"rule": 3, "up": True},
        looked_up={"effect": {"rule": "Afval · Molenwijk → Team Toezicht", "moves": 2}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="standard.new",
        looked_up={"teams": {"buitenruimte": "Team Buitenruimte", "toezicht": "Team Toezicht"}},
        answers={"team": press("buitenruimte"), "name": "Glasbak vol", "text": "Beste {voornaam}, dank je wel."},
        others={"team": press("toezicht"), "name": "Afval", "text": "Dag {voornaam}, we komen op {datum}."},
    ),
    Scripted(
        name="standard.change",
        given={"answer": 3},
        looked_up={"kept": {"team": "buitenruimte", "name": "Glasbak vol", "text": "Beste {voornaam}"}},
        answers={},
        others={"name": "Glasbak", "text": "Dag {voornaam}, we komen morgen."},
    ),
    Scripted(
        name="standard.drop",
        given={"answer": 3},
        looked_up={"kept": {"team": "buitenruimte", "name": "Glasbak vol", "text": "Beste {voornaam}"}},
        answers={"sure": press("yes")},
    ),
    Scripted(
        name="broadcast.compose",
        looked_up={"count": 12},
        answers={
            "text": "Zaterdag ruimen we samen het park op.",
            "photo": press("skip"),
            "audience": press("all"),
            "district": press("WK999904"),
        },
        others={"text": "Zondag ruimen we op.", "photo": PHOTO, "audience": press("district")},
    ),
    Scripted(
        name="broadcast.compose",
        way="district",
        looked_up={"count": 12},
        answers={
            "text": "Zaterdag ruimen we samen het park op.",
            "photo": press("skip"),
            "audience": press("district"),
            "district": press("WK999904"),
        },
        others={
            "text": "Zondag ruimen we op.",
            "photo": PHOTO,
            "audience": press("all"),
            "district": press("WK999901"),
        },
    ),
    Scripted(
        name="broadcast.compose",
        way="theme",
        looked_up={"count": 12},
        answers={
            "text": "Zaterdag ruimen we samen het park op.",
            "photo": PHOTO,
            "audience": press("theme"),
            "theme": press("groen"),
        },
        others={
            "text": "Zondag ruimen we op.",
            "photo": press("skip"),
            "audience": press("all"),
            "theme": press("afval"),
        },
    ),
)
