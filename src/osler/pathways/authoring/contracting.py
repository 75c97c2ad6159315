"""From FHIR to the shorthand: the words for what they can say, FHIR for the rest.

Each word is taken only where it expands to the very same; `to_yaml` proves the whole again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from osler.pathways.authoring import activities
from osler.pathways.authoring.expanding import (
    ACTION_KEYS,
    FIRST,
    INITIAL,
    LATER,
    NOT,
    NOTES,
    NOW,
    PLAN_KEYS,
    SOURCE_URL,
    URL,
    YES,
    answer_of,
    condition,
    told,
    variable,
    weighed,
)

_ORDER = (
    "id", "title", "description", "when", "first", "hooks", "note", "after",
    "warn", "give", "dose", "monitor", "every", "due", "since", "within", "evidence",
)  # fmt: skip
_PLAN_ORDER = (
    "pathway", "resourceType", "id", "url", "title", "version", "status", "date", "publisher",
    "description", "purpose", "usage", "sources", "inputs", "variables",
)  # fmt: skip
_LAST = ("either", "action")


def contract(plan: Mapping[str, Any], *, inline: bool) -> dict[str, Any]:
    """A shorthand for a PlanDefinition; `inline` puts its ActivityDefinitions into its actions."""
    if PLAN_KEYS & set(plan):
        return {"fhir": plan}
    short = dict(plan)
    if plan.get("resourceType") == "PlanDefinition" and plan.get("url") == f"{URL}{plan.get('id')}":
        short["pathway"] = plan["id"]
        _drop(short, "resourceType", "id", "url")
    aliases = _sources(plan)
    if aliases is not None:
        short["sources"] = {
            artifact["label"]: {
                "file": artifact["url"].removeprefix(SOURCE_URL),
                "title": artifact["display"],
            }
            | ({"by": artifact["citation"]} if "citation" in artifact else {})
            for artifact in plan["relatedArtifact"]
        }
        _drop(short, "relatedArtifact")
    held: dict[str, Mapping[str, Any]] = {}
    contained = plan.get("contained")
    if inline and isinstance(contained, list) and contained:
        questions = _inputs(contained[0])
        if questions is not None and _take_variables(short, plan, questions):
            short["inputs"] = questions
            contained = contained[1:]
        if all(isinstance(c, dict) and isinstance(c.get("id"), str) for c in contained):
            held = {activity["id"]: activity for activity in contained}
        _drop(short, "contained")
    if "inputs" not in short:
        _take_variables(short, plan, {})
    artifacts = plan["relatedArtifact"] if aliases is not None else []
    contracting = _Contracting(aliases or {}, artifacts, held)
    if isinstance(plan.get("action"), list):
        short["action"] = [contracting.action(a) for a in plan["action"]]
    return _ordered(short, _PLAN_ORDER)


class _Contracting:
    def __init__(
        self,
        aliases: Mapping[tuple[str, str], str],
        sources: Iterable[Mapping[str, Any]],
        held: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.aliases = aliases
        self.sources = list(sources)
        self.held = held

    def action(self, action: Any) -> Any:
        if not isinstance(action, Mapping):
            return action
        if ACTION_KEYS & set(action):
            return {"fhir": action}
        short = dict(action)
        self._words(short, action)
        activity = self._ordered_by(action)
        if activity is not None:
            words = activities.contract(activity, action.get("description")) or {}
            pressing = words.get("warn")
            note = _note(action)
            if note is not None and pressing == activities.NOTE_PRIORITY.get(note, "routine"):
                words = {"note": note}
            if words and pressing in (None, action.get("priority")):
                short |= words
                told = ["priority"] if pressing else []
                _drop(short, "definitionCanonical", *told, *(["code"] if "note" in words else []))
        children = action.get("action")
        if isinstance(children, list):
            if (
                action.get("groupingBehavior") == "visual-group"
                and action.get("selectionBehavior") == "exactly-one"
                and all(isinstance(child, Mapping) for child in children)
            ):
                short["either"] = self._alternatives(children)
                _drop(short, "action", "groupingBehavior", "selectionBehavior")
            else:
                short["action"] = [self.action(child) for child in children]
        return _ordered(short, _ORDER)

    def _words(self, short: dict[str, Any], action: Mapping[str, Any]) -> None:
        when = _when(action.get("condition"))
        if when:
            short["when"] = when
            _drop(short, "condition")
        evidence = self._evidence(action.get("documentation"))
        if evidence and "description" in action and "title" in action:
            short["evidence"] = evidence
            _drop(short, "documentation")
            for key, text in told(action["documentation"], self.sources).items():
                if action[key] == text:
                    _drop(short, key)
        hooks = _each(action.get("trigger"), lambda t: t["name"])
        if hooks and action["trigger"] == [{"type": "named-event", "name": h} for h in hooks]:
            short["hooks"] = hooks
            _drop(short, "trigger")
        related = _each(action.get("relatedAction"), lambda r: r["actionId"])
        if related and action["relatedAction"] == [
            {"actionId": related[0], "relationship": "after-end"}
        ]:
            short["after"] = related[0]
            _drop(short, "relatedAction")

    def _ordered_by(self, action: Mapping[str, Any]) -> Mapping[str, Any] | None:
        identity = action.get("id")
        if isinstance(identity, str) and action.get("definitionCanonical") == f"#{identity}":
            return self.held.get(identity)
        return None

    def _evidence(self, documentation: Any) -> list[Any] | None:
        def quote(item: Any) -> dict[str, Any]:
            alias = self.aliases[item["display"], item["url"]]
            if not isinstance(item["citation"], str) or len(item) != 4:
                raise KeyError
            return {alias: item["citation"]} if item["type"] == "citation" else {}

        found = _each(documentation, quote)
        return found if found and all(found) else None

    def _alternatives(self, children: list[Any]) -> list[Any]:
        """The alternatives; one that stands in front and in its turn is one with `first`."""
        front = [child for child in children if str(child.get("id", "")).endswith(FIRST)]
        rest = children[len(front) :]
        folded = [_unfold(child) for child in rest]
        if [child for child, first in folded if first] and front == [
            _in_front(child, first) for child, first in folded if first
        ]:
            return [
                _ordered(self.action(child) | ({"first": first} if first else {}), _ORDER)
                for child, first in folded
            ]
        return [self.action(child) for child in children]


def _note(action: Mapping[str, Any]) -> Any:
    """The kind of note that an action says it is; None where it says nothing of the sort."""
    notes = _each(action.get("code"), lambda c: c["coding"][0]["code"])
    if notes and action["code"] == [{"coding": [{"system": NOTES, "code": notes[0]}]}]:
        return notes[0]
    return None


def _unfold(child: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, str]]:
    """An alternative without the condition that it is not listed first, and that condition."""
    conditions = child.get("condition")
    last = _when(conditions[-1:]) if isinstance(conditions, list) else None
    for sentence, test in (last or {}).items():
        if not isinstance(test, str):
            continue
        if sentence.startswith(LATER) and test.startswith("iif(") and test.endswith(NOT):
            first = {sentence.removeprefix(LATER): test[len("iif(") : -len(NOT)]}
            return dict(child) | {"condition": child["condition"][:-1]}, first
    return child, {}


def _in_front(child: Mapping[str, Any], first: Mapping[str, str]) -> dict[str, Any]:
    ((sentence, test),) = first.items()
    now = condition(NOW + sentence, f"iif({test}{YES}")
    return dict(child) | {
        "id": f"{child.get('id')}{FIRST}", "condition": [*child["condition"], now],
    }  # fmt: skip


def _when(conditions: Any) -> dict[str, str] | None:
    """Conditions in FHIRPath with a sentence each, as sentence and expression."""
    found = _each(conditions, lambda c: (c["expression"]["description"], c["expression"]))
    if not found or not all(isinstance(sentence, str) for sentence, _ in found):
        return None
    when = {sentence: expression.get("expression") for sentence, expression in found}
    made = [condition(sentence, expression) for sentence, expression in when.items()]
    return when if made == conditions else None


def _each(items: Any, read: Callable[[Any], Any]) -> list[Any] | None:
    """What is read of each item; None where they are no list or one is of another shape."""
    if not isinstance(items, list):
        return None
    try:
        return [read(item) for item in items]
    except (KeyError, TypeError, IndexError, AttributeError):
        return None


def _sources(plan: Mapping[str, Any]) -> dict[tuple[str, str], str] | None:
    """The names of a plan's sources, where all its related artifacts are sources with names."""
    found = _each(plan.get("relatedArtifact"), lambda a: (a["label"], a["display"], a["url"]))
    if not found or not all(isinstance(word, str) for row in found for word in row):
        return None
    if len({label for label, _, _ in found}) != len(found):
        return None
    for artifact, (label, display, url) in zip(plan["relatedArtifact"], found, strict=True):
        more = {"citation": artifact["citation"]} if "citation" in artifact else {}
        made = {"type": "citation", "label": label, "display": display, "url": url} | more
        if artifact != made or not url.startswith(SOURCE_URL):
            return None
    return {(weighed(a), a["url"]): a["label"] for a in plan["relatedArtifact"]}


