"""From the shorthand to FHIR: what each word of it stands for.

Of a plan: `pathway` (id and url), `sources` (relatedArtifact), `inputs` (the contained
Questionnaire, and a variable for each answer), `variables`. Of an action: `when` (condition),
`evidence` (documentation), `give`, `dose`, `monitor`, `every`, `due`, `since`, `warn`, `note` (a
contained ActivityDefinition; of `note` a code, too), `hooks` (trigger), `after` (relatedAction),
`either` (alternatives side by side) and `first` (when an alternative is listed first). Every other
key is FHIR's own, and `fhir: {…}` stands for an object that is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.pathways.authoring import activities
from osler.pathways.authoring.activities import FHIRPATH
from osler.pathways.authoring.yaml_text import At, fault

PLAN_KEYS = frozenset({"pathway", "sources", "inputs", "variables", "fhir"})
ACTION_KEYS = frozenset(
    {"when", "evidence", "hooks", "after", "either", "first", "fhir", *activities.KEYS}
)
URL = "urn:osler:pathway:"
SOURCE_URL = "urn:osler:source:"
NOTES = "urn:osler:pathway:note"
INITIAL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
UNKNOWN = "unknown"  # the choice that an input without an answer has
BY = " · "  # between a source's title and who says so
FIRST = "-first"  # ends the id of an alternative where it stands in front
NOW, LATER = "Listed first: ", "Not listed first: "
YES, NOT = ", true, false)", ", false, true)"  # of iif(): what is not known is not so


def expand(plan: Any, name: str = "") -> dict[str, Any]:
    """The FHIR resource that a shorthand stands for. Raises InvalidResource with the line."""
    if not isinstance(plan, Mapping):
        raise fault(name, 1, "a pathway is a list of “key: value” lines")
    return _Expanding(name).plan(plan)


class _Expanding:
    def __init__(self, name: str) -> None:
        self.name = name
        self.sources: dict[str, dict[str, Any]] = {}
        self.made: list[dict[str, Any]] = []  # ActivityDefinitions, in order

    def plan(self, short: Mapping[str, Any]) -> dict[str, Any]:
        if set(short) == {"fhir"}:
            return dict(self.mapping(short, "fhir"))
        made = {key: value for key, value in short.items() if key not in PLAN_KEYS}
        if "pathway" in short:
            self.alone(short, "pathway", "resourceType", "id", "url")
            identity = self.text(short, "pathway")
            made = {"resourceType": "PlanDefinition", "id": identity, "url": URL + identity} | made
        if "sources" in short:
            self.alone(short, "sources", "relatedArtifact")
            made["relatedArtifact"] = self.artifacts(short)
        extension: list[dict[str, Any]] = []
        contained: list[dict[str, Any]] = []
        if "variables" in short:
            self.alone(short, "variables", "extension")
            variables = self.mapping(short, "variables")
            extension += [variable(key, self.text(variables, key)) for key in variables]
        if "inputs" in short:
            self.alone(short, "inputs", "extension")
            inputs = self.mapping(short, "inputs")
            items = [self.item(inputs, key) for key in inputs]
            contained.append(
                {"resourceType": "Questionnaire", "id": "inputs", "status": "active", "item": items}
            )
            extension += [variable(key, answer_of(key, inputs[key])) for key in inputs]
        if extension or "variables" in short:
            made["extension"] = extension
        if "action" in short:
            made["action"] = self.actions(short, "action")
        contained += self.made
        if contained:
            self.alone(short, "inputs" if "inputs" in short else "action", "contained")
            made["contained"] = contained
        return made

    def artifacts(self, short: Mapping[str, Any]) -> list[dict[str, Any]]:
        sources = self.mapping(short, "sources")
        for alias in sources:
            source = self.mapping(sources, alias)
            self.sources[alias] = {
                "type": "citation",
                "label": alias,
                "display": self.text(source, "title"),
                "url": SOURCE_URL + self.text(source, "file"),
            }
            if "by" in source:
                self.sources[alias]["citation"] = self.text(source, "by")
            for unknown in set(source) - {"file", "title", "by"}:
                raise self.fault(source, unknown, f"a source has no “{unknown}”")
        return list(self.sources.values())

    def item(self, inputs: Mapping[str, Any], key: str) -> dict[str, Any]:
        short = self.mapping(inputs, key)
        choices = self.mapping(short, "choices")
        made: dict[str, Any] = {"linkId": key, "text": self.text(short, "ask"), "type": "choice"}
        if short.get("several") is True:
            made["repeats"] = True
        made["answerOption"] = [
            {"valueCoding": {"code": code, "display": self.text(choices, code)}} for code in choices
        ]
        if "from record" in short:
            expression = {"language": FHIRPATH, "expression": self.text(short, "from record")}
            made["extension"] = [{"url": INITIAL, "valueExpression": expression}]
        for unknown in set(short) - {"ask", "choices", "several", "from record"}:
            raise self.fault(short, unknown, f"an input has no “{unknown}”")
        return made

    def actions(self, short: Mapping[str, Any], key: str) -> list[Any]:
        items = short[key]
        if not isinstance(items, list):
            raise self.fault(short, key, f"“{key}” is a list of actions, each after a “-”")
        return [self.action(item) if isinstance(item, Mapping) else item for item in items]

    def action(self, short: Mapping[str, Any]) -> dict[str, Any]:
        if set(short) == {"fhir"}:
            return dict(self.mapping(short, "fhir"))
        made = {key: value for key, value in short.items() if key not in ACTION_KEYS}
        if "when" in short:
            self.alone(short, "when", "condition")
            made["condition"] = self.conditions(short, "when")
        if "evidence" in short:
            self.alone(short, "evidence", "documentation")
            made["documentation"] = self.quotes(short)
            for key, text in told(made["documentation"], self.sources.values()).items():
                made.setdefault(key, text)
        if "hooks" in short:
            self.alone(short, "hooks", "trigger")
            made["trigger"] = [{"type": "named-event", "name": hook} for hook in short["hooks"]]
        if "after" in short:
            self.alone(short, "after", "relatedAction")
            related = {"actionId": self.text(short, "after"), "relationship": "after-end"}
            made["relatedAction"] = [related]
        if "note" in short:
            self.alone(short, "note", "code")
            coding = {"system": NOTES, "code": self.text(short, "note")}
            made["code"] = [{"coding": [coding]}]
        if any(key in short for key in activities.KEYS):
            self.order(short, made)
        if "action" in short:
            made["action"] = self.actions(short, "action")
        if "either" in short:
            self.alone(short, "either", "action", "groupingBehavior", "selectionBehavior")
            made |= {"groupingBehavior": "visual-group", "selectionBehavior": "exactly-one"}
            made["action"] = self.alternatives(short)
        if "first" in short:
            raise self.fault(short, "first", "“first” belongs to an alternative of “either”")
        return made

    def order(self, short: Mapping[str, Any], made: dict[str, Any]) -> None:
        """The action's ActivityDefinition, and what refers to it."""
        try:
            found = activities.expand(short, str(short.get("id", "")), made.get("description"))
        except activities.Unclear as error:
            raise self.fault(short, error.key, str(error)) from error
        if found is None:
            return
        self.alone(short, next(k for k in activities.KEYS if k in short), "definitionCanonical")
        self.made.append(found)
        made["definitionCanonical"] = f"#{found['id']}"
        if "warn" in short or "note" in short:
            self.alone(short, "warn" if "warn" in short else "note", "priority")
            made["priority"] = found["priority"]

    def alternatives(self, short: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Each once; one with `first` twice, of which one at a time applies: in front, in turn."""
        front, all_of_them = [], []
        if not isinstance(short["either"], list):
            raise self.fault(short, "either", "“either” is a list of actions, each after a “-”")
        for item in short["either"]:
            if not isinstance(item, Mapping):
                raise self.fault(short, "either", "an alternative is an action")
            made = self.action(_without_first(item))
            if "first" not in item:
                all_of_them.append(made)
                continue
            if not made.get("id"):
                raise self.fault(item, "first", "an alternative with “first” needs an id")
            before = made.get("condition", [])
            now, later = [], []
            for sentence, test in self.mapping(item, "first").items():
                now.append(condition(NOW + sentence, f"iif({test}{YES}"))
                later.append(condition(LATER + sentence, f"iif({test}{NOT}"))
            if len(now) != 1:
                raise self.fault(item, "first", "“first” has one sentence with its expression")
            front.append(made | {"id": made["id"] + FIRST, "condition": [*before, *now]})
            all_of_them.append(made | {"condition": [*before, *later]})
        return [*front, *all_of_them]

    def conditions(self, short: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        tests = self.mapping(short, key)
        return [condition(sentence, self.text(tests, sentence)) for sentence in tests]

    def quotes(self, short: Mapping[str, Any]) -> list[dict[str, Any]]:
        items = short["evidence"]
        if not isinstance(items, list) or not items:
            raise self.fault(short, "evidence", "evidence is a list of “source: exact quote”")
        return [self.quote(item, short) for item in items]

    def quote(self, item: Any, short: Mapping[str, Any]) -> dict[str, Any]:
        if not isinstance(item, Mapping) or len(item) != 1:
            raise self.fault(short, "evidence", "evidence is a list of “source: exact quote”")
        ((alias, quote),) = item.items()
        if alias not in self.sources:
            raise self.fault(item, alias, f"“{alias}” is not among the sources above")
        if not isinstance(quote, str):
            raise self.fault(item, alias, "the quote must be text")
        source = self.sources[alias]
        return {
            "type": "citation", "display": weighed(source), "citation": quote,
            "url": source["url"],
        }  # fmt: skip

    def fault(self, short: Mapping[str, Any], key: str, what: str) -> Exception:
        lines = getattr(short, "lines", {})
        return fault(self.name, lines.get(key, getattr(short, "line", 1)), what)

    def alone(self, short: Mapping[str, Any], key: str, *others: str) -> None:
        for other in others:
            if other in short:
                raise self.fault(short, other, f"“{key}” stands for FHIR's “{other}”: use one")

    def mapping(self, short: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = short.get(key)
        if not isinstance(value, Mapping):
            raise self.fault(short, key, f"“{key}” is missing or not a list of “key: value”")
        return value

    def text(self, short: Mapping[str, Any], key: str) -> str:
        value = short.get(key)
        if not isinstance(value, str):
            raise self.fault(short, key, f"“{key}” is missing or no text")
        return value


def weighed(source: Mapping[str, Any]) -> str:
    """How an action's evidence calls a source: its title, then who says so and of what weight."""
    by = source.get("citation")
    return f"{source['display']}{BY}{by}" if by else str(source["display"])


def told(
    documentation: Iterable[Mapping[str, Any]], sources: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """The description and title of an action that has only evidence: the quotes, who says so."""
    quotes = dict.fromkeys(document["citation"] for document in documentation)
    by = {source["url"]: source.get("citation", source["display"]) for source in sources}
    names = dict.fromkeys(by[document["url"]] for document in documentation)
    return {"description": " ".join(quotes), "title": "; ".join(names)}


def answer_of(link_id: str, question: Mapping[str, Any]) -> str:
    """The expression that reads an input's answer; none is "unknown" where that can be chosen."""
    answer = f"%answers.item.where(linkId='{link_id}').answer.value.code"
    if UNKNOWN not in question["choices"] or question.get("several"):
        return answer
    return f"iif({answer}.empty(), '{UNKNOWN}', {answer})"


def variable(name: str, expression: str) -> dict[str, Any]:
    """The extension that names an expression."""
    value = {"name": name, "language": FHIRPATH, "expression": expression}
    return {"url": VARIABLE, "valueExpression": value}


def condition(sentence: str, expression: str) -> dict[str, Any]:
    """When an action applies: the sentence that people read, and the expression."""
    test = {"description": sentence, "language": FHIRPATH, "expression": expression}
    return {"kind": "applicability", "expression": test}


def _without_first(item: Mapping[str, Any]) -> Mapping[str, Any]:
    rest = At((key, value) for key, value in item.items() if key != "first")
    rest.line, rest.lines = getattr(item, "line", 1), getattr(item, "lines", {})
    return rest
