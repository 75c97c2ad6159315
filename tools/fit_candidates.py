"""Fit what tells beds, addresses, dates and ages in questions, and write it to `osler.privacy`.

    python tools/name_texts.py DATA OUT   # once: what is learned from, see there
    python tools/fit_candidates.py OUT/PLAIN.txt OUT/DRUGS.txt OUT/CONDITIONS.txt [--sets …]

Sentences are made of the frames of tools/candidate_frames.toml and tools/name_frames.toml and of
the sets named, with made values (tools/identifier_values.py); PLAIN.txt has nothing to hide. Every
candidate (`osler.privacy.candidates`) of a sentence is a row: an identifier, or none. The same
input gives the same weights. No set is read but those that are named.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fit_names import DATA, HERE, fit, write
from identifier_values import Values, drawers
from name_sentences import Maker, Span

from osler.domain.identifier import Identifier, IdentifierKind
from osler.evaluation import identified
from osler.privacy.candidates import candidates
from osler.privacy.clinical import clinical_spans, named_after
from osler.privacy.evidence import sorts_of
from osler.privacy.finding import apart, find_others
from osler.privacy.tokens import tokens_of
from osler.privacy.weighing import evidence_of, is_open

SETS = "dev,heldout,second,third,fourth,fifth,sixth_own"
TIMES, TIMES_OTHERS, TIMES_SETS = 14, 20, 14  # sentences a frame
SEEN, LEAST = 6, 0.08  # how often a piece of evidence at least; logits that are left out
HIDDEN_NAMES = 0.9  # of names are found before
_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(r"\{(bed|in|date|age|town|address|X)\}")
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_MARKED = re.compile(f"[{_OPEN}{_CLOSE}]")
_OTHER_VALUES = ("12/03/1946", "NHS 943 476 5919", "MRN 00481123", "07700 900123", "LS1 4AP")
Row = tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A text, where it names somebody, and where it tells something else of them."""

    text: str
    names: tuple[Span, ...]
    planted: tuple[Span, ...]


def main() -> None:
    """Make sentences, judge by hand of who made them, and fit."""
    parser = argparse.ArgumentParser()
    for name in ("plain", "drugs", "conditions"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sets", default=SETS)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    plain, drugs, conditions = (
        path.read_text("utf-8").splitlines() for path in (args.plain, args.drugs, args.conditions)
    )
    rng = random.Random(2)
    frames = tomllib.loads(HERE.joinpath("name_frames.toml").read_text("utf-8"))
    more = tomllib.loads(HERE.joinpath("candidate_frames.toml").read_text("utf-8"))
    maker = Maker(frames, plain, drugs, conditions, rng)
    draw = drawers(Values(rng, maker.places, maker.family))
    slots: dict[str, Callable[[], str]] = {
        **draw, "in": draw["roomno"], "X": lambda: _any(draw, rng)
    }  # fmt: skip
    made = [_framed(f, maker, slots) for f in more["people"] for _ in range(TIMES)]
    made += [_framed(f, maker, slots) for f in more["others"] for _ in range(TIMES_OTHERS)]
    with_more = [f for f in frames["people"] if "{X}" in f]
    made += [_framed(f, maker, slots) for f in with_more for _ in range(TIMES)]
    made += [_framed(f, maker, slots) for f in frames["people"] for _ in range(2)]
    made += [_framed(f, maker, slots) for f in frames["others"] if "X}" not in f for _ in range(6)]
    for name in filter(None, args.sets.split(",")):
        made += _of_set(name, maker, draw)
        made += [Sentence(q, (), ()) for q in identified.plain_questions(name) * 3]
    made += [Sentence(q, (), ()) for q in plain]
    made = [_styled(s, rng) for s in made]
    rows: list[Row] = []
    good: list[bool] = []
    for sentence in made:
        for row, is_one in _rows(sentence, rng):
            rows.append(row)
            good.append(is_one)
    print(f"{len(made):,} sentences, {sum(good):,} of {len(good):,} candidates identify")
    weights = fit(rows, good, SEEN, LEAST)
    write("candidate_weights", "What evidence counts for an identifier", weights, args.out)


def _any(draw: dict[str, Callable[[], str]], rng: random.Random) -> str:
    """What else may stand beside a name."""
    kind = rng.choice(("bed", "bed", "date", "age", "address", "town", ""))
    return draw[kind]() if kind else rng.choice(_OTHER_VALUES)


def _framed(frame: str, maker: Maker, slots: dict[str, Callable[[], str]]) -> Sentence:
    def value(match: re.Match[str]) -> str:
        return f"{_OPEN}{slots[match.group(1)]()}{_CLOSE}"

    def number(match: re.Match[str]) -> str:
        return str(maker.rng.randint(int(match.group(1)), int(match.group(2))))

    marked, names = maker.filled(_RANGE.sub(number, _SLOT.sub(value, frame)))
    planted: list[Span] = []
    at = 0
    for opened in re.finditer(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}", marked):
        start = opened.start() - 2 * at
        planted.append((start, start + len(opened.group()) - 2))
        at += 1

    def moved(span: Span) -> Span:
        gone = len(_MARKED.findall(marked[: span[0]]))
        return span[0] - gone, span[1] - gone

    return Sentence(_MARKED.sub("", marked), tuple(map(moved, names)), tuple(planted))


def _of_set(name: str, maker: Maker, draw: dict[str, Callable[[], str]]) -> Iterator[Sentence]:
    """A set's sentences with other values; ages stay in figures."""
    lists = identified.lists_of(name)
    for sentence in lists["sentences"] * TIMES_SETS:
        for slot in draw:
            lists[slot] = [draw[slot]() for _ in range(3)]
        one = identified.filled(sentence, lists, maker.rng)
        names = [p for p in one.planted if p.kind is IdentifierKind.NAME]
        rest = [p for p in one.planted if p.kind is not IdentifierKind.NAME]
        yield Sentence(
            one.text, tuple((p.start, p.end) for p in names), tuple((p.start, p.end) for p in rest)
        )


def _styled(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then in small letters or capitals."""
    draw = rng.random()
    text = sentence.text
    changed = text.lower() if draw < 0.12 else text.upper() if draw < 0.15 else text
    if len(changed) != len(text) or "[" in text:
        return sentence
    return Sentence(changed, sentence.names, sentence.planted)


def _rows(sentence: Sentence, rng: random.Random) -> Iterable[tuple[Row, bool]]:
    text = sentence.text
    found = list(candidates(text))
    if not found:
        return
    hidden = [
        Identifier(s, e, IdentifierKind.NAME, text[s:e], 1.0)
        for s, e in sentence.names
        if e > s and rng.random() < HIDDEN_NAMES
    ]
    known = apart(text, [*find_others(text), *hidden])
    clinical = [*clinical_spans(text), *named_after(text)]
    tokens = tokens_of(text, known)
    sorts = sorts_of(tokens, clinical)
    names = sentence.names
    for one in found:
        if not is_open(one, known, clinical):
            continue
        if any(s < one.end and one.start < e for s, e in names):
            continue  # a name that was not found: neither
        is_one = any(s < one.end and one.start < e for s, e in sentence.planted)
        yield evidence_of(one, tokens, sorts), is_one


if __name__ == "__main__":
    main()
