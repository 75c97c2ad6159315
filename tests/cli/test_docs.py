"""The guide names every command and every option, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from osler.cli.app import app
from osler.library import Library

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


def front_matter_of(text: str) -> str:
    """The front matter that a text shows, without what it is indented by."""
    found = re.search(r"^( *)---\n(?:.*\n)+?\1---$", text, re.M)
    assert found is not None
    return re.sub(rf"^{found[1]}", "", found[0], flags=re.M)


@pytest.mark.parametrize("ending", ["md", "txt"])
@pytest.mark.parametrize("where", ["guide", "help"])
def test_what_is_told_of_a_file_as_the_guide_and_the_help_show_it_is_read(
    where: str, ending: str, tmp_path: Path
) -> None:
    helped = CliRunner().invoke(app, ["add", "--help"]).output
    front = front_matter_of(section("osler add") if where == "guide" else helped)
    file = tmp_path / f"own.{ending}"
    file.write_text(f"{front}\n\nThe dose of zorbium is 5 mg daily.\n", "utf-8")
    with Library.create(tmp_path / "library") as library:
        library.add([str(file)])
        (source,) = library.sources()
    assert (source.title, source.organization) == ("Gentamicin in adults", "Our hospital")
    assert (source.year, source.kind, source.jurisdiction) == (2024, "guideline", "GB")
