"""Evidence finding measured: what counts as found, and which halves there are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from osler.answering.findings import Comparison, Direction
from osler.domain import Span
from osler.domain.errors import UsageError
from osler.evaluation.findings import Half, evaluate_findings, measure, reports_of
from osler.evaluation.trial_reports import Judgment, Places, TrialReport, trial_reports
from osler.reading import RawFile, read
from osler.statements import extract

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "evidence_inference_dev"
RESULT = "Knee pain was lower with exampline than with placebo (P = 0.01)."
TEXT = f"""TITLE:
Exampline for knees

ABSTRACT.RESULTS:
{RESULT}
Walking distance did not differ between the groups (P = 0.4).

BODY.METHODS:
Knee pain was measured by exampline and placebo patients each week.
"""


def answer(marked: str, label: str = "significantly decreased", **more: Any) -> dict[str, Any]:
    start = TEXT.index(marked)
    return {
        "prompt_id": "1", "pmcid": "R1", "outcome": "knee pain", "intervention": "exampline",
        "comparator": "placebo", "label": label, "start": start, "end": start + len(marked),
    } | more  # fmt: skip


def folder(path: Path, *answers: dict[str, Any], zipped: bool = False) -> Path:
    rows = {"articles.jsonl": [{"_id": "R1", "text": TEXT}], "annotations.jsonl": list(answers)}
    for name, lines in rows.items():
        data = "\n".join(map(json.dumps, lines)).encode()
        file = path / (f"{name}.gz" if zipped else name)
        file.write_bytes(gzip.compress(data) if zipped else data)
    return path


def judged(*judgments: tuple[str, str, Direction], name: str = "R1") -> TrialReport:
    """A report with these answers: question, marked words, direction."""
    (document,) = read(RawFile("r.jsonl", "r.jsonl", json.dumps({"text": TEXT}).encode()))
    statements = extract(document)
    return TrialReport(
        name,
        statements,
        tuple(
            Judgment(
                question,
                Comparison("knee pain", "exampline", "placebo"),
                direction,
                frozenset(s.id for s in statements if words in s.text),
            )
            for question, words, direction in judgments
        ),
    )


@pytest.mark.parametrize("zipped", [False, True])
def test_a_marked_result_is_found_with_its_direction(tmp_path: Path, zipped: bool) -> None:
    report = evaluate_findings(folder(tmp_path, answer(RESULT), zipped=zipped))
    assert (report.reports, report.questions, report.answers) == (1, 1, 1)
    assert [hit.mean for hit in report.hits.answers] == [1.0, 1.0]
    assert report.confusion == ((0, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0))
    assert report.f1["decreased"] == 1.0
    assert report.misses == ()


def test_a_mark_elsewhere_and_another_direction_are_missed() -> None:
    report = measure([judged(("1", "Walking distance", Direction.INCREASED))])
    assert report.hits.answers[0].mean == 0.0
    assert report.confusion[0] == (0, 1, 0, 0)
    assert [(miss.hit, miss.expected) for miss in report.misses] == [(False, Direction.INCREASED)]
    assert any("not marked" in line for line in report.lines())
    assert len(report.lines(0)) < len(report.lines())


def test_experts_count_one_by_one_and_together_by_question() -> None:
    report = measure(
        [
            judged(
                ("1", "was lower", Direction.DECREASED),
                ("1", "was measured", Direction.DECREASED),
                ("2", "was measured", Direction.DECREASED),
            )
        ]
    )
    assert report.hits.answers[0].mean == pytest.approx(1 / 3)
    assert report.hits.questions[0].mean == pytest.approx(1 / 2)
    assert report.hits.questions[1].mean == 1.0


def test_macro_f1_is_the_mean_of_the_three_directions() -> None:
    right = ("1", "was lower", Direction.DECREASED)
    wrong = ("2", "was lower", Direction.INCREASED)
    report = measure([judged(right, wrong)])
    assert report.f1["decreased"] == pytest.approx(2 / 3)
    assert report.macro_f1.mean == pytest.approx(2 / 9)


def test_the_bootstrap_draws_reports() -> None:
    hit, missed = ("1", "was lower", Direction.DECREASED), ("1", "zzz", Direction.DECREASED)
    same = measure([judged(hit, missed, name="A"), judged(hit, missed, name="B")])
    unlike = measure([judged(hit, hit, name="A"), judged(missed, missed, name="B")])
    assert same.hits.answers[0].mean == unlike.hits.answers[0].mean == 0.5
    assert (same.hits.answers[0].low, same.hits.answers[0].high) == (0.5, 0.5)
    assert (unlike.hits.answers[0].low, unlike.hits.answers[0].high) == (0.0, 1.0)


def test_halves_part_the_reports_and_stay_the_same() -> None:
    names = [f"R{n}" for n in range(11)]
    one, other = (reports_of(names, half) for half in (Half.SELECTION, Half.HELD_OUT))
    assert one | other == reports_of(names, Half.ALL) == frozenset(names)
    assert not one & other
    assert (len(one), len(other)) == (5, 6)
    assert reports_of(reversed(names), Half.SELECTION) == one


def test_marked_characters_are_found_after_reading() -> None:
    original = "TITLE:\nOne\n\n-  pain  fell\n\npain\nfell"
    (document,) = read(RawFile("r.jsonl", "r.jsonl", json.dumps({"text": original}).encode()))
    places = Places(original, document)
    spans = [places.find(at, at + 10) for at in (original.index("pain"), original.rindex("pain"))]
    assert [document.text[s.start : s.end].split() for s in spans if s] == [["pain", "fell"]] * 2
    assert spans[0] != spans[1]
    assert places.find(6, 7) is None  # white space alone
    assert isinstance(spans[0], Span)


@pytest.mark.parametrize(
    "broken", [{"label": "unknown"}, {"start": None}, {"outcome": 3}, {"pmcid": None}]
)
def test_a_malformed_answer_is_a_usage_error(tmp_path: Path, broken: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        evaluate_findings(folder(tmp_path, answer(RESULT, **broken)))


def test_a_missing_file_and_no_answer_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"articles\.jsonl|annotations\.jsonl"):
        evaluate_findings(tmp_path)
    with pytest.raises(UsageError, match="no report"):
        evaluate_findings(folder(tmp_path))


def test_published_marks_stand_on_statements() -> None:
    if not SHARED.is_dir():
        pytest.skip("the folder evidence_inference_dev of the shared data is not here")
    reports = list(trial_reports(SHARED, frozenset({"PMC1079844", "PMC5777641"})))
    assert len(reports) == 2
    assert all(judgment.marked for report in reports for judgment in report.judgments)
