"""SVG elements written one after another: no style, no script, colours by class alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from osler_site.pictures.text import clean, wrap

SIZE = 13.0  # of what is read first; 12 of what is read beside it
SMALL = 12.0
LINE = 17.0


def plain(value: float) -> str:
    """A coordinate to a tenth."""
    return format(round(value, 1), "g")


@dataclass(slots=True)
class Canvas:
    """A picture of a fixed width that grows downwards."""

    width: float
    height: float = 0.0
    parts: list[str] = field(default_factory=list)

    def add(self, tag: str, **attributes: str | float) -> None:
        """An empty element; `class_` stands for class, "_" in a name for "-"."""
        self.parts.append(f"<{tag}{_written(attributes)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str, **more: str) -> None:
        """A straight line of a class."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind, stroke="currentColor", **more)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        soft: bool = False,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of text whose middle stands at `y`."""
        attributes: dict[str, str | float] = {"x": x, "y": y + 4.5}
        attributes["class_"] = "picture-soft" if soft else "picture-text"
        attributes["font_size"] = SMALL if soft else SIZE
        attributes["fill"] = "currentColor"
        if bold:
            attributes["font_weight"] = "600"
        if anchor != "start":
            attributes["text_anchor"] = anchor
        self.parts.append(f"<text{_written(attributes)}>{escape(clean(text))}</text>")

    def lines(
        self,
        x: float,
        top: float,
        room: float,
        text: str,
        *,
        soft: bool = False,
        bold: bool = False,
    ) -> float:
        """A text broken into lines; returns where the next may begin."""
        for line in wrap(text, room, SMALL if soft else SIZE, bold=bold):
            self.text(x, top + LINE / 2, line, soft=soft, bold=bold)
            top += LINE
        return top

    def open(self, title: str) -> None:
        """A group with a title of its own, shown where a pointer rests on it."""
        self.parts.append(f'<g class="picture-mark"><title>{escape(clean(title))}</title>')

    def close(self) -> None:
        """The end of the group."""
        self.parts.append("</g>")

    def svg(self, ident: str, kind: str, title: str, description: str) -> str:
        """The finished picture."""
        head = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"-2 0 {plain(self.width + 4)} {plain(self.height + 2)}",
            "class": f"picture-{kind}",
            "role": "img",
            "aria-labelledby": f"{ident}-title {ident}-desc",
        }
        attributes = "".join(f" {k}={quoteattr(v)}" for k, v in head.items())
        names = (
            f"<title id={quoteattr(ident + '-title')}>{escape(clean(title))}</title>"
            f"<desc id={quoteattr(ident + '-desc')}>{escape(clean(description))}</desc>"
        )
        return f"<svg{attributes}>{names}{''.join(self.parts)}</svg>"


def heights(texts: Sequence[tuple[str, float]], room: float) -> float:
    """How much room texts of these sizes take, one under the other."""
    return sum(len(wrap(text, room, size)) for text, size in texts) * LINE


def _written(attributes: dict[str, str | float]) -> str:
    return "".join(
        f" {k.rstrip('_').replace('_', '-')}="
        + quoteattr(plain(v) if isinstance(v, (int, float)) else v)
        for k, v in attributes.items()
    )
