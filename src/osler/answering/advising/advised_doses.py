"""The doses that a claim advises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from osler.answering.advising.advice import A_DOSE, DAILY_PERHAPS, UNBOUNDED, Advice, Respect
from osler.answering.advising.equivalents import in_millimoles
from osler.answering.advising.steps import phase_of
from osler.domain import (
    BlockKind,
    Claim,
    Comparator,
    Dosage,
    DosageRole,
    Duration,
    Maximum,
    Phase,
    Polarity,
)
from osler.dosage import find_frequencies, parse_dosages, per_day, to_base
from osler.patterns import lazy
from osler.statements.sentences.cues import polarity_of
from osler.statements.vocabulary.substances import find_substances

DAYS = {
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal(30),
    "a": Decimal(365),
}


_TOO = lazy(r"\btoo (?:weak|low|small|little|high|much)\b|\bnot enough\b|\binsufficient\b", re.I)
# "Fentanyl 25 micrograms/hour is equal to 90 mg of morphine": how two compare, not what to give.
_EQUALS = lazy(
    r"\b(?:is|are|being)\s(?:\w+\s){0,2}(?:equal|equivalent)\s(?:in\s\w+\s)?to\b|\bequals\b", re.I
)
_ELEMENTAL = lazy(r"\belemental\b", re.I)


def doses_given(claim: Claim) -> list[Dosage]:
    """The doses that a claim tells to give: none of a clause that denies."""
    if not any(d.role is DosageRole.DOSE for d in claim.dosages) or _TOO.search(claim.text):
        return []
    if _EQUALS.search(claim.text):
        return []
    denied = _denied_spans(claim)
    return [
        d
        for d in claim.dosages
        if d.role is DosageRole.DOSE
        and d.low is not None
        and not any(start <= d.amount_start < end for start, end in denied)
        and not _ALREADY.search(claim.text[: d.amount_start])
        and not _is_cap(claim, d)
        and not _HIGHEST.search(claim.text[: d.amount_start])
        and _under_a_maximum(claim, d) is None
        and not _NO_DOSE.search(claim.text[: d.amount_start])
    ]


def _is_for_days(claim: Claim, dosage: Dosage) -> bool:
    """Whether an amount is told for some days and nothing says how often: "30 mg for 5 days"."""
    lasts = dosage.duration
    row = any(s.block is BlockKind.ROW for s in claim.statements)
    days = lasts is not None and lasts.unit in ("d", "wk") and (lasts.high or lasts.low or 0) > 1
    return days and dosage.frequency is None and not (row or dosage.over)


# "Raise by 50 mg", "may exceed 300 mg a day": a step or a bound, not what to give.
_NO_DOSE = lazy(
    r"\b(?:up|down|rais\w+|increas\w+|reduc\w+|lower\w*|cut|decreas\w+|steps?)\b[^.;:,]{0,30}"
    r"\b(?:by|of)\s(?:up to |as much as |at most )?(?:\d[\d.]*\s?\w*\s?(?:-|–|to|or)\s?)?$|"
    r"\(by\s$|(?<!not\s)\b(?:exceeds?|exceeding|more than|above|over)\s$",
    re.I,
)
_UP_TO = lazy(r"\b(?:up to|to a maximum of|no more than|not more than)\s*$", re.I)


def _is_cap(claim: Claim, dosage: Dosage) -> bool:
    """Whether it bounds a dose by weight: "0.1 units/kg, up to 10 units"."""
    return (
        dosage.per is None
        and _UP_TO.search(claim.text[: dosage.amount_start]) is not None
        and any(
            d.per == "kg" and d.unit == dosage.unit and d.amount_end <= dosage.amount_start
            for d in claim.dosages
        )
    )


# "… only for patients who have received 60 mg of oral morphine a day": whom, not what to give.
_ALREADY = lazy(
    r"\b(?:who|those|patients?|people)\b[^.;:,]{0,40}\b(?:received|receiving|been on|been given|"
    r"taken|already (?:on|taking))\b(?:[^.;:,(]|\([^()]*)*$",
    re.I,
)
_CLAUSE = lazy(r"(?:[^;:.]|[;:.](?!\s))+")


def _denied_spans(claim: Claim) -> list[tuple[int, int]]:
    if not denies(claim):
        return []
    clauses = [m.span() for m in _CLAUSE.finditer(claim.text)]
    return [
        (start, end)
        for start, end in clauses
        if polarity_of(without_end(claim.text[start:end])) is Polarity.NEGATIVE
    ]


# "200 mg at night for 4 weeks, then stop": how a course ends, and no bar.
_ENDS = lazy(r"(?<=\w)[,;]?\s(?:and\s)?then\s(?:stop|discontinue)\b[^.;:]*", re.I)


def without_end(text: str) -> str:
    """A text without the words that end a course."""
    return _ENDS.sub(" ", text)


def denies(claim: Claim) -> bool:
    """Whether a claim as a whole says what not to do."""
    return any(s.polarity is Polarity.NEGATIVE for s in claim.statements)


def dose_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """How much a day (or a time, where nothing says how often), and how much at most."""
    for dosage in doses_given(claim):
        amount = amount_of(claim, dosage, weight_kg)
        if amount is not None:
            low, high, unit = amount
            names, routes = named_in(dosage), routes_of(dosage)
            by_weight = dosage.per == "kg" and "/kg" not in unit
            yield Advice(
                Respect.DOSE, low, high, unit, True, names, routes, phase_of(claim, dosage),
                by_weight=by_weight,
            )  # fmt: skip
            if unit.endswith(A_DOSE) and _is_for_days(claim, dosage):
                yield Advice(
                    Respect.DOSE, low, high, unit.removesuffix(A_DOSE), True, names, routes,
                    phase_of(claim, dosage), action=DAILY_PERHAPS,
                )  # fmt: skip
    for dosage in claim.dosages:
        ceiling = _ceiling(claim, dosage, weight_kg) or _under_a_maximum(claim, dosage)
        if ceiling is not None:
            most, unit = ceiling
            yield Advice(
                Respect.MAXIMUM, most, most, unit, True, named_in(dosage), routes_of(dosage)
            )


_GIVE = lazy(r"(?:^|[:.;,]\s)(?:then\s)?(?:give|inject|administer)\s$", re.I)
_VOLUMES = frozenset({"mL", "L"})


def infusion_advice(claim: Claim) -> Iterator[Advice]:
    """Over how long one dose runs in, each with the dose that it belongs to."""
    for dosage in doses_given(claim):
        over = dosage.over or _over(claim, dosage)
        if over is None or over.low is None or over.unit not in ("h", "min"):
            continue
        minutes = Decimal(60 if over.unit == "h" else 1)
        low, high = over.low * minutes, (over.high or over.low) * minutes
        if over.comparator in (Comparator.AT_LEAST, Comparator.GREATER):
            high = UNBOUNDED
        if over.comparator in (Comparator.AT_MOST, Comparator.LESS):
            low = Decimal(0)
        # "5 g in 500 mL over 6 hours" is of the 5 g.
        of = [d for d in doses_given(claim) if d.unit not in _VOLUMES] or [dosage]
        for dose in of if dosage.unit in _VOLUMES else [dosage]:
            yield Advice(
                Respect.OVER, low, high, "min", True, named_in(dose), routes_of(dose),
                phase_of(claim, dose), amount_of(claim, dose, None),
            )  # fmt: skip


_OVER = lazy(r"[^.;:]{0,30}?\bover\s(?P<n>\d+)\s?(?P<unit>h|min)\w*\safter\b", re.I)


def _over(claim: Claim, dosage: Dosage) -> Duration | None:
    """ "90 mg over 2 hours after rehydration": the time is its own, and none until it."""
    found = _OVER.match(claim.text, dosage.amount_end)
    if found is None:
        return None
    return Duration(Decimal(found["n"]), Decimal(found["n"]), found["unit"].lower())


def named_in(dosage: Dosage) -> frozenset[str]:
    """The drug that a dose is of, where it is known."""
    return frozenset({dosage.substance}) if dosage.substance else frozenset()


def routes_of(dosage: Dosage) -> frozenset[str]:
    """The routes by which a dose may be given."""
    return frozenset(dosage.routes or ([dosage.route] if dosage.route else []))


def amount_of(
    claim: Claim, dosage: Dosage, weight_kg: Decimal | None
) -> tuple[Decimal, Decimal, str] | None:
    """A day's total, or a dose where nothing says how often; elemental iron is no iron salt."""
    dosage = in_millimoles(_nightly(_as_told_above(claim, dosage)))
    within_hours = dosage.frequency is not None and dosage.frequency.period_unit == "min"
    amount = None if within_hours else per_day(dosage)
    each = ""
    if amount is None:
        if dosage.low is None or dosage.unit is None or dosage.per_time:
            return None
        once = dosage.frequency is not None and dosage.frequency.once
        if dosage.frequency is not None and not (once or within_hours):
            return None
        row = any(s.block is BlockKind.ROW for s in claim.statements)
        told = once or dosage.route or dosage.over or dosage.per or row
        told = told or _GIVE.search(claim.text[: dosage.amount_start]) is not None
        if not told and dosage.phase is not Phase.LOADING:
            return None  # "the 400 microgram dose may be bought" tells nobody to take it
        low, unit = to_base(dosage.low, dosage.unit)
        high, _ = to_base(dosage.high or dosage.low, dosage.unit)
        amount, each = (low, high, f"{unit}/{dosage.per}" if dosage.per else unit), A_DOSE
    low, high, unit = amount
    if unit.endswith("/kg") and weight_kg is not None:
        low, high, unit = low * weight_kg, high * weight_kg, unit.removesuffix("/kg")
    most = dosage.maximum
    if most is not None and not most.per and (most.per_time is None) == bool(each):
        top, top_unit = to_base(most.amount, most.unit)
        if top_unit == unit:
            low, high = min(low, top), min(high, top)
    near = claim.text[max(0, dosage.amount_start - 18) : dosage.amount_end + 14]
    if _ELEMENTAL.search(near):
        each += " elemental"
    if unit.startswith("[iU]"):
        unit = "U" + unit.removeprefix("[iU]")  # of one drug, "units" are the international ones
    return low, high, unit + each


