from dataclasses import replace
from decimal import Decimal

import pytest

from osler.domain import Applies, Combinator, Criterion, Patient
from osler.statements import applies, read_group, read_patient


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("text", "attribute", "low", "high"),
    [
        ("1–4 years", "age", "1", "4"),
        ("1 month - 12 years", "age", "0.0833", "12"),
        ("aged 65 or over", "age", "65", None),
        ("Age 2 months and up", "age", "0.1667", None),
        ("Keep going until 12 months of age", "age", None, "1"),
        ("Children aged 2 to 5 years", "age", "2", "5"),
        ("children 5 - 10 years: 300 mg", "age", "5", "10"),
        ("7–28 days", "age", "0.0192", "0.0767"),
        ("6 months and above: 20 mg per day", "age", "0.5", None),
        ("Weight: 15 -- <25 kg", "weight", "15", "25"),
        ("2 to under 5 years", "age", "2", "5"),
        ("80 to under 90 kg", "weight", "80", "90"),
        ("creatinine clearance 30 to below 50 mL/min", "crcl", "30", "50"),
        ("45–65 kg", "weight", "45", "65"),
        ("eGFR 30–45 mL/min/1.73 m²", "egfr", "30", "45"),
        ("eGFR (mL/min per 1.73 m²): 45 to 59", "egfr", "45", "59"),
        ("Creatinine clearance: 25–44 mL/min", "crcl", "25", "44"),
        ("It may be used with caution at 30–44 ml/minute", "crcl", "30", "44"),
        ("Between 15 and 50 mL/min the dose is 30 mg", "crcl", "15", "50"),
        ("BMI 30 or more", "bmi", "30", None),
        ("10-year risk 10% or more", "risk", "10", None),
        ("creatinine above 2 mg/dL", "creatinine", "176.84", None),
        ("after 20 weeks of pregnancy", "gestation", "20", None),
    ],
)
def test_bounds_are_read(text: str, attribute: str, low: str | None, high: str | None) -> None:
    found = [c for c in read_group(text).criteria if c.attribute == attribute]
    assert [(c.low, c.high) for c in found] == [(number(low), number(high))]


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("under 2 years", Criterion("age", high=Decimal(2), high_inclusive=False)),
        ("weighing less than 50 kg", Criterion("weight", high=Decimal(50), high_inclusive=False)),
        ("eGFR below 30", Criterion("egfr", high=Decimal(30), high_inclusive=False)),
        ("patients over 75 years", Criterion("age", low=Decimal(75), low_inclusive=False)),
    ],
)
def test_open_bounds_leave_the_number_out(text: str, criterion: Criterion) -> None:
    (found,) = read_group(text).criteria
    assert (found.low, found.high) == (criterion.low, criterion.high)
    assert (found.low_inclusive, found.high_inclusive) == (
        criterion.low_inclusive,
        criterion.high_inclusive,
    )


@pytest.mark.parametrize(
    ("text", "attribute", "value", "negated"),
    [
        ("in pregnant women", "pregnancy", "pregnant", False),
        ("women planning pregnancy", "pregnancy", "planning", False),
        ("unless pregnant", "pregnancy", "pregnant", True),
        ("during the first trimester", "pregnancy", "first trimester", False),
        ("while breastfeeding", "breastfeeding", "yes", False),
        ("neonates", "life stage", "neonate", False),
        ("Adults", "life stage", "adult", False),
        ("patients with heart failure", "condition", "heart failure", False),
        ("in AF", "condition", "atrial fibrillation", False),
        ("without neurological involvement", "condition", "neurological involvement", True),
        ("after gastric bypass", "procedure", "gastric bypass", False),
        ("women taking antiepileptic medicines", "drug", "antiepileptic", False),
        ("penicillin allergy: give erythromycin", "allergy", "penicillin", False),
        ("severe pneumonia", "severity", "severe", False),
    ],
)
def test_words_for_people_are_read(text: str, attribute: str, value: str, negated: bool) -> None:
    found = [(c.value, c.negated) for c in read_group(text).criteria if c.attribute == attribute]
    assert found == [(value, negated)]


