"""Sentences as guidelines, labels and ward cards write them, and the doses that each states.

`dose_sentences.txt` holds a sentence, and indented below it a line for each dose: drug, amount
(per kg, per time), routes, how often ("2/d", "1/8h"), "for" and "over" how long, what it is where
it is no dose, its maximum, and behind "->" the steps that follow it.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from osler.domain import Dosage, DosageRole, Duration, Frequency
from osler.reading import RawFile, read
from osler.statements import extract


def _rows() -> list[tuple[str, list[str]]]:
    text = Path(__file__).with_name("dose_sentences.txt").read_text(encoding="utf-8")
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    return [(sentence, [line.strip() for line in lines]) for sentence, *lines in blocks]


@pytest.mark.parametrize(("sentence", "doses"), _rows())
def test_a_sentence_states_its_doses(sentence: str, doses: list[str]) -> None:
    (document,) = read(RawFile("a.txt", "a.txt", sentence.encode()))
    (statement,) = extract(document)
    assert [_said(d, d.substance or "-") for d in statement.dosages] == doses


def _said(d: Dosage, drug: str) -> str:
    amount = f"{_range(d.low, d.high)} {d.unit}"
    amount += "".join(f"/{part}" for part in (d.per, d.per_time) if part)
    amount += f" div{d.divided[0]}-{d.divided[1]}" if d.divided else ""
    parts = [drug, amount, "+".join(d.routes), _often(d.frequency)]
    parts += [f"for {_long(d.duration)}"] if d.duration else []
    parts += [f"over {_long(d.over)}"] if d.over else []
    parts += [d.role.value] if d.role is not DosageRole.DOSE else []
    if d.maximum:
        most = d.maximum
        per = "".join(f"/{part}" for part in (most.per, most.per_time) if part)
        parts.append(f"max {most.amount} {most.unit}{per}")
    parts += [f"-> {_said(step, '-')}" for step in d.steps]
    return " ".join(part for part in parts if part)


def _often(f: Frequency | None) -> str:
    if f is None:
        return ""
    said = ["once"] if f.once else []
    if f.period_unit:
        count = str(f.count) + (f"-{f.count_high}" if f.count_high else "")
        period = _range(f.period_low, f.period_high)
        said.append(f"{count}/{'' if period == '1' else period}{f.period_unit}")
    said += ["+".join(names) for names in (f.weekdays, f.when) if names]
    said += ["prn"] if f.as_needed else []
    said += [f"on{f.on_unit}{','.join(map(str, f.on))}"] if f.on else []
    return " ".join(said)


def _long(d: Duration) -> str:
    if d.for_life:
        return "life"
    return "until" if d.until else f"{_range(d.low, d.high)}{d.unit}"


def _range(low: Decimal | None, high: Decimal | None) -> str:
    ends = [f"{end.normalize():f}" for end in (low, high) if end is not None]
    return "-".join(dict.fromkeys(ends))
