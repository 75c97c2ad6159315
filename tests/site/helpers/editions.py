"""An invented guideline and the edition that supersedes it with another dose."""

from __future__ import annotations

_TEXT = """---
title: {title}
organization: Hill Hospital
year: {year}
kind: guideline
{more}
jurisdiction: GB
---
# {title}

## Dose

Adults with {illness} take {drug} {dose} by mouth once daily.

## Monitoring

Check serum creatinine every 3 months during {drug}.
"""


def question(drug: str = "zolendrine", illness: str = "gout") -> str:
    """What both editions answer."""
    return f"What is the dose of {drug} in {illness}?"


def first_edition(drug: str = "zolendrine", illness: str = "gout", *, pmid: str = "4711") -> str:
    """20 mg."""
    return _TEXT.format(
        drug=drug, illness=illness, title=_title(drug, illness), year=2019, more=f"pmid: {pmid}",
        dose="20 mg",
    )  # fmt: skip


def second_edition(drug: str = "zolendrine", illness: str = "gout") -> str:
    """10 mg, in place of the first."""
    old = _title(drug, illness)
    return _TEXT.format(
        drug=drug, illness=illness, title=f"{old}, second edition", year=2026,
        more=f"supersedes: {old}", dose="10 mg",
    )  # fmt: skip


def _title(drug: str, illness: str) -> str:
    return f"{drug.capitalize()} in {illness}"
