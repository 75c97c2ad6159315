"""The words of a prescription's directions: what each stretch of them says, and what is left."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from osler.domain.dosage import DosageRole, Frequency
from osler.dosage.amounts import Amount
from osler.dosage.durations import find_durations
from osler.dosage.numbers import NUMBER, UPPER, read_number
from osler.dosage.numbers import WORDS as NUMBER_WORDS
from osler.dosage.roles import amounts_and_roles
from osler.dosage.routes import find_routes
from osler.dosage.timing import find_frequencies
from osler.dosage.totals import find_divided, find_totals
from osler.patterns import lazy


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that says one thing: its `kind` and `value`.

    Kinds: "amount", "often" (a Frequency), "long" (a Duration), "route", "divided", "total" (a
    unit of time), "later" (from when on), "turn" (what follows comes later; its value is whether the dose is changed).
    `role` is that of an amount.
    """

    kind: str
    value: Any
    start: int
    end: int
    role: DosageRole | None = None


_TURN = lazy(
    r"\b(?:(?P<next>then|followed\s+by|thereafter|subsequently|after\s+that|afterwards)"
    r"|(?:(?:may|can|should|to)\s+(?:be\s+)?)?(?:increas|rais|reduc|decreas|lower|titrat|taper|wean|step|go|chang|doubl|halv)(?:e|es|ed|ing|ping|er)?(?:\s+(?:up|down|off))?(?:\s+(?:the|your|dose|dosage|it|gradually|slowly|if|as|tolerated))*)\b",
    re.I,
)
_CEILING = lazy(
    r"(?:\b(?:up\s+)?to\s+)?(?:\b(?:an?|the|your)\s+)*\b(?:max(?:imum|imal)?\b\.?|ceiling|(?:do(?:es)?|must|should)?\s*(?:not|never)\s+(?:to\s+)?(?:exceed(?:ing)?|(?:take|be|have|use)[^.;,\x01]{0,20}))[^.;,\d\x01-\x08]{0,30}(?=\x01)",
    re.I,
)
_TOLERATED = lazy(r"\b(?:if|as)\s+tolerated\b", re.I)
_LATIN_MEAL = lazy(
    r"(?<=\x02)\s*,?\s*(?:[apc]c|[apc]\.\s?c\.?)(?![A-Za-z])(?!\s*(?:and|&|,|\+)\s*\x02)", re.I
)
_EITHER_ROUTE = lazy(r"(?<=\x04)\s*(?:,|or|and/or|/)\s*(?:deep\s+|slow\s+)?(?=\x04)", re.I)
_SPELT_OUT = lazy(r"(?P<n>\b\d+(?:\.\d+)?)\s*\((?P<word>[a-z][a-z -]*)\)", re.I)
_EITHER_NUMBER = lazy(r"(?<=[A-Za-z])\(s\)", re.I)
_HYPHENED = lazy(r"\b(once|twice|thrice|times)-(daily|weekly|monthly|a)\b", re.I)
_COUNT_OF = lazy(rf"(?P<n>{NUMBER})\s*(?:x|×|of)?\s*(?:the\s+|your\s+)?$", re.I)
# "After 1 week": when the next turn begins. How long the one before takes is no dose.
_WHEN = lazy(
    rf"\b(?:after|in|from)\s+(?:(?:the|a|first|next|another|further)\s+)*(?:(?:{NUMBER})\s*(?:(?:-|–|to)\s*(?:{UPPER})\s*)?)?(?:days?|weeks?|months?)\b(?!\s*(?:\d|one|two|three))"
    r"|\bfor\s+(?:the\s+)?(?:first|next|following)\s+(?:day|week|fortnight|month)\b",
    re.I,
)
_SAME_TIME = lazy(
    r"\bat\s+(?:about\s+|around\s+)?the\s+same\s+times?\s+(?:each|every|of\s+the|of|in\s+the)\s+day\b|\b(?:each|per|a)\s+dose\b|\bdaily\s+dose\s+of\b",
    re.I,
)
_FORBIDDEN = lazy(r"\b(?:do\s+not|don['’]t|never|avoid)\b[^.;,\x01-\x09\d]*", re.I)
_TYPE = lazy(r"\btype\s+[12]\b", re.I)
_PURPOSE = lazy(
    r"\b(?:for|to\s+(?:treat|help|control|lower|prevent))\s+(?!the\b|next\b|first\b|each\b|every\b|\d)(?:type\s+(?:[12]|ii?)\b\s*)?[^\W\d]+(?:[\s'-]+[^\W\d]+){0,5}",
    re.I,
)
# Times of a day that the grammar of articles does not know, by FHIR's codes.
_TIMES = {
    "MORN": r"(?:in\s+the\s+|every\s+|each\s+|at\s+)?(?:mornings?|breakfast(?:\s?time)?)|(?:\bq\.?\s?)?(?-i:\b[aA]m\b|\bAM\b)|a\.m\.",
    "NOON": r"(?:at\s+|in\s+the\s+|around\s+|every\s+)?(?:noon|mid-?day|lunch(?:\s?time)?|afternoons?)|(?:with|before|after)\s+(?:(?:the|your|a)\s+)?mid-?day\s+meal",
    "EVE": r"(?:(?:with|before|after|at)\s+)?(?:(?:the|your)\s+)?(?:evening|main)\s+meal(?:\s+of\s+the\s+day)?|(?:at\s+|in\s+the\s+|every\s+|each\s+)?(?:evenings?|tea\s?time|tea|dinner(?:\s?time)?|supper(?:\s?time)?)|(?:\bq\.?\s?)?(?-i:\b[pP]m\b|\bPM\b)|p\.m\.",
    "HS": r"(?:at\s+|every\s+|each\s+|on\s+going\s+to\s+|before\s+)?(?:nights?(?:\s?time)?|bed\s?time)|before\s+going\s+to\s+bed",
}
_TIME_OF_DAY = lazy(
    "|".join(f"(?P<{code}>(?<![A-Za-z])(?:{form})(?![A-Za-z]))" for code, form in _TIMES.items()),
    re.I,
)
_CLOCK = lazy(
    r"(?:\bat\s+)?(?:\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?|h(?:rs?|ours?)?)?(?![\w%])|\b\d{1,2}\s*[ap]\.?m\b\.?|\b(?:[01]\d|2[0-3])00\s*h(?:rs?|ours?)?\b)",
    re.I,
)
_EACH_MEAL = lazy(
    r"\b(?:with|before|after|at|during)\s+(?:(?:each|every|all|the|your|main|three|3)\s+)*(?:main\s+)?meals\b"
    r"|\b(?:with|before|after|at|during)\s+(?:each|every)\s+(?:main\s+)?meal\b|\b(?:each|every)\s+(?:main\s+)?meal\b|\bat\s+meal\s?times\b",
    re.I,
)
_ANY_MEAL = lazy(
    r"\b(?:\d+\s*(?:(?:-|–|to)\s*\d+\s*)?(?:minutes?|mins?|hours?|hrs?)\s+)?(?:(?:just|immediately|shortly)\s+)?(?:with|before|after|during)\s+(?:or\s+(?:just\s+|immediately\s+)?after\s+)?(?:a\s+|some\s+)?(?:meals?|food|eating)\b(?:,?\s+or\s+(?:a\s+)?meals?\b)?(?!\s?times?)",
    re.I,
)
_ONE_MEAL = lazy(
    r"\b(?:with|before|after|at)\s+(?:the\s+|your\s+)?(?:(?P<EVE>evening|main|largest|biggest)|(?P<NOON>mid-?day))\s+meal(?:\s+of\s+the\s+day)?\b",
    re.I,
)
_COUNTED_DOSES = lazy(
    r"(?<=\x02)\s*[x×]\s*\d{1,2}\b(?=\s*(?:doses\b|injections\b|[.,;)]|$|then\b))", re.I
)
_DISPENSED = lazy(
    r"(?:\b(?:disp(?:ense)?|qty|quantity|supply|refills?|repeats?|mitte)\b|#|\bR-)\W*\d+(?:\s*(?:tablets?|tabs?|capsules?|caps?|days?|\x01))?",
    re.I,
)
_DISPENSING = lazy(r"(?:\b(?:disp(?:ense)?|qty|quantity|supply|mitte|pack\s+of)\b|#)\W*$", re.I)
_REFILLS = lazy(r"\b\d+\s+(?:refills?|repeats?)\b", re.I)
# When it is not taken for a while, or what was measured: no dose, as long as none stands in it.
_PAUSED = lazy(
    r"\b(?:hold|withhold|stop|pause|suspend|discontinue)\s+(?:(?:it|taking|the|this|medicines?|medications?|drug|tablets?)\s+)*(?:if|when|for|before|prior|on|during|while)\b(?:[^.;]|\.(?=\d))*",
    re.I,
)
_IN_PAUSE = lazy(
    r"\b(?:then|take|give|restart|resume|continue|reduce|lower|increase|double|half|halve|instead|once|twice|otherwise|but|at\s+night)\b|\b(?:one|two|three|four|five|six|extra|another|more)\b(?!\s+(?:days?|hours?|weeks?)\b)|\d\s*(?:m?c?g|tab\w*|cap\w*|units?|ml)\b(?!\s*/)",
    re.I,
)
_MEASURED = lazy(
    r"\b(?:(?:last|latest|current|recent|target|goal)\s+)?(?:(?:hb|hgb|hemoglobin\s+|haemoglobin\s+)?a1c|[ec]?gfr|crcl|creatinine(?:\s+clearance)?)(?:\s+(?:is|was|of|level))*\s*[:=<>≤≥]*\s*\d+(?:\.\d+)?\s*(?:%|(?:mmol/mol|m[lL]/min(?:/1\.73\s*m(?:2|²))?|mg/d[lL]|[uµμ]mol/[lL])(?![\w/]))?(?![\w.]*\d)",
    re.I,
)
_DATE = lazy(
    r"(?:\b(?:start(?:ing|s)?|begin(?:ning)?|from|on|until|ending|ends)\s+)*(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b)",
    re.I,
)
_ONCE = lazy(r"\b(?:now|today|stat(?:im)?)\b", re.I)
_MEAL_CODES = ("C", "AC", "PC")
_COUNT_DAILY = lazy(rf"(?P<n>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<m>{UPPER}))?\s*daily", re.I)
_A_DAY = Frequency(1, None, Decimal(1), Decimal(1), "d")
_BARE = lazy(
    rf"(?P<n>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<m>{UPPER}))?\s*(?:to\s+be\s+(?:taken|given|swallowed)\s*)?(?=\x02)",
    re.I,
)
_WORDS = """
a administer administered an and are as be bed been being between by caps capsule capsules
chew chewable chewed chewing coated commence continue continued continuing course crush
crushed date day's deep deeply digest directed disp dispense dissolve dissolved doctor doctors
dosage dose doses drink drinking effervescent empty ensure enteric er extended film fluid
fluids form from full fully give given glass gp immediate in initial initially inj inject
injected injecting injection injections instructed intensive into is it jab keep large largest
lifelong liquid loading long maintenance meals mitte mixed modified mouth mr must normal note
nurse of on oral orally order pack patient per plain please powder practice prescribed
prescriber prolonged qty quantity regular regularly release retard rx sig sip sips slow slowly
solution sr standard start started starting stomach strictly supervised supply sustained
swallow swallowed syrup tab tablet tablets tabs take taken takes taking term that the them
these this to tolerate tolerated total treatment under until use used using usual usually via
vial water when whole with x xl xr you your
"""
_ORDINARY = frozenset(_WORDS.split())  # of directions, and no part of a dose
# What may be a dose, or change one, where it is not understood; and what may only beside a dose.
_WEIGHTY = lazy(
    rf"\d|½|¼|¾|^(?:{'|'.join(w for w in NUMBER_WORDS if ' ' not in w)}|double|doubl\w+|triple|half|halve\w*|quarter|both|couple|pair|several|few"
    r"|increas\w*|rais\w*|reduc\w*|decreas\w*|lower\w*|titrat\w*|taper\w*|wean\w*|step\w*|adjust\w*|alter\w*|chang\w*|alternat\w*"
    r"|extra|additional\w*|another|repeat\w*|plus|max\w*|exceed\w*|omit\w*|skip\w*|once|twice|thrice|daily|weekly|monthly|hourly|scale|sliding|[ivx]{2,4}"
    r"|mgs?|mcgs?|gs?|grams?|micrograms?|units?|mls?|tabs?|caps?)$",
    re.I,
)
_WEIGHTY_BESIDE = lazy(
    r"^(?:more|less|again|miss\w*|except|unless|if|or|else|also|instead|every|each|all|times?|then|next|after|up)$",
    re.I,
)
_WORD = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,/]*|[½¼¾%+×]")
_KINDS = {"amount": "\x01", "often": "\x02", "long": "\x03", "route": "\x04", "divided": "\x05",
          "total": "\x06", "turn": "\x07", "later": "\x08"}  # fmt: skip