@pytest.mark.parametrize(
    "text",
    [
        "Give 5 mg every 2–3 months for 4 years.",
        "Check the level at 2, 4, 8 and 12 weeks.",
        "Flucloxacillin 500 mg four times daily, 5 to 7 days.",
        "cefalexin 500 mg bd, 7–10 days",
        "prednisolone 40 mg a day, 2 to 3 weeks",
        "Give 7 mg/kg once a day.",
        "Infuse 100 mL over 2 hours.",
        "Continue for at least 6 months.",
        "Give 90 mg/kg/day.",
    ],
)
def test_times_and_doses_are_no_group(text: str) -> None:
    assert read_group(text).criteria == ()


def test_a_counted_list_needs_that_many() -> None:
    group = read_group("Halve if any two of: over 75 years, under 50 kg, eGFR below 30")
    assert (group.combinator, group.count, len(group.criteria)) == (Combinator.AT_LEAST, 2, 3)


def test_or_within_a_group_gives_alternatives() -> None:
    adult, condition = read_group("adults with diabetes or hypertension").criteria
    assert adult.value == "adult"
    assert [condition.value, *(c.value for c in condition.alternatives)] == [
        "diabetes",
        "hypertension",
    ]


@pytest.mark.parametrize(
    ("group", "patient", "expected"),
    [
        ("any two of: over 75 years, under 50 kg, eGFR below 30", "78F 61 kg eGFR 24", Applies.YES),
        ("any two of: over 75 years, under 50 kg, eGFR below 30", "70F 61 kg eGFR 24", Applies.NO),
        ("any two of: over 75 years, under 50 kg, eGFR below 30", "78F eGFR 50", Applies.UNKNOWN),
        ("1–4 years", "3 yr old", Applies.YES),
        ("1–4 years", "14-month-old", Applies.YES),
        ("under 2 years", "3 yr old", Applies.NO),
        ("children", "55 year old man", Applies.NO),
        ("adults", "3 yr old, 14 kg", Applies.NO),
        ("neonates", "preterm neonate", Applies.YES),
        ("in neonatal sepsis", "4 year old, sepsis", Applies.NO),
        ("in neonatal sepsis", "3 day old, sepsis", Applies.UNKNOWN),
        ("Adults and children over 12 years", "40 year old man", Applies.YES),
        ("Adults and children over 12 years", "8 year old boy", Applies.NO),
        ("older people", "82 year old woman", Applies.YES),
        ("pregnant women", "planning pregnancy", Applies.NO),
        ("pregnant women", "75 kg man", Applies.NO),
        ("pregnant women", "30 year old woman", Applies.UNKNOWN),
        ("during the first trimester", "she is 20 weeks pregnant", Applies.NO),
        ("patients with diabetes", "T2DM, eGFR 38", Applies.YES),
        ("patients with cardiovascular disease", "no ASCVD", Applies.NO),
        ("patients with cardiovascular disease", "had a heart attack", Applies.YES),
        ("after bariatric surgery", "had a gastric sleeve", Applies.YES),
        ("otitis media", "AOM in a toddler", Applies.YES),
        ("patients with renal impairment", "eGFR 24", Applies.YES),
        ("eGFR below 30", "normal kidneys", Applies.NO),
        ("eGFR 30–45", "CrCl 40 ml/min", Applies.YES),
        ("BMI 30 or more", "BMI 34, planning pregnancy", Applies.YES),
        ("BMI 30 or more", "BMI 24", Applies.NO),
        ("patients taking antiepileptic drugs", "I take carbamazepine", Applies.YES),
        ("penicillin allergy", "allergic to amoxicillin", Applies.YES),
        ("without neurological involvement", "pernicious anaemia with neuropathy", Applies.NO),
        ("", "78F", Applies.YES),
    ],
)
def test_a_group_is_evaluated_for_a_patient(group: str, patient: str, expected: Applies) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is expected


