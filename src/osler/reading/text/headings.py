"""Which lines of plain text are headings: told by their form, their words and what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from osler.reading.blocks.outline import is_label, says_how_much
from osler.reading.blocks.tables import Table

NUMBERED_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+([A-Z].*)")
SECTION_WORDS = re.compile(
    r"(?:non[- ]?(?:drug|pharmacological) |drug |pharmacological |supportive |surgical |general |"
    r"notable |specific |initial )?"
    r"(?:introduction|overview|background|definition|aetiology|etiology|epidemiology|causes?|"
    r"risk factors|pathogenesis|pathophysiology|classification|types|clinical|signs|symptoms|"
    r"diagnos[ie]s|differential|investigations?|complications?|treatments?|management|therapy|"
    r"goals?|objectives?|prevention|prognosis|prophylaxis|monitoring|follow[- ]?up|referral|"
    r"caution|contraindications?|adverse|side effects|interactions?|drug|dos(?:age|ing|e)|"
    r"administration|indications?|pregnancy|breastfeeding|measures|surgery|references?|"
    r"summary|recommendations?|methods?|results?|discussion|conclusions?|abstract)\b",
    re.I,
)
OPEN_END = re.compile(
    r"(?:[,(/–—-]|\b(?:a|an|and|as|at|by|every|for|from|in|into|is|are|of|on|or|per|than|that|the|to|"
    r"with|without|be|not))$",
    re.I,
)
_REMARK = re.compile(r"\([^()]*\)")
_LONGEST_TITLE = 250  # characters in capitals: a disease with all of its names
_LONGEST = 120  # characters of a heading
AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|micrograms?|m?L|units?|IU)\b", re.I)
LABEL = 4  # the level of a heading that no other has been told from
_SHORT = 70  # characters of a line that may stand for a heading or lead-in


@dataclass(slots=True)
class Line:
    """A logical line: wrapped lines joined. `mark` is its bullet, "" for running text.

    `value` stands beside `text` in a column of its own: "15 mg/kg" beside "Load". A table or a
    record is one line, whose `text` are the words of its first.
    """

    text: str
    indent: int = 0
    mark: str = ""
    after_blank: bool = False
    heading: int = 0  # level, where its form alone shows it
    widths: list[int] = field(default_factory=list)  # of the lines it was joined from
    note: str = ""  # the name of the footnote that it is
    refers_to: tuple[str, ...] = ()  # the names of footnotes
    value: str = ""
    column: int = 0  # of the value
    table: Table | None = None
    record: tuple[tuple[str, str], ...] = ()  # keys and values
    loud: bool = False  # of a text that is in capitals as a whole
    opens_box: bool = False  # the first of a drawn box
    behind_box: bool = False  # the first behind one
    is_chapter: bool = False  # a heading up to the next of its numbers, however lines are indented

    @property
    def edge(self) -> int:
        """The column at which a line that goes on with this one starts."""
        if self.value:
            return self.column
        return self.indent + (len(self.mark) + 1 if self.mark else 0)

    @property
    def in_capitals(self) -> bool:
        """Whether it is written in capitals, as titles are, and others are not."""
        return not self.loud and is_capitals(self.text)

    @property
    def last(self) -> str:
        """The words that a line under it would go on with."""
        return self.value or self.text

    @property
    def is_open(self) -> bool:
        """Whether its words ask for more: a comma, "with" or a hyphen ends them."""
        return OPEN_END.search(self.last[-12:]) is not None

    @property
    def may_be_underlined(self) -> bool:
        """Whether a rule right under it makes it a heading, and does not end a paragraph."""
        bare = not (self.mark or self.value or self.text.endswith((".", ";", ",")))
        return bare and len(self.widths) < 3

    def add(self, words: str, width: int) -> None:
        """Let the words, the last ones joined to more, take the place of the last ones."""
        if self.value:
            self.value = words
        else:
            self.text = words
        self.widths.append(width)


def heading_level(line: Line, following: Line | None, *, first: bool) -> int:
    """The level of a heading, 0 for what is none."""
    text = line.text
    if line.heading:
        return line.heading
    if text.endswith((".", ";", ",")) or not any(map(str.isalpha, text)):
        return 0
    if line.in_capitals and (first or line.after_blank or not _is_one_word(text)):
        return 1 if first else 2
    if len(text) > _LONGEST:
        return 0
    if text.endswith(":"):  # "Treatment Goals:", but not "May be due to:"
        named = SECTION_WORDS.match(text) and _is_title_case(text) and text.count(" ") < 4
        return 3 if named and following is not None else 0
    if first:
        return 1 if len(text) <= _SHORT and following is not None else 0
    if numbered := NUMBERED_HEADING.fullmatch(text):
        return 2 + numbered[1].count(".")
    if following is None or not text[0].isupper() or re.search(r"\d", text):
        return 0
    if SECTION_WORDS.match(text) and len(text) <= 90:
        return 3
    if len(text) > _SHORT or text.count(" ") > 9:
        return 0
    titled = not line.loud and _is_title_case(text)
    if following.mark:
        return 3 if titled and line.after_blank else 0
    if line.after_blank or titled:
        return 3 if titled else 4
    return 0


# "3. VARENICLINE (Champix), start 1 to 2 weeks before the quit date" over "3.1 Kidney: …".
_CHAPTER = re.compile(r"(\d{1,2})[.)]?\s+[A-Z]")
_FIRST_OF_ITS_OWN = re.compile(r"(\d{1,2})\.1\s+(?!(?:[mµμ]?c?g|micrograms?|m?L|units?)\b)\S")
_NUMBER = re.compile(r"\d{1,2}[.)]")


def with_chapters(lines: list[Line]) -> list[Line]:
    """The lines, those marked as headings whose number the numbers of later lines go on from, or
    which are of a series over sentences: "1. First line", "Give …", "2. Second line", "Give …".

    What doses is told with its dose, and heads nothing.
    """
    firsts = ((at, _FIRST_OF_ITS_OWN.match(line.text)) for at, line in enumerate(lines))
    first_of = {found[1]: at for at, found in firsts if found}
    series = _series_over_sentences(lines)
    for at, line in enumerate(lines):
        text = f"{line.mark} {line.text}".strip()
        chapter = _CHAPTER.match(text)
        goes_on = chapter is not None and at < first_of.get(chapter[1], -1)
        if at in series or (goes_on and _may_head(line)):
            line.heading, line.mark, line.text = line.heading or 2, "", text
            line.is_chapter = True
    return lines


def _series_over_sentences(lines: Sequence[Line]) -> set[int]:
    """Where short numbered lines stand that each open a block of unmarked sentences.

    Most of the numbered lines must: a list whose items run over is none.
    """
    numbered = [at for at, line in enumerate(lines) if _NUMBER.fullmatch(line.mark)]
    opening = {at for at in numbered if _opens_sentences(lines[at], lines[at + 1 : at + 2])}
    return opening if len(opening) > 1 and 2 * len(opening) > len(numbered) else set()


def _opens_sentences(line: Line, after: Sequence[Line]) -> bool:
    if not after or not line.after_blank or len(line.text) > _SHORT or not _may_head(line):
        return False
    (next_,) = after
    told = next_.mark or next_.value or next_.table or next_.after_blank
    return not told and next_.indent <= line.indent + 3 and next_.text[:1].isupper()


def _may_head(line: Line) -> bool:
    ends = line.text.endswith((".", ";", ","))
    told = line.value or line.table or ends or len(line.text) > _LONGEST
    return not told and not AMOUNT.search(line.text)


def heads(lines: Sequence[Line], at: int) -> bool:
    """Whether what follows a few words shows that they are a heading.

    "Labetalol" heads the unmarked doses under it; after a list, "Hodgkin's lymphoma" heads the
    names of regimens of which each leads a list in.
    """
    after = lines[at + 1 : at + 4]
    if not after or after[0].mark or not _is_name(lines[at].text):
        return False
    if says_how_much(after[0].text):
        return True
    names = list(takewhile(lambda each: not each.mark and _is_name(each.text), after))
    if not 0 < len(names) < len(after) or not after[len(names)].mark:
        return False
    return at > 0 and (lines[at - 1].mark != "" or heads(lines, at - 1))


def _is_name(text: str) -> bool:
    """Whether a line names something: a few words from a capital on, with no more to them."""
    return (
        text[0].isupper()
        and len(text) <= _SHORT
        and text[-1] not in ".,;?!)"
        and is_label(text)
        and OPEN_END.search(text[-12:]) is None
        and not SECTION_WORDS.match(text)
    )


def _is_one_word(text: str) -> bool:
    """Whether a text is a word by itself: "MOPP" over a list names it, and ends no section."""
    return len(text) <= 8 and " " not in text


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals, as titles are, and states no amount.

    A remark in brackets may be in small letters: "IRON (ferrous salts)".
    """
    if len(text) > _LONGEST_TITLE:
        return False
    letters = [character for character in _REMARK.sub("", text) if character.isalpha()]
    return (
        len(letters) >= 4
        and not text.endswith((".", ",", ";"))
        and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
        and not re.search(r"\d\s*(?:mg|mcg|g|ml|IU)\b", text, re.I)
    )


def _is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) >= 2 and all(word[0].isupper() for word in words)


def is_named_heading(text: str) -> bool:
    """Whether a line is a heading that guidelines use, such as "Notable Adverse Reactions"."""
    return len(text) <= 90 and SECTION_WORDS.match(text) is not None and _is_title_case(text)


def sort_of(mark: str) -> str:
    """What marks of one series have in common: "A." and "B.", "(i)" and "(ii)"."""
    sign = mark.strip("().")
    kind = "1" if sign.isdigit() else ("A" if sign.isupper() else "a")
    return mark.replace(sign, kind)
