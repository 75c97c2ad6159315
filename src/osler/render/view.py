"""What every rendering of an answer shows, in words: nothing here knows a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from osler.domain import (
    Answer,
    Applies,
    Audience,
    Citation,
    Claim,
    Notice,
    NoticeKind,
    Patient,
    Reference,
    Source,
    SourceStatus,
)
from osler.readers import reason_said, translator
from osler.render.countries import country
from osler.render.writing import writing
from osler.statements.groups.ages import age_in_words

CAUTION = "Educational purpose only. No clinician has reviewed this answer."
PATIENT_NOTICE = (
    "It tells what the cited sources say. It does not take the place of your care team: ask them "
    "before you act on it."
)
NOTICE = (
    "For healthcare professionals. It supports clinical judgement and does not replace it: "
    "check doses against the cited sources."
)

_SEEN = {
    "page": "read on the source's own page",
    "copy": "read on a copy of the source",
    "quoted": "quoted second-hand, the source itself not read",
    "known": "from bibliographic knowledge, not re-read",
    "seed": "as another answer page cites it, not re-read",
    "file": "added as a file",
    "import": "fetched from a public service",
}
_NOTICED = {
    NoticeKind.CONCERN: "EXPRESSION OF CONCERN",
    NoticeKind.CORRECTION: "CORRECTED SINCE",
    NoticeKind.NEWER: "NEWER EDITION PUBLISHED",
}  # a retraction is a source's status
_URL_CHARACTERS = ":/?#[]@!$&'()*+,;=%-._~"
_LONGEST_DOSE = 96  # characters; of a longer span only the amount is set off


Translate = Callable[[str], str]  # a text of ours in the answer's language
TEXTS = (
    "Applies to this patient",
    "Bottom line",
    "Check before use",
    "Does not apply to this patient",
    "Evidence",
    "In English",
    "Looked for",
    "May apply",
    "Nearby",
    "No answer from this library",
    "Not worked out",
    "Passages cited",
    "Patient",
    "References",
    "Safety",
    "Strength",
    "The library does not say",
    "To decide, give",
    "What it holds nearby",
    "Where sources disagree",
    "Worked out",
    "You could ask next",
    "as the sources say",
    CAUTION,
    NOTICE,
    PATIENT_NOTICE,
)  # what pages say themselves, for whoever translates them


def translate(answer: Answer) -> Translate:
    """What puts a text of ours into the answer's language."""
    return translator(answer.language)


def closing(answer: Answer) -> str:
    """Whom the page is for and what it does not replace."""
    return PATIENT_NOTICE if answer.audience is Audience.PATIENT else NOTICE


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a claim's text; `dose` where it states one."""

    text: str
    dose: bool


def pieces(claim: Claim) -> tuple[Piece, ...]:
    """Cut a claim's text into runs, those that state a dose set off from the rest."""
    out: list[Piece] = []
    at = 0
    for start, end in _dose_spans(claim):
        if start > at:
            out.append(Piece(claim.text[at:start], dose=False))
        out.append(Piece(claim.text[start:end], dose=True))
        at = end
    if at < len(claim.text):
        out.append(Piece(claim.text[at:], dose=False))
    return tuple(out)


def _dose_spans(claim: Claim) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for dosage in claim.dosages:
        start, end = dosage.amount_start, dosage.end
        if end - start > _LONGEST_DOSE:
            end = dosage.amount_end
        if not 0 <= start < end <= len(claim.text):
            continue
        if dosage.text and claim.text[dosage.start : dosage.end] != dosage.text:
            continue  # read from the passage, not from the claim's own words
        spans.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def numbers(claim: Claim) -> tuple[int, ...]:
    """The numbers of the references that a claim cites, each once, in order of citation."""
    return tuple(dict.fromkeys(c.reference for c in claim.citations if c.reference))


def foreign(claim: Claim, answer: Answer) -> str | None:
    """What marks a claim's words as being in another language than the answer."""
    other = claim.language not in (None, answer.language)
    return translate(answer)("In English") if other else None