def test_reasons_are_plain_words() -> None:
    outcome = applies(
        read_group("any two of: over 75 years, under 50 kg, eGFR below 30"),
        read_patient("78F 61 kg eGFR 24"),
    )
    assert outcome.because == ("78 > 75 and eGFR 24 < 30: two of the three criteria met",)


def test_what_is_missing_is_named() -> None:
    assert applies(read_group("eGFR below 30"), read_patient("78F")).missing == ("eGFR",)


def test_before_and_in_pregnancy_is_for_women_in_either() -> None:
    group = read_group("Folic acid before and in early pregnancy")
    assert {c.value for c in group.criteria} == {"planning", "pregnant"}
    for patient in ("planning a pregnancy", "12 weeks pregnant"):
        assert applies(group, read_patient(patient)).applies is Applies.YES
    assert applies(group, read_patient("58-year-old man")).applies is Applies.NO


def test_what_is_for_uncomplicated_illness_is_not_for_severe() -> None:
    patient = read_patient("first line treatment of severe malaria in children")
    assert applies(read_group("Uncomplicated malaria"), patient).applies is Applies.NO
    assert applies(read_group("Severe malaria"), patient).applies is Applies.YES


@pytest.mark.parametrize(
    "text",
    [
        "250 mg every 6 hours; doses doubled for severe infections",
        "125 mg every 6 hours increased in severe infection",
        "20 mg/kg daily; up to 80 mg/kg in severe infection",
        "Drugone (preferred in pregnancy)",
        "(AUC, 0–24 hours)",
    ],
)
def test_a_remark_narrows_nobody_down(text: str) -> None:
    assert read_group(text).criteria == ()


def test_what_is_said_before_any_dose_does_narrow_down() -> None:
    assert {c.attribute for c in read_group("Reduce the dose in severe illness").criteria} == {
        "severity"
    }


def test_an_age_in_brackets_after_a_weight() -> None:
    attributes = [
        c.attribute for c in read_group("4.5 kg -- <9 kg (2 months - 11 months)").criteria
    ]
    assert attributes == ["weight", "age"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pneumonia, with or without asthma", {("pneumonia", False)}),
        ("Pneumonia, without asthma", {("pneumonia", False), ("asthma", True)}),
        ("Adults with and without heart failure or diabetes", {("adult", False)}),
        ("Adults with/without epilepsy", {("adult", False)}),
    ],
)
def test_with_or_without_is_no_criterion(text: str, expected: set[tuple[str, bool]]) -> None:
    assert {(c.value, c.negated) for c in read_group(text).criteria} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dialysis removes lithium (up to 170 mL/min) and is used after an overdose.",
        "Haemodialysis clears the drug at no more than 150 mL/min.",
        "Contrast is injected at 3–5 mL/min.",
        "Blood is pumped at 200–300 mL/min.",
    ],
)
def test_how_fast_a_drug_is_cleared_is_no_bound_on_renal_function(text: str) -> None:
    assert "crcl" not in read_group(text).attributes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Tobramycin 7 mg/kg of ideal body weight; in an underweight patient use actual weight.",
            [],
        ),
        ("In obese patients: 5 mg/kg of actual body weight.", ["obesity"]),
        ("5 mg/kg daily; in obese patients 4 mg/kg of actual body weight.", ["obesity"]),
    ],
)
def test_by_what_weight_to_dose_whom_is_no_criterion(text: str, values: list[str]) -> None:
    assert [c.value for c in read_group(text).criteria] == values


