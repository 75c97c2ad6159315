"""Routes of administration as written, under one canonical name each."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from functools import lru_cache

from osler.dosage.spans import Found, words
from osler.patterns import folded, lazy

# Canonical name -> the words that mean it. Abbreviations of two letters are case-sensitive
# where they collide with English or with units ("im", "sc", "po").
_WORDS = {
    "intravenous": r"intra\s?-?venous(?:ly)?|i\.v\.?(?!\w)|\biv\b|\bIVI\b|in\s+a\s+vein|by\s+vein\b|into\s+(?:the\s+)?(?:a\s+)?veins?",
    "intramuscular": r"intra\s?-?muscular(?:ly)?|i\.m\.?(?!\w)|\bim\b|into\s+(?:a|the)\s+muscle",
    "subcutaneous": r"sub\s?-?cutaneous(?:ly)?|subcut|sub-?cut|s\.c\.?(?!\w)|\bsc\b|\bsubq\b|\bsq\b|under\s+the\s+skin",
    "sublingual": r"sub\s?-?lingual(?:ly)?|under\s+(?:the\s+)?tongue|\bs\.l\.|(?-i:\bSL\b)",
    "buccal": r"(?:between|against|inside)\s+the\s+(?:gum\s+and\s+(?:the\s+)?)?cheek|buccal(?:ly)?|oromucosal(?:ly)?",
    "oral": r"(?<!non-)\boral(?:ly)?\b(?!\s+inhal)|by\s+mouth|per\s+os|per\s+oral|\bp\.o\.?(?!\w)|(?-i:\bPO\b|\bpo\b)|in\s+tablet\s+form",
    "nasogastric": r"through\s+a\s+(?:feeding\s+)?tube\s+(?:in|through)\s+the\s+nose|naso\s?-?gastric(?:ally)?|(?-i:\bNG\b)(?:\s+tube)?|(?-i:\bNGT\b)",
    "intranasal": r"intra\s?-?nasal(?:ly)?|\bnasal(?:ly)?\b(?!\s+(?:\w+\s+)?(?:congestion|discharge|obstruction|cannula|allerg\w*|polyps?))"
    r"|in(?:to)?\s+(?:each|the|one|both)\s+nostrils?|into\s+the\s+nose\b",
    "nebulised": r"breathed\s+in\s+as\s+a\s+mist|nebuli[sz](?:ed|er|ers|ation)|by\s+nebuli[sz]er",
    "inhaled": r"\bbreathed\s+in\b(?!\s+(?:as\s+a\s+mist|through))|(?:by\s+)?(?:oral(?:ly)?\s+)?inhal(?:ed|ation|ationally)\b(?:\s+orally\b)?|\binhaler\b|(?:via|by|with|through)\s+(?:an?\s+)?(?:[a-z]+[\s-]){0,2}spacer\b",
    "rectal": r"\brectal(?:ly)?\b|(?:per|by|into\s+the)\s+rectum|(?<=,\s)rectum\b|in(?:to)?\s+the\s+back\s+passage|(?-i:\bPR\b|\bpr\b)|\bp\.r\.|(?<!vaginal )suppositor(?:y|ies)\b",
    "vaginal": r"\bvaginal(?:ly)?\b|(?:per|into\s+the)\s+vagina[m]?|intra\s?-?vaginal(?:ly)?|(?-i:\bPV\b)|(?<!ring )pessar(?:y|ies)\b",
    "topical": r"\btopical(?:ly)?\b|to\s+the\s+(?:affected\s+)?skin|to\s+(?:the\s+)?affected\s+areas?|\bcutaneous(?:ly)?\b",
    "ophthalmic": r"ophthalmic|in(?:to)?\s+(?:each|the|both|one|either)\s+(?:[a-z]+\s+)?eye\b(?:\(s\)|s\b)?|to\s+(?:each|the|both|one|either)\s+(?:[a-z]+\s+)?eyes?\b(?:\(s\))?|(?:of|to|in|into)\s+(?:affected|operative|infected)\s+eye\b(?:\(s\)|s\b)?|\beye[\s-]+(?:drops?|ointment|gel)\b|\beyes\b(?=\s*(?:daily|twice|once|every|\d))",
    "otic": r"\botic\b|\bear[\s-]+drops?\b|(?:into|in|to)\s+(?:each|the|both|one)\s+(?:[a-z]+\s+)?(?:ear\b(?:\(s\))?|ears\b|ear\s+canals?)|\baural(?:ly)?\b",
    "intrathecal": r"into\s+the\s+fluid\s+around\s+the\s+spine|intra\s?-?thecal(?:ly)?",
    "transdermal": r"trans\s?-?dermal(?:ly)?",
    "intradermal": r"into\s+the\s+(?:top\s+)?layer\s+of\s+the\s+skin|intra\s?-?dermal(?:ly)?",
    "intraosseous": r"into\s+(?:a|the)\s+bone|intra\s?-?osseous(?:ly)?|(?-i:\bIO\b)",
    "intraperitoneal": r"intra\s?-?peritoneal(?:ly)?|into\s+the\s+(?:abdomen|peritoneum)|(?-i:\bIP\b)(?!\s+(?:receptor|address))",
    "intra-articular": r"into\s+(?:a|the)\s+joint|intra\s?-?articular(?:ly)?",
    "intralesional": r"intra\s?-?lesional(?:ly)?",
    "intrauterine": r"intra\s?-?uterine(?!\s+(?:growth|death|fet|foet|infection|device|pregnan|life|transfusion))",
    "intravitreal": r"intra\s?-?vitreal(?:ly)?",
    "intratracheal": r"(?:intra|endo)\s?-?tracheal(?:ly)?",
    "epidural": r"\bepidural(?:ly)?\b",
    "parenteral": r"\bparenteral(?:ly)?\b",
}

ROUTES: tuple[str, ...] = tuple(_WORDS)
"""The canonical names of the routes."""

# What a route's words open with (two letters), and pieces of which they always hold one: where
# neither stands, the route's pattern need not be tried, nor compiled.
_SIGNS = {
    "intravenous": ("in|i|iv|by", "venous|i.v|iv|vein"),
    "intramuscular": ("in|i|im", "muscular|i.m|im|muscle"),
    "subcutaneous": ("su|s|sc|sq|un", "cutaneous|subcut|sub-cut|s.c|sc|subq|sq|skin"),
    "sublingual": ("su|un|s|sl", "lingual|tongue|s.l|sl"),
    "buccal": ("bu|or|be|ag|in", "buccal|oromucosal|cheek"),
    "oral": ("or|by|pe|p|po|in", "oral|mouth|per|p.o|po|tablet"),
    "nasogastric": ("na|ng|th", "gastric|ng|nose"),
    "intranasal": ("in|na", "nasal|nostril|nose"),
    "nebulised": ("ne|by|br", "nebuli|mist"),
    "inhaled": ("by|or|in|vi|wi|th|br", "inhal|spacer|breathed"),
    "rectal": ("re|pe|by|in|pr|p|su", "rect|pr|p.r|back|supposit"),
    "vaginal": ("va|pe|in|pv", "vagina|pv|pessar"),
    "topical": ("to|cu", "topical|skin|affected|cutaneous"),
    "ophthalmic": ("op|in|to|of|ey", "ophthalmic|eye"),
    "otic": ("ot|ea|in|to|au", "otic|ear|aural"),
    "intrathecal": ("in", "thecal|spine"),
    "transdermal": ("tr", "dermal"),
    "intradermal": ("in", "dermal|skin"),
    "intraosseous": ("in|io", "osseous|io|bone"),
    "intraperitoneal": ("in|ip", "peritone|abdomen|ip"),
    "intra-articular": ("in", "articular|joint"),
    "intralesional": ("in", "lesional"),
    "intrauterine": ("in", "uterine"),
    "intravitreal": ("in", "vitreal"),
    "intratracheal": ("in|en", "tracheal"),
    "epidural": ("ep", "epidural"),
    "parenteral": ("pa", "parenteral"),
}
_FORMS = tuple(
    (
        name,
        frozenset(_SIGNS[name][0].split("|")),
        tuple(_SIGNS[name][1].split("|")),
        lazy(rf"(?<![A-Za-z])(?:{words_of})", re.I),
    )
    for name, words_of in _WORDS.items()
)
# "oral contraceptive", "rectal bleeding", "oral hygiene" name things, not how to give a dose.
_NOT_A_ROUTE = lazy(
    r"\s+(?:contracepti|rehydrat|hygiene|cavity|mucosa|candid|thrush|ulcer|cancer|intake|bleed|exam|nutrition|feed|scan|ultraso|swab|prolapse"
    r"|discharge|bleeding|delivery|birth|drip set|line\b|access|cannula|catheter|temperature|polio"
    r"|doses\s+(?:count|do|are|were|have|has|had)\b)",  # said of doses given before
    re.I,
)
# "Urogenital, pharyngeal or rectal": where an infection is, in a list of such places.
_SITE = (
    r"(?:pharyngeal|urogenital|anogenital|genital|urethral|cervical|anal|endocervical|conjunctival)"
)
_SITE_BEHIND = lazy(rf"\s*(?:,|/|\bor\b|\band\b)\s*(?:\w+\s*,\s*)?(?:or\s+|and\s+)?{_SITE}", re.I)
_SITE_BEFORE = lazy(rf"{_SITE}\s*(?:,|/|\bor\b|\band\b|\s)+$", re.I)
_NO_ROUTE = lazy(r"\b(?:no|without|not by)\s+$", re.I)  # "no IV bolus"
_NUMBERED = lazy(
    r"(?:[A-Z]-|\b(?:stage|grade|phase|type|class|group|study|part|level|category|and)\s)$", re.I
)


def _is_numeral(text: str, m: re.Match[str]) -> bool:
    """Whether "IV" is a number: "stage IV", "Study RA-IV"."""
    if m.group() != "IV":
        return False
    return _NUMBERED.search(text[max(0, m.start() - 12) : m.start()]) is not None


_ALSO_SITES = frozenset({"rectal", "vaginal", "oral"})


def _is_site(text: str, start: int, end: int) -> bool:
    """Whether a word is of where an infection is, not of how a drug goes in."""
    before = _SITE_BEFORE.search(text[max(0, start - 30) : start])
    return before is not None or _SITE_BEHIND.match(text, end) is not None


@lru_cache(maxsize=4096)
def find_routes(text: str) -> tuple[Found[str], ...]:
    """Every route that the text names, by canonical name, in reading order."""
    said = folded(text)
    forms = [form for form in _FORMS if any(piece in said for piece in form[2])]
    found = []
    free = 0
    for start, word in words(text) if forms else ():
        if start < free:
            continue
        opening = word[:2]
        for name, openings, _, pattern in forms:
            m = pattern.match(text, start) if opening in openings else None
            if m:
                free = m.end()
                named = not _NOT_A_ROUTE.match(text, free) and not _is_numeral(text, m)
                named = named and not (name in _ALSO_SITES and _is_site(text, start, free))
                if named and not _NO_ROUTE.search(text, max(0, start - 12), start):
                    found.append(Found(name, start, free))
                break
    return tuple(found)
