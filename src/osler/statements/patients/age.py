"""How old a patient in a question is, and how far a pregnancy has come."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.bounds import NUMBER, NUMBER_WORDS, number

_DIGITS = "0|1|2|3|4|5|6|7|8|9"
_NUMERALS = f"{_DIGITS}|{'|'.join(NUMBER_WORDS)}"
_OLDEST = 120
_AGE_SEX = lazy(
    r"(?<![\w./])(?P<n>\d{1,3})\s*[-/]?\s*(?:y(?:/?o|rs?|ears?)?[-\s]*(?:old\s*)?)?(?P<sex>[FM])"
    r"\b(?![/\w])|\b(?P<first>[FM])\s*/\s*(?P<m>\d{1,3})(?:y(?:rs?)?)?\b(?!/)",
    re.ASCII,
)
_AGE = lazy(
    rf"(?<![\w./])(?P<n>{NUMBER})\s*[-\s]?(?P<unit>years?|yrs?|y/o|y\.o|yo|y(?![/\w])|months?|"
    rf"mths?|"
    rf"mo\b|weeks?|wks?|wk|days?|d\b)\.?\s*[-\s]?(?P<old>(?:olds?|of\s+(?:age|life))\b)?",
    re.IGNORECASE,
    _NUMERALS,
)
# "14/12 old", "an infant of 4/12": months; "3/52" weeks, "5/7" days.
_FRACTION = lazy(
    r"(?<![\w./])(?P<n>\d{1,2})\s*/\s*(?P<of>12|52|7)(?![\d/])(?P<old>\s*(?:old|of age|baby|infant|"
    r"girl|boy|child|[mf]\b))?",
    re.IGNORECASE,
)
_FRACTIONS = {"12": Decimal(12), "52": Decimal("52.1775"), "7": Decimal("365.25")}
_PERSON = r"(?:baby|infant|boy|girl|neonate|newborn|child|toddler|kid|little one)"
_PERSON_BEFORE = lazy(
    rf"\b(?:{_PERSON}|brother|sister|twin|son|daughter|nephew|niece|aged?)\s*(?:of\b|[,:(])?\s*$",
    re.IGNORECASE,
)
_GROWN_BEFORE = lazy(
    r"\b(?:patients?|persons?|people|adults?|m[ae]n|wom[ae]n|adolescents?|teenagers?|someone)\s+of\s*$",
    re.IGNORECASE,
)
# "The baby on the mat beside him, about 10 months": no illness stands between that lasts so long.
_PERSON_FURTHER = lazy(
    rf"\b{_PERSON}\b(?:\s+(?!(?:has|had|have|having|with|is|was|been|since|for|ill|sick|unwell)\b)"
    r"[\w'’-]+){0,6}\s*,\s*(?:about|around|maybe|roughly|perhaps|probably|approximately|nearly|"
    r"almost|say)\s*$",
    re.IGNORECASE,
)
_PERSON_AFTER = lazy(rf"\s*{_PERSON}", re.IGNORECASE)
# "She's 10 months": nothing follows that so many months could be of.
_IS_BEFORE = lazy(
    r"\b(?:(?:s?he|baby|little one|infant|boy|girl|lad|lass|child|toddler|kid|son|daughter|brother|"
    r"sister|twin)"
    r"(?:['’]s| is| was| turned)|aged?)\s+(?:(?:only|just|now|about|actually|nearly|almost|"
    r"really)\s+)*$",
    re.IGNORECASE,
)
# "An 8 mo with rickets": who is so old has or is something; a course that is so long has not.
_ARTICLE_BEFORE = lazy(r"\b(?:an?|my|our)\s+$", re.IGNORECASE)
_WHO_AFTER = lazy(r"\s*,?\s*(?:with|who|whose|weighing)\b", re.IGNORECASE)
_NOTHING_AFTER = lazy(
    r"\s*(?:$|[.,;:?!)–—-]|now\b|and\b|with\b|so\b|not\b|by the way)", re.IGNORECASE
)
_WEIGHT_AFTER = lazy(r"\s*[,(]?\s*(?:weigh\w*\s*)?\d+(?:\.\d+)?\s*kg\b(?!\s*/)", re.IGNORECASE)
_DAY_OF_LIFE = lazy(
    rf"\bd(?:ay)?\s*(?P<n>\d{{1,2}})\s*(?:of\s+life|old|{_PERSON})", re.IGNORECASE, "d"
)
_DECADE = lazy(
    r"\b(?:in\s+(?:her|his|their|the|my|your)\s+)(?P<part>early|mid|"
    r"late)?[-\s]*(?P<n>[2-9]0)['’]?s\b",
    re.IGNORECASE,
    "0",
)
_LATE = 5  # "in her late 70s": 75 at least
_AGED = lazy(
    r"\b(?:(?:child|kid|boy|girl|lad|lass|man|woman|lady|gentleman|gent|chap|bloke|male|female) of|"
    r"aged?(?:\s+(?:is|of))?|(?:is|was|were|am|i['’]?m|s?he['’]?s|she is|he is|turned|"
    r"turning|(?:lad|lass|baby|boy|girl|child|kid|son|daughter|brother|sister|patient|pt|mum|"
    r"mother|"
    r"dad|father|wife|husband|gran|aunt|uncle|twin)['’]s))\s*:?\s+(?:only |just |now |almost |"
    r"nearly |actually )*(?P<n>\d{1,3})(?!\s*(?:[.,]\d|mg|mcg|"
    r"g\b|kg|kilo|%|ml|days?|weeks?|months?|mo|wk|/|\+|units?|tablets?|times|hours?|st\b|stones?|lb|"
    r"pounds?|cm|f(?:oo|ee)?t\b|['’\"]))\b",
    re.IGNORECASE,
    _DIGITS,
)
_TIME_BEFORE = lazy(
    r"\b(?:for|every|in|after|within|last|past|ago|over|since|next|then|q|of|x|until|till|"
    r"wait(?:ing)?\s+(?:to|for)|(?:now|yet|today)\s+or\s+(?:only\s+)?(?:at|by))\s*"
    r"(?:(?:the|about|around|over|nearly|almost|roughly|at least|more than|some|last|past)\s+)*$",
    re.IGNORECASE,
)
# "Six years of denosumab", "two years into treatment"
_OF_TIME = lazy(
    r"\s*(?:of\s+(?!age|life)|into\b|ago\b|later\b|apart\b|history\b|(?:of\s+)?treatment\b)",
    re.IGNORECASE,
)
_MEASURED = lazy(
    r"\b(?:e?gfr|bmi|clearance|creatinine|(?:cr)?cl|weight|inr|risk\d?|hba1c|level|potassium|dose|it|"
    r"platelets?|plts?|ha?emoglobin|sodium|potassium|glucose|sugar|crp|wcc|neutrophils|neuts|urea|"
    r"lactate|alt|ast|bilirubin|albumin|calcium|magnesium|phosphate|temp(?:erature)?|pulse|sats?|"
    r"height|count|ck|tsh|psa|pressure|bp|rate|ferritin|which|what|there|b12|hb)\s*$",
    re.IGNORECASE,
)
_PER_YEAR = {"y": Decimal(1), "m": Decimal(12), "w": Decimal("52.1775"), "d": Decimal("365.25")}

_GESTATION = (
    lazy(
        r"(?P<n>\d+(?:\.\d+)?)\s*(?:/\d+\s*)?[-\s]?(?:weeks?|wks?|w)(?:\s*(?:\+\s*\d|"
        r"and \d days))?['’]?\s*(?:pregnant|gestation|of pregnancy|"
        r"into(?=\s+(?:[\w-]+\s+){0,2}(?:pregnan|gestation|trimester)))|"
        r"\bpregnant[,\s(]+(?:at\s+)?(?P<m>\d+)\s*(?:weeks|wks?|w)\b(?!\s+into)|"
        r"\bgestation(?:al age)?\s*(?:of\s*)?(?P<g>\d+)",
        re.IGNORECASE,
        "pregnan|gestation|into",
    ),
    lazy(r"(?<![\w./])(?P<n>\d{1,2})\s*(?:\+\s*\d\s*)?/\s*40\b", re.IGNORECASE, "/"),
    lazy(r"(?<![\w./])(?P<n>[234]\d)\+[0-6](?!\d)", re.IGNORECASE, "+"),
)
# In a text about a pregnancy, so many weeks are its weeks, unless they are a time or an age.
_OBSTETRIC = lazy(
    r"\b(?:pregnan\w*|gestation\w*|gravida?|g\d\s?p\d|trimester|miscarriage|miscarried|"
    r"abortion|antenatal|"
    r"rh(?:esus|d)?[\s-]+neg(?:ative)?|anti-?d|amnio\w*|labour|labor|obstetric\w*|tocoly\w+|pre-?eclampsia|eclampsia|hyperemesis|fetus|fetal|"
    r"foetus|foetal)\b",
    re.IGNORECASE,
)
_WEEKS = lazy(
    r"(?<![\w./])(?P<n>\d{1,2})\s*-?(?:weeks?|wks?)\b(?!\s*(?:old|ago|later|after|post|into|of (?:"
    r"treat|therapy|life|age)|course|apart))",
    re.IGNORECASE,
    "week|wk",
)
_GROWN = 18  # years; for longer few have taken a drug
_LONGEST = 44  # weeks of gestation


# "Farmer, 41, generalised tetanus", "and his mum? she's wheezing, 32": a number of its own.
_ALONE = lazy(
    r"(?:(?<![\d.,]),|\b(?:wom[ae]n|m[ae]n|lady|male|female|boy|girl|chap|pt|patient))\s*"
    r"(?P<n>\d\d?|10\d)\s*(?=[,.;:?!](?!\d|\s*\d+\s*(?:[,.;]|$))|$)",
    re.IGNORECASE,
    _DIGITS,
)
_SOMEONE = lazy(
    r"\b(?:s?he|her|his|him|patient|pt|m[au]n|woman|(?:fe)?male|chap|lady|mum|dad|mother|father|aunt|"
    r"uncle|husband|"
    r"wife|gran|grandma|brother|sister|son|daughter|child|kid|boy|girl|twin|nephew|niece|"
    r"farmer|teacher|driver|nurse|smoker)\b",
    re.IGNORECASE,
)


_GROWN = 16  # a lower number may be of anything, but for a brother or daughter
_KIN = lazy(
    r"\b(?:brother|sister|son|daughter|boy|girl|child|kid|lad|nephew|niece|twin)\b", re.IGNORECASE
)


def _alone(text: str) -> Decimal | None:
    """A number between commas, or at the end after one, where someone is spoken of."""
    match = _ALONE.search(text)
    if match is None or _is_measure(text, match.start()) or not _SOMEONE.search(text):
        return None
    years = Decimal(match["n"])
    return years if years >= _GROWN or _KIN.search(text) else None


def age_and_sex(text: str) -> tuple[Decimal, str] | None:
    """Give the age in years and the sex of "78F", "45/M" and "F/45", or None."""
    match = _AGE_SEX.search(text)
    if match is None:
        return None
    years = Decimal(match["n"] or match["m"])
    sex = match["sex"] or match["first"]
    return (years, "female" if sex == "F" else "male") if years <= _OLDEST else None


# "She breastfeeds a 3-day-old baby": the age is not hers.
_FED = lazy(
    r"\b(?P<feeds>(?:breast-?\s?)?(?:feed(?:s|ing)|nursing))\s+(?:an?|her|the|my|their)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:(?:[\w-]+\s*-)?old|baby|infant|newborn|neonate|child|son|daughter|"
    r"boy|girl|"
    r"toddler|twins?)\b(?:\s+(?:baby|infant|son|daughter|boy|girl|child))?"
    r"(?:\s+(?:of|aged)\s+[\w-]+\s+(?:days?|weeks?|months?)(?:\s+old)?)?",
    re.IGNORECASE,
    "feed|nursing",
)


# "In a breastfeeding mum, baby 3 weeks old"
_FEEDS = lazy(
    r"\b(?:breast-?\s?feeding|lactating|bf)\s+(?:mum|mom|mother|woman|lady)\b|"
    r"\b(?:mum|mom|mother|woman|lady|she)(?:['’]s| is)?\s+(?:who is\s+)?"
    r"(?:breast-?\s?feeding|lactating)\b",
    re.IGNORECASE,
    "feeding|lactating|bf",
)
_ITS_AGE = lazy(
    r"\b(?:baby|infant|newborn)\s*(?:is|aged|of|,)?\s*(?:now\s+)?\d+\s*(?:/\s*(?:7|52|12)\b|"
    r"(?:days?|weeks?|wks?|months?)\b)(?:\s+old)?",
    re.IGNORECASE,
    "baby|infant|newborn",
)


def of_the_mother(text: str) -> str:
    """A text without the child that is fed: its age is not the mother's."""
    text = _FED.sub(r"\g<feeds>", text)
    return _ITS_AGE.sub(" ", text) if _FEEDS.search(text) else text