def _as_told_above(claim: Claim, dosage: Dosage) -> Dosage:
    """A bare amount with how often it is given by the words that it hangs on.

    "By deep injection every 4 weeks", and under it "under 30 kg: 600,000 units".
    """
    if dosage.frequency or dosage.per_time or dosage.over or dosage.phase is Phase.LOADING:
        return dosage
    above = [c.quote for s in claim.statements for c in s.context if c.role in _HANGS_ON]
    if any(parse_dosages(quote) for quote in above):
        return dosage
    often = [found.value for quote in above for found in find_frequencies(quote)]
    return replace(dosage, frequency=often[0]) if len(often) == 1 else dosage


_HANGS_ON = frozenset({"lead-in", "parent", "focus"})


def _nightly(dosage: Dosage) -> Dosage:
    """A dose "at night" or "on waking" is one a day where nothing else says how often."""
    often = dosage.frequency
    if often is None or not often.when or often.period_unit or often.once or often.weekdays:
        return dosage
    day = replace(often, period_low=Decimal(1), period_high=Decimal(1), period_unit="d")
    return replace(dosage, frequency=day)


_NO_MORE = lazy(r"\b(?:no|not) more than\s*$|\bat most\s*$", re.I)
_HIGHEST = lazy(
    r"\b(?:(?:highest|greatest|largest|top)\s(?:\w+\s){0,2}dose|maximum)\s(?:of\s[\w-]+\s)?"
    r"(?:(?:a|per|in a)\s\w+\s)?is\s$",
    re.I,
)
# "Keep at or below 5 mg/kg a day", "must stay under 60 mg".
_KEPT = lazy(r"\b(?:keep|kept|stay\w*|remain\w*)\b[^.;:]{0,25}$", re.I)
_LESS = (Comparator.LESS, Comparator.AT_MOST)


