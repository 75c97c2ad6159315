from decimal import Decimal

import pytest

from osler.statements import read_patient


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("78F 61 kg eGFR 24", "age_years", Decimal(78)),
        ("INR 4, male 81, on warfarin", "age_years", Decimal(81)),
        ("an 8 mo with otitis media", "age_years", Decimal("0.6667")),
        ("after an 8 week course with methotrexate", "age_years", None),
        ("the patient isn't bleeding", "absent_conditions", ("bleeding",)),
        ("she hasn't got asthma", "absent_conditions", ("asthma",)),
        ("he doesn't have gout", "absent_conditions", ("gout",)),
        ("throwing up blood", "conditions", ("haematemesis",)),
        ("creatinine 340. What dose?", "creatinine_umol_l", Decimal(340)),
        ("78F 61 kg eGFR 24", "sex", "female"),
        ("78F 61 kg eGFR 24", "weight_kg", Decimal(61)),
        ("78F 61 kg eGFR 24", "egfr", Decimal(24)),
        ("3 yr old, 14 kg", "age_years", Decimal(3)),
        ("a 14-month-old with otitis media", "age_years", Decimal("1.1667")),
        ("55 y/o diabetic", "age_years", Decimal(55)),
        ("my mum is 82", "age_years", Decimal(82)),
        ("my mum is 82", "sex", "female"),
        ("her eGFR is 24", "age_years", None),
        ("how much Xarelto at 79", "age_years", Decimal(79)),
        ("ramipril dose at 91?", "age_years", Decimal(91)),
        ("how much noradrenaline at 20 ml/h", "age_years", None),
        ("on levothyroxine at 50, what dose next", "age_years", None),
        ("dose of digoxin at 24 weeks", "age_years", None),
        ("her eGFR is 24", "egfr", Decimal(24)),
        ("for 5 years", "age_years", None),
        ("on HCQ 2 yrs plus tamoxifen", "age_years", None),
        ("on hydroxychloroquine 62 yrs new rash", "age_years", Decimal(62)),
        ("eGFR now 38", "egfr", Decimal(38)),
        ("if CrCl 50 ml/min", "crcl", Decimal(50)),
        ("BMI 34, planning pregnancy", "bmi", Decimal(34)),
        ("BMI 34, planning pregnancy", "pregnancy", "planning"),
        ("we're trying for a baby", "pregnancy", "planning"),
        ("we're trying for a baby", "life_stage", None),
        ("not pregnant", "pregnancy", "not pregnant"),
        ("thrush in a non pregnant woman", "pregnancy", "not pregnant"),
        ("eye screening now or wait until 5 years", "age_years", None),
        ("is screening due now or at 5 years", "age_years", None),
        ("can it wait to 5 years", "age_years", None),
        ("melaena, colonoscopy tomorrow morning", "procedures", ()),
        ("appendicectomy planned next week", "procedures", ()),
        ("colonoscopy yesterday", "procedures", ("colonoscopy",)),
        ("24 weeks pregnant", "gestation_weeks", Decimal(24)),
        ("20 weeks into her second pregnancy", "gestation_weeks", Decimal(20)),
        ("fever, 5 weeks into carbimazole", "gestation_weeks", None),
        ("fever, 5 weeks into carbimazole", "pregnancy", None),
        ("pregnant, 3 weeks into a course of iron", "gestation_weeks", None),
        ("QRISK 14% and no CVD", "risk_percent", Decimal(14)),
        ("creatinine 1.4 mg/dL", "creatinine_umol_l", Decimal("123.788")),
        ("75 kg man", "sex", "male"),
        ("11 stone 4 lb", "weight_kg", Decimal("71.67")),
        ("IBW 60 kg, actual weight 95 kg", "weight_kg", Decimal(95)),
        ("IBW 60 kg, actual weight 95 kg", "ideal_weight_kg", Decimal(60)),
        ("he is 5 ft 9", "height_cm", Decimal("175.26")),
        ("5'9\" and 80 kg", "height_cm", Decimal("175.26")),
        ("154 lb", "weight_kg", Decimal("69.85")),
        ("5 mg/kg", "weight_kg", None),
        ("no ASCVD (US)", "absent_conditions", ("cardiovascular disease",)),
        ("no ASCVD (US)", "jurisdiction", "US"),
        ("tell us the dose", "jurisdiction", None),
        ("pt on methotrexate has a UTI", "drugs", ("methotrexate",)),
        ("pt on methotrexate has a UTI", "conditions", ("urinary tract infection",)),
        ("should I take metformin", "drugs", ()),
        ("who should not be given metformin", "drugs", ()),
        ("she was given metformin", "drugs", ("metformin",)),
        ("allergic to penicillin", "allergies", ("penicillin",)),
        ("she can't have trimethoprim", "allergies", ("trimethoprim",)),
        ("came out in a rash with cefalexin", "allergies", ("cefalexin",)),
        ("penicillin allergic", "drugs", ()),
        ("normal kidneys", "absent_conditions", ("renal impairment",)),
        ("normal kidneys", "egfr", None),
        ("her kidneys are not great", "conditions", ("renal impairment",)),
        ("after gastric bypass", "procedures", ("gastric bypass",)),
        ("severe malaria", "severity", "severe"),
        ("preterm neonate", "life_stage", "neonate"),
        ("breastfeeding mother", "breastfeeding", True),
        ("term baby, exclusively breast feeding", "breastfeeding", None),
        ("term baby, exclusively breast feeding", "sex", None),
        ("6 week old, fully breastfeeding", "breastfeeding", None),
        ("my 3 month old daughter is only breastfeeding, does she need it", "breastfeeding", None),
        ("breastfeeding, baby 3 weeks old", "breastfeeding", True),
        ("baby is 6 weeks and I am exclusively breastfeeding", "breastfeeding", True),
        ("mum exclusively breastfeeding a 5 week old", "breastfeeding", True),
        ("a boy of 14/12 with croup", "age_years", Decimal("1.1667")),
        ("14/12 old with croup", "age_years", Decimal("1.1667")),
        ("infant 4/12, reflux", "age_years", Decimal("0.3333")),
        ("doxycycline for 2/52", "age_years", None),
        ("day 2 neonate", "age_years", Decimal("0.0055")),
        ("day 10 of treatment", "age_years", None),
        ("18 months 10kg", "age_years", Decimal("1.5")),
        ("colchicine 3 months?", "age_years", None),
        ("colistin, 14y", "age_years", Decimal(14)),
        ("F/45 with gout", "age_years", Decimal(45)),
        ("45/M with gout", "sex", "male"),
        ("in her late 70s", "age_years", Decimal(75)),
        ("daughter turned 3 last month", "age_years", Decimal(3)),
        ("he is 6 foot 1", "age_years", None),
        ("he is 6 foot 1", "height_cm", Decimal("185.42")),
        ("5'4\", 60 kg", "height_cm", Decimal("162.56")),
        ("11 st 4 lady", "weight_kg", Decimal("71.67")),
        ("10 stone", "weight_kg", Decimal("63.50")),
        ("weighs 8", "weight_kg", Decimal(8)),
        ("1st line for 3 days", "weight_kg", None),
        ("pramipexole for a woman, 47: dose at night?", "age_years", Decimal(47)),
        ("9/40, vomiting", "gestation_weeks", Decimal(9)),
        ("9/40, vomiting", "pregnancy", "pregnant"),
        ("2 day old, corrected 33/40, 1.9 kg", "gestation_weeks", Decimal(33)),
        ("2 day old, corrected 33/40, 1.9 kg", "pregnancy", None),
        ("2 day old, corrected 33/40, 1.9 kg", "sex", None),
        ("G2 37/40", "pregnancy", "pregnant"),
        ("pregnancy, 28 weeks", "gestation_weeks", Decimal(28)),
        ("pregnant, antibiotics for 2 weeks", "gestation_weeks", None),
        ("10 week old with cough", "gestation_weeks", None),
        ("baby born at 30/40", "pregnancy", None),
        ("in labour", "pregnancy", "pregnant"),
        ("creat 142", "creatinine_umol_l", Decimal(142)),
        ("Cr 1.6", "creatinine_umol_l", Decimal("141.472")),
        ("morphine CR 30 mg", "creatinine_umol_l", None),
        ("CrCl 22 ml/min", "creatinine_umol_l", None),
        ("eGFR <30", "egfr", Decimal(29)),
        ("eGFR 25 ml/min/1.73m2", "egfr", Decimal(25)),
        ("HIV negative", "absent_conditions", ("hiv",)),
        ("never had rabies jabs", "absent_conditions", ()),
        ("no previous measles vaccine", "absent_conditions", ()),
        ("no hepatitis B immunisation", "conditions", ()),
        ("low HIV prevalence area, TB", "conditions", ("tuberculosis",)),
        ("not in shock", "absent_conditions", ("shock",)),
        ("dehydrated, not shocked", "absent_conditions", ("shock",)),
        ("non-severe pneumonia", "severity", "not severe"),
        ("not severe", "severity", "not severe"),
        ("severe croup", "severity", "severe"),
        ("not on phenytoin", "drugs", ()),
        ("isn't taking any warfarin", "drugs", ()),
        ("no longer on ramipril", "drugs", ()),
        ("on ramipril", "drugs", ("ramipril",)),
        ("had measles as a child", "life_stage", None),
        ("6 years of denosumab", "age_years", None),
        ("gestational hypertension, 28 weeks", "gestation_weeks", Decimal(28)),
        ("ophthalmia neonatorum", "life_stage", "neonate"),
        ("no penicillin allergy", "allergies", ()),
        ("anaphylaxis to penicillin", "allergies", ("penicillin",)),
        ("NBM for theatre", "routes_unavailable", ("oral",)),
        ("she can't swallow", "routes_unavailable", ("oral",)),
        ("no IV access", "routes_unavailable", ("intravenous",)),
        ("IV access obtained", "routes_unavailable", ()),
    ],
)
def test_facts_are_read_from_a_question(text: str, attribute: str, value: object) -> None:
    assert getattr(read_patient(text), attribute) == value


