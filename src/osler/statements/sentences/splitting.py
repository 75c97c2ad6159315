"""Where sentences end in clinical text: abbreviations, decimals and doses are never cut."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.vocabulary.substances import is_substance

_TITLES = "dr|mr|mrs|ms|prof|st|no|nos|fig|figs|tab|vol|ch|sec|eq|ref|refs|ed|eds|pp|p"
_LATIN = "e|i|eg|ie|cf|vs|viz|approx|ca|etc|al|inc|incl|excl|esp|resp|sp|spp|subsp|var"
_DOSE = (
    "max|min|mg|mcg|g|kg|ml|tab|tabs|cap|caps|inj|susp|soln|conc|temp|wt|ht|hr|hrs|sec|secs|mins|"
    "wk|wks|yr|yrs|mth|mths|b|o|t|q|p|d|a|m|s|h|l|bd|od|tds|qds|tid|qid|bid|prn|stat|im|iv|sc|po"
)
# After these a full stop is part of the word wherever it stands.
_NEVER_FINAL = frozenset(f"{_TITLES}|e|i|eg|ie|cf|vs|viz|approx|ca|esp|incl|spp|sp|var".split("|"))
# After these a full stop ends the sentence only before a capital letter or a new line.
_MAYBE_FINAL = frozenset(f"{_LATIN}|{_DOSE}".split("|"))
# "25 mg tds prn. 6-11 yrs 10 mg": behind how often or how a dose is given, other people with a
# dose of their own begin.
_OFTEN = "prn|stat|od|bd|tds|qds|tid|qid|bid|po|im|iv|sc|daily|mane|nocte"
_ENDS_DOSE = frozenset(_OFTEN.split("|"))
_OTHERS = lazy(
    r"\d[\d.]*\s?(?:-|–|to)\s?\d[\d.]*\s?(?:y(?:ea)?rs?|months?|mths?|w(?:ee)?ks?|days?|kg)\.?:?\s"
    r"\d[\d.,]*(?:\s?(?:-|–|to)\s?\d[\d.,]*)?\s?(?:mg|mcg|micrograms?|g|ml|units?)\b",
    re.I,
)

# A mark that may end a sentence, what closes after it, and the white space that follows.
# It begins with one set of characters, which a search leaps to.
_CANDIDATE = lazy(
    r"[.!?。;\n](?:(?:(?<=[.!?。])[.!?。]*[\"'”’)\]*_]*|(?<=;)(?=\n))(\s+)|(?<=\n)\s*\n\s*)"
)
# The grade of the recommendation before it: "Offer X. (Strong recommendation, low certainty)".
_GRADE_BEHIND = lazy(
    r"(?:[\[(](?=[^()\[\]\n]*(?:recommendation|evidence|\bgrade\b|\bclass I|\blevel [A-C]\b))"
    r"[^()\[\]\n]{1,90}[\])]|[\[(](?:[12]\s?[A-D]|[A-E]-I{1,3})[\])]"
    r"|grade\s+(?:[12][A-D]|[A-D])(?=\.))[.;]?\s*",
    re.I,
)
_WORD_BEFORE = lazy(r"([^\W\d_]++(?:\.[^\W\d_]++)*+)$")
_WORD_AFTER = lazy(r"[a-z][a-z-]{3,}")
_SHORTEST = 4  # letters: what is shorter may be short for something
_OPENERS = "([“\"'‘*_"


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Split `text[start:end]` into sentences, as spans without leading or trailing white space.

    The spans are in order, do not overlap, and leave out nothing but white space.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, stop):
        if match.end() >= stop:
            break
        if match.end() <= begin:
            continue
        if match.group(1) is None or _ends_here(text, begin, match):
            behind = match.end()
            if text[behind] in "([Gg" and (grade := _GRADE_BEHIND.match(text, behind, stop)):
                behind = grade.end()
            _append(spans, text, begin, behind)
            begin = behind
    _append(spans, text, begin, stop)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_here(text: str, begin: int, match: re.Match[str]) -> bool:
    mark = match.start()
    after = text[match.end()]
    if text[mark] == ";":
        return True
    if text[mark] in "!?":
        return not after.islower()
    if _inside_parenthesis(text, begin, match.start(1)):
        return False
    follower = _first_letter(text, match.end())
    if follower.islower():
        return _begins_with_a_drug(text, begin, mark, match.end())
    word = _WORD_BEFORE.search(text, max(begin, mark - 24), mark)
    if word is None:
        # "1. Give" at the very start is a number of a list; "… 10. 20 mg" is not known to end.
        return not (text[begin:mark].strip().isdigit() and mark - begin <= 3)
    last = word.group(1).lower()
    letter = last.rsplit(".", 1)[-1]
    if last in _NEVER_FINAL:
        return False
    if "." in last:  # "e.g.", "i.v.", "b.d.", "U.S."
        return last not in {"e.g", "i.e"} and follower.isupper()
    if len(letter) == 1 and word.group(1).isupper():
        # An initial ("J. Smith", "vitamin A. Give"): a person where a capitalised word follows
        # a capitalised word before it; otherwise the end of the sentence.
        return not _is_initial(text, begin, word.start(1))
    if last in _ENDS_DOSE and _OTHERS.match(text, match.end()):
        return True
    if last in _MAYBE_FINAL:
        return follower.isupper()
    return True


def _begins_with_a_drug(text: str, begin: int, mark: int, after: int) -> bool:
    """Whether a small letter begins a sentence: "10 mg nebulised. insulin 10 units" is on two."""
    word = _WORD_BEFORE.search(text, max(begin, mark - 24), mark)
    if word is None or len(word[1]) < _SHORTEST or not word[1].islower() or "." in word[1]:
        return False
    if word[1] in _NEVER_FINAL | _MAYBE_FINAL:
        return False
    drug = _WORD_AFTER.match(text, after)
    return drug is not None and is_substance(drug[0])


def _first_letter(text: str, at: int) -> str:
    while at < len(text) and text[at] in _OPENERS:
        at += 1
    if text[at : at + 1].islower() and text[at + 1 : at + 2].isupper():
        at += 1  # "eGFR below 30" may begin a sentence
    return text[at] if at < len(text) else " "


def _inside_parenthesis(text: str, begin: int, at: int) -> bool:
    opened = text.rfind("(", max(begin, at - 200), at)
    return opened != -1 and ")" not in text[opened:at] and text.find(")", at, at + 200) != -1


def _is_initial(text: str, begin: int, at: int) -> bool:
    before = text[max(begin, at - 20) : at].split()
    return not before or (before[-1][:1].isupper() and len(before[-1].rstrip(".")) <= 2)
