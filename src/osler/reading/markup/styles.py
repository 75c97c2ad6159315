"""Which elements of a web page its own style sheets and attributes keep from the eye.

Rules are applied as browsers do (specificity, order, `!important`, inline last), for the few
properties that can hide text. What only a linked style sheet says is not known. `aria-hidden`
hides nothing from the eye. Text that is struck out is no longer said: it is left out like hidden
text. Digits that a style sheet writes before or after a text are part of what is seen and not of
what is read: such a text is held back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse

from osler.patterns import lazy
from osler.reading.markup.colours import alpha, colour, is_near
from osler.reading.markup.xml import Element, text_of_plain
from osler.reading.suspicions.beside import STRUCK

_RIGHT_TO_LEFT_OVERRIDE = "\u202e"
_FAR = -500.0  # px: off the screen
_SMALLEST = 2.0  # px: type that nobody reads
_FAINTEST = 0.1  # opacity
_PX = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "vw": 10.0, "vh": 8.0, "%": 10.0}
_LENGTH = lazy(r"^(-?(?:\d+\.?\d*|\.\d+))(px|pt|r?em|ex|v[wh]|%)?$")
_CLIPPED = lazy(r"^rect\((?:[01](?:px)?[, ]*){4}\)$|^inset\((?:[5-9]\d|100)%|^circle\(0")
_SHRUNK = lazy(r"scale[xy]?\(0(?:\.0+)?[,)]|translate[xy]?\((?:[^)]*,)?-\d{3,}")
_PROPERTIES = frozenset(
    [
        "display",
        "visibility",
        "content-visibility",
        "opacity",
        "filter",
        "font-size",
        "color",
        "background",
        "background-color",
        "background-image",
        "position",
        "left",
        "top",
        "right",
        "bottom",
        "text-indent",
        "margin-left",
        "clip",
        "clip-path",
        "width",
        "height",
        "max-width",
        "max-height",
        "overflow",
        "overflow-x",
        "overflow-y",
        "transform",
        "direction",
        "unicode-bidi",
        "font",
        "text-decoration",
        "text-decoration-line",
        "content",
    ]
)
Declared = dict[str, tuple[tuple[Any, ...], str]]  # property: how strongly it is said, its value
_VARIABLE = lazy(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_FONT_SIZE = lazy(r"(?:^|\s)(0|\d*\.?\d+(?:px|pt|r?em|ex|v[wh]|%))(?:\s*/|\s)")
_WRITTEN = lazy(r"""^["'][^"']*\d[^"']*["']$""")
_SCREEN = lazy(r"^(?:(?:only )?(?:all|screen))?$")


def mark_hidden(root: Element) -> None:
    """Give each element that a reader of the page does not see the attribute `hidden`.

    An element whose text is turned round gets the character that turns it, so that it is found
    as in any other text. Colours are judged only where they hide the lesser part of the page:
    otherwise its background is what we do not know.
    """
    declared = _declared(root)
    pale: list[Element] = []
    for element, style in declared.items():
        said = {name: value for name, (_, value) in style.items()}
        if _hides(said):
            element.set("hidden", "")
        elif _strikes(said):
            element.set("hidden", STRUCK)
        elif "color" in said and _is_pale(element, said["color"], declared):
            pale.append(element)
        if said.get("direction") == "rtl" and "override" in said.get("unicode-bidi", ""):
            element.text = _RIGHT_TO_LEFT_OVERRIDE + (element.text or "")
    if pale and 2 * sum(len(text_of_plain(e)) for e in pale) < len(text_of_plain(root)):
        for element in pale:
            element.set("hidden", "")
    for element in root.iter("del", "s", "strike"):
        element.set("hidden", STRUCK)
    for element in root.iter("bdo"):
        if element.get("dir", "").lower() == "rtl":
            element.text = _RIGHT_TO_LEFT_OVERRIDE + (element.text or "")


def hides(style: str) -> bool:
    """Whether an inline style keeps its element from the eye; behind it is white."""
    said = {name: value for name, value, _ in _declarations(style)}
    if _hides(said) or _strikes(said):
        return True
    if "color" not in said or "background-image" in said:
        return False
    behind = colour(said.get("background-color", said.get("background", "white")))
    own = colour(said["color"])
    return alpha(said["color"]) <= _FAINTEST or (
        own is not None and behind is not None and is_near(own, behind)
    )


def _declared(root: Element) -> dict[Element, Declared]:
    """What is declared of each element by the page's own style sheets and its attributes."""
    found: dict[Element, Declared] = {}
    for order, (selector, specificity, declarations, written) in enumerate(_rules(root)):
        for element in _found(root, selector):
            if written:
                _write_on(element, declarations)
                continue
            for name, value, important in declarations:
                strength = (important, False, specificity, order)
                _declare(found.setdefault(element, {}), name, value, strength)
    for element in _found(root, "//*[@style or @color or @bgcolor]"):
        style = found.setdefault(element, {})
        for attribute, name in (("color", "color"), ("bgcolor", "background-color")):
            if given := element.get(attribute):
                _declare(style, name, given.lower(), (False, False, (0, 0, 0), -1))
        for name, value, important in _declarations(element.get("style", "")):
            _declare(style, name, value, (important, True, (0, 0, 0), 0))
    return found


def _found(root: Element, path: str) -> list[Element]:
    found: Any = root.xpath(path)
    return list(found)


