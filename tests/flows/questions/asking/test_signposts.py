"""What is plainly an emergency, a report or another authority's is caught; what is for the desk isn't."""

from __future__ import annotations

import pytest

from flows.questions.asking.signposts import Kind, find, signposts, told
from flows.questions.asking.understanding.examples import example_questions, questions_apart
from tests.flows.talk.play import around

CAUGHT = {
    "fire": """
        Er is brand in onze flat
        brand!!
        Help er is brand
        het huis hiernaast staat in brand
        ik zie vlammen uit het dak komen
        er is brand in de keuken en mijn kat is nog binnen
        er is brand in de keuken, we waren aan het koken
        mijn hond en kind zitten in een brandend huis
        het brandt bij de buren
        de schuur brandt
        de auto van de buren staat in de fik
        er is brand en het licht doet het niet meer
        Mijn oma van 83 jaar is boven en er is brand
        There's a fire in my house!
        the house next door is on fire
    """,
    "emergency": """
        112
        er wordt nu ingebroken bij de buren
        Er is een inbreker in mijn tuin
        iemand ligt bewusteloos op de stoep
        mijn man is onwel geworden
        Er is een ongeluk gebeurd met gewonden op de Dijkweg
        Een jongen bedreigt ons met een mes
        mijn vader heeft een hartaanval
        ze zijn aan het vechten op het plein
        er is een kind in het water gevallen
        moet ik 112 bellen?
        somebody is breaking in next door
        My husband is unconscious
    """,
    "gas": """
        Ik ruik gas in de straat
        sterke gaslucht in het trappenhuis
        Bij ons in de keuken ruikt het naar gas
        I smell gas in the hallway
    """,
    "despair": """
        ik wil niet meer leven
        ik wil dood
        Mijn zoon praat over zelfmoord
        ik ben suïcidaal en weet het niet meer
        I want to kill myself
    """,
    "home": """
        mijn man slaat mij
        Ik denk dat het kind hiernaast mishandeld wordt
        Ik heb te maken met huiselijk geweld
        mijn buurman slaat zijn vrouw
        My husband hits me
    """,
    "report": """
        Er ligt een losse tegel voor de school.
        lantaarn kapot in de Kerkstraat
        De straatlamp voor ons huis doet het niet
        de glasbak zit vol
        prullenbak bij het bankje overvol
        gat in de weg bij de brug
        Het verkeersbord op de hoek is omgevallen
        er is een boom omgewaaid over de weg
        De schommel in de speeltuin is stuk
        iemand heeft een matras gedumpt
        de put is verstopt
        bushokje ingeslagen
        Er ligt een fietswrak bij het station.
        het stoplicht bij de rotonde is kapot
    """,
    "benefits": """
        Hoe vraag ik huurtoeslag aan?
        mijn zorgtoeslag is gestopt
        Ik moet kinderopvangtoeslag terugbetalen
        Waarom krijg ik geen toeslag meer?
        mijn toeslag is stopgezet
        Ik heb te veel toeslag gekregen
    """,
    "tax": """
        wanneer moet mijn belastingaangifte binnen zijn
        Ik kan de Belastingdienst niet bereiken
        Waarom betaal ik zoveel wegenbelasting?
    """,
    "uwv": """
        hoe vraag ik een ww uitkering aan
        Ik wacht op een keuring van het UWV
        mijn wajong is verlaagd
    """,
    "duo": """
        Hoe vraag ik studiefinanciering aan?
        vraag over mijn studieschuld
        Ik moet iets doorgeven aan DUO
    """,
    "police": """
        Ik wil aangifte doen
        mijn fiets is gestolen
        er is bij mij ingebroken
    """,
    "doctor": """
        Wat is het nummer van de huisartsenpost?
        mijn kind heeft hoge koorts
    """,
    "water": """
        Hoeveel waterschapsbelasting betaal ik?
        Wie vangt een muskusrat?
    """,
    "province": """
        Wanneer wordt de provinciale weg gemaakt?
    """,
    "ind": """
        mijn verblijfsvergunning verlengen
        Hoe bel ik de IND?
    """,
    "svb": """
        Wanneer krijg ik kinderbijslag?
        hoe moet ik mijn aow aanvragen
    """,
    "cjib": """
        Ik heb een verkeersboete gekregen en wil in bezwaar
        ik ben geflitst op de dijk
    """,
    "rdw": """
        Hoe kan ik mijn auto schorsen?
        apk verlopen wat nu
    """,
    "cbr": """
        waar meld ik me aan voor het theorie-examen
        Hoe krijg ik een gezondheidsverklaring?
    """,
    "outage": """
        De hele wijk zit zonder stroom
        Is er een stroomstoring?
    """,
    "highway": """
        Er liggen spijkers op de snelweg
    """,
}
SENTENCES = [(code, line.strip()) for code, text in CAUGHT.items() for line in text.splitlines() if line.strip()]

