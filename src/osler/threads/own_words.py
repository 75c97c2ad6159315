"""A follow-up in the words in which it was typed, with what it leaves out put where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from osler.domain import Aspect, Patient, Phase
from osler.patterns import lazy
from osler.threads import cues
from osler.threads.facts import not_said
from osler.threads.topic import Topic
from osler.threads.wording import name_of, sentence, subject_in_words, worded

_TIME = (
    r"(?:once|twice|thrice|(?:\w+|\d+)[- ]times|\d+[- ]hourly|every|each|per|daily|weekly|"
    r"monthly|nightly|hourly|fortnightly|quarterly|yearly|alternate|od|bd|bid|tds|tid|qds|qid|"
    r"a (?:day|week|month|dose)|in (?:divided|two|three|four|\d)|all at once|at night|"
    r"in the morning|with food|(?:before|after|with) meals|as one|as a single)\b"
)
_TIMES = rf"(?:{_TIME}|(?:iv|im|sc|po|oral(?:ly)?|by mouth|intra\w+ly|rectal(?:ly)?)\b).*"
# "Every 8 hours ok?": nothing but a time is said.
_ONLY_A_TIME = lazy(
    rf"^(?:ok |is )?(?P<how>{_TIME}(?:[\s-]+(?:an?|per|other|or|\d+|hours?|hourly|days?|daily|"
    r"weeks?|weekly|months?|monthly|times))*)(?:\s+(?:ok|okay|fine|alright|all right|enough))?$",
    re.IGNORECASE,
)
_IS_IT = lazy(rf"^(?:is|are) (?P<what>.+?)\s+(?:given\s+|to be given\s+)?(?P<how>{_TIMES})$", re.I)
_WHY_NOT = lazy(rf"^why (?:is (?:it|that) )?not (?:given )?(?P<how>{_TIMES})$", re.IGNORECASE)
_WHY = lazy(rf"^why (?:is (?:it|that) )?(?:given )?(?P<how>{_TIMES})$", re.IGNORECASE)
_HOW_ABOUT = lazy(rf"^(?:what|how) about (?:giving it )?(?P<how>{_TIMES})$", re.IGNORECASE)
# "In pulseless VT, what dose": the question stands behind what it is about.
_TURNED = lazy(
    r"^(?P<where>(?:in|for|with|after|on|at|during|if|when)\b[^,]+),\s*"
    r"(?P<asked>(?:what|which|how)\b.+)$",
    re.IGNORECASE,
)
_JOINS = lazy(
    r"^(?!when (?:is|are|was|do|does|did|should|can|to)\b|\w+(?: to)? (?:what|which|how)\b)"
    r"(?:in|for|with|after|on|at|during|if|when|once|until|before|by)\b",
    re.IGNORECASE,
)
_OF_IT = lazy(
    r"^(?!in\b|for\b|with\b|after\b|on\b|at\b|if\b).*\b(?:doses?|levels?)$", re.IGNORECASE
)
_ASKS_WHETHER = lazy(
    r"^(?:is|are|can|could|should|shall|does|do|may|must|would|will)\b[^:.?!]*$", re.IGNORECASE
)
_ASKS = lazy(
    r"^(?:(?:at|until|till|up to|from|for) (?:what|which|how)|what|which|when|where|how|who)\b",
    re.IGNORECASE,
)


def in_own_words(target: Topic, text: str, own: Topic) -> list[str]:
    """Full questions with the words of the follow-up, the most readable first.

    `own` holds the parts that these words tell. What stands behind a colon is the last resort.
    """
    words = _asking_part(cues.own_words(text))
    if not words:
        return []
    return list(dict.fromkeys(_said(target, words, text, own)))


def _asking_part(words: str) -> str:
    """The words without what was said by the way: "use the eGFR, it's on the screen"."""
    return _BY_THE_WAY.sub("", words)


_BY_THE_WAY = lazy(
    r"\s*[,;–—-]\s+(?:(?:as|because|since|for)\s+)?(?:it['’]?s|it is|that['’]?s|they['’]?re) "
    r"(?:on|in) (?:the|my|her|his)\s+(?:screen|notes|chart|file|letter|report)\b.*$|"
    r"\s*[,;–—-]\s+(?:just )?so (?:that )?(?:i|we|you)\b.*$",
    re.IGNORECASE,
)


def _said(target: Topic, words: str, text: str, own: Topic) -> Iterator[str]:
    rest = _left_out(target, own)
    prevents = tuple(p for p in target.phases if p is Phase.PROPHYLAXIS and p not in own.phases)
    tail = subject_in_words(replace(rest, drugs=(), phases=prevents if rest.treated else ()))
    named = {t.name for t in own.drugs}
    if target.drugs and (timed := _timed(target, words)):
        yield sentence(f"{timed} {tail}")
    if all(t.name in named for t in target.drugs):
        yield sentence(_joined(words, tail))
        return
    drugs = " and ".join(map(name_of, target.drugs))
    if turned := _TURNED.match(words):
        asked, where = turned["asked"], turned["where"]
        joined = "of" if asked.lower().endswith(("dose", "doses")) else "with"
        where = where[:1].lower() + where[1:] if where[1:2].islower() else where
        yield sentence(f"{asked} {joined} {drugs} {where} {tail}")
    elif _OF_IT.search(words):  # "target dose", "which trough level"
        yield sentence(f"{words} of {drugs} {tail}")
    asked = worded(rest)
    same = cues.WHAT_ABOUT.search(text) and Aspect.DOSE not in target.aspects
    if same:
        whole = asked[:1].lower() + asked[1:]  # "what about the thyroid: how often is it monitored"
        yield sentence(f"{words}: {whole}")
        return
    if _JOINS.match(words):
        yield sentence(f"{asked.rstrip('?')} {words}")
    if _ASKS.match(words) or _ASKS_WHETHER.match(words):
        yield sentence(f"{words} with {drugs} {tail}")
    yield sentence(f"{words}: {subject_in_words(rest)}")


def _joined(words: str, tail: str) -> str:
    """One person is named once: "in a young woman for epilepsy, aged 19 years"."""
    if cues.GROUP.search(words):
        tail = f" {tail}".replace(" in a patient ", ", ", 1).strip()
    return f"{words}{'' if tail.startswith(',') else ' '}{tail}"


def asks_of_a_time(target: Topic, text: str) -> bool:
    """Whether a follow-up asks if a time, or a route, is right: "how about weekly?"."""
    return bool(target.drugs) and _timed(target, cues.own_words(text)) is not None


def _timed(target: Topic, words: str) -> str | None:
    """ "Is the maintenance dose of vitamin B12 given once daily", of "is that once daily?"."""
    drugs = " and ".join(map(name_of, target.drugs))
    subject = subject_in_words(
        replace(target, treated=(), purpose=None, route=None, patient=Patient())
    )
    plain = f"the {subject}" if target.phases else drugs
    if (asked := _IS_IT.match(words)) and _is_meant(asked["what"], target):
        if asked["how"].lower().startswith(("per", "each")) and not target.phases:
            plain = f"the dose of {drugs}"
        return f"is {plain} given {asked['how']}"
    if asked := _ONLY_A_TIME.match(words):
        return f"is {plain} given {asked['how']}"
    if asked := _WHY_NOT.match(words):
        return f"why is {plain} not given {asked['how']}"
    if asked := _WHY.match(words):
        return f"why is {plain} given {asked['how']}"
    if asked := _HOW_ABOUT.match(words):
        return f"can {plain} be given {asked['how']}"
    return None


def is_only_a_time(text: str) -> bool:
    """Whether a follow-up asks of nothing but a time: "once a day?"."""
    return _ONLY_A_TIME.match(cues.own_words(text)) is not None


def _is_meant(words: str, target: Topic) -> bool:
    """Whether words stand for the drug: "that", "it", its name."""
    left = words.lower()
    for term in target.drugs:
        left = left.replace(term.text.lower(), "")
    return not re.sub(r"\b(?:that|it|this|those|these|the|dose|and|of|\W)", "", left).strip()


def _left_out(target: Topic, own: Topic) -> Topic:
    """The parts that the follow-up does not tell itself."""
    said = {o.name for o in own.treated}
    return replace(
        target,
        treated=tuple(t for t in target.treated if t.name not in said),
        purpose=None if target.purpose in (own.purpose, None) else target.purpose,
        route=None if own.route == target.route else target.route,
        patient=left_of_patient(target, own),
    )


def left_of_patient(target: Topic, own: Topic) -> Patient:
    """The patient's facts that the follow-up does not tell itself."""
    treated = {t.name for t in target.treated}
    left = not_said(target.patient, own.patient)
    return replace(left, conditions=tuple(c for c in left.conditions if c not in treated))
