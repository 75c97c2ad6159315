"""A plan's decisions as tables that a person can read through, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.authoring.expanding import FIRST, NOTES, NOW
from osler.pathways.deciding import Axis, Deciding, Decision, Truth

_NOTES = {"silence": "Silence", "question": "Ask", "alert": "Warning"}
_MOST_BOXES = 1000
Box = tuple[tuple[int, ...], ...]  # of each axis the places that are in it


def boxes(truth: Truth) -> tuple[Box, ...]:
    """Boxes that together hold where an array is true, and nothing else; they may overlap.

    Each grows from the first place not yet held, axis by axis, as far as it stays true.
    Raises `InvalidResource` where there are too many to read through.
    """
    left = truth.copy()
    found = []
    while left.any():
        start = tuple(int(at) for at in np.argwhere(left)[0])
        box: list[tuple[int, ...]] = [(at,) for at in start]
        for axis, length in enumerate(truth.shape):
            box[axis] = tuple(
                at
                for at in range(length)
                if truth[np.ix_(*box[:axis], (at,), *box[axis + 1 :])].all()
            )
        found.append(tuple(box))
        if len(found) > _MOST_BOXES:
            said = f"An action applies in more than {_MOST_BOXES:,} ways: no table of it is read."
            raise InvalidResource([Issue(Severity.ERROR, "too-costly", said, "PlanDefinition")])
        left[np.ix_(*box)] = False
    return tuple(found)


def markdown(plan: Mapping[str, Any], name: str) -> str:
    """The page of a plan: its inputs, and for each group of actions when each applies."""
    deciding = Deciding(plan)
    decisions = {decision.step.id: decision for decision in deciding.decisions()}
    lines = [
        f"# {plan.get('title', name)}: what is decided when",
        "",
        f"Made by `osler pathways table {name}` from version {plan.get('version', '')} of the "
        f"pathway; a test keeps it up to date. {deciding.combinations:,} combinations of inputs "
        "are possible. Where an input does not matter to a line it is “any”; what is the same in "
        "all lines of a table stands above it, and an input that matters to none of them is left "
        "out. Several lines for one action (〃) are several ways in which it applies.",
        "",
        "## Inputs",
        "",
        "| input | question | choices |",
        "|---|---|---|",
        *_inputs(plan),
        "",
    ]
    groups = [("Orders being written", plan)]
    groups += [
        (str(d.step.action.get("title", d.step.id)), d.step.action) for d in decisions.values()
    ]
    for title, holder in groups:
        rows = list(_rows(holder, decisions, deciding))
        if rows:
            lines += [f"## {title}", "", *_lines(rows, deciding.axes), ""]
    return "\n".join(lines).rstrip() + "\n"


def _inputs(plan: Mapping[str, Any]) -> Iterator[str]:
    for resource in plan.get("contained") or ():
        for item in resource.get("item") or ():
            codings = (o.get("valueCoding", {}) for o in item.get("answerOption") or ())
            choices = "; ".join(f"`{c.get('code', '')}` {c.get('display', '')}" for c in codings)
            several = " (several)" if item.get("repeats") else ""
            yield f"| {item['linkId']}{several} | {item.get('text', '')} | {choices} |"


Row = tuple[tuple[str, str, str], Box]  # what, who says so, when it is listed first


def _rows(
    holder: Mapping[str, Any], decisions: Mapping[str, Decision], deciding: Deciding
) -> Iterator[Row]:
    """The actions right within one that hold no others, a row for each box."""
    by = {a.get("url"): a.get("citation", a.get("display", "")) for a in _sources(deciding.plan)}
    within = {id(action) for action in holder.get("action") or () if not action.get("action")}
    for name, decision in decisions.items():
        if id(decision.step.action) not in within or name.endswith(FIRST):
            continue
        action, applies = decision.step.action, decision.applies
        front = decisions.get(name + FIRST)
        if front is not None:
            applies = applies | front.applies
        quoted = [d.get("url") for d in action.get("documentation") or ()]
        who = "; ".join(dict.fromkeys(by.get(url, "").split(" · ")[0] for url in quoted))
        told = (_what(decision, deciding.plan, who), who, _first(front))
        for box in boxes(applies):
            yield told, _whole(box, applies, deciding.axes)
            told = ("〃", "", "")


def _lines(rows: Sequence[Row], axes: Sequence[Axis]) -> Iterator[str]:
    """A table; what is the same in all its rows stands above it."""
    shared, apart = [], []
    for number, axis in enumerate(axes):
        found = {box[number] for _, box in rows}
        if len(found) > 1:
            apart.append(number)
        elif len(rows[0][1][number]) < len(axis.values):
            shared.append(f"{_head(axis)}: {_cell(axis, rows[0][1][number])}")
    if shared:
        yield from (f"Throughout: {'; '.join(shared)}.", "")
    heads = ["", "who says so", "listed first", *(_head(axes[number]) for number in apart)]
    if not any(first for (_, _, first), _ in rows):
        heads.remove("listed first")
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for (what, who, first), box in rows:
        cells = [what, who, *([first] if "listed first" in heads else [])]
        cells += [_cell(axes[number], box[number]) for number in apart]
        yield f"| {' | '.join(cells)} |"


def _head(axis: Axis) -> str:
    return axis.mark or axis.link_id


def _cell(axis: Axis, places: tuple[int, ...]) -> str:
    if len(places) == len(axis.values):
        return "any"
    return " or ".join(axis.values[at] for at in places)


def _whole(box: Box, truth: Truth, axes: Sequence[Axis]) -> Box:
    """The box with every value of the inputs that are not read."""
    return tuple(
        places if truth.shape[number] > 1 else tuple(range(len(axis.values)))
        for number, (places, axis) in enumerate(zip(box, axes, strict=True))
    )


def _what(decision: Decision, plan: Mapping[str, Any], who: str) -> str:
    """What an action orders or says, in a cell."""
    action = decision.step.action
    held = {f"#{r.get('id')}": r for r in plan.get("contained") or ()}
    activity = held.get(str(action.get("definitionCanonical")), {})
    title = str(action.get("title", decision.step.id))
    note = _note(action)
    if note is not None:
        told = f"{note}: {title}"
    elif activity.get("kind") == "MedicationRequest":
        doses = ", then ".join(d.get("text", "") for d in activity.get("dosage") or ())
        drug = activity.get("productCodeableConcept", {}).get("text", title)
        told = f"**{drug}** {doses}"
    elif activity.get("kind") == "ServiceRequest":
        told = f"Check: {activity.get('code', {}).get('text', title)}"
        every = (activity.get("timingTiming") or {}).get("code", {}).get("text")
        told += f", {every}" if every else ""
    elif activity:
        said = title if title.split(" · ")[0] not in who else str(action.get("description", title))
        told = f"Warning: {said}" if activity.get("priority") != "routine" else said
    else:
        told = title
    if decision.besides:
        told += f" (when also: {'; '.join(decision.besides)})"
    return told.replace("|", "\\|")


def _note(action: Mapping[str, Any]) -> str | None:
    for code in action.get("code") or ():
        for coding in code.get("coding") or ():
            if coding.get("system") == NOTES:
                return _NOTES.get(str(coding.get("code")), "Note")
    return None


def _first(front: Decision | None) -> str:
    if front is None:
        return ""
    told = front.step.action["condition"][-1]["expression"].get("description", "")
    return str(told).removeprefix(NOW)


def _sources(plan: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = plan.get("relatedArtifact") or ()
    return found
