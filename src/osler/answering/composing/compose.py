"""Selected statements → claims, each through the gate; bottom line, sections, references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from osler.answering.advising.advice import differ
from osler.answering.advising.advising import advice_of
from osler.answering.advising.agreement import same_dosages
from osler.answering.candidates.barred import bars_what_is_above
from osler.answering.candidates.candidate import Candidate, terms_of
from osler.answering.candidates.unfinished import is_unfinished, leaves_open_for_whom
from osler.answering.candidates.wording import claim_text, dosages_of, doses_the_unnamed
from osler.answering.composing.applies_to import applies_to
from osler.answering.judging.scored import Scored
from osler.answering.understanding.patient_groups import is_for_the_young, is_special
from osler.checking import check_text
from osler.domain import (
    Applies,
    BlockKind,
    Citation,
    Claim,
    Combinator,
    Criterion,
    Group,
    Question,
    Reference,
    Section,
    Source,
    Statement,
    StatementKind,
    Verdict,
)
from osler.dosage import format_dosage
from osler.statements import read_group
from osler.statements.vocabulary.substances import find_subjects

ALIKE = 0.8  # of the words of two claims, in common: one says what the other says

SECTION_OF_KIND: dict[StatementKind, str] = {
    StatementKind.DOSE: "Dosing",
    StatementKind.MONITORING: "Monitoring",
    StatementKind.TARGET: "Targets",
    StatementKind.CHOICE: "Choice and formulation",
    StatementKind.CAUTION: "Cautions and pitfalls",
    StatementKind.CONTRAINDICATION: "Contraindications",
    StatementKind.DURATION: "Duration",
    StatementKind.DEFINITION: "Background",
    StatementKind.RESULT: "Evidence",
    StatementKind.OTHER: "Further points",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A claim with what it was made from: the best of its statements, and all of them.

    It is `disputed` where only what other sources give makes its doses implausible.
    """

    claim: Claim
    scored: Scored
    candidates: tuple[Candidate, ...]
    disputed: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all its citations."""
        return tuple(candidate.source for candidate in self.candidates)


_LONGEST_LABEL = 80  # characters of a lead-in that may be put back before what hangs on it


def compose_claims(
    chosen: Iterable[Scored], question: Question, *, whole_rows: bool = False
) -> tuple[Composed, ...]:
    """Word each statement as a claim, check it, drop what fails, and merge what is equal.

    `whole_rows` keeps every column of a table, whoever and whatever it is for.
    """
    composed: list[Composed] = []
    for scored in chosen:
        claim = _claim(scored, question, whole_rows)
        if claim is None:
            continue
        candidate = scored.candidate
        if not any(_merge_into(composed, i, claim, candidate) for i in range(len(composed))):
            composed.append(Composed(claim, scored, (candidate,)))
    return tuple(composed)


def _claim(scored: Scored, question: Question, whole_rows: bool) -> Claim | None:
    candidate = scored.candidate
    patient = question.patient
    drugs = drugs_of(question)
    text = claim_text(candidate, patient, question.phases, drugs, whole_rows=whole_rows)
    if not text:
        return None
    text = _with_what_it_is_for(text, candidate, question)
    text = _with_the_young(text, candidate, question)
    verdict = gate(text, candidate)
    is_cut = candidate.statement.block is BlockKind.ROW and candidate.statement.text not in text
    if not verdict.supported and is_cut and _has_all_doses(text, candidate):
        # Cells that bar it for others are no reason to say nothing to this one.
        text = claim_text(candidate, patient, whole_rows=True)
        verdict = gate(text, candidate)
    elif not verdict.supported and not candidate.lead and not is_cut:
        # The statement's own words are the last resort; they too must pass. What hangs on a
        # lead-in says nothing without it, and a row cut for one patient has more for others.
        text = candidate.statement.text
        verdict = gate(text, candidate)
    elif not verdict.supported and not is_cut and len(candidate.lead_text) <= _LONGEST_LABEL:
        # "Uncomplicated malaria", left out before "uncomplicated malaria is treated with …".
        text = f"{candidate.lead_text.rstrip(': ')}: {candidate.statement.text}"
        verdict = gate(text, candidate)
    if not verdict.supported or doses_the_unnamed(text):
        return None
    dosages = dosages_of(candidate, text)
    if leaves_open_for_whom(candidate.statement.text) if dosages else is_unfinished(text):
        return None
    group = candidate.statement.group
    asked, because = applies_to(scored, question)
    return Claim(
        text=text,
        citations=(cite(candidate),),
        verdict=verdict,
        dosages=dosages,
        group=group.text or None,
        applies=asked,
        because=because,
        statements=(candidate.statement,),
    )


def _has_all_doses(text: str, candidate: Candidate) -> bool:
    """Whether a row that was cut for one patient has lost none of its doses."""
    return 0 < len(candidate.statement.dosages) == len(dosages_of(candidate, text))


def _with_the_young(text: str, candidate: Candidate, question: Question) -> str:
    """A dose with the children that only its title or heading says it is for, where nothing tells
    that the patient is one."""
    group = candidate.statement.group
    if not candidate.dosages or not is_for_the_young(group, question.patient):
        return text
    if read_group(text).criteria and is_for_the_young(read_group(text), question.patient):
        return text
    for criterion in group.criteria:
        if not criterion.negated and is_for_the_young(Group((criterion,)), question.patient):
            labelled = f"{criterion.text.strip().capitalize()}: {text}"
            return labelled if gate(labelled, candidate).supported else text
    return text


def drugs_of(question: Question) -> tuple[str, ...]:
    """The names of the drugs that a question is on, and of those taken beside them."""
    return tuple(t.name for t in question.terms if t.kind in ("substance", "co-drug"))


def _with_what_it_is_for(text: str, candidate: Candidate, question: Question) -> str:
    """A dose with the illness that only its title or heading says it is for, where none is asked
    about: "60 mg" of a document on endocarditis is for no other infection."""
    named = any(t.kind not in ("substance", "co-drug") for t in question.terms)
    if named or not candidate.dosages:
        return text
    drugs = candidate.title_substances or candidate.heading_substances
    own, criteria = terms_of(text), candidate.statement.group.criteria
    people = [c.text.lower() for c in criteria if c.attribute != "condition"]
    if any(who and text.lower().startswith(who) for who in people):
        return text  # whom it opens with stays in front
    for criterion in criteria:
        is_one = criterion.attribute == "condition" and not criterion.negated
        if not is_one or criterion.alternatives or not drugs or terms_of(criterion.text) & own:
            continue
        labelled = f"{criterion.text[:1].upper()}{criterion.text[1:]}: {text}"
        if gate(labelled, candidate).supported:
            return labelled
    return text


def gate(text: str, candidate: Candidate) -> Verdict:
    """Check a claim against a statement with its lead-in, under its headings and title.

    The sentence before it that names its drug counts as a heading does.
    """
    passage = ": ".join(p for p in (candidate.lead_text, candidate.statement.text) if p)
    passage = under_its_drug(passage, [c.quote for c in candidate.headings])
    above = [candidate.source.title, *(c.quote for c in candidate.headings)]
    if candidate.focus is not None:
        above.append(candidate.focus.quote)
    return check_text(text, passage, "\n".join(above))


def under_its_drug(passage: str, headings: Sequence[str]) -> str:
    """The passage behind the nearest heading that names a drug, where it doses that one.

    "1 mg daily, except on the methotrexate day" under "Folic acid": the drug that it names only
    times the one that it stands under. `headings` are told from the outermost in.
    """
    if not (doses_the_unnamed(passage) or bars_what_is_above(passage)):
        return passage
    under = next((heading for heading in reversed(headings) if find_subjects(heading)), "")
    return f"{under}: {passage}" if under else passage


def cite(candidate: Candidate) -> Citation:
    """The exact characters that a statement stands on, with what it hangs on."""
    statement = candidate.statement
    return Citation(
        statement_id=statement.id,
        source_id=statement.source_id,
        start=statement.start,
        end=statement.end,
        quote=statement.quote,
        context=statement.context,
        page=statement.page,
        section=statement.section,
    )


def _merge_into(composed: list[Composed], index: int, claim: Claim, candidate: Candidate) -> bool:
    """Join a claim to an equal one under one wording that every passage of both supports."""
    into = composed[index]
    if not _equal(into.claim, claim) or _is_for_others(into.claim) is not _is_for_others(claim):
        return False
    text = next(
        (
            text
            for text in (into.claim.text, claim.text, _plain_wording(into.claim))
            if text and all(gate(text, c).supported for c in (*into.candidates, candidate))
        ),
        None,
    )
    if text is None:
        return False
    merged = replace(
        into.claim,
        text=text,
        dosages=dosages_of(into.candidates[0], text),
        citations=into.claim.citations + claim.citations,
        statements=into.claim.statements + claim.statements,
    )
    composed[index] = replace(into, claim=merged, candidates=(*into.candidates, candidate))
    return True


def _is_for_others(claim: Claim) -> bool:
    return claim.applies is Applies.NO


def _plain_wording(claim: Claim) -> str:
    """The group, the drug and the dose of a claim that states one dose, and nothing else."""
    if len(claim.dosages) != 1 or claim.dosages[0].substance is None:
        return ""
    dosage = claim.dosages[0]
    who = section_title(claim.statements[0], set())
    return f"{who}: {dosage.substance} {format_dosage(dosage)}."


def _equal(a: Claim, b: Claim) -> bool:
    if a.text.lower() == b.text.lower():
        return True
    if not a.dosages and not b.dosages:
        return _says_the_same(a, b)
    if not a.dosages or not b.dosages:
        return False
    # One source that says the same dose twice says it for two situations.
    if {s.source_id for s in a.statements} & {s.source_id for s in b.statements}:
        return False
    if a.statements[0].phase is not b.statements[0].phase:
        return False
    if _group_key(a.statements[0]) != _group_key(b.statements[0]):
        return False
    return same_dosages(a.dosages, b.dosages) and not _advise_apart(a, b)


def _advise_apart(a: Claim, b: Claim) -> bool:
    """Whether claims of one dose differ in what else they say: when it is repeated, say."""
    pairs = ((x, y) for x in advice_of(a) for y in advice_of(b))
    return any(differ(x, y) for x, y in pairs)


def _says_the_same(a: Claim, b: Claim) -> bool:
    """Whether two claims without doses share nearly all their words, and every number."""
    left, right = terms_of(a.text), terms_of(b.text)
    numbers = [{t for t in side if t[0].isdigit()} for side in (left, right)]
    polarity = a.statements[0].polarity is b.statements[0].polarity
    alike = len(left & right) >= ALIKE * len(left | right)
    return bool(left) and alike and numbers[0] == numbers[1] and polarity


def _group_key(statement: Statement) -> frozenset[object]:
    return frozenset(
        (c.attribute, c.value, c.low, c.high, c.negated) for c in statement.group.criteria
    )


def sections(composed: Iterable[Composed], question: Question) -> tuple[Section, ...]:
    """Claims under a title each: their group where they name one, else their kind.

    Doses for everyone come first, then broad groups, special groups, and the other kinds.
    """
    asked = {t.name for t in question.terms} | {"adult"}
    titled: dict[str, list[Claim]] = {}
    names: dict[str, tuple[int, str]] = {}
    for item in composed:
        statement = item.claim.statements[0]
        title = section_title(statement, asked)
        key = title.lower()
        names.setdefault(key, (_place(statement, title), title))
        titled.setdefault(key, []).append(item.claim)
    keys = sorted(titled, key=lambda key: names[key][0])
    return tuple(Section(names[key][1], tuple(titled[key])) for key in keys)


def _place(statement: Statement, title: str) -> int:
    kinds = list(SECTION_OF_KIND.values())
    if title == kinds[0]:
        return 0
    if title in kinds:
        return 3 + kinds.index(title)
    return 2 if any(is_special(c) for c in statement.group.criteria) else 1


_WHO = {
    "pregnant": "pregnancy",
    "planning": "planning pregnancy",
    "neonate": "neonates",
    "infant": "infants",
    "child": "children",
    "adolescent": "adolescents",
    "older": "older people",
}

GROUP_TITLES = tuple(name[:1].upper() + name[1:] for name in _WHO.values())
"""The titles of sections for a stage of life, as readers see them."""


def section_title(statement: Statement, asked: set[str]) -> str:
    """The group a statement is for, as a title; its kind where it is for all those asked about."""
    if statement.kind is not StatementKind.DOSE:
        return SECTION_OF_KIND[statement.kind]
    # What is counted is named by none of its criteria alone.
    counted = statement.group.combinator is Combinator.AT_LEAST
    criteria = () if counted else [c for c in statement.group.criteria if c.needed == 1]
    with_child = any(c.attribute == "pregnancy" for c in criteria)
    values = [
        _named(c)
        for c in criteria
        if (c.value or c.text)
        and c.value not in asked
        and not (with_child and c.attribute == "sex")
    ]
    title = ", ".join(dict.fromkeys(values))
    return title[:1].upper() + title[1:] or SECTION_OF_KIND[statement.kind]


def _named(criterion: Criterion) -> str:
    name = _WHO.get(criterion.value or "", criterion.value or criterion.text)
    if criterion.negated:
        return f"not taking {name}" if criterion.attribute == "drug" else f"without {name}"
    if criterion.attribute == "procedure":
        return f"after {name}"
    return f"taking {name}" if criterion.attribute == "drug" else name


def number_references(
    claims: Iterable[Claim], source_of: dict[str, Source]
) -> tuple[dict[str, int], tuple[Reference, ...]]:
    """Sources numbered from 1 in the order in which the reader meets them."""
    numbers: dict[str, int] = {}
    for claim in claims:
        for citation in claim.citations:
            numbers.setdefault(citation.source_id, len(numbers) + 1)
    references = tuple(Reference(n, source_of[source_id]) for source_id, n in numbers.items())
    return numbers, references


def numbered(claim: Claim, numbers: dict[str, int]) -> Claim:
    """The claim with each citation's reference number filled in, those of its rules too."""

    def mark(citation: Citation) -> Citation:
        return replace(citation, reference=numbers[citation.source_id])

    return replace(
        claim,
        citations=tuple(map(mark, claim.citations)),
        derivations=tuple(replace(d, rule=mark(d.rule)) for d in claim.derivations),
    )
