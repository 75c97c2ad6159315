"""What the passage only says to avoid: "avoid at term" does not say to give it at term.

The dose stands in one sentence and the avoidance in another. A claim to give that holds all
that the avoidance is about, of which the passage says nothing else, turns it round.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.polarity import content_of, reaches
from osler.checking.tokens import FREE_DIRECTIONS, Kind, Token
from osler.domain import Problem, ProblemKind

_GIVING = frozenset(
    (
        *("give", "gives", "given", "giving", "use", "used", "using", "take", "taken", "takes"),
        *("prescribe", "prescribed", "offer", "offered", "administer", "administered", "start"),
        *("started", "safe", "safely", "recommended", "suitable", "appropriate", "indicated"),
        *("treat", "treated", "continue", "continued", "choose", "preferred", "apply", "applied"),
    )
)
_AVOIDED = ("avoid", "contraindicat", "contra", "never", "unsuitable")
_ENDING = frozenset(("course-", "safe-", "change-"))
# Words of general English that say nothing of when or for whom.
_JOINTS = frozenset(
    (
        *("must", "should", "been", "have", "this", "that", "these", "they", "them", "with"),
        *("when", "where", "which", "while", "also", "patients", "people", "possible", "drug"),
        *("usually", "generally", "routinely", "medicine", "being", "only", "such", "will"),
    )
)
_SHORTEST = 4
_UNTIL = frozenset(("until", "till", "unless", "except", "without", "more", "than", "exceed"))


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """A claim to give a drug where the passage's only word on that is to avoid it."""
    tokens = sentence.tokens
    if any(t.kind is Kind.NEGATION or t.text.lower().startswith("not ") for t in tokens):
        return []
    if any(t.key in _ENDING for t in tokens):
        return []
    claimed = {t.key for t in tokens}
    if "presence-" in claimed:
        return []
    for denied in _denied_outright(evidence):
        if denied.key in claimed:
            return [Problem(ProblemKind.POLARITY, denied.text, f"no {denied.text}")]
    if not sentence.has_dose and _GIVING.isdisjoint(t.text.lower() for t in tokens):
        return []
    for other in evidence.sentences:
        for clause, whole in reaches(other.tokens):
            negation = _avoidance(clause)
            if negation is None or not _UNTIL.isdisjoint(t.text.lower() for t in whole):
                continue
            about = _about(whole)
            drugs = {t.key for t in whole if t.kind is Kind.SUBSTANCE}
            if not about or not (about | drugs) <= claimed:
                continue
            reached = {id(t) for t in whole}
            elsewhere = {t.key for t in evidence.tokens if id(t) not in reached}
            if about.isdisjoint(elsewhere):
                said = " ".join(t.text for t in tokens if t.key in about)
                return [Problem(ProblemKind.POLARITY, said[:80], negation.text)]
    return []


def _denied_outright(evidence: Evidence) -> Iterator[Token]:
    """Things of which the passage says only that there are none: "No immunoglobulin."."""
    for sentence in evidence.sentences:
        said = [t for t in sentence.tokens if t.kind is not Kind.MARK]
        if len(said) != 2 or said[0].text.lower() != "no":
            continue
        is_thing = said[1].kind in (Kind.SUBSTANCE, Kind.WORD)
        if is_thing and sum(t.key == said[1].key for t in evidence.tokens) == 1:
            yield said[1]


def _avoidance(clause: list[Token]) -> Token | None:
    """The one negation of a clause, if it is of giving and not of something else."""
    negations = [t for t in clause if t.kind is Kind.NEGATION]
    if len(negations) != 1:
        return None
    words = negations[0].text.lower()
    if words.startswith(_AVOIDED):
        return negations[0]
    if words.startswith(("no ", "without")) or words in ("no", "without", "none"):
        return None
    given = not _GIVING.isdisjoint(t.text.lower() for t in clause)
    return negations[0] if given or not _GIVING.isdisjoint(words.split()) else None


def _about(tokens: list[Token]) -> set[str]:
    """What an avoidance is about, the drug left aside; "at term" is of general words alone."""
    content = {
        t.key
        for t in tokens
        if t.key in content_of([t]) and t.kind is not Kind.SUBSTANCE
        if t.key not in FREE_DIRECTIONS and t.key != "always+"
    }
    return content or {
        t.key
        for t in tokens
        if t.kind is Kind.NEUTRAL and len(t.key) >= _SHORTEST
        if t.key not in _JOINTS and t.text.lower() not in _GIVING
    }
