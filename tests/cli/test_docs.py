"""The guide names every command and every option, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from osler.cli.app import app

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text("utf-8")


def commands() -> Iterator[tuple[str, set[str]]]:
    def walk(name: str, command: click.Command) -> Iterator[tuple[str, set[str]]]:
        if isinstance(command, click.Group):
            context = click.Context(command)
            for key in command.list_commands(context):
                inner = command.get_command(context, key)
                assert inner is not None, key
                yield from walk(f"{name} {key}", inner)
            return
        yield name, {p.opts[0] for p in command.params if isinstance(p, click.Option)}

    yield from walk("osler", app)


COMMANDS = dict(commands())


def section(command: str) -> str:
    heading = f"### `{command}`\n"
    assert heading in GUIDE, f"docs/guide.md has no section for {command}"
    return GUIDE.split(heading, 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_guide_names_a_command_with_each_of_its_options(command: str) -> None:
    text = section(command)
    missing = {o for o in COMMANDS[command] if not re.search(rf"(?<![\w-]){o}(?![\w-])", text)}
    assert not missing


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_guide_names_no_option_that_is_not_there(command: str) -> None:
    usage = section(command).split("```")[1]
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", usage))
    assert named <= COMMANDS[command]


def test_the_guide_has_no_section_for_a_command_that_is_not_there() -> None:
    assert set(re.findall(r"### `(osler [^`]+)`", GUIDE)) == set(COMMANDS)
