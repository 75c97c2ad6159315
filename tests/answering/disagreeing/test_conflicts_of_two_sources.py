"""Two short sources that a clinician sees to disagree, or not to, on one patient."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

GUIDE = "---\ntitle: {title}\norganization: {by}\nyear: {year}\nkind: guideline\n---\n\n{text}\n"


def answer(folder: Path, question: str, one: str, other: str, title: str) -> Answer:
    """Ask two guidelines of different publishers, both on `title`."""
    for name, text in (("North", one), ("South", other)):
        page = GUIDE.format(title=f"{title} ({name})", by=f"{name} Board", year=2021, text=text)
        (folder / f"{name}.md").write_text(page, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / "North.md", folder / "South.md"])
        return ask(library, question)


CASES = {
    "at night": (
        "amitriptyline dose for neuropathic pain, adult",
        "Neuropathic pain",
        "Amitriptyline 10 mg by mouth at night.",
        "Amitriptyline 25 mg by mouth at bedtime.",
        "dose",
    ),
    "first dose and dose": (
        "hyoscine butylbromide dose for biliary colic?",
        "Biliary colic",
        "First dose: hyoscine butylbromide 20 mg IV.",
        "Hyoscine butylbromide 40 mg IV.",
        "dose",
    ),
    "twice as much is allowed": (
        "haloperidol dose for hiccups?",
        "Hiccups",
        "Haloperidol 1.5 mg by mouth once.",
        "Haloperidol 1.5 to 5 mg by mouth once.",
        "dose",
    ),
    "units are international": (
        "vasopressin IM dose in diabetes insipidus?",
        "Diabetes insipidus",
        "Vasopressin 5 IU intramuscularly once.",
        "Vasopressin 10 units intramuscularly once.",
        "dose",
    ),
    "enough": (
        "How long is cefalexin given for impetigo?",
        "Impetigo",
        "Cefalexin: five days are enough.",
        "Give cefalexin 500 mg orally twice a day for 10 days.",
        "duration",
    ),
    "stop after": (
        "For how long is indometacin given for heterotopic ossification?",
        "Heterotopic ossification after hip replacement",
        "Indometacin 25 mg orally three times a day. Stop after 7 days.",
        "Indometacin 25 mg orally three times a day for 6 weeks.",
        "duration",
    ),
    "days of a series": (
        "infliximab induction dose for Crohn's disease and when is it given?",
        "Crohn's disease",
        "Infliximab 5 mg/kg IV at 0, 2 and 6 weeks.",
        "Infliximab 5 mg/kg IV at 0, 2 and 8 weeks.",
        "timing",
    ),
    "until it is repeated": (
        "glucagon dose for hypoglycaemia and when is it repeated?",
        "Hypoglycaemia",
        "Glucagon 1 mg IM, repeated after 10 minutes if needed.",
        "Glucagon 1 mg IM, repeated after 20 minutes if needed.",
        "timing",
    ),
    "whether at all": (
        "Can domperidone be used for gastroparesis?",
        "Gastroparesis",
        "Domperidone is not recommended.",
        "Domperidone may be used: 10 mg by mouth three times a day.",
        "whether to use it",
    ),
    "what a drug causes": (
        "Can a 9-month-old have promethazine?",
        "Travel sickness in children",
        "Do not give promethazine to infants under 1 year: it may cause apnoea and seizures.",
        "Promethazine, from 6 months to 2 years: 5 mg by mouth once a day.",
        "whether to use it",
    ),
    "lower for the kidneys": (
        "starting dose of sotalol for atrial flutter, CrCl 40 mL/min",
        "Atrial flutter",
        "Start sotalol at 80 mg twice a day.",
        "With CrCl 30 to 60 mL/min start sotalol at 80 mg once a day.",
        "dose",
    ),
    "a test of no lexicon": (
        "What monitoring does vigabatrin need?",
        "Vigabatrin monitoring",
        "A baseline field examination is no longer recommended with vigabatrin.",
        "Everyone has a baseline field examination before starting vigabatrin.",
        "whether it is checked",
    ),
    "how often stands above": (
        "testosterone undecanoate injection dose for hypogonadism?",
        "Hypogonadism",
        "Testosterone undecanoate 1 g IM every 12 weeks.",
        "Testosterone undecanoate by IM injection every 6 weeks:\n\n- adults: 1 g",
        "dose",
    ),
    "months": (
        "How long before conception is leflunomide stopped?",
        "Leflunomide",
        "Stop leflunomide 3 months before trying to conceive.",
        "Stop leflunomide 24 months before trying to conceive.",
        "timing",
    ),
    "a ban on stopping": (
        "Is mesalazine allowed in pregnancy in ulcerative colitis?",
        "Ulcerative colitis",
        "Do not stop mesalazine in pregnancy.",
        "Mesalazine is contraindicated in pregnancy.",
        "whether to use it",
    ),
    "no longer than": (
        "For how many days is xylometazoline given in sinusitis?",
        "Sinusitis",
        "Use xylometazoline for no more than 5 days.",
        "Xylometazoline 0.1% one spray in each nostril three times a day for 10 days.",
        "duration",
    ),
    "a test by its own name": (
        "How often is a slit-lamp test done on deferiprone?",
        "Deferiprone",
        "Slit-lamp test on deferiprone: every 6 months.",
        "Slit-lamp tests on deferiprone: every 12 months.",
        "interval of checks",
    ),
    "told to use": (
        "Which drug is the first choice for rosacea?",
        "Rosacea",
        "Use metronidazole 0.75% gel twice daily.",
        "Azelaic acid is the treatment of choice for rosacea.",
        "first choice",
    ),
    "the setting": (
        "levomepromazine dose for agitation?",
        "Agitation in palliative care",
        "| Step | Drug | Dose |\n|---|---|---|\n"
        "| 1 | Levomepromazine | 12.5 mg by mouth twice a day |",
        "Levomepromazine 50 mg by mouth twice a day for agitation.",
        "dose",
    ),
    "under an opening of another drug": (
        "Is dexamethasone any use in heat stroke?",
        "Heat stroke",
        "Heat stroke: do not give dexamethasone.",
        "- Cool with ice, lie flat, oxygen\n  - Dexamethasone may help.",
        "whether",
    ),
    "what it covers besides": (
        "Doxycycline for scrub typhus: for how many days?",
        "Scrub typhus",
        "Scrub typhus: doxycycline 100 mg orally bd for 3 days (also covers leptospirosis).",
        "Scrub typhus: doxycycline 100 mg orally twice daily for 7 days.",
        "duration",
    ),
    "a later step that is reached": (
        "Cluster headache, still attacks on verapamil. What starting dose of topiramate?",
        "Cluster headache",
        "If attacks continue, topiramate 25 mg at night is added.",
        "The usual starting dose of topiramate is 100 mg at night.",
        "start dose",
    ),
    "may end at half the time": (
        "For how long is fondaparinux given for superficial vein thrombosis?",
        "Superficial vein thrombosis",
        "Fondaparinux 2.5 mg once daily subcutaneously for at least two weeks.",
        "Fondaparinux 2.5 mg once daily subcutaneously for 45 days.",
        "duration",
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_sources_differ(tmp_path: Path, case: str) -> None:
    question, title, one, other, about = CASES[case]
    found = answer(tmp_path, question, one, other, title)
    assert any(about in conflict.about for conflict in found.conflicts), [
        claim.text for claim in found.bottom_line
    ]


ALIKE = {
    "goes on alike": (
        "infliximab induction dose for Crohn's disease and when is it given?",
        "Crohn's disease",
        "Infliximab 5 mg/kg IV at 0, 2 and 6 weeks.",
        "Infliximab 5 mg/kg IV at 0 and 2 weeks.",
    ),
    "barred in a case": (
        "Can domperidone be used for gastroparesis?",
        "Gastroparesis",
        "Stop domperidone if palpitations appear.",
        "Domperidone may be used: 10 mg by mouth three times a day.",
    ),
    "treatment is not prevention": (
        "Acetazolamide dose to prevent altitude sickness?",
        "Altitude sickness",
        "Prevention: acetazolamide 125 mg orally twice a day.\n\n"
        "Treatment: acetazolamide 250 mg orally twice a day.",
        "Prevention: acetazolamide 125 mg orally twice a day.",
    ),
    "two tests": (
        "How often are checks done on acitretin?",
        "Acitretin monitoring",
        "Acitretin: measure lipids every 3 months.",
        "Acitretin: weight at least once a year.",
    ),
    "nothing named is known": (
        "When are the blinds washed?",
        "Ward handbook",
        "The blinds are washed on Mondays.\n\nCheck the full blood count weekly on dapsone.",
        "Check the full blood count every month on dapsone.",
    ),
    "avoided or raised": (
        "Can phenytoin be used for status epilepticus?",
        "Status epilepticus",
        "Phenytoin 20 mg/kg IV may be used.",
        "Rifampicin, phenytoin, carbamazepine: levels of tacrolimus fall; avoid or raise the dose.",
    ),
    "a later step that is not reached": (
        "Cluster headache, newly diagnosed. What starting dose of topiramate?",
        "Cluster headache",
        "If attacks continue, topiramate 25 mg at night is added.",
        "The usual starting dose of topiramate is 100 mg at night.",
    ),
    "nearly as long at least": (
        "For how long is fondaparinux given for superficial vein thrombosis?",
        "Superficial vein thrombosis",
        "Fondaparinux 2.5 mg once daily subcutaneously for at least 30 days.",
        "Fondaparinux 2.5 mg once daily subcutaneously for 45 days.",
    ),
}


@pytest.mark.parametrize("case", sorted(ALIKE))
def test_sources_do_not_differ(tmp_path: Path, case: str) -> None:
    question, title, one, other = ALIKE[case]
    found = answer(tmp_path, question, one, other, title)
    assert [conflict.about for conflict in found.conflicts] == []
