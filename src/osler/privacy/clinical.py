"""What is never hidden, however much it looks like a name or a number.

Drugs and their brands, conditions, tests and doses are what a question is about. Named by people
are diseases, signs, scores and organisms; guideline bodies are organisations, but no patient's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import combining, normalize

from osler.answering.understanding.spelling import correct_spelling, is_known_word
from osler.dosage import parse_dosages
from osler.library.embedders.static import frequent_words
from osler.patterns import lazy
from osler.privacy.lists import listed
from osler.privacy.published import published_spans
from osler.statements import find_conditions, find_substances
from osler.statements.vocabulary.conditions import find_tests, words_of_conditions
from osler.statements.vocabulary.substances import words_of_names

Span = tuple[int, int]
_FREQUENT = 10_000  # words

# "Ehlers-Danlos syndrome", "Bell's palsy", "the Ann Arbor staging": people, but no patient.
_NAMED_AFTER = lazy(
    r"(?:[A-Z][\w'’.-]*[\s-]+(?:(?:and|de|von|van|la|le)\s+)?){1,4}"
    r"(?:(?:type|like|associated|related|chronic|acute|congenital|familial|hereditary)[\s-]+)?"
    r"(?:[Ss]yndromes?|[Dd]iseases?|types?|[Ii]nventory|[Qq]uestionnaire|[Cc]hecklist|[Ss]cale|[Ii]ndex|"
    r"instrument|algorithm|salts?|ointment|dysplasias?|dysostosis|disorders?|pals(?:y|ies)|signs?|tests?|scores?|scales?|criteria|index|"
    r"class(?:ification)?|stag(?:e|ing)|grad(?:e|ing)|formula|equation|method|regimen|protocol|"
    r"lymphomas?|leuk(?:a)?emias?|sarcomas?|carcinomas?|tumou?rs?|cancers?|an(?:a)?emias?|"
    r"encephalopath(?:y|ies)|thyroiditis|arteritis|vasculitis|colitis|chorea|contractures?|fractures?|"
    r"encephalitis|meningitis|hepatitis|ulcers?|oesophagus|esophagus|phenomenon|reflex|reactions?|virus|bacillus|fever|node|law|"
    r"man(?:o)?euv(?:er|re)|position|procedures?|operations?|repair|bypass|shunt|catheters?|tubes?|"
    r"solution|lactate|stain|cells?|bodies|body|anomal(?:y|ies)|malformations?|atrophy|dystrophy|"
    r"sequence|triad|tetrad|ataxia|neuropath(?:y|ies)|myopath(?:y|ies)|dementia|psychosis|deficiency|trial|study|guidelines?|"
    r"college|society|association|foundation|institute|organi[sz]ation|collaboration|agency|hospital|"
    r"formulary|committee|consensus|statement|vaccines?|insulin|injections?|tablets?|cream)\b"
)
# Plants named after people: "St John's Wort".
_PLANT = lazy(
    r"\b(?:(?:St\.?|Saint|Our|Queen) )?[A-Z]\w+(?:'s|’s|s)? ?"
    r"(?i:wort|root|balm|weed|bark|mantle|seal)\b"
)
# "Ivor Lewis", "Sister Mary Joseph": words that only together are an eponym.
_TOGETHER = lazy(
    r"(?<![\w-])(?<!\bMr )(?<!\bMrs )(?<!\bMs )(?<!\bDr )(?<!\bMiss )"
    r"(?=(?P<two>[^\W\d_]+ [^\W\d_]+)\b)(?=(?P<three>[^\W\d_]+ [^\W\d_]+ [^\W\d_]+\b)?)"
)
# What is measured, and what came out: "K 5.2", "Hb 8.1", "BP 120/80", "INR 2.5".
_MEASURED = lazy(
    r"\b(?P<what>[A-Z][A-Za-z0-9]{0,6}|e?GFR|CrCl|pH|HbA1c)\s*(?:is|was|of|[:=<>≤≥])?\s*[<>≤≥]?\s*"
    r"(?P<value>\d{1,4})(?:\.\d+)?(?:/\d{1,3})?\s*(?:%|mmHg|[mµμunp]?mol/[Ll]|mg/d[Ll]|g/d?[Ll]|ng/m[Ll]|"
    r"m[Ll]/min|mEq/L|U/L|IU/L|kg|cm)"
)
_ORDINARY_NUMBER = lazy(
    r"\b\d+(?:[.,]\d+)?\s*(?:(?:micro|milli|nano|kilo)?grams?|mc?g|µg|μg|ng|g|kg|m[lL]|[lL]|units?|"
    r"IU|mmol|mEq|MBq|[BTQO]\.?D\.?S?\.?|[btqo]ds?|puffs?|drops?|tablets?|capsules?|%|mmHg|hours?|days?|weeks?|months?)\b"
)


# Greek and Latin endings of illnesses, findings, procedures and organisms.
_OF_MEDICINE = lazy(
    r"[a-z]{2,}(?:omas?|itis|itides|os[ie]s|iasis|a?emias?|path(?:y|ies)|plasias?|trophy|urias?|algias?|"
    r"ectom(?:y|ies)|ostomy|otomy|scop(?:y|ies)|graphy|toxins?|virus(?:es)?|cytosis|penias?|plegia|"
    r"rrh(?:o?ea|age|oids)|philia|phobia|sclerosis|stenosis|megaly|lysis|coccus|cocci|bacter|bacillus|"
    r"genesis|plasms?|proliferative|malformations?|ectasi[as]|phyma|dynia|kinesia|tonia|opia|"
    r"derma|dermia|edema|plakia|spermia|myelia|phylaxis|spasms?|ploidy|graphia|phasia|phagia|"
    r"osmia|geusia|phakia|gnosia|praxia|esthesia|thermia|vol[ae]?emia|natr[ae]?emia)"
)


@lru_cache(maxsize=64)  # for one request, which asks several times: it is a patient's text
def clinical_spans(text: str) -> tuple[Span, ...]:
    """Where a text speaks of drugs, conditions, tests, doses, values and codes, in no order."""
    return (
        *((f.start, f.end) for f in find_substances(text)),
        *((f.start, f.end) for f in find_conditions(text)),
        *((f.start, f.end) for f in find_tests(text)),
        *((_start(m), m.end()) for m in _MEASURED.finditer(text)),
        *(m.span() for m in _ORDINARY_NUMBER.finditer(text)),
        *_dosage_spans(text),
        *published_spans(text),
    )


def _start(measured: re.Match[str]) -> int:
    """Where what is measured begins; a word that only names people is none: "Watson 5kg"."""
    what = measured["what"]
    is_somebody = len(what) > 2 and what.istitle() and (is_surname(what) or not is_word(what))
    return measured.start("value") if is_somebody else measured.start()


def named_after(text: str) -> tuple[Span, ...]:
    """Where a disease, test, score, body or plant carries somebody's name."""
    named = (m.span() for p in (_NAMED_AFTER, _PLANT) for m in p.finditer(text))
    return (*named, *named_together(text))


