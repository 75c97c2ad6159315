"""The words of a Word paragraph: what is seen, what is hidden, and the notes referred to."""

from __future__ import annotations

from dataclasses import dataclass

from osler.reading.markup.colours import Colour, colour, is_near
from osler.reading.markup.xml import Element, local
from osler.reading.suspicions.normalise import superscript
from osler.reading.suspicions.symbol_font import in_symbol, names_symbol, symbol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_SMALLEST = 4  # half points: type that nobody reads
_NARROWEST = 10  # per cent of its width: letters that nobody reads


@dataclass(frozen=True, slots=True)
class Runs:
    """The text of some runs; `unseen` are the words that Word does not show or print.

    `struck` are those that are struck out or deleted under review.
    """

    text: str
    notes: tuple[str, ...] = ()
    unseen: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True)
class HiddenStyles:
    """The ids of styles whose text is not seen."""

    ids: frozenset[str]

    @classmethod
    def of(cls, styles: Element) -> HiddenStyles:
        """Read a document's styles; one that is based on a hidden one is not followed."""
        found = (
            each.get(f"{W}styleId", "")
            for each in styles.iter(f"{W}style")
            if _is_hidden(each.find(f"{W}rPr"), shaded=_is_shaded(each))
        )
        return cls(frozenset(found))


def runs_of(paragraph: Element, styles: HiddenStyles) -> Runs:
    """The text of a paragraph's runs, deleted text left out and hidden text apart."""
    out: list[str] = []
    notes: list[str] = []
    unseen: list[str] = []
    struck: list[str] = []
    hidden_all = value(paragraph, "pPr", "pStyle") in styles.ids
    shaded = any(_is_shaded(each) for each in (paragraph, *paragraph.iterancestors()))
    for run in paragraph.iter(f"{W}r"):
        parent = run.getparent()
        if parent is not None and local(parent) in ("del", "moveFrom"):
            struck += [each.text or "" for each in run if local(each) in ("delText", "t")]
            continue
        properties = run.find(f"{W}rPr")
        if not hidden_all and _is_on(properties, ("strike", "dstrike")):
            struck += [each.text or "" for each in run if local(each) == "t"]
            continue
        hidden = (
            hidden_all
            or value(run, "rPr", "rStyle") in styles.ids
            or _is_hidden(properties, shaded=shaded or _is_shaded(run))
            or _is_drowned(properties)
        )
        raised = value(run, "rPr", "vertAlign") == "superscript"
        for child in run:
            name = local(child)
            if name == "t":
                text = child.text or ""
                if hidden:
                    unseen.append(_in_a_number(text, "".join(out)[-12:]))
                    continue
                if raised:
                    text, found = superscript("".join(out[-3:]), text)
                    notes.extend(found)
                out.append(in_symbol(text) if _is_in_symbol(properties) else text)
            elif name in ("tab", "br", "cr"):
                out.append(" ")
            elif name == "noBreakHyphen":
                out.append("-")
            elif name in ("footnoteReference", "endnoteReference"):
                notes.append(f"{name[:-9]}:{child.get(f'{W}id')}")
            elif name == "sym" and not hidden:
                out.append(_symbol(child))
    return Runs("".join(out), tuple(notes), "".join(unseen), "".join(struck))


def value(element: Element, *path: str) -> str | None:
    """The `val` of the element down a path of names, None where there is none."""
    found = element.find("/".join(f"{W}{name}" for name in path))
    return None if found is None else found.get(f"{W}val")


def _is_hidden(properties: Element | None, *, shaded: bool) -> bool:
    """Whether run properties hide their text: hidden, minute, or white on the page's white."""
    if properties is None:
        return False
    if _is_on(properties, ("vanish", "webHidden", "specVanish")):
        return True
    scale = properties.find(f"{W}w")
    narrow = "" if scale is None else scale.get(f"{W}val", "").rstrip("%")
    if narrow.isdigit() and int(narrow) <= _NARROWEST:
        return True
    size = properties.find(f"{W}sz")
    number = "" if size is None else size.get(f"{W}val", "")
    if number.isdigit() and int(number) <= _SMALLEST:
        return True
    said = properties.find(f"{W}color")
    own = None if said is None else colour(f"#{said.get(f'{W}val', '').lower()}")
    return own is not None and is_near(own, _WHITE) and not shaded


def _is_on(properties: Element | None, names: tuple[str, ...]) -> bool:
    """Whether one of the flags is set."""
    for name in names if properties is not None else ():
        flag = properties.find(f"{W}{name}") if properties is not None else None
        if flag is not None and flag.get(f"{W}val", "1") not in ("0", "false", "off"):
            return True
    return False


def _is_drowned(properties: Element | None) -> bool:
    """Whether run properties write in the colour of the run's own shading."""
    shade = None if properties is None else properties.find(f"{W}shd")
    if properties is None or shade is None:
        return False
    behind = colour(f"#{shade.get(f'{W}fill', '').lower()}")
    said = properties.find(f"{W}color")
    own = colour(f"#{said.get(f'{W}val', '').lower()}") if said is not None else None
    return behind is not None and is_near(own or _BLACK, behind)


def _in_a_number(text: str, before: str) -> str:
    """Hidden digits with the number that they stand in, so that they are listed however short."""
    if text.strip(" .,").isdigit() and before[-1:].isdigit():
        return f"{text}, hidden in the number {before.split()[-1]}"
    return text


def _is_shaded(element: Element) -> bool:
    """Whether something other than white may lie behind an element's text.

    Word shades runs, paragraphs, cells and, by their style, whole tables; what the style says
    of single rows is not worked out.
    """
    name = local(element)
    if name == "tbl":
        return value(element, "tblPr", "tblStyle") is not None
    if name in ("r", "p", "tc", "style"):
        for path in ("rPr", "pPr", "tcPr"):
            for shade in element.iterfind(f"{W}{path}/{W}shd"):
                if shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff"):
                    return True
            if element.find(f"{W}{path}/{W}highlight") is not None:
                return True
    return name in ("txbxContent", "background")


def _symbol(element: Element) -> str:
    """A character of the Symbol font, where μ, ≤ and ≥ like to hide (private use, U+F0xx)."""
    code = int(element.get(f"{W}char", "0"), 16)
    if not names_symbol(element.get(f"{W}font", "")):
        return "\ufffd"
    return symbol(code) or "\ufffd"


def _is_in_symbol(properties: Element | None) -> bool:
    """Whether run properties set their text in the Symbol font."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return fonts is not None and names_symbol(fonts.get(f"{W}ascii", ""))
