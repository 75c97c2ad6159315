"""What a question asks for, and of which part of a course, by its words."""

from __future__ import annotations

import re

from osler.answering.cues import YES_NO, cues
from osler.answering.understanding.asking import without_not_giving
from osler.domain import Aspect, Phase
from osler.dosage import parse_dosages
from osler.statements.vocabulary.substances import find_substances


def aspects_in(text: str) -> list[Aspect]:
    """What a text asks for by its words; nothing where it only names what it is about."""
    told = _AFTER_LOADING.sub(" ", _LOADED.sub(" ", text))
    text = _counted(without_not_giving(told))
    if not parse_dosages(text):
        text = _BY_ANOTHER_ROUTE.sub("dose", text)
    found = [aspect for aspect, cue in cues().aspects if cue.search(text)]
    if Aspect.ADJUSTMENT in found:
        text = _SAME_DOSE.sub("", text)
        found = [aspect for aspect, cue in cues().aspects if cue.search(text)]
    if _TIMES & set(found):
        rest = _VERBS.sub("", text)
        found = [aspect for aspect, cue in cues().aspects if cue.search(rest)]
    if YES_NO.search(text) and cues().modal.search(text):
        found.append(Aspect.CONTRAINDICATION)
    specific: list[Aspect] = [a for a in found if a not in (Aspect.DEFINITION, Aspect.TREATMENT)]
    if Aspect.TREATMENT in found and not {Aspect.DOSE, Aspect.CHOICE} & set(found):
        specific.append(Aspect.TREATMENT)  # "treatment and how many days"
    if not specific and cues().weak_dose.search(text):
        specific.append(Aspect.DOSE)
    # "What is the dose of X" asks for the dose; "what is X" for X.
    return specific or found


_HOW_MANY = re.compile(r"\bhow many (?:more )?$", re.IGNORECASE)


def _counted(text: str) -> str:
    """A text that asks how much of a drug where it asks how many of it: "how many Sando-K"."""
    for found in reversed(find_substances(text)):
        if count := _HOW_MANY.search(text, 0, found.start):
            text = f"{text[: count.start()]}how much {text[found.start :]}"
    return text


# "4 mg IV, and the oral equivalent" converts a dose that is told; where none is, one is asked for.
_BY_ANOTHER_ROUTE = re.compile(
    r"\b(?:oral|IV|IM|SC|intravenous|intramuscular|subcutaneous|enteral|parenteral|rectal|nasal)"
    r"\s+equivalent\b(?!\s+(?:dose\s+)?of\b)",
    re.IGNORECASE,
)
# "Do we carry on, same dose?": whether to change it is asked, not how much it is.
_SAME_DOSE = re.compile(r"\b(?:at )?(?:the )?(?:same|current|usual) dos(?:e|age)\b", re.IGNORECASE)
_TIMES = frozenset({Aspect.DURATION, Aspect.INTERVAL, Aspect.RATE})
# "How long do I give it", "carry on how long": a verb beside a time asks nothing more.
_VERBS = re.compile(
    r"\b(?:giv(?:e|en|ing)|prescrib\w*|continu\w*|carr(?:y|ied) on)\b", re.IGNORECASE
)


def phases_in(question: str) -> tuple[Phase, ...]:
    """The parts of a course that a question names, but for those that are over."""
    told = _LOADED.sub(" ", question)
    phases = [phase for phase, cue in cues().phases if cue.search(told)]
    # "after the loading phase" names the phase that is over.
    if _AFTER_LOADING.search(question) and Phase.LOADING in phases:
        phases.remove(Phase.LOADING)
    return tuple(phases)


# "Which bloods after a loading course": so is that.
_AFTER_LOADING = re.compile(
    r"\bafter (?:(?:an?|the|their|his|her) )?(?:(?!(?:and|or|for|is)\b)\w+ ){0,3}?load(?:ing)?\b"
    r"(?: (?:dose|course|phase))?",
    re.IGNORECASE,
)
# "Finished vitamin D loading, what bloods?": it is over, and no dose of it is asked for.
_LOADED = re.compile(
    r"\b(?:finish(?:ed|ing)|complet(?:ed|ing)|(?:has|have|had|been) had)\s+"
    r"(?:(?!(?:and|but|now)\b)[\w-]+\s+){0,4}?load(?:ing)?(?:\s+(?:dos(?:e|es|ing)|phase|course|regime\w*))?\b|"
    r"\bload(?:ing)?(?:\s+(?:dos(?:e|es|ing)|phase|course|regime\w*))?\s+"
    r"(?:(?:is|was|now|has been|all)\s+)*(?:finished|completed?|done|over)\b",
    re.IGNORECASE,
)
