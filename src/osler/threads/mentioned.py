"""Others who are only mentioned: who tells something, and whom the patient lives with."""

from __future__ import annotations

import re

from osler.domain import Patient
from osler.patterns import lazy
from osler.threads.cues import KIN
from osler.threads.facts import is_young

_KIN = (
    r"(?:mum|mom|mother|dad|father|husband|wife|partner|son|daughter|sister|brother|parents?|"
    r"carers?|family|gran(?:ny|dma|dad|dpa)?|(?:boy|girl)?friend)"
)
_STAFF = (
    r"(?:nurse|midwife|doctor|gp|consultant|registrar|pharmacist|lab|matron|sister in charge|"
    r"specialist|microbiologist|cardiologist)"
)
# "His mum says he weighs 18 kg", "he says she fell"
_TELLER = lazy(
    rf"\b(?:(?:(?:her|his|their|the|my|our)\s+)?(?:{_KIN}|{_STAFF})|(?:s?he|they)(?=\s+(?:says?|said|reports?)\b))\s+"
    r"(?:(?:now|just|also)\s+)?(?:says?|said|tells?\s+(?:me|us)|told\s+(?:me|us)|reports?|"
    r"reckons?|thinks?|mentions?|mentioned|confirms?|confirmed|noticed|asks?|asked|"
    r"wants?\s+to\s+know|rang\s+to\s+say|worries|is\s+worried)\s+(?:that\s+|if\s+|whether\s+)?"
    r"(?=(?:s?he|his|her|it|they|this|the|there)\b)",
    re.IGNORECASE,
)
# "She has a brother with eczema", "she lives with her son": nothing of the patient
_LIVES_WITH = lazy(
    rf"\bs?he\s+(?:lives?|lived|has|had|came|comes)\s+(?:in\s+)?(?:with\s+)?(?:an?|her|his|the|two|"
    rf"three)\s+(?:\w+\s+)?{_KIN}s?\b[^.;?!]*",
    re.IGNORECASE,
)
# "His sister is allergic to penicillin": neither who is ill, nor asked about
_OF_KIN = lazy(
    rf"^\W*(?:(?:and|but|also|oh|btw|by the way)\W+)*(?:her|his|their|the)\s+(?:\w+\s+)?{_KIN}\s+"
    r"(?:(?:is|was|(?:has|had) (?:an?|the))\s+(?:\w+\s+){0,2}?(?:allerg\w+|intolerant)|"
    r"(?:had|has|got|gets)\s+(?:an?\s+)?(?:bad\s+)?(?:rash|reaction|anaphylaxis))\b"
    r"(?![^.;?!]*\b(?:too|as well|also|it)\b)[^.;?!]*(?:[.;!]\s*|$)"
    r"(?!.*\b(?:for|give|can|does|should)\s+(?:him|her|he|she)\b)",
    re.IGNORECASE,
)
_PARENT_WEIGHS = lazy(
    r"^\W*(?:(?:and|but|also)\W+)*(?:(?:her|his|their|the)\s+)?(?:mum|mom|mother|dad|father)\s+"
    r"(?:weighs|is)\s+\d+(?:\.\d+)?\s*(?:kg|kilos?)\b[^.;?!]*(?:[.;!]\s*|$)",
    re.IGNORECASE,
)
_BABY_IS = lazy(
    r"\b(?:her|the|my)\s+(?:baby|infant|newborn|child)\s+is\s+(?:only\s+|now\s+)?[\w-]+\s+"
    r"(?:days?|weeks?|months?)(?:\s+old)?\b[\s,.;]*",
    re.IGNORECASE,
)


def without_mentions(text: str, known: Patient) -> str:
    """The text without those who are only mentioned beside the patient (`known`).

    A question is left as it is, but for who tells: it may be asked of them.
    """
    text = _TELLER.sub("", text)
    if len(KIN.findall(text)) == 1 and (told := _OF_KIN.match(text)) is not None:
        text = text[told.end() :]
    if is_young(known) and (told := _PARENT_WEIGHS.match(text)) is not None:
        text = text[told.end() :]
    if "?" in text:
        return text
    if known.breastfeeding:
        text = _BABY_IS.sub("", text)
    return _LIVES_WITH.sub("", text).strip(" ,;.")
