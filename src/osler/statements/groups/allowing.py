"""What a list of those who are barred says to allow: "None in epilepsy", "(use with care in COPD)".

Under "Contraindications" such words name whom the drug is not kept from.
"""

from __future__ import annotations

import re

from osler.patterns import lazy

# What a comma, a bracket, a dash, "but" or the end of a sentence sets apart.
_PART = lazy(r"(?:\bbut\b)?(?:(?!\bbut\b)(?:[^.;,()–—\n]|\.(?=\d)))+", re.IGNORECASE)
_ALLOWS = lazy(
    r"\W*(?:(?:contra-?indications?|avoid(?:\s+in)?)\s*[:;]\s*)?"
    r"(?:(?:and|but|it|is|are|also|however|though|although)\s+)*(?:"
    r"(?:none|nil)\b|"
    r"no\s+(?:known\s+)?(?:restrictions?|contra-?indications?|limit(?:ation)?s?|objections?|"
    r"problems?|adjustments?|change|need|harm|concerns?|bars?)\b|"
    r"not\s+(?:an?\s+)?contra-?indicat(?:ed|ions?)\b|"
    r"(?:considered\s+)?(?:safe|allowed|permitted|acceptable|unrestricted)"
    r"(?=\s+(?:in|for|with|during|to|at|even|also)\b|\s*$)|"
    r"(?:may|can)\s+(?:still\s+|safely\s+)?be\s+(?:used|given|taken)\b|"
    r"(?:use[ds]?\s+|give[ns]?\s+)?with\s+(?:\w+\s+)?(?:care|caution)\b|"
    r"(?:use\s+)?(?:caution|care|carefully|cautiously)\b)",
    re.IGNORECASE,
)
# "None except asthma", "safe in mild asthma only": whom it leaves out may well be barred.
_LEAVES_OUT = lazy(
    r"\b(?:except\w*|unless|apart|besides|save|other\s+than|only|not|never|no|avoid\w*|"
    r"contra\w*)\b",
    re.IGNORECASE,
)
_SAYS = lazy(r"\w")


def without_allowed(text: str) -> str:
    """A list of those barred with what it allows left blank, of the same length."""
    for part in reversed(list(_PART.finditer(text))):
        if _allows(part.group()):
            blank = " " * (part.end() - part.start())
            text = f"{text[: part.start()]}{blank}{text[part.end() :]}"
    return text


def allows_all(text: str) -> bool:
    """Whether all that stands under what forbids allows: "None. Safe in pregnancy"."""
    return not _SAYS.search(without_allowed(text))


def _allows(part: str) -> bool:
    found = _ALLOWS.match(part)
    return found is not None and not _LEAVES_OUT.search(part, found.end())
