"""Marked mentions against the grammar: what counts as read right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from osler.domain.errors import UsageError
from osler.evaluation.corruption_sentences import CDC, NSTG
from osler.evaluation.mentions import Mark, MentionsReport, compare, evaluate_mentions, load_marks

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
MARKS = Path(__file__).parent / "mentions" / "marks.jsonl"
TEXT = "Exampline 250-500 mg orally every 8 hours"


def read(
    text: str = TEXT,
    *,
    amount: str = "250-500 mg",
    low: str = "250",
    high: str = "500",
    unit: str = "mg",
    routes: tuple[frozenset[str], ...] = (frozenset({"oral"}),),
    timing: tuple[str | None, ...] = ("1/8h",),
) -> MentionsReport:
    start = text.index(amount)
    mark = Mark(
        "ours.txt", None, (0, len(text)), "", start, start + len(amount),
        Decimal(low), Decimal(high), unit, None, routes, timing,
    )  # fmt: skip
    return compare(iter([(mark, text)]))


def missed(report: MentionsReport) -> list[str]:
    return [miss.field for miss in report.misses]


def test_a_mention_read_as_marked_is_right_in_every_field() -> None:
    assert [(rate.right, rate.total) for rate in read().rates] == [(1, 1)] * 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"high": "600"}, "amount"),
        ({"unit": "mL"}, "unit"),
        ({"routes": (frozenset({"intravenous"}),)}, "route"),
        ({"routes": (frozenset(),)}, "route"),
        ({"timing": ("1/6h",)}, "timing"),
        ({"timing": (None,)}, "timing"),
    ],
)
def test_each_field_is_compared_on_its_own(wrong: dict[str, object], field: str) -> None:
    assert field in missed(read(**wrong))  # type: ignore[arg-type]


def test_units_are_compared_after_conversion() -> None:
    assert missed(read(low="0.25", high="0.5", unit="g")) == []


def test_a_mention_that_is_not_found_misses_every_field() -> None:
    report = read("Page 250-500 of the book", amount="250-500")
    assert missed(report) == ["amount", "unit", "route", "timing"]


def test_daily_is_one_dose_or_a_days_total() -> None:
    text = "Exampline 250-500 mg orally daily"
    assert missed(read(text, timing=("1/1d",))) == missed(read(text, timing=("/d",))) == []


def test_marks_that_cannot_be_read_are_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "marks.jsonl").write_text('{"document": "a"}\n')
    with pytest.raises(UsageError, match="no marks"):
        load_marks(tmp_path / "marks.jsonl")


def test_three_hundred_mentions_are_marked() -> None:
    marks = load_marks(MARKS)
    assert len(marks) == 300
    assert sum(mark.document.endswith(".txt") for mark in marks) == 150
    assert sum(mark.document.endswith(".cnxml") for mark in marks) == 100
    assert sum(mark.page is not None for mark in marks) == 50


@pytest.mark.skipif(
    not ((SHARED / NSTG).is_file() and (SHARED / CDC).is_file()),
    reason="the shared documents are absent",
)
def test_the_grammar_reads_the_marked_mentions() -> None:
    report = evaluate_mentions(SHARED, MARKS)
    assert all(rate.right >= 0.95 * rate.total for rate in report.rates), report.lines()
