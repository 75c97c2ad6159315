"""Passages that may bar a drug for what is told of the patient, whatever they else are on.

"Do not use beta blockers in asthmatics" stands under hypertension; who asks of migraine would not
find it by what is treated.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from osler.answering.candidates.candidate import Found
from osler.answering.cues import cues
from osler.answering.retrieving.retrieve import DRUG_WEIGHT, related_names, statements_of_hits
from osler.answering.retrieving.topics import Topics
from osler.domain import Question
from osler.library import Hit, Library
from osler.statements.groups.growth import is_a_child
from osler.statements.groups.kidneys import IMPAIRED
from osler.statements.vocabulary.substances import base_of, classes_of, find_substances

MOST_DRUGS = 3
SEARCHED = 100
PASSAGES = 12  # of each drug
_LEAST = 0.0  # of the scores of a search: it is found for what it bars alone
_BARRED = "contraindicated avoid"


def told_of_the_patient(question: Question) -> tuple[str, ...]:
    """What may bar a drug: what the patient has, is allergic to or takes, a pregnancy, the age.

    One illness alone is looked for beside the drug already.
    """
    patient = question.patient
    has = dict.fromkeys((*question.background, *patient.conditions))
    asked = {t.name for t in question.terms if t.kind == "substance"}
    impaired = any(v is not None and v < IMPAIRED for v in (patient.egfr, patient.crcl))
    return tuple(
        dict.fromkeys(
            (
                *(has if len(has) > 1 else ()),
                *(("renal impairment",) if impaired else ()),
                *(("hypersensitivity", *patient.allergies) if patient.allergies else ()),
                *(name for name in patient.drugs if name not in asked),
                *_LIFE.get(patient.pregnancy or "", ()),
                *(("children",) if is_a_child(patient) else ()),
            )
        )
    )


_LIFE = {
    "pregnant": ("pregnancy",),
    "planning": ("pregnancy",),
    "breastfeeding": ("breastfeeding",),
    **{
        f"{number} trimester": ("pregnancy", "trimester") for number in ("first", "second", "third")
    },
}


def may_bar_elsewhere(
    library: Library, question: Question, drugs: Sequence[str]
) -> tuple[Found, ...]:
    """Statements of the best passages that name one of the drugs or its class, and that hold a
    word that bars."""
    told = " ".join(told_of_the_patient(question))
    if not told:
        return ()
    found: dict[str, Found] = {}
    for drug in drugs[:MOST_DRUGS]:
        names = related_names(drug)
        query = f"{' '.join(_searched(drug) * DRUG_WEIGHT)} {told} {_BARRED}"
        hits = library.search(query, k=SEARCHED, words_only=True)
        naming = islice((hit for hit in hits if _may_bar(hit, names)), PASSAGES)
        scored = [(_LEAST, hit) for hit in naming]
        for each in statements_of_hits(library, scored, names, Topics()):
            found.setdefault(each.candidate.statement.id, each)
    return tuple(found.values())


def _searched(drug: str) -> list[str]:
    return list(dict.fromkeys((drug, base_of(drug), *classes_of(drug))))


def _may_bar(hit: Hit, names: frozenset[str]) -> bool:
    passage = hit.passage
    if not cues().bar.search(passage.text):
        return False
    above = " ".join((passage.title, *passage.section))
    return any(
        found.name in names for text in (passage.text, above) for found in find_substances(text)
    )
