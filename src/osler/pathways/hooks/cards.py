"""The steps of a pathway that a patient takes, as cards (CDS Hooks 2.0, "Card Attributes")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from osler.domain import Citation
from osler.pathways.applying import Reason, Step
from osler.pathways.hooks.deciding import Deciding
from osler.pathways.hooks.evidence import Evidence
from osler.pathways.hooks.request import Hook
from osler.pathways.hooks.suggestions import (
    Draft,
    check_of,
    deletion,
    full_label_of,
    labelled,
    requests_of,
    suggestion,
)
from osler.pathways.hooks.wording import LONGEST_SUMMARY, escaped, summary
from osler.pathways.orders import Order, read_made
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of

Card = dict[str, Any]
ASKS = "asks"  # of a card while it is made: the unknown inputs that it rests on
URGENCY = ("info", "warning", "critical")
_PRIORITY = {"routine": "info", "urgent": "warning", "asap": "warning", "stat": "critical"}
_ONE_OF = ("exactly-one", "at-most-one")
_COMMUNICATION = "CommunicationRequest"
_SYSTEM = "urn:osler:override-reason"
OVERRIDE_REASONS = (
    ("already-done", "It is being done already"),
    ("not-suitable", "It does not suit this patient"),
    ("contraindicated", "It is contraindicated here"),
    ("declined", "The patient declines"),
    ("other-guidance", "Other guidance is followed here"),
    ("record-wrong", "The record is wrong or out of date"),
    ("disagree", "The evidence does not convince"),
    ("later", "It will be decided later"),
)
CODED_REASONS = tuple(
    {"code": code, "system": _SYSTEM, "display": display} for code, display in OVERRIDE_REASONS
)


@dataclass(frozen=True, slots=True)
class Deck:
    """Makes the cards of one call. `drafts` are the orders that are looked at."""

    evidence: Evidence
    seed: UUID  # of the ids of cards: the same call has the same
    drafts: tuple[Draft, ...]
    known: Mapping[str, Order]  # what the pathway's actions order, by their ids
    hook: Hook
    substances: frozenset[str] = frozenset()  # what the pathway is about
    deciding: Deciding | None = None

    def id_of(self, key: str) -> UUID:
        """The id of a card or suggestion of this call."""
        return uuid5(self.seed, key)

    def deal(
        self, steps: Sequence[Step], group: Step | None = None, why: tuple[Reason, ...] = ()
    ) -> Iterator[Card]:
        """The cards of the steps that were taken and are for this hook, and of those below them.

        What is no more than to be known stands together on one card a group; when a record is
        opened, so do checks. Whoever orders is told what has to do with the order alone; which
        doses the drafts differ from, and which checks are due, is told apart.
        """
        together: list[Step] = []
        notes: list[tuple[Step, tuple[Reason, ...]]] = []  # on an order, of a group
        for step in steps:
            if not step.taken or not self.is_for_hook(step) or self._is_told_apart(step):
                continue
            taken = [below for below in step.steps if below.taken]
            reasons = (*why, *step.reasons)
            if is_choice(step) and taken:
                yield from self._of_choice(step, taken, reasons)
            elif taken:
                yield from self.deal(taken, step, reasons)
            elif group is not None and self._is_note(step):
                notes.append((step, reasons))
            elif step.action.get("trigger") or _indicator(step) != "info" or is_drug(step):
                yield from self._of_leaf(step, reasons)
            elif not self.hook.holds_orders and (is_check(step) or self.evidence.cited([step.id])):
                together.append(step)
        if together:
            yield self.together(group, together)
        if len(notes) > 1:
            yield self.together(group, [step for step, _ in notes], titled=True)
        for step, reasons in notes if len(notes) == 1 else ():
            yield from self._of_leaf(step, reasons)

    def card(
        self,
        key: str,
        title: str,
        indicator: str,
        detail: Sequence[str],
        cited: Sequence[Citation],
        suggestions: Sequence[dict[str, Any]] = (),
        behavior: str = "any",
    ) -> Card:
        """A card; parts of its detail that are empty are left out."""
        parts = [part for part in (*detail, self.evidence.quoted(cited)) if part]
        made: Card = {
            "uuid": str(self.id_of(key)),
            "summary": summary(title),
            "indicator": indicator,
            "detail": "\n\n".join(parts),
            "source": self.evidence.source(cited),
            "overrideReasons": [dict(reason) for reason in CODED_REASONS],
            "links": self.evidence.links(cited),
        }
        if not parts:
            del made["detail"]
        if suggestions:
            made |= {"suggestions": list(suggestions), "selectionBehavior": behavior}
        return made

    def _of_leaf(self, step: Step, reasons: tuple[Reason, ...]) -> Iterator[Card]:
        cited = self.evidence.cited([step.id])
        indicator = _indicator(step)
        offered = [s for s in (suggestion(step, self.seed),) if s]
        if offered:
            offered[0]["isRecommended"] = True
        title = self.named(step.title or step.description)
        if indicator == "critical":
            title = self._with_values(title, reasons)
            spoken = [draft for draft in self.drafts if self._speaks_of(step, draft)]
            if spoken and not offered:
                offered = [self.taking_back(spoken)]
        detail = self._detail(step, reasons)
        made = self.card(step.id, title, indicator, detail, cited, offered)
        if not cited and not offered and self.deciding:
            made[ASKS] = tuple(self.deciding.unknown(reasons))
        yield made

    def taking_back(self, drafts: Sequence[Draft]) -> dict[str, Any]:
        """The suggestion not to order what is drafted."""
        names = " and ".join(dict.fromkeys(draft.order.name for draft in drafts))
        return {
            "label": labelled(f"Do not order {names}"),
            "uuid": str(self.id_of(f"delete {' '.join(draft.reference for draft in drafts)}")),
            "actions": list(map(deletion, drafts)),
        }

    def _speaks_of(self, step: Step, draft: Draft) -> bool:
        found = find_substances(f"{step.title}. {step.description}")
        return not {base_of(f.name) for f in found}.isdisjoint(map(base_of, draft.order.substances))

    def _with_values(self, title: str, reasons: tuple[Reason, ...]) -> str:
        values = self.deciding.values(reasons) if self.deciding else []
        longer = f"{title}: {'; '.join(values)}"
        return longer if values and len(longer) <= LONGEST_SUMMARY else title

    def named(self, title: str) -> str:
        """A title that names a drug of the pathway; with the pathway's where it does not."""
        found = {base_of(f.name) for f in find_substances(title)}
        return title if found & self.substances else self.headed(title)

    def _of_choice(
        self, step: Step, taken: Sequence[Step], reasons: tuple[Reason, ...]
    ) -> Iterator[Card]:
        """Positions side by side; none is recommended before another."""
        offered = [found for below in taken if (found := suggestion(below, self.seed))]
        if len(taken) == 1:
            for one in offered:
                one["isRecommended"] = True
        indicator = max(map(_indicator, (step, *taken)), key=URGENCY.index)
        detail = list(self._detail(step, reasons))
        for below in taken:
            detail.append(f"**{escaped(full_label_of(below))}**")
            detail.append(self.evidence.quoted(self.evidence.cited([below.id])))
        made = self.card(
            step.id,
            self.headed(step.title),
            indicator,
            detail,
            self.evidence.cited([step.id]),
            offered,
            "at-most-one",
        )
        cited = self.evidence.cited([step.id, *(below.id for below in taken)])
        asks = tuple(self.deciding.unknown(reasons)) if self.deciding else ()
        yield made | {
            "links": self.evidence.links(cited), "source": self.evidence.source(cited), ASKS: asks,
        }  # fmt: skip

    def together(self, group: Step | None, steps: Sequence[Step], *, titled: bool = False) -> Card:
        """Several steps on one card, `titled` each; as many of their orders as are wanted."""
        offered = [s for t in steps if (s := suggestion(t, self.seed))]
        cited = self.evidence.cited(step.id for step in steps)
        said = [
            f"- **{escaped(step.title)}** {escaped(step.description)}".rstrip()
            if titled and step.title
            else f"- {escaped(_said(step))}"
            for step in steps
        ]
        title = self.headed(group.title if group is not None else "")
        if len(steps) == 1:
            title = check_of(steps[0]) or self.named(_said(steps[0]))
        return self.card(
            f"together {group.id if group is not None else ''}",
            title,
            "info",
            ["\n".join(said)],
            cited,
            offered,
        )

    def headed(self, title: str) -> str:
        """A title that says by itself what it is about."""
        return f"{self.evidence.pathway.title}: {title}" if title else self.evidence.pathway.title

    def is_for_hook(self, step: Step) -> bool:
        """Whether a step's triggers name this hook, or it has none."""
        names = {trigger.get("name") for trigger in step.action.get("trigger", ())}
        return not names or self.hook in names

    def _detail(self, step: Step, reasons: tuple[Reason, ...]) -> tuple[str, ...]:
        why = self.evidence.why(reasons, self.deciding.values(reasons) if self.deciding else ())
        quoted = " ".join(c.quote for c in self.evidence.cited([step.id]))
        said = "" if step.description in quoted else escaped(step.description)
        return (said, f"**Why**\n\n{why}" if why else "")

    def _is_note(self, step: Step) -> bool:
        """Whether a step tells whoever orders something, and presses for nothing."""
        told = self.hook.holds_orders and bool(step.action.get("trigger"))
        return told and _indicator(step) == "info" and not any(requests_of(step))

    def _is_told_apart(self, step: Step) -> bool:
        """Whether a step orders drugs that nobody is ordering, or that drafts are held against."""
        whole = is_choice(step) or not step.steps
        if not self.hook.holds_orders or not whole or not is_drug(step):
            return False
        if _indicator(step) == "info":
            return True
        ordered = [order for r in requests_of(step) if (order := read_made(r)) is not None]
        drafted = {base_of(s) for draft in self.drafts for s in draft.order.substances}
        mine = {base_of(s) for order in ordered for s in order.substances}
        return not drafted.isdisjoint(mine)


def _said(step: Step) -> str:
    """A step in one sentence."""
    return step.description or step.title


def is_choice(step: Step) -> bool:
    """Whether a step is a choice between the steps below it."""
    return step.action.get("selectionBehavior") in _ONE_OF


def is_check(step: Step) -> bool:
    """Whether a step asks for tests or visits, and nothing else."""
    ordered = list(requests_of(step))
    return bool(ordered) and all(r["resourceType"] == "ServiceRequest" for r in ordered)


def is_drug(step: Step) -> bool:
    """Whether a step orders drugs, among others."""
    return any(r["resourceType"] == "MedicationRequest" for r in requests_of(step))


def _indicator(step: Step) -> str:
    priority = str(step.action.get("priority", ""))
    if priority in _PRIORITY:
        return _PRIORITY[priority]
    codings = (step.action.get("type") or {}).get("coding", ())
    communicated = any(coding.get("code") == _COMMUNICATION for coding in codings)
    made = step.request is not None and step.request["resourceType"] == _COMMUNICATION
    return "warning" if communicated or made else "info"
