"""What an action makes, in a few words: `give` and `dose`, `monitor` with `every`, `warn`, `note`.

Each stands for one ActivityDefinition. `expand` makes it, `contract` finds the words for one, or
None where they cannot say all that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from osler.dosage import find_frequencies, parse_dosages, sequence_to_fhir
from osler.dosage.fhir_timing import write_timing
from osler.pathways.substances import ATC

NOTE_PRIORITY = {"alert": "urgent"}
"""How pressing a kind of note is, where it is more than routine."""

KEYS = ("give", "dose", "monitor", "every", "due", "since", "within", "warn", "note")

FHIRPATH = "text/fhirpath"
_SPAN = re.compile(r"[1-9][0-9]* (?:hour|day|week|month|year)s?\Z")
_DUE, _END = "%today + ", "%now + "
_SINCE = re.compile(r"iif\(%(?P<since>[A-Za-z]\w*)\.empty\(\), %today \+ (?P<due>[^,]+), ")
_THEN = ", then "
_UNTIL = " until "


class Unclear(ValueError):
    """Words that do not say what is to be ordered; `key` is where they stand."""

    def __init__(self, key: str, what: str) -> None:
        self.key = key
        super().__init__(what)


def expand(
    words: Mapping[str, Any], action_id: str, description: str | None
) -> dict[str, Any] | None:
    """The ActivityDefinition for an action's words; None where it has none. Raises Unclear."""
    named = [key for key in ("give", "monitor", "warn", "note") if key in words]
    if len(named) > 1:
        raise Unclear(named[1], f"an action orders one thing: “{named[0]}” or “{named[1]}”")
    for key, needs in (
        ("dose", "give"),
        ("every", "monitor"),
        ("due", "monitor"),
        ("since", "due"),
        ("within", "monitor"),
    ):
        if key in words and needs not in words:
            raise Unclear(key, f"“{key}” goes with “{needs}”")
    if not named:
        return None
    if not action_id:
        raise Unclear(named[0], "an action that orders something needs an id")
    made: dict[str, Any] = {
        "resourceType": "ActivityDefinition", "id": action_id, "status": "active",
    }  # fmt: skip
    if "give" in words:
        return made | _medicine(words)
    if "monitor" in words:
        return made | _check(words)
    if "warn" in words and words["warn"] not in ("routine", "urgent", "asap", "stat"):
        raise Unclear("warn", "say how pressing it is: routine, urgent, asap or stat")
    if not description:
        raise Unclear(named[0], "what is told needs a description: the words of it")
    return made | {
        "description": description,
        "kind": "CommunicationRequest",
        "priority": words.get("warn", NOTE_PRIORITY.get(str(words.get("note")), "routine")),
        "dynamicValue": [_dynamic("payload[0].contentString", "%context.description")],
    }


def contract(activity: Mapping[str, Any], description: str | None) -> dict[str, Any] | None:
    """The words that `expand` makes this ActivityDefinition of, if there are any."""
    words = _words(activity)
    if words is None:
        return None
    try:
        made = expand(words, str(activity.get("id", "")), description)
    except Unclear:
        return None
    return words if made == activity else None


