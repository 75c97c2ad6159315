"""Where sources disagree, on varied drugs: what is one conflict, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Conflict


def answer_from(tmp_path: Path, question: str, uk: str, us: str, **both: str) -> Answer:
    """The answer from one document of either country, titled by the question's first word."""
    title = both.get("title") or question.partition(" ")[0].capitalize()
    known = {"title": title, "year": 2022}
    first = {**known, "organization": "A board", "jurisdiction": "GB", "text": uk}
    second = {**known, "organization": "B board", "jurisdiction": "US", "text": us}
    with library_of(tmp_path, first, second) as library:
        answer = ask(library, question)
        for conflict in answer.conflicts:
            for position in conflict.positions:
                for c in position.claim.citations:
                    assert library.text(c.source_id)[c.start : c.end] == c.quote
        return answer


def one_conflict(answer: Answer) -> Conflict:
    assert len(answer.conflicts) == 1, [c.about for c in answer.conflicts]
    return answer.conflicts[0]


DIFFER = {
    "dose": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
        "Acute gout: naproxen 250 mg by mouth three times daily.",
        "dose",
    ),
    "duration": (
        "how many days of doxycycline for early lyme disease in an adult?",
        "Early Lyme disease: doxycycline 100 mg twice daily for 21 days.",
        "Early Lyme disease: doxycycline 100 mg twice daily for 10 days.",
        "duration",
    ),
    "timing": (
        "when to stop dabigatran before surgery?",
        "Stop dabigatran 24 hours before surgery.",
        "Stop dabigatran 72 hours before surgery.",
        "timing",
    ),
    "target": (
        "target level of digoxin in heart failure?",
        "Digoxin in heart failure: aim for a digoxin level of 0.5 to 0.9 ng/mL.",
        "Digoxin in heart failure: aim for a digoxin level of 1.2 to 2 ng/mL.",
        "target",
    ),
    "limit": (
        "can alendronate be given with eGFR 28?",
        "Alendronate: avoid if eGFR is below 35 mL/min.",
        "Alendronate: do not use if eGFR is below 30 mL/min.",
        "kidney function",
    ),
    "use": (
        "is ibuprofen ok in pregnancy?",
        "Ibuprofen should not be used in pregnancy.",
        "Ibuprofen may be used in pregnancy at the lowest dose.",
        "whether to use it",
    ),
    "adjustment": (
        "cetirizine dose with CrCl 40?",
        "Cetirizine, CrCl 30 to 49 mL/min: 5 mg by mouth once daily.",
        "Cetirizine 10 mg by mouth once daily. No dose adjustment of cetirizine is made for renal "
        "impairment, whatever the CrCl.",
        "adjustment",
    ),
    "checks": (
        "how often to monitor potassium on spironolactone?",
        "Spironolactone: measure potassium every 3 months.",
        "Spironolactone: measure potassium every 12 months.",
        "interval",
    ),
    "choice": (
        "which drug is first line for acute migraine?",
        "Acute migraine: sumatriptan is the first-line treatment.",
        "Acute migraine: naproxen is the first-line treatment.",
        "first choice",
    ),
    "choice that one source words as a dose": (
        "which antibiotic for cellulitis in an adult?",
        "Cellulitis: the first choice is flucloxacillin 500 mg by mouth four times daily.",
        "Cellulitis: cefalexin 500 mg by mouth four times daily.",
        "first choice",
    ),
    "per kg": (
        "ketorolac IV dose for renal colic, adult 60 kg",
        "Renal colic: ketorolac 10 mg IV as a single dose.",
        "Renal colic: ketorolac 0.5 mg/kg IV as a single dose.",
        "dose",
    ),
    "start": (
        "bisoprolol starting dose in heart failure?",
        "Heart failure, starting dose: bisoprolol 1.25 to 2.5 mg by mouth daily, then titrate.",
        "Heart failure, starting dose: bisoprolol 2.5 to 5 mg by mouth daily, then titrate.",
        "start dose",
    ),
    "one of two doses": (
        "dalteparin prophylaxis dose with CrCl 20?",
        "CrCl 15 to 29 mL/min: prophylaxis with dalteparin is 2500 units SC once daily; treatment "
        "is 100 units/kg SC once daily.",
        "CrCl below 30 mL/min: prophylaxis with dalteparin is 5000 units SC once daily; treatment "
        "is 100 units/kg SC once daily.",
        "dose",
    ),
    "a line that names no problem": (
        "tramadol for back pain, what is the maximum a day?",
        "Tramadol: the maximum is 400 mg a day.\n\nNot studied in back pain under 12 years.",
        "Back pain: tramadol, maximum 300 mg a day.",
        "maximum",
    ),
    "two groups of which the patient is one": (
        "adrenaline IM dose for anaphylaxis, 5 years, 18 kg?",
        "Anaphylaxis, 6 months to 6 years: adrenaline 150 micrograms IM.",
        "Anaphylaxis: adrenaline 0.01 mg/kg IM, maximum 0.5 mg in adults and 0.3 mg in children.",
        "dose",
    ),
    "both ends of a range": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 500 mg to 750 mg by mouth daily.",
        "Acute gout: naproxen 580 mg to 870 mg by mouth daily.",
        "dose",
    ),
    "by how much it is cut": (
        "digoxin with verapamil added, do I need to reduce the dose?",
        "When verapamil is added, the digoxin dose is halved.",
        "When verapamil is added, digoxin is cut by a third.",
        "adjustment of digoxin",
    ),
    "the cells of a row": (
        "lisinopril starting dose in heart failure?",
        "Heart failure.\n\n| Drug | Start | Target |\n|---|---|---|\n"
        "| lisinopril | 5 mg once daily | 20 mg once daily |",
        "Heart failure: lisinopril, starting dose 2.5 mg by mouth once daily.",
        "start dose",
    ),
    "where it prevents another thing": (
        "dabigatran dose in atrial fibrillation, 81 years",
        "Stroke prevention in atrial fibrillation, age 80 or over: dabigatran 110 mg twice daily.",
        "Atrial fibrillation: dabigatran 150 mg by mouth twice daily.",
        "dose",
    ),
    "infusions of a table": (
        "acetylcysteine dose in paracetamol overdose, 70 kg",
        "Paracetamol overdose.\n\n| Infusion | Acetylcysteine | Time |\n|---|---|---|\n"
        "| first | 150 mg/kg | 1 hour |\n| second | 50 mg/kg | 4 hours |",
        "Paracetamol overdose: acetylcysteine 200 mg/kg IV over 4 hours.",
        "dose",
    ),
    "maximum": (
        "maximum daily dose of tramadol in an adult?",
        "Adults: tramadol, maximum 400 mg by mouth in 24 hours.",
        "Adults: tramadol, maximum 300 mg by mouth in 24 hours.",
        "maximum",
    ),
}


