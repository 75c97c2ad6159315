"""Raw sentences of published documents, found without any of the readers that are being measured.

Three plain ways in: text files (a guideline, wrapped lines and bullets), CNXML (tags cut out
by one pattern) and PDF pages as pypdfium2 gives them. A sentence keeps where it stood in the
raw file, so that a mark made by hand needs no copy of the text: offsets and a hash do.
"""

from __future__ import annotations

import hashlib
import html
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from osler.domain.errors import UsageError

NSTG = "nstg_nigeria_2022/originals.tar.gz"
OPENSTAX = "openstax_nursing/originals_cnxml.tar.gz"
CDC = "cdc_opioid_2022/CDC-2022-0024-0002_content.pdf"

BULLET = re.compile(
    r"[ \t]*(?:[▪・•●○◦▫■◼►➢✓*·][ \t]*|(?:o|[-–—]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+)"
)
TAG = re.compile(r"<[^>]*>")
# Tags that do not break a sentence; every other tag of CNXML does.
INLINE = re.compile(r"</?(?:emphasis|term|span|link|sub|sup|footnote|cite)\b")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%\]])[.?!]\)?\s+(?=[A-Z(])")
ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|etc|approx|Dr|no|max|min|Inc|al)$", re.IGNORECASE)
LINE_NUMBER = re.compile(r"\r\n\d{1,4}[ \t]")  # only pdfium ends lines so
WRAPPED = 45  # a line this long without a full stop goes on in the next one
HEADING = 60  # a line longer than this is no heading
LABEL = 80  # a first cell longer than this is no row's label


@dataclass(frozen=True, slots=True)
class RawSentence:
    """One sentence or list item: `text` is `plain(raw[start:end])`.

    `document` is the archive member's path, `context` the title, heading, lead-in or row
    label that it stands under, one to a line.
    """

    document: str
    start: int
    end: int
    text: str
    context: str = ""

    @property
    def sha256(self) -> str:
        """Hash of `text`, UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def plain(raw: str) -> str:
    """Raw characters as one line: tags and PDF line numbers cut out, entities read."""
    untagged = html.unescape(TAG.sub("", LINE_NUMBER.sub(" ", raw)))
    return " ".join(untagged.split())


def guideline_texts(data: Path) -> Iterator[tuple[str, str]]:
    """(path, text) of NSTG's text files. Raises UsageError where the archive is absent."""
    yield from _members(data / NSTG, ".txt")


def textbook_modules(data: Path) -> Iterator[tuple[str, str]]:
    """(path, CNXML) of the OpenStax modules. Raises UsageError where the archive is absent."""
    yield from _members(data / OPENSTAX, ".cnxml")


def report_pages(data: Path) -> Iterator[tuple[str, int, str]]:
    """(file name, page, text) of CDC's guideline. Raises UsageError where the file is absent."""
    path = data / CDC
    if not path.is_file():
        raise UsageError(f"{path} is not there")
    document = pypdfium2.PdfDocument(path)
    try:
        for number in range(len(document)):
            yield path.name, number, document[number].get_textpage().get_text_range()
    finally:
        document.close()


def raw_sentences(data: Path) -> Iterator[RawSentence]:
    """Every sentence of NSTG and OpenStax, in the order of their paths."""
    for path, text in guideline_texts(data):
        yield from text_sentences(path, text)
    for path, text in textbook_modules(data):
        yield from cnxml_sentences(path, text)


def text_sentences(document: str, text: str) -> Iterator[RawSentence]:
    """Sentences of a text file whose lines are wrapped and whose items carry bullets."""
    title = text.strip().split("\n", 1)[0].strip()
    heading = lead_in = ""
    for start, end, bullet in _text_blocks(text):
        block = plain(text[start:end])
        if not bullet and _is_heading(block):
            heading, lead_in = block.rstrip(":"), ""
            continue
        context = _lines(title, heading, lead_in if bullet == "-" else "")
        yield from _split(document, text, start, end, context)
        if bullet and bullet != "-":
            lead_in = block.rstrip(":") if block.endswith(":") else ""


