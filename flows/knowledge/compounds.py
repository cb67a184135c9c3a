"""Dutch compounds, taken apart by the words that are known: huurtoeslag where huur and toeslag are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from flows.words.analysis import stem

LONG = 7
"""Letters from which on a word may be a compound."""
PART = 3
"""Letters of the shortest part; of the two, one has more."""
FRONT = 0.4
"""How much a compound counts for who looks for its first part: a paspoortnummer isn't a paspoort."""
BACK = 0.4
"""How much, for its last part: a geboorteakte is an akte."""
OF_IT = 0.45
"""How much a part counts for who looks for the whole."""


class Compounds:
    """The compounds among known words (stems), and their parts."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = {word for word in known if len(word) >= PART and word.isalpha()}
        self.parts: dict[str, tuple[str, ...]] = {}
        self._containing: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for word in sorted(self._known):
            if parts := self.split(word):
                self.parts[word] = parts
                for part, share in zip(parts, (FRONT, BACK), strict=True):
                    self._containing[part].append((word, share))

    def split(self, word: str) -> tuple[str, ...]:
        """Its two parts, both known; empty when it can't be split. Of several ways the most even one."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        if len(word) < LONG:
            return ()
        for at in range(PART, len(word) - PART + 1):
            back = word[at:]
            if back not in self._known:
                continue
            front = next((one for one in _fronts(word[:at]) if one in self._known), "")
            evenness = min(len(front), len(back))
            if front and max(len(front), len(back)) > PART and evenness > best[0]:
                best = (evenness, (front, back))
        return best[1]

    def related(self, word: str) -> Iterator[tuple[str, float]]:
        """The compounds that it is a part of, and its own parts, each with how much it counts."""
        yield from self._containing.get(word, ())
        for part in self.parts.get(word, ()):
            yield part, OF_IT


def _fronts(front: str) -> Iterator[str]:
    """The word that the first part may be, without the letters that join it to the next."""
    yield stem(front)
    for joint in ("s", "en", "e"):
        if front.endswith(joint) and len(front) - len(joint) >= PART:
            yield stem(front.removesuffix(joint))
