"""Where one source begins a drug at once and another waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict

DIFFER = {
    "in an attack": (
        "febuxostat: start it today in the middle of a gout flare or wait till it settles?",
        "Gout: wait until the flare has settled before starting febuxostat.",
        "Gout: if febuxostat is indicated during a flare, start it then; there is no need to wait.",
    ),
    "after an event": (
        "ischaemic stroke with AF: start apixaban now or delay?",
        "Ischaemic stroke with atrial fibrillation: delay starting apixaban by 14 days.",
        "Ischaemic stroke with atrial fibrillation: apixaban should not be delayed.",
    ),
    "until a result": (
        "suspected giant cell arteritis: prednisolone at once, or wait for the biopsy?",
        "Suspected giant cell arteritis: start prednisolone immediately, before the biopsy.",
        "Suspected giant cell arteritis: delay prednisolone until the biopsy is reported.",
    ),
    "now or after it": (
        "start febuxostat now or after the flare settles?",
        "Gout: wait until the flare has settled before starting febuxostat.",
        "Gout: if febuxostat is indicated during a flare, start it then; there is no need to wait.",
    ),
    "not during it": (
        "can sacubitril be started today in acute heart failure?",
        "Acute heart failure: sacubitril should not be started until the patient is stable.",
        "Acute heart failure: sacubitril can be started without waiting for discharge.",
    ),
    "after delivery": (
        "caesarean section today: start dalteparin at once or wait?",
        "Caesarean section: start dalteparin at once.",
        "Caesarean section: wait until 12 hours have gone by before giving dalteparin.",
    ),
}


@pytest.mark.parametrize("name", DIFFER)
def test_beginning_at_once_is_a_conflict_with_waiting(tmp_path: Path, name: str) -> None:
    question, uk, us = DIFFER[name]
    conflict = one_conflict(answer_from(tmp_path, question, uk, us, title="Summary"))
    assert "timing" in conflict.about
    assert len(conflict.positions) == 2


NONE = {
    "both wait": (
        "febuxostat: start it today in a gout flare or wait?",
        "Gout: wait until the flare has settled before starting febuxostat.",
        "Gout: febuxostat should not be started during a flare.",
    ),
    "no one asks when": (
        "febuxostat starting dose in gout",
        "Gout: start febuxostat at 80 mg once daily; wait until the flare has settled.",
        "Gout: start febuxostat at 80 mg once daily; there is no need to wait.",
    ),
}


@pytest.mark.parametrize("name", NONE)
def test_those_who_wait_alike_or_are_not_asked_do_not_disagree(tmp_path: Path, name: str) -> None:
    question, uk, us = NONE[name]
    answer = answer_from(tmp_path, question, uk, us, title="Summary")
    assert answer.answered
    assert answer.conflicts == ()
