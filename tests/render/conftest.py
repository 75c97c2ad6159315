"""An answer written out by hand, with everything in it that a page can show."""

from decimal import Decimal

import pytest

from osler.domain import (
    Abstention,
    Answer,
    Applies,
    Audience,
    Citation,
    Claim,
    Conflict,
    Context,
    Derivation,
    Dosage,
    Patient,
    Position,
    Question,
    Reference,
    Section,
    Source,
    SourceKind,
    SourceStatus,
    Verdict,
)

TEXTS = {
    "s_1": (
        "Paracet\n\nDosing\n\nAdults:\n\nTake paracet 1 g orally every 6 hours. "
        "Do not exceed 4 g in a day. Children are dosed by weight.\n\n"
        "Children are given paracet 15 mg/kg orally every 6 hours."
    ),
    "s_2": "Paracet label\n\nThe dose of paracet is 500 mg by mouth every 8 hours <adults>.",
}


def citation(source: str, quote: str, reference: int) -> Citation:
    start = TEXTS[source].index(quote)
    return Citation(
        statement_id=f"t_{source}_{start}",
        source_id=source,
        start=start,
        end=start + len(quote),
        quote=quote,
        context=(Context(17, 24, "Adults:", "lead-in"),) if reference == 1 else (),
        page=3 if reference == 2 else None,
        section=("Paracet", "Dosing") if reference == 1 else (),
        reference=reference,
    )


def dose(text: str, phrase: str, amount: str) -> Dosage:
    start, at = text.index(phrase), text.index(amount)
    return Dosage(
        text=phrase,
        start=start,
        end=start + len(phrase),
        amount_start=at,
        amount_end=at + len(amount),
    )


FIRST = "For adults, paracet 1 g orally every 6 hours."
SECOND = "The dose of paracet is 500 mg by mouth every 8 hours <adults>."
CITED = citation("s_1", "Take paracet 1 g orally every 6 hours.", 1)
LABEL = citation("s_2", "The dose of paracet is 500 mg by mouth every 8 hours <adults>.", 2)
RULE = citation("s_1", "Children are given paracet 15 mg/kg orally every 6 hours.", 1)

BOTTOM = Claim(
    FIRST,
    (CITED,),
    Verdict(),
    dosages=(dose(FIRST, "1 g orally every 6 hours", "1 g"),),
    applies=Applies.YES,
    because=("78 years is over 18",),
)
SIDE = Claim(
    SECOND,
    (LABEL,),
    Verdict(),
    dosages=(dose(SECOND, "500 mg by mouth every 8 hours", "500 mg"),),
    currency="Superseded source of 2012",
    strength="class IIa",
    evidence="level B",
)
DERIVED = Claim(
    "For a child of 20 kg: 300 mg.",
    (RULE,),
    Verdict(),
    derivations=(Derivation("15 mg/kg × 20 kg", {"weight": "20 kg"}, "300 mg", RULE),),
)


@pytest.fixture
def answer() -> Answer:
    return Answer(
        question=Question(
            "How much paracet?",
            "dose of paracet",
            patient=Patient(age_years=Decimal(78), egfr=Decimal(24), conditions=("asthma",)),
        ),
        bottom_line=(BOTTOM,),
        sections=(Section("Children", (DERIVED,)), Section("Label", (SIDE,))),
        conflicts=(
            Conflict(
                "Oral dose in adults",
                (Position(BOTTOM, (1,)), Position(SIDE, (2,))),
                reason="The sources are from different countries: GB, US.",
            ),
        ),
        references=(
            Reference(
                1,
                Source(
                    "s_1",
                    "Paracet guidance",
                    "paracet.md",
                    "books/paracet.md",
                    "markdown",
                    organization="Ministry of Fixtures",
                    year=2021,
                    kind=SourceKind.GUIDELINE,
                    jurisdiction="GB",
                    url="https://example.org/paracet?a=1&b=2",
                    seen="quoted",
                    summarises="guideline",
                ),
            ),
            Reference(
                2,
                Source(
                    "s_2",
                    "Label <script>alert(1)</script>",
                    "label.html",
                    "label.html",
                    "html",
                    kind=SourceKind.DRUG_LABEL,
                    status=SourceStatus.SUPERSEDED,
                    url="javascript:alert(1)",
                ),
            ),
        ),
        follow_ups=("And in renal impairment?",),
        safety_notices=("Call for help if breathing is hard.",),
        abstention=None,
        audience=Audience.PHYSICIAN,
        ranking="hybrid",
        library_version=7,
        engine_version="0.1.0",
        elapsed_ms=12.4,
        unanswered=("monitoring of paracet",),
    )


@pytest.fixture
def abstention(answer: Answer) -> Answer:
    from dataclasses import replace

    return replace(
        answer,
        bottom_line=(),
        sections=(),
        conflicts=(),
        safety_notices=(),
        follow_ups=(),
        unanswered=(),
        abstention=Abstention("Nothing here is about zorbium.", "dose of zorbium", (LABEL,)),
    )
