"""A picture as SVG: `narrow` for a phone, `wide` for a page; the style sheet shows one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from osler_site.pictures import draw_flow, draw_regimens, draw_schedule
from osler_site.pictures.flow import Flow
from osler_site.pictures.regimens import Regimens
from osler_site.pictures.schedule import Courses, Schedule

Width = Literal["narrow", "wide"]
Picture = Regimens | Schedule | Courses | Flow


@dataclass(frozen=True, slots=True)
class Drawn:
    """Both drawings of one picture; a page holds both, and shows the one that fits."""

    narrow: str
    wide: str


def to_svg(picture: Picture, width: Width = "wide", ident: str = "picture") -> str:
    """One drawing. `ident` begins the ids of its title and description: one to a page."""
    ident = f"{ident}-{width}"
    if isinstance(picture, Regimens):
        form = draw_regimens.NARROW if width == "narrow" else draw_regimens.WIDE
        return draw_regimens.draw(picture, form, ident)
    if isinstance(picture, Flow):
        return draw_flow.draw(picture, width, ident)
    return draw_schedule.draw(picture, width, ident)


def drawn(picture: Picture, ident: str) -> Drawn:
    """Both drawings, with ids that differ."""
    return Drawn(to_svg(picture, "narrow", ident), to_svg(picture, "wide", ident))