def _is_bound(claim: Claim, dosage: Dosage) -> bool:
    """Whether words before an amount make it the most that is given."""
    before = claim.text[: dosage.amount_start]
    kept = dosage.comparator in _LESS and _KEPT.search(before) is not None
    return kept or any(words.search(before) for words in (_NO_MORE, _HIGHEST))


# "No more than 25 mg a day extra" bounds a step.
_EXTRA = lazy(
    r"[^.;:,]{0,20}?\b(?:extra|(?:at|each) (?:a )?(?:time|step)|per (?:step|increase))\b", re.I
)


def _ceiling(claim: Claim, dosage: Dosage, weight_kg: Decimal | None) -> tuple[Decimal, str] | None:
    dosage = in_millimoles(dosage)
    most = dosage.maximum
    if _EXTRA.match(claim.text, dosage.amount_end):
        return None
    bounds = dosage.role is DosageRole.MAXIMUM
    is_step = dosage.role is DosageRole.STEP  # "no more than 25 mg a day extra"
    bounds |= not is_step and _is_bound(claim, dosage)
    if most is None and bounds and dosage.unit and dosage.high:
        day = per_day(dosage)
        if day is not None:
            return _weighed(day[1], f"{day[2]} a day", weight_kg)
        most = Maximum(dosage.high, dosage.unit, dosage.per, dosage.per_time)
    if most is None or most.per_time not in (None, "d"):
        return None
    amount, unit = to_base(most.amount, most.unit)
    unit = f"{unit}/{most.per}" if most.per else unit
    return _weighed(amount, f"{unit} a day" if most.per_time else f"{unit} a dose", weight_kg)


