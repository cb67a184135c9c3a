"""What somebody types, and the initiative they mean: with plurals, small words and compounds, as Dutch has them."""

from __future__ import annotations

from dataclasses import dataclass

from storage.initiatives import Initiative
from tests.flows.initiatives.believable import NOW


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A query and what it must find."""

    query: str
    title: str
    first_step: str
    idea: str = ""

    def initiative(self, number: int) -> Initiative:
        """What it must find, not yet in a database."""
        return Initiative(
            reference=f"I-2026-{number:04}",
            title=self.title,
            idea=self.idea or self.title,
            helpers=["neighbours"],
            first_step=self.first_step,
            team_code="gebied-stad",
            respond_by=NOW,
        )


def _pair(query: str, title: str, first_step: str) -> Pair:
    return Pair(query=query, title=title, first_step=first_step)


PAIRS = (
    _pair("gevel tuin", "Geveltuintjes in de Lindestraat", "Buren aan de zonkant vragen"),
    _pair("geveltuinen", "Groen langs de gevel: een kleine tuin bij elke voordeur", "Een tegel lichten"),
    _pair("barbecue", "Buurtbarbecue op het hofje", "Een vuurkorf lenen"),
    _pair("buurtbarbecues", "Samen aan de barbecue", "De slager om de hoek bellen"),
    _pair("boekenkast", "Boekenkastjes aan de heg", "Planken zagen"),
    _pair("ruilkast voor boeken", "Boekenruilkast bij de bakker", "De bakker vragen"),
    _pair("fietsles", "Fietslessen voor moeders", "Een leenfiets zoeken"),
    _pair("taallessen", "Taalles aan de keukentafel", "Een vrijwilliger spreken"),
    _pair("vogelhuisje", "Vogelhuisjes timmeren", "Hout halen"),
    _pair("bijenhotel", "Hotels voor bijen langs de vaart", "Bamboe zagen"),
    _pair("hotel voor insecten", "Insectenhotel naast de sluis", "Een paal vinden"),
    _pair("banken", "Een ommetje met elke honderd meter een bankje", "De route lopen"),
    _pair("schaakborden", "Een schaakbord op het terras", "Stukken schilderen"),
    _pair("regenton", "Regentonnen, met elkaar gekocht", "Een prijs vragen"),
    _pair("kapotte fietsen repareren", "Reparatie van fietsen onder de luifel", "Een pomp neerzetten"),
    _pair("eettafel", "Eettafels voor oudere buren", "Een menu bedenken"),
    _pair("soep", "De soepbus rijdt op woensdag", "Een ketel lenen"),
    _pair("wandelgroepen", "Wandelen met een groep langs de Linge", "Een kaart uitprinten"),
    _pair("geit", "De geiten van het Noordereiland", "Stro kopen"),
    _pair("zonnepaneel", "Zonnepanelen op de flat", "Daken bekijken"),
    _pair("deelauto", "Auto's delen in de hof", "Vragen wie een auto weg wil doen"),
    _pair("muurschilderingen", "Een schildering op de blinde muur", "Een schets maken"),
    _pair("lampion", "Optocht met lampionnen", "Stokjes verzamelen"),
    _pair("straatfeesten", "Straatfeestje bij de Rozenhof", "Slingers ophangen"),
    _pair("kleding ruilen", "Kledingruil in de aula", "Kledingrekken lenen"),
    _pair("bibliotheek met speelgoed", "Speelgoedbibliotheek", "Dozen uitzoeken"),
    _pair("boulesbaan", "Jeu de boules tussen de platanen", "Gravel laten storten"),
    _pair("zakjes hondenpoep", "Hondenpoepzakjes aan elke paal", "Een houder kopen"),
    _pair("watertappunt", "Een tap voor drinkwater, watertappunten dus", "Vitens bellen"),
    _pair("ijsbaan", "IJsbanen op de ondergelopen weilanden", "De boer vragen"),
    _pair("mantelzorgers", "Koffie voor de mantelzorger", "Een thermoskan vullen"),
    _pair("naaimachine", "Naaimachines delen", "Stoffen verzamelen"),
    _pair("boom planten", "Bomen voor het schapenveld", "Een spa in de grond"),
    _pair("kookworkshops", "Workshop koken zonder zout", "Groente snijden"),
)
"""More than thirty."""
assert len({pair.title for pair in PAIRS}) == len(PAIRS) >= 30