@pytest.mark.parametrize(
    ("text", "attribute", "low", "high"),
    [
        ("Renal function (eGFR, mL/min/1.73 m²): 60 or more", "egfr", 60, None),
        ("Renal function (eGFR): 30–59", "egfr", 30, 59),
        ("eGFR, mL/min: below 30", "egfr", None, 30),
        ("Renal function, eGFR in mL/min: 15–29", "egfr", 15, 29),
        ("Creatinine clearance, mL/min: 30–59", "crcl", 30, 59),
        ("Kidney function (CrCl, mL/min): below 30", "crcl", None, 30),
        ("Renal function (mL/min): 30–59", "crcl", 30, 59),
        ("Body weight, kg: 20–30", "weight", 20, 30),
        ("BMI, kg/m²: 30 or more", "bmi", 30, None),
    ],
)
def test_a_columns_header_may_hold_name_and_unit_in_any_form(
    text: str, attribute: str, low: int | None, high: int | None
) -> None:
    [criterion] = read_group(text).criteria
    assert (criterion.attribute, criterion.low, criterion.high) == (attribute, low, high)


def test_a_bracket_that_ends_behind_a_measure_takes_no_dose_for_its_value() -> None:
    assert not read_group("(in those with a low eGFR) 30 mg daily").criteria


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Not severe, no risk factor for candida: 5 mg", "non-severe, adult", Applies.UNKNOWN),
        ("Ward, not severe: 5 mg", "non-severe pneumonia", Applies.YES),
        ("Severe pneumonia: 5 mg", "non-severe pneumonia", Applies.NO),
        ("Severe pneumonia: 5 mg", "severe pneumonia", Applies.YES),
        ("Mild to moderate attack", "moderate attack", Applies.YES),
        ("Mild attack", "attack that is not severe", Applies.UNKNOWN),
    ],
)
def test_what_is_said_not_to_be_severe_is_not(text: str, question: str, expected: Applies) -> None:
    group = read_group(text)
    severity = tuple(c for c in group.criteria if c.attribute == "severity")
    assert applies(replace(group, criteria=severity), read_patient(question)).applies in (
        expected,
        Applies.YES if expected is Applies.UNKNOWN and severity[0].negated else expected,
    )


@pytest.mark.parametrize(
    ("text", "patient", "expected"),
    [
        ("15 mg at age 75 or over, or with ketoconazole", "81F", Applies.YES),
        ("15 mg at age 75 or over, or with ketoconazole", "40F on ketoconazole", Applies.YES),
        ("Halve the dose if weight is below 50 kg, or with verapamil", "44 kg", Applies.YES),
        ("Beyond the newborn period: 40 mg/kg", "6 year old", Applies.YES),
        ("Beyond the newborn period: 40 mg/kg", "3 day old neonate", Applies.NO),
        ("Folic acid for people at risk of deficiency (alcohol, coeliac disease, pregnancy)",
         "pregnant 12 weeks", Applies.YES),
        ("Thiamine for people at risk of neuropathy (diabetes, HIV, malnutrition)",
         "man with diabetes", Applies.YES),
    ],
)  # fmt: skip
def test_alternatives_are_each_enough(text: str, patient: str, expected: Applies) -> None:
    assert applies(read_group(text), read_patient(patient)).applies is expected


@pytest.mark.parametrize(
    "text",
    [
        "The dose may be raised above 20 mg a day even in heart failure.",
        "40 mg daily regardless of renal impairment",
        "Long treatment (more than 3 years): 5 mg IV once",
    ],
)
def test_what_makes_no_difference_and_how_long_treatment_lasts_pick_out_nobody(text: str) -> None:
    assert not read_group(text).criteria


def test_a_refusal_gives_what_does_not_hold_alone() -> None:
    group = read_group("Adults weighing under 50 kg")
    assert applies(group, read_patient("70F 62 kg")).because == ("weight 62 > 50",)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Give 1 mg every three months to patients without renal impairment, by deep injection.",
         "without renal impairment"),
        ("Where there is no neurological involvement, give 1 mg every three months, by injection.",
         "no neurological involvement"),
        ("Adults with gout take 20 mg once daily.", "Adults with gout"),
        ("Give 1 mg every three months by deep injection where there is no known renal impairment.",
         "no known renal impairment"),
    ],
)  # fmt: skip
def test_the_words_of_a_group_are_those_that_state_it_with_its_negation(
    sentence: str, words: str
) -> None:
    assert read_group(sentence).text == words


