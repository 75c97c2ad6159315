"""Every edit goes through the gate again: each claim against the passages it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from osler.checking import check, check_text
from osler.domain import Problem, ProblemKind, Statement, errors
from osler.library import Library


@dataclass(frozen=True, slots=True)
class Objection:
    """A claim that its citations do not support: what disagrees, word against word."""

    claim: str
    problems: tuple[Problem, ...]
    override: str  # why the editor lets it stand; empty where no reason was given

    @property
    def stands(self) -> bool:
        """Whether an editor recorded why the claim stands all the same."""
        return bool(self.override.strip())

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each problem, with both spans."""
        return tuple(sentence(p) for p in self.problems)


def sentence(problem: Problem) -> str:
    """A problem in words: what the claim says against what the passage says."""
    if problem.kind is ProblemKind.UNSUPPORTED and not problem.passage:
        return f"unsupported: no cited passage says “{problem.claim}”"
    theirs = f"“{problem.passage}”" if problem.passage else "nothing of it"
    return f"{problem.kind.value}: the claim says “{problem.claim}”, the passage {theirs}"


def objection(value: Any, library: Library) -> Objection | None:
    """What the gate objects to in a claim (a ClaimBlock's value); None where it passes."""
    text, override = value["text"], value["override"] or ""
    evidence: list[Statement] = []
    problems: list[Problem] = []
    for cited in value["citations"]:
        try:
            evidence.append(cited_statement(cited, library))
        except errors.LibraryError as error:
            problems.append(Problem(ProblemKind.UNSUPPORTED, text, str(error)))
    if evidence:
        verdict = check(text, evidence)
        if not verdict.supported and len(evidence) > 1:
            verdict = min(
                (verdict, _together(text, evidence)), key=lambda found: len(found.problems)
            )
        problems += verdict.problems
    elif not problems:
        problems.append(Problem(ProblemKind.UNSUPPORTED, text, ""))
    return Objection(text, tuple(problems), override) if problems else None


def _together(text: str, evidence: list[Statement]) -> Any:
    """Against all that is cited at once: a claim may join what two passages say."""
    passage = "\n".join(s.text or s.quote for s in evidence)
    context = "\n".join(dict.fromkeys(part.quote for s in evidence for part in s.context))
    return check_text(text, passage, context)


def cited_statement(cited: Any, library: Library) -> Statement:
    """The statement that a citation names, proved: its quote stands at its offsets.

    Raises SourceNotFound, StatementNotFound, StaleCitation.
    """
    text = library.text(library.source(cited["source_id"]).id)
    start, end = cited["start"], cited["end"]
    if cited["quote"] and text[start:end] != cited["quote"]:
        raise errors.StaleCitation(f"the source no longer says “{cited['quote'][:80]}” there")
    for statement in library.statements_of(cited["source_id"]):
        if statement.start <= start and end <= statement.end:
            return statement
    raise errors.StatementNotFound(f"no statement of the source stands at {start}-{end}")
