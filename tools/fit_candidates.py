"""Fit what tells beds, addresses, dates and ages in questions, and write it to `osler.privacy`.

    python tools/name_texts.py DATA OUT   # once: what is learned from, see there
    python tools/fit_candidates.py OUT/PLAIN.txt OUT/DRUGS.txt OUT/CONDITIONS.txt [--sets …]

Sentences are made of the frames of tools/candidate_frames.toml and tools/name_frames.toml and of
the sets named, with made values (tools/identifier_values.py); PLAIN.txt has nothing to hide. Every
candidate (`osler.privacy.candidates`) of a sentence is a row: an identifier, or none. The same
input gives the same weights. No set is read but those that are named.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from fit_names import HERE, arguments, fit, write
from identifier_values import Values, drawers
from name_sentences import Maker, Span

from osler.domain.identifier import Identifier, IdentifierKind
from osler.evaluation import identified
from osler.privacy.candidates import candidates
from osler.privacy.clinical import clinical_spans, named_after
from osler.privacy.finding import apart, find_others
from osler.privacy.tokens import tokens_of
from osler.privacy.weighing import evidence_of, is_open

TIMES, TIMES_OTHERS, TIMES_SETS = 14, 20, 14  # sentences a frame
PENALTY = 3e-4  # L2, chosen by leaving one set out
WHAT = "What evidence counts for an identifier"
SEEN, LEAST = 6, 0.08  # how often a piece of evidence at least; logits that are left out
HIDDEN_NAMES = 0.9  # of names are found before
_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(r"\{(bed|in|date|age|town|address|dob|mrn|policy|phone|postcode|X)\}")
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_MARKED = re.compile(f"[{_OPEN}{_CLOSE}]")
_OTHER_VALUES = ("12/03/1946", "NHS 943 476 5919", "MRN 00481123", "07700 900123", "LS1 4AP")
Row = tuple[str, ...]
Draw = dict[str, Callable[[], str]]


@dataclass(frozen=True)
class Sentence:
    """A text, where it names somebody, and where it tells something else of them."""

    text: str
    names: tuple[Span, ...]
    planted: tuple[Span, ...]


def main() -> None:
    """Make sentences, judge by hand of who made them, and fit."""
    args = arguments()
    plain, drugs, conditions = (
        path.read_text("utf-8").splitlines() for path in (args.plain, args.drugs, args.conditions)
    )
    source = Source(plain, drugs, conditions)
    rows: list[Row] = []
    good: list[bool] = []
    for name in ("", *filter(None, args.sets.split(","))):
        for row, is_one in source.rows(name):
            rows.append(row)
            good.append(is_one)
    print(f"{sum(good):,} of {len(good):,} candidates identify")
    write("candidate_weights", WHAT, fit(rows, good, SEEN, LEAST, PENALTY), args.out)


class Source:
    """Rows to fit on, of frames and texts, and of each set by itself."""

    def __init__(self, plain: list[str], drugs: list[str], conditions: list[str]) -> None:
        self._lists = plain, drugs, conditions
        self._frames, self._more = (
            tomllib.loads(HERE.joinpath(f"{name}_frames.toml").read_text("utf-8"))
            for name in ("name", "candidate")
        )

    def rows(self, name: str) -> Iterator[tuple[Row, bool]]:
        """The rows of a set; of frames and of texts for "". Always the same."""
        rng = random.Random(crc32(name.encode()))
        maker = Maker(self._frames, *self._lists, rng)
        draw = drawers(Values(rng, maker.places, maker.family))
        made = _of_set(name, maker, draw) if name else self._of_frames(maker, draw)
        for sentence in made:
            yield from _rows(_styled(sentence, rng), rng)

    def _of_frames(self, maker: Maker, draw: Draw) -> Iterator[Sentence]:
        slots = {**draw, "in": draw["roomno"], "X": lambda: _any(draw, maker.rng)}
        frames, more = self._frames, self._more
        for frame, times in (
            *((f, TIMES) for f in more["people"]),
            *((f, TIMES_OTHERS) for f in more["others"]),
            *((f, TIMES if "{X}" in f else 2) for f in frames["people"]),
            *((f, 6) for f in frames["others"] if "{X}" not in f),
        ):
            for _ in range(times):
                yield _framed(frame, maker, slots)
        yield from (Sentence(q, (), ()) for q in self._lists[0])


def _any(draw: Draw, rng: random.Random) -> str:
    """What else may stand beside a name."""
    kind = rng.choice(
        (
            "bed",
            "bed",
            "bed",
            "date",
            "age",
            "address",
            "town",
            "dob",
            "mrn",
            "phone",
            "postcode",
            "",
        )
    )
    return draw[kind]() if kind else rng.choice(_OTHER_VALUES)


def _framed(frame: str, maker: Maker, slots: Draw) -> Sentence:
    def value(match: re.Match[str]) -> str:
        return f"{_OPEN}{slots[match.group(1)]()}{_CLOSE}"

    def number(match: re.Match[str]) -> str:
        return str(maker.rng.randint(int(match.group(1)), int(match.group(2))))

    marked, names = maker.filled(_RANGE.sub(number, _SLOT.sub(value, frame)))
    opened = re.finditer(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}", marked)
    planted = [(m.start() - 2 * at, m.end() - 2 * at - 2) for at, m in enumerate(opened)]

    def moved(span: Span) -> Span:
        gone = len(_MARKED.findall(marked[: span[0]]))
        return span[0] - gone, span[1] - gone

    return Sentence(_MARKED.sub("", marked), tuple(map(moved, names)), tuple(planted))


def _of_set(name: str, maker: Maker, draw: Draw) -> Iterator[Sentence]:
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
    yield from (Sentence(q, (), ()) for q in identified.plain_questions(name) * 3)


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
    names = sentence.names
    for one in found:
        if not is_open(one, known, clinical):
            continue
        if any(s < one.end and one.start < e for s, e in names):
            continue  # a name that was not found: neither
        is_one = any(s < one.end and one.start < e for s, e in sentence.planted)
        yield evidence_of(one, tokens, clinical), is_one


if __name__ == "__main__":
    main()
