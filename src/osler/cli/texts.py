"""Reading a text without a library: check, dosage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.options import FILE, DosageFormat, Format, format_option, one_of
from osler.cli.printing import print_json, print_json_line
from osler.domain.errors import UsageError

if TYPE_CHECKING:
    from osler.domain import Dosage

_CHECK_HELP = (
    'osler check --claim "1 mg daily" --passage "Give 1000 micrograms a day."\n'
    "osler check --pairs FILE.jsonl"
)


@click.command()
@click.option("--claim", help="The sentence to check.")
@click.option("--passage", help="The passage that should support it.")
@click.option("--context", default="", help="The title and headings that the passage stands under.")
@click.option(
    "--pairs",
    metavar="FILE.jsonl",
    type=FILE,
    help='Many at once: {"id", "claim", "passage", "context"}, one object a line.',
)
@format_option
def check(
    claim: str | None,
    passage: str | None,
    context: str,
    pairs: Path | None,
    output: Format,
) -> None:
    """Check whether a passage supports a claim: every number, dose, group and polarity."""
    if pairs is not None:
        if claim is not None or passage is not None or context:
            raise UsageError("--pairs stands alone", help=_CHECK_HELP)
        _check_pairs(pairs, output)
        return
    if not (claim and claim.strip()) or not (passage and passage.strip()):
        raise UsageError("a claim and a passage are needed", help=_CHECK_HELP)
    from osler.checking import check_text

    verdict = check_text(claim, passage, context)
    if output is Format.JSON:
        print_json({"supported": verdict.supported, "problems": verdict.problems})
        return
    click.echo("supported" if verdict.supported else "not supported")
    for problem in verdict.problems:
        click.echo(f"  {problem.kind}: claim “{problem.claim}” · passage “{problem.passage}”")


def _check_pairs(file: Path, output: Format) -> None:
    from osler.checking import check_pairs

    supported = total = 0
    with file.open(encoding="utf-8-sig") as lines:
        for result in check_pairs(lines):
            total += 1
            supported += result["supported"]
            if output is Format.JSON:
                print_json_line(result)
            else:
                kinds = ", ".join(sorted({p["kind"] for p in result["problems"]}))
                click.echo(f"{result['id']}\t{kinds or 'supported'}")
    if output is Format.TEXT:
        click.echo(f"{supported} of {total} supported")


@click.command()
@click.argument("text", metavar="TEXT", help="A sentence that states a dose.")
@one_of("--format", DosageFormat.TEXT, "How to print.", to="output")
def dosage(text: str, output: DosageFormat) -> None:
    """Read the dosages of a text.

    For example: osler dosage "gentamicin 5 mg/kg IV once daily for 3 days" --format json
    """
    from osler.dosage import format_dosage, parse_dosages, to_fhir, to_json

    if not text.strip():
        raise UsageError("the text is empty", help='For example: osler dosage "1 mg IM monthly"')
    found = parse_dosages(text)
    if output is DosageFormat.JSON:
        print_json({"text": text, "dosages": [to_json(d) for d in found]})
    elif output is DosageFormat.FHIR:
        print_json([to_fhir(d) for d in found])
    else:
        for d in found:
            click.echo(f"{format_dosage(d)}\n  {_in_words(d)}")
        if not found:
            click.echo("no dosage")


def _in_words(d: Dosage) -> str:
    parts = [f"“{d.text}”", f"characters {d.start}–{d.end}", d.role.value]
    if d.phase is not None:
        parts.append(d.phase.value)
    return " · ".join(parts)
