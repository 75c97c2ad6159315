"""What a column on monitoring or for comments says is no timing of the dose beside it."""

import pytest

from osler.dosage import parse_dosages


@pytest.mark.parametrize(
    "text",
    [
        "Dose: 1 mg/kg subcutaneously; Frequency: once daily; Monitoring: anti-Xa level on day 3",
        "Dose: 1 mg/kg; Frequency: once daily; Comments: review on days 3 and 5 for 2 weeks",
        "Dose: 1 mg/kg; Frequency: once daily; Blood tests: platelets twice weekly",
        "Monitoring: level on day 3; Dose: 1 mg/kg; Frequency: once daily",
        "22 mL/min; 1 mg/kg subcutaneously; once daily; anti-Xa level on day 3",
    ],
)
def test_a_monitoring_column_gives_a_dose_no_timing(text: str) -> None:
    (dosage,) = parse_dosages(text)
    assert dosage.frequency is not None
    assert (dosage.frequency.count, dosage.frequency.period_unit) == (1, "d")
    assert dosage.frequency.on == ()
    assert dosage.duration is None


def test_a_dose_whose_only_interval_is_one_of_tests_has_none() -> None:
    (dosage,) = parse_dosages("Dose: 500 mg orally; Monitoring: creatinine weekly")
    assert dosage.frequency is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dose: 500 mg; Dosing notes: three times a day", 3),
        ("Monitoring: none; Notes: 500 mg four times a day", 4),
    ],
)
def test_a_column_that_gives_the_dose_keeps_its_timing(text: str, count: int) -> None:
    (dosage,) = parse_dosages(text)
    assert dosage.frequency is not None
    assert dosage.frequency.count == count


def test_a_comment_that_divides_the_dose_of_a_day_is_kept() -> None:
    (dosage,) = parse_dosages("Dose: 40 mg/kg; Notes: daily in 3 divided doses")
    assert (dosage.per_time, dosage.divided) == ("d", (3, 3))
    (dosage,) = parse_dosages("Give 5 mg on days 1, 8 and 15")
    assert dosage.frequency is not None
    assert dosage.frequency.on == (1, 8, 15)
