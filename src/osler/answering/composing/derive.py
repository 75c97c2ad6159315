"""Doses per kg and m² worked out for the patient: shown beside the rule, never as a claim."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.candidates.clauses import for_patient
from osler.answering.candidates.subject import relation
from osler.answering.composing.compose import Composed
from osler.answering.selecting.criteria import criterion_words
from osler.answering.sizing.body_weight import NoSize, Size, size_for
from osler.answering.sizing.ceilings import ceilings_for, ceilings_in, doses_of
from osler.answering.sizing.weight_ceilings import WeightCeiling, held_to, weight_ceiling
from osler.answering.sizing.weight_rules import WeightRule, own_rules, weight_rules
from osler.checking import check_derivation
from osler.domain import (
    Applies,
    BlockKind,
    Claim,
    Context,
    Derivation,
    Dosage,
    DosageRole,
    Group,
    Patient,
    Polarity,
    Question,
    Statement,
    StatementKind,
)
from osler.dosage import parse_dosages
from osler.dosage.by_size import Ceiling, work_out
from osler.library import Library
from osler.statements import applies, read_group, sentence_spans
from osler.statements.vocabulary.substances import find_substances

_SENTENCES_ON = 2  # sentences after the rule that may state its maximum
_ADULT_WEIGHT = 40  # kg; below it a patient of unknown age may be a child
_YOUNG = frozenset({"neonate", "infant", "child"})


def with_derivations(library: Library, item: Composed, question: Question) -> Composed:
    """Add what a claim's doses per kg or m² come to for the patient of the question.

    Nothing is worked out where the rule is not for this patient, where its dose is not
    plausible, where it speaks against a dose or tells of a trial, or where the source wants a
    body weight that is not known: `underived` and `missing` say so. Each result is computed
    again before it is shown.
    """
    claim, patient = item.claim, question.patient
    statement = claim.statements[0]
    if claim.warning or all(d.per is None for d in claim.dosages):
        return item
    if statement.polarity is Polarity.NEGATIVE or statement.kind is StatementKind.RESULT:
        return item
    if Applies.NO in (claim.applies, applies(statement.group, patient).applies):
        return item
    if _is_too_heavy_for(statement.group, patient):
        return item
    doses = _doses_by_size(claim, question)
    rules: tuple[WeightRule, ...] = ()
    ceiling: WeightCeiling | None = None
    if any(d.per == "kg" for d, _ in doses):
        drug = _drug_of(doses[0][0], claim)
        rules = tuple(
            rule
            for each in claim.statements
            # Without a weight nothing is worked out: what the rule says itself is asked for.
            for rule in (
                weight_rules(library, each, drug) if _is_weighed(patient) else own_rules(each)
            )
        )
        ceiling = weight_ceiling(library, statement, drug)
    found: list[Derivation] = []
    refused: list[NoSize] = []
    for dosage, group in doses:
        size = size_for(dosage.per or "", rules, patient)
        if isinstance(size, NoSize):
            refused.append(size)
            continue
        if ceiling is not None and dosage.per == "kg":
            size = held_to(size, ceiling)
        others = tuple(g for d, g in doses if d is not dosage and g != group)
        derivation = _derive(library, item, dosage, (group, others), size, patient)
        if derivation is not None and derivation not in found:
            found.append(derivation)
    changed = replace(
        claim,
        derivations=tuple(found),
        underived=_reason(refused) if _is_weighed(patient) and not found else None,
        missing=tuple(dict.fromkeys(name for each in refused for name in each.missing)),
    )
    return replace(item, claim=changed)


def _is_weighed(patient: Patient) -> bool:
    return patient.weight_kg is not None or patient.ideal_weight_kg is not None


def _reason(refused: list[NoSize]) -> str | None:
    """Why nothing was worked out, and what to give, as one line."""
    if not refused:
        return None
    wanted = " and ".join(refused[0].missing)
    return "; ".join(p for p in (refused[0].reason, wanted and f"{wanted} not known") if p)


def _doses_by_size(claim: Claim, question: Question) -> tuple[tuple[Dosage, Group], ...]:
    """The doses per kg or m² of the drug asked about, each with the group of its own clause."""
    subjects = [t.name for t in question.terms if t.kind == "substance"]
    completed = {d.start: d for d in claim.dosages}
    stated = []
    for dosage in doses_of(parse_dosages(claim.text), claim.text):
        drug = _drug_of(completed.get(dosage.start, dosage), claim)
        asked = not subjects or drug is None or any(relation(s, drug) > 0 for s in subjects)
        if dosage.per and asked and dosage.role is not DosageRole.STEP:
            known = completed.get(dosage.start, dosage)
            stated.append(replace(dosage, frequency=known.frequency, substance=known.substance))
    return tuple(
        (dosage, group)
        for dosage, group in for_patient(tuple(stated), claim, question.patient)
        if not _is_too_heavy_for(group, question.patient)
    )


def _is_too_heavy_for(group: Group, patient: Patient) -> bool:
    """Whether a dose is for children and the patient, of unknown age, weighs as an adult does."""
    young = any(c.value in _YOUNG and not c.negated for c in group.criteria)
    known = patient.age_years is not None or patient.life_stage is not None
    heavy = patient.weight_kg is not None and _weighs_as_an_adult(patient)
    return young and not known and heavy


def _drug_of(dosage: Dosage, claim: Claim) -> str | None:
    return dosage.substance or next(iter(claim.statements[0].substances), None)


def _derive(
    library: Library,
    item: Composed,
    dosage: Dosage,
    groups: tuple[Group, tuple[Group, ...]],
    size: Size,
    patient: Patient,
) -> Derivation | None:
    """One dose worked out; `groups` are that of its clause, and those of the other clauses."""
    claim = item.claim
    own, others = groups
    beside = ceilings_for(dosage, parse_dosages(claim.text), claim.text)
    around, cited = _ceilings_around(library, item, dosage, patient)
    worked = work_out(dosage, size.value, beside or around)
    if worked is None:
        return None
    inputs = dict(size.inputs)
    if len({_drug_of(d, claim) for d in claim.dosages if d.per}) > 1 and dosage.substance:
        inputs = {"drug": dosage.substance, **inputs}
    if open_ := _undecided((claim.statements[0].group, own), patient):
        inputs["only if"] = open_
    elif not own.criteria and (open_ := _undecided(others, patient)):
        inputs["unless"] = open_
    rule = claim.citations[0]
    derivation = Derivation(
        worked.formula,
        {**inputs, **worked.inputs},
        "; ".join(part for part in (worked.result, size.reserve) if part),
        replace(rule, context=(*rule.context, *size.cited, *(() if beside else cited))),
    )
    return derivation if check_derivation(derivation).supported else None


def _ceilings_around(
    library: Library, item: Composed, dosage: Dosage, patient: Patient
) -> tuple[tuple[Ceiling, ...], tuple[Context, ...]]:
    """Maxima in the context that the claim leaves out, else in the sentences that follow it."""
    statement = item.claim.statements[0]
    for context in reversed(statement.context):
        if (
            context.role in ("lead-in", "parent", "label", "footnote")
            and context.quote not in item.claim.text
        ):
            found = _maxima(context.quote, dosage, patient)
            if found:
                return found, ()
    text = library.text(statement.source_id)
    for start, end in _following(text, statement):
        sentence = text[start:end]
        found = _maxima(sentence, dosage, patient)
        if found:
            return found, (Context(start, end, sentence, "maximum"),)
        if parse_dosages(sentence):
            break
    return (), ()


def _following(text: str, statement: Statement) -> list[tuple[int, int]]:
    """The next sentences of the paragraph, and the one line under it where they give no dose.

    The row under a row is for others.
    """
    end = text.find("\n", statement.end)
    end = len(text) if end < 0 else end
    spans = [
        (start, stop)
        for start, stop in sentence_spans(text, statement.end, end)
        if text[start:stop].strip(" .")
    ]
    spans = spans[:_SENTENCES_ON]
    is_row = statement.block is BlockKind.ROW
    if (
        end < len(text)
        and not is_row
        and not any(parse_dosages(text[start:stop]) for start, stop in spans)
    ):
        start = end + len(text[end:]) - len(text[end:].lstrip("\n -•*|"))
        stop = text.find("\n", start)
        spans.append((start, len(text) if stop < 0 else stop))
    return spans


def _maxima(text: str, dosage: Dosage, patient: Patient) -> tuple[Ceiling, ...]:
    """The maxima of a text that states them alone, of this drug and for this patient."""
    found = ceilings_in(parse_dosages(text), text)
    if not found or applies(read_group(text), patient).applies is Applies.NO:
        return ()
    named = [f.name for f in find_substances(text)]
    mine = dosage.substance
    if named and mine is not None and not any(relation(mine, name) > 0 for name in named):
        return ()
    return found


def _undecided(groups: tuple[Group, ...], patient: Patient) -> str:
    """The criteria that the patient may not meet, in the source's words, negated where it is so.

    A question that gives no age is taken to ask about an adult, where the weight is one's.
    """
    open_ = [
        criterion_words(criterion)
        for group in groups
        for criterion in group.criteria
        if not (criterion.value == "adult" and _weighs_as_an_adult(patient))
        and applies(Group((criterion,)), patient).applies is Applies.UNKNOWN
    ]
    return "; ".join(dict.fromkeys(text for text in open_ if text))


def _weighs_as_an_adult(patient: Patient) -> bool:
    return patient.weight_kg is None or patient.weight_kg >= _ADULT_WEIGHT
