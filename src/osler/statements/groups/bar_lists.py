"""Those from whom a drug is barred, in a list: each of them, and not only who is all at once."""

from __future__ import annotations

import itertools
import re
from math import prod

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.groups.forbidding import label_that_forbids

Placed = tuple[int, int, Criterion]

# "Avoid in", "not for use in", "contraindicated with", "Contraindications:".
_BARRED_FROM = lazy(
    r"\b(?:contra-?indicated|avoid(?:ed)?(?:\s+(?:its\s+)?use)?|"
    r"(?:not|never|n['’]t)\s+(?:to\s+)?(?:be\s+)?"
    r"(?:(?:for\s+)?use|used|given?|recommended|suitable|prescribed?|taken?|for)|"
    r"(?:use\s+with\s+)?caution)\s+(?:(?!for\b)[\w-]+\s+){0,2}?"
    r"(?:in|for|with|during|to|if|when|where)\b\s*:?|"
    r"\b(?:not|never)\s+for\b|"
    r"\bcontra-?indications?(?:\s+to\s+[\w-]+)?\s*(?:\b(?:are|include)\b|:)\s*:?",
    re.IGNORECASE,
    holds="contra|avoid|not|never|n't|n’t|caution",
)
# Where its list ends: with the sentence, or where something else is said.
_LIST_ENDS = lazy(
    r"[.!?](?=\s|$)|\n|[;,:]\s*(?:in|for)\s+(?:adults|others)\b|"
    # The next column of a row: "Contraindications: Condition: porphyria; Reason: attacks".
    r";\s*(?:reasons?|why|comments?|notes?|effects?|risks?|actions?|advice|alternatives?|"
    r"what\s+to\s+do)(?:\s+[\w-]+){0,2}:|"
    r"\b(?:avoid|caution|contra-?indicated|give|use|start|take|doses?|reduce|halve|"
    r"monitor|consider|because|since|as\s+(?:it|there)|"
    r"which|may|can|should|must|is(?!\s+(?:below|above|less|more|under|over))|"
    r"unless|except|without|otherwise|instead|but|provided|"
    r"usual(?:ly)?|then)\b|(?<![,;] )(?<!or )(?<!and )\b(?:if|when|where)\b",
    re.IGNORECASE,
)
# "Contraindications: In psoriasis: uncontrolled hypertension": psoriasis is no item of the list.
SETTING = lazy(r"\W*(?:in|for)\s[^:;,.]{2,40}:\s", re.IGNORECASE)
_SENTENCE_ENDS = lazy(r"[.!?](?=\s|$)|\n")
# What makes one of several: "both asthma and diabetes", "heart failure together with ...".
_AT_ONCE = lazy(r"\b(?:both|together|plus|combination|combined|as\s+well)\b", re.IGNORECASE)
_NEXT = lazy(r"[,;/•]|\b(?:and|or|nor)\b", re.IGNORECASE)
_PEOPLE_THEN = lazy(r"\s+(?:who|with|that|on|in\s+whom)\b[^,;]*", re.IGNORECASE)
_PEOPLE = frozenset({"life stage", "sex"})
_MOST_CLAUSES = 16


def list_of_barred(text: str) -> tuple[int, int] | None:
    """Where the list of those from whom the first bar of a text keeps the drug stands, if it has
    one: from behind the bar to the end of its sentence, or to what is said beside it."""
    start = label_that_forbids(text)
    if not start:
        bar = _BARRED_FROM.search(text)
        if bar is None:
            return None
        start = bar.end()
    if setting := SETTING.match(text[start:]):
        start += setting.end()
    end = _LIST_ENDS.search(text, start)
    return start, end.start() if end else len(text)


def items_of_barred(text: str) -> list[str]:
    """The items of a list that a label bars, each up to where something else is said: "AV block
    without a pacemaker; asthma" bars both. Empty where no label or no semicolon stands there.
    """
    start = label_that_forbids(text)
    if not start or ";" not in text:
        return []
    listed = _SENTENCE_ENDS.split(text[start:], maxsplit=1)[0]
    items = [item for item in listed.split(";") if not _BESIDE_AN_ITEM.match(item)]
    return [_LIST_ENDS.split(item, maxsplit=1)[0] for item in items]


# The other cells of a row whose first one is barred: "Condition: asthma; Reason: bronchospasm".
_BESIDE_AN_ITEM = lazy(
    r"\s*(?:reasons?|why|rationale|because|comments?|notes?|risks?|instead|alternatives?|use|give)\b"
    r"[^:;]*:",
    re.IGNORECASE,
)


def each_of_barred(
    text: str, placed: list[Placed], listed: tuple[int, int]
) -> list[tuple[Criterion, ...]]:
    """The alternatives of which one each must hold for a patient to be among those listed.

    What no comma, "and" or "or" parts is of one item: "asthma or severe renal impairment (eGFR
    below 30)" is for who has (asthma or renal impairment) and (asthma or such an eGFR). Empty
    where the words say that all are meant at once, or who is excepted.
    """
    start, end = listed
    told = [entry for entry in placed if start < entry[1] and entry[0] < end]
    if len(told) < 2 or _AT_ONCE.search(text, start, end) or any(c.negated for _, _, c in told):
        return []
    items: list[list[Criterion]] = []
    before = start
    for at, to, criterion in told:
        if not items or _NEXT.search(text, before, at):
            items.append([criterion])
        else:
            items[-1].append(criterion)
        before = to
    if len(items) < 2 or _are_people_of_one_kind(text, told, items):
        return []
    if prod(len(item) for item in items) > _MOST_CLAUSES:
        return [tuple(item[-1] for item in items)]  # each by the narrowest that is said of it
    return [tuple(dict.fromkeys(clause)) for clause in itertools.product(*items)]


def _are_people_of_one_kind(text: str, told: list[Placed], items: list[list[Criterion]]) -> bool:
    """Whether what is said last is of all before it: "children and adolescents with epilepsy"."""
    *others, last = items
    people = all(len(item) == 1 and item[0].attribute in _PEOPLE for item in others)
    if not people or len(last) < 2 or last[0].attribute not in _PEOPLE:
        return False
    ends = next(to for _, to, criterion in told if criterion is last[0])
    return _PEOPLE_THEN.match(text, ends) is not None
