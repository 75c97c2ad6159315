"""An answer for a terminal: framed and coloured there, plain lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import ROUNDED, SIMPLE
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from osler.domain import Abstention, Answer, BoxKind, Claim, Conflict, Reference
from osler.render import view
from osler.render.writing import understood

_WIDEST = 100  # columns; longer lines are hard to read
_BOX_COLOURS = {BoxKind.HELP: "red", BoxKind.GIVING: "yellow", BoxKind.WATCHING: "yellow"}
_SIDE_BY_SIDE = 72  # columns below which the sides of a conflict are stacked


def show(answer: Answer, console: Console) -> None:
    """Print an answer, no wider than the console and no wider than is readable."""
    width = min(console.width, _WIDEST)
    with console.capture() as captured:
        for part in _parts(answer, framed=console.is_terminal, width=width):
            console.print(part, width=width, highlight=False)
    page = captured.get()
    if not console.is_terminal:
        page = "\n".join(line.rstrip() for line in page.split("\n"))
    console.file.write(page)


def _parts(answer: Answer, *, framed: bool, width: int) -> Iterator[RenderableType]:
    t = view.translate(answer)
    yield Text(answer.question.text, style="bold")
    facts = view.patient_facts(answer.question.patient)
    if facts:
        yield Text(f"{t('Patient')}: " + " · ".join(facts), style="dim")
    if put := understood(answer):
        yield Text(put, style="yellow")
    yield Text(t(view.CAUTION), style="yellow")
    yield ""
    for notice in answer.safety_notices:
        yield _panel(Text(notice), t("Safety"), "red", framed)
        yield ""
    if answer.abstention is not None:
        yield from _abstention(answer.abstention, answer, framed)
    if answer.bottom_line:
        lines = [_claim(claim, answer) for claim in answer.bottom_line]
        lines[0] = Text(view.verdict(answer), style="bold").append_text(lines[0])
        yield _panel(Group(*lines), t("Bottom line"), "cyan", framed)
        yield ""
    for line in (view.needed(answer), view.silence(answer)):
        if line:
            yield Text(line, style="yellow")
            yield ""
    for box in answer.boxes:
        notices = [_item("•", Text(line)) for line in box.lines]
        yield _panel(Group(*notices), box.title, _BOX_COLOURS.get(box.kind, "green"), framed)
        yield ""
    for section in answer.sections:
        yield _heading(section.title)
        for claim in section.claims:
            yield _item("•", _claim(claim, answer))
        yield ""
    if answer.conflicts:
        yield _heading(t("Where sources disagree"))
        few = all(len(conflict.positions) <= 3 for conflict in answer.conflicts)
        for conflict in answer.conflicts:
            yield _conflict(conflict, answer, side_by_side=few and width >= _SIDE_BY_SIDE)
        yield ""
    if answer.references:
        yield _heading(t("References"))
        yield from map(_reference, answer.references)
        yield ""
    if answer.follow_ups:
        yield _heading(t("You could ask next"))
        for follow_up in answer.follow_ups:
            yield _item("›", Text(follow_up))
        yield ""
    yield Text(t(view.closing(answer)), style="dim")
    yield Text(view.footer(answer), style="dim")


def _panel(body: RenderableType, title: str, colour: str, framed: bool) -> RenderableType:
    if framed:
        name = Text(title, style=f"bold {colour}")
        return Panel(body, title=name, title_align="left", border_style=colour, box=ROUNDED)
    return Group(_heading(title), body)


def _heading(title: str) -> Text:
    return Text(title, style="bold cyan")


def _item(mark: str, body: RenderableType) -> Table:
    """A line with a hanging mark before it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, justify="right", style="dim")
    grid.add_column()
    grid.add_row(mark, body)
    return grid


def _claim(claim: Claim, answer: Answer) -> Text:
    text = Text()
    for line in claim.dose_lines:
        text.append(f"{line}\n", style="bold")
    mark = view.foreign(claim, answer)
    if mark:
        text.append(f"{mark}: ", style="dim")
    for piece in view.pieces(claim):
        text.append(piece.text, style="bold" if piece.dose else "")
    text.append(_marks(view.numbers(claim)), style="cyan")
    for line in view.remarks(claim, view.translate(answer)):
        text.append(f"\n{line}", style="dim italic")
    return text


def _marks(numbers: tuple[int, ...]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _conflict(conflict: Conflict, answer: Answer, *, side_by_side: bool) -> RenderableType:
    references = view.sources(answer)

    def who(numbers: tuple[int, ...]) -> str:
        return "\n".join(view.position(references[n].source) for n in numbers if n in references)

    about = Text(conflict.about, style="bold red")
    reason = [Text(conflict.reason, style="dim italic")] if conflict.reason else []
    if side_by_side:
        table = Table(box=SIMPLE, expand=True, padding=(0, 1), show_edge=False)
        for position in conflict.positions:
            table.add_column(Text(who(position.references), style="dim"), ratio=1)
        table.add_row(*(_claim(position.claim, answer) for position in conflict.positions))
        return Group(about, table, *reason)
    lines: list[RenderableType] = [about]
    for position in conflict.positions:
        lines.append(_item("≠", _claim(position.claim, answer)))
        lines.append(Padding(Text(who(position.references), style="dim"), (0, 0, 0, 2)))
    return Group(*lines, *reason)


def _reference(reference: Reference) -> Table:
    source = reference.source
    body = Text(source.title)
    body.append(
        f"\n{view.kind(source)} · {view.publisher(source)} · {view.held(source)}", style="dim"
    )
    where = view.link(source)
    if where:
        body.append(f"\n{where}", style="dim")
    return _item(f"{reference.number:>2}", body)


def _abstention(abstention: Abstention, answer: Answer, framed: bool) -> Iterator[RenderableType]:
    t = view.translate(answer)
    body = Text(abstention.reason)
    if abstention.looked_for:
        body.append(f"\n{t('Looked for')}: {abstention.looked_for}", style="dim")
    yield _panel(body, t("No answer from this library"), "yellow", framed)
    yield ""
    if abstention.nearby:
        yield _heading(t("What it holds nearby"))
        for citation in abstention.nearby:
            text = Text(" ".join((citation.said or citation.quote).split()))
            text.append(_marks((citation.reference,) if citation.reference else ()), style="cyan")
            yield _item("•", text)
        yield ""