def _words(activity: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = activity.get("kind")
    try:
        if kind == "MedicationRequest":
            product = activity["productCodeableConcept"]
            coding = product.get("coding")
            give = {product["text"]: coding[0]["code"]} if coding else product["text"]
            words = {"give": give}
            if "dosage" in activity:
                words["dose"] = _THEN.join(d["text"] for d in activity["dosage"])
            return words
        if kind == "ServiceRequest":
            words = {"monitor": activity["code"]["text"]}
            if "timingTiming" in activity:
                words["every"] = activity["timingTiming"]["code"]["text"]
            for value in activity.get("dynamicValue", ()):
                expression = value["expression"]["expression"]
                for key, start in (("due", _DUE), ("within", _END)):
                    if expression.startswith(start):
                        words[key] = expression.removeprefix(start)
                words |= words_of_due(expression)
            return words
    except (KeyError, TypeError, IndexError, AttributeError):
        return None  # not of this shape
    return {"warn": activity.get("priority")} if kind == "CommunicationRequest" else None


def _medicine(words: Mapping[str, Any]) -> dict[str, Any]:
    give = words["give"]
    product: dict[str, Any]
    if isinstance(give, Mapping) and len(give) == 1:
        ((name, code),) = give.items()
        product = {"coding": [{"system": ATC, "code": code}], "text": name}
    elif isinstance(give, str) and give:
        product = {"text": give}
    else:
        raise Unclear("give", "name the medicine, with its ATC code if you like: {name: code}")
    made: dict[str, Any] = {
        "kind": "MedicationRequest", "intent": "proposal", "productCodeableConcept": product,
    }  # fmt: skip
    if "dose" in words:
        made["dosage"] = dosage(words["dose"])
    return made


def dosage(text: Any) -> list[dict[str, Any]]:
    """The FHIR Dosages that a dose in words is; its steps in sequence. Raises Unclear."""
    if not isinstance(text, str):
        raise Unclear("dose", "write the dose in words")
    found = parse_dosages(text)
    if not found:
        raise Unclear("dose", f"no dose is read in “{text}”")
    steps = (found[0], *found[0].steps)
    if _THEN.join(step.text for step in steps) != text:
        read = " | ".join(step.text for step in found)
        raise Unclear("dose", f"of “{text}” only “{read}” is read as a dose")
    made: list[dict[str, Any]] = _plain(sequence_to_fhir(found[0]))
    return made


def _check(words: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": "ServiceRequest", "intent": "proposal", "code": {"text": words["monitor"]},
    }  # fmt: skip
    if "every" in words:
        every = str(words["every"])
        often = every.partition(_UNTIL)[0]
        found = find_frequencies(often)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(often)):
            raise Unclear("every", f"“{every}” is not read as how often: try “every 3 months”")
        made["timingTiming"] = _plain(write_timing(found[0].value, None, None))
        made["timingTiming"]["code"] = {"text": every}
    for key in ("due", "within"):
        if key in words and not _SPAN.match(str(words[key])):
            raise Unclear(key, "say how long from now: “3 months”")
    if "due" in words:
        path = "occurrenceTiming.event" if "every" in words else "occurrenceDateTime"
        made["dynamicValue"] = [_dynamic(path, _first_date(words))]
    if "within" in words:
        if {"due", "every"} & set(words):
            raise Unclear("within", "“within” is a time from now: without “due” and “every”")
        made["dynamicValue"] = [
            _dynamic("occurrencePeriod.start", "%now"),
            _dynamic("occurrencePeriod.end", f"{_END}{words['within']}"),
        ]
    return made


def _first_date(words: Mapping[str, Any]) -> str:
    """When a check is due: a time from the last one, today where that has passed.

    Without a last one it is that time from today.
    """
    due = str(words["due"])
    if "since" not in words:
        return f"{_DUE}{due}"
    last = f"%{words['since']}"
    if not re.fullmatch(r"%[A-Za-z]\w*", last):
        raise Unclear("since", "name the variable that holds when it was last checked")
    passed = f"iif({last} + {due} < %today, %today, {last} + {due})"
    return f"iif({last}.empty(), {_DUE}{due}, {passed})"


def words_of_due(expression: str) -> dict[str, str]:
    """`due` and `since` of the expression that they stand for; empty for every other."""
    found = _SINCE.match(expression)
    words = found.groupdict() if found else {}
    return words if found and _first_date(words) == expression else {}


def _dynamic(path: str, expression: str) -> dict[str, Any]:
    return {"path": path, "expression": {"language": FHIRPATH, "expression": expression}}


def _plain(value: Any) -> Any:
    """With decimals in place of floats, as JSON is read here."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return Decimal(repr(value)) if isinstance(value, float) else value
