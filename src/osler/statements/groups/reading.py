"""Who a text is about, read as criteria that can be evaluated."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.domain import Criterion, Group
from osler.domain.group import EVERYONE
from osler.patterns import lazy
from osler.statements.groups.ages import find_ages
from osler.statements.groups.bar_lists import list_of_barred
from osler.statements.groups.joining import AND_OR, Placed, join
from osler.statements.groups.measures import find_measures, find_term
from osler.statements.groups.reasons_against import as_reasons
from osler.statements.groups.risks import find_risks
from osler.statements.groups.unknowns import find_unknowns
from osler.statements.patients.intolerance import find_intolerances
from osler.statements.patients.untreated import find_untreated
from osler.statements.vocabulary.analytes import find_analytes
from osler.statements.vocabulary.conditions import conditions_told, is_feared, kind_of
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.asides import is_aside
from osler.statements.words.backwards import is_led_in, negator_of
from osler.statements.words.bounds import NUMBER_WORDS
from osler.statements.words.bracketed import stand_in_one_list
from osler.statements.words.cutting import DIGITS, cue, word_mark, words_in

# Words of people, and the criterion each states.
_PEOPLE: tuple[tuple[str, str, str], ...] = (
    (r"pre-?term (?:neonates?|infants?|babies|newborns?)", "condition", "preterm"),
    (r"neonates?|newborns?|neonatal", "life stage", "neonate"),
    (r"infants?(?! (?:feeding|formula))|babies", "life stage", "infant"),
    (
        r"child(?:ren)?(?!\s*bearing|birth|[-\s–]+(?:turcotte|pugh))|"
        r"pa?ediatrics?(?! (?:\w+ologist|consultant|specialist|surgeon|team|unit|clinic|advice|"
        r"pharmac\w+|formular\w+|intensive care|ward))|toddlers?",
        "life stage",
        "child",
    ),
    (r"adolescents?|teenagers?|teens", "life stage", "adolescent"),
    (
        r"elderly|older (?:people|adults?|patients?|persons?|age)|geriatric|frail elderly",
        "life stage",
        "older",
    ),
    (r"adults?(?! dose of|[- ]equivalent)|grown-?ups?", "life stage", "adult"),
    (
        r"(?:women|those|people) of child-?bearing (?:potential|age)",
        "pregnancy",
        "childbearing potential",
    ),
    (r"not pregnant|non-?pregnant", "pregnancy", "!pregnant"),
    # What was, and what only somebody else could tell: true of some, and open for all others.
    (
        r"(?:earlier|previous|prior|past) (?:affected )?pregnanc(?:y|ies)",
        "other",
        "an earlier pregnancy of this kind",
    ),
    (
        r"(?:women|those|people|patients|adults|children|infants) (?:who are )?at (?:a |an )?"
        r"(?:high(?:er)?|raised|increased|greater) risk",
        "other",
        "raised risk",
    ),
    (
        r"unless (?:one|any|some)(?: or more)? of (?:the|these|those) (?:[a-z]+ )?"
        r"(?:factors|conditions|criteria|features|reasons)",
        "other",
        "!one of the factors that are named",
    ),
    (
        r"(?:after|beyond|past|outside|following) (?:the )?(?:first|1st) trimester|"
        r"from (?:the )?(?:second|2nd) trimester",
        "pregnancy",
        "!first trimester",
    ),
    (r"(?:before|until) (?:the )?(?:third|3rd) trimester", "pregnancy", "!third trimester"),
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
    # "Women who hope for children" are grown.
    (
        r"(?:hop(?:e|es|ing)|wish(?:es|ing)?|want(?:s|ing)?|plan(?:s|ning)?) "
        r"(?:for|to have) (?:more |further |any )?children",
        "pregnancy",
        "childbearing potential",
    ),
    (
        r"(?:people|patients|those|women|men) of [a-z]+(?:[ -][a-z]+)? "
        r"(?:ancestry|descent|origin|heritage|ethnicity)",
        "other",
        "an ancestry that is named",
    ),
    (
        r"pregnant|(?:in|during|throughout) pregnancy|(?<!unwanted )(?<!unintended )"
        r"(?<!prevent )(?<!preventing )pregnancy(?! test| planned| prevention)|"
        r"gravid|antenatal|expectant mothers?",
        "pregnancy",
        "pregnant",
    ),
    (
        r"breast-?\s?feeding|breast-?fed|lactati(?:on|ng)|nursing (?:mothers?|women)",
        "breastfeeding",
        "yes",
    ),
    (
        r"(?:growth|puberty)(?: and (?:growth|puberty))? (?:is |are |has been |have been )?"
        r"(?:complete[d]?|finished)",
        "condition",
        "growth complete",
    ),
    (r"women|woman|females?|girls?", "sex", "female"),
    (r"men|man|males?|boys?", "sex", "male"),
    (
        r"(?:normal|preserved|intact) (?:(?:renal|kidney) function|kidneys)",
        "condition",
        "!renal impairment",
    ),
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
    "1st 2nd 3rd abso adeq adol adul afte ante babi befo beyo boy boys brea chil duri earl elde "
    "expe fema firs foll frai from geri girl grav grow hope hopi in infa inta lact male man men "
    "neon newb non nonp norm not nurs olde outs paed past pati pedi peop peri plan pre prec preg "
    "pres pret prev prio pube seco teen thin thir thos thro todd try tryi unim unle unti wish woma "
    "wome want",
)
# "Stroke prevention" is for people without a stroke, "after a G6PD test" for all who were tested.
_PREVENTED = lazy(
    r"\s+(?:prevention|prophylaxis|risk|tests?|testing|screen(?:ing)?|assays?|serology|status)\b",
    re.IGNORECASE,
)
_REFERRED = lazy(r"\b(?:unless|if|when|until|because|as)\s+the\s+$", re.IGNORECASE)
_NUMBER_WORDS = word_mark(" ".join(NUMBER_WORDS))
_UNKNOWN_WORDS = word_mark("unknown known cannot available unavailable measured recorded")
_DRUG_WORDS = word_mark(
    "taking takes on receiving receives treated concomitant using use prescribed concurrent "
    "coprescribed together allergic allergy hypersensitivity hypersensitive given have"
)
_SEVERITY = cue(
    r"(?P<value>mild|moderate|severe|uncomplicated|complicated|"
    r"life-threatening)(?P<more>(?:[-\s](?:to|or)[-\s]|/)(?:moderate|severe))?"
    r"(?!(?:\s+(?:or|to|and)\s+\w+)?\s*(?:[-\s]?intensity|reaction|hypersensitivity|side|"
    r"adverse|renal|kidney|hepatic|liver))\b",
    "comp life mild mode seve unco",
)
# "Avoid in severe renal impairment; reduce the dose when it is moderate" grades the kidneys twice.
_GRADES_AN_ORGAN = lazy(
    r"\b(?:mild|moderate|severe)\s+(?:renal|kidney|hepatic|liver)\b[^.]*?"
    r"\b(?:it|this|(?:the )?impairment)\s+is\s+(?:only\s+)?$",
    re.IGNORECASE,
)
_DRUG_CUE = lazy(
    r"\b(?:taking|takes|take|receiving|receives|treated with|co-?prescribed|concomitant|must have|"
    r"(?:patients|people|those|women|men|adults|children)"
    r"(?: (?!(?:are|is|be|been|was|were|may|can|should|must)\b)[\w-]+){0,3} given|"
    r"together with|"
    r"already on|concurrent|(?:patients|people|those|women|men|adults|children|who are|is|"
    r"are|while|or|and|established) on)"
    r"\s+(?:an?\s+|the\s+|any\s+|other\s+|concomitant\s+)?$",
    re.IGNORECASE,
)
_OR_BESIDE = lazy(
    r"\s*,?\s*or\s+(?:if\s+|when\s+)?(?:(?:taken|given|used|together|combined)\s+)?(?:with|on)\s+"
    r"(?:an?\s+)?",
    re.IGNORECASE,
)
# Between two criteria that one negation covers.
_LINKED = lazy(
    r"\s+|\s*(?:,\s*(?=[^.;:]*\bor\b)|,?\s*\bn?or\b|/|,?\s*(?P<and>\band\b))\s*"
    r"(?:(?:with|in|the|an?|have|has|those|patients|people|who|are|is|taking|on|of|history|during|"
    r"while|are)\s+)*",
    re.IGNORECASE,
)
_EXCEPTING = frozenset({"unless", "except", "excluding", "than"})
_PEOPLE_AFTER = lazy(
    r"\s+(?:children|infants|adults|patients|people|women|men|mothers)\b", re.IGNORECASE
)
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
        return as_reasons(EVERYONE, text)
    criteria, combinator, count = join(text, placed)
    return as_reasons(Group(criteria, combinator, count, _wording(text, placed)), text)


def _all_criteria(text: str) -> list[Placed]:
    placed: list[Placed] = []
    near = words_in(text).marks
    # Every bound holds a number; one in words alone counts only beside "age".
    if near & DIGITS or (near & _NUMBER_WORDS and "age" in text):
        placed += find_measures(text)
        placed += find_analytes(text)
        placed += find_ages(text)
    if " term" in text or " trimester" in text:
        placed += find_term(text)
    if near & _PEOPLE_CUE.mark:
        placed += _people(text)
    if near & _UNKNOWN_WORDS:
        placed += find_unknowns(text)
    placed += _conditions(text)
    if near & _DRUG_WORDS:
        placed += _drugs(text)
    if "tolera" in text:
        placed += [
            (start, end, Criterion("intolerance", name, text=text[start:end]))
            for start, end, name in find_intolerances(text)
        ]
    placed += [
        (start, end, Criterion("never had", name, text=text[start:end]))
        for start, end, name in find_untreated(text)
    ]
    if near & _SEVERITY.mark:
        placed += _severity(text)
    if placed and " or " in text:
        placed += _or_beside_a_drug(text, [end for _, end, _ in placed])
    if placed and " risk" in text:
        placed += find_risks(text)
    placed.sort(key=lambda entry: (entry[0], -entry[1]))
    kept = _without_overlaps(placed)
    return _with_negations(text, [entry for entry in kept if not is_aside(text, *entry)])


def _without_overlaps(placed: list[Placed]) -> list[Placed]:
    kept: list[Placed] = []
    for entry in placed:
        if not kept or entry[0] >= kept[-1][1]:
            kept.append(entry)
    return kept


def _people(text: str) -> list[Placed]:
    found = []
    for match in _PEOPLE_CUE.finditer(text):
        if match.lastgroup is None or _REFERRED.search(text, 0, match.start()):
            continue  # "unless the child takes it already" speaks of one known from before
        _, attribute, value = _PEOPLE[int(match.lastgroup[1:])]
        criterion = Criterion(
            attribute, value.removeprefix("!"), negated=value.startswith("!"), text=match.group()
        )
        found.append((match.start(), match.end(), criterion))
    return found


# "People at risk of neuropathy (diabetes, …": the list in brackets says who they are.
_OF_PEOPLE = lazy(
    r"\b(?:people|those|patients|adults|women|men|children|anyone|persons)\b[^().;:]{0,40}\($",
    re.IGNORECASE,
)
# "Fully immunised, low resistance: …": the label of a sentence.
_LABELS = lazy(r"[^.:;!?\d]{0,60}:\s")


def _conditions(text: str) -> list[Placed]:
    found: list[Placed] = []
    short = len(text) <= 60 and not text.rstrip().endswith(".")
    barred = list_of_barred(text)
    for term in conditions_told(text):
        if _PREVENTED.match(text, term.end) or is_feared(text, term.start):
            continue
        linked = found and AND_OR.fullmatch(text, found[-1][1], term.start) is not None
        opens = not text[: term.start].strip(" *_-•(")
        alone = opens and (short or _LABELS.match(text, term.end) is not None)
        # What stands in a list in brackets is of the patients that the words before it are on.
        listed = found and stand_in_one_list(text, found[-1][1], term.start)
        if (
            alone
            or linked
            or (barred is not None and barred[0] < term.end and term.start < barred[1])
            or listed
            or is_led_in(text, term.start)
            or _OF_PEOPLE.search(text, 0, term.start) is not None
            or _PEOPLE_AFTER.match(text, term.end)
        ):
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
        for cue in (
            *("taking", "takes", " on ", "receiving", "treated with", "concomitant", "using"),
            *("must have", "given"),
        )
    ):
        found += [
            (term.start, term.end, Criterion("drug", term.name, text=term.text))
            for term in find_substances(text)
            if _DRUG_CUE.search(text, max(0, term.start - 40), term.start)
        ]
    return found


def _or_beside_a_drug(text: str, ends: list[int]) -> list[Placed]:
    """The drug of "at age 80 or over, or with verapamil": the other way to be meant."""
    return [
        (term.start, term.end, Criterion("drug", term.name, text=term.text))
        for term in find_substances(text)
        if any(_OR_BESIDE.fullmatch(text, end, term.start) for end in ends)
    ]


def _severity(text: str) -> list[Placed]:
    return [
        (m.start(), m.end(), Criterion("severity", m.group().lower(), text=m.group()))
        for m in _SEVERITY.finditer(text)
        if not _GRADES_AN_ORGAN.search(text, 0, m.start())
    ]


_OF_A_GRADE = frozenset({"not", "non"})


def _with_negations(text: str, placed: list[Placed]) -> list[Placed]:
    """Negate what a negation covers: its criterion, and those that "or" joins to it."""
    judged: list[Placed] = []
    covered_to, judged_by, of_a_grade = -1, "", False
    for start, end, criterion in placed:
        by = negator_of(text, start)
        if of_a_grade and not text[covered_to:start].strip():
            covered_to = -1  # "non-severe penicillin allergy" is an allergy
        if by is None and covered_to >= 0 and (link := _LINKED.fullmatch(text, covered_to, start)):
            # "except in A and B" leaves out both; "without A and B" may not.
            by = "or" if link["and"] is None or judged_by in _EXCEPTING else None
        if by == "nor" and judged and not judged[-1][2].negated:
            by = None  # "not to be used below 12 years, nor below 35 kg" is on both
        if by is not None and by != "or":
            judged_by = by
        covered_to = end if by is not None else -1
        of_a_grade = criterion.attribute == "severity" and by in _OF_A_GRADE
        negated = criterion.negated or by is not None
        judged.append((start, end, replace(criterion, negated=negated) if negated else criterion))
    return judged


def _wording(text: str, placed: list[Placed]) -> str:
    """The words that state the criteria, from the first one's negation on; a short text that is
    no sentence (a heading, a cell) as a whole.
    """
    if len(text) <= 80 and not text.rstrip().endswith((".", ";")):
        return text.strip()
    start = placed[0][0]
    negator = negator_of(text, start)
    if negator is not None:
        words = re.finditer(rf"\b{re.escape(negator)}\b", text[:start], re.IGNORECASE)
        start = max((word.start() for word in words), default=start)
    return " ".join(text[start : placed[-1][1]].split())
