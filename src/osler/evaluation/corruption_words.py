"""The words that the corruptions exchange, and the words that forbid an exchange.

A rule's last member, where it has one, is a pattern that must not stand in the sentence (for
populations: nor in its context), because it could make the changed claim true after all.
"""

from __future__ import annotations

import re

UNIT_SWAPS = {
    "mg": "mcg",
    "mcg": "mg",
    "µg": "mg",
    "μg": "mg",
    "microgram": "milligram",
    "micrograms": "milligrams",
    "milligram": "microgram",
    "milligrams": "micrograms",
    "g": "mg",
    "gram": "milligram",
    "grams": "milligrams",
    "mL": "L",
    "ml": "L",
    "IU": "mg",
    "units": "mg",
    "unit": "mg",
    "mmol": "mg",
    "tablet": "mL",
    "tablets": "mL",
    "capsule": "mL",
    "capsules": "mL",
    "puff": "mg",
    "puffs": "mg",
    "drop": "mL",
    "drops": "mL",
}

# route, part of speech: an adverb takes an adverb's place, a name a name's.
ROUTE_FORMS: dict[str, tuple[str, str]] = {
    "orally": ("oral", "adverb"),
    "by mouth": ("oral", "adverb"),
    "intravenously": ("intravenous", "adverb"),
    "intramuscularly": ("intramuscular", "adverb"),
    "subcutaneously": ("subcutaneous", "adverb"),
    "rectally": ("rectal", "adverb"),
    "sublingually": ("sublingual", "adverb"),
    "topically": ("topical", "adverb"),
    "intravaginally": ("vaginal", "adverb"),
    "vaginally": ("vaginal", "adverb"),
    "intranasally": ("intranasal", "adverb"),
    "transdermally": ("transdermal", "adverb"),
    "oral": ("oral", "adjective"),
    "intravenous": ("intravenous", "adjective"),
    "intramuscular": ("intramuscular", "adjective"),
    "subcutaneous": ("subcutaneous", "adjective"),
    "rectal": ("rectal", "adjective"),
    "sublingual": ("sublingual", "adjective"),
    "topical": ("topical", "adjective"),
    "vaginal": ("vaginal", "adjective"),
    "intranasal": ("intranasal", "adjective"),
    "transdermal": ("transdermal", "adjective"),
    "po": ("oral", "short"),
    "iv": ("intravenous", "short"),
    "im": ("intramuscular", "short"),
    "sc": ("subcutaneous", "short"),
}
ROUTE_SWAPS = {
    "oral": "intravenous",
    "intravenous": "intramuscular",
    "intramuscular": "intravenous",
    "subcutaneous": "intravenous",
    "rectal": "sublingual",
    "sublingual": "rectal",
    "topical": "rectal",
    "vaginal": "rectal",
    "intranasal": "sublingual",
    "transdermal": "rectal",
}
SHORT_ROUTES = {"po": "PO", "iv": "IV", "im": "IM", "sc": "SC"}
_NOT_ADMINISTRATION = (
    r"(?!\s+(?:rehydration|contracept|hygiene|cavity|candid|thrush|intake|mucos|ulcer|lesion|health"
    r"|care|cancer|herpes|glucose tolerance|diabetes|hypoglyc|fluids?|feed|access|line|cannula|drip"
    r"|bleeding|discharge|candidiasis|examination|temperature|sex|prolapse|delivery|birth|dryness))"
)
ROUTE_WORDS = re.compile(
    r"\b(?:"
    + "|".join(sorted((w for w in ROUTE_FORMS if len(w) > 2), key=len, reverse=True))
    + r"|(?-i:PO|IV|IM|SC))\b"
    + _NOT_ADMINISTRATION,
    re.IGNORECASE,
)


def _timing(pattern: str, new: str, others: str) -> tuple[re.Pattern[str], str, str]:
    return re.compile(pattern, re.IGNORECASE), new, others


