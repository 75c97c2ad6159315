"""Who a text is about, read as criteria that can be evaluated."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.domain import Combinator, Criterion, Group
from osler.domain.group import EVERYONE
from osler.patterns import lazy
from osler.statements.ages import find_ages
from osler.statements.asides import is_aside
from osler.statements.backwards import is_led_in, is_negated
from osler.statements.bounds import NUMBER_WORDS
from osler.statements.conditions import find_conditions, kind_of
from osler.statements.measures import find_measures
from osler.statements.substances import find_substances
from osler.statements.words import DIGITS, cue, word_mark, words_in

Placed = tuple[int, int, Criterion]

# Words of people, and the criterion each states.
_PEOPLE: tuple[tuple[str, str, str], ...] = (
    (r"pre-?term (?:neonates?|infants?|babies|newborns?)", "condition", "preterm"),
    (r"neonates?|newborns?|neonatal", "life stage", "neonate"),
    (r"infants?|(?<=in )babies|(?<=for )babies|babies (?=under|aged|over)", "life stage", "infant"),
    (r"child(?:ren)?(?!\s*bearing|birth)|pa?ediatrics?|toddlers?", "life stage", "child"),
    (r"adolescents?|teenagers?|teens", "life stage", "adolescent"),
    (
        r"elderly|older (?:people|adults?|patients?|persons?|age)|geriatric|frail elderly",
        "life stage",
        "older",
    ),
    (r"adults?(?! dose of)|grown-?ups?", "life stage", "adult"),
    (
        r"(?:women|those|people) of child-?bearing (?:potential|age)",
        "pregnancy",
        "childbearing potential",
    ),
    (r"not pregnant|non-?pregnant", "pregnancy", "!pregnant"),
    (r"(?:first|1st) trimester", "pregnancy", "first trimester"),
    (r"(?:second|2nd) trimester", "pregnancy", "second trimester"),
    (r"(?:third|3rd) trimester", "pregnancy", "third trimester"),
    (
        r"plann(?:ing|ed|s) (?:a |to (?:have|become) )?(?:pregnan\w+|baby)|pre-?conception(?:al)?|"
        r"pregnancy planned|planning to (?:become pregnant|conceive)|before conception|"
        r"before pregnancy|before(?= (?:and|or)(?: in| during)? (?:early )?pregnancy)|"
        r"try(?:ing)? (?:for a baby|to conceive|to (?:get|become) pregnant)|wish(?:es|"
        r"ing)? to (?:become pregnant|conceive)|"
        r"hop(?:e|es|ing) to (?:become pregnant|conceive)|thinking of (?:becoming pregnant|"
        r"pregnancy)|periconception(?:al)?",
        "pregnancy",
        "planning",
    ),
    (
        r"pregnant|(?:in|during|throughout) pregnancy|pregnancy(?! test| planned| prevention)|"
        r"gravid|antenatal|expectant mothers?",
        "pregnancy",
        "pregnant",
    ),
    (
        r"breast-?\s?feeding|breast-?fed|lactati(?:on|ng)|nursing (?:mothers?|women)",
        "breastfeeding",
        "yes",
    ),
    (r"women|woman|females?|girls?", "sex", "female"),
    (r"men|man|males?|boys?", "sex", "male"),
    (r"normal (?:renal|kidney) function", "condition", "!renal impairment"),
    (r"normal (?:liver|hepatic) function", "condition", "!hepatic impairment"),
    (
        r"(?:intact|normal|adequate|preserved|unimpaired) absorption|"
        r"absorption (?:is|remains) (?:intact|normal|adequate|preserved)|absorb(?:s|ing)? normally",
        "condition",
        "!malabsorption",
    ),
)
_PEOPLE_CUE = cue(
    "(?:" + "|".join(f"(?P<p{i}>{words})" for i, (words, _, _) in enumerate(_PEOPLE)) + r")\b",
    "1st 2nd 3rd abso adeq adol adul ante babi befo boy boys brea chil duri elde expe fema firs "
    "frai geri girl grav grow hope hopi in infa inta lact male man men neon newb non nonp norm not "
    "nurs olde paed pedi peop peri plan pre prec preg pres pret seco teen thin thir thos thro todd "
    "try tryi unim wish woma wome",
)
_NUMBER_WORDS = word_mark(" ".join(NUMBER_WORDS))
_DRUG_WORDS = word_mark(
    "taking takes on receiving receives treated concomitant using use prescribed concurrent "
    "coprescribed together allergic allergy hypersensitivity hypersensitive"
)
_SEVERITY = cue(
    r"(?P<value>mild|moderate|severe|uncomplicated|complicated|"
    r"life-threatening)(?P<more>(?:[-\s](?:to|or)[-\s]|/)(?:moderate|severe))?"
    r"(?!(?:\s+(?:or|to|and)\s+\w+)?\s*(?:[-\s]?intensity|reaction|hypersensitivity|side|"
    r"adverse))\b",
    "comp life mild mode seve unco",
)
_DRUG_CUE = lazy(
    r"\b(?:taking|takes|take|receiving|receives|treated with|co-?prescribed|concomitant|"
    r"together with|"
    r"already on|concurrent|(?:patients|people|those|women|men|adults|children|who are|is|"
    r"are|while|or|and|established) on)"
    r"\s+(?:an?\s+|the\s+|any\s+|other\s+|concomitant\s+)?$",
    re.IGNORECASE,
)
_COUNTED = lazy(
    r"\b(?:any|at least)\s+(?P<n>one|two|three|four|[1-4])(?:\s+or\s+more)?\s+of\b|"
    r"\b(?P<m>one|two|three|four|[1-4])(?:\s+or\s+more)?\s+of\s+"
    r"(?:(?:the|these)\s+)?(?:following|criteria|these\b|\s*:)|"
    r"\b(?P<k>one|two|three|four)\s+or\s+more\s+of\b",
    re.IGNORECASE,
)
_ANY = lazy(r"\b(?:any|either)\s+of(?:\s+(?:the\s+following|these)|\s*:)", re.IGNORECASE)
_OR_AHEAD = lazy(r"[^.;:]*,\s+or\b", re.IGNORECASE)
_OR = lazy(r"\bor\b|/", re.IGNORECASE)
_PEOPLE_AFTER = lazy(
    r"\s+(?:children|infants|adults|patients|people|women|men|mothers)\b", re.IGNORECASE
)
_AND_OR = lazy(r"\s*(?:,|/|or|and|and/or|&|,\s*(?:and|or))\s*", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_ALLERGY = lazy(
    r"\b(?P<drug>[a-z][\w-]+)[-\s](?:allerg(?:y|ic)|hypersensitivity)|\b(?:allerg(?:y|ic)|"
    r"hypersensitiv(?:e|ity))\s+to\s+(?P<to>[a-z][\w-]+)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def read_group(text: str) -> Group:
    """Read who a text is about: ages, weight, renal function, pregnancy, conditions, and so on.

    Criteria are joined by `Combinator.ALL`, except where the text counts them ("any two of")
    or offers alternatives only ("diabetes or hypertension").
    """
    placed = _all_criteria(text)
    if not placed:
        return EVERYONE
    criteria, combinator, count = _joined(text, placed)
    return Group(tuple(_unique(criteria)), combinator, count, _wording(text, placed))


def _all_criteria(text: str) -> list[Placed]:
    placed: list[Placed] = []
    near = words_in(text).marks
    # Every bound holds a number; one in words alone counts only beside "age".
    if near & DIGITS or (near & _NUMBER_WORDS and "age" in text):
        placed += find_measures(text)
        placed += find_ages(text)
    if near & _PEOPLE_CUE.mark:
        placed += _people(text)
    placed += _conditions(text)
    if near & _DRUG_WORDS:
        placed += _drugs(text)
    if near & _SEVERITY.mark:
        placed += _severity(text)
    placed.sort(key=lambda entry: (entry[0], -entry[1]))
    kept = _without_overlaps(placed)
    return [_with_negation(text, entry) for entry in kept if not is_aside(text, *entry)]


def _without_overlaps(placed: list[Placed]) -> list[Placed]:
    kept: list[Placed] = []
    for entry in placed:
        if not kept or entry[0] >= kept[-1][1]:
            kept.append(entry)
    return kept


def _people(text: str) -> list[Placed]:
    found = []
    for match in _PEOPLE_CUE.finditer(text):
        if match.lastgroup is None:
            continue
        _, attribute, value = _PEOPLE[int(match.lastgroup[1:])]
        criterion = Criterion(
            attribute, value.removeprefix("!"), negated=value.startswith("!"), text=match.group()
        )
        found.append((match.start(), match.end(), criterion))
    return found


def _conditions(text: str) -> list[Placed]:
    found: list[Placed] = []
    short = len(text) <= 60 and not text.rstrip().endswith(".")
    for term in find_conditions(text):
        linked = found and _AND_OR.fullmatch(text, found[-1][1], term.start) is not None
        alone = short and not text[: term.start].strip(" *_-•(")
        if alone or linked or is_led_in(text, term.start) or _PEOPLE_AFTER.match(text, term.end):
            attribute = kind_of(term.name)
            found.append((term.start, term.end, Criterion(attribute, term.name, text=term.text)))
    return found


def _drugs(text: str) -> list[Placed]:
    found: list[Placed] = []
    low = text.lower()
    if "allerg" in low or "hypersensitiv" in low:
        for match in _ALLERGY.finditer(text):
            name = match["drug"] or match["to"]
            substances = find_substances(name)
            if substances:
                found.append(
                    (
                        match.start(),
                        match.end(),
                        Criterion("allergy", substances[0].name, text=match.group()),
                    )
                )
    if any(
        cue in low
        for cue in ("taking", "takes", " on ", "receiving", "treated with", "concomitant", "using")
    ):
        found += [
            (term.start, term.end, Criterion("drug", term.name, text=term.text))
            for term in find_substances(text)
            if _DRUG_CUE.search(text, max(0, term.start - 40), term.start)
        ]
    return found


def _severity(text: str) -> list[Placed]:
    return [
        (m.start(), m.end(), Criterion("severity", m.group().lower(), text=m.group()))
        for m in _SEVERITY.finditer(text)
    ]


def _with_negation(text: str, entry: Placed) -> Placed:
    start, end, criterion = entry
    if criterion.negated or not is_negated(text, start):
        return entry
    return start, end, replace(criterion, negated=True)


def _unique(criteria: list[Criterion]) -> list[Criterion]:
    kept: list[Criterion] = []
    seen: set[tuple[object, ...]] = set()
    for criterion in criteria:
        key = (
            criterion.attribute,
            criterion.value,
            criterion.low,
            criterion.high,
            criterion.negated,
        )
        if key not in seen:
            seen.add(key)
            kept.append(criterion)
    return kept


def _joined(text: str, placed: list[Placed]) -> tuple[list[Criterion], Combinator, int]:
    """Join criteria as the words between them say: all, any, at least so many, or alternatives."""
    criteria = [criterion for _, _, criterion in placed]
    if len(placed) == 1:
        return criteria, Combinator.ALL, 1
    if counted := _COUNTED.search(text):
        word = (counted["n"] or counted["m"] or counted["k"]).lower()
        count = _NUMBERS.get(word) or int(word)
        return criteria, Combinator.ANY if count == 1 else Combinator.AT_LEAST, count
    if _ANY.search(text):
        return criteria, Combinator.ANY, 1
    runs = _runs_of_alternatives(text, placed)
    if len(runs) == 1 and len(runs[0]) > 1:
        return runs[0], Combinator.ANY, 1
    return [as_one(run) for run in runs], Combinator.ALL, 1


def as_one(criteria: list[Criterion]) -> Criterion:
    """Fold criteria of which one is enough into one."""
    first, *others = _unique(criteria)
    return replace(first, alternatives=tuple(others)) if others else first


def _runs_of_alternatives(text: str, placed: list[Placed]) -> list[list[Criterion]]:
    runs: list[list[Criterion]] = []
    pending: list[Criterion] = []  # separated by commas only, until "or" says what they are
    for index, (start, _, criterion) in enumerate(placed):
        gap = text[placed[index - 1][1] : start] if index else ""
        before = placed[index - 1][2] if index else None
        listed = "," in gap and _OR_AHEAD.match(text, start) is not None
        if before is not None and (listed or _are_alternatives(gap, before, criterion)):
            run = pending if pending else [before]
            if runs and runs[-1] and runs[-1][-1] is before:
                run = runs.pop()
            pending = []
            runs.append([*run, criterion])
        elif before is not None and gap.strip() == "," and before.attribute == criterion.attribute:
            pending = [*(pending or _taken_back(runs, before)), criterion]
        else:
            runs += [[c] for c in pending]
            pending = []
            runs.append([criterion])
    return runs + [[c] for c in pending]


def _taken_back(runs: list[list[Criterion]], last: Criterion) -> list[Criterion]:
    return runs.pop() if runs and runs[-1][-1] is last else [last]


def _are_alternatives(gap: str, one: Criterion, other: Criterion) -> bool:
    if one.negated != other.negated or (len(gap) > 30 and not _apart(one, other)):
        return False
    if one.attribute == other.attribute == "life stage":
        return _AND_OR.fullmatch(gap) is not None
    if one.attribute == other.attribute == "severity":
        return True
    if one.attribute == other.attribute and _apart(one, other):
        return True
    return _OR.search(gap) is not None and "." not in gap


def _apart(one: Criterion, other: Criterion) -> bool:
    def below(a: Criterion, b: Criterion) -> bool:
        return a.high is not None and b.low is not None and a.high <= b.low

    return below(one, other) or below(other, one)


def _wording(text: str, placed: list[Placed]) -> str:
    return " ".join(text[placed[0][0] : placed[-1][1]].split()) if len(text) > 80 else text.strip()