def cnxml_sentences(document: str, text: str) -> Iterator[RawSentence]:
    """Sentences of a CNXML module; a table cell stands under the first cell of its row."""
    title = heading = label = ""
    cell = position = 0
    opened = ""
    for tag in re.finditer(r"<[^>]*>", text):
        if INLINE.match(tag.group()):
            continue
        block = plain(text[position : tag.start()])
        if block and opened == "title":
            title, heading = (title or block), block
        elif block and opened not in {"metadata", "definition", "meaning"}:
            context = _lines(title, heading, label if cell > 1 and len(label) <= LABEL else "")
            yield from _split(document, text, position, tag.start(), context)
            if cell == 1:
                label = _lines(label, block).replace("\n", " ")
        position = tag.end()
        name = re.match(r"</?([\w:]+)", tag.group())
        if name is None or tag.group().startswith("</"):
            opened = ""
        elif name.group(1) != "newline":
            opened = name.group(1)
            if opened == "row":
                cell, label = 0, ""
            elif opened == "entry":
                cell += 1
            elif opened in {"para", "section", "title"}:
                cell, label = 0, ""


def _members(archive: Path, suffix: str) -> Iterator[tuple[str, str]]:
    if not archive.is_file():
        raise UsageError(f"{archive} is not there")
    with tarfile.open(archive) as tar:
        names = sorted(m.name for m in tar.getmembers() if m.isfile() and m.name.endswith(suffix))
        for name in names:
            member = tar.extractfile(name)
            if member is not None:
                yield name, member.read().decode("utf-8", errors="replace")


def _text_blocks(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, bullet) of paragraphs and items; wrapped lines belong to their block."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    block: tuple[int, int, str] | None = None
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        bullet = BULLET.match(line)
        if block is not None and bullet is None and _goes_on(text, block, lines, index):
            block = (block[0], end, block[2])
            continue
        if block is not None:
            yield block
        block = None
        if line.strip():
            offset = bullet.end() if bullet else len(line) - len(line.lstrip())
            sign = bullet.group().strip() if bullet else ""
            block = (start + offset, end, "-" if sign in {"-", "–", "—"} else sign)
    if block is not None:
        yield block


def _goes_on(
    text: str, block: tuple[int, int, str], lines: list[tuple[int, int]], index: int
) -> bool:
    """Whether the line is the rest of a wrapped one: begun small, or after a long open line."""
    start, end = lines[index]
    line = text[start:end].strip()
    if not line or "\n" in text[block[1] : start].replace("\n", "", 1):
        return False
    last = text[block[0] : block[1]].rsplit("\n", 1)[-1].strip()
    if line[0].islower() or last.endswith((",", "-", "–", "(", "/")) or last[-1:].isdigit():
        return True
    following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
    if len(line) <= HEADING and (BULLET.match(following) or line.endswith(":")):
        return False
    return len(last) >= WRAPPED and not last.endswith((".", ":"))


def _is_heading(block: str) -> bool:
    return 3 < len(block) <= HEADING and block[-1] != "." and not re.search(r"\d", block)


def _split(document: str, text: str, start: int, end: int, context: str) -> Iterator[RawSentence]:
    """The block's sentences, with offsets into the raw text."""
    position = start
    for stop in SENTENCE_END.finditer(text, start, end):
        if ABBREVIATED.search(text, position, stop.start()):
            continue
        yield from _sentence(document, text, position, stop.end(), context)
        position = stop.end()
    yield from _sentence(document, text, position, end, context)


def _sentence(
    document: str, text: str, start: int, end: int, context: str
) -> Iterator[RawSentence]:
    raw = text[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
    sentence = plain(text[start:end])
    if sentence:
        yield RawSentence(document, start, end, sentence, context)


def _lines(*parts: str) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))