def plainly(text: str) -> str:
    """A text without what it says twice: "2 (two) times", "twice-daily", "1 tab(s)"."""
    text = _EITHER_NUMBER.sub("s", text)
    text = _SPELT_OUT.sub(lambda m: m["n"] if _same(m["n"], m["word"]) else m.group(), text)
    return _HYPHENED.sub(r"\1 \2", text)


def _same(number: str, word: str) -> bool:
    return NUMBER_WORDS.get(word.lower()) == read_number(number)


def read_marks(text: str, known: frozenset[str]) -> tuple[list[Mark], tuple[str, ...]]:
    """What a text says, in reading order, and its words that say nothing that is understood."""
    page = _Page(text)
    for paused in _PAUSED.finditer(text):
        if not _IN_PAUSE.search(text, paused.start(), paused.end()):
            page.take(Mark("", None, paused.start(), paused.end()))
    page.blank(_MEASURED)
    page.blank(_REFILLS)
    page.blank(_SAME_TIME)
    page.blank(_DATE)
    for amount, role in amounts_and_roles(text):
        start = amount.compared_from
        if role is DosageRole.STRENGTH and (
            count := _COUNT_OF.search(text, max(0, start - 30), start)
        ):
            start = count.start()  # "two 500 mg tablets"
        dispensed = _DISPENSING.search(text, max(0, start - 30), start) is not None
        page.take(Mark("" if dispensed else "amount", amount, start, amount.end, role))
    page.blank(_CEILING)
    page.scan(_WHEN, "later", lambda m: None)
    for long in find_durations(text):
        page.take(Mark("long", long.value, long.start, long.end))
    page.scan(_ONE_MEAL, "often", lambda m: Frequency(when=(str(m.lastgroup),)))
    page.scan(_EACH_MEAL, "often", lambda m: Frequency(when=("C",)))
    page.scan(_ANY_MEAL, "", lambda m: None)
    for found in find_frequencies(text):
        at_meal = found.value.when and set(found.value.when) <= set(_MEAL_CODES)
        counted = _COUNT_DAILY.fullmatch(text[found.start : found.end])
        if counted and not page.masked()[: found.start].rstrip().endswith("\x01"):
            # "Take 2 daily": two tablets a day, and not twice a day what is said before
            at = found.start + counted.end("n")
            page.take(Mark("amount", _count(counted, found.start), found.start, at))
            page.take(Mark("often", _A_DAY, at, found.end))
            continue
        page.take(Mark("" if at_meal else "often", found.value, found.start, found.end))
    for kind, finds in (("divided", find_divided(text)), ("total", find_totals(text))):
        for one in finds:
            value = one.value if kind == "divided" else one.value.unit  # type: ignore[union-attr]
            page.take(Mark(kind, value, one.start, one.end))
    page.scan(_CLOCK, "often", lambda m: Frequency(when=("CLOCK",)))
    page.scan(_TIME_OF_DAY, "often", lambda m: Frequency(when=(str(m.lastgroup),)))
    page.scan(_ONCE, "often", lambda m: Frequency(once=True))
    for route in find_routes(text):
        page.take(Mark("route", route.value, route.start, route.end))
    page.blank(_EITHER_ROUTE)
    page.scan(_TURN, "turn", lambda m: m["next"] is None)
    page.blank(_TOLERATED)
    page.blank(_LATIN_MEAL)
    page.blank(_COUNTED_DOSES)
    page.blank(_DISPENSED)
    page.scan(_BARE, "amount", _count)
    page.blank(_FORBIDDEN)
    for purpose in _PURPOSE.finditer(page.masked()):
        words = _WORD.findall(_TYPE.sub("", purpose.group()))
        if not any(may_state_dose(w, beside=True) for w in words if w.lower() != "for"):
            page.take(Mark("", None, purpose.start(), purpose.end()))
    words = _WORD.findall(page.masked())
    rest = tuple(w for w in words if w.lower() not in _ORDINARY and w.lower() not in known)
    return sorted(page.marks, key=lambda m: m.start), rest