@pytest.mark.parametrize("text", ["never had rabies jabs", "no hepatitis B vaccine before"])
def test_a_vaccine_not_had_rules_out_no_illness(text: str) -> None:
    assert not read_patient(text).absent_conditions


@pytest.mark.parametrize(
    "text", ["has had 6 years of denosumab", "3 years into lithium", "4 years of treatment"]
)
def test_years_of_a_treatment_are_no_age(text: str) -> None:
    assert read_patient(text).age_years is None


def test_a_value_comes_back_from_the_laboratory() -> None:
    assert dict(read_patient("K came back 5.8").measurements) == {"potassium": Decimal("5.8")}


@pytest.mark.parametrize(
    "text",
    [
        "MRSA isn't the bug",
        "MRSA is not the likely organism",
        "MRSA was not found",
        "MRSA unlikely",
    ],
)
def test_what_is_denied_behind_its_name_is_absent(text: str) -> None:
    patient = read_patient(text)
    assert patient.conditions == ()
    assert patient.absent_conditions == ("meticillin-resistant staphylococcus aureus infection",)


@pytest.mark.parametrize(
    "text", ["she doesn't take warfarin", "she isn't on warfarin", "he cannot take warfarin"]
)
def test_what_is_not_taken_is_no_drug_of_the_patient(text: str) -> None:
    assert read_patient(text).drugs == ()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("metformin for a woman taking warfarin and amiodarone?", ("warfarin", "amiodarone")),
        ("on warfarin, amiodarone?", ("warfarin",)),
        ("on warfarin, amiodarone and digoxin. Metformin?", ("warfarin", "amiodarone", "digoxin")),
    ],
)
def test_of_the_drugs_of_a_list_the_last_may_be_asked_about(
    text: str, taken: tuple[str, ...]
) -> None:
    assert read_patient(text).drugs == taken


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("child of 4", "age_years", Decimal(4)),
        ("a man of 62 kg", "age_years", None),
        ("eGFR's 22", "egfr", Decimal(22)),
        ("the CrCl is only 12", "crcl", Decimal(12)),
        ("pen allergic", "allergies", ("penicillin",)),
        ("no pen allergy", "allergies", ()),
        ("she's expecting", "pregnancy", "pregnant"),
        ("she is expecting to travel", "pregnancy", None),
    ],
)
def test_what_is_said_in_short(text: str, field: str, value: object) -> None:
    assert getattr(read_patient(text), field) == value


