"""The pictures of an answer or a pathway, ready for the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.safestring import SafeString

from osler.readers import SOURCE_LANGUAGE, as_composed
from osler_site.pictures import Picture, Table, drawn, regimens, schedule
from osler_site.presenting.quoted import quoted_in, with_english_marked
from osler_site.presenting.view import Json, PictureView
from osler_site.speaking import page_language, speaking

# A drawing by itself needs these attributes; on a page its style sheet (pictures.css) says them.
_TEXT_OR_LINE = re.compile(r'<(?:text|line) [^>]*class="picture-(?:text|soft|line)"[^>]*>')
_RESTATED = re.compile(r' (?:(?:fill|stroke)="currentColor"|font-size="1[23]"|stroke-width="1")')


def pictures_of(body: Json) -> tuple[PictureView, ...]:
    """What each source doses, and one source's regimen in time, where there is such a picture.

    It is drawn from the claims as composed, so that every reader has the same.
    """
    with speaking(str(body.get("language") or SOURCE_LANGUAGE)):
        return tuple(_pictures(as_composed(body)))


def _pictures(body: Json) -> Iterator[PictureView]:
    doses = regimens(body)
    if doses is not None:
        yield _in_parts(
            picture_view(doses, "regimens", doses.table, doses.note, doses.not_shown), body
        )
    course = schedule(body)
    if course is not None:
        yield _in_parts(
            picture_view(course, "schedule", course.table, course.note, course.not_drawn), body
        )


def _in_parts(view: PictureView, body: Json) -> PictureView:
    """The picture, with what it takes from the answer marked as English on another page."""
    if view.language == SOURCE_LANGUAGE:
        return view
    cells = {*view.table.header, *(cell for row in view.table.rows for cell in row.cells)}
    return replace(
        view,
        narrow=SafeString(with_english_marked(view.narrow, body)),
        wide=SafeString(with_english_marked(view.wide, body)),
        english=quoted_in(cells, body),
    )


def picture_view(
    picture: Picture,
    ident: str,
    table: Table,
    note: str,
    not_shown: tuple[str, ...] = (),
) -> PictureView:
    """A picture for a page, where `ident` names it."""
    svg = drawn(picture, ident)
    return PictureView(
        title=picture.title,
        narrow=_slim(svg.narrow),
        wide=_slim(svg.wide),
        table=table,
        not_shown=not_shown,
        note=note,
        language=page_language(),
    )


def _slim(svg: str) -> SafeString:
    """The drawing without what the style sheet says anyway; it is made of escaped text only."""
    return SafeString(_TEXT_OR_LINE.sub(lambda tag: _RESTATED.sub("", tag[0]), svg))