@pytest.mark.parametrize(
    "text",
    [
        "Low risk of stroke: aspirin 75 mg daily.",
        "At risk of developing osteoporosis: 800 units daily.",
        "To prevent a further stroke: 75 mg daily.",
        "For prophylaxis of migraine: 40 mg twice daily.",
    ],
)
def test_who_may_get_a_condition_does_not_have_it(text: str) -> None:
    assert "condition" not in {c.attribute for c in read_group(text).criteria}
    assert read_patient(f"{text} Dose?").conditions == ()


def test_weeks_beside_an_age_in_days_are_those_of_gestation() -> None:
    newborn = read_group("29 weeks or less, aged under 14 days")
    assert [(c.attribute, c.low, c.high) for c in newborn.criteria] == [
        ("gestation", None, Decimal(29)),
        ("age", None, Decimal("0.0383")),
    ]
    older = read_group("Children 6 weeks or more, aged under 2 years")
    assert "gestation" not in {c.attribute for c in older.criteria}


@pytest.mark.parametrize(
    "text",
    [
        "Time after transplantation: 0 to 3 months",
        "Time on treatment: after 12 months; Test: monthly",
        "Missed in a row: 1–2 days",
    ],
)
def test_time_since_an_event_is_nobodys_age(text: str) -> None:
    assert [c for c in read_group(text).criteria if c.attribute == "age"] == []


def test_an_age_keeps_its_label() -> None:
    assert [c.attribute for c in read_group("Age: 3 to 6 months").criteria] == ["age"]


BARS = (
    "Contraindicated in pregnancy and in children <18 years",
    "Should not be given to children under 12 years, or to pregnant or breast-feeding women",
    "Contraindicated in children <8 years and in pregnant women",
    "Avoid in pregnancy and breastfeeding; children below 12 years",
)


@pytest.mark.parametrize("text", BARS)
@pytest.mark.parametrize(
    ("patient", "outcome"),
    [
        ("pregnant woman", Applies.YES),
        ("5 year old boy", Applies.YES),
        ("60 year old man", Applies.NO),
    ],
)
def test_mother_or_child_is_either(text: str, patient: str, outcome: Applies) -> None:
    assert applies(read_group(text), read_patient(patient)).applies is outcome


def test_an_age_beside_children_keeps_both() -> None:
    group = read_group("children aged 2 to 5 years")
    assert {c.attribute for c in group.criteria} == {"life stage", "age"}


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("2 years and over, and adults", "child of 6 years", Applies.YES),
        ("2 years and over, and adults", "child of 1 year", Applies.NO),
        ("2 months and up", "baby of 6 months", Applies.YES),
        ("Not for use below 12 years of age, nor below 35 kg", "8-year-old, 25 kg", Applies.YES),
        ("Not for use below 12 years of age, nor below 35 kg", "14-year-old, 30 kg", Applies.YES),
        ("Not for use below 12 years of age, nor below 35 kg", "14-year-old, 50 kg", Applies.NO),
        ("Women 30 mg, men 60 mg", "woman of 50", Applies.YES),
        ("Women 30 mg, men 60 mg", "man of 50", Applies.YES),
    ],
)
def test_people_who_are_named_side_by_side(text: str, question: str, verdict: Applies) -> None:
    assert applies(read_group(text), read_patient(question)).applies is verdict


def test_child_pugh_is_no_child() -> None:
    assert not any(c.value == "child" for c in read_group("cirrhosis (Child-Pugh B)").criteria)
    assert read_patient("dose in Child-Pugh B cirrhosis").life_stage is None
    assert read_patient("dose for a child with cirrhosis").life_stage == "child"


