"""How well and how quickly questions find their theme, next to plain naive Bayes. Run: python -m benchmarks.routing

Every method is judged by five-fold cross-validation, on the questions that come along to learn from and on the files
that are named (columns question and theme); never on the questions that are set apart. Times depend on the machine;
the ratio to naive Bayes, taken in the same run, hardly does.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from flows.questions.asking.understanding import classifier as module
from flows.questions.asking.understanding.classifier import Classifier, Example
from flows.questions.asking.understanding.evaluation import described
from flows.questions.asking.understanding.examples import example_questions, read_examples
from flows.words.analysis import stems

FOLDS = 5
SECONDS, MILLISECONDS = 1.0, 5.0
"""What importing and training may take of the processor, and a question."""
START = """
import time
began = time.process_time()
from flows.questions.asking.understanding.classifier import Classifier
from flows.questions.asking.understanding.examples import example_questions
Classifier.train(example_questions(), dict.fromkeys({one.theme for one in example_questions()}, ""))
print(time.process_time() - began)
"""
Ranking = Callable[[str], list[str]]
"""From a question to themes, the likeliest first."""
Method = Callable[[Sequence[Example]], Ranking]


def naive_bayes(train: Sequence[Example]) -> Ranking:
    """Multinomial, on stems; the simplest that is worth the name."""
    counts: dict[str, Counter[str]] = {one.theme: Counter() for one in train}
    for one in train:
        counts[one.theme].update(stems(one.question))
    priors = Counter(one.theme for one in train)
    known = {word for count in counts.values() for word in count}
    totals = {theme: count.total() + 0.5 * len(known) for theme, count in counts.items()}

    def rank(question: str) -> list[str]:
        found = [word for word in stems(question) if word in known]
        scores = {
            theme: math.log(priors[theme]) + sum(math.log((count[word] + 0.5) / totals[theme]) for word in found)
            for theme, count in counts.items()
        }
        return sorted(scores, key=lambda theme: -scores[theme])

    return rank


def voting(separating: float, comparing: float) -> Method:
    """Ours, with so much weight for each of the two."""

    def method(train: Sequence[Example]) -> Ranking:
        module.SEPARATING, module.COMPARING = separating, comparing
        made = Classifier.train(train, {one.theme: described(one.theme) for one in train})
        return lambda question: [one.theme for one in made.guess(question).candidates]

    return method


METHODS: dict[str, Method] = {
    "naive Bayes on stems": naive_bayes,
    "separating": voting(module.SEPARATING, 0.0),
    "comparing": voting(0.0, module.COMPARING),
    "both": voting(module.SEPARATING, module.COMPARING),
}


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """To train on and to judge by, with some of every theme in each."""
    order = sorted(Random(0).sample(examples, len(examples)), key=lambda one: one.theme)
    for fold in range(FOLDS):
        yield (
            [one for at, one in enumerate(order) if at % FOLDS != fold],
            [one for at, one in enumerate(order) if at % FOLDS == fold],
        )


def judge(method: Method, examples: Sequence[Example]) -> str:
    """The shares of right first themes and of right ones in three, and the times."""
    first = among = 0
    training = asking = 0.0
    for train, test in folds(examples):
        began = time.perf_counter()
        rank = method(train)
        trained = time.perf_counter()
        ranked = [rank(one.question)[:3] for one in test]
        asking += time.perf_counter() - trained
        training += trained - began
        first += sum(themes[0] == one.theme for themes, one in zip(ranked, test, strict=True))
        among += sum(one.theme in themes for themes, one in zip(ranked, test, strict=True))
    number = len(examples)
    return f"{first / number:8.1%}{among / number:8.1%}{training / FOLDS:10.2f}{1000 * asking / number:10.2f}"


def per_question(rank: Callable[[str], object], questions: Sequence[str]) -> float:
    """Milliseconds, the quickest of five; the words have been seen by then."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        for question in questions:
            rank(question)
        times.append(time.perf_counter() - began)
    return 1000 * min(times) / len(questions)


def main() -> int:
    """Exit code 1 when it takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="more questions with themes, tab-separated")
    sets = {"example municipality": list(example_questions())}
    sets |= {file.stem: read_examples(file) for file in parser.parse_args().files}
    for name, examples in sets.items():
        print(f"{name}: {len(examples)} questions, {len({one.theme for one in examples})} themes")  # noqa: T201
        print(f"  {'':<22}{'top-1':>8}{'top-3':>8}{'train s':>10}{'ms each':>10}")  # noqa: T201
        for label, method in METHODS.items():
            print(f"  {label:<22}{judge(method, examples)}")  # noqa: T201
    questions = [one.question for one in example_questions()]
    ours = per_question(METHODS["both"](example_questions()), questions)
    plain = per_question(naive_bayes(example_questions()), questions)
    whole = min(
        float(subprocess.run([sys.executable, "-c", START], capture_output=True, check=True, text=True).stdout)
        for _ in range(3)
    )
    print(f"a question {ours:.2f} ms (below {MILLISECONDS:.0f}), {ours / plain:.1f} times naive Bayes")  # noqa: T201
    print(f"import and training {whole:.2f} s (below {SECONDS:.0f})")  # noqa: T201
    return 1 if ours > MILLISECONDS or whole > SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
