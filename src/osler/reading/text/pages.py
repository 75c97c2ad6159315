"""What the pages of a print left in a plain text: their numbers, and the heads that run over them.

Left in, "57" leads in the list that goes on after it, and "STANDARD GUIDELINES" takes the drug
from the doses under it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from osler.reading.blocks.chatter import is_chatter
from osler.reading.blocks.outline import opens_with_patients
from osler.reading.text.headings import OPEN_END, SECTION_WORDS

_NUMBER = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(r"(?:(\d{1,4})\s*[|·•–-]?\s+)?(\D{4,80}?)(?:\s+[|·•–-]?\s*(\d{1,4}))?")
_ITEM = re.compile(r"[^\w\s(\[\"'“]|o\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_ITEM_ALONE = re.compile(r"\s*[•●▪■・·*-]\s*")
_GOES_ON = re.compile(r"[a-zµμ%/)]")
_PAGE = re.compile(r"(?:.*\s)?page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s.*)?", re.I)
_DIGITS = re.compile(r"\d+")
_AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|m?L|units?|IU)\b", re.I)
_LONGEST_HEAD = 120  # characters, gaps and all
_OFTEN = 3  # as often a head stands beside the number of a page, to be one wherever it does


def without_page_marks(lines: Sequence[str]) -> list[str]:
    """The lines, those blank that are the number of a page or a head that runs over pages.

    A number alone is one where it ends no sentence begun before and none goes on after it; a
    line beside it is a running head where it stands so three times, or between two items of a
    list. "STANDARD GUIDELINES 57" is one where it comes with rising numbers, and "Issue 6, page
    2 of 3" and what comes again beside it where it comes with others. Where a sentence runs
    from one page to the next, nothing stays between its parts.
    """
    texts = [line.strip() for line in lines]
    found = set(_with_numbers(texts)) | _feet(texts)
    filled = [place for place, text in enumerate(texts) if text and not is_chatter(text)]
    numbers = [at for at in range(len(filled)) if _is_page(texts, filled, at)]
    beside: dict[str, list[int]] = defaultdict(list)
    for at in numbers:
        found.add(filled[at])
        for near in (at - 1, at + 1):
            if 0 <= near < len(filled) and _may_head(texts[filled[near]]):
                beside[texts[filled[near]]].append(near)
    for places in beside.values():
        if len(places) >= _OFTEN:
            found.update(filled[near] for near in places)
        else:
            found.update(filled[near] for near in places if _parts_items(texts, filled, near))
    if not found:
        return list(lines)
    kept = ["" if place in found else line for place, line in enumerate(lines)]
    return _with_sentences_whole(kept, found)


def _with_sentences_whole(lines: Sequence[str], marks: set[int]) -> list[str]:
    """The lines without those between the parts of a sentence that a page parts.

    The rules that a print draws between its heads and its text go with them.
    """
    found: list[str] = []
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _is_empty(lines[stop]):
            stop += 1
        if marks.isdisjoint(range(at, stop)):
            found += lines[at : max(stop, at + 1)]
        else:
            before = found[-1].rstrip() if found else ""
            after = lines[stop].lstrip() if stop < len(lines) else ""
            if not (before and before[-1] not in ".:;!?" and after[:1].islower()):
                found.append("")
        at = max(stop, at + 1)
    return found


def _is_empty(line: str) -> bool:
    return not any(map(str.isalnum, line)) and not _ITEM_ALONE.fullmatch(line)


def _feet(texts: Sequence[str]) -> set[int]:
    """Lines that name their page among other words, and those that come again beside them."""
    forms = [_DIGITS.sub("#", text) if len(text) <= _LONGEST_HEAD else "" for text in texts]
    pages = [
        at
        for at, text in enumerate(texts)
        if forms[at] and _PAGE.fullmatch(text) and not _AMOUNT.search(text)
    ]
    often = Counter(forms[at] for at in pages)
    found = {at for at in pages if often[forms[at]] > 1}
    if not found:
        return found
    filled = [at for at, text in enumerate(texts) if any(map(str.isalnum, text))]
    beside = [
        filled[near]
        for place, at in enumerate(filled)
        if at in found
        for near in (place - 1, place + 1)
        if 0 <= near < len(filled) and filled[near] not in found and _may_run(texts[filled[near]])
    ]
    seen = Counter(forms)
    return found | {at for at in beside if seen[forms[at]] >= max(len(found), 2)}


def _may_run(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and _is_head(text)


def _is_head(text: str) -> bool:
    """Whether the words may run over pages: they say whom nothing is for, and how much of nothing.

    "CHILDREN", said again at the top of a page, is no running head.
    """
    return not (
        _ITEM.match(text)
        or text[-1] in ".,;:"
        or opens_with_patients(text)
        or SECTION_WORDS.match(text)
        or _AMOUNT.search(text)
    )


def _is_page(texts: Sequence[str], filled: Sequence[int], at: int) -> bool:
    """Whether a line is a number by itself that no sentence runs through."""
    if not _NUMBER.fullmatch(texts[filled[at]]) or at == 0:
        return False
    before = texts[filled[at - 1]]
    after = texts[filled[at + 1]] if at + 1 < len(filled) else ""
    lonely = _NUMBER.fullmatch(before) or _NUMBER.fullmatch(after)  # a column of figures
    goes_on = _GOES_ON.match(after) or OPEN_END.search(before[-12:]) or before[-1] in "=<>≤≥+&"
    return not (lonely or goes_on)


def _may_head(text: str) -> bool:
    return 3 < len(text) <= 80 and _is_head(text)


def _parts_items(texts: Sequence[str], filled: Sequence[int], near: int) -> bool:
    """Whether a line in capitals and the number beside it stand between two items of a list."""
    text = texts[filled[near]]
    if not text.isupper():
        return False
    around = [
        texts[filled[at]]
        for at in range(max(near - 2, 0), min(near + 3, len(filled)))
        if at != near and not _NUMBER.fullmatch(texts[filled[at]])
    ]
    first, last = around[0] if around else "", around[-1] if around else ""
    return bool(len(around) > 1 and _ITEM.match(first) and _ITEM.match(last))


def _with_numbers(texts: Sequence[str]) -> list[int]:
    """Heads that hold the number of their page: the same words with rising numbers."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    counts = Counter(texts)
    for place, text in enumerate(texts):
        if not text or not (text[0].isdigit() or text[-1].isdigit()) or counts[text] > 1:
            continue
        match = _NUMBERED.fullmatch(text)
        if match and bool(match[1]) != bool(match[3]) and not _ITEM.match(match[2]):
            seen[match[2].strip()].append((place, int(match[1] or match[3])))
    found: list[int] = []
    for places in seen.values():
        pages = [page for _, page in places]
        if len(pages) >= _OFTEN and all(a < b for a, b in pairwise(pages)):
            found += [place for place, _ in places]
    return found
