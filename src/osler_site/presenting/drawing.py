"""The pictures of an answer, ready for the page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString

from osler_site.pictures import drawn, regimens, schedule
from osler_site.presenting.view import Json, PictureView


def pictures_of(body: Json) -> tuple[PictureView, ...]:
    """What each source doses, and one source's regimen in time, where there is such a picture."""
    return tuple(_pictures(body))


def _pictures(body: Json) -> Iterator[PictureView]:
    doses = regimens(body)
    if doses is not None:
        svg = drawn(doses, "regimens")  # made of escaped text only
        yield PictureView(
            title=doses.title,
            narrow=SafeString(svg.narrow),
            wide=SafeString(svg.wide),
            table=doses.table,
            not_shown=doses.not_shown,
            note=doses.note,
        )
    course = schedule(body)
    if course is not None:
        svg = drawn(course, "schedule")
        yield PictureView(
            title=course.title,
            narrow=SafeString(svg.narrow),
            wide=SafeString(svg.wide),
            table=course.table,
            not_shown=course.not_drawn,
            note=course.note,
        )
