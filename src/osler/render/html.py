"""An answer as one self-contained HTML page: no script, no font, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from osler.domain import Answer, Citation, Claim, Source
from osler.render import view
from osler.render.writing import understood

TextOf = Callable[[str], str]
_EMPTY_LINES = re.compile(r"\n\s*\n")
_AROUND = 220  # characters of the source shown on either side of a quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage as the page shows it: the quote, marked, between its neighbours."""

    section: tuple[str, ...]
    page: int | None
    context: tuple[str, ...]
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What the mark of a reference opens: the passages of one source that a claim cites."""

    id: str
    number: int
    source: Source | None
    passages: tuple[Passage, ...]


def render(answer: Answer, text_of: TextOf | None = None) -> str:
    """Write an answer as a page.

    `text_of` gives a source's normalised text by its id; with it every quote is shown between
    its neighbours. Everything that comes from a source or a reader is escaped.
    """
    by_number = {number: each.source for number, each in view.sources(answer).items()}
    cited = dict.fromkeys(each for c in view.claims(answer) for each in view.by_reference(c))
    opened = {
        citations: Opened(
            id=f"p{i}",
            number=citations[0].reference,
            source=by_number.get(citations[0].reference),
            passages=tuple(_passage(citation, text_of) for citation in citations),
        )
        for i, citations in enumerate(sorted(cited, key=_order), start=1)
    }

    def marks(claim: Claim) -> list[Opened]:
        return [opened[citations] for citations in view.by_reference(claim)]

    return _template().render(
        answer=answer,
        opened=opened.values(),
        marks=marks,
        t=view.translate(answer),
        keep_last_word=_keep_last_word,
        view=view,
        understood=understood(answer),
    )


def _order(citations: tuple[Citation, ...]) -> list[tuple[int, int, int]]:
    return [(c.reference, c.start, c.end) for c in citations]


def _passage(citation: Citation, text_of: TextOf | None) -> Passage:
    before = after = ""
    if text_of is not None:
        text = text_of(citation.source_id)
        before = _tail(text[max(0, citation.start - _AROUND) : citation.start])
        after = _head(text[citation.end : citation.end + _AROUND])
    return Passage(
        section=citation.section,
        page=citation.page,
        context=tuple(c.quote for c in citation.context if c.role not in ("heading", "title")),
        before=_EMPTY_LINES.sub("\n", before),
        quote=citation.quote,
        after=_EMPTY_LINES.sub("\n", after),
    )


def _keep_last_word(
    pieces: tuple[view.Piece, ...],
) -> tuple[tuple[view.Piece, ...], tuple[view.Piece, ...]]:
    """Part the last word from the rest, so that the marks never stand on a line alone."""
    if not pieces:
        return (), ()
    *head, last = pieces
    before, space, word = last.text.rpartition(" ")
    if not space:
        return tuple(head), (last,)
    return (*head, view.Piece(before + space, last.dose)), (view.Piece(word, last.dose),)


def _tail(text: str) -> str:
    """The end of what stands before a quote, from a word's beginning."""
    if len(text) < _AROUND:
        return text.lstrip()
    return "… " + text.partition(" ")[2].lstrip()


def _head(text: str) -> str:
    """The beginning of what stands after a quote, to a word's end."""
    if len(text) < _AROUND:
        return text.rstrip()
    return text.rpartition(" ")[0].rstrip() + " …"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    here = files("osler.render")
    environment.globals["css"] = (here / "article.css").read_text("utf-8")
    return environment.from_string((here / "article.html.jinja").read_text("utf-8"))
