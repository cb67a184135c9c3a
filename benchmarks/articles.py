"""How often the right article is found, and how quickly among many. Run: python -m benchmarks.articles

Next to plain full-text search (SQLite's FTS5, ordered by BM25, over the same articles in the same run): the machine
counts less then. What is asked stands in tests/flows/knowledge/data/.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence

from flows.knowledge import finder as module
from flows.knowledge.finder import Finder
from flows.knowledge.measuring import SHOWN, Query, Row
from flows.knowledge.words import words
from tests.flows.knowledge.data_files import articles, queries, unanswered

TARGET_MS = 10.0
"""Of the processor, for a question among 1,000 articles; half of them take less."""
TARGET_BUILD = 1.0
"""Seconds of the processor."""
FIRST, TOP3 = 0.60, 0.80
"""Of the queries set apart."""
REFUSED = 0.60
"""Of the questions set apart that no article answers: so many find nothing."""
LIMITS = (0.20, 0.24, 0.28, 0.32, 0.36)
"""From what fit on something is shown."""

Find = Callable[[str], list[str]]
"""The questions of the articles that are found, best first."""


def full_text(of: Sequence[Row], tokenizer: str) -> Find:
    """Plain search for any of the words."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE article USING fts5(question, answer, tokenize = '{tokenizer}')")
    database.executemany("INSERT INTO article VALUES (?, ?)", [(one.question, one.answer) for one in of])

    def find(text: str) -> list[str]:
        sought = words(text)
        if tokenizer == "trigram":
            sought = [word[at : at + 3] for word in sought for at in range(len(word) - 2)]
        match = " OR ".join(f'"{one}"' for one in sought)
        found = database.execute(
            f"SELECT question FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT {SHOWN}", (match,)
        )
        return [question for (question,) in found]

    return find


def ours(of: Sequence[Row]) -> Find:
    """Finding by what is meant."""
    finder = Finder.build(of)
    return lambda text: [one.article.question for one in finder.find(text, SHOWN)]


def right(find: Find, asked: Sequence[Query]) -> tuple[float, float]:
    """How often the right one is the first, and among the first three."""
    found = [(query.question, find(query.query)) for query in asked]
    return (
        sum(shown[:1] == [one] for one, shown in found) / len(found),
        sum(one in shown for one, shown in found) / len(found),
    )


def share(of: Iterable[bool]) -> float:
    """How many of them, from 0 to 1."""
    found = list(of)
    return sum(found) / len(found)


def print_limits() -> None:
    """What other values of `finder.FITS` would do: it stands before the queries tuned on begin to fall."""
    find, fits = ours(articles()), module.FITS
    print("\nfits from   " + "".join(f"{limit:>12.2f}" for limit in LIMITS))  # noqa: T201
    for half in ("tuned_on", "set_apart"):
        print(f"{half:<12}", end="")  # noqa: T201
        for module.FITS in LIMITS:
            found, nothing = right(find, queries(half))[1], share(not find(text) for text in unanswered(half))
            print(f"{f'{found:.0%} / {nothing:.0%}':>12}", end="")  # noqa: T201
        print("  first three / unanswered, refused")  # noqa: T201
    module.FITS = fits
    print()  # noqa: T201


def many(number: int) -> list[Row]:
    """So many believable articles, of the sentences and the words of the real ones."""
    chance = random.Random(1)  # the same every time
    real = articles()
    sentences = [sentence for one in real for sentence in one.answer.split(". ")]
    made = list(real)
    while len(made) < number:
        one, other = chance.sample(real, 2)
        head = one.question.split()
        question = " ".join([*chance.sample(head, len(head) // 2), *other.question.split()[-5:]])
        answer = ". ".join(chance.choice(sentences) for _ in range(chance.randrange(5, 25)))
        made.append(Row(question=question, answer=answer))
    return made[:number]


def times(find: Find, asked: Sequence[Query]) -> list[float]:
    """Milliseconds for each query, in their order of length."""
    took = []
    for query in asked:
        began = time.process_time()
        find(query.query)
        took.append(1000 * (time.process_time() - began))
    return sorted(took)


def main() -> int:
    """Print the tables. Exit code 1 when the right one is found too seldom, or finding takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000, help="among how many time is measured")
    number = parser.parse_args().articles
    halves = {name: queries(name) for name in ("tuned_on", "set_apart")}
    methods = {
        "FTS5, words": full_text(articles(), "unicode61 remove_diacritics 2"),
        "FTS5, trigrams": full_text(articles(), "trigram"),
        "ours": ours(articles()),
    }
    print(f"{'first / first three':<20}" + "".join(f"{f'{name} ({len(one)})':>20}" for name, one in halves.items()))  # noqa: T201
    apart = (0.0, 0.0)
    for name, find in methods.items():
        apart_of = {half: right(find, asked) for half, asked in halves.items()}
        print(f"{name:<20}" + "".join(f"{f'{one:.0%} / {three:.0%}':>20}" for one, three in apart_of.values()))  # noqa: T201
        apart = apart_of["set_apart"]
    refused = {half: share(not methods["ours"](text) for text in unanswered(half)) for half in halves}
    print(f"{'unanswered, refused':<20}" + "".join(f"{one:>20.0%}" for one in refused.values()))  # noqa: T201
    print_limits()

    enough = many(number)
    began = time.process_time()
    found = ours(enough)
    building = time.process_time() - began
    plain = times(full_text(enough, "unicode61 remove_diacritics 2"), halves["tuned_on"])
    meant = times(found, halves["tuned_on"])
    half = len(meant) // 2
    print(f"{number:,} articles: built in {building:.2f} s; {meant[half]:.1f} ms a query, slowest {meant[-1]:.1f}")  # noqa: T201
    print(f"FTS5 takes {plain[half]:.1f} ms: ours {meant[half] / plain[half]:.1f} times as long")  # noqa: T201
    slow = meant[half] > TARGET_MS or building > TARGET_BUILD
    return int(slow or apart[0] < FIRST or apart[1] < TOP3 or refused["set_apart"] < REFUSED)


if __name__ == "__main__":
    sys.exit(main())
