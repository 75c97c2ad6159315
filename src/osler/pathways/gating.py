"""Whether the passages that an action quotes say what it says and orders.

Stricter than the gate of answers: a dose of an action may not say less than its passage either,
so that nobody is given a schedule without its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from osler.checking import check_text
from osler.domain import Dosage, Frequency, Issue, Problem, ProblemKind, Severity
from osler.domain.errors import DosageError
from osler.dosage import (
    differences,
    find_durations,
    find_frequencies,
    from_fhir,
    parse_dosages,
)
from osler.dosage.fhir_timing import read_timing
from osler.pathways.authoring.activities import NOTE_PRIORITY, Unclear, dosage, words_of_due
from osler.pathways.authoring.expanding import NOTES
from osler.pathways.evidence import Cited
from osler.pathways.strictness import differences_of
from osler.pathways.substances import named_by_code
from osler.statements import sentence_spans

_CHECKED = frozenset(
    {"resourceType", "id", "url", "version", "status", "kind", "intent", "priority"}
)
_CHECKED_OF = {
    "MedicationRequest": frozenset(
        {"productCodeableConcept", "dosage", "doNotPerform", "dynamicValue"}
    ),
    "ServiceRequest": frozenset({"code", "timingTiming", "dynamicValue"}),
    "CommunicationRequest": frozenset({"description", "dynamicValue"}),
}
# Who a dose is for, and who not, stands in the action's sentence, which is held against the same.
_OF_THE_SENTENCE = (ProblemKind.GROUP, ProblemKind.POLARITY)
_UNITS = {"hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}


def check_action(
    action: Mapping[str, Any],
    activity: Mapping[str, Any] | None,
    evidence: Sequence[Cited],
    path: str,
) -> list[Issue]:
    """What an action says or orders and its evidence does not; empty where all is supported."""
    said = str(action.get("description", ""))
    faults = [
        Issue(Severity.ERROR, "business-rule", told, f"{path}.{key}")
        for key, told in _unchecked(action)
    ]
    if not evidence:
        if activity is not None and _is_note(action, activity):
            faults += _of_activity(activity, said, evidence, f"{path}.definition")
        elif activity is not None:
            told = "what is ordered or warned of needs evidence: quote the passage that says so"
            faults.append(Issue(Severity.ERROR, "required", told, path))
        if parse_dosages(said):
            told = f"“{said}” states a dose and quotes no passage"
            faults.append(Issue(Severity.ERROR, "required", told, f"{path}.description"))
        return faults
    if not said:
        told = "an action with evidence needs a description, which the evidence is held against"
        faults.append(Issue(Severity.ERROR, "required", told, path))
    for start, end in sentence_spans(said):
        faults += _unsupported(said[start:end], evidence, f"{path}.description")
    if activity is not None:
        where = f"{path}.definition"
        faults += _of_activity(activity, said, evidence, where)
    return faults


def _is_note(action: Mapping[str, Any], activity: Mapping[str, Any]) -> bool:
    """Whether an action tells what no source does: a question, a silence, where something is, or
    that the record itself speaks against an order (an allergy).
    """
    codings = (coding for code in action.get("code") or () for coding in code.get("coding") or ())
    kinds = [str(coding.get("code")) for coding in codings if coding.get("system") == NOTES]
    is_told = activity.get("kind") == "CommunicationRequest"
    pressing = NOTE_PRIORITY.get(kinds[0], "routine") if kinds else None
    return is_told and pressing is not None and activity.get("priority") == pressing


def _unchecked(action: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Doses where nothing holds them against a passage."""
    for key in ("title", "textEquivalent", "prefix"):
        if parse_dosages(str(action.get(key, ""))):
            yield key, f"a dose belongs in the description, not in “{action[key]}”"
    for value in action.get("dynamicValue") or ():
        yield "dynamicValue", f"{value.get('path')} of an action is worked out unchecked"
    for key in action:
        if key.startswith("timing"):
            yield key, "how often belongs to what is ordered, where it is checked"


def _unsupported(claim: str, evidence: Sequence[Cited], path: str) -> list[Issue]:
    return [
        Issue(Severity.ERROR, "business-rule", _told(problem, claim), path)
        for problem in _problems(claim, evidence, whole=True)
    ]


def _problems(claim: str, evidence: Sequence[Cited], *, whole: bool = False) -> tuple[Problem, ...]:
    """What none of the passages supports, each under its source's title and its headings.

    A `whole` sentence is held to more than the gate holds an answer to.
    """
    found = []
    for cited in evidence:
        above = "\n".join((cited.source.title, *(c.quote for c in cited.statement.context)))
        problems = check_text(claim, cited.statement.text, above).problems
        if whole and not problems:
            problems = differences_of(claim, cited.statement.text)
        if not problems:
            return ()
        found.append(problems)
    return min(found, key=len)


def _told(problem: Problem, claim: str) -> str:
    passage = f"the passage has “{problem.passage}”" if problem.passage else "no passage has it"
    return f"{problem.kind}: “{problem.claim}” of “{claim}”; {passage}"


def _of_activity(
    activity: Mapping[str, Any], said: str, evidence: Sequence[Cited], path: str
) -> list[Issue]:
    kind = activity.get("kind")
    for key in sorted(set(activity) - _CHECKED - _CHECKED_OF.get(str(kind), frozenset())):
        told = f"“{key}” of an ActivityDefinition is checked by nothing: leave it out"
        return [Issue(Severity.ERROR, "not-supported", told, f"{path}.{key}")]
    if kind == "MedicationRequest":
        found = _medicine(activity, said, evidence)
    elif kind == "ServiceRequest":
        found = _service(activity, said, evidence)
    elif kind == "CommunicationRequest":
        found = _warning(activity, said)
    else:
        found = iter([("kind", f"nothing here checks a {kind}")])
    return [
        Issue(Severity.ERROR, "business-rule", told, f"{path}.{key}" if key else path)
        for key, told in found
    ]