def test_nor_goes_on_with_what_is_barred() -> None:
    group = read_group("Not to be used below 12 years of age, nor below 35 kg")
    assert group.combinator is Combinator.ANY
    assert [(c.attribute, c.high, c.negated) for c in group.criteria] == [
        ("age", Decimal(12), False),
        ("weight", Decimal(35), False),
    ]


def test_nor_goes_on_with_what_is_absent() -> None:
    group = read_group("Neither in pregnancy nor in renal impairment")
    assert [c.negated for c in group.criteria] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "every 3 months in people aged over 65 years or at risk of renal impairment.",
        "At risk of renal impairment or over 65 years: every 3 months",
        "every 3 months in those over 65 or with risk factors for renal impairment.",
    ],
)
def test_an_age_that_fails_one_alternative_is_no_reason(text: str) -> None:
    group = read_group(text)
    assert {c.attribute for c in group.criteria} == {"age", "other"}
    younger = applies(group, Patient(age_years=Decimal(60)))
    assert younger.applies is Applies.UNKNOWN
    assert younger.because == ("not known: risk of renal impairment",)
    assert applies(group, Patient(age_years=Decimal(70))).because == ("70 > 65",)


def test_a_risk_alone_is_no_criterion() -> None:
    assert read_group("Measure bone density in those at risk of falls.").criteria == ()


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Raise to the maximum, 50 mg once daily, after 4 to 8 weeks.", 0),
        ("Infants after 6 months: 5 mg once daily.", 1),
        ("After 65 years: 5 mg once daily.", 1),
    ],
)
def test_weeks_that_have_passed_are_no_age_unless_people_are_named(text: str, ages: int) -> None:
    assert sum(c.attribute == "age" for c in read_group(text).criteria) == ages


def test_who_advises_on_the_feeding_of_infants_is_for_no_infant() -> None:
    assert not read_group("Postnatal ward, infant feeding team").criteria
    assert read_group("Infants with colic").attributes >= {"life stage"}


def test_an_equivalent_of_the_dose_of_adults_is_for_nobody() -> None:
    assert not read_group("Based on an adult-equivalent dose of 20 mg").criteria
    assert read_group("Adult dose").criteria


@pytest.mark.parametrize(
    ("text", "value", "negated"),
    [
        ("Patients with unprovoked pulmonary embolism need longer.", "pulmonary embolism", False),
        ("In people with newly diagnosed epilepsy, begin low.", "epilepsy", False),
        ("Give it to those with persistent asthma.", "asthma", False),
        ("Only in adults without newly diagnosed asthma.", "asthma", True),
    ],
)
def test_words_on_how_an_illness_came_leave_it_of_the_patient(
    text: str, value: str, negated: bool
) -> None:
    told = [(c.value, c.negated) for c in read_group(text).criteria if c.attribute == "condition"]
    assert told == [(value, negated)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("200 mg every 8 hours, after the first trimester", Applies.NO, Applies.YES),
        ("From the second trimester onwards 200 mg daily", Applies.NO, Applies.YES),
        ("In the first trimester 200 mg daily", Applies.YES, Applies.NO),
        ("Before the third trimester 200 mg daily", Applies.YES, Applies.YES),
    ],
)
def test_after_a_trimester_is_not_in_it(text: str, first: Applies, second: Applies) -> None:
    group = read_group(text)
    assert applies(group, Patient(pregnancy="first trimester")).applies is first
    assert applies(group, Patient(pregnancy="second trimester")).applies is second


def test_what_prevents_a_pregnancy_is_for_nobody_pregnant() -> None:
    assert not read_group("Levonorgestrel 1.5 mg to prevent unwanted pregnancy").criteria


def test_years_of_treatment_are_no_age() -> None:
    assert not read_group("Yearly checks, after 1 year of treatment").criteria
    assert read_group("Children after 1 year of age").attributes >= {"age"}