def _declare(style: Declared, name: str, value: str, strength: tuple[Any, ...]) -> None:
    if name not in style or style[name][0] <= strength:
        style[name] = (strength, value)


def _write_on(element: Element, declarations: list[tuple[str, str, bool]]) -> None:
    """Mark a text to which a style sheet adds digits, by characters that nobody sees."""
    for name, value, _ in declarations:
        if name == "content" and _WRITTEN.match(value):
            told = f"shown with {value}"
            element.text = "".join(chr(0xE0000 + ord(each)) for each in told if each.isascii()) + (
                element.text or ""
            )


Rule = tuple[str, tuple[int, int, int], list[tuple[str, str, bool]], bool]


def _rules(root: Element) -> Iterator[Rule]:
    """The rules of the <style> elements: XPath, specificity, declarations that matter here, and
    whether they are of what is written before or after the element.
    """
    for sheet in root.iter("style"):
        if not _SCREEN.match(sheet.get("media", "").strip().lower()):
            continue
        text = _without_variables(sheet.text or "")
        css = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        for rule in _on_screen(css):
            declarations = _declarations(rule.content)
            if not declarations:
                continue
            try:
                selectors = parse(tinycss2.serialize(rule.prelude))
            except SelectorError:
                continue
            for selector in selectors:
                beside = selector.pseudo_element
                if beside in (None, "before", "after"):
                    try:
                        path = HTMLTranslator().selector_to_xpath(selector)
                    except SelectorError:
                        continue  # ":hover" and the like: how the page is at first is what counts
                    yield path, selector.specificity(), declarations, beside is not None


def _without_variables(css: str) -> str:
    """A style sheet with `var(--x)` replaced by what is said of --x last, wherever that is."""
    if "var(" not in css:
        return css
    said = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;{}]*)", css))
    return _VARIABLE.sub(lambda found: str(said.get(found[1], found[2] or "")).strip(), css)


def _on_screen(rules: Any) -> Iterator[Any]:
    """The rules that hold on a screen, those inside `@media screen` and `@supports` included."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content is not None:
            condition = tinycss2.serialize(rule.prelude).strip().lower()
            keyword = rule.lower_at_keyword
            if keyword in ("supports", "layer") or (
                keyword == "media" and _SCREEN.match(condition)
            ):
                yield from _on_screen(
                    tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                )


def _declarations(css: Any) -> list[tuple[str, str, bool]]:
    """Name, value without white space around, and `!important`, of the properties that matter."""
    found = []
    for each in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and each.lower_name in _PROPERTIES:
            name, value = each.lower_name, tinycss2.serialize(each.value).strip().lower()
            if name == "font":
                size = _FONT_SIZE.search(f"{value} ")
                name, value = "font-size", size[1] if size else ""
            found.append((name, value, each.important))
    return found


def _strikes(style: dict[str, str]) -> bool:
    """Whether declarations strike their element's text out."""
    return any(
        "line-through" in style.get(name, "")
        for name in ("text-decoration", "text-decoration-line")
    )


def _hides(style: dict[str, str]) -> bool:
    """Whether declarations, by name, keep their element from the eye; colours left aside."""
    if (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or _number(style.get("opacity")) <= _FAINTEST
        or "opacity(0" in style.get("filter", "").replace(" ", "")
        or _px(style.get("font-size"), 16.0) <= _SMALLEST
        or _px(style.get("text-indent"), 0.0) <= _FAR
        or _px(style.get("margin-left"), 0.0) <= _FAR
        or _SHRUNK.search(style.get("transform", "").replace(" ", ""))
        or _CLIPPED.search(style.get("clip-path", ""))
    ):
        return True
    if style.get("position") in ("absolute", "fixed", "relative") and (
        any(_px(style.get(side), 0.0) <= _FAR for side in ("left", "top", "right", "bottom"))
        or _CLIPPED.search(style.get("clip", ""))
    ):
        return True
    clips = {style.get(name) for name in ("overflow", "overflow-x", "overflow-y")}
    return bool(clips & {"hidden", "clip"}) and any(
        _px(style.get(side), 100.0) <= 1.0
        for side in ("width", "height", "max-width", "max-height")
    )


def _is_pale(element: Element, value: str, declared: dict[Element, Declared]) -> bool:
    """Whether text of this colour cannot be told from what lies behind it."""
    if alpha(value) <= _FAINTEST:
        return True
    own = colour(value)
    if own is None:
        return False
    behind: tuple[int, int, int] | None = (255, 255, 255)
    around: Element | None = element
    while around is not None:
        style = declared.get(around, {})
        if "background-image" in style and style["background-image"][1] != "none":
            return False
        said = [style[name] for name in ("background", "background-color") if name in style]
        if said:
            strongest = max(said)[1]
            if alpha(strongest) > _FAINTEST and strongest not in ("none", "inherit", "initial"):
                behind = colour(strongest)
                break
        around = around.getparent()
    return behind is not None and is_near(own, behind)


def _number(value: str | None) -> float:
    """A plain number or percentage; 1 where none is given."""
    found = _LENGTH.match(value or "")
    if found is None or found[2] not in (None, "%"):
        return 1.0
    return float(found[1]) / (100 if found[2] else 1)


def _px(value: str | None, default: float) -> float:
    """A length in pixels, roughly: percentages and viewport units of a screen of 1,000 × 800."""
    found = _LENGTH.match(value or "")
    return default if found is None else float(found[1]) * _PX[found[2] or "px"]
