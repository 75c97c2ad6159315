"""Is a library sound, and what waits in it for a person: doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from osler.cli.errors import FAILURE
from osler.cli.options import Format, format_option, library_argument
from osler.cli.printing import count, one_line, print_json
from osler.domain import errors

if TYPE_CHECKING:
    from osler.library import Health, HeldBack, Library
    from osler.library.decisions import Decision
    from osler.library.suspecting import SuspiciousDose


@click.command()
@library_argument
@click.option(
    "--clear",
    metavar="ID",
    help="A statement whose dose you have checked and found right: it counts as plausible from "
    "now on. Needs --why.",
)
@click.option(
    "--suspect",
    metavar="ID",
    help="A statement whose dose you have found wrong: it is suspicious from now on, also if it "
    "was cleared. Needs --why.",
)
@click.option("--why", metavar="TEXT", help="The reason, kept with the decision.")
@click.option("--by", "who", metavar="NAME", help="Who decides; else the name you log in with.")
@format_option
def doctor(
    library: Path,
    clear: str | None,
    suspect: str | None,
    why: str | None,
    who: str | None,
    output: Format,
) -> None:
    """Verify every checksum, rebuild what can be rebuilt, list what waits for a person.

    What waits are passages held back and doses that are not plausible. With --clear or --suspect
    nothing is verified: the decision on that dose is kept in the library, and makes a version.
    """
    from osler.library import Library

    with Library.open(library) as opened:
        if clear is not None or suspect is not None:
            _say_decided(_decided(opened, clear, suspect, why, who), library, output)
            return
        health = opened.doctor()
    if output is Format.JSON:
        print_json({"library": library, "sound": health.sound, "health": health})
    else:
        _say(health, library)
    if not health.sound:
        raise Exit(FAILURE)


def _decided(
    library: Library, clear: str | None, suspect: str | None, why: str | None, who: str | None
) -> Decision:
    if clear is not None and suspect is not None:
        raise errors.UsageError("--clear and --suspect are two decisions: make one at a time")
    if who is None:
        from getpass import getuser

        who = getuser()
    if clear is not None:
        return library.clear(clear, why=why or "", who=who)
    return library.suspect(suspect or "", why=why or "", who=who)


def _say_decided(decision: Decision, library: Path, output: Format) -> None:
    if output is Format.JSON:
        print_json({"library": library, "decision": decision})
    else:
        click.echo(f"{_decision(decision)} · library version {decision.version}")


def _say(health: Health, library: Path) -> None:
    for thing, number in health.checked.items():
        click.echo(f"checked  {number:,} {thing}")
    for line in health.rebuilt:
        click.echo(f"rebuilt  {line}")
    for held in health.held:
        click.echo(_held(held))
    for suspicious in health.suspicious:
        click.echo(_suspicious(suspicious))
    for decision in health.decisions:
        click.echo(f"decided  {_decision(decision)}")
    for line in health.problems:
        click.echo(f"problem  {line}")
    if health.suspicious:
        click.echo(f"To clear a dose: osler doctor {library} --clear ID --why TEXT")
    waiting = [
        f"{count(len(health.held), 'passage')} held back" if health.held else "",
        f"{count(len(health.suspicious), 'dose')} suspicious" if health.suspicious else "",
    ]
    click.echo(" · ".join(filter(None, ("sound" if health.sound else "not sound", *waiting))))


def _held(held: HeldBack) -> str:
    """What waits for a person: where it stands, why, and what it says."""
    place = f"page {held.page}" if held.page else f"character {held.start:,}"
    place = f"{held.file}, {place}"
    if not held.quote:  # hidden words, which are not in the text
        return f"held     {place}: {held.reason}, left out\n         “{one_line(held.detail, 120)}”"
    detail = f" ({one_line(held.detail, 100)})" if held.detail else ""
    return f"held     {place}: {held.reason}{detail}\n         “{one_line(held.quote, 120)}”"


def _suspicious(dose: SuspiciousDose) -> str:
    page = f", page {dose.page}" if dose.page else ""
    return (
        f"suspect  {dose.statement_id} {dose.file}{page}: {dose.reason}\n"
        f"         “{one_line(dose.text, 120)}”"
    )


def _decision(decision: Decision) -> str:
    done = "cleared" if decision.cleared else "suspected"
    return f"{decision.statement_id} {done} by {decision.who}, {decision.made_at}: {decision.why}"