_TWICE = r"twice|two times|2 times|\bbd\b|\bbid\b|12[ -]?h|2 divided|two divided|12 hours"
_THRICE = (
    r"three times|thrice|3 times|\btds\b|\btid\b|8[ -]?hour|[23]\s?[-–]\s?[34] times|3 divided"
)
_WEEKLY = r"week"
_DAY = r"\bday|daily"
# Longest first: what one rule has taken no later rule touches.
TIMINGS = (
    _timing(r"\btwice (daily|a day|per day)\b", r"three times \1", _THRICE),
    _timing(r"\b(?:three|3) times (daily|a day|per day)\b", r"twice \1", _TWICE),
    _timing(r"\b(?:four|4) times (daily|a day|per day)\b", r"twice \1", _TWICE),
    _timing(r"\bonce (daily|a day|per day)\b", r"twice \1", _TWICE),
    _timing(r"\bonce (?:weekly|a week|per week)\b", "once daily", _DAY),
    _timing(r"\btwice (?:weekly|a week|per week)\b", "twice daily", _DAY),
    _timing(r"\bevery other day\b", "every day", r"\bdaily|/day|every day"),
    _timing(r"\b(?:times|divided|dose|doses) daily\b", r"\g<0>", r"."),  # left alone
    _timing(r"(?<!-)\bdaily\b(?! living| activit| life| routine| basis)", "weekly", _WEEKLY),
    _timing(r"(?<!-)\bweekly\b(?! interval)", "daily", _DAY),
    _timing(r"(?<!-)\bmonthly\b", "weekly", _WEEKLY),
    _timing(r"(?<=mg)/day\b", "/week", _WEEKLY),
    _timing(r"\b(?:stat|statim)\b", "daily", _DAY),
    _timing(r"\bnocte\b", "twice daily", _TWICE),
)


def _comparator(pattern: str, new: str) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, re.IGNORECASE), new


_BEFORE_NUMBER = r"(?=\s+(?:a total of\s+)?\d)"
COMPARATORS = (
    _comparator(rf"(?<!not )(?<!no )\bless than{_BEFORE_NUMBER}", "more than"),
    _comparator(rf"(?<!not )(?<!no )\b(?:more|greater) than{_BEFORE_NUMBER}", "less than"),
    _comparator(rf"\b(?:not|no) more than{_BEFORE_NUMBER}", "at least"),
    _comparator(rf"\b(?:not|no) less than{_BEFORE_NUMBER}", "at most"),
    _comparator(rf"\bat least{_BEFORE_NUMBER}", "at most"),
    _comparator(rf"\b(?:at most|up to){_BEFORE_NUMBER}", "at least"),
    _comparator(r"\bmaximum\b(?=[^.;]{0,25}\d)", "minimum"),
    _comparator(rf"(?<!see )\babove{_BEFORE_NUMBER}", "below"),
    _comparator(rf"(?<!see )\bbelow{_BEFORE_NUMBER}", "above"),
    _comparator(rf"\bexceeding{_BEFORE_NUMBER}", "below"),
    _comparator(r"≥(?=\s?\d)", "<"),
    _comparator(r"≤(?=\s?\d)", ">"),
    _comparator(r"(?<![<>=])<(?=\s?\d)", ">"),
    _comparator(r"(?<![<>=])>(?=\s?\d)", "<"),
)


def _population(pattern: str, new: str, others: str) -> tuple[re.Pattern[str], str, str]:
    return re.compile(pattern, re.IGNORECASE), new, others