@pytest.mark.parametrize("text", ["her asthma isn't controlled", "asthma is not responding"])
def test_what_is_not_controlled_is_had(text: str) -> None:
    assert read_patient(text).conditions == ("asthma",)


def test_what_somebody_may_need_later_is_not_done_yet() -> None:
    assert read_patient("eGFR 19, may soon need dialysis, gabapentin dose").procedures == ()
    assert read_patient("on dialysis, may need gabapentin").procedures == ("dialysis",)


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("Burkitt lymphoma, normal G6PD", ("non-hodgkin lymphoma",), ("g6pd deficiency",)),
        ("malaria, G6PD level came back fine", ("malaria",), ("g6pd deficiency",)),
        ("G6PD not deficient", (), ("g6pd deficiency",)),
        ("G6PD status unknown", (), ()),
        ("known G6PD, normal LFTs", ("g6pd deficiency",), ()),
        ("G6PD deficient", ("g6pd deficiency",), ()),
        ("normal bloods, G6PD", ("g6pd deficiency",), ()),
        ("normal alpha 1 antitrypsin", (), ("alpha-1 antitrypsin deficiency",)),
    ],
)
def test_a_deficiency_named_by_what_may_be_lacking(
    text: str, has: tuple[str, ...], has_not: tuple[str, ...]
) -> None:
    patient = read_patient(text)
    assert patient.conditions == has
    assert patient.absent_conditions == has_not


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("anaphylaxis to amoxicillin as a teenager", None),
        ("hives with cefalexin when she was a child", None),
        ("asthma since childhood", None),
        ("a teenager with acne", "adolescent"),
        ("paracetamol for him as a baby of 6 kg", "infant"),
    ],
)
def test_what_somebody_was_is_not_what_they_are(text: str, stage: str | None) -> None:
    assert read_patient(text).life_stage == stage
