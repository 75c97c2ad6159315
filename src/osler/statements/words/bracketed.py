"""Lists in brackets: "in people at risk of neuropathy (diabetes, pregnancy, HIV)"."""

from __future__ import annotations

from osler.patterns import lazy

_LIST = lazy(r"\((?P<items>[^(),;]+(?:[,;][^(),;]+){2,})\)")


def bracketed_lists(text: str) -> list[tuple[int, int]]:
    """The spans of lists of three or more in brackets, without the brackets."""
    return [m.span("items") for m in _LIST.finditer(text)] if "(" in text else []


def stand_in_one_list(text: str, before_end: int, start: int) -> bool:
    """Whether what ends and what starts here are members of one list, or the first heads it."""
    return any(
        begin <= start < end and (before_end > begin or not text[before_end:begin].strip(" ("))
        for begin, end in bracketed_lists(text)
    )