def age(text: str) -> Decimal | None:
    """Give the age in years, or None; "in her 80s" is 80."""
    both = age_and_sex(text)
    if both is not None:
        return both[0]
    for found in (_with_unit(text), _fraction(text), _day_of_life(text)):
        if found is not None:
            return found.normalize() if found % 1 else Decimal(int(found))
    aged = _AGED.search(text)
    if aged and Decimal(aged["n"]) <= _OLDEST and not _is_measure(text, aged.start()):
        return Decimal(aged["n"])
    decade = _DECADE.search(text)
    if decade:
        return Decimal(decade["n"]) + (_LATE if (decade["part"] or "").lower() == "late" else 0)
    return _alone(text)


def _with_unit(text: str) -> Decimal | None:
    best: Decimal | None = None
    for found in _AGE.finditer(text):
        unit = found["unit"].lower()
        certain = bool(found["old"]) or unit in {"y/o", "y.o", "yo"}
        before = text[max(0, found.start() - 30) : found.start()]
        person = (
            _PERSON_AFTER.match(text, found.end())
            or (_IS_BEFORE.search(before) and _NOTHING_AFTER.match(text, found.end()))
            or (_ARTICLE_BEFORE.search(before) and _WHO_AFTER.match(text, found.end()))
            or _PERSON_BEFORE.search(before)
            or _PERSON_FURTHER.search(text, 0, found.start())
            or _WEIGHT_AFTER.match(text, found.end())
        )
        if not (certain or person) and unit[0] != "y":
            continue
        grown = unit[0] == "y" and _GROWN_BEFORE.search(before) is not None
        of_someone = certain or grown or _PERSON_BEFORE.search(before)  # "a child of 4 years"
        if not of_someone and (_TIME_BEFORE.search(before) or _OF_TIME.match(text, found.end())):
            continue
        if not of_someone and number(found["n"]) < _GROWN and _takes_a_drug(before):
            continue
        years = number(found["n"]) / _PER_YEAR[unit[0]]
        if years <= _OLDEST:
            best = years if unit[0] == "y" else years.quantize(Decimal("0.0001"))
            if certain:
                break
    return best


