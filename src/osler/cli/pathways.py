"""Pathways: what there is, whether a file holds, YAML and JSON, and the table of decisions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osler.cli.errors import FAILURE, Commands
from osler.cli.options import (
    FILE,
    Format,
    OneOf,
    format_option,
    library_option,
    library_path,
)
from osler.cli.printing import print_json

if TYPE_CHECKING:
    from osler.domain.errors import InvalidResource


class _Notation(StrEnum):
    """How a pathway is written."""

    YAML = "yaml"
    JSON = "json"


_name_argument = click.argument(
    "name", metavar="FILE-OR-NAME", help="A pathway in YAML or JSON, or a packaged one's name."
)


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def pathways(context: click.Context) -> None:
    """Computable protocols: FHIR R4 PlanDefinitions whose every dose a source supports.

    Alone it lists the pathways. To write one, start from a packaged one and check as you go:

    \b
      osler pathways convert metformin > mine.yaml
      osler pathways check mine.yaml --library L

    docs/pathways.md teaches it step by step.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


@pathways.command("list")
@library_option
@click.option(
    "--folder", metavar="FOLDER", type=FILE, help="Also the pathways (.yaml, .json) in here."
)
@format_option
def list_(
    library: Path | None = None, folder: Path | None = None, output: Format = Format.TEXT
) -> None:
    """List the pathways, and whether each loads with this library."""
    from osler.library import Library
    from osler.pathways import load_pathways

    with Library.open(library_path(library)) as opened:
        loaded, refused = load_pathways(opened, folder)
    if output is Format.JSON:
        rows = [
            {"name": p.name, "id": p.id, "title": p.title, "version": p.version,
             "loads": True, "sources": len(p.references), "problems": []}
            for p in loaded
        ]  # fmt: skip
        rows += [
            {"name": name, "loads": False, "problems": error.issues} for name, error in refused
        ]
        print_json({"pathways": rows})
        return
    for pathway in loaded:
        told = f"loads, {len(pathway.references)} sources"
        click.echo("\t".join((pathway.name, pathway.title, pathway.version, told)))
    for name, error in refused:
        click.echo(f"{name}\tdoes not load: {error.issues[0].details}")
        if len(error.issues) > 1:
            click.echo(f"\tand {len(error.issues) - 1} more: osler pathways check {name}")


@pathways.command()
@_name_argument
@library_option
@format_option
def check(name: str, library: Path | None, output: Format) -> None:
    """Check a pathway: what is wrong with its form, and what its sources do not say.

    Every sentence and dose is held against the passages that its action quotes. Each problem
    names the action, and what it says beside what the passage says. Exit status 1 where there
    is one.
    """
    from osler.domain.errors import InvalidResource
    from osler.library import Library
    from osler.pathways.loading import check_plan, read_plan

    plan: dict[str, Any] = {}
    try:
        plan = read_plan(name)
        with Library.open(library_path(library)) as opened:
            pathway = check_plan(plan, opened, Path(name).stem)
    except InvalidResource as error:
        _print_problems(error, _places(name, plan), output)
        raise click.exceptions.Exit(FAILURE) from error
    if output is Format.JSON:
        print_json({"name": pathway.name, "loads": True, "problems": []})
        return
    cited = sum(map(len, pathway.citations.values()))
    click.echo(f"{pathway.title} {pathway.version}: loads")
    click.echo(
        f"{len(pathway.citations)} actions, {cited} quotes, {len(pathway.references)} sources"
    )
    for warning in pathway.warnings:
        click.echo(f"  {warning.path}: {warning.details}")


@pathways.command()
@_name_argument
@click.option(
    "--to",
    type=OneOf(_Notation),
    help="Into what; by default YAML of JSON and JSON of YAML.",
)
def convert(name: str, to: _Notation | None) -> None:
    """Print a pathway as FHIR's JSON, or as the YAML that people write. Nothing is lost."""
    from osler.pathways import to_yaml
    from osler.pathways.loading import read_plan
    from osler.pathways.reading import to_json

    plan = read_plan(name)
    if to is None:
        to = _Notation.YAML if name.endswith(".json") else _Notation.JSON
    if to is _Notation.YAML:
        click.echo(to_yaml(plan), nl=False)
    else:
        click.echo(to_json(plan))


@pathways.command()
@_name_argument
def table(name: str) -> None:
    """Print when each action of a pathway applies, as Markdown tables for reading through."""
    from osler.domain.errors import InvalidResource
    from osler.pathways import Definitions
    from osler.pathways.loading import read_plan
    from osler.pathways.soundness import faults_of
    from osler.pathways.table import markdown

    plan = read_plan(name)
    Definitions.from_json(plan)  # refuses what is no FHIR
    faults = faults_of(plan)
    if faults:
        raise InvalidResource(faults)
    click.echo(markdown(plan, Path(name).stem), nl=False)


def _places(name: str, plan: dict[str, Any]) -> dict[str, str]:
    """Where each action stands, by its FHIRPath: its id, and the line of a YAML file."""
    from osler.pathways.authoring import lines_of_actions
    from osler.pathways.evidence import steps_of
    from osler.pathways.loading import read_text

    if not plan:
        return {}
    text, file = read_text(name)
    lines = {} if file.endswith(".json") else lines_of_actions(text)
    return {
        step.path: f"{file} line {lines[step.id]}, {step.id}" if step.id in lines else step.id
        for step in steps_of(plan)
    }


def _print_problems(error: InvalidResource, places: dict[str, str], output: Format) -> None:
    if output is Format.JSON:
        print_json({"loads": False, "problems": error.issues})
        return
    for issue in error.issues:
        within = [path for path in places if issue.path.startswith(path)]
        if within:
            click.echo(f"{places[max(within, key=len)]}:")
        click.echo(f"  {issue.path}: {issue.details}" if issue.path else f"  {issue.details}")
    count = len(error.issues)
    click.echo(f"{count} {'problem' if count == 1 else 'problems'}: it does not load")
    click.echo(error.help)
