from decimal import Decimal

import pytest

from osler.statements import read_patient


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("78F 61 kg eGFR 24", "age_years", Decimal(78)),
        ("78F 61 kg eGFR 24", "sex", "female"),
        ("78F 61 kg eGFR 24", "weight_kg", Decimal(61)),
        ("78F 61 kg eGFR 24", "egfr", Decimal(24)),
        ("3 yr old, 14 kg", "age_years", Decimal(3)),
        ("a 14-month-old with otitis media", "age_years", Decimal("1.1667")),
        ("55 y/o diabetic", "age_years", Decimal(55)),
        ("my mum is 82", "age_years", Decimal(82)),
        ("my mum is 82", "sex", "female"),
        ("her eGFR is 24", "age_years", None),
        ("her eGFR is 24", "egfr", Decimal(24)),
        ("for 5 years", "age_years", None),
        ("eGFR now 38", "egfr", Decimal(38)),
        ("if CrCl 50 ml/min", "crcl", Decimal(50)),
        ("BMI 34, planning pregnancy", "bmi", Decimal(34)),
        ("BMI 34, planning pregnancy", "pregnancy", "planning"),
        ("we're trying for a baby", "pregnancy", "planning"),
        ("we're trying for a baby", "life_stage", None),
        ("not pregnant", "pregnancy", "not pregnant"),
        ("24 weeks pregnant", "gestation_weeks", Decimal(24)),
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
        ("allergic to penicillin", "allergies", ("penicillin",)),
        ("penicillin allergic", "drugs", ()),
        ("normal kidneys", "absent_conditions", ("renal impairment",)),
        ("normal kidneys", "egfr", None),
        ("her kidneys are not great", "conditions", ("renal impairment",)),
        ("after gastric bypass", "procedures", ("gastric bypass",)),
        ("severe malaria", "severity", "severe"),
        ("preterm neonate", "life_stage", "neonate"),
        ("breastfeeding mother", "breastfeeding", True),
    ],
)
def test_facts_are_read_from_a_question(text: str, attribute: str, value: object) -> None:
    assert getattr(read_patient(text), attribute) == value