FOR_THE_DESK = """
    Wie maakt de lantaarns?
    Kan er een lantaarn bij komen op het paadje?
    Waarom is de glasbak altijd vol?
    brandnetels op de stoep
    Wanneer is de open dag van de brandweer?
    Waar kan ik een oefening doen voor als er brand is?
    Mijn verzekering vraagt iets over de brand in mijn schuur
    De straatlamp brandt bij ons de hele dag, kan dat zuiniger?
    Krijg ik geen toeslag van de gemeente?
    Mag ik een brandtrap bouwen?
    de lantaarn brandt te fel in mijn slaapkamer
    Er was gisteren brand in de schuur, wie ruimt de rommel op?
    Ik heb een gewonde egel gevonden.
    Is er een cursus reanimatie, want mijn buurman had een hartaanval?
    Wanneer gaan wij van het gas af?
    Hoe doe ik aangifte van de geboorte van mijn zoon?
    Mijn paspoort is gestolen
    container gestolen
    Krijg ik energietoeslag?
    Ik betaal teveel gemeentebelasting
    Ik heb AOW en een klein pensioen, is er bijzondere bijstand?
    Mijn WW is gestopt, krijg ik nu bijstand van de gemeente?
    rijbewijs verlengen 75 jaar
    Hoe word ik Nederlander, ik heb een verblijfsvergunning?
    Kenteken van mijn parkeervergunning wijzigen
    Ik wil een duofiets lenen
    Er zijn te weinig huisartsen in ons dorp
    Ik heb een parkeerboete, niet mee eens
    boete van de boa gekregen
    Kan ik kwijtschelding krijgen van waterschapsbelasting?
    Ik heb de kapotte lantaarn al drie keer gemeld en er gebeurt niets
    Wij willen zelf de tegels uit de stoep halen
    hoe kom ik in contact met de wijkagent
    de drukte op straat door de bouw
    Er wordt in onze wijk vaak ingebroken
    Ik voel me onveilig in de wijk
    Hulp bij het invullen van huurtoeslag
    There was a fire in our house last night, who helps me?
    Do I need a permit for a fire in the park?
    Where can I get fire insurance for our house?
    My partner hit my car, who pays?
    Somebody's dog is unconscious
"""


def test_there_are_enough_and_of_every_kind() -> None:
    assert len(SENTENCES) >= 60
    assert {one.code for one in signposts()} == set(CAUGHT)


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_what_is_plain_is_caught(code: str, sentence: str) -> None:
    found = find(sentence)

    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("sentence", [line.strip() for line in FOR_THE_DESK.splitlines() if line.strip()])
def test_what_is_for_the_desk_is_not_sent_away(sentence: str) -> None:
    assert find(sentence) is None


def test_of_the_example_questions_only_reports_thefts_and_violence_at_home_get_a_signpost() -> None:
    found = [signpost.code for one in (*example_questions(), *questions_apart()) if (signpost := find(one.question))]

    assert set(found) <= {"report", "police", "home"}
    assert len(found) <= 40, "who isn't sent away is helped by a person"
    assert found.count("police") + found.count("home") <= 5


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_says_a_number_or_an_address_and_where_that_comes_from(language: str) -> None:
    for one in signposts():
        text = told(one, around(language))
        if one.kind is Kind.REPORT:
            assert "https://www.elzermeer.example/melden" in text
            continue
        assert one.source is not None
        assert one.source.startswith("https://")
        assert one.phone is not None or one.site is not None
        assert one.phone is None or one.phone in text
        if one.kind is Kind.OTHER:
            assert one.site is not None
            assert one.site in text


def test_very_long_texts_take_no_time() -> None:
    assert find("de lantaarn " * 4_000) is None
