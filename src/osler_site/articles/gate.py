"""Every edit goes through the gate again: each claim against the passages it cites."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from osler.answering.candidates.candidate import hung_on
from osler.answering.composing.compose import under_its_drug
from osler.checking import check_text
from osler.domain import Problem, ProblemKind, SourceStatus, Statement, errors
from osler.library import Library
from osler_site.articles.claims import claims_in

_ABOVE = ("title", "heading", "header", "caption", "footnote", "focus")


@dataclass(frozen=True, slots=True)
class Objection:
    """A claim that its citations do not support: what disagrees, word against word."""

    claim: str
    problems: tuple[Problem, ...]
    override: str  # why the editor lets it stand; empty where no reason was given
    override_by: str  # who recorded that
    proved: bool  # whether every citation is what stands at its place, in no retracted source

    @property
    def stands(self) -> bool:
        """Whether an editor recorded why the claim stands all the same.

        A citation that is not in the library, or whose source was retracted, cannot be argued for.
        """
        return self.proved and bool(self.override.strip()) and bool(self.override_by)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each problem, with both spans."""
        return tuple(sentence(p) for p in self.problems)


def sentence(problem: Problem) -> str:
    """A problem in words: what the claim says against what the passage says."""
    if problem.kind is ProblemKind.UNSUPPORTED and not problem.claim:
        return f"unsupported: {problem.passage}"
    if problem.kind is ProblemKind.UNSUPPORTED and not problem.passage:
        return f"unsupported: no cited passage says “{problem.claim}”"
    theirs = f"“{problem.passage}”" if problem.passage else "nothing of it"
    return f"{problem.kind.value}: the claim says “{problem.claim}”, the passage {theirs}"


def objections(stream: Iterable[Any], library: Library) -> list[Objection]:
    """What the gate objects to in an article, in the order in which it is shown."""
    found = (objection(claim, library) for claim in claims_in(stream))
    return [o for o in found if o is not None]


def objection(value: Any, library: Library) -> Objection | None:
    """What the gate objects to in a claim (a ClaimBlock's value); None where it passes."""
    text = value["text"]
    evidence: list[_Evidence] = []
    problems: list[Problem] = []
    for cited in value["citations"]:
        try:
            evidence.append(_evidence(cited, value.get("composed") or "", library))
        except errors.LibraryError as error:
            problems.append(Problem(ProblemKind.UNSUPPORTED, "", str(error)))
    proved = bool(evidence) and not problems
    if evidence:
        problems += _problems(text, evidence)
    elif not problems:
        problems.append(Problem(ProblemKind.UNSUPPORTED, text, ""))
    if not problems:
        return None
    override, by = value.get("override") or "", value.get("override_by") or ""
    return Objection(text, tuple(problems), override, by, proved)


def cited_statement(cited: Any, library: Library) -> Statement:
    """The statement that a citation names, proved: its quote stands at its offsets.

    A retracted source carries no claim, whatever it says.

    Raises SourceNotFound, StatementNotFound, StaleCitation.
    """
    start, end = cited["start"], cited["end"]
    if not cited["source_id"] or start is None or end is None:
        raise errors.StatementNotFound("no passage has been chosen for this citation")
    source = library.source(cited["source_id"])
    if source.status is SourceStatus.RETRACTED:
        raise errors.StaleCitation(f"the source was retracted: {source.title}")
    text = library.text(source.id)
    if not cited["quote"] or text[start:end] != cited["quote"]:
        raise errors.StaleCitation(f"the source does not say “{(cited['quote'] or '')[:80]}” there")
    for statement in library.statements_of(cited["source_id"]):
        if statement.start <= start and end <= statement.end:
            if statement.held:
                raise errors.StaleCitation(f"the passage is held back: {statement.held}")
            return statement
    raise errors.StatementNotFound(f"no statement of the source stands at {start}-{end}")


def all_proved(stream: Iterable[Any], library: Library) -> bool:
    """Whether every citation of an article is what stands at its place in this library."""
    try:
        for claim in claims_in(stream):
            for cited in claim["citations"]:
                cited_statement(cited, library)
    except errors.LibraryError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A passage with its lead-in, and what it stands under: title, headings, header cells."""

    passage: str
    above: tuple[str, ...]


def _evidence(cited: Any, composed: str, library: Library) -> _Evidence:
    statement = cited_statement(cited, library)
    hung = hung_on(statement)
    leads = [
        c.quote
        for c in statement.context
        if c.role not in _ABOVE and (c.role != "label" or c in hung)
    ]
    above = [library.source(statement.source_id).title, *statement.section]
    above += [c.quote for c in statement.context if c.role in _ABOVE]
    above += _said_elsewhere(cited, composed, library)
    headings = [c.quote for c in statement.context if c.role == "heading"]
    passage = under_its_drug(": ".join([*leads, statement.text or statement.quote]), headings)
    return _Evidence(passage, tuple(dict.fromkeys(above)))


def _said_elsewhere(cited: Any, composed: str, library: Library) -> Iterator[str]:
    """What the engine took from elsewhere in the source when it composed the claim.

    For example the sentence before it that names the drug. Each is proved like a citation.
    """
    if not composed:
        return
    at = (cited["source_id"], cited["start"], cited["end"])
    for known in json.loads(composed).get("citations", ()):
        if (known["source_id"], known["start"], known["end"]) == at:
            text = library.text(known["source_id"])
            for part in known["context"]:
                if text[part["start"] : part["end"]] == part["quote"]:
                    yield part["quote"]


def _problems(text: str, evidence: list[_Evidence]) -> tuple[Problem, ...]:
    """Those against the passage that fits best, or against all of them at once.

    A claim may join what two passages say.
    """
    attempts = [*evidence]
    if len(evidence) > 1:
        passage = "\n".join(e.passage for e in evidence)
        attempts.append(
            _Evidence(passage, tuple(dict.fromkeys(a for e in evidence for a in e.above)))
        )
    best: tuple[Problem, ...] | None = None
    for attempt in attempts:
        found = check_text(text, attempt.passage, "\n".join(attempt.above)).problems
        if not found:
            return ()
        if best is None or len(found) < len(best):
            best = found
    return best or ()