# "Maximum a day; adults: 40 mg": the words over a column or table say what its amounts are.
_MAXIMUM_A_DAY = lazy(
    r"\b(?:max(?:imum)?\.?(?:\s+dose)?\s+(?:a|per|in a)\s+day|max(?:imum)?\s+daily(?:\s+dose)?|"
    r"daily\s+max(?:imum)?(?:\s+dose)?|max(?:imum)?\s+in\s+24\s*h(?:ours)?)\b[^.]*$",
    re.I,
)


def _under_a_maximum(claim: Claim, dosage: Dosage) -> tuple[Decimal, str] | None:
    """The most a day, where only the words over a dose of a row say that it is that."""
    row = any(s.block is BlockKind.ROW for s in claim.statements)
    plain = dosage.role is DosageRole.DOSE and not dosage.per_time
    if not (row and plain and dosage.unit and dosage.low):
        return None
    if not _MAXIMUM_A_DAY.search(claim.text[: dosage.amount_start]):
        return None
    amount, unit = to_base(dosage.high or dosage.low, dosage.unit)
    return amount, f"{unit}/{dosage.per} a day" if dosage.per else f"{unit} a day"


def _weighed(amount: Decimal, unit: str, weight_kg: Decimal | None) -> tuple[Decimal, str]:
    if "/kg" in unit and weight_kg is not None:
        return amount * weight_kg, unit.replace("/kg", "")
    return amount, unit


# "Allergic to penicillin; adult: clindamycin 600 mg" is on clindamycin.
_ALLERGIC = lazy(r"\b(?:allerg|hypersensitiv|intoleran)", re.I)


def drugs_of(claim: Claim) -> frozenset[str]:
    """The drugs that a claim is on: those it opens with ("Drug: …"), else its statements'.

    What a statement itself opens with comes before what only stands above it.
    """
    opening = claim.text.partition(": ")[0]
    subject = _subject(claim, opening)
    if subject:
        return subject
    if len(opening) < min(60, len(claim.text)) and not _ALLERGIC.search(opening):
        named = frozenset(found.name for found in find_substances(opening))
        if named:
            return named
    given = frozenset(d.substance for d in doses_given(claim) if d.substance)
    if given and _ALLERGIC.search(opening):
        return given
    return frozenset(name for s in claim.statements for name in s.substances)


# "Naproxen or ibuprofen", "NSAIDs (such as naproxen)": names that are one subject.
_JOINED = lazy(r"\s*(?:,|/|,?\s*(?:and|or)\b|[^().;:]{0,30}\([^().;:]{0,12})\s*\Z", re.I)


def _subject(claim: Claim, opening: str) -> frozenset[str]:
    """The drugs that the words of a claim's statement begin with, under an opening of others.

    "Rest, fluids, oxygen: Furosemide may help" is on furosemide.
    """
    text = claim.statements[0].text if claim.statements else ""
    found = find_substances(text)
    above = {each.name for each in find_substances(opening)}
    if not (found and above) or found[0].start or text.startswith(opening):
        return frozenset()
    if found[0].name in above:
        return frozenset()
    names, end = {found[0].name}, found[0].end
    for each in found[1:]:
        if _JOINED.match(text[end : each.start]) is None:
            break
        names.add(each.name)
        end = each.end
    return frozenset(names)
