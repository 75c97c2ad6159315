"""What a result is made of: reasons, what is open, the way as it is drawn, words of orders."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from typed_pathway import PLAN, action

from osler.library import Library
from osler.pathways import Definitions, Pathway
from osler_site.engine import engine
from osler_site.environment import environment
from osler_site.pathways.loaded import loaded
from osler_site.pathways.orders import medication, monitoring
from osler_site.pathways.page import answered, context
from osler_site.pathways.shown import Origin, Result
from osler_site.pictures import Way

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CQL = action("other", "Another language", "It is said in CQL", "X", language="text/cql")
TYPED_PLAN = {**PLAN, "action": [*PLAN["action"], CQL]}
TYPED = Pathway("typed", TYPED_PLAN, Definitions.from_json(TYPED_PLAN), {}, (), 1)


def result(pathway: Pathway, record: str = "", **answers: str | list[str]) -> Result:
    form = QueryDict(mutable=True)
    for name, value in answers.items():
        form.setlist(f"a-{name}", value if isinstance(value, list) else [value])
    found = context(answered(pathway, form, record, NOW))["result"]
    assert isinstance(found, Result)
    return found


def b12(**answers: str | list[str]) -> Result:
    return result(loaded().named("vitamin-b12"), **answers)


def ways(found: Result) -> dict[str, Way]:
    return {branch.title: branch.way for branch in found.branches}


def test_a_condition_without_a_value_leaves_its_step_open() -> None:
    found = ways(result(TYPED, renal="normal"))
    assert found["Weight above 100 kg"] is Way.OPEN
    assert found["Impaired kidneys"] is Way.NOT_TAKEN
    assert found["Another language"] is Way.NOT_TAKEN


def test_each_outcome_has_its_word_and_what_decided_it() -> None:
    found = {b.title: b.reasons[0] for b in result(TYPED, renal="normal", weight="120").branches}
    assert found["Weight above 100 kg"].outcome == "yes"
    assert found["Weight above 100 kg"].said == ("Weight in kg: 120",)
    assert found["Impaired kidneys"].outcome == "no"
    assert found["Impaired kidneys"].said == ("How well do the kidneys work? Normally",)
    assert found["Another language"].outcome == "failed"
    assert found["Another language"].detail
    assert found["No condition"].outcome == "failed"


def test_what_is_open_names_the_questions_that_decide_it() -> None:
    """Also those that are asked through another variable; not those that are not asked now."""
    found = {w.text: w.why for w in result(TYPED).wanted}
    assert set(found) == {"How well do the kidneys work?", "Weight in kg"}
    assert found["Weight in kg"] == "It decides: Weight above 100 kg; Weight above 150 kg."
    assert "Weight in kg" not in {w.text for w in result(TYPED, weight="90").wanted}


def test_a_language_that_is_not_spoken_is_told() -> None:
    assert any("text/cql" in problem for problem in result(TYPED).problems)


def test_what_a_plan_asks_to_find_out_leads_to_its_question() -> None:
    wanted = {w.text: w.field for w in b12().wanted}
    assert wanted["Find out whether there is neurological involvement"] == "a-neurology"
    assert "Find out whether there is neurological involvement" not in {
        w.text for w in b12(neurology="no").wanted
    }


def test_a_question_of_the_plan_is_put_once() -> None:
    found = [w.text for w in b12(deficiency="confirmed", neurology="yes").wanted]
    assert len(found) == len(set(found))


def test_what_is_not_answered_is_told_from_what_is() -> None:
    found = {g.link_id: g.source for g in b12(neurology="no").given}
    assert found["neurology"] is Origin.ANSWERED
    assert found["deficiency"] is Origin.ASSUMED
    record = '{"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01"}'
    of_record = result(loaded().named("vitamin-b12"), record)
    assert {g.link_id: g.source for g in of_record.given}["age"] is Origin.RECORD


def test_a_way_that_may_stand_in_front_is_shown_once_and_in_its_place() -> None:
    for country, first in (("US", "US manufacturer's label"), ("NG", "Federal Ministry of Health")):
        found = b12(
            deficiency="confirmed", phase="nothing", cause="pernicious", neurology="no",
            renal="normal", nephropathy="no", country=country,
        )  # fmt: skip
        (choice,) = found.choices
        said = [(p.title, p.treatments[0].medication) for p in choice.positions]
        assert len(set(map(str, said))) == len(said)
        assert first in said[0][0]


def test_with_impaired_kidneys_cyanocobalamin_comes_never_first() -> None:
    found = b12(phase="finished", neurology="no", renal="impaired", country="US")
    assert found.warnings
    for choice in found.choices:
        names = [t.medication.name for p in choice.positions for t in p.treatments]
        assert names[0] != "cyanocobalamin"


def test_each_way_says_who_takes_it_and_how_that_reached_us() -> None:
    found = b12(deficiency="confirmed", phase="nothing", neurology="yes", cause="pernicious")
    for choice in found.choices:
        assert len(choice.positions) > 1
        for position in choice.positions:
            assert position.references
            assert all(r.held for r in position.references)
            assert all(t.marks for t in position.treatments)


def test_the_library_is_silent_where_it_says_nothing() -> None:
    found = b12(deficiency="none", cause="other", absorption="intact", neurology="no")
    assert [s.title for s in found.silences]
    assert not found.treatments
    assert not found.choices


def test_the_way_is_drawn_without_what_was_not_come_to() -> None:
    found = b12(deficiency="confirmed", phase="nothing", neurology="yes", cause="pernicious")
    flow = found.pictures[-1]
    assert flow.title == "The way through the pathway"
    steps = [row.cells for row in flow.table.rows]
    assert any("other steps" in title for title, _ in steps)
    assert ("16 years and over", "taken") in steps
    assert len(steps) < 45


def test_the_schedule_counts_from_today() -> None:
    found = b12(deficiency="confirmed", phase="nothing", neurology="no", country="GB")
    course = found.pictures[0]
    assert course.title == "From 30 November 2026 on"
    cells = [" ".join(row.cells) for row in course.table.rows]
    assert any("from 30 November 2026 to 14 December 2026" in text for text in cells)
    assert any("28 February 2027" in text for text in cells)


def test_the_summary_counts_what_there_is() -> None:
    assert b12(neurology="yes").summary.startswith("Result: 1 warning, 2 choices between sources")


def dosage(text: str, **repeat: Any) -> dict[str, Any]:
    return {
        "text": text,
        "route": {"text": "intramuscular"},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "mg", "code": "mg",
                                          "system": "http://unitsofmeasure.org"}}],
        "timing": {"repeat": repeat},
    }  # fmt: skip


def order(*dosages: dict[str, Any]) -> dict[str, Any]:
    return {
        "medicationCodeableConcept": {"text": "hydroxocobalamin"},
        "dosageInstruction": list(dosages),
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 mg intramuscularly every 2 months", "1 mg intramuscularly every 2 months"),
        ("1 mg intramuscularly every 2 weeks", "1 mg intramuscular every 2 months"),
        ("10 mg intramuscularly every 2 months", "1 mg intramuscular every 2 months"),
        ("", "1 mg intramuscular every 2 months"),
    ],
)
def test_a_dose_is_shown_in_words_that_say_what_its_elements_say(text: str, shown: str) -> None:
    found = medication(order(dosage(text, frequency=1, period=2, periodUnit="mo")))
    assert found.doses[0].text == shown
    assert found.doses[0].parts == (
        ("Amount", "1 mg"),
        ("Route", "intramuscular"),
        ("How often", "every 2 months"),
    )


def test_doses_stand_in_their_sequence() -> None:
    later = {**dosage("", frequency=1, period=2, periodUnit="mo"), "sequence": 2}
    first = {**dosage("", frequency=3, period=1, periodUnit="wk"), "sequence": 1}
    texts = [given.text for given in medication(order(later, first)).doses]
    assert texts == ["1 mg intramuscular 3 times a week", "1 mg intramuscular every 2 months"]


def test_a_dose_that_cannot_be_read_is_shown_as_it_is_worded() -> None:
    odd = {"text": "as directed", "doseAndRate": [{"doseQuantity": {"value": "x"}}]}
    given = medication(order(odd)).doses[0]
    assert (given.text, given.parts, given.dosage) == ("as directed", (), None)


def test_a_check_names_its_second_phase() -> None:
    timing = {"repeat": {"frequency": 1, "period": 3, "periodUnit": "mo"}}
    request = {"code": {"text": "serum vitamin B12"}, "occurrenceTiming": timing}
    sentence = "Measure it every 3 months until it is stable, and once a year from then on."
    found = monitoring(request, NOW.date(), sentence)
    assert found.often == "every 3 months until it is stable, and once a year from then on"
    assert found.then == "and so on until it is stable"
    yearly = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "a"}}
    later = monitoring({**request, "occurrenceTiming": yearly}, NOW.date(), sentence)
    assert (later.often, later.dates, later.then) == ("once a year", (), "")


def test_a_check_within_a_time_has_its_days() -> None:
    period = {"start": "2026-11-30T12:00:00Z", "end": "2026-12-02T12:00:00Z"}
    found = monitoring({"code": {"text": "potassium"}, "occurrencePeriod": period}, NOW.date())
    assert found.what == "Potassium"
    assert [str(d) for d in found.dates] == ["30 November 2026 to 2 December 2026"]


def test_a_new_version_of_the_library_loads_the_pathways_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = loaded()
    assert loaded() is before
    library = engine().library()

    class Later:
        version = library.version + 1

        def __getattr__(self, name: str) -> Any:
            return getattr(library, name)

    later = Later()
    monkeypatch.setattr(engine(), "library", lambda: later)
    after = loaded()
    assert after.version == before.version + 1
    assert after.pathways.keys() == before.pathways.keys()
    monkeypatch.undo()
    assert loaded().version == before.version


def test_another_library_of_the_same_version_is_another_library(
    monkeypatch: pytest.MonkeyPatch, starter_library: Path, tmp_path: Path
) -> None:
    before = loaded()
    shutil.copytree(starter_library, tmp_path / "other")
    with Library.open(tmp_path / "other") as other:
        assert other.version == before.version
        monkeypatch.setattr(engine(), "library", lambda: other)
        assert loaded().library is other
    monkeypatch.undo()
    assert loaded().library is engine().library()


def test_a_file_of_the_site_that_changes_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = replace_environment(monkeypatch, tmp_path)
    assert "typed" not in loaded().pathways
    file = own / "typed.json"
    file.write_text(json.dumps(PLAN), "utf-8")
    first = loaded()
    assert first.pathways["typed"].title == PLAN["title"]
    assert loaded() is first
    file.write_text(json.dumps({**PLAN, "title": "Another title"}), "utf-8")
    assert loaded().pathways["typed"].title == "Another title"
    file.unlink()
    assert "typed" not in loaded().pathways


def replace_environment(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Let a folder hold the site's own pathways."""
    changed = environment().model_copy(update={"pathways": folder})
    monkeypatch.setattr("osler_site.pathways.loaded.environment", lambda: changed)
    return folder
