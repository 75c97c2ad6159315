"""The drugs that a text names as given, and those that stand beside them: taken too, or before."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from osler.patterns import lazy
from osler.statements.vocabulary.diluents import is_diluent
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.lexicon import Found

# "Oxygen saturation" and "vitamin D levels" are measured, not given.
# "Opioid-dependent patients" and "opioid overdose" tell who is treated, not with what.
_MEASURED = lazy(
    r"\s+(?:saturations?|levels?|concentrations?|deficien)|-(?:dependen|na[iï]ve|induced|resistan|"
    r"allergic|associated|tolerant|treated)|\s+(?:overdose|overload|poisoning|toxicity|withdrawal|misuse|"
    r"dependen|users?\b)",
    re.IGNORECASE,
)
_IN_THE_BODY = lazy(
    r"\b(?:body|serum|plasma|blood|liver|hepatic|cardiac|tissue|urine|urinary|ioni[sz]ed)\s+$",
    re.IGNORECASE,
)
# After these words a drug only tells when, why or beside what another one is given.
_ASIDE = lazy(
    r"\b(?:after|before|except(?:\s+(?:for|on))?|if|when|while|because|unless|without|despite|than|away\s+from|apart\s+from|instead\s+of|in\s+place\s+of|must\s+have"
    r"|(?:women|men|people|patients|those|adults|children)\s+(?:(?!(?:are|is|be|been|was|were|may|can|should|must)\b)[\w-]+\s+){0,3}given|(?:last|first|next|each|every)\s+dose\s+of|day\s+of|(?:due\s+to|caused\s+by)(?:\s+[\w-]+\s+or)?)\s+"
    r"(?:(?:the|an?|any|each|every|other|last|next|weekly|taking|day\s+of|milk|food|iron)\s+(?:and\s+|or\s+)?){0,3}$",
    re.IGNORECASE,
)
# "Where iron is poorly absorbed, 200 mg into a vein" tells of the drug itself.
_HOW_IT_SERVES = lazy(
    r"[\w-]+(?:\s[\w-]+)?\s+(?:is|are)\s+(?:\w+ly\s+)?(?:absorbed|needed|required|indicated|used|chosen|preferred|selected|continued)\b",
    re.IGNORECASE,
)
# After these it may be one that is taken too, and not what the dose behind it is of.
_COMPANION = lazy(
    r"(?:\b(?:taken|given|used|combined|together)\s+with:\s+$)|"
    r"\b(?:with|(?<!start )(?<!begin )(?<!started )(?<!continue )(?<!keep )on|tak(?:es|ing)|receiv(?:es|ing)|to|from|(?<!followed )by|not|dose\s+of)\s+"
    r"(?:(?:the|an?|any|another|other|strong|potent|moderate|concomitant|both|either|milk|food|iron)\s+(?:and\s+|or\s+)?){0,3}$",
    re.IGNORECASE,
)
# "With potent inducers (rifampicin, phenytoin)": what stands in brackets is of the companions.
_IN_BRACKETS = lazy(
    r"\b(?:with|taking|on|receiving|from|after|before)\s+(?:[\w-]+\s+){1,4}\((?:e\.?g\.?,?\s+|such\s+as\s+|like\s+)?$",
    re.IGNORECASE,
)
# "Where there is an inhibitor (clarithromycin): 500 micrograms": what acts on the drug that is
# dosed, told by what it does; no class ("ACE inhibitor"), and none that is added ("as an inhibitor").
_ACTS_ON_IT = lazy(
    r"(?:\b(?:where|when|while|if|with|on|tak(?:es?|ing)|receiv(?:es?|ing)|beside|alongside)\b[^.;:\d()]{0,40}?"
    r"\b(?:inducers?|(?:an?|any|another|other|enzyme)\s+inhibitors?|interacting\s+(?:drugs?|medicines?|medications?))"
    r"|(?:^|[.;:|]\s*)(?:(?:an?|any)\s+)?(?:[\w-]+\s+)?(?:inducers?|interacting\s+(?:drugs?|medicines?|medications?))"
    r"|(?<!\bas )(?<!\bas a )\b(?:strong|potent|moderate|weak)\s+(?:[\w-]+\s+)?(?:inducers?|inhibitors?))"
    r"(?:\s+of\s+(?:CYP\w*|P-?gp|its\s+\w+))?(?:\s+(?:is|are)\s+\w+|\s+on\s+board)?"
    r",?\s+(?:\((?:e\.?g\.?,?\s+|such\s+as\s+|like\s+|for\s+(?:example|instance),?\s+)?"
    r"|(?:such\s+as|like|including|for\s+(?:example|instance),?|e\.?g\.?,?)\s+)$",
    re.IGNORECASE,
)
# What a drug is changed to is given.
_CHANGED_TO = lazy(
    r"\b(?:switch|chang|convert|mov|go|step|cross)\w*\s+(?:[\w-]+\s+){0,3}to\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_JOINED = lazy(
    r"\s*\)?\s*(?:,|/|,?\s*(?:or|and|nor))\s*(?:(?:the|an?|any|other|with)\s+){0,2}", re.IGNORECASE
)
_NEAR = 70  # characters


def given_in(text: str) -> list[Found]:
    """The substances that a text names as given: none measured, taken too much of, or a fluid."""
    return [
        found
        for found in find_substances(text)
        if not _MEASURED.match(text, found.end)
        and not is_in_the_body(text, found)
        and not is_diluent(text, found)
    ]


def is_in_the_body(text: str, found: Found) -> bool:
    """Whether a substance is what the body holds: "body iron", "serum potassium"."""
    return _IN_THE_BODY.search(text, max(0, found.start - 12), found.start) is not None


# "Midazolam if propofol lowers the pressure, 0.05 mg/kg/hour": why or when another is given.
_WHEN = lazy(
    r"\b(?:if|when|where|once|while|unless|until|because|as)\s+(?:the\s+)?$", re.IGNORECASE
)
_PARTED = lazy(r"[\d;:]|\.\s")


# "Or if clarithromycin is chosen, 250 mg": the dose is of the alternative.
_IS_CHOSEN = lazy(r"\s+(?:is|are)\s+(?:\w+ly\s+)?(?:chosen|preferred|selected)\b", re.IGNORECASE)
_OR_WHEN = lazy(
    r"\bor,?\s+(?:if|when|where|once|while|unless|until|because|as)\s+(?:the\s+)?$", re.IGNORECASE
)
_EARLIER_WHEN = lazy(r"\b(?:if|when|where|once|while|unless|until|because|as)\b[^.;:\d]*$", re.I)
# "Sertraline, or if fluoxetine has failed, 100 mg" gives no more fluoxetine.
_FELL_AWAY = lazy(
    r"[^.;:,\d]*\b(?:fail|not|cannot|never|contraindicat|stop|un(?:suitable|available|able)|refus|"
    r"out\s+of\s+stock|allerg|intoler)",
    re.IGNORECASE,
)
# "Lamotrigine, if valproate is taken, 25 mg" may be of either.
_IS_TAKEN = lazy(
    r"\s+(?:(?:is|are|was|has\s+been)\s+)(?:\w+ly\s+)?(?:used|given|taken)\b", re.IGNORECASE
)


# "Colchicine, when ciclosporin has been taken, is given as 500 micrograms" goes on about the first.
_GOES_ON = lazy(
    r"[^.;:\d]*,\s*(?:is|are|may|must|should|can|will|needs|has|starts|begins)\b", re.IGNORECASE
)


def without_occasions(text: str, found: list[Found]) -> list[Found]:
    """Without the drugs that only tell when or why the one named before them is given."""
    kept: list[Found] = []
    for each in found:
        tells_when = kept and _WHEN.search(text, max(0, each.start - 12), each.start)
        labelled = kept and _is_label(text, kept[-1])
        at = kept[-1].end + bool(labelled) if kept else 0
        may_be_dosed = kept and (
            is_alternative(text, each) or may_be_of_either(text, kept[-1], each)
        )
        if not tells_when or may_be_dosed or _PARTED.search(text, at, each.start):
            kept.append(each)
    return kept


def is_alternative(text: str, found: Found) -> bool:
    """Whether a drug is one that may be given instead: "or, if clarithromycin is chosen"."""
    if _GOES_ON.match(text, found.end):
        return False
    if _IS_CHOSEN.match(text, found.end):
        return _WHEN.search(text, max(0, found.start - 12), found.start) is not None
    return _is_after_or(text, found.start)


def _is_after_or(text: str, start: int) -> bool:
    """Whether "or if" stands before a drug, and joins no second occasion to a first."""
    near = max(0, start - _NEAR)
    joined = _OR_WHEN.search(text, near, start)
    if _FELL_AWAY.match(text, start):
        return False
    return joined is not None and not _EARLIER_WHEN.search(text, near, joined.start())


def may_be_of_either(text: str, before: Found, found: Found) -> bool:
    """Whether a dose behind two drugs may be of either: "lamotrigine, if valproate is taken"."""
    when = _WHEN.search(text, max(before.end, found.start - 12), found.start)
    unclear = _IS_TAKEN.match(text, found.end) or _OR_WHEN.search(text, before.end, found.start)
    if not (when and unclear) or _GOES_ON.match(text, found.end):
        return False
    return not (is_alternative(text, found) or _PARTED.search(text, before.end, found.start))


def _is_label(text: str, found: Found) -> bool:
    """Whether a name stands alone before a colon, or in the first cell of a row."""
    return text[: found.start].rstrip()[-1:] in ("", ":", ";") and text[found.end] in ":;"


def asides(text: str, named: Sequence[Found]) -> frozenset[int]:
    """Where the drugs begin that only tell when, why or beside what another one is given."""
    return _with_joined(text, named, _is_aside)


def companions(text: str, named: Sequence[Found]) -> frozenset[int]:
    """Where the drugs begin that are asides, or may be taken with the one that is dosed."""
    return _with_joined(text, named, _is_companion)


def _with_joined(
    text: str, named: Sequence[Found], is_one: Callable[[str, int], bool]
) -> frozenset[int]:
    """Those of the drugs, and those that "or", "and" or a comma joins to one of them."""
    found: set[int] = set()
    last: Found | None = None
    for each in named:
        joined = (
            last is not None
            and last.start in found
            and _JOINED.fullmatch(text, last.end, each.start) is not None
        )
        if joined or is_one(text, each.start):
            found.add(each.start)
        last = each
    return frozenset(found)


def _is_aside(text: str, start: int) -> bool:
    near = max(0, start - _NEAR)
    if _HOW_IT_SERVES.match(text, start) or _is_after_or(text, start):
        return False
    asides = (_ASIDE, _IN_BRACKETS, _ACTS_ON_IT)
    return any(words.search(text, near, start) for words in asides)


def _is_companion(text: str, start: int) -> bool:
    near = max(0, start - _NEAR)
    if _is_aside(text, start):
        return True
    return (
        _COMPANION.search(text, near, start) is not None
        and _CHANGED_TO.search(text, near, start) is None
    )