_YOUNG = (
    r"child|p(?:a)?ediatric|infan|neonat|newborn|bab(?:y|ies)|adolescen|\bage|years"
    r"|boys?\b|girls?\b"
)
_ADULT = r"adult|elderly|adolescen|\bage|years|p(?:a)?ediatric|parent|mother|women|men\b"
POPULATIONS = (
    _population(r"\badults(?! and\b| or\b)\b", "children", _YOUNG),
    _population(r"\badult(?=\s*:)", "child", _YOUNG),
    _population(r"\bchildren\b(?! and\b| or\b|’)", "adults", _ADULT),
    _population(r"\bchild(?=\s*:)", "adult", _ADULT),
    _population(r"\bneonates?(?=\s*[:,])", "adolescents", r"adolescen|teen"),
    _population(r"\binfants\b(?! and\b| or\b)", "adults", _ADULT),
    _population(
        r"\b(?<!non-)pregnant (women|clients|patients|people)\b",
        "non-pregnant clients",
        r"non-?pregnan|not pregnan",
    ),
    _population(
        r"\bpregnancy\b(?=[^.]*\b(?:avoid|contraindicat|not recommended))", "childhood", _YOUNG
    ),
    _population(r"\belderly(?=\s*:)", "children", _YOUNG),
    _population(r"\brenal impairment\b", "hepatic impairment", r"hepat|liver"),
    _population(r"\bhepatic impairment\b", "renal impairment", r"renal|kidney"),
    _population(
        r"\bunder(?=\s+\d+\s+(?:years|months|weeks|days|kg)\b)", "over", r"\bover\b|above|older"
    ),
    _population(r"\bover(?=\s+\d+\s+(?:years|kg)\b)", "under", r"\bunder\b|below|younger"),
    _population(r"\bolder than(?=\s+\d)", "younger than", r"younger|under"),
    _population(r"\byounger than(?=\s+\d)", "older than", r"older|over\b"),
)


def _directive(pattern: str, new: str, others: str = "") -> tuple[re.Pattern[str], str, str]:
    return re.compile(pattern, re.IGNORECASE), new, others


DIRECTIVES = (
    _directive(r"^do not (?=[a-z])", ""),
    _directive(r"(?<=[a-z] )should not be\b", "should be"),
    _directive(r"(?<=[a-z] )should not\b(?! be| only)", "should"),
    _directive(r"(?<=[a-z] )must not\b(?! only)", "must"),
    _directive(
        r"\bshould be (?=given|used|administered|started|taken|avoided|stopped"
        r"|discontinued|initiated|continued)",
        "should not be ",
        r"should not|if necessary|cautio|only|consistently",
    ),
    _directive(r"\b(is|are) contraindicated\b", "is recommended", r"recommend|not contraindicated"),
    _directive(
        r"(?<!be )(?<!routinely )\b(?<!not )recommended"
        r"(?= for (?:use|clients|patients|adults|children|treatment|the treatment))",
        "not recommended",
        r"not recommend",
    ),
    _directive(r"\bnot recommended\b", "recommended", r"(?<!not )recommended"),
    _directive(r"^avoid (?=[a-z])", "Use ", r"\buse\b"),
    _directive(r"\b(?<=should )avoid (?=[a-z])", "use ", r"\buse\b"),
    _directive(r"\bshould be avoided\b", "should be used"),
    _directive(r"^(?:give|administer) (?=[a-z\d])", "Do not give "),
    _directive(
        r"\bincreased (?=by|to|if|as|up|gradually|slowly|after|in steps)",
        "decreased ",
        r"decreas|reduc",
    ),
    _directive(r"^increase (?=[a-z\d])", "Decrease ", r"decreas|reduc"),
    _directive(
        r"(?<=\w )increase(?= (?:the )?(?:dose|dosage|by|to)\b)", "decrease", r"decreas|reduc"
    ),
    _directive(
        r"\b(?:reduce|decrease)(?= (?:the )?(?:dose|dosage|daily dose|initial|by|to)\b)",
        "increase",
        r"increas",
    ),
    _directive(r"(?<=be )(?:reduced|decreased)\b", "increased", r"increas"),
    _directive(r"\bdiscontinue(?= [a-z])", "continue", r"\bcontinu"),
    _directive(r"\b(?:discontinued|stopped)\b", "continued", r"\bcontinu"),
    _directive(r"^stop (?=[a-z])", "Continue ", r"continu"),
    _directive(r"^continue (?=[a-z])", "Stop ", r"\bstop"),
)
