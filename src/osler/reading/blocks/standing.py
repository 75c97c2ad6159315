"""Whether a document says of itself that it no longer stands: in its title, or near its top.

Only what is said of the document counts: "Withdrawn drugs" is a title, and "it supersedes the
edition of 2014" is said of another.
"""

from __future__ import annotations

import re

from osler.domain import SourceStatus

_NO_LONGER = r"no\s+longer\s+(?:current|in\s+force|in\s+use|valid)"
_BY = r"(?:\s+(?:(?:in|on|since)\s+)?(?:\w+\s+)?\d{4})?(?:,?\s+by\s+(?P<by>[^()\[\].;|\n]+))?"
# "Otitis (superseded by the 2021 edition)", "Otitis – superseded", "SUPERSEDED: otitis".
_IN_TITLE = re.compile(
    rf"(?:[(\[]|\s[-–—]+\s|\.\s)\s*(?:superseded|replaced(?=\s+by\b)|{_NO_LONGER}){_BY}\s*[)\].]*$",
    re.I,
)
_OPENS_TITLE = re.compile(
    rf"\W*(?:superseded|{_NO_LONGER})(?P<by>)(?:\s*[)\]]|\s*[:–—]|\s+-\s)", re.I
)
# "Status: superseded", "Status | withdrawn", beside other lines on the document itself.
_STATUS = re.compile(
    r"(?:^|[.;|]\s*)[-*\s]*(?:document\s+)?status\s*[:|]\s*[*_]*\s*"
    rf"(?P<what>superseded|replaced|withdrawn|retired|archived|obsolete|expired|out\s+of\s+date|{_NO_LONGER}|retracted)"
    rf"{_BY}[*_\s]*(?:[.;|(]|$)",
    re.I,
)
_SENTENCE = re.compile(
    r"(?:^|[.;|]\s*)\W*this\s+(?:\w+\s+)?(?:guidelines?|guidance|document|edition|version|page|card|protocol|leaflet|policy|"
    r"bulletin|sheet|text|chapter)\s+(?:is|was|has\s+been)\s+(?:now\s+)?"
    rf"(?:superseded|replaced(?=\s+by\b)|withdrawn|{_NO_LONGER}){_BY}\s*(?:[.;|(]|$)",
    re.I,
)
_LINES = 12  # from the top that may tell of the document


def told_standing(title: str, text: str) -> tuple[SourceStatus, str] | None:
    """The status that a document tells of itself, and by what it is superseded ("" if unsaid).

    >>> told_standing("Otitis (superseded by the 2021 edition)", "")
    (<SourceStatus.SUPERSEDED: 'superseded'>, 'the 2021 edition')
    """
    found = _IN_TITLE.search(title) or _OPENS_TITLE.match(title)
    for line in _first_lines(text) if found is None else ():
        if (found := _STATUS.search(line) or _SENTENCE.search(line)) is not None:
            break
    if found is None:
        return None
    if found.groupdict().get("what", "").lower() == "retracted":
        return SourceStatus.RETRACTED, ""
    return SourceStatus.SUPERSEDED, (found["by"] or "").strip()


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text[: _LINES * 200].split("\n"):
        if line.strip():
            lines.append(line)
        if len(lines) == _LINES:
            break
    return lines