def verdict(answer: Answer) -> str:
    """ "Yes." or "No." before the bottom line, where its lines say so; else nothing."""
    return f"{answer.yes_no.capitalize()}. " if answer.yes_no else ""


def kind(source: Source) -> str:
    """What sort of document this is; a summary is called one, whatever it summarises."""
    if source.summarises and source.summarises != "guideline summary":
        whole = source.summarises
        article = "" if whole.endswith("information") else "an " if whole[0] in "aeiou" else "a "
        return f"Summary of {article}{whole}"
    return source.kind.capitalize() if source.kind else "Kind unknown"


def publisher(source: Source) -> str:
    """Who says so, when and where: "NICE · 2024 · United Kingdom"."""
    parts = [
        source.organization or "publisher unknown",
        str(source.year) if source.year else "year unknown",
    ]
    if source.jurisdiction:
        parts.append(country(source.jurisdiction))
    return " · ".join(parts)


def position(source: Source) -> str:
    """Who takes a position in a conflict: publisher, year, country and kind of document.

    Before a publisher that is not known stands the title: else two such sides would look alike.
    """
    said = f"{publisher(source)} · {kind(source)}"
    return said if source.organization else f"{source.title} · {said}"


def held(source: Source) -> str:
    """How the library came by the source, and whether it still stands."""
    how = _SEEN.get(source.seen or "file", source.seen or "")
    told = {notice.kind for notice in source.notices}
    marks = (mark for kind, mark in _NOTICED.items() if kind in told)
    return " · ".join((*status(source), *marks, how))


def status(source: Source) -> tuple[str, ...]:
    """That a source is superseded or retracted, where it is."""
    return () if source.status is SourceStatus.CURRENT else (source.status.upper(),)


def notices(source: Source) -> tuple[str, ...]:
    """Each notice of an article as one line: what it is, where it stands and who said so."""
    return tuple(map(notice, source.notices))


def notice(told: Notice) -> str:
    """A notice as one line: "Correction: BMJ. 2019;1:2 (PMID 9, said by PubMed)"."""
    where = f": {told.reference}" if told.reference else ""
    more = (
        f"PMID {told.pmid}" if told.pmid else "",
        f"said by {told.service}" if told.service else "",
        f"found {told.found_at[:10]}" if told.found_at else "",
    )
    brackets = ", ".join(part for part in more if part)
    return f"{told.kind.value.capitalize()}{where}{f' ({brackets})' if brackets else ''}"


def link(source: Source) -> str | None:
    """Where a reader can open the original, if an address is known."""
    if source.doi:
        return f"https://doi.org/{quote(source.doi)}"
    if source.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{quote(source.pmid)}/"
    if source.url and source.url.startswith(("https://", "http://")):
        return quote(source.url, safe=_URL_CHARACTERS)
    return None


def reasons(claim: Claim, t: Translate = str) -> str | None:
    """Whether a claim applies to the patient, and why, as one line."""
    if claim.applies is None or not (claim.because or claim.applies is Applies.NO):
        return None
    lead = {
        Applies.YES: "Applies to this patient",
        Applies.NO: "Does not apply to this patient",
        Applies.UNKNOWN: "May apply",
    }[claim.applies]
    lead = t(lead)
    because = "; ".join(reason_said(reason, t) for reason in claim.because)
    return f"{lead}: {because}" if because else lead


def warning(claim: Claim, t: Translate = str) -> str | None:
    """Why a stated dose is not plausible, as one line."""
    return f"{t('Check before use')}: {claim.warning}" if claim.warning else None


def currency(claim: Claim) -> str | None:
    """Why what a claim says may no longer stand, as one line."""
    return claim.currency


def strength(claim: Claim, t: Translate = str) -> str | None:
    """How strongly its sources recommend it and on what evidence, as one line."""
    parts = []
    if claim.strength:
        parts.append(f"{t('Strength')}: {claim.strength}")
    if claim.evidence:
        parts.append(f"{t('Evidence')}: {claim.evidence}")
    return " · ".join(parts) or None


