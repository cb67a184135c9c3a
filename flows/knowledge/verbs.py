"""Forms of Dutch verbs that the stemmer leaves apart: aangevraagd, and "vraag ik het aan", both of aanvragen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from flows.words.analysis import stem
from flows.words.sound import sound

_PARTICLES = """
aan af bij door in mee na om op over rond samen terug toe uit vast voor weg
"""
PARTICLES = frozenset(_PARTICLES.split())
"""What parts from a verb: "geef het door"."""
SHORTEST = 3
"""Letters of a verb that has a form on t; of shorter words it is another word: ma and mat."""
FAR = 9
"""Words between a verb and its particle, at most."""
A_FORM = 0.8
"""How much another form of the same verb counts."""

_PARTICLE = "|".join(sorted(PARTICLES))
_WEAK = re.compile(rf"^(?P<before>{_PARTICLE})?ge(?P<root>.{{3,}})[dt]$")
_STRONG = re.compile(rf"^(?P<before>{_PARTICLE}|ver|be|ont)?(?:ge)?(?P<root>.{{3,}})$")
_LONG_VOWEL = re.compile(r"([aeou])\1")
_FIXED = re.compile(r"^(?P<root>(?:ver|be|ont|her|er|mis|ge).{3,})[dt]$")

_IRREGULAR = """
schreven-schrijven geven-geven gaven-geven nomen-nemen namen-nemen kregen-krijgen vonden-vinden kozen-kiezen
storven-sterven stierven-sterven loren-liezen bracht-brengen brachten-brengen kocht-kopen zocht-zoeken sproken-spreken
stolen-stelen holpen-helpen hielpen-helpen bleven-blijven reden-rijden keken-kijken sloten-sluiten boden-bieden
drogen-driegen wezen-wijzen schonden-schenden leden-lijden dwenen-dwijnen gonnen-ginnen zonden-zenden grepen-grijpen
trokken-trekken bonden-binden dwongen-dwingen wonnen-winnen dacht-denken slagen-slaan worpen-werpen stoken-steken
broken-breken heven-heffen weken-wijken snoven-snuiven schoten-schieten zwegen-zwijgen moeten-moeten bleken-blijken
sleten-slijten streden-strijden zwommen-zwemmen zongen-zingen
"""
"""Participles and past tenses, without ge, and their verbs."""
_VERBS = {stem(form): stem(verb) for form, _, verb in (pair.partition("-") for pair in _IRREGULAR.split())}


class Verbs:
    """The forms of the same verb among known words (stems)."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        known = sorted(known)
        self._known = frozenset(known)
        for word in known:
            self._by_sound[_heard(word)].append(word)
        self._by_root: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            for root in _roots(word):
                self._by_root[_heard(root)].append(word)

    def forms(self, word: str) -> set[str]:
        """The known words that are another form of the same verb as this one, known or not."""
        roots = [_heard(root) for root in _roots(word)]
        found = {one for one in (f"{word}t", word.removesuffix("t")) if one in self._known and len(word) > SHORTEST}
        for root in roots:
            found.update(self._by_sound.get(root, ()))
        for root in (_heard(word), *roots):
            found.update(self._by_root.get(root, ()))
        return found - {word}

    def separated(self, words: Sequence[str], at: int) -> Iterator[str]:
        """The known verbs that the word there makes with a particle after it: "vraag … aan", "uit te schrijven"."""
        one = stem(words[at])
        one = _VERBS.get(one, one)
        behind = words[at + 1 : at + 1 + FAR]
        before = words[max(0, at - 2) : at]
        if "te" in before:
            before, behind = before[: before.index("te")], []
        else:
            before = []
        for particle in (*before, *behind):
            if particle in PARTICLES:
                yield from self._by_sound.get(_heard(particle + one), ())


def _heard(word: str) -> str:
    """How a stem sounds, a long vowel as a short one: geef is of geven."""
    return _LONG_VOWEL.sub(r"\1", sound(word))


def _roots(word: str) -> Iterator[str]:
    if found := _WEAK.match(word):
        yield (found["before"] or "") + found["root"]
    if found := _FIXED.match(word):
        yield found["root"]
    if (found := _STRONG.match(word)) and (verb := _VERBS.get(found["root"])):
        yield (found["before"] or "") + verb
