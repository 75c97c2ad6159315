"""What a drawing shows, measured as the package measures it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from osler_site.pictures.text import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """A line of text and the room it takes."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(root: ElementTree.Element) -> list[Box]:
    found = []
    for element in root.iter(f"{SVG}text"):
        size = float(element.attrib["font-size"])
        x, base = float(element.attrib["x"]), float(element.attrib["y"])
        room = width(element.text or "", size, bold="font-weight" in element.attrib)
        left = x - room * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        found.append(Box(element.text or "", left, left + room, base - 0.75 * size, base + 2))
    return found


def assert_readable(svg: str) -> None:
    """No text is cut off and none covers another; no style, script or foreign colour."""
    root = parsed(svg)
    left, top, room, height = (float(n) for n in root.attrib["viewBox"].split())
    texts = boxes(root)
    for box in texts:
        assert left - 0.1 <= box.left, box
        assert box.right <= left + room + 0.1, box
        assert top <= box.top, box
        assert box.bottom <= top + height, box
    for one, other in combinations(texts, 2):
        assert not one.meets(other), (one, other)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script", "foreignObject", "a")
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.get("fill", "currentColor") in ("currentColor", "none")
        assert element.get("stroke", "currentColor") == "currentColor"
    named = {e.attrib["id"]: e.text for e in root.iter() if "id" in e.attrib}
    assert root.attrib["role"] == "img"
    for ident in root.attrib["aria-labelledby"].split():
        assert named[ident]


def assert_nothing_covered(svg: str) -> None:
    """No bar of a time line lies over a text."""
    root = parsed(svg)
    for bar in root.iter(f"{SVG}rect"):
        x, y, room, height = (float(bar.attrib[k]) for k in ("x", "y", "width", "height"))
        box = Box("", x, x + room, y, y + height)
        assert [text.text for text in boxes(root) if text.meets(box)] == []
