"""Accounts of the site, from the command line of its server: create, set, list."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from osler.cli.options import Format, format_option
from osler.cli.printing import print_json
from osler.cli.site_options import data_option, site_module
from osler.domain.errors import UsageError

_ROLES = ("editor", "reviewer", "publisher", "administrator")
_name_argument = click.argument("name", metavar="NAME", help="What the person signs in with.")
_password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; else it asks."
)


@click.group()
def account() -> None:
    """Who may edit, review, publish and administer. Reading and asking need no account."""


@account.command("create")
@_name_argument
@click.option("--role", "roles", type=click.Choice(_ROLES), multiple=True, help="May be repeated.")
@click.option("--full-name", default="", help="As readers see it.")
@click.option("--email", default="", help="Where mail goes.")
@click.option("--profession", help="Of a reviewer: physician, pharmacist, nurse …")
@click.option("--registration", help="Of a reviewer: number, and who keeps the register.")
@click.option("--specialty", default="", help="Of a reviewer.")
@_password_option
@data_option
def create(
    name: str,
    roles: tuple[str, ...],
    full_name: str,
    email: str,
    profession: str | None,
    registration: str | None,
    specialty: str,
    password_stdin: bool,
    data: Path | None,
) -> None:
    """Make an account."""
    people = _people(data)
    board = (
        people.Board(profession, registration, specialty) if profession and registration else None
    )
    password = _password(password_stdin)
    people.create(
        name, password, list(roles), email=email, full_name=full_name or name, board=board
    )
    click.echo(f"made {name} · {', '.join(roles) or 'no role'}")


@account.command("set")
@_name_argument
@click.option("--role", "add", type=click.Choice(_ROLES), multiple=True, help="Give this role.")
@click.option("--drop", type=click.Choice(_ROLES), multiple=True, help="Take this role away.")
@click.option("--password", "new_password", is_flag=True, help="Set a new password.")
@click.option("--open/--close", "active", default=None, help="Whether they may sign in.")
@_password_option
@data_option
def set_(
    name: str,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    new_password: bool,
    active: bool | None,
    password_stdin: bool,
    data: Path | None,
) -> None:
    """Change an account's roles or password, or close it."""
    people = _people(data)
    people.find(name)
    password = _password(password_stdin) if new_password or password_stdin else None
    user = people.change(name, add=list(add), drop=list(drop), password=password, active=active)
    click.echo(f"changed {name} · {', '.join(people.roles_of(user)) or 'no role'}")


@account.command("list")
@format_option
@data_option
def list_(output: Format, data: Path | None) -> None:
    """List the accounts and their roles."""
    people = _people(data)
    listed = [
        {
            "name": user.username,
            "full_name": user.get_full_name(),
            "roles": people.roles_of(user),
            "active": user.is_active,
        }
        for user in people.User.objects.order_by("username").prefetch_related("groups")
    ]
    if output is Format.JSON:
        print_json({"accounts": listed})
        return
    for each in listed:
        closed = "" if each["active"] else " · closed"
        click.echo(f"{each['name']} · {', '.join(each['roles']) or 'no role'}{closed}")
    if not listed:
        click.echo("no accounts yet; make one with: osler account create NAME --role administrator")


def _people(data: Path | None) -> Any:
    """The site's module of people, its database ready."""
    if data is not None:
        os.environ["OSLER_SITE_DATA"] = str(data)
    site_module("operations.preparing").prepare_database(lambda line: click.echo(line, err=True))
    return site_module("operations.people")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for a password", help="Use --password-stdin.")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given
