"""Colours as style sheets write them: enough to see whether text stands out."""

from __future__ import annotations

import colorsys
import re

from osler.patterns import lazy

Colour = tuple[int, int, int]  # red, green, blue, from 0 to 255

_HEX = lazy(r"#([0-9a-f]{3,8})\b")
_RGB = lazy(r"rgba?\(([^)]*)\)")
_HSL = lazy(r"hsla?\(\s*(-?[\d.]+)(?:deg)?[\s,]+([\d.]+)%[\s,]+([\d.]+)%")
_ALPHA = lazy(r"(?:rgb|hsl)a?\((?:[^,/)]+,[^,/)]+,[^,/)]+,|[^/)]+/)\s*([\d.]+)(%?)\s*\)")
_NAME = lazy(r"(?<![\w-])[a-z]+(?![\w(-])")
_NEAR = 24  # in every channel: what no eye tells apart at the size of text
# Of CSS's names, those of light colours, that may hide text on white, and of usual backgrounds.
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "whitesmoke": (245, 245, 245),
    "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
    "seashell": (255, 245, 238), "honeydew": (240, 255, 240), "lavenderblush": (255, 240, 245),
    "black": (0, 0, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "red": (255, 0, 0), "maroon": (128, 0, 0), "yellow": (255, 255, 0), "olive": (128, 128, 0),
    "lime": (0, 255, 0), "green": (0, 128, 0), "aqua": (0, 255, 255), "cyan": (0, 255, 255),
    "teal": (0, 128, 128), "blue": (0, 0, 255), "navy": (0, 0, 128), "fuchsia": (255, 0, 255),
    "magenta": (255, 0, 255), "purple": (128, 0, 128), "orange": (255, 165, 0),
}  # fmt: skip


def colour(value: str) -> Colour | None:
    """The first colour in a CSS value in lower case; None for an image or what is not known."""
    if "url(" in value or "gradient" in value:
        return None
    if found := _HEX.search(value):
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(2 * each for each in digits)
        if len(digits) in (6, 8):
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
        return None
    if found := _RGB.search(value):
        parts = re.findall(r"[\d.]+%?", found[1])[:3]
        if len(parts) == 3:
            red, green, blue = (_channel(each) for each in parts)
            return red, green, blue
        return None
    if found := _HSL.search(value):
        hue, saturation, lightness = (float(each) for each in found.groups())
        light = colorsys.hls_to_rgb(
            hue % 360 / 360, min(lightness, 100) / 100, min(saturation, 100) / 100
        )
        red, green, blue = (round(255 * each) for each in light)
        return red, green, blue
    return next((_NAMES[name] for name in _NAME.findall(value) if name in _NAMES), None)


def alpha(value: str) -> float:
    """How opaque a colour is, 1 where nothing is said."""
    if value.strip() == "transparent":
        return 0.0
    found = _HEX.search(value)
    if found and len(found[1]) in (4, 8):
        digits = found[1][3] * 2 if len(found[1]) == 4 else found[1][6:8]
        return int(digits, 16) / 255
    if found := _ALPHA.search(value):
        return float(found[1]) / (100 if found[2] else 1)
    return 1.0


def is_near(one: Colour, other: Colour) -> bool:
    """Whether two colours cannot be told apart."""
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def _channel(text: str) -> int:
    number = float(text.rstrip("%"))
    return min(int(number * 2.55 if text.endswith("%") else number), 255)
