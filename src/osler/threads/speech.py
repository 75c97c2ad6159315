"""What is asked in a word or two of speech: "capped at?", "per hour?", "does that matter?"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.domain import Phase
from osler.patterns import lazy
from osler.threads.cues import OPENERS

# The most that may be given, in words of speech: "capped at?", "most in 24 h?".
MOST = lazy(
    rf"^\W*{OPENERS}(?:(?:and|so|the|what['’]?s|what is|is)\s+)*(?:(?:daily|absolute|his|her)\s+)?"
    r"(?:cap(?:ped)?|most|ceiling|upper limit|top(?: dose)?|limit)\b",
    re.IGNORECASE,
)
# "Then per hour?" of what is infused.
PER_TIME = lazy(
    rf"^\W*{OPENERS}(?:(?:and|then|after that|how much)\W+)*(?:per|an|each|every) "
    r"(?:hour|minute)\W*$",
    re.IGNORECASE,
)
# "Target?" of a dose that is built up.
AIM = lazy(
    rf"^\W*{OPENERS}(?:(?:and|the|what['’]?s|what is)\s+)*(?:target|goal|aim)"
    r"\s*(?:[?.,;]|$)",
    re.IGNORECASE,
)
# A moment of the course, or a dose after the one asked about: neither is the step before.
_NTH = r"(?:first|second|third|fourth|fifth|sixth|next|1st|2nd|3rd|\d{1,2}th)"
_SPAN = r"(?:days?|weeks?|months?|hours?)"
MOMENT = lazy(
    rf"\b(?:day|week|month|hour)\s*\d{{1,2}}\b|\b{_NTH}\s+(?:\w+\s+)?{_SPAN}\b(?!\s+of\s+pregnan)|"
    rf"^\W*(?:and\s+)?after\s+(?:\d+|an?|one|two|three|four|six)\s+{_SPAN}\W*$",
    re.IGNORECASE,
)
FURTHER = lazy(
    rf"\b(?:again|further|once more|(?:how much|any|some) more|top[- ]?up|"
    rf"another(?:\s+(?:dose|one|tablet|go|shot|injection))?(?=\W*$|\s+(?:dose|one|tablet|go|shot|"
    rf"injection)\b)|(?:{_NTH})\s+(?:dose|one|injection|tablet))\b",
    re.IGNORECASE,
)
# What was told of a drug that is taken: "does that matter?"
MATTERS = lazy(
    r"\b(?:does|do|would|will|could)\s+(?:that|it|this|they|those)\s+(?:matter|clash|interact|"
    r"interfere|mix|go together)\b|[,;.–—-]\s*(?:(?:so|and)\s+)?"
    r"(?:any\s+)?(?:matters?|problems?|clash|interactions?)\s*\?",
    re.IGNORECASE,
)
# What stands before a new drug tells why the one before is left: "none left, prednisolone?"
LEFT = lazy(
    r"\b(?:none left|out of|made (?:her|him|them)|makes (?:her|him|them)|not working|"
    r"(?:did|does|has|is)n['’]?t (?:help|work|tolerat)\w*|isn['’]?t working|"
    r"no (?:better|good|use|effect)|"
    r"fail(?:s|ed|ing)?|could(?:n['’]?t| not) (?:tolerate|stand)|"
    r"can(?:['’]?t|not) (?:tolerate|stand)|"
    r"refus\w+|side[- ]effects?|develop(?:ed|s))\b",
    re.IGNORECASE,
)
# "How long do you watch him after that?": the patient, not the drug.
OBSERVED = lazy(
    r"\bhow long\b.*\b(?:watch|observ|keep an eye on|monitor|stay in)\w*\b", re.IGNORECASE
)
# "At what INR", "until what age": only these words say what is asked.
AT_WHAT = lazy(
    r"\b(?:at|until|till|up to|from)\s+(?:what|which)\s+(?!intervals?|doses?|rates?|times?)\w+",
    re.IGNORECASE,
)
# What is not borne may be borne in another way: "would alternate days do?"
ANOTHER_WAY = lazy(
    r"\b(?:alternate|every other|once|twice|weekly|lower|smaller|half|less|with food|at night|"
    r"slow(?:er|ly))\b",
    re.IGNORECASE,
)
# "She has asthma, so nifedipine": begun in place of the one before.
SO = lazy(r"(?:^|[,;.–—-]\s*)(?:and\s+)?so\s+(?:perhaps\s+|maybe\s+)?$", re.IGNORECASE)
SO_NOW = lazy(r"^\W*(?:(?:ok|okay|right|well)\W+)*so\b", re.IGNORECASE)


def at_another_step(text: str, before: Iterable[Phase]) -> bool:
    """Whether a moment of the course is named, or a dose after the first: "week 4", "once more"."""
    begun = {Phase.START, Phase.LOADING} & set(before)
    return bool(MOMENT.search(text) or (begun and FURTHER.search(text)))