def may_state_dose(word: str, *, beside: bool) -> bool:
    """Whether a word that was not understood may be a part of a dose, or change one `beside` it."""
    weak = beside and _WEIGHTY_BESIDE.search(word) is not None
    return weak or _WEIGHTY.search(word) is not None


def _count(m: re.Match[str], start: int | None = None) -> Amount:
    """ "Take two twice a day": so many of what it is."""
    low = read_number(m["n"])
    high = read_number(m["m"]) if m["m"] else low
    at = m.start() if start is None else start
    return Amount(low, high, "", at, at + len(m.group()), compared_from=at)


class _Page:
    """A text, and which of its characters are accounted for."""

    def __init__(self, text: str) -> None:
        self._left = list(text)
        self.marks: list[Mark] = []

    def masked(self) -> str:
        """The text, with a sign for each mark in place of its characters."""
        return "".join(self._left)

    def take(self, mark: Mark) -> None:
        """Account for a mark, unless another one stands there; of no kind it says nothing."""
        if any(c in "\x08" or c < "\x08" for c in self._left[mark.start : mark.end]):
            return
        sign = _KINDS.get(mark.kind, "\x08")
        self._left[mark.start : mark.end] = sign * (mark.end - mark.start)
        if mark.kind:
            role = mark.role
            if mark.kind == "amount" and not mark.value.unit:
                role = DosageRole.DOSE
            self.marks.append(Mark(mark.kind, mark.value, mark.start, mark.end, role))

    def blank(self, pattern: re.Pattern[str]) -> None:
        """Account for what a pattern finds, and says no dose."""
        self.scan(pattern, "", lambda m: None)

    def scan(self, pattern: re.Pattern[str], kind: str, read: Any) -> None:
        """Account for what a pattern finds in what is left, each as a mark of this kind."""
        for m in pattern.finditer(self.masked()):
            self.take(Mark(kind, read(m), m.start(), m.end()))
