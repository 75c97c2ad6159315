"""A statement as a claim: its own words, with as much context as makes it stand alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.answering.candidates.barred import bars_what_is_above
from osler.answering.candidates.candidate import REMEMBERED, Candidate
from osler.answering.candidates.dosed import dosed_names, only_beside
from osler.answering.candidates.own_subject import has_own_subject
from osler.answering.candidates.row_drugs import drugs_in_cells, without_other_doses
from osler.answering.candidates.rows import cells_for
from osler.domain import BlockKind, Dosage, DosageRole, Patient, Phase, Statement
from osler.dosage import (
    find_durations,
    find_frequencies,
    find_phases,
    find_routes,
    may_state_dosage,
    parse_dosages,
)
from osler.statements import read_group
from osler.statements.lines.companions import given_in
from osler.statements.lines.focus import topic_of
from osler.statements.tables.rows import header_and_cell
from osler.statements.vocabulary.substances import find_subjects, find_substances, is_class

_LONGEST_LEAD = 160  # characters; a longer lead-in is left to the citation's context
_COUNTED = frozenset({"{tablet}", "{capsule}", "{puff}", "{sachet}", "{drop}", "{ampoule}"})
_PRONOUN = re.compile(r"^(?:it|this|these|they|that|the (?:dose|same dose|drug|medicine))\b", re.I)


def claim_text(
    candidate: Candidate,
    patient: Patient,
    phases: tuple[Phase, ...] = (),
    drugs: tuple[str, ...] = (),
    *,
    whole_rows: bool = False,
) -> str:
    """One line that says what the statement says.

    Items and rows carry their lead-in and parent items, a heading where it names the group,
    phase or drug that the words below leave out, and the drug of the title where nothing
    nearer names one; a sentence without a dose that has a subject of its own is not said to be
    about a drug. Of a table row with columns for several groups only the cells for this
    patient and the `drugs` asked about are kept, unless `whole_rows`; empty where none of them is.
    """
    statement = candidate.statement
    if statement.block is BlockKind.ROW and not whole_rows:
        body = cells_for(statement, patient, phases, drugs)
        if not body:
            return ""
    else:
        body = statement.text
    prefixes = [p for p in _prefixes(candidate, body) if p.lower() not in body.lower()]
    text = ": ".join([*prefixes, _lower_after(prefixes, body)])
    return re.sub(r"\s+", " ", text).strip()


def _prefixes(candidate: Candidate, body: str) -> list[str]:
    lead = [_trimmed(c.quote) for c in candidate.lead if c.role != "caption"]
    lead = _nearest_drug_only(lead)
    lead = [text for text in lead if text and len(text) <= _LONGEST_LEAD]
    said = " ".join([*lead, body])
    prefixes: list[str] = []
    nearest = candidate.headings[-1].quote if candidate.headings else ""
    on_no_drug = speaks_of_no_drug(said)
    if candidate.is_split_off and candidate.focus_substances:
        words = _as_written(candidate, candidate.focus_substances[0])
        return [words, *lead]
    if nearest and not nearest.rstrip().endswith("?") and _adds(nearest, said, on_no_drug):
        prefixes.append(_trimmed(nearest))
        on_no_drug = on_no_drug and not find_substances(nearest)
    stated = bool(candidate.dosages) or candidate.statement.block is BlockKind.ROW
    if on_no_drug and (stated or lead or not has_own_subject(body)):
        barred = candidate.lead_substances if bars_what_is_above(said) else ()
        drug = barred or candidate.focus_substances or _headed_by(candidate)
        drug = drug or candidate.title_substances or candidate.lead_substances
        words = _as_written(candidate, drug[0]) if len(drug) >= 1 else ""
        if words and words.lower() not in said.lower():  # "Lithium level" names it
            prefixes.insert(0, words)
    return [*prefixes, *lead]


def _headed_by(candidate: Candidate) -> tuple[str, ...]:
    """The drugs of the nearest heading that opens with one or has it in brackets behind a brand:
    "Octreotide", in a chapter on others; "Brand (secukinumab) injection".

    A heading that names a drug otherwise may tell only when: "With rifampicin".
    """
    for heading in reversed(candidate.headings):
        for named in find_subjects(heading.quote)[:1]:
            if _HEADS.fullmatch(heading.quote, 0, named.start) and not is_class(named.name):
                return (named.name,)
    return ()


_HEADS = re.compile(r"[\W\d_]*(?:[\w®™-]+\s+(?:\d+\s+)?\(\s*)?")


def _nearest_drug_only(lead: list[str]) -> list[str]:
    """Without a parent item that names a drug where a nearer one names another; what tells of
    patients and names no more than a class is kept ("no antibiotics in the last 3 months")."""
    naming = [i for i, text in enumerate(lead) if find_substances(text) and not _tells_who(text)]
    return [text for i, text in enumerate(lead) if i not in naming[:-1]]


def _tells_who(text: str) -> bool:
    return bool(read_group(text).criteria) and all(is_class(f.name) for f in find_substances(text))


def speaks_of_no_drug(said: str) -> bool:
    """Whether words leave the drug that they are on unnamed: what they name at most times it.

    "1 mg daily on every day except the methotrexate day" is no dose of methotrexate, and
    "digoxin poisoning: 40 mg" none of digoxin.
    """
    if not given_in(said) or doses_the_unnamed(said) or bars_what_is_above(said):
        return True
    return _PRONOUN.match(said) is not None and topic_of(said) is None


@lru_cache(maxsize=REMEMBERED)
def doses_the_unnamed(said: str) -> bool:
    """Whether words state a dose and name only drugs that it is taken before, after or with."""
    doses = parse_dosages(said) if find_substances(said) and may_state_dosage(said) else ()
    return bool(doses) and only_beside(said, doses)


def _adds(heading: str, said: str, on_no_drug: bool) -> bool:
    """Whether a heading says who, when or which drug, and the words below do not.

    One that a full stop ends was run in to its paragraph ("Prevention.  100 mg at night."): its
    words are the paragraph's own.
    """
    if find_substances(heading):
        return on_no_drug or _says_whom_or_when(heading, said)
    return heading.rstrip().endswith(".") or _says_whom_or_when(heading, said)


def _says_whom_or_when(heading: str, said: str) -> bool:
    if read_group(heading).criteria and not read_group(said).criteria:
        return True
    return bool(find_phases(heading)) and not find_phases(said)


def _as_written(candidate: Candidate, name: str) -> str:
    before = (candidate.focus.quote,) if candidate.focus is not None else ()
    for text in (*before, candidate.source.title, *(c.quote for c in candidate.headings)):
        for found in find_substances(text):
            if found.name == name:
                return found.text[:1].upper() + found.text[1:]
    return ""


# The number of a section: "4.2.2 Prophylaxis", "3. Children"; and no amount.
_SECTION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,4}\.?|\d{1,2}[.)])\s+(?=(?!Unit|Mi[cl])[A-Z][a-z]{2})"
)


def _trimmed(text: str) -> str:
    words = re.sub(r"[\s:;,.–—-]+$", "", text.strip().strip("*#_ "))
    return words[number.end() :] if (number := _SECTION.match(words)) else words


def _lower_after(prefixes: list[str], body: str) -> str:
    """A pronoun that opens the body is lower case after a prefix."""
    if prefixes and _PRONOUN.match(body):
        return body[:1].lower() + body[1:]
    return body


@lru_cache(maxsize=REMEMBERED)
def dosages_of(candidate: Candidate, text: str) -> tuple[Dosage, ...]:
    """The dosages that a claim states, completed from the statement's context.

    A route, frequency or duration that the claim leaves out is taken from the nearest
    context that names exactly one; the substance from the words before the amount, else
    from the statement.
    """
    statement = candidate.statement
    stated = _stated_in(candidate.statement, text)
    found = tuple(d for d in stated if d.role is not DosageRole.STRENGTH)
    nearby = [text, *(c.quote for c in reversed(candidate.lead))]
    nearby += [c.quote for c in reversed(candidate.headings)]
    titled = [*nearby, candidate.source.title]
    completed = []
    context_drugs = (
        *candidate.focus_substances,
        *candidate.lead_substances[-1:],
        *candidate.title_substances[:1],
    )
    fallback = _first(context_drugs or statement.substances)
    cells = header_and_cell(statement)
    drugs = drugs_in_cells(text, found, cells) if cells else dosed_names(text, found)
    of_one_drug = len(set(drugs)) == 1
    for dosage, drug in zip(found, drugs, strict=True):
        changes: dict[str, object] = {}
        in_row = without_other_doses(text, dosage.start, cells) if cells else text
        if dosage.route is None:
            own = in_row if cells else _step_of(text, dosage, from_before=of_one_drug)
            changes["route"] = _single(find_routes, [own, *titled[1:]])
        if dosage.frequency is None and dosage.role is DosageRole.DOSE and dosage.per_time is None:
            own = in_row if in_row != text else _beside(text, dosage, found)
            changes["frequency"] = _single(find_frequencies, [own, _interval(text), *nearby[1:]])
        if dosage.duration is None:
            changes["duration"] = _single(find_durations, nearby[1:])
        if dosage.substance is None:
            changes["substance"] = drug or fallback
        if dosage.phase is None and statement.phase is not Phase.MAXIMUM:
            # "…, at most 1 g" makes the ceiling a maximum, not the dose beside it.
            changes["phase"] = statement.phase
        completed.append(replace(dosage, **{k: v for k, v in changes.items() if v is not None}))  # type: ignore[arg-type]
    return (*completed, *_by_strength(stated, completed))


# "Dose: 600 mg; Interval: 28 days": of a row, a column of its own says how often.
_INTERVAL = re.compile(
    r"(?:^|;\s*)(?:dos(?:e|ing)\s+)?(?:interval|every|frequency)(?:\s*\([^()]*\))?:\s*"
    r"(?:every\s+)?(\d+\s+(?:hours?|days?|weeks?|months?))\s*(?:;|$)",
    re.IGNORECASE,
)


def _interval(text: str) -> str:
    found = _INTERVAL.search(text)
    return f"every {found[1]}" if found else ""


# What follows these words is another dose than the one before them.
_NEXT_DOSE = re.compile(r"\b(?:then|followed\s+by|thereafter|after\s+(?:which|that))\b", re.I)


def _step_of(text: str, dosage: Dosage, *, from_before: bool) -> str:
    """The part of a claim from which a dose may take its route.

    Not from what comes after it ("1 pair for 24 hours, then oral thiamine"), and from what came
    `from_before` only where both are of one drug ("5 mg/kg IV, then 3 mg/kg").
    """
    breaks = [(m.start(), m.end()) for m in _NEXT_DOSE.finditer(text)]
    stop = min((at for at, _ in breaks if at >= dosage.amount_end), default=len(text))
    start = max((end for _, end in breaks if end <= dosage.amount_start), default=0)
    return text[0 if from_before else start : stop]


def _beside(text: str, dosage: Dosage, others: tuple[Dosage, ...]) -> str:
    """The part of a claim from which a dose may take its frequency.

    Not the unit of time of a rate ("30 mg/kg per day"), and not what is said of a dose that
    comes after this one ("load with 15 mg/kg, then 10 mg/kg once daily") or came before it.
    """
    for other in others:
        if other.per_time is not None:
            blank = " " * (other.end - other.start)
            text = text[: other.start] + blank + text[other.end :]
    breaks = [
        m.start()
        for m in _NEXT_DOSE.finditer(text)
        if any(o.start > m.end() for o in others) and any(o.end <= m.start() for o in others)
    ]
    start = max((at for at in breaks if at < dosage.start), default=0)
    return text[start : min((at for at in breaks if at >= dosage.end), default=len(text))]


def _stated_in(statement: Statement, text: str) -> tuple[Dosage, ...]:
    """The dosages of a claim; those of the statement it ends with are not read again."""
    body = statement.text
    before = len(text) - len(body)
    if before < 0 or text[before:].lower() != body.lower() or may_state_dosage(text[:before]):
        return parse_dosages(text)
    if before == 0:
        return statement.dosages
    return tuple(_shifted(dosage, before) for dosage in statement.dosages)


def _shifted(dosage: Dosage, by: int) -> Dosage:
    return replace(
        dosage,
        start=dosage.start + by,
        end=dosage.end + by,
        amount_start=dosage.amount_start + by,
        amount_end=dosage.amount_end + by,
        steps=tuple(_shifted(step, by) for step in dosage.steps),
    )


def _by_strength(stated: tuple[Dosage, ...], dosages: list[Dosage]) -> list[Dosage]:
    """Doses counted in tablets and the like, as amounts, where one strength is stated.

    "200 mg tablet … 1 tablet twice daily" also says 200 mg twice daily.
    """
    strengths = [d for d in stated if d.role is DosageRole.STRENGTH and d.low]
    counted = [d for d in dosages if d.unit in _COUNTED and d.low is not None]
    if len(strengths) != 1 or strengths[0].unit in _COUNTED or not counted:
        return []
    strength = strengths[0]
    assert strength.low is not None
    return [
        replace(
            d,
            low=d.low * strength.low if d.low is not None else None,
            high=d.high * strength.low if d.high is not None else None,
            unit=strength.unit,
        )
        for d in counted
    ]


def _single(find: object, texts: list[str]) -> object | None:
    """The one value that the nearest text with any names; None where it names several."""
    for text in texts:
        values = list(dict.fromkeys(f.value for f in find(text)))  # type: ignore[operator]
        if values:
            return values[0] if len(values) == 1 else None
    return None


def _first(names: tuple[str, ...]) -> str | None:
    return names[0] if names else None