def named_together(text: str) -> tuple[Span, ...]:
    """Where words stand that only together are an eponym, and behind no title but its own."""
    return tuple(
        (match.start(), match.end(part))
        for match in _TOGETHER.finditer(text)
        for part in ("two", "three")
        if match[part] and "-".join(match[part].lower().split()) in listed("eponyms_of_words")
    )


def _dosage_spans(text: str) -> list[Span]:
    spans = []
    for dosage in parse_dosages(text):
        start = text.find(dosage.text) if dosage.text else -1
        if start >= 0:
            spans.append((start, start + len(dosage.text)))
    return spans


def is_clinical_word(word: str) -> bool:
    """Whether a word belongs to medicine or its guidelines: a drug, an eponym, "NICE"."""
    small = word.lower().removesuffix("'s").removesuffix("’s")
    return (
        small in listed("eponyms")
        or small in listed("bodies")
        or small in listed("brands")
        or small in listed("fda_brands")
        or small in listed("organisms")
        or small in listed("findings")
        or small in _names_of_things()
        or (_OF_MEDICINE.fullmatch(small) is not None and not is_given_name(small))
    )


def is_eponym(word: str) -> bool:
    """Whether medicine names something after a person of this name: "Bell", "Hippel-Lindau".

    Of a joined name the other part must be none that people bear: "Ashworth-Jones" is somebody.
    """
    small, names = word.lower(), listed("eponyms")
    if small in names or "-" not in small:
        return small in names
    others = [part for part in small.split("-") if part not in names]
    return len(others) <= small.count("-") and not any(
        is_surname(part) or part in listed("given_names") for part in others
    )


def is_word(word: str) -> bool:
    """Whether a word means something beside, or instead of, naming a person."""
    small = word.lower().removesuffix("'s").removesuffix("’s")
    return is_clinical_word(word) or small in written() or is_known_word(small)


def is_given_name(word: str) -> bool:
    """Whether a word, or a part of a hyphenated one, is a listed given name; accents aside."""
    names = listed("given_names")
    plain = unaccented(word)
    return plain in names or ("-" in plain and not names.isdisjoint(plain.split("-")))


def is_surname(word: str) -> bool:
    """Whether a word is a listed family name; accents aside."""
    return unaccented(word).replace("'", "").replace("’", "") in listed("surnames")


_NO_ACCENT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae"})


def unaccented(word: str) -> str:
    """The word in small letters, without accents."""
    small = word.lower().translate(_NO_ACCENT)
    if small.isascii():
        return small
    return "".join(c for c in normalize("NFKD", small) if not combining(c))


@cache
def written() -> frozenset[str]:
    """What health texts use most; further down their list stand ever more names."""
    return frozenset(frequent_words(_FREQUENT))


@cache
def _names_of_things() -> frozenset[str]:
    return frozenset(words_of_names() | words_of_conditions())


def is_misspelt(word: str) -> bool:
    """Whether a word is so near to a drug's, a condition's or an ordinary word that it is meant."""
    if "-" in word:
        return False
    _, corrections = correct_spelling(word.lower(), lambda _: 0)
    return bool(corrections)
