"""Dutch words that say little of what a text is about."""

_STOP = """
aan achter af al alle allemaal alleen als altijd and andere anders ben beetje bij binnen boven buiten daar daarna
daarom dan dat de deze die dit doe doen door dus echt een eens eigen elk elke elkaar en er even
eerst eerste ga gaan gaat gedaan geen gemaakt geworden geweest gewoon goed goede graag haar had hadden heb hebben
hebt heeft heel hele hem hen het hier hij hoe hun iemand iets ieder iedere iedereen ik in is ja jaar je jij jou
jouw jullie kan kleine klein komen komt krijgen krijgt kun kunnen kunt laten leuk leuke maar maak maakt maand
maken me meedoen meer mee mensen met mij mijn misschien mogen moet moeten na naar nee niet niets nieuw nieuwe nog
nou nu of om omdat ons onze ook op over per plan idee samen te ten ter terug tegen toch toe tot tijd twee drie
tussen uit uw vaak van vanaf vanuit veel vind vinden voor voordat waar waarom wanneer want was waren wat we
weer wel welke werd wie wij wil willen wilt worden wordt week weken zal ze zelf zich zij zijn zo zodat zonder zou
zouden zullen bijvoorbeeld initiatief initiatieven project buurman buurvrouw dag dagen keer moeite plek plekken
ergens overal organiseren organiseer beginnen begin begonnen starten start zorgen regelen houden hou zetten zet
"""
STOP_WORDS = frozenset(_STOP.split())
"""Never looked for. Also what everybody writes who tells of a plan."""

_WEAK = """
buur buren buurt buurten buurtbewoners bewoner bewoners dorp straat straten wijk wijken wijkbewoners inwoners
gemeente stad plein pleintje hoek groen groene mooi mooie mooier gezellig gezellige gezelliger schoon schone
vrijwilligers activiteit activiteiten ontmoeten ontmoeting jong oud groep helpen hulp geld
"""
WEAK_WORDS = frozenset(_WEAK.split())
"""Said of so many plans that two who share only these aren't alike; they do count."""
