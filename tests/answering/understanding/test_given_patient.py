"""What --patient reads, and that nothing it does not understand is dropped in silence."""

from decimal import Decimal
from pathlib import Path

import pytest

from osler.answering.understanding.given_patient import read_facts, read_patient
from osler.domain import Patient
from osler.domain.errors import UsageError


def test_keys_and_values() -> None:
    given = "age=78,sex=F,weight=61 kg,egfr=24,condition=Asthma,condition=gout,drug=warfarin,no=CKD"
    assert read_patient(given) == Patient(
        age_years=Decimal(78),
        sex="female",
        weight_kg=Decimal(61),
        egfr=Decimal(24),
        conditions=("asthma", "gout"),
        drugs=("warfarin",),
        absent_conditions=("ckd",),
    )


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ("age=6 months", "age_years", Decimal("0.5")),
        ("weight=850g", "weight_kg", Decimal("0.85")),
        ("height=1.7 m", "height_cm", Decimal(170)),
        ("creatinine=1 mg/dL", "creatinine_umol_l", Decimal("88.42")),
        ("egfr=24 mL/min/1.73 m²", "egfr", Decimal(24)),
        ("pregnant=yes", "pregnancy", "pregnant"),
        ("breastfeeding=no", "breastfeeding", False),
        ("breastfeeding=yes", "breastfeeding", True),
        ("country=gb", "jurisdiction", "GB"),
        ("life-stage=child", "life_stage", "child"),
    ],
)
def test_units_and_words(given: str, field: str, value: object) -> None:
    read = getattr(read_patient(given), field)
    assert read == value or abs(read - value) < Decimal("0.0001")  # type: ignore[operator]


@pytest.mark.parametrize(
    "given",
    [
        "shoe=42",
        "age=old",
        "age=-3",
        "weight=61 cubits",
        "sex=x",
        "age",
        "age=",
        "age=7,age=8",
        "no-such-file.json",
        "age=78,egfr",
    ],
)
def test_what_is_not_understood_is_refused(given: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_patient(given)
    assert refused.value.help


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("weight=5800", "not possible"),
        ("age=130", "not possible"),
        ("age=1600 months", "not possible"),
        ("height=17 m", "not possible"),
        ("age=-5", "below 0"),
        ("weight=0", "above 0"),
        ("weight=-61 kg", "above 0"),
    ],
)
def test_what_no_patient_can_be_is_refused(given: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_patient(given)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.json", '{"age": 78, "conditions": ["gout", "asthma"], "egfr": null}'),
        ("p.yaml", "age: 78\nconditions:\n- gout\n- asthma\n"),
    ],
)
def test_a_file(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    read = read_patient(str(tmp_path / name))
    assert read == Patient(age_years=Decimal(78), conditions=("gout", "asthma"))


@pytest.mark.parametrize("text", ["- a\n- b\n", "{", "age: {a: 1}\n"])
def test_a_file_that_is_no_patient(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    with pytest.raises(UsageError):
        read_patient(str(tmp_path / "p.yaml"))


@pytest.mark.parametrize("facts", ["age=abc", "age=300", "weight=-4", "age=4,age=5", "eyes=blue"])
def test_what_is_wrong_in_a_form_is_told_without_the_command_line(facts: str) -> None:
    with pytest.raises(UsageError) as told:
        read_facts(facts)
    said = f"{told.value} {told.value.help}"
    assert "YAML" not in said
    assert "sex=" not in said
    assert not str(told.value).startswith("patient:")
    assert told.value.help
