"""Why each step was taken or not, and which answers would decide what is still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from osler.pathways import Reason, Step
from osler_site.pathways.naming import Names
from osler_site.pathways.orders import medication
from osler_site.pathways.shown import Branch, ReasonView, Wanted
from osler_site.pictures import FlowStep, Way

_OUTCOMES = {"true": "yes", "false": "no", "empty": "unknown"}
_FIRST, _NOW = "-first", "Listed first: "  # of a way that stands in front where that is wanted
NOTES = "urn:osler:pathway:note"


def note_of(step: Step) -> str:
    """What sort of remark a step is: "question", "silence", or "" for none."""
    codings = (c for code in step.action.get("code", ()) for c in code.get("coding", ()))
    return next((str(c.get("code")) for c in codings if c.get("system") == NOTES), "")


def once(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps without twins: of a way that may stand in front, the one that counts today."""
    fronts = {s.id.removesuffix(_FIRST): s.taken for s in steps if _may_be_first(s)}
    return tuple(s for s in steps if (s.taken if _may_be_first(s) else not fronts.get(s.id)))


def _may_be_first(step: Step) -> bool:
    """Whether a step is a way where it stands in front of the others."""
    said = (c.get("expression", {}).get("description") for c in step.action.get("condition", ()))
    return step.id.endswith(_FIRST) and any(str(text).startswith(_NOW) for text in said)


def branches(steps: Sequence[Step], names: Names, *, reached: bool = True) -> tuple[Branch, ...]:
    """The tree of the steps with what decided each."""
    return tuple(_branch(step, names, reached) for step in once(steps))


def _branch(step: Step, names: Names, reached: bool) -> Branch:
    way = way_of(step) if reached else Way.NOT_REACHED
    return Branch(
        title=_title(step, names),
        way=way,
        reasons=tuple(_reason(r, names) for r in step.reasons) if reached else (),
        branches=branches(step.steps, names, reached=way is Way.TAKEN),
    )


def _title(step: Step, names: Names) -> str:
    """What a step is called; one that is called by who says it, with what is said."""
    title, request = names.title(step), step.request or {}
    if not names.is_attributed(step):
        return title
    if request.get("resourceType") == "MedicationRequest":
        ordered = medication(request)
        return f"{title}: {ordered.name} {', then '.join(given.text for given in ordered.doses)}"
    return f"{title}: {step.description}" if step.description else title


def way_of(step: Step) -> Way:
    """What became of a step that was come to."""
    if step.taken:
        return Way.TAKEN
    outcomes = {reason.outcome for reason in step.reasons}
    return Way.OPEN if outcomes and outcomes <= {"true", "empty"} else Way.NOT_TAKEN


def _reason(reason: Reason, names: Names) -> ReasonView:
    return ReasonView(
        text=reason.text or reason.expression,
        outcome=_OUTCOMES.get(reason.outcome, "failed"),
        said=tuple(names.said(name, values) for name, values in reason.values.items()),
        detail=reason.detail or "",
    )


def flow_steps(found: Sequence[Branch]) -> tuple[FlowStep, ...]:
    """The tree for its picture: what was taken or is open in full, the rest in a line."""
    shown = [b for b in found if b.way in (Way.TAKEN, Way.OPEN) or b.branches]
    steps = [
        FlowStep(b.title, b.way, flow_steps(b.branches) if b.way is Way.TAKEN else ())
        for b in shown
    ]
    others = [b for b in found if b not in shown]
    if len(others) == 1:
        steps.append(FlowStep(others[0].title, others[0].way))
    elif others:
        steps.append(FlowStep(f"{len(others)} other steps", Way.NOT_TAKEN))
    return tuple(steps)


def wanted(
    steps: Iterable[Step], names: Names, answered: Collection[str], asked: Collection[str]
) -> tuple[Wanted, ...]:
    """What the plan asks to find out, the open questions that would decide a step, and those that
    are always needed. `answered` are the linkIds that somebody or something answered.
    """
    found: dict[str, Wanted] = {}
    decides: dict[str, list[str]] = {}
    for step in _undecided(steps):
        if note_of(step) == "question":
            read = (k for r in step.reasons for k in names.links(r.expression, tuple(r.values)))
            link = next(read, None)
            if link is not None:
                field = names.questions[link].name
                found.setdefault(link, Wanted(names.title(step), field, step.description))
            continue
        for reason in step.reasons:
            if reason.outcome == "empty":
                empty = [name for name, values in reason.values.items() if not values]
                for link in names.links(reason.expression, empty):
                    decides.setdefault(link, []).append(names.title(step))
    for link, q in names.questions.items():
        lacking = link in asked and link not in answered and (link in decides or q.required)
        if lacking and link not in found:
            titles = dict.fromkeys(decides.get(link, ()))
            why = f"It decides: {'; '.join(titles)}." if titles else ""
            found[link] = Wanted(q.text, q.name, why)
    return tuple(found.values())


def _undecided(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        if step.taken:
            if note_of(step) == "question":
                yield step
            yield from _undecided(step.steps)
        elif way_of(step) is Way.OPEN:
            yield step
