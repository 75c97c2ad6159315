"""What each rule of the answering engine does: take it out, ask again, count what changes.

    python benchmarks/ablation.py --set LIBRARY QUESTIONS… [--set …] [--last LIBRARY QUESTIONS…]
                                  [--rules words code] [--modules judging.scored …] [--most 5]
                                  [--asked 250] [--never]

QUESTIONS are files as for `osler evaluate answers`, or of what is to be understood of questions
(a list with `q`). The sets of `--last` are asked only for rules that change nothing in the
others. Questions on vitamin B12 are left out. An answer changes where its JSON does, but for
`elapsed_ms`. For each rule one line of tab-separated values: answers that change without it;
expected doses and facts gained, and lost; right abstentions gained less lost; the rule; the first
questions. With `--most`, a rule is left once so many answers changed, with
`--asked` once so many questions were asked. `--never` lists the conditions that decide nothing in
any question, and asks no more; `watched_tests.py` does so for tests. A condition that went the
same way for a question with and without its rule is not tried again for that question.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ablation_rules import (
    SEEN,
    WORDS,
    Recorded,
    Rule,
    Site,
    cues_of,
    forget,
    lists_of_cues,
    never_acting,
    pattern_of,
    rules_of_code,
    watched,
    without_string,
)

from osler.answering import ask, engine
from osler.answering.retrieving import topics
from osler.answering.serialise import to_json
from osler.evaluation.answers import compare
from osler.evaluation.questions import ExpectedAnswer, load_questions
from osler.library import Library

LEFT_OUT = re.compile(r"\bb\s?-?12\b|cobalamin", re.IGNORECASE)
SEED = 20261129


@dataclass(eq=False, slots=True)
class Asked:
    """A question with the answer that all rules together give."""

    library: Library
    item: ExpectedAnswer
    answer: dict[str, Any] = field(default_factory=dict)
    right: tuple[int, int] = (0, 0)
    questions: Any = None  # as understood
    texts: dict[tuple[str, ...], set[str]] = field(default_factory=dict)  # by list of cues
    titles: set[tuple[str, bool]] = field(default_factory=set)
    seen: set[tuple[Site, bool]] = field(default_factory=set)


@dataclass(slots=True)
class Effect:
    """What changes without a rule."""

    changed: int = 0
    facts_gained: int = 0
    facts_lost: int = 0
    abstentions: int = 0  # right ones, gained less lost
    ids: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs="+", type=Path, action="append", required=True)
    parser.add_argument("--last", nargs="+", type=Path, action="append", default=[])
    parser.add_argument("--rules", nargs="+", choices=("words", "code"), default=("words", "code"))
    parser.add_argument("--modules", nargs="+", default=())
    parser.add_argument("--lists", default="", help="the lists whose names begin so, of the cues")
    parser.add_argument("--most", type=int, default=sys.maxsize)
    parser.add_argument("--asked", type=int, default=sys.maxsize)
    parser.add_argument("--never", action="store_true", help="list what never acts, and end")
    arguments = parser.parse_args()
    if arguments.never:
        for (module, function, _), words in never_acting(seen_in(arguments.set)):
            print(f"{module}.{function}", words, sep="\t")
        return
    sets = [prepared(s) for s in (arguments.set, arguments.last)]
    for asked in sets:
        random.Random(SEED).shuffle(asked)
    if "words" in arguments.rules:
        for name, rule, concerned in rules_of_words(sets, arguments.lists):
            cut = [s[: arguments.asked] for s in concerned]
            show(name, first_effect(rule, cut, arguments.most))
    if "code" in arguments.rules:
        for rule in rules_of_code(tuple(arguments.modules)):
            concerned = [[o for o in s if rule.acts is None or rule.acts in o.seen] for s in sets]
            cut = [s[: arguments.asked] for s in concerned]
            show(rule.name, first_effect(rule, cut, arguments.most))


def seen_in(sets: Iterable[list[Path]]) -> set[tuple[Site, bool]]:
    """Which way each condition went in the questions of some sets."""
    SEEN.clear()
    with watched():
        forget()
        for folder, *files in sets:
            library = Library.open(folder)
            for item in (item for file in files for item in questions_in(file)):
                ask(library, item.question)
    return set(SEEN)


def show(name: str, effect: Effect) -> None:
    """One line of the table."""
    print(
        effect.changed, effect.facts_gained, effect.facts_lost, effect.abstentions,
        name, " ".join(effect.ids[:3]), sep="\t", flush=True,
    )  # fmt: skip


def prepared(sets: Iterable[list[Path]]) -> list[Asked]:
    """The questions of some sets with their answers, and what was looked at on the way."""
    asked = []
    for folder, *files in sets:
        library = Library.open(folder)
        asked += [Asked(library, item) for file in files for item in questions_in(file)]
    data: dict[str, Any] = {}
    for path, strings in lists_of_cues().items():
        node = data
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node[path[-1]] = strings
    texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    names_in = topics._names_in
    titles: set[tuple[str, bool]] = set()

    def recorded(title: str, on_drugs: bool) -> Any:
        titles.add((title, on_drugs))
        return names_in(title, on_drugs)

    with watched(), cues_of(lambda path, strings: Recorded(strings, texts[path]), data):
        topics._names_in = recorded  # type: ignore[assignment]
        for one in asked:
            for kept in texts.values():
                kept.clear()
            titles.clear()
            SEEN.clear()
            one.questions = engine.questions_in(one.library, one.item.question)
            one.answer, one.right = answered(one)
            one.texts = {p: set(t) for p, t in texts.items()}
            one.titles = set(titles)
            one.seen = set(SEEN)
        topics._names_in = names_in
    return asked


def questions_in(file: Path) -> list[ExpectedAnswer]:
    """The questions of a file, without those on vitamin B12."""
    raw = yaml.safe_load(file.read_text("utf-8"))
    if isinstance(raw, list):
        items = [ExpectedAnswer(id=f"u{n}", question=row["q"]) for n, row in enumerate(raw)]
    else:
        items = list(load_questions(file))
    return [i for i in items if not LEFT_OUT.search(f"{i.topic} {i.question}")]


def answered(one: Asked) -> tuple[dict[str, Any], tuple[int, int]]:
    """The answer as JSON, and how much of it is right: expected facts told, silence kept."""
    answer = ask(one.library, one.item.question)
    shown = to_json(answer, one.library)
    del shown["elapsed_ms"]
    if shown == one.answer:
        return shown, one.right
    result = compare(one.item, answer, one.library, reasons=False)
    silent = not answer.answered and not one.item.answerable
    return shown, (result.doses_shown + result.doses_in_bottom_line + result.facts_shown, silent)


def first_effect(rule: Rule, sets: list[list[Asked]], most: int) -> Effect:
    """What changes in the first set in which anything does."""
    effect = Effect()
    for asked in sets:
        with rule.without():
            found = remembered(asked) if rule.after_finding else iter(asked)
            for one in found:
                count(one, effect)
                if effect.changed >= most:
                    break
        if effect.changed:
            break
    return effect


def count(one: Asked, effect: Effect) -> None:
    """Ask once more, and add what is different."""
    try:
        answer, right = answered(one)
    except Exception as error:  # noqa: BLE001 - what the engine cannot do without is no rule of it
        effect.changed += 1
        effect.ids.append(type(error).__name__)
        return
    if answer == one.answer:
        return
    effect.changed += 1
    effect.ids.append(one.item.id)
    difference = right[0] - one.right[0]
    effect.facts_gained += max(difference, 0)
    effect.facts_lost += max(-difference, 0)
    effect.abstentions += right[1] - one.right[1]


_FOUND: dict[tuple[int, Any], Any] = {}


def remembered(asked: list[Asked]) -> Iterator[Asked]:
    """The questions, with the statements found for them as they were the first time."""
    retrieve = engine.retrieve

    def known(library: Library, question: Any) -> Any:
        key = (id(library), question)
        if key not in _FOUND:
            _FOUND[key] = retrieve(library, question)
        return _FOUND[key]

    engine.retrieve = known
    try:
        yield from asked
    finally:
        engine.retrieve = retrieve


def rules_of_words(
    sets: list[list[Asked]], begin: str
) -> Iterator[tuple[str, Rule, list[list[Asked]]]]:
    """Each string of the cues, with the questions for which leaving it out makes a difference.

    A pattern does where it no longer matches one of the texts that it was held against; a word
    where the question is understood otherwise, or a title that was looked at.
    """
    for path, strings in lists_of_cues().items():
        if not ".".join(path).startswith(begin):
            continue
        for string in dict.fromkeys(strings):
            rule = Rule("", lambda path=path, string=string: without_string(path, string))
            if path[:2] == WORDS:
                concerned = _concerned_by_words(rule, sets)
            else:
                before = pattern_of(strings)
                after = pattern_of([s for s in strings if s != string])
                lost: dict[str, bool] = {}
                concerned = [
                    [o for o in asked if _loses(o.texts.get(path, ()), before, after, lost)]
                    for asked in sets
                ]
            yield f"{'.'.join(path)}: {string}", rule, concerned


def _loses(texts: Iterable[str], before: Any, after: Any, known: dict[str, bool]) -> bool:
    for text in texts:
        if text not in known:
            known[text] = bool(before.search(text)) is not bool(after.search(text))
        if known[text]:
            return True
    return False


def _concerned_by_words(rule: Rule, sets: list[list[Asked]]) -> list[list[Asked]]:
    titles = {title for asked in sets for one in asked for title in one.titles}
    forget()
    names = {title: topics._names_in(*title) for title in titles}
    with rule.without():
        changed = {title for title in titles if topics._names_in(*title) != names[title]}
        return [
            [
                o
                for o in asked
                if changed & o.titles
                or engine.questions_in(o.library, o.item.question) != o.questions
            ]
            for asked in sets
        ]


if __name__ == "__main__":
    main()
