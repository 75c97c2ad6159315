"""How long ago something was, and within which time of it a text says what it says.

"Within 72 hours of exposure", "if more than 24 hours since ingestion", a row "8–24" under "Hours
after ingestion"; in a question "exposed 80 hours ago", "8 hours after the overdose".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from osler.patterns import lazy
from osler.statements.vocabulary.conditions import find_conditions, kind_of
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.bounds import NUMBER, number

_HOURS = {"m": Decimal(1) / 60, "h": Decimal(1), "d": Decimal(24), "w": Decimal(168)}
_UNIT = r"(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?)\b"
_TIME = rf"(?P<a>{NUMBER}|an?)(?:\s|-)?(?P<u>{_UNIT})"
_AFTER = r"(?:after|since|from|following|post|of)"
_LESS = (
    r"within(?:\s+the)?(?:\s+(?:first|last|previous|preceding|past))?|"
    r"in\s+the\s+(?:first|last|previous|preceding|past)|up\s+to|less\s+than|under|fewer\s+than|"
    r"(?:no|not)\s+(?:later|more)\s+than|at\s+most|earlier\s+than|before|<=|≤|<"
)
_MORE = r"(?:more|later|longer|greater)\s+than|over|after|beyond|exceeding|at\s+least|>=|≥|>"
_WINDOW = lazy(
    rf"(?:between\s+)?(?P<low>{NUMBER})(?:\s*{_UNIT})?\s*(?:-|–|—|to|and)\s*(?P<high>{NUMBER})"
    rf"(?:\s|-)?(?P<ru>{_UNIT})"
    rf"|(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\s*(?P<n>{NUMBER})(?:\s|-)?(?P<nu>{_UNIT})"
    rf"|(?P<s>{NUMBER})(?:\s|-)?(?P<su>{_UNIT})\s+or\s+(?:(?P<up>more|later|longer)|"
    r"(?P<down>less|sooner|earlier))\b",
    re.IGNORECASE,
)
# Of a dose, a course or a step that follows, and of no time since something.
_OF_A_DOSE = lazy(
    r"\b(?:for|every|each|over|per|until|maximum|maximum\s+of)\s+$|\b(?:repeat\w*|further|another|again|"
    r"respon\w+|improv\w*|complet\w*|review\w*|unless|resol\w+|settl\w+)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_TO_COME = lazy(
    r"\s*(?:before|prior\s+to|preceding|of\s+(?:arriv|admi|present|diagnos|recogni|each|"
    r"the\s+(?:next|other|start)))",
    re.IGNORECASE,
)
_IF = lazy(
    r"(?:^|\b(?:if|when|where|who|whose|presents?|presenting|seen|patients|people|those)\b[^.;:]*|"
    r"[.;:(]\s*)$",
    re.IGNORECASE,
)
_COMES = lazy(r"\b(?:present\w*|seen|arriv\w*|com(?:es?|ing))\b[^.;:]{0,20}$", re.IGNORECASE)
_IS_NOT = lazy(r"\b(?:not|never)\s+$", re.IGNORECASE)
_BEHIND = lazy(
    rf"\s*(?:(?:ha(?:s|ve)\s+)?(?:passed|elapsed)\s+|or\s+(?:more|later)\s+)?{_AFTER}\s+(?P<what>[^.,;:()]{{2,60}})",
    re.IGNORECASE,
)
_BACK = 70  # characters in front of a time in which what it is counted from stands


@dataclass(frozen=True, slots=True)
class Since:
    """So long ago was one of these events."""

    hours: Decimal
    events: frozenset[str]
    text: str  # "80 hours"


@dataclass(frozen=True, slots=True)
class Window:
    """A time since an event, in hours, for which a text is; an end is open where it is None."""

    low: Decimal | None
    high: Decimal | None
    events: frozenset[str]  # none: of what the whole text is on
    text: str
    start: int
    is_order: bool  # "give it more than 12 hours after": what is early waits

    def takes_in(self, since: Since) -> bool:
        """Whether a time lies within it, or is one that waits for it."""
        if self.high is not None and since.hours > self.high:
            return False
        return self.low is None or self.is_order or since.hours >= self.low

    def holds(self, since: Since) -> bool:
        """Whether a time lies within it."""
        return self.takes_in(since) and (self.low is None or since.hours >= self.low)

    def is_in(self, other: Window) -> bool:
        """Whether it is a part of another window and no more than that."""
        low, high = self.low or Decimal(0), self.high or _EVER
        others = other.low or Decimal(0), other.high or _EVER
        return others[0] <= low and high <= others[1] and (low, high) != others


_EVER = Decimal(10**6)


@lru_cache(maxsize=8192)
def windows(text: str) -> tuple[Window, ...]:
    """The times since something that a text says what it says for."""
    found = []
    for match in _WINDOW.finditer(text):
        window = _window(match, text)
        if window is not None:
            found.append(window)
    return tuple(found)


def _window(match: re.Match[str], text: str) -> Window | None:
    start, end = match.span()
    before = text[max(0, start - _BACK) : start]
    if _OF_A_DOSE.search(before) or _TO_COME.match(text, end):
        return None
    low, high = _bounds(match, is_denied=_IS_NOT.search(before) is not None)
    behind, ago = _BEHIND.match(text, end), _IS_AGO.match(text, end)
    more, less = (match["more"] or "").lower(), (match["less"] or "").lower()
    if more == "over" and not (behind or ago):
        return None  # "infused over 1 hour"
    may_last = match["low"] or less == "up to"
    if may_last and not (behind or ago or _HEADER.search(before)):
        return None  # "5–7 days"
    is_order = not (ago or _IF.search(text[:start]) or _DENIED.search(before))
    clause = _CLAUSE.split(before)[-1]
    is_past = ago or less.endswith(("last", "past", "previous", "preceding"))
    if behind:
        events = events_in(behind["what"])
    else:  # "enoxaparin in the last 8 hours"; "enoxaparin within 8 hours" is an order
        events = events_in(clause) if is_past else _named_before(clause)
    if not events and (behind or (is_order and not less.startswith("within"))):
        return None  # of what nobody asks about, or of nothing
    shown = text[start : behind.end() if behind else ago.end() if ago else end]
    return Window(low, high, events, " ".join(shown.lower().split()).rstrip(" -–"), start, is_order)


def _bounds(match: re.Match[str], *, is_denied: bool) -> tuple[Decimal | None, Decimal | None]:
    if match["low"]:
        unit = _hours(match["ru"])
        return number(match["low"]) * unit, number(match["high"]) * unit
    if match["s"]:
        bound = number(match["s"]) * _hours(match["su"])
        return (bound, None) if match["up"] else (None, bound)
    bound = number(match["n"]) * _hours(match["nu"])
    is_up_to = bool(match["less"]) and not (is_denied and "than" not in match["less"])
    return (None, bound) if is_up_to else (bound, None)


_IS_AGO = lazy(r"\s*(?:ago|earlier|previously)\b", re.IGNORECASE)
_HEADER = lazy(r"\b(?:since|after|from|post|onset|elapsed|window)\b[^:;.]*:\s*$", re.IGNORECASE)
_CLAUSE = lazy(r"[.;]\s")
_DENIED = lazy(r"\b(?:not|never|no|avoid)\b[^.;:]*$", re.IGNORECASE)
_WAS_GIVEN = lazy(
    r"\b(?:was|were|been|last)\s+(?:\w+\s+)?(?:given|taken|dose|injected|administered)\b",
    re.IGNORECASE,
)


def _named_before(clause: str) -> frozenset[str]:
    """The events that the words before a time name; "give it within" names none."""
    named = frozenset(event for word, event in _events() if re.search(word, clause.lower()))
    return named if _WAS_GIVEN.search(clause) else named - {"dose"}


def _hours(unit: str) -> Decimal:
    return _HOURS[unit[0].lower()]


_AGO = lazy(
    rf"{_TIME}(?:\s+and\s+a\s+half)?\s*(?:ago|back|earlier|later|previously)\b", re.IGNORECASE
)
_SINCE = lazy(rf"{_TIME}\s*-?(?:{_AFTER}|into|post-)\s*(?P<what>[^.,;:?()]{{2,50}})", re.IGNORECASE)
_HISTORY = lazy(
    rf"{_TIME}\s+(?:history|hx)\b"
    rf"|\b(?:symptoms?|symptomatic|pain|ill|unwell|rash|fever|flu|cough|weakness)\s+(?:for|x)\s+"
    rf"(?:the\s+(?:last|past)\s+)?{_TIME.replace('<a>', '<b>').replace('<u>', '<v>')}",
    re.IGNORECASE,
)
_FROM = lazy(
    rf"\b(?P<what>onset|exposure|exposed|ingestion|overdose|injury|assault|bite)\s+(?:at\s+|was\s+|"
    rf"about\s+|approx\w*\s+|>\s*|over\s+)*{_TIME}(?!\s*(?:ago|after|since|before|and\s+a))",
    re.IGNORECASE,
)
_REPEATED = lazy(r"\b(?:every|each|over|per|within|than|next|first)\s+$", re.IGNORECASE)


@lru_cache(maxsize=512)
def times_since(question: str) -> tuple[Since, ...]:
    """How long ago what a question tells of was."""
    found = []
    for pattern in (_AGO, _SINCE, _FROM, _HISTORY):
        for match in pattern.finditer(question):
            told = match.groupdict()
            amount, unit = told.get("a") or told.get("b"), told.get("u") or told.get("v")
            if amount is None or unit is None or _REPEATED.search(question, 0, match.start()):
                continue
            if pattern is _HISTORY:
                events = frozenset({"onset"})
            elif told.get("what"):
                events = events_in(told["what"])
            else:
                before = question[max(0, match.start() - _BACK) : match.start()]
                events = events_in(re.split(r"[.;?]\s", before)[-1])
            hours = _amount(amount, question[match.start() : match.end()]) * _hours(unit)
            if events:
                found.append(Since(hours, events, f"{amount} {unit}"))
    return tuple(found)


def _amount(amount: str, text: str) -> Decimal:
    whole = Decimal(1) if amount.lower() in ("a", "an") else number(amount)
    return whole + Decimal("0.5") if "and a half" in text else whole


@lru_cache(maxsize=8192)
def events_in(text: str) -> frozenset[str]:
    """The events that the words of a text name; a drug is given, an illness begins."""
    said = f" {text.lower()}"
    found = {event for word, event in _events() if re.search(word, said)}
    if find_substances(text):
        found.add("dose")
    if any(kind_of(f.name) == "condition" for f in find_conditions(text, any_case=True)):
        found.add("onset")
    return frozenset(found)


@cache
def _events() -> tuple[tuple[str, str], ...]:
    """How a word for an event begins, as a pattern, with the event."""
    path = Path(__file__).parents[1] / "data" / "events.tsv"
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            event, words = line.split("\t")
            for word in words.split("|"):
                end = r"\b" if word.endswith("$") else ""
                pairs.append((rf"\b{re.escape(word.rstrip('$'))}{end}", event))
    return tuple(pairs)
