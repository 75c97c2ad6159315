"""Whether a sentence has a subject of its own, other than the drug and the one who takes it.

"Disease activity is assessed every 6 weeks" says nothing of the drug that the sentence before
it names; "The dose is halved", "Women take one a day" and "Stop a week before surgery" do.
"""

from __future__ import annotations

import re

from osler.patterns import lazy

# "In people who are frail, …", "After 2 weeks, …": what stands before the subject.
_OPENING = lazy(
    r"(?:(?:in|for|with|if|when|after|before|once|during|on|at|until|among|as|where|from|while|by|of)\b"
    r"[^,.;:]{1,120},\s+)+",
    re.IGNORECASE,
)
_VERB = (
    r"(?:is|are|was|were|should|must|may|might|can|cannot|could|will|would|has|have|had|does|do"
    r"|decides?|depends?|varies|vary|rises?|falls?|needs?|shows?|starts?|begins?|occurs?"
    r"|requires?|remains?|prompts?|prevents?|reduces?|increases?)"
)
# An order has no subject: "Keep treating until the anaemia is corrected".
_ORDERS = (
    r"(?:add|adjust|advise|aim|allow|apply|ask|avoid|begin|change|check|choose|consider|continue"
    r"|discontinue|discuss|divide|double|ensure|follow|give|halve|hold|increase|infuse|inject|keep"
    r"|leave|limit|lower|measure|monitor|never|offer|omit|order|prescribe|raise|recheck|reduce"
    r"|refer|repeat|report|restart|resume|review|skip|space|start|stay|step|stop|swallow|switch"
    r"|take|taper|tell|test|titrate|treat|try|use|wait|warn|weigh|withdraw|withhold)"
)
_OPENERS = r"(?:after|although|because|before|if|since|so|that|unless|until|when|where|while|who)"
# A subject of up to ten words, with an aside between commas behind it, and its verb.
_SUBJECT = lazy(
    rf"(?!(?:{_VERB}|{_ORDERS}|{_OPENERS})\b)"
    rf"(?P<subject>[^\s,.;:()]+(?:\s+(?!(?:{_VERB}|{_OPENERS})\b)[^\s,.;:()]+){{0,9}}?)"
    rf"(?:\s*\([^()]*\)|,[^,.;:]{{1,80}},)?\s+{_VERB}\b",
    re.IGNORECASE,
)
# Subjects that are the drug, what is taken of it, or whoever takes it.
_OF_THE_DRUG = lazy(
    r"\b(?:it|this|these|they|that|which|dos(?:e|es|age|ing)|drugs?|medicines?|medications?"
    r"|treatment|therapy|courses?|tablets?|capsules?|injections?|infusions?|solutions?|drops?"
    r"|sprays?|inhalers?|patch(?:es)?|supplements?|prophylaxis|maintenance|steps?|adjustments?"
    r"|administration|formulations?|preparations?|(?:therapeutic|target|reference)\s+\w+|target"
    r"|people|persons?|patients?|women|men|adults?|children|babies|baby|infants?|neonates?"
    r"|adolescents?|anyone|everyone|those|someone|you|use)\b",
    re.IGNORECASE,
)
# The drug taken up by a pronoun: "Jaundice may appear; do not give it again".
_TAKEN_UP = lazy(r"\b(?:it|them|th(?:e|is) (?:drug|medicine))\b", re.IGNORECASE)


def has_own_subject(text: str) -> bool:
    """Whether a sentence speaks of something else than a drug left unnamed or its taker."""
    opening = _OPENING.match(text)
    body = text[opening.end() :] if opening else text
    found = _SUBJECT.match(body)
    if found is None or _OF_THE_DRUG.search(found["subject"]):
        return False
    return _TAKEN_UP.search(body, found.end()) is None