_Found = Iterator[tuple[str, str]]


def _medicine(activity: Mapping[str, Any], said: str, evidence: Sequence[Cited]) -> _Found:
    product = activity.get("productCodeableConcept") or {}
    name = str(product.get("text", ""))
    if not name:
        yield "product", "the medicine has no name"
    for coding in product.get("coding") or ():
        names = named_by_code(coding.get("system"), coding.get("code"))
        if name.lower() not in names:
            yield "product.coding", f"{coding.get('code')} is not known as a code of {name}"
    if activity.get("doNotPerform"):
        yield "doNotPerform", "what must not be given is said by a warning"
    for value in activity.get("dynamicValue") or ():
        yield "dynamicValue", f"{value.get('path')} of a prescription is worked out unchecked"
    written = activity.get("dosage")
    if not written:
        for problem in _problems(f"{name}.", evidence):
            yield "product", _told(problem, name)
        return
    try:
        dose = from_fhir(written)
    except DosageError as error:
        yield "dosage", str(error)
        return
    if not _is_as_said(written, _text(dose)):
        yield "dosage", f"the parts of the dose are not what “{_text(dose)}” says, or say more"
    if not any(_same_course(dose, read) for read in parse_dosages(said)):
        yield "dosage", f"“{_text(dose)}” is not the dose of “{said}”"
    fitting = [
        cited
        for cited in evidence
        if any(_same_course(dose, held) for held in cited.statement.dosages)
    ]
    if not fitting:
        held = (
            "; ".join(dict.fromkeys(d.text for c in evidence for d in c.statement.dosages))
            or "no dose"
        )
        yield "dosage", f"“{_text(dose)}” is not what the passages have: “{held}”"
        return
    claim = f"{name} {_text(dose)}."
    for problem in _problems(claim, fitting):
        if problem.kind not in _OF_THE_SENTENCE:
            yield "dosage", _told(problem, claim)


def _is_as_said(written: Any, text: str) -> bool:
    """Whether a FHIR dosage is what its words are read as, part for part and nothing besides."""
    try:
        return bool(dosage(text) == written)
    except Unclear:
        return False


def _same(one: Dosage, other: Dosage) -> bool:
    """Whether two doses say the same, neither less than the other."""
    return (
        not differences(one, other)
        and not differences(other, one)
        and (one.route, one.routes) == (other.route, other.routes)
        and one.role == other.role
    )


def _same_course(one: Dosage, other: Dosage) -> bool:
    return (
        _same(one, other)
        and len(one.steps) == len(other.steps)
        and all(map(_same, one.steps, other.steps))
    )


def _text(dose: Dosage) -> str:
    return ", then ".join(step.text for step in (dose, *dose.steps))


def _service(activity: Mapping[str, Any], said: str, evidence: Sequence[Cited]) -> _Found:
    what = str((activity.get("code") or {}).get("text", ""))
    texts = [cited.statement.text for cited in evidence]
    if not what:
        yield "code", "what is to be checked has no name"
    for problem in _problems(f"{what}.", evidence):
        yield "code", _told(problem, what)
    timing = activity.get("timingTiming")
    lengths: set[tuple[Any, str]] = set()
    if timing:
        try:
            frequency, duration, _ = read_timing(timing, {}, {})
        except DosageError as error:
            yield "timing", str(error)
            return
        for where, held in (("description", [said]), ("passages", texts)):
            if duration or not any(_rate(frequency) == _rate(f) for f in _frequencies(held)):
                yield "timing", f"the {where} do not say how often: {timing.get('repeat')}"
        words = str((timing.get("code") or {}).get("text", ""))
        if " until " in words and words not in said:
            yield "timing.code", f"“{words}” is not what the description says"
        if words and not any(_rate(frequency) == _rate(f) for f in _frequencies([words])):
            yield "timing.code", f"“{words}” is not how often: {timing.get('repeat')}"
        if frequency is not None:
            lengths |= {(frequency.period_low, frequency.period_unit or "")}
    else:
        lengths |= {
            (d.value.low, d.value.unit or "") for text in texts for d in find_durations(text)
        }
    for value in activity.get("dynamicValue") or ():
        expression = str((value.get("expression") or {}).get("expression", ""))
        if expression != "%now" and not _is_after(expression, lengths):
            yield "dynamicValue", f"{value.get('path')}: no passage says “{expression}”"


def _frequencies(texts: Iterable[str]) -> Iterator[Frequency]:
    for text in texts:
        for found in find_frequencies(text):
            yield found.value


def _rate(f: Frequency | None) -> tuple[Any, ...]:
    if f is None:
        return ()
    return (f.count, f.count_high, f.period_low, f.period_high, f.period_unit, f.when, f.once)


def _is_after(expression: str, lengths: set[tuple[Any, str]]) -> bool:
    """Whether "%today + 3 months" is one of the lengths from now, or from the last check."""
    start, _, span = expression.partition(" + ")
    from_last = words_of_due(expression)
    if from_last:
        start, span = "%today", from_last["due"]
    number, _, unit = span.partition(" ")
    if start not in ("%today", "%now") or not number.isdigit():
        return False
    return (int(number), _UNITS.get(unit.removesuffix("s"), "")) in lengths


def _warning(activity: Mapping[str, Any], said: str) -> _Found:
    if activity.get("description") != said:
        yield "description", "a warning says the action's description, word for word"
    for value in activity.get("dynamicValue") or ():
        expression = (value.get("expression") or {}).get("expression")
        if expression != "%context.description":
            yield "dynamicValue", f"{value.get('path')} is worked out unchecked"
