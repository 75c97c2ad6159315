"""Is every word of a sentence accounted for by its doses? What a dose line needs to be true.

A sentence is taken apart: amounts, routes, times, lengths, drugs, phases and groups that its
doses hold are struck out where they stand, and so is a closed list of words that say nothing of
their own ("give", "of", "dose"). Whatever is left (a number, a comparison, an "or", a condition,
a thing, a verb) is something that the doses do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from osler.domain import Criterion, Dosage, DosageRole, Phase
from osler.dosage import find_durations, find_frequencies, find_routes
from osler.readers.people import BOUNDED
from osler.statements.vocabulary.conditions import find_conditions, find_tests
from osler.statements.vocabulary.substances import belongs_to, find_substances, is_class

Span = tuple[int, int]

# Words that say nothing which a line would have to say.
_FRAMING = frozenset(
    {"a", "an", "the", "of", "is", "are", "be", "and", "as", "for", "in", "with", "to", "on", "by"}
    | {"at", "it", "give", "gives", "given", "giving", "take", "takes", "taken", "use", "used"}
    | {"using", "receive", "receives", "administer", "administered", "prescribe", "prescribed"}
    | {"recommended", "treat", "treated", "treatment", "should", "kept", "dose", "doses", "dosage"}
    | {"drug", "drugs", "medicine", "usual", "usually", "regimen", "people", "person", "patients"}
    | {"patient", "women", "injection", "injections"}
)
# A word for what a dose is for in a course, which the line names.
_PHASE_WORDS = {
    Phase.LOADING: ("loading",),
    Phase.START: ("start", "starting", "initial", "initially"),
    Phase.MAINTENANCE: ("maintenance",),
    Phase.PROPHYLAXIS: ("prophylaxis", "prevention"),
    Phase.MAXIMUM: ("maximum", "max"),
}
# What is eaten, drunk, made by the body or measured as well as given: its amount is no dose.
_NO_DRUG = frozenset(
    {"alcohol", "ethanol", "cortisol", "sodium", "potassium", "chloride", "salt", "calcium"}
    | {"magnesium", "phosphate", "phosphorus", "glucose", "sugar", "caffeine", "protein", "water"}
    | {"oxygen", "energy", "fibre"}
)
_NUMBER_WORD = r"(?:\d+|two|three|four|five|six)"
_DIVIDED = re.compile(
    rf"\b(?:in|as)\s+{_NUMBER_WORD}(?:\s*(?:-|–|to|or)\s*{_NUMBER_WORD})?\s+divided\s+doses\b", re.I
)
_MAXIMUM = re.compile(r"\(?\s*\bmax(?:imum|\.)?(?:\s+(?:daily\s+)?dose)?(?:\s+of)?:?\s*$", re.I)
_AMOUNT = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]+)(?P<per>\s*/\s*\w+|\s+(?:a|per)\s+day|\s+daily)?"
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
# What a drug is, as a label before it: "Analgesics: paracetamol". It says nothing of the dose.
_KIND = re.compile(
    r"(?:^|(?<=:\s))(?:(?:non[- ])?narcotic\s+)?(?:analgesics?|antibiotics?|antipyretics?"
    r"|anxiolytics?|antihistamines?|decongestants?|antiemetics?|anti-emetics?|anti-?convulsants?|haematinics"
    r"|sedatives?|nsaids|ala|drugs?|corticosteroids?)\s*:",
    re.I,
)
# By the day, where an amount is one of a day: "2 g daily in 4 divided doses", "1 g orally/day".
_A_DAY = re.compile(r"\s*(?:[^\W\d]+\s*)?(?:\bdaily\b|\b(?:a|per|each)\s+day\b|/\s*day\b)", re.I)
_INFUSION = re.compile(r"\binfusion\b", re.I)
# A form that is swallowed whole, beside the drug's name, and what it is in Spanish.
_FORMS = {"tab": "comprimidos", "cap": "cápsulas", "syr": "jarabe"}
_FORM = re.compile(r"(?:tab(?:let)?s?|cap(?:sule)?s?|syrup)\b", re.I)
# Signs by which a sentence compares, counts or leads to something.
_SIGN = re.compile(r"[<>=≤≥≈~±×+*/%→?!\[\]|&…]")
# "125 - mg": a range whose other end is lost.
_UNFINISHED = re.compile(r"\d\s+[-–—]\s+(?=[^\W\d])")
# What the words for a time may say beside it: at once, all at once.
_HASTE = re.compile(r"\b(?:stat|immediately|at once|bolus|push)\b", re.I)
# How often, where the sentence does not say that it is in one dose: "daily", "50 mg a day".
_ONCE = re.compile(r"\b(?:once|one|single|od|o\.d\.|qd|nocte|mane|night\w*|morning)\b", re.I)


def is_accounted_for(text: str, heads: list[Dosage], criteria: Iterable[Criterion]) -> bool:
    """Whether a sentence says nothing but these doses, for people of these criteria.

    The doses hold the offsets of the sentence. Every field of a dose must stand in its own part
    of the sentence; two doses must be alike in which fields they state, since what stands
    behind the last may be meant for both.
    """
    parts = [*heads, *(step for head in heads for step in head.steps)]
    if not parts or not all(_is_whole(part, text) for part in parts):
        return False
    if _UNFINISHED.search(text):
        return False
    if len({_stated(head) for head in heads}) > 1 or (len(heads) > 1 and len(parts) > len(heads)):
        return False
    alone = len(parts) == 1
    struck: list[Span] = []
    for part in parts:
        spans = _spans(part, text, alone=alone)
        if spans is None:
            return False
        struck += spans
    drugs = _drugs(text, {head.substance for head in heads})
    people = _people(text, criteria)
    if drugs is None or people is None:
        return False
    first = min(part.start for part in parts)
    if len(heads) > 1 and any(start > first for start, _ in people):
        return False  # whom the last dose is for, alone
    return not list(_left(text, [*struck, *drugs, *people], parts))


def says_once(text: str, dosage: Dosage) -> bool:
    """Whether the sentence says that a dose is a single one of its day, week or month."""
    own = text[dosage.start : dosage.end]
    return any(_ONCE.search(own[f.start : f.end]) for f in find_frequencies(own))


def names_phase(text: str, phase: Phase) -> bool:
    """Whether a sentence itself names a phase of treatment."""
    words = {match.group().lower() for match in _WORD.finditer(text)}
    return any(word in words for word in _PHASE_WORDS.get(phase, ()))


def _is_whole(part: Dosage, text: str) -> bool:
    return part.end > part.start and text[part.start : part.end] == part.text


def _stated(part: Dosage) -> tuple[bool, ...]:
    return (bool(part.route), part.frequency is not None, part.duration is not None)


def _spans(part: Dosage, text: str, *, alone: bool) -> list[Span] | None:
    """Where a dose's amount, route, time and length stand; None where one of them does not."""
    spans: list[Span] = [(part.amount_start, part.amount_end)]
    low, high = (0, len(text)) if alone else (part.start, part.end)

    def inside(start: int, end: int) -> bool:
        return low <= start and end <= high

    routes = [f for f in find_routes(text) if inside(f.start, f.end)]
    held = set(part.routes or ([part.route] if part.route else []))
    if {f.value for f in routes} != held and routes:
        return None
    spans += [(f.start, f.end) for f in routes]
    if len(routes) > 1:  # "IM or SC": both are said
        between = text[routes[0].end : routes[-1].start]
        if re.fullmatch(r"\s*or\s*(?:deep\s*)?", between, re.I) is None or "deep" in between:
            return None
        spans.append((routes[0].start, routes[-1].end))
    if part.frequency is not None:
        times = [f for f in find_frequencies(text) if f.value == part.frequency]
        times = [f for f in times if inside(f.start, f.end)]
        if len(times) != 1 or _HASTE.search(text[times[0].start - 3 : times[0].end]):
            return None
        spans.append((times[0].start, times[0].end))
    if part.per_time == "d" and part.frequency is None:
        day = _A_DAY.match(text, part.amount_end)
        spans += [day.span()] if day and inside(*day.span()) else []
    if part.over is not None and "intravenous" in held:
        spans += [m.span() for m in _INFUSION.finditer(text) if inside(*m.span())]
    lengths = [d for d in (part.duration, part.over) if d is not None]
    found = [f for f in find_durations(text) if f.value in lengths and inside(f.start, f.end)]
    if len(found) != len(lengths):
        return None
    spans += [(f.start, f.end) for f in found]
    if part.divided is not None:
        shared = _DIVIDED.search(text, low, high)
        if shared is None:
            return None
        spans.append(shared.span())
    if part.maximum is not None:
        bound = _maximum(part, text)
        if bound is None:
            return None
        spans.append(bound)
    return spans