def working(claim: Claim, t: Translate = str) -> tuple[str, ...]:
    """How each derived dose was worked out, or why none was, a line each."""
    lines = []
    for d in claim.derivations:
        # Maxima and the number of doses stand in the result already.
        inputs = [f"{k} {v}" for k, v in d.inputs.items() if not k.startswith(("maximum", "doses"))]
        lines.append(f"{t('Worked out')}: {d.formula} = {d.result} ({', '.join(inputs)})")
    if claim.underived:
        lines.append(f"{t('Not worked out')}: {claim.underived}")
    return tuple(lines)


def remarks(claim: Claim, t: Translate = str) -> tuple[str, ...]:
    """What is said beside a claim, a line each: first what a reader must heed."""
    lines = (
        warning(claim, t),
        currency(claim),
        strength(claim, t),
        *working(claim, t),
        reasons(claim, t),
    )
    return tuple(line for line in lines if line)


def needed(answer: Answer) -> str | None:
    """The facts that would decide what applies, as one line."""
    lead = translate(answer)("To decide, give")
    return f"{lead}: {', '.join(answer.missing)}." if answer.missing else None


def silence(answer: Answer) -> str | None:
    """The parts of the question that the library is silent on, as one line."""
    if not answer.unanswered:
        return None
    lead = translate(answer)("The library does not say")
    return f"{lead}: {'; '.join(answer.unanswered)}."


def patient_facts(patient: Patient) -> tuple[str, ...]:
    """What is known of the patient, in a few words each."""
    measures = (
        (None if patient.age_years is None else age_in_words(patient.age_years), "{}"),
        (patient.sex, "{}"),
        (patient.weight_kg, "{} kg"),
        (patient.ideal_weight_kg, "ideal body weight {} kg"),
        (patient.height_cm, "{} cm"),
        (patient.bmi, "BMI {} kg/m²"),
        (patient.egfr, "eGFR {} mL/min/1.73 m²"),
        (patient.crcl, "creatinine clearance {} mL/min"),
        (patient.creatinine_umol_l, "creatinine {} µmol/L"),
        (patient.risk_percent, "ten-year risk {} %"),
        (patient.gestation_weeks, "{} weeks of gestation"),
        (patient.pregnancy, "{}"),
        (patient.life_stage, "{}"),
        (patient.severity, "{}"),
        (patient.jurisdiction and country(patient.jurisdiction), "{}"),
    )
    facts = [form.format(value) for value, form in measures if value is not None]
    if patient.breastfeeding is not None:
        facts.append("breastfeeding" if patient.breastfeeding else "not breastfeeding")
    facts += [*patient.conditions, *(f"no {c}" for c in patient.absent_conditions)]
    facts += [f"after {p}" for p in patient.procedures]
    facts += [f"takes {d}" for d in patient.drugs]
    facts += [f"allergic to {a}" for a in patient.allergies]
    facts += [f"no {r} route" for r in patient.routes_unavailable]
    facts += [f"does not tolerate {d}" for d in patient.intolerances]
    facts += [f"never had {d}" for d in patient.never_had]
    return tuple(facts)


def claims(answer: Answer) -> Iterator[Claim]:
    """Every claim of an answer, in the order in which it is shown."""
    yield from answer.bottom_line
    for section in answer.sections:
        yield from section.claims
    for conflict in answer.conflicts:
        for position in conflict.positions:
            yield position.claim


def by_reference(claim: Claim) -> tuple[tuple[Citation, ...], ...]:
    """What a claim cites: the different passages of each reference, in order of citation."""
    passages: dict[int, dict[tuple[str, int, int], Citation]] = {}
    for citation in claim.citations:
        at = (citation.source_id, citation.start, citation.end)
        passages.setdefault(citation.reference, {}).setdefault(at, citation)
    return tuple(tuple(each.values()) for each in passages.values())


def sources(answer: Answer) -> dict[int, Reference]:
    """The references by their number."""
    return {reference.number: reference for reference in answer.references}


def footer(answer: Answer) -> str:
    """What the answer was made from, so that it can be made again."""
    return (
        f"Library version {answer.library_version} · Osler {answer.engine_version} · "
        f"{answer.ranking} ranking · {answer.elapsed_ms:.0f} ms · {writing(answer)}"
    )
