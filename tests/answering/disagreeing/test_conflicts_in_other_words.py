"""Two sources that disagree in words that are less usual: denied, in cells, by their class."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

GUIDE = (
    "---\ntitle: {title}\norganization: Board {by}\nyear: 2021\nkind: guideline\n---\n\n{text}\n"
)


def answer(folder: Path, question: str, title: str, *texts: str) -> Answer:
    for number, text in enumerate(texts):
        page = GUIDE.format(title=f"{title} ({number + 1})", by=number, text=text)
        (folder / f"{number}.md").write_text(page, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / f"{number}.md" for number in range(len(texts))])
        return ask(library, question)


DIFFER = {
    "first in a cell": (
        "Which drug is first line for essential tremor?",
        "Essential tremor",
        "Propranolol is tried first.",
        "| Line | Drug |\n|---|---|\n| First | primidone |\n| Second | topiramate |",
        "first choice",
    ),
    "no longer first": (
        "Which drug is first choice for neuropathic pain?",
        "Neuropathic pain",
        "Carbamazepine is no longer the first choice.",
        "Carbamazepine is the drug of choice.",
        "first choice",
    ),
    "begin with": (
        "Which drug is first choice for hyperhidrosis?",
        "Hyperhidrosis",
        "Start with oxybutynin 2.5 mg daily.",
        "First line: propantheline 15 mg three times daily.",
        "first choice",
    ),
    "dosed and not used": (
        "Baclofen dose for hiccups?",
        "Hiccups",
        "Baclofen 5 mg by mouth three times daily.",
        "Baclofen is not used for hiccups.",
        "whether to use it",
    ),
    "dosed and its class barred": (
        "Amoxicillin dose in acute bronchitis, adult?",
        "Acute bronchitis",
        "Amoxicillin 500 mg by mouth three times daily for 5 days.",
        "Antibiotics are not given in acute bronchitis.",
        "whether to use it",
    ),
    "may help": (
        "Is furosemide any use in tinnitus?",
        "Tinnitus",
        "Furosemide may help.",
        "Do not give furosemide for tinnitus.",
        "whether to use it",
    ),
    "no place": (
        "Can betahistine be used for tinnitus?",
        "Tinnitus",
        "Betahistine 16 mg three times daily can be tried.",
        "Betahistine has no place in tinnitus.",
        "whether to use it",
    ),
    "for years after": (
        "Aspirin dose after carotid stenting, and for how long?",
        "Carotid stenting",
        "Aspirin 75 mg once daily for 2 years after stenting.",
        "Aspirin 75 mg once daily for 6 months after stenting.",
        "duration",
    ),
    "a labelled course": (
        "Pivmecillinam dose in cystitis, and for how many days?",
        "Cystitis",
        "Pivmecillinam 400 mg three times daily, course: 3 days.",
        "Pivmecillinam 400 mg three times daily, length of treatment 7 days.",
        "duration",
    ),
    "a column of days": (
        "Pivmecillinam dose in cystitis, and for how many days?",
        "Cystitis",
        "| Drug | Dose | Days |\n|---|---|---|\n| Pivmecillinam | 400 mg three times daily | 3 |",
        "| Drug | Dose | Days |\n|---|---|---|\n| Pivmecillinam | 400 mg three times daily | 7 |",
        "duration",
    ),
    "repeated after days": (
        "Dose of pyrantel for hookworm, and when is it repeated?",
        "Hookworm",
        "Pyrantel 10 mg/kg by mouth once, repeated after 7 days.",
        "Pyrantel 10 mg/kg by mouth once; repeat in 3 weeks.",
        "timing",
    ),
    "tested in other words": (
        "How often are visual fields tested on vigabatrin?",
        "Vigabatrin",
        "Visual fields are tested every 6 months on vigabatrin.",
        "| When | What |\n|---|---|\n| On treatment | Visual field test every 3 months |",
        "interval of checks",
    ),
    "yearly": (
        "How often is thyroid function checked on amiodarone?",
        "Amiodarone",
        "Thyroid function is checked every 6 months.",
        "Check thyroid function once a year.",
        "interval of checks",
    ),
    "a trough to keep": (
        "What trough level of everolimus do we aim for after a liver transplant?",
        "Everolimus after liver transplant",
        "Keep the everolimus trough at 3 to 8 ng/mL.",
        "Target trough of everolimus: 8 to 12 ng/mL.",
        "target",
    ),
    "from which value": (
        "At what haemoglobin do we transfuse in sickle cell disease?",
        "Sickle cell disease",
        "Transfuse if haemoglobin is below 50 g/L.",
        "Transfuse when haemoglobin falls below 70 g/L.",
        "what to do at this value",
    ),
    "from which age": (
        "Can a 4-year-old have racecadotril?",
        "Acute diarrhoea in children",
        "Racecadotril is not to be used under 6 years of age.",
        "Racecadotril from 3 months of age: 1.5 mg/kg three times daily.",
        "whether to use it",
    ),
    "at most": (
        "Maximum dose of ropinirole a day in restless legs?",
        "Restless legs",
        "Ropinirole: no more than 4 mg a day.",
        "Ropinirole: maximum 6 mg daily.",
        "maximum dose",
    ),
    "halved or avoided": (
        "Can baclofen be given with an eGFR of 25?",
        "Baclofen in kidney disease",
        "eGFR below 30: halve the dose of baclofen.",
        "Avoid baclofen if eGFR is below 30.",
        "whether to use it",
    ),
    "half the usual dose": (
        "Can nadolol be given with an eGFR of 25?",
        "Nadolol in kidney disease",
        "eGFR below 30: half the usual dose of nadolol.",
        "Avoid nadolol if eGFR is below 30.",
        "whether to use it",
    ),
    "told to use": (
        "Ringworm of the scalp: when is it looked at again, and is griseofulvin good?",
        "Ringworm of the scalp",
        "Start with griseofulvin, and look again after 4 weeks.",
        "Griseofulvin is not recommended for ringworm of the scalp: terbinafine is better.",
        "whether to use it",
    ),
    "prevented, and from when": (
        "Dose of mefenamic acid to prevent migraine with periods, and when do I start it?",
        "Menstrual migraine",
        "Prevention: mefenamic acid 500 mg twice daily, from two days before the period.",
        "Prevention: mefenamic acid 250 mg twice daily, from two days before the period.",
        "dose",
    ),
    "signs in a heading": (
        "Is aminophylline any use in acute pulmonary oedema?",
        "Emergencies",
        "# Pulmonary oedema (breathless at rest, cough)\n\nAminophylline may help.",
        "# Pulmonary oedema\n\nDo not give aminophylline.",
        "whether to use it",
    ),
    "two illnesses in a heading": (
        "Cinnarizine dose to treat vertigo?",
        "Ear clinic",
        "# Vertigo and tinnitus\n\nCinnarizine 15 mg by mouth three times daily.",
        "# Vertigo\n\nCinnarizine 25 mg by mouth three times daily.",
        "dose",
    ),
    "its own trimester": (
        "Can a woman who is 9 weeks pregnant take proguanil?",
        "Travel in pregnancy",
        "Proguanil is recommended in all trimesters.",
        "Proguanil may be used in the second and third trimesters. It is contraindicated in the "
        "first trimester.",
        "whether to use it",
    ),
    "told to start with": (
        "Starting dose of deflazacort in polymyositis?",
        "Polymyositis",
        "Start deflazacort 30 mg once daily.",
        "Deflazacort: begin with 60 mg every morning.",
        "dose",
    ),
    "a class in a list": (
        "Is it worth giving betamethasone by mouth in glue ear?",
        "Glue ear",
        "Betamethasone 0.1 mg/kg by mouth daily for 7 days may be tried.",
        "Do not offer decongestants, antihistamines or steroids for glue ear.",
        "whether to use it",
    ),
    "over hours after something": (
        "Ibandronate dose in hypercalcaemia, and over how long?",
        "Hypercalcaemia",
        "Ibandronate 4 mg intravenously over 2 hours after rehydration.",
        "Ibandronate 4 mg intravenously over 6 hours.",
        "time over which",
    ),
    "the name of a value": (
        "Potassium 2.2 mmol/L. Over how long is 40 mmol of IV potassium chloride given?",
        "Potassium",
        "Severe hypokalaemia (below 2.5 mmol/L): potassium chloride 40 mmol IV over 2 hours.",
        "Potassium below 2.5 mmol/L: potassium chloride 40 mmol IV over 6 hours.",
        "time over which",
    ),
    "then stop": (
        "Is quinine ok for night cramps?",
        "Night cramps",
        "Quinine 200 mg at bedtime for 4 weeks, then stop and review.",
        "Quinine should not be used for night cramps: deaths from thrombocytopenia are known.",
        "whether to use it",
    ),
    "cannot be avoided": (
        "Is mefloquine allowed in the first trimester of pregnancy?",
        "Travel in pregnancy",
        "If travel cannot be avoided, mefloquine is recommended in the first trimester.",
        "Mefloquine is contraindicated in the first trimester.",
        "whether to use it",
    ),
}


@pytest.mark.parametrize("case", sorted(DIFFER))
def test_sources_differ(tmp_path: Path, case: str) -> None:
    question, title, one, other, about = DIFFER[case]
    found = answer(tmp_path, question, title, one, other)
    assert any(about in conflict.about for conflict in found.conflicts), [
        claim.text for claim in found.bottom_line
    ]


ALIKE = {
    "an illness within another": (
        "Bisoprolol dose in hypertension?",
        "Heart clinic",
        "# Hypertension\n\nBisoprolol 10 mg by mouth once daily.",
        "# Hypertension with heart failure\n\nBisoprolol 1.25 mg by mouth once daily.",
    ),
    "another trimester": (
        "Can a woman who is 30 weeks pregnant take proguanil?",
        "Travel in pregnancy",
        "Proguanil is recommended in all trimesters.",
        "Proguanil is contraindicated in the first trimester.",
    ),
    "a milder illness": (
        "Which IV antibiotic and what dose in diverticulitis with an abscess?",
        "Diverticulitis",
        "Abscess: piperacillin-tazobactam 4.5 g IV every 8 hours.",
        "Antibiotics are not given in uncomplicated diverticulitis.",
    ),
    "what is given instead": (
        "Ceftriaxone dose in pneumonia?",
        "Pneumonia",
        "Ceftriaxone 1 g IV once daily.",
        "Macrolide and quinolone both contraindicated: ceftriaxone 1 g IV once daily.",
    ),
    "a way of giving": (
        "Ipratropium nebuliser dose in COPD?",
        "COPD",
        "Ipratropium 500 micrograms by nebuliser four times daily.",
        "Ipratropium 500 micrograms by nebuliser four times daily. "
        "Continuous nebulisation is not recommended.",
    ),
    "another illness of the class": (
        "Cefotaxime dose in bacterial tracheitis?",
        "Stridor",
        "Bacterial tracheitis: cefotaxime 50 mg/kg IV every 8 hours.",
        "Antibiotics are not given in croup.",
    ),
    "another patient": (
        "First-line drug for hypertension in a man of 60?",
        "Hypertension",
        "First line: amlodipine 5 mg once daily.",
        "First line: amlodipine 5 mg once daily. In pregnancy labetalol is first line.",
    ),
    "a class and one of it": (
        "Which drug is first choice for social anxiety?",
        "Social anxiety",
        "First line: an SSRI.",
        "First line: sertraline 50 mg once daily.",
    ),
    "a higher value": (
        "Potassium 2.8 mmol/L. Over how long is 40 mmol of IV potassium chloride given?",
        "Potassium",
        "Severe hypokalaemia (below 2.5 mmol/L): potassium chloride 40 mmol IV over 2 hours.",
        "Potassium 2.5 to 3 mmol/L: potassium chloride 40 mmol IV over 6 hours.",
    ),
    "beside others": (
        "Spironolactone dose in ascites?",
        "Ascites",
        "Spironolactone 100 mg once daily.",
        "Spironolactone 100 mg once daily. Avoid potassium-sparing diuretics with trimethoprim.",
    ),
    "children alone": (
        "Ondansetron dose for an adult with gastroenteritis?",
        "Gastroenteritis",
        "Adults: ondansetron 4 mg by mouth.",
        "Antiemetics are not given to children.\n\nAdults: ondansetron 4 mg by mouth.",
    ),
    "an amount": (
        "Naproxen dose for acute gout in an adult?",
        "Acute gout",
        "Naproxen 500 mg by mouth twice daily.",
        "Naproxen 500 mg by mouth twice daily. Do not give naproxen 750 mg three times daily.",
    ),
    "repeated alike": (
        "Dose of pyrantel for hookworm, and when is it repeated?",
        "Hookworm",
        "Pyrantel 10 mg/kg by mouth once, repeated after 14 days.",
        "Pyrantel 10 mg/kg by mouth once; repeat in 2 weeks.",
    ),
}


@pytest.mark.parametrize("case", sorted(ALIKE))
def test_what_only_seems_to_differ(tmp_path: Path, case: str) -> None:
    question, title, one, other = ALIKE[case]
    found = answer(tmp_path, question, title, one, other)
    assert [conflict.about for conflict in found.conflicts] == []
