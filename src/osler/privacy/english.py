"""Words of everyday English that the vocabulary of health texts lacks: "cockroach", "shivering".

From SCOWL, up to its size 50 (tools/build_names.py). A form that can be made of a shorter word is
left out of the file and taken off here: "-s", "-ed", "-ing" and the like.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.privacy.lists import listed

_ENDINGS = {
    "s": ("",), "es": ("",), "ies": ("y",), "ed": ("", "e"), "ied": ("y",), "ing": ("", "e"),
    "er": ("", "e"), "ers": ("", "e"), "ly": ("",), "ness": ("",), "less": ("",),
}  # fmt: skip
_SHORTEST = 3


def is_english(small: str) -> bool:
    """Whether a word in small letters, or what it is a form of, is in the list."""
    words = listed("english")
    return small in words or any(stem in words for stem in stems(small))


def stems(small: str) -> Iterator[str]:
    """What a word may be a form of: "tapping" of "tap", "tapp" and "tappe"."""
    for ending, others in _ENDINGS.items():
        if not small.endswith(ending):
            continue
        stem = small[: -len(ending)]
        if len(stem) < _SHORTEST:
            continue
        for other in others:
            yield stem + other
        if stem[-1] == stem[-2] and len(stem) > _SHORTEST:
            yield stem[:-1]