def _fraction(text: str) -> Decimal | None:
    for found in _FRACTION.finditer(text):
        before = text[max(0, found.start() - 15) : found.start()]
        weighed = found["of"] == "12" and _WEIGHT_AFTER.match(text, found.end())
        if found["old"] or _PERSON_BEFORE.search(before) or weighed:
            return (Decimal(found["n"]) / _FRACTIONS[found["of"]]).quantize(Decimal("0.0001"))
    return None


def _day_of_life(text: str) -> Decimal | None:
    found = _DAY_OF_LIFE.search(text)
    return found and (Decimal(found["n"]) / _PER_YEAR["d"]).quantize(Decimal("0.0001"))


def _is_measure(text: str, start: int) -> bool:
    """ "eGFR is 24" and "BMI is 34" are no ages."""
    return _MEASURED.search(text[max(0, start - 20) : start]) is not None


def gestation(text: str) -> Decimal | None:
    """Give the weeks of gestation, whole: "24 weeks pregnant", "9/40", "30+2", or None."""
    for pattern in _GESTATION:
        match = pattern.search(text)
        if match:
            weeks = Decimal(next(g for g in match.groups() if g))
            return weeks if weeks <= _LONGEST else None
    if _OBSTETRIC.search(text):
        for match in _WEEKS.finditer(text):
            before = text[max(0, match.start() - 15) : match.start()]
            if int(match["n"]) <= _LONGEST and not _TIME_BEFORE.search(before):
                return Decimal(match["n"])
    return None


def _takes_a_drug(before: str) -> bool:
    """Whether words end in a drug that somebody is on: "on hydroxychloroquine 2 yrs"."""
    drugs = find_substances(before)
    ends = bool(drugs) and before[drugs[-1].end :].isspace()
    return ends and _ON.search(before, 0, drugs[-1].start) is not None


_ON = lazy(r"\b(?:on|taking)\s+$", re.IGNORECASE)