def _maximum(part: Dosage, text: str) -> Span | None:
    """Where the ceiling of a dose stands, with the word for it."""
    if part.maximum is None:
        return None
    for match in _AMOUNT.finditer(text, part.amount_end):
        lead = _MAXIMUM.search(text[: match.start()])
        same = match["number"].replace(",", "") == f"{part.maximum.amount:f}"
        if lead and same and bool(match["per"]) is bool(part.maximum.per or part.maximum.per_time):
            return lead.start(), match.end()
    return None


def _drugs(text: str, names: set[str | None]) -> list[Span] | None:
    """Where the drugs of the doses stand; None where one does not, or is no drug."""
    tests = find_tests(text)
    found = [f for f in find_substances(text) if f.name in names]
    if names != {f.name for f in found}:
        return None
    if any(is_class(f.name) or f.name in _NO_DRUG or f.text.lower() in _NO_DRUG for f in found):
        return None
    if any(t.start < f.end and f.start < t.end for t in tests for f in found):
        return None
    labels = [
        (f.start, f.end)
        for f in find_substances(text)
        if is_class(f.name)
        and text[f.end : f.end + 1] == ":"
        and all(name is not None and belongs_to(name, f.name) for name in names)
    ]  # "Antibiotics: amoxicillin": what the drug is, said before it
    labels += [match.span() for match in _KIND.finditer(text)]
    forms = [place for f in found if (place := _form(text, f.start, f.end))]
    return [*((f.start, f.end) for f in found), *labels, *forms]