@pytest.mark.parametrize("name", DIFFER)
def test_a_difference_is_one_conflict_with_a_position_of_each_source(
    tmp_path: Path, name: str
) -> None:
    question, uk, us, respect = DIFFER[name]
    conflict = one_conflict(answer_from(tmp_path, question, uk, us))
    assert respect in conflict.about
    assert [len(p.references) for p in conflict.positions] == [1, 1]
    assert "different countries: GB, US" in (conflict.reason or "")


SAME = {
    "a range within the other": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 250 mg to 500 mg by mouth twice daily.",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
    ),
    "the same amount by weight": (
        "ketorolac IV dose for renal colic, adult 60 kg",
        "Renal colic: ketorolac 30 mg IV as a single dose.",
        "Renal colic: ketorolac 0.5 mg/kg IV as a single dose.",
    ),
    "one of its alternatives": (
        "doxycycline dose for early lyme disease in an adult",
        "Early Lyme disease: doxycycline 100 mg by mouth twice daily.\n\n"
        "Early Lyme disease: doxycycline 400 mg by mouth once daily.",
        "Early Lyme disease: doxycycline 100 mg by mouth twice daily.",
    ),
    "what is too little": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
        "Acute gout: naproxen 100 mg by mouth once daily is too weak.",
    ),
    "what is not to be given": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
        "Acute gout: do not give naproxen 750 mg by mouth three times daily.",
    ),
    "another indication": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 750 mg by mouth once daily.",
        "Rheumatoid arthritis: naproxen 500 mg by mouth twice daily.",
    ),
    "children and adults": (
        "cetirizine dose for hay fever",
        "Hay fever, adults: cetirizine 10 mg by mouth once daily.",
        "Hay fever, children 2 to 5 years: cetirizine 2.5 mg by mouth once daily.",
    ),
    "the start and what follows": (
        "bisoprolol dose in heart failure",
        "Heart failure: bisoprolol, starting dose 1.25 mg by mouth once daily.",
        "Heart failure: bisoprolol, maintenance dose 10 mg by mouth once daily.",
    ),
    "unlike bounds that overlap": (
        "how long is flucloxacillin given for cellulitis in an adult?",
        "Cellulitis: flucloxacillin 500 mg four times daily for at least 5 days.",
        "Cellulitis: flucloxacillin 500 mg four times daily for 7 days.",
    ),
    "adapted to kidneys, and to no one": (
        "cetirizine dose with CrCl 40?",
        "Cetirizine, CrCl 30 to 49 mL/min: 5 mg by mouth once daily.",
        "Cetirizine: 10 mg by mouth once daily.",
    ),
    "what was taken before": (
        "oral morphine dose in cancer pain for an adult",
        "Cancer pain: morphine 10 mg by mouth every 4 hours.",
        "Cancer pain: modified-release forms are only for patients who have received opioids "
        "(e.g., 30 mg of oral oxycodone, 20 mg of oral morphine a day).",
    ),
    "a step and what it starts from": (
        "allopurinol dose for gout in an adult",
        "Gout: go up with allopurinol by 50 mg every 4 weeks.",
        "Gout: allopurinol 100 mg by mouth once daily.",
    ),
    "a bound and a dose": (
        "allopurinol dose for gout in an adult",
        "Gout: the dose of allopurinol may exceed 300 mg a day.",
        "Gout: allopurinol 100 mg by mouth once daily.",
    ),
    "a flare and what prevents it": (
        "colchicine dose for acute gout in an adult",
        "Acute gout: colchicine 500 micrograms by mouth four times daily.",
        "Prophylaxis of gout: colchicine 500 micrograms by mouth twice daily.",
    ),
    "another chapter of the title": (
        "alteplase dose in ischaemic stroke, adult 110 kg",
        "Ischaemic stroke: alteplase 90 mg IV over 60 minutes.",
        "Pulmonary embolism: alteplase 100 mg IV over 2 hours.\n\n"
        "Ischaemic stroke: alteplase 90 mg IV over 60 minutes.",
    ),
    "what is not asked": (
        "how long is iron taken after haemoglobin is normal?",
        "Iron by mouth is taken for 3 months after haemoglobin is normal: 65 mg once daily.",
        "Iron by mouth is taken for 3 months after haemoglobin is normal: 65 mg twice daily.",
    ),
    "a case that may not be": (
        "naproxen dose for acute gout in an adult",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
        "Acute gout: naproxen 500 mg by mouth twice daily.\n\n"
        "If it is not tolerated, cut naproxen down to 250 mg once daily.",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_one_patient_can_follow_together_is_no_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us = SAME[name]
    answer = answer_from(tmp_path, question, uk, us)
    assert answer.answered
    assert answer.conflicts == ()


ROWS = (
    "| Days | Dose |\n|---|---|\n| 1–5 | prednisolone 60 mg by mouth once daily |\n"
    "| 6–10 | prednisolone 30 mg by mouth once daily |"
)


def test_the_days_of_one_protocol_do_not_disagree(tmp_path: Path) -> None:
    same = "Bell's palsy: prednisolone 60 mg by mouth once daily for 5 days."
    title = "Prednisolone in Bell's palsy"
    question = "prednisolone dose in Bell's palsy"
    assert answer_from(tmp_path, question, ROWS, same, title=title).conflicts == ()


def test_a_longer_course_of_the_first_days_dose_disagrees(tmp_path: Path) -> None:
    longer = "Bell's palsy: prednisolone 60 mg by mouth once daily for 10 days."
    title = "Prednisolone in Bell's palsy"
    question = "prednisolone dose in Bell's palsy"
    conflict = one_conflict(answer_from(tmp_path, question, ROWS, longer, title=title))
    assert conflict.about.startswith("duration")


def test_several_lines_of_a_source_are_one_position(tmp_path: Path) -> None:
    uk = (
        "Acute gout: naproxen 500 mg by mouth twice daily.\n\n"
        "Acute gout: naproxen, 1 g a day by mouth is the usual total."
    )
    us = "Acute gout: naproxen 250 mg by mouth once daily."
    conflict = one_conflict(
        answer_from(tmp_path, "naproxen dose for acute gout in an adult", uk, us)
    )
    assert len(conflict.positions) == 2


def test_what_is_of_another_weight_or_drug_given_beside_is_no_side(tmp_path: Path) -> None:
    uk = "With isoniazid: pyridoxine 10 mg by mouth once daily."
    us = "Premenstrual syndrome: pyridoxine 100 mg by mouth once daily."
    answer = answer_from(tmp_path, "pyridoxine dose with isoniazid?", uk, us)
    assert answer.conflicts == ()


def test_chapters_on_two_diseases_do_not_disagree(tmp_path: Path) -> None:
    keratitis = {"title": "Acute keratitis", "text": "Atropine 1% eye drops twice daily."}
    uveitis = {"title": "Acute anterior uveitis", "text": "Atropine 1% eye drops four times daily."}
    with library_of(tmp_path, keratitis, uveitis) as library:
        assert ask(library, "atropine eye drops, how often?").conflicts == ()


def test_copies_of_one_document_do_not_disagree(tmp_path: Path) -> None:
    one = {"title": "Gout", "text": "Acute gout: naproxen 500 mg by mouth twice daily."}
    other = {"title": "GOUT", "text": "Acute gout: naproxen 750 mg by mouth once daily. Rest."}
    with library_of(tmp_path, one, other) as library:
        assert ask(library, "naproxen dose for acute gout in an adult").conflicts == ()


def test_a_reason_says_only_what_is_known(tmp_path: Path) -> None:
    uk = {
        "organization": "A board",
        "text": "Acute gout: naproxen 500 mg by mouth twice daily.",
    }
    us = {
        "organization": "B board",
        "text": "Acute gout: naproxen 250 mg by mouth once daily.",
    }
    with library_of(tmp_path, uk, us) as library:
        answer = ask(library, "naproxen dose for acute gout in an adult")
    assert one_conflict(answer).reason is None


def test_a_reason_names_ages_and_bases_that_differ(tmp_path: Path) -> None:
    old = {
        "organization": "A",
        "year": 2009,
        "text": "Renal colic: ketorolac 10 mg IV as a single dose.",
    }
    new = {
        "organization": "B",
        "year": 2018,
        "text": "Renal colic: ketorolac 0.5 mg/kg IV as a single dose.",
    }
    with library_of(tmp_path, old, new) as library:
        answer = ask(library, "ketorolac IV dose for renal colic, adult 60 kg")
    reason = one_conflict(answer).reason or ""
    assert "different years: 2009, 2018" in reason
    assert "by body weight" in reason
