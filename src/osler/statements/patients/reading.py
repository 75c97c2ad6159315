"""The patient in a question: "78F 61 kg eGFR 24", "my mum is 82 and her kidneys are poor"."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements.patients.age import age, gestation, of_the_mother
from osler.statements.patients.allergies import (
    ANY_ALLERGY,
    allergens,
    has_no_allergy,
    is_allergen,
    past_rashes,
    reactions,
)
from osler.statements.patients.births import BIRTH, gave_birth, is_fed
from osler.statements.patients.body_sizes import read_height, read_ideal_weight, read_weight
from osler.statements.patients.intolerance import find_intolerances
from osler.statements.patients.life_stages import life_stage
from osler.statements.patients.measures import as_it_is_now, creatinine, values
from osler.statements.patients.routes import routes_unavailable
from osler.statements.patients.sex import sex_of
from osler.statements.patients.untreated import find_untreated
from osler.statements.vocabulary.analytes import read_measurements
from osler.statements.vocabulary.conditions import conditions_told, is_feared, kind_of
from osler.statements.vocabulary.places import country
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.backwards import is_negated
from osler.statements.words.lexicon import Found

_PREGNANCY = (
    (
        "not pregnant",
        lazy(
            r"(?:\bnot|\wn['’]t|\b(?:is|was)nt|\bno longer) (?:currently )?(?:pregnant|preg)\b|"
            r"non[- ]?pregnant|"
            r"\b(?:preg(?:nancy)?|hcg) test\W+(?:\w+ ){0,4}?(?:negative|-ve)|"
            r"\bnegative (?:\w+ )?(?:pregnancy|hcg) test|\btested negative for pregnancy|"
            r"\bpregnancy (?:(?:is|was|has been) )?(?:excluded|ruled out)",
            re.IGNORECASE,
        ),
    ),
    (
        "planning",
        lazy(
            r"\bTTC\b|\b(?:plan(?:n?ing|s)?|try(?:ing)?|want(?:s|ing)?|hop(?:e|ing)|wish(?:es|"
            r"ing)?|"
            r"thinking of)\b[^.?!]{0,25}\b(?:pregnan\w+|bab(?:y|ies)|conceiv\w+|conception)|"
            r"pre-?concept\w+|before (?:conception|pregnancy)|before (?:i|she) gets? pregnant",
            re.IGNORECASE,
            "pregnan|bab|conce|ttc",
        ),
    ),
    ("first trimester", lazy(r"\b(?:first|1st) trimester|early pregnancy", re.IGNORECASE)),
    ("second trimester", lazy(r"\b(?:second|2nd) trimester", re.IGNORECASE)),
    ("third trimester", lazy(r"\b(?:third|3rd) trimester|late pregnancy", re.IGNORECASE)),
    (
        "pregnant",
        lazy(
            r"\bpregnan(?:t|cy)(?! test)|\bpreg\b(?! test)|"
            r"\b(?:preg(?:nancy)?|hcg) test (?:\w+ ){0,3}(?:positive|\+|pos\b)|"
            r"\bpositive (?:\w+ ){0,2}(?:preg(?:nancy)?|hcg) test|"
            r"\b\d months gone\b|gestational (?:diabetes|hypertension)|expecting a baby|"
            r"\b(?:s?he['’]?s|is|i['’]?m|and|i am|we are) expecting\b"
            r"(?! (?:to|that|an?\b(?! bab)))|"
            r"antenatal|gravida|\bg[1-9]\d?\s?p\d|(?<!born )\b(?:at|near) term\b|"
            r"\bin (?:\w+ )?labou?r\b",
            re.IGNORECASE,
        ),
    ),
)
# "Not planning pregnancy", "no plans for a baby": no pregnancy is spoken of.
_NO_PLANS = lazy(
    r"\b(?:not|no|never|\w+n['’]t)\s+(?:currently\s+)?(?:plan(?:n?ing|s)?|try(?:ing)?|want(?:s|ing)?|"
    r"hoping)\b[^.?!;,]{0,25}?\b(?:pregnan\w+|bab(?:y|ies)|conceive|conception|children|"
    r"a family)\b",
    re.IGNORECASE,
    "plan|try|want|hoping",
)
_YOUNGEST_MOTHER = 8  # years; weeks of gestation of anyone younger are those of birth
# Weeks of gestation that tell of a child.
_BORN = lazy(
    r"\b(?:pre-?term (?:neonate|infant|bab|newborn)|born|ex-?prem|premature|neonat|newborn)",
    re.IGNORECASE,
)
_BREASTFEEDING = lazy(
    r"\b(?P<not>(?:not|no longer|never|\w+n['’]t|isnt|doesnt|stopped|finished|ceased|"
    r"given up)\s+(?:currently\s+)?)?(?:breast-?\s?feed\w*|lactating|(?<=while )nursing|"
    r"(?<=she's )nursing|(?<=is )nursing(?! home)|nursing (?:mother|"
    r"my baby|mum|mom)|\bbf\b)",
    re.IGNORECASE,
    "breast|lactating|nursing|bf",
)
_FED = ("neonate", "infant")
# Of who is pregnant: "does it harm the baby?"
_UNBORN = lazy(r"\b(?:the|her|my|your|unborn)\s+(?:unborn\s+)?bab(?:y|ies)\b", re.IGNORECASE, "bab")
# "He may need dialysis soon": he is not on it.
_PERHAPS_LATER = lazy(
    r"\b(?:may|might|could)\s+(?:\w+\s+){0,2}(?:need|require|end up on|go on to)\s+"
    r"(?:to (?:start|have)\s+)?$",
    re.IGNORECASE,
)
_NOT = lazy(
    r"\b(?:no|not|without|never had|denies|\w+n['’]t (?:have|got)|free of|absence of|"
    r"non|neither|nor|(?<=\w )(?:is|was|are|am)n['’]t|no longer|(?:has|have|['’]s|['’]ve) stopped|"
    r"w/o|nil|"
    r"neg(?:ative)? for)"
    r"[\s-]+(?:(?:any|known|history|hx|of|have|has|had|got|an?|the|evidence|previous|prior|"
    r"past|established|signs|symptoms|other|and|or|in|frank|overt|obvious|active)[\s]+)*$",
    re.IGNORECASE,
)
# "Never had rabies jabs": what has not been had is the vaccine.
_OF_IT = lazy(
    r"[\s-]*(?:vaccin\w*|immuni[sz]\w*|immunoglobulins?|jabs?|shots?|boosters?|prophylaxis|"
    r"tablets?|"
    r"treatment|medication|contacts?|exposure|cover)\b",
    re.IGNORECASE,
)
# "A low HIV prevalence area": how common it is where the patient lives.
_OF_A_PLACE = lazy(
    r"[\s-]+(?:area|region|setting|country|countries|prevalence|incidence|burden|endemic|"
    r"transmission)\b",
    re.IGNORECASE,
)
# "HIV negative", "DVT excluded", "MRSA isn't the bug"; not "AF isn't controlled".
_NOT_AFTER = lazy(
    r"\s*(?:status\s+)?(?:(?:is|was|has been)\s+)?(?:negative\b|-ve\b|neg\b|"
    r"excluded\b|ruled out\b|unlikely\b)|"
    r"\s*(?:(?:is|was)(?:n['’]?t| not)|['’]s not)\s+(?:(?:likely|present|confirmed|found|grown|"
    r"isolated|it|involved|to blame|responsible)\b|(?:the|an?|any)\s+(?:\w+\s+)?(?:bug|organism|"
    r"germ|pathogen|cause|culprit|diagnosis|problem|issue|answer|case)\b|what (?:he|she|they)\b)",
    re.IGNORECASE,
)
# "Normal G6PD", "G6PD not deficient": what may be lacking is there; "G6PD pending" tells nothing.
_ENOUGH_OF = lazy(r"\b(?:normal|adequate|sufficient)\s+(?:\w+\s+)?$", re.IGNORECASE)
_ENOUGH = lazy(
    r"\s*(?:(?:levels?|activity|status|screen|test|assay|is|was|came|back)\s+)*"
    r"(?:normal\b|fine\b|ok(?:ay)?\b|adequate\b|sufficient\b|(?:is\s?n.t|not)\s+deficient\b)",
    re.IGNORECASE,
)
_NOT_TOLD = lazy(
    r"\s*(?:(?:levels?|activity|status|screen|test|assay|result|is|was)\s+)*"
    r"(?:pending|awaited|(?:un|not )known|not (?:yet )?(?:back|done|checked)|status|test|screen)\b",
    re.IGNORECASE,
)
# "Never had rabies jabs" tells of no illness, neither had nor ruled out.
_PREVENTED = lazy(
    r"\s+(?:vaccin\w*|jabs?|shots?|boosters?|immuni[sz]\w*|immunoglobulin|prophylaxis)\b",
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
    r"been|now)\s+)*(?:not (?:great|good|working|so good|the best)|bad|poor|fail(?:ing|ed)|weak|"
    r"(?:packed|packing|given|giving) (?:up|in)|stopped working|shut(?:ting)? down|gone|"
    r"impaired|damaged|reduced|down)|\b(?:bad|poor|weak|failing|dodgy|damaged) kidneys?",
    re.IGNORECASE,
    "kidney|renal",
)
_TAKES = lazy(
    r"\b(?:(?:already|currently|also|is|been|am|i['’]m|she['’]s|he['’]s|pt|patient|now|"
    r"and|stable)\s+)*(?:on|taking|takes?|receiving|uses?|using|treated with|"
    r"maintained on|(?<!be )(?:given|prescribed))\s+"
    r"(?:(?:my|her|his|the|some|an?|long[-\s]term|regular|weekly|daily|low[-\s]dose|"
    r"high[-\s]dose|oral|iv|medicines?|tablets?|pills?|called|\d+\s*m?c?g)\s+)*$",
    re.IGNORECASE,
    "on|tak|receiving|us|treated|prescribed|given",
)
_NOT_TAKEN = lazy(
    r"\b(?:not|\w*n['’]t|cannot|never|no longer|stopped|off|previously|formerly)\s+"
    r"(?:(?:currently|yet|been|already|now)\s+)*"
    r"(?:on|taking|takes?|receiving|uses?|using|prescribed|given|treated with)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "On apixaban, naproxen ok?", "on morphine, haloperidol no use": the second is not taken. One that
# only a question mark follows is asked about where a comma alone joins it: "On apixaban, naproxen?"
_ASKED_OF_IT = lazy(r"\s*\?")
_SAID_OF_IT = lazy(
    r"\s*(?:(?:is|was|are|has|did|does)\b|ok(?:ay)?\b|safe\b|alright\b|allowed\b|dos(?:e|ing)\b|"
    r"instead\b|no (?:use|good|help|joy|effect|better)|not\b|\w+n['’]t\b|fail|stopped|allerg|"
    r"intoleran|contra)",
    re.IGNORECASE,
)
_TO_TAKE = lazy(
    r"\b(?:should|can|could|to|(?<!he )(?<!they )(?<!i )(?:do|does)|may|"
    r"how much|when|safe to|must|need to|"
    r"start(?:ing)? (?:\w+ )?)\s+(?:i|he|she|we|they|you|patients?|one|"
    r"a patient)?\s*(?:be\s+)?(?:on|tak(?:e|ing)|use|using)\s+$",
    re.IGNORECASE,
    "on|tak|us",
)
_SEVERITY = lazy(
    r"\b(mild|moderate|non-?severe|severe|uncomplicated|complicated|"
    r"life-threatening)\b(?!\s*(?:intensity|pain relief))",
    re.IGNORECASE,
)
# "CrCl's only 12", "the eGFR has dropped to 22"
_IS_ONLY = lazy(
    r"\b(e?GFR|CrCl|clearance|creatinine|weight|BMI|INR|potassium|sodium|K|Na|Hb|TSH)"
    r"(?:['’]s|\s+(?:is|was|has|came|comes|come|fell|falls|dropped|drops|rose|rises|went|goes|"
    r"back|now|of|at|=))(?:\s+(?:only|now|just|about|actually|back|at|as|is|been|come|down|up|"
    r"to|dropped|"
    r"fallen|risen|gone|went))*\s+(?=[\d<>])",
    re.IGNORECASE,
)


def read_patient(text: str) -> Patient:
    """Read what a question says of one patient; what it does not say stays None or empty."""
    text = as_it_is_now(_IS_ONLY.sub(r"\1 ", of_the_mother(text)))
    text = _NO_PLANS.sub(" ", text)
    present, absent, procedures = _conditions(text)
    measured = values(text)
    weeks = gestation(text)
    pregnancy = next((state for state, pattern in _PREGNANCY if pattern.search(text)), None)
    years = age(text) or _age_beside_drug(text)
    born = _BORN.search(text) or (years is not None and years < _YOUNGEST_MOTHER)
    if pregnancy is None and weeks is not None and not born:
        pregnancy = "pregnant"
    if pregnancy is None and gave_birth(text):
        procedures = (*procedures, BIRTH)
    sex = sex_of(text, years)
    if pregnancy not in (None, "not pregnant") and years is not None and years < _YOUNGEST_MOTHER:
        years = None  # "she is 9 weeks" of a pregnancy
    with_child = pregnancy not in (None, "not pregnant", "planning") and years is None
    feeding = _BREASTFEEDING.search(text)
    stage = life_stage(_UNBORN.sub(" ", text) if with_child else text, years)
    if feeding and (born or stage in _FED) and is_fed(text, feeding.start()):
        feeding = None
    if sex is None and (
        pregnancy is not None or BIRTH in procedures or (feeding and not feeding["not"])
    ):
        sex = "female"
    drugs, allergies = _drugs(text)
    absent = tuple(name for name in absent if name != ANY_ALLERGY)
    if not allergies and has_no_allergy(text):
        absent = (*absent, ANY_ALLERGY)
    return Patient(
        age_years=years,
        sex=sex,
        weight_kg=read_weight(text),
        ideal_weight_kg=read_ideal_weight(text),
        height_cm=read_height(text),
        bmi=measured["bmi"],
        egfr=measured["egfr"],
        crcl=measured["crcl"],
        creatinine_umol_l=creatinine(text),
        risk_percent=measured["risk_percent"],
        gestation_weeks=weeks,
        pregnancy=pregnancy,
        breastfeeding=None if feeding is None else not feeding["not"],
        life_stage=stage,
        conditions=present,
        absent_conditions=absent,
        procedures=procedures,
        drugs=drugs,
        allergies=allergies,
        reactions=reactions(text) if allergies else (),
        intolerances=tuple(dict.fromkeys(name for *_, name in find_intolerances(text))),
        never_had=tuple(dict.fromkeys(name for *_, name in find_untreated(text))),
        severity=_severity(text),
        measurements=read_measurements(text),
        jurisdiction=country(text),
        routes_unavailable=routes_unavailable(text),
    )


# "how much Eliquis at 82?": beside a drug, and no dose that is taken or a rate.
_AT = lazy(
    r"\bat\s+(?P<n>1[89]|[2-9]\d|10\d|110)(?![\w./%+-]|\.\d|\s*(?:m?c?g\b|micro\w*|mmol|nmol|mol|"
    r"ml\b|kg|g\b|l\b|units?|iu\b|%|/|per\b|an hour|drops|weeks?|wks?|days?|months?|hours?|min|"
    r"bpm|mmhg|percent|cm|degrees|times|st\b|stone|lb|pounds?))",
    re.IGNORECASE,
    "at",
)
_HOW_MUCH = lazy(r"\b(?:how (?:much|many)|dos(?:e|es|age|ing)|safe|what)\b", re.IGNORECASE)
_DOSED_AT = lazy(
    r"\b(?:on|taking|takes?|took|started|starting|start|currently|infus\w*|running|run|rate|"
    r"increas\w*|reduc\w*|stay|keep|kept|stable|titrat\w*|level\w*)\b",
    re.IGNORECASE,
)


def _age_beside_drug(text: str) -> Decimal | None:
    """The bare number after "at" where a drug, or its dose, stands right before it."""
    match = _AT.search(text)
    if match is None or not _HOW_MUCH.search(text) or _DOSED_AT.search(text):
        return None
    before = text[: match.start()].rstrip()
    beside = any(found.end == len(before) for found in find_substances(before))
    dose = re.search(r"\b(?:dos(?:e|age|ing)|tablets?|safe)$", before, re.IGNORECASE)
    return Decimal(match["n"]) if beside or (dose and find_substances(text)) else None


def _severity(text: str) -> str | None:
    """How severe the illness is said to be: "severe", "not severe"."""
    found = _SEVERITY.search(text)
    if found is None:
        return None
    word = found.group(1).lower()
    severity = word.removeprefix("non").lstrip("- ")
    denied = severity != word or is_negated(text, found.start())
    return f"not {severity}" if denied else severity


# "Endoscopy tomorrow morning": nobody had it yet.
_TO_COME = lazy(
    r"\s*(?:is\s+)?(?:(?:planned|booked|due|scheduled|listed|for)\s+)*(?:early\s+)?(?:tomorrow|tonight|"
    r"next\s+(?:week|month)|in\s+the\s+morning|later\s+(?:today|this\s+week))\b",
    re.IGNORECASE,
)


def _conditions(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    present: list[str] = []
    absent: list[str] = []
    procedures: list[str] = []
    negated_to = -1
    past = past_rashes(text)
    for found in conditions_told(text, any_case=True):
        if found.start in past:
            continue
        if _PREVENTED.match(text, found.end) or is_feared(text, found.start):
            continue
        if _PERHAPS_LATER.search(text, max(0, found.start - 50), found.start):
            continue
        lacking = found.name.endswith(" deficiency") and "deficien" not in found.text.lower()
        if lacking and _NOT_TOLD.match(text, found.end):
            continue
        negative = (
            (lacking and _is_enough(text, found))
            or _NOT.search(text, max(0, found.start - 50), found.start) is not None
            or _NOT_AFTER.match(text, found.end) is not None
        )
        if not negative and negated_to >= 0 and _LIST_GAP.match(text[negated_to : found.start]):
            negative = "," not in text[negated_to : found.start]
        negated_to = found.end if negative else -1
        if (negative and _OF_IT.match(text, found.end)) or _OF_A_PLACE.match(text, found.end):
            continue
        into = absent if negative else procedures if kind_of(found.name) == "procedure" else present
        if into is procedures and _TO_COME.match(text, found.end):
            continue
        if found.name not in into:
            into.append(found.name)
    if _POOR_KIDNEYS.search(text) and "renal impairment" not in present:
        present.append("renal impairment")
    elif _NORMAL_KIDNEYS.search(text):
        absent.append("renal impairment")
    return tuple(present), tuple(absent), tuple(procedures)


def _is_enough(text: str, found: Found) -> bool:
    """Whether there is enough of what a deficiency is named by: "normal G6PD"."""
    before = _ENOUGH_OF.search(text, max(0, found.start - 30), found.start)
    return before is not None or _ENOUGH.match(text, found.end) is not None


def _drugs(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    taken: list[str] = []
    previous_end = -1
    drugs = find_substances(text)
    for found in drugs:
        if is_allergen(text, found, drugs):
            continue
        before = text[max(0, found.start - 70) : found.start]
        listed = previous_end >= 0 and re.fullmatch(
            r"\s*(?:,|and|\+|/|&)\s*", text[previous_end : found.start]
        )
        takes = _TAKES.search(before) and not _NOT_TAKEN.search(before)
        if listed and (
            _SAID_OF_IT.match(text, found.end)
            or (listed.group().strip() == "," and _ASKED_OF_IT.match(text, found.end))
        ):
            listed = None
        if (takes and not _TO_TAKE.search(before)) or listed:
            taken.append(found.name)
            previous_end = found.end
        else:
            previous_end = -1
    return tuple(dict.fromkeys(taken)), allergens(text, drugs)