def form_of(text: str, start: int, end: int) -> str | None:
    """The Spanish for the form that is named beside a drug's name: "amoxicillin capsules"."""
    place = _form(text, start, end)
    return _FORMS[text[slice(*place)][:3].lower()] if place else None


def _form(text: str, start: int, end: int) -> Span | None:
    after = _FORM.match(text, end + 1) if text[end : end + 1] == " " else None
    before = re.search(
        r"(?:^|(?<=[:.,;]\s))(?:Tab(?:let)?s?|Cap(?:sule)?s?)\s+$", text[:start], re.I
    )
    if after:
        return after.span()
    return (before.start(), before.end() - 1) if before else None


def _people(text: str, criteria: Iterable[Criterion]) -> list[Span] | None:
    """Where those whom the doses are for stand; None where a criterion is not in the text.

    Denials and alternatives are never accounted for: a line does not say them.
    """
    conditions = find_conditions(text)
    spans: list[Span] = []
    for criterion in dict.fromkeys(criteria):
        if criterion.negated or criterion.alternatives or not criterion.text:
            return None
        if criterion.attribute in ("condition", "severity", "procedure"):
            places = [(f.start, f.end) for f in conditions if f.name == criterion.value]
        elif criterion.attribute in ("life stage", "pregnancy", "sex", "breastfeeding"):
            pattern = re.compile(rf"\b{re.escape(criterion.text)}(?:s|ren|cy)?\b", re.I)
            places = [match.span() for match in pattern.finditer(text)]
        elif criterion.attribute in BOUNDED:
            found = re.finditer(rf"(?:\baged?\s+)?{re.escape(criterion.text)}", text, re.I)
            places = [match.span() for match in found]
        else:
            places = []
        if not places:
            return None
        spans += places
    return spans


def _left(text: str, struck: list[Span], parts: list[Dosage]) -> Iterator[str]:
    """The words and signs that nothing accounts for."""
    phases = {word for p in parts if p.phase for word in _PHASE_WORDS.get(p.phase, ())}
    if any(p.role is DosageRole.MAXIMUM for p in parts):
        phases |= {"maximum", "max"}
    for match in (*_WORD.finditer(text), *_SIGN.finditer(text)):
        if any(start <= match.start() and match.end() <= end for start, end in struck):
            continue
        word = match.group().lower()
        if word == "then" and len(parts) > 1:
            continue
        if word not in _FRAMING and word not in phases:
            yield word
