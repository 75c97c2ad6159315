"""The patient in a question: "78F 61 kg eGFR 24", "my mum is 82 and her kidneys are poor"."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements.body_sizes import read_height, read_ideal_weight, read_weight
from osler.statements.bounds import NUMBER, NUMBER_WORDS, number
from osler.statements.conditions import find_conditions, kind_of
from osler.statements.substances import canonical, find_substances

_DIGITS = "0|1|2|3|4|5|6|7|8|9"
_NUMERALS = f"{_DIGITS}|{'|'.join(NUMBER_WORDS)}"
_AGE_SEX = lazy(
    r"(?<![\w.])(?P<n>\d{1,3})\s*-?\s*(?:y(?:/?o|rs?|"
    r"ears?)?\s*(?:old\s*)?)?(?P<sex>[FM])\b(?!\w|/)",
    re.ASCII,
)
_AGE = lazy(
    rf"(?<![\w.])(?P<n>{NUMBER})\s*[-\s]?(?P<unit>years?|yrs?|y/o|yo|months?|mths?|mo|"
    rf"weeks?|wks?|wk|days?|d)\s*[-\s]?(?P<old>(?:old|of\s+age)\b)?",
    re.IGNORECASE,
    _NUMERALS,
)
_PERSON_AFTER = lazy(r"\s*(?:baby|infant|boy|girl|neonate|child)", re.IGNORECASE)
_AGED = lazy(
    r"\b(?:aged?(?:\s+(?:is|of))?|(?:is|was|am|i['’]?m|s?he['’]?s|she is|he is|turned|"
    r"turning))\s*:?\s+(?P<n>\d{1,3})(?!\s*(?:[.,]\d|mg|mcg|g\b|kg|%|ml|days?|weeks?|"
    r"months?|mo|wk|/|units?|tablets?|times|hours?|st\b|lb|cm))\b",
    re.IGNORECASE,
    _DIGITS,
)
_TIME_BEFORE = lazy(
    r"\b(?:for|every|in|after|within|last|past|ago|over|since|next|then|q|of)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LINK = (
    r"\s*(?:\([^()]{0,30}\))?\s*(?:is|was|of|now|=|:|~|≈|at|about|around|approximately|"
    r"score|currently|has|fallen|down|to|dropped|level|value|risk)*\s*(?:is|of|now|"
    r"to)?\s*[=:~]?\s*"
)
_NUM = r"(?P<n>\d+(?:\.\d+)?)"
_VALUES = (
    (
        "bmi",
        lazy(rf"\b(?:bmi|body mass index){_LINK}[><≥]?\s*{_NUM}", re.IGNORECASE, "bmi|body mass"),
    ),
    ("egfr", lazy(rf"\be?gfr{_LINK}[><≥≤]?\s*{_NUM}", re.IGNORECASE, "gfr")),
    (
        "crcl",
        lazy(
            rf"\b(?:cr\s?cl|clcr|creatinine clearance){_LINK}[><≥≤]?\s*{_NUM}", re.IGNORECASE, "cr"
        ),
    ),
    (
        "risk_percent",
        lazy(
            rf"\b(?:q?risk-?\s?[23]?|ascvd risk|(?:10|"
            rf"ten)[-\s]year (?:cv\w* )?risk){_LINK}{_NUM}\s*%",
            re.IGNORECASE,
            "risk",
        ),
    ),
)
_CREATININE = lazy(
    rf"\bcreatinine(?! clearance){_LINK}{_NUM}\s*(?P<unit>mg/dl|[µμu]mol/l|micromol/l|micromoles)?",
    re.IGNORECASE,
    "creatinine",
)
_GESTATION = lazy(
    rf"{_NUM}\s*(?:/\d+\s*)?[-\s]?(?:weeks?|wks?|w)(?:\s*(?:\+\s*\d|"
    rf"and \d days))?['’]?\s*(?:pregnant|gestation|into|of pregnancy)|"
    rf"\bpregnant[,\s(]+(?:at\s+)?(?P<m>\d+)\s*(?:weeks|wks?|w)\b|"
    rf"\bgestation(?:al age)?\s*(?:of\s*)?(?P<g>\d+)",
    re.IGNORECASE,
    "pregnan|gestation|into",
)
_PREGNANCY = (
    (
        "not pregnant",
        lazy(r"\b(?:not|n['’]t|isn['’]?t) (?:currently )?pregnant|non-?pregnant", re.IGNORECASE),
    ),
    (
        "planning",
        lazy(
            r"\b(?:plan(?:ning|s)?|try(?:ing)?|want(?:s|ing)?|hop(?:e|ing)|wish(?:es|ing)?|"
            r"thinking of)\b[^.?!]{0,25}\b(?:pregnan\w+|bab(?:y|ies)|conceiv\w+|conception)|"
            r"pre-?concept\w+|before (?:conception|pregnancy)|before (?:i|she) gets? pregnant",
            re.IGNORECASE,
            "pregnan|bab|conce",
        ),
    ),
    ("first trimester", lazy(r"\b(?:first|1st) trimester|early pregnancy", re.IGNORECASE)),
    ("second trimester", lazy(r"\b(?:second|2nd) trimester", re.IGNORECASE)),
    ("third trimester", lazy(r"\b(?:third|3rd) trimester|late pregnancy", re.IGNORECASE)),
    (
        "pregnant",
        lazy(
            r"\bpregnan(?:t|cy)(?! test)|gestational diabetes|expecting a baby|antenatal|gravida",
            re.IGNORECASE,
        ),
    ),
)
_BREASTFEEDING = lazy(
    r"\b(?P<not>not\s+)?(?:breast-?\s?feed\w*|lactating|nursing (?:mother|my baby|mum|mom))",
    re.IGNORECASE,
    "breast|lactating|nursing",
)
_FEMALE = lazy(
    r"\b(?:female|woman|women|lady|girl|she|her|mum|mom|mother|mummy|wife|grand(?:mother|"
    r"ma)|gran|nan|daughter|sister|aunt)\b",
    re.IGNORECASE,
    "male|woman|women|lady|girl|she|her|mum|mom|wife|gran|nan|daughter|sister|aunt",
)
_MALE = lazy(
    r"\b(?:male|man|men|gentleman|boy|he|his|him|dad|father|husband|grand(?:father|pa|ad)|"
    r"son|brother|uncle)\b",
    re.IGNORECASE,
)
_STAGES = (
    ("neonate", lazy(r"\b(?:neonates?|neonatal|newborns?|new-?born)\b", re.IGNORECASE)),
    ("infant", lazy(r"\b(?:infants?|bab(?:y|ies))\b", re.IGNORECASE)),
    ("adolescent", lazy(r"\b(?:adolescents?|teen(?:ager)?s?)\b", re.IGNORECASE)),
    (
        "child",
        lazy(
            r"\b(?:child(?:ren)?(?!bearing)|kids?|toddlers?|pa?ediatric|my (?:little )?(?:boy|"
            r"girl)|schoolchild)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "older",
        lazy(
            r"\b(?:elderly|older (?:adult|person|people|patient|man|woman|lady)s?|geriatric|"
            r"pensioner)\b",
            re.IGNORECASE,
        ),
    ),
    ("adult", lazy(r"\badults?\b", re.IGNORECASE)),
)
_PLANNED_BABY = lazy(
    r"\b(?:for|having|have|planning|want|another|a)\s+(?:an?\s+)?bab(?:y|ies)\b", re.IGNORECASE
)
_NOT = lazy(
    r"\b(?:no|not|without|never had|denies|n['’]t have|free of|absence of|non|neither|nor|"
    r"w/o|nil|negative for)"
    r"[\s-]+(?:(?:any|known|history|hx|of|have|has|had|an?|the|evidence|previous|prior|"
    r"past|established|signs|symptoms|other|and|or)[\s]+)*$",
    re.IGNORECASE,
)
_LIST_GAP = lazy(r"^\s*(?:,|/|or|nor|and/or|,\s*or)\s*$", re.IGNORECASE)
_NORMAL_KIDNEYS = lazy(
    r"\b(?:normal|good|healthy|preserved|intact|fine)\s+(?:kidneys?|renal|kidney function|"
    r"renal function)|(?:kidneys?|renal function|kidney function)\s+(?:(?:is|"
    r"are)\s+)?(?:normal|fine|ok(?:ay)?|good|healthy)",
    re.IGNORECASE,
    "kidney|renal",
)
_POOR_KIDNEYS = lazy(
    r"\b(?:kidneys?|renal function|kidney function)\s+(?:(?:is|are|have|has|"
    r"been)\s+)*(?:not (?:great|good|working|so good|the best)|bad|poor|failing|weak|"
    r"impaired|damaged|reduced|down)|\b(?:bad|poor|weak|failing|dodgy|damaged) kidneys?",
    re.IGNORECASE,
    "kidney|renal",
)
_TAKES = lazy(
    r"\b(?:(?:already|currently|also|is|been|am|i['’]m|she['’]s|he['’]s|pt|patient|now|"
    r"and|stable)\s+)*(?:on|taking|takes?|receiving|uses?|using|treated with|prescribed|"
    r"maintained on|given)\s+"
    r"(?:(?:my|her|his|the|some|an?|long[-\s]term|regular|weekly|daily|low[-\s]dose|"
    r"high[-\s]dose|oral|iv|medicines?|tablets?|pills?|called|\d+\s*m?c?g)\s+)*$",
    re.IGNORECASE,
    "on|tak|receiving|us|treated|prescribed|given",
)
_TO_TAKE = lazy(
    r"\b(?:should|can|could|to|do|does|may|how much|when|safe to|must|need to|"
    r"start(?:ing)? (?:\w+ )?)\s+(?:i|he|she|we|they|you|patients?|one|"
    r"a patient)?\s*(?:be\s+)?(?:on|tak(?:e|ing)|use|using)\s+$",
    re.IGNORECASE,
    "on|tak|us",
)
_ALLERGIC = lazy(
    r"\b(?:allerg(?:ic|y|ies)|hypersensitiv\w+|intoleran(?:t|ce)|anaphylaxis|"
    r"reaction)\s+(?:to|of|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
    "allerg|hypersens|intoleran|anaphyl|reaction",
)
_ALLERGIC_AFTER = lazy(r"^\s*-?(?:allerg(?:ic|y)|hypersensitiv)", re.IGNORECASE)
_SEVERITY = lazy(
    r"\b(mild|moderate|severe|uncomplicated|complicated|"
    r"life-threatening)\b(?!\s*(?:intensity|pain relief))",
    re.IGNORECASE,
)
_PLACES = (
    ("US", lazy(r"\b(?:US|USA|U\.S\.A?\.?|FDA|American|United States|CDC)\b|\b(?:usa|fda|"
        r"united states|american)\b")),
    ("GB", lazy(r"\b(?:UK|U\.K\.|NICE|BNF|NHS|MHRA|England|Scotland|Wales|Britain|British|"
        r"United Kingdom)\b|\b(?:uk|nhs|bnf|british|england|scotland|united kingdom)\b")),
    ("NG", lazy(r"\bNigerian?\b|\bnigerian?\b")),
    ("AU", lazy(r"\bAustralian?\b|\baustralian?\b")),
    ("CA", lazy(r"\bCanad(?:a|ian)\b|\bcanad(?:a|ian)\b")),
    ("IE", lazy(r"\bIreland\b(?<!Northern Ireland)|\bIrish\b")),
    ("IN", lazy(r"\bIndia\b|\bindia\b")),
)  # fmt: skip
_MONTHS = {"y": Decimal(1), "m": Decimal(12), "w": Decimal("52.1775"), "d": Decimal("365.25")}
_MG_DL = Decimal("88.42")  # µmol/L in 1 mg/dL of creatinine


def read_patient(text: str) -> Patient:
    """Read what a question says of one patient; what it does not say stays None or empty."""
    present, absent, procedures = _conditions(text)
    values = {name: _value(pattern, text) for name, pattern in _VALUES}
    gestation = _first(_GESTATION, text)
    pregnancy = next((state for state, pattern in _PREGNANCY if pattern.search(text)), None)
    feeding = _BREASTFEEDING.search(text)
    age, sex = _age(text), _sex(text)
    if sex is None and (pregnancy in {"pregnant", "planning"} or (feeding and not feeding["not"])):
        sex = "female"
    drugs, allergies = _drugs(text)
    severity = _SEVERITY.search(text)
    return Patient(
        age_years=age,
        sex=sex,
        weight_kg=read_weight(text),
        ideal_weight_kg=read_ideal_weight(text),
        height_cm=read_height(text),
        bmi=values["bmi"],
        egfr=values["egfr"],
        crcl=values["crcl"],
        creatinine_umol_l=_creatinine(text),
        risk_percent=values["risk_percent"],
        gestation_weeks=gestation,
        pregnancy=pregnancy
        or (
            "pregnant"
            if gestation is not None
            and "preterm" not in text.lower()
            and "born" not in text.lower()
            else None
        ),
        breastfeeding=None if feeding is None else not feeding["not"],
        life_stage=_life_stage(text),
        conditions=present,
        absent_conditions=absent,
        procedures=procedures,
        drugs=drugs,
        allergies=allergies,
        severity=severity.group(1).lower() if severity else None,
        jurisdiction=next((code for code, pattern in _PLACES if pattern.search(text)), None),
    )


def _first(pattern: re.Pattern[str], text: str) -> Decimal | None:
    match = pattern.search(text)
    return None if match is None else Decimal(next(g for g in match.groups() if g))


def _value(pattern: re.Pattern[str], text: str) -> Decimal | None:
    match = pattern.search(text)
    return Decimal(match["n"]) if match else None


def _age(text: str) -> Decimal | None:
    match = _AGE_SEX.search(text)
    if match and Decimal(match["n"]) <= 120:
        return Decimal(match["n"])
    best: Decimal | None = None
    for found in _AGE.finditer(text):
        unit = found["unit"].lower()
        certain = bool(found["old"]) or unit in {"y/o", "yo"}
        before = text[max(0, found.start() - 12) : found.start()]
        person = _PERSON_AFTER.match(text, found.end()) is not None
        if not (certain or person) and (unit[0] != "y" or _TIME_BEFORE.search(before)):
            continue
        age = number(found["n"]) / _MONTHS[unit[0]]
        if age <= 120:
            best = age if unit[0] == "y" else age.quantize(Decimal("0.0001"))
            if certain:
                break
    if best is not None:
        return best.normalize() if best % 1 else Decimal(int(best))
    aged = _AGED.search(text)
    return (
        Decimal(aged["n"])
        if aged and Decimal(aged["n"]) <= 120 and not _measured(text, aged)
        else None
    )


def _measured(text: str, match: re.Match[str]) -> bool:
    """ "eGFR is 24" and "BMI is 34" are no ages."""
    before = text[max(0, match.start() - 20) : match.start()].lower()
    return (
        re.search(
            r"(?:gfr|bmi|clearance|creatinine|cl|weight|inr|risk\d?|hba1c|level|potassium|dose|it|"
            r"pressure|bp|rate|ferritin|which|what|there|b12|hb)\s*$",
            before,
        )
        is not None
    )


def _sex(text: str) -> str | None:
    match = _AGE_SEX.search(text)
    if match:
        return "female" if match["sex"] == "F" else "male"
    female, male = _FEMALE.search(text), _MALE.search(text)
    if female and male:
        return "female" if female.start() < male.start() else "male"
    return "female" if female else "male" if male else None


def _creatinine(text: str) -> Decimal | None:
    match = _CREATININE.search(text)
    if match is None:
        return None
    amount = Decimal(match["n"])
    unit = (match["unit"] or "").lower()
    # Without a unit, below 20 can only be mg/dL and from 20 on only µmol/L.
    return amount * _MG_DL if unit.startswith("mg") or (not unit and amount < 20) else amount


def _life_stage(text: str) -> str | None:
    for stage, pattern in _STAGES:
        match = pattern.search(text)
        if match and not (stage == "infant" and _PLANNED_BABY.search(text)):
            return stage
    return None


def _conditions(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    present: list[str] = []
    absent: list[str] = []
    procedures: list[str] = []
    negated_to = -1
    for found in find_conditions(text, any_case=True):
        negative = _NOT.search(text, max(0, found.start - 50), found.start) is not None
        if not negative and negated_to >= 0 and _LIST_GAP.match(text[negated_to : found.start]):
            negative = "," not in text[negated_to : found.start]
        negated_to = found.end if negative else -1
        into = absent if negative else procedures if kind_of(found.name) == "procedure" else present
        if found.name not in into:
            into.append(found.name)
    if _POOR_KIDNEYS.search(text) and "renal impairment" not in present:
        present.append("renal impairment")
    elif _NORMAL_KIDNEYS.search(text):
        absent.append("renal impairment")
    return tuple(present), tuple(absent), tuple(procedures)


def _drugs(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    taken: list[str] = []
    allergies: list[str] = []
    previous_end = -1
    for found in find_substances(text):
        before = text[max(0, found.start - 70) : found.start]
        if _ALLERGIC.search(before) or _ALLERGIC_AFTER.match(text[found.end : found.end + 20]):
            allergies.append(canonical(found.name))
            continue
        listed = previous_end >= 0 and re.fullmatch(
            r"\s*(?:,|and|\+|/|&)\s*", text[previous_end : found.start]
        )
        if (_TAKES.search(before) and not _TO_TAKE.search(before)) or listed:
            taken.append(found.name)
            previous_end = found.end
        else:
            previous_end = -1
    return tuple(dict.fromkeys(taken)), tuple(dict.fromkeys(allergies))
