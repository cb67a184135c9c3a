"""Every text that the code asks for exists, and every text that exists is asked for somewhere.

Read from the code itself: literal keys, and f-strings whose beginning is literal (`f"menu.buttons.{name}"`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from flows import features
from flows.doors import BOT_COMMANDS
from flows.questions.asking.answers import QuestionWords
from flows.talk.ask import Asking
from flows.talk.own_words import OwnWords
from flows.talk.replay import registered
from flows.talk.review import Review
from flows.talk.screen import question_key
from locales.reading import canonical
from storage.initiatives import InitiativeStatus
from storage.people import Role
from storage.questions import MessageKind, QuestionStatus
from tests.flows.talk.play import around
from tests.flows.talk.scripted import SCRIPTED
from tests.texts import texts

ROOT = Path(__file__).parents[2]
SAYS = {"text", "plain", "say", "note", "send_menu"}
"""Methods and functions that take the key of a text."""
REFUSES = {"Refused", "NotAnAnswer", "Unfit"}
"""Values that carry one."""
ELSEWHERE = re.compile(r"(demo|example)\.")
"""Texts of pages and files that have tests of their own."""
KEY = re.compile(r"[a-z][a-z_]*(\.[a-z_*]+)+")
"""A key, or a pattern for keys."""

features.load()
CATALOGUE = texts()
KNOWN = frozenset(CATALOGUE.source.texts.by_key)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("flows", "bot"):
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file, ast.parse(file.read_text("utf-8"))


def literal(node: ast.expr) -> Iterator[str]:
    """What an expression for a key may be: the literal strings in it, f-strings as patterns with `*`."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literal(body)
            yield from literal(orelse)


def asked_for() -> Iterator[tuple[str, str]]:
    """Where a text is asked for, and its key or pattern."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keys: list[ast.expr] = []
            if name in SAYS:
                keys = [argument for argument in node.args[:2] if not isinstance(argument, ast.Name)]
            elif name in REFUSES:
                keys = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "key")]
            for key in (found for expression in keys for found in literal(expression)):
                for one in key.split("|"):
                    if KEY.fullmatch(one):
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", one


def of_pages() -> Iterator[tuple[str, str]]:
    """In which template a text is asked for with `say`, or with `around.plain`, and its key or pattern."""
    for file in sorted((ROOT / "bot/console/templates").rglob("*.html")):
        for call in Environment().parse(file.read_text("utf-8")).find_all(nodes.Call):
            name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
            if name in ("say", "plain") and call.args:
                parts = call.args[0].nodes if isinstance(call.args[0], nodes.Concat) else [call.args[0]]
                key = "".join(str(one.value) if isinstance(one, nodes.Const) else "*" for one in parts)
                if KEY.fullmatch(key):
                    yield file.name, key


def strings() -> set[str]:
    """All strings in the code that may be keys, and f-strings as patterns, wherever they stand."""
    found = {key for _, key in of_pages()}
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                found.update(key for whole in literal(node) for key in whole.split("|"))
    return found


def fits(key: str, pattern: str) -> bool:
    """Whether a key is what `pattern` says; a `*` stands for one name."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^.]+"), key) is not None


def test_a_text_that_is_asked_for_exists() -> None:
    asked = sorted({(key, where) for where, key in (*asked_for(), *of_pages())})

    assert len(asked) > 100
    missing = [
        f"{where} asks for {key!r}; add it to locales/nl"
        for key, where in asked
        if canonical(key) not in KNOWN and not any(fits(one, canonical(key)) for one in KNOWN)
    ]
    assert missing == []


def test_what_can_be_in_the_middle_of_a_key_has_a_text() -> None:
    wanted = {
        *(f"initiative.status.{one}" for one in InitiativeStatus),
        *(f"question.status.{one}" for one in QuestionStatus),
        *(f"question.card.status.{one}" for one in QuestionStatus),
        *(f"question.card.kind.{one}" for one in MessageKind),
        *(f"roles.{one}" for one in Role),
        *(f"commands.{one}" for one in BOT_COMMANDS),
        *(f"commands.{one.command}" for one in registered().values() if one.command),
        *(f"{one.name}.about" for one in registered().values()),
    }

    assert sorted(wanted - KNOWN) == []


async def of_conversations() -> set[str]:
    """The texts that conversations find by the names of their questions."""
    found = {"about", "review", "review.options.confirm"}
    texts = {f"{name}.{one}" for name in registered() for one in found}
    for scripted in SCRIPTED:
        playing = scripted.begin()
        while isinstance(asking := playing.outcome(), Asking):
            asked = [(asking.name, asking.answer)]
            if isinstance(asking.answer, Review):  # what is only proposed is asked from there
                asked += [(name, answer) for name, answer, _ in asking.answer.shown]
            for name, answer in asked:
                question = question_key(scripted.talk, name)
                options = {option.key for row in answer.options(question, around(), None) for option in row}
                texts |= {question, f"{question}.label", f"{question}.skipped"}
                texts |= {f"{question}.options.{option}" for option in options}
                own = answer.own if isinstance(answer, QuestionWords) else answer
                if isinstance(own, OwnWords):
                    texts.add(f"{question}.{'offered' if own.offered else 'so_far'}")
            await scripted.answer(playing, asking)
    return texts


async def test_every_text_is_used() -> None:
    used = {canonical(one) for one in strings() if KEY.fullmatch(one)} | await of_conversations()
    patterns = [one for one in used if "*" in one]

    unused = [
        key
        for key in sorted(KNOWN)
        if not ELSEWHERE.match(key) and key not in used and not any(fits(key, pattern) for pattern in patterns)
    ]

    assert unused == [], "take these out of locales/, or use them"
