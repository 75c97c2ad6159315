"""Which sentences of a message ask something, and which only tell of the day."""

from __future__ import annotations

import re

from osler.answering.cues import YES_NO, cues
from osler.answering.understanding.everyday import is_everyday
from osler.domain import Patient
from osler.statements import read_patient, sentence_spans
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import find_substances

_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
MOST_TELLING = 0.25  # of its words may tell of the problem, in a sentence that is left out
_ASKS = re.compile(r"\?\W*$")


# "Vitamin K or just hold?" asks whether to give it as "should I give vitamin K?" does.
_OR_NOT = re.compile(
    r"\bor\s(?:(?:just|simply|only|else|should (?:I|we)|do (?:I|we))\s)*"
    r"(?:omit|hold|withhold|wait|watch|observe|leave|skip|nothing|not)\b",
    re.IGNORECASE,
)


# "Just hold it or give vitamin K?" asks the same, the other way round.
_LEAVE_OR = re.compile(
    r"\b(?:(?:just|simply|only)\s+)?(?:omit|hold|withhold|stop|skip|leave)\s+"
    r"(?:(?!(?:or|and)\b)[\w-]+\s+){0,4}or\s+(?:(?:also|should i|do i|to)\s+)?"
    r"(?=(?:give|use|start|add)\s)",
    re.IGNORECASE,
)


# "Start it now or after the flare settles?"
_NOW_OR_LATER = re.compile(
    r"\b(?:now|today|straight away|immediately)\s+or\s+(?:only\s+)?(?:after|once|when|later)\b",
    re.IGNORECASE,
)


def weighs_leaving(text: str) -> bool:
    """Whether a text asks if a drug is to be given, or given yet, by naming both."""
    return any(cue.search(text) for cue in (_OR_NOT, _LEAVE_OR, _NOW_OR_LATER))


def without_not_giving(text: str) -> str:
    """A text without the words that tell of leaving a drug where another, or it, may be given:
    "vitamin K or just hold", "hold it or give vitamin K"."""
    if find_substances(text):
        text = _LEAVE_OR.sub(" ", text)
    ends = {found.end for found in find_substances(text)}
    return _OR_NOT.sub(lambda m: " " if len(text[: m.start()].rstrip()) in ends else m[0], text)


def relevant_text(message: str) -> str:
    """A message without the sentences that name no drug, no condition and nothing of a patient,
    and whose words are of everyday English; the whole of it where nothing would be left.
    """
    sentences = [message[start:end] for start, end in sentence_spans(message)]
    kept = [sentence for sentence in sentences if not _is_chatter(sentence)]
    return " ".join(kept) if kept else message


def asking_sentences(text: str) -> str:
    """The sentences that end in a question mark; all where none does."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    return " ".join(s for s in sentences if _ASKS.search(s)) or text


def _is_chatter(sentence: str) -> bool:
    if _ASKS.search(sentence) and YES_NO.search(sentence):
        return False  # "Does he need a booster today?"
    if any(cue.search(sentence) for _, cue in cues().aspects) and _ASKS.search(sentence):
        return False
    words = _WORD.findall(sentence)
    telling = sum(not is_everyday(word) for word in words)
    if telling > MOST_TELLING * len(words):
        return False
    return not (
        find_substances(sentence)
        or find_conditions(sentence, any_case=True)
        or _tells_of_a_patient(read_patient(sentence))
    )


def _tells_of_a_patient(patient: Patient) -> bool:
    """Whether more is read than whether it is a woman or a man."""
    fields = [name for name in Patient.__dataclass_fields__ if name != "sex"]
    return any(getattr(patient, name) not in (None, ()) for name in fields)
