"""Looking into a library: search, show."""

from __future__ import annotations

from pathlib import Path

import click

from osler.cli.options import Format, at_option, format_option, library_option, library_path
from osler.cli.printing import console, one_line, print_json
from osler.domain.errors import StatementNotFound, UsageError

_AROUND = 400  # characters shown on either side of a statement


@click.command()
@click.argument("query", metavar="QUERY", help="Words to look for.")
@library_option
@click.option(
    "-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages."
)
@format_option
@at_option
def search(query: str, library: Path | None, k: int, output: Format, at: int | None) -> None:
    """Find the passages nearest to a query, best first."""
    from osler.library import Library, hit_to_json

    if not query.strip():
        raise UsageError("the query is empty", help='For example: osler search "metformin eGFR"')
    with Library.open(library_path(library), at=at) as opened:
        hits = opened.search(query, k=k)
        found = [hit_to_json(hit, opened) for hit in hits]
        ranking, version = opened.ranking, opened.version
    if output is Format.JSON:
        print_json({"query": query, "ranking": ranking, "library_version": version, "hits": found})
        return
    from rich.text import Text

    out = console()
    for number, (hit, row) in enumerate(zip(hits, found, strict=True), start=1):
        where = " › ".join((hit.passage.title, *hit.passage.section))
        page = f" · page {hit.passage.page}" if hit.passage.page else ""
        out.print(Text(f"{number}. {where}{page}", style="bold"))
        out.print(Text(one_line(hit.passage.text, 400)))
        out.print(Text(f"{row['source_id']} · {row['file']} · {hit.score:.3f}", style="dim"))
        out.print()
    out.print(Text(f"{len(hits)} found · {ranking} ranking", style="dim"))


@click.command()
@click.argument(
    "name",
    metavar="STATEMENT-OR-SOURCE",
    help="A statement's id; a source's id, file or title; or a urn:osler:... of either.",
)
@library_option
@format_option
@at_option
def show(name: str, library: Path | None, output: Format, at: int | None) -> None:
    """Print a source's text, or a statement in its place. JSON gives the whole text."""
    from osler.answering import source_to_json, statement_to_json
    from osler.library import Library

    name = name.removeprefix("urn:osler:source:").removeprefix("urn:osler:statement:")
    with Library.open(library_path(library), at=at) as opened:
        try:
            statement = opened.statement(name) if name.startswith("t_") else None
        except StatementNotFound:
            statement = None  # a file may be called so
        source = opened.source(statement.source_id if statement else name)
        text = opened.text(source.id)
    if output is Format.JSON:
        shown = {"source": source_to_json(source), "text": text}
        if statement is not None:
            shown["statement"] = statement_to_json(statement)
        print_json(shown)
        return
    from rich.text import Text

    from osler.render import view

    out = console()
    out.print(Text(source.title, style="bold"))
    how = f"{view.kind(source)} · {view.publisher(source)} · {view.held(source)}"
    out.print(Text(f"{how}\n{source.id} · {source.path}", style="dim"))
    for line in view.notices(source):
        out.print(Text(line, style="red"))
    out.print()
    if statement is None:
        out.print(Text(text))
        return
    if statement.section:
        out.print(Text(" › ".join(statement.section), style="cyan"))
    body = Text()
    body.append(text[max(0, statement.start - _AROUND) : statement.start], style="dim")
    body.append(statement.quote, style="bold")
    body.append(text[statement.end : statement.end + _AROUND], style="dim")
    out.print(body)
    if statement.held is not None:
        out.print(Text(f"Held back, carries no claim: {statement.held}", style="red"))
    out.print(Text(f"\n{statement.id} · characters {statement.start}–{statement.end}", style="dim"))