def _inputs(questionnaire: Any) -> dict[str, Any] | None:
    """The inputs that a Questionnaire asks for."""
    if not isinstance(questionnaire, dict):
        return None
    if set(questionnaire) != {"resourceType", "id", "status", "item"}:
        return None
    found = _each(questionnaire["item"], lambda item: (item["linkId"], _input(item)))
    return _unique(found)


def _input(item: Mapping[str, Any]) -> dict[str, Any]:
    short: dict[str, Any] = {"ask": item["text"]}
    if "repeats" in item:
        short["several"] = item["repeats"]
    codings = [option["valueCoding"] for option in item["answerOption"]]
    short["choices"] = {coding["code"]: coding["display"] for coding in codings}
    for extension in item.get("extension", ()):
        if extension["url"] == INITIAL:
            short["from record"] = extension["valueExpression"]["expression"]
    return short


def _unique(pairs: list[tuple[Any, Any]] | None) -> dict[str, Any] | None:
    """Names and what they name; None where there is none, one is no name, or two are the same."""
    if not pairs or not all(isinstance(name, str) for name, _ in pairs):
        return None
    found = dict(pairs)
    return found if len(found) == len(pairs) else None


def _take_variables(
    short: dict[str, Any], plan: Mapping[str, Any], inputs: Mapping[str, Any]
) -> bool:
    """Put a plan's variables in words, those that read its inputs' answers left out."""
    found = _each(
        plan.get("extension"),
        lambda e: (e["valueExpression"]["name"], e["valueExpression"]["expression"]),
    )
    read = [variable(name, answer_of(name, inputs[name])) for name in inputs]
    rest = (found or [])[: len(found or []) - len(read)]
    if found is None or plan["extension"] != [*(variable(*pair) for pair in rest), *read]:
        return False
    named = _unique(rest)
    if rest and named is None:
        return False
    if named:
        short["variables"] = named
    _drop(short, "extension")
    return True


def _drop(short: dict[str, Any], *keys: str) -> None:
    for key in keys:
        short.pop(key, None)


def _ordered(short: Mapping[str, Any], order: Iterable[str]) -> dict[str, Any]:
    """What is read first stands first, the steps within last."""
    first = [key for key in order if key in short]
    last = [key for key in _LAST if key in short]
    rest = [key for key in short if key not in first and key not in last]
    return {key: short[key] for key in (*first, *rest, *last)}
