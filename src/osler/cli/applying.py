"""Applying a computable protocol to a patient: apply."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from osler.cli.options import FILE, Format, library_option, library_path, one_of
from osler.cli.printing import count
from osler.domain.errors import InvalidResource, UsageError

if TYPE_CHECKING:
    from osler.domain.issue import Issue
    from osler.pathways import Application, Definitions, Step


@click.command()
@click.argument("plan", nargs=-1, required=True, metavar="PLAN...", type=FILE)
@click.option(
    "--patient", required=True, metavar="FILE", type=FILE, help="A Patient, or a Bundle about one."
)
@click.option(
    "--shape",
    type=click.Choice(["careplan", "bundle"]),
    default="careplan",
    show_default=True,
    help="A CarePlan that contains the requests, or a Bundle of them.",
)
@click.option("--now", metavar="DATE", help="The day, or moment, that counts as today.")
@click.option(
    "--answers", metavar="FILE", type=FILE, help="A QuestionnaireResponse to the plan's questions."
)
@click.option(
    "--encounter", help='Named in the requests, for example "Encounter/1".', metavar="REFERENCE"
)
@click.option("--practitioner", help="Named in the requests as who asks.", metavar="REFERENCE")
@click.option("--organization", help="Named in the requests as who asks.", metavar="REFERENCE")
@library_option
@one_of(
    "--format", Format.JSON, "How to print: the FHIR resource, or what was decided.", to="output"
)
@click.pass_context
def apply(
    ctx: click.Context,
    /,
    plan: tuple[Path, ...],
    patient: Path,
    shape: str,
    now: str | None,
    answers: Path | None,
    library: Path | None,
    output: Format,
    **parties: str | None,
) -> None:
    """Apply a FHIR PlanDefinition or ActivityDefinition to a patient ($apply).

    PLAN is either of them, or a Bundle that holds one, in JSON or in the YAML of pathways, or the
    name of a packaged pathway; further files hold what it refers to. A pathway that cites sources
    is held against the library first: where they do not say so, it is not applied.
    Invalid input prints an OperationOutcome and ends with status 1.
    """
    from osler.pathways import operation_outcome
    from osler.pathways.reading import to_json

    moment = _moment(now)
    try:
        definitions = _definitions(plan, library)
        application = _applied(definitions, patient, answers, moment, parties)
    except InvalidResource as error:
        click.echo(to_json(operation_outcome(error.issues)))
        ctx.exit(1)
    if output is Format.JSON:
        click.echo(to_json(application.careplan if shape == "careplan" else application.bundle))
        for issue in application.issues:
            click.echo(f"osler: {_line(issue)}", err=True)
    else:
        _print_text(application)


def _definitions(plan: tuple[Path, ...], given: Path | None) -> Definitions:
    """What is applied. Plans that cite sources of Osler's are held against the library, if there
    is one; their evidence then names its statements.
    """
    from osler.domain.errors import LibraryNotFound
    from osler.library import Library
    from osler.pathways import Definitions
    from osler.pathways.evidence import cites_sources
    from osler.pathways.loading import check_plan, read_plan

    plans = [(read_plan(each), each.stem) for each in plan]
    cited = [given is not None or cites_sources(found) for found, _ in plans]
    if not any(cited):
        return Definitions.from_json(*(found for found, _ in plans))
    try:
        opened = Library.open(library_path(given))
    except LibraryNotFound:
        if given is not None:
            raise
        click.echo(
            "osler: warning: not held against any library; --library LIBRARY holds every sentence "
            "and dose against the passages that they cite",
            err=True,
        )
        return Definitions.from_json(*(found for found, _ in plans))
    with opened:
        held = [
            check_plan(found, opened, name).definitions.root if cites else found
            for (found, name), cites in zip(plans, cited, strict=True)
        ]
    return Definitions.from_json(*held)


def _applied(
    definitions: Definitions,
    patient: Path,
    answers: Path | None,
    now: datetime,
    parties: dict[str, str | None],
) -> Application:
    from osler.pathways import apply, read_record
    from osler.pathways.reading import from_json

    record = read_record(from_json(patient.read_bytes()), now=now)
    given = None if answers is None else from_json(answers.read_bytes())
    return apply(definitions, record, now=now, answers=given, **parties)


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"“{text}” is no date", help="Write it as 2026-03-31 or 2026-03-31T09:00:00Z."
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _print_text(application: Application) -> None:
    for step in application.steps:
        _print_step(step, 0)
    if application.issues:
        click.echo(f"\n{count(len(application.issues), 'note')}:")
    for issue in application.issues:
        click.echo(f"  {_line(issue)}")
    click.echo("\nThis supports a clinician and does not replace one.")


def _print_step(step: Step, depth: int) -> None:
    """What is done, by which passages, and why; of what is not done, why not."""
    indent = "  " * depth
    click.echo(f"{indent}{'[x]' if step.taken else '[ ]'} {step.title or step.id}")
    for reason in step.reasons:
        detail = f" ({reason.detail})" if reason.detail else ""
        click.echo(f"{indent}      {reason.text}: {reason.outcome}{detail}")
    if step.taken:
        _print_done(step, f"{indent}    ")
    for inner in step.steps:
        _print_step(inner, depth + 1)


def _print_done(step: Step, indent: str) -> None:
    request = step.request or {}
    doses = [str(dosage["text"]) for dosage in request.get("dosageInstruction", [])]
    drug = request.get("medicationCodeableConcept", {}).get("text", "")
    cited = [a for a in step.action.get("documentation", []) if "citation" in a]
    quotes = [f"“{a['citation']}” {a.get('display', '')}".rstrip() for a in cited]
    said = "" if step.description == " ".join(a["citation"] for a in cited) else step.description
    lines = [f"{drug}: {dose}".removeprefix(": ") for dose in doses] or [said]
    made = [f"→ {request['resourceType']}/{request['id']}"] if request else []
    for line in (*lines, *quotes, *made):
        if line:
            click.echo(fill(line, 100, initial_indent=indent, subsequent_indent=f"{indent}  "))


def _line(issue: Issue) -> str:
    where = f"{issue.path}: " if issue.path else ""
    return f"{issue.severity.value}: {where}{issue.details}"
