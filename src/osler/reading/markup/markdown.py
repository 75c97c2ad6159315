"""Markdown (CommonMark with tables) that may open with YAML front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.bracket_notes import with_bracket_notes
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import known_fields
from osler.reading.blocks.tables import Cell, Table, merged_down, write_table
from osler.reading.blocks.titles import is_title
from osler.reading.blocks.typed_lines import are_lines, definition
from osler.reading.files.encoding import decode
from osler.reading.files.raw import RawFile
from osler.reading.markup.styles import hides
from osler.reading.suspicions.beside import STRUCK
from osler.reading.suspicions.normalise import LINE_BREAK, superscript
from osler.reading.text.reader import write_text

_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:^(?:---|\.\.\.)[ \t]*(?:\n|\Z))", re.S | re.M)
# A value on its key's line that holds a colon and is not quoted, nor a list, a map or a block.
_BARE = re.compile(
    r"""^(?P<key>[\w -]+): +(?P<value>(?!["'\[{|>&*!])[^\n]*?: [^\n]*?)[ \t]*$""", re.M
)
# A box drawn in plain text has sides ("# words #", "| words |") and rules of stars, and no header
# over a row of hyphens.
_MARKED_UP = re.compile(
    r"^#{1,6} (?![^\n]* #$)|^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t:|-]*$|^```|^>|"
    r"\*\*(?=[^\s*])|\[\^|\]\(",
    re.M,
)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_TEXT = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.M)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>", re.I)
_STYLE = re.compile(r"""\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_STRUCK = "~~"  # as the name of an open element
_DETAILS = re.compile(r"\s*<details[^>]*>\s*<summary[^>]*>(.*?)</summary>", re.I | re.S)
# Before these no bold line is a title: nothing stands under it, or no more than a list or table.
_NOT_HEADED = frozenset(
    {
        "heading_open",
        "blockquote_close",
        "hr",
        "bullet_list_open",
        "ordered_list_open",
        "table_open",
    }
)
_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_markdown(raw: RawFile) -> Document:
    """A Markdown file; the front matter's keys that Osler does not know are kept in `extra`.

    Raises `MalformedDocument`, with the line, where the front matter is not YAML.
    """
    text, guessed = decode(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _front_matter(raw, text)
    builder = DocumentBuilder()
    if _is_plain(raw, body):
        write_text(builder, body)
        return _built(builder, raw, "text", guessed, fields)
    body = with_bracket_notes(body)
    notes = _NOTE_TEXT.findall(body)
    found: dict[str, Any] = {}
    _Writer(builder).write(_PARSER.parse(_NOTE_TEXT.sub("", body) if notes else body, found))
    for link in found.get("references", {}).values():
        builder.beside(str(link.get("title", "")), "a link's title")
    for marker, note in notes:
        builder.footnote(_inline(_PARSER.parseInline(note)[0], builder)[0], marker)
    return _built(builder, raw, "markdown", guessed, fields)


def _built(
    builder: DocumentBuilder, raw: RawFile, name: str, guessed: str | None, fields: dict[str, Any]
) -> Document:
    if not builder.headed:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    if guessed:
        fields.setdefault("extra", {})["encoding"] = guessed
    title = fields.pop("title", "")
    return builder.build(raw, name, title=title, **fields)


def _is_plain(raw: RawFile, body: str) -> bool:
    """Whether front matter opens a plain text file: its lines are lines, and none is marked up."""
    return raw.suffix in (".txt", ".text") and _MARKED_UP.search(body) is None


def _values(front: str) -> Any:
    """The values of front matter; "title: Heparin: ward protocol" need not be quoted.

    Raises what YAML finds wrong in the text as it stands.
    """
    try:
        return yaml.safe_load(front)
    except yaml.YAMLError:
        quoted = _BARE.sub(lambda m: f"{m['key']}: {json.dumps(m['value'])}", front)
        if quoted == front:
            raise
        try:
            return yaml.safe_load(quoted)
        except yaml.YAMLError:
            pass
        raise


def _front_matter(raw: RawFile, text: str) -> tuple[dict[str, Any], str]:
    if not re.match(r"---[ \t]*\n", text):
        return {}, text
    found = _FRONT.match(text)
    if found is None:
        if not re.match(r"---[ \t]*\n[\w -]+:", text):
            return {}, text  # a thematic break
        raise MalformedDocument(
            f"cannot read {raw.path}, line 1: the front matter has no end",
            help="Close it with a line of three hyphens.",
        )
    try:
        values = _values(found[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error)
        raise MalformedDocument(
            f"cannot read {raw.path}, line {line}: the front matter is not YAML ({problem})",
            help="Quote values that hold a colon, and indent with spaces.",
        ) from error
    if values is None:
        return {}, text[found.end() :]
    if not isinstance(values, dict):
        raise MalformedDocument(
            f"cannot read {raw.path}, line 2: the front matter is not a list of keys and values",
            help='Write one "key: value" a line.',
        )
    return known_fields(values), text[found.end() :]


class _Writer:
    """Follow markdown-it's flat list of tokens and write blocks."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._lists: list[int | None] = []  # next number of each open list, None for bullets
        self._fresh_item = False  # the open item has no text of its own yet
        self._outside: list[int] = []  # levels of the headings around open quotations and details

    def write(self, tokens: Sequence[Token]) -> None:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                text, notes = _inline(tokens[position + 1], self._builder)
                self._builder.heading(text, int(token.tag[1]), notes=notes)
                position += 2
            elif token.type == "table_open":
                position = self._table(tokens, position)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                ordered = token.type.startswith("ordered")
                self._lists.append(int(token.attrGet("start") or 1) if ordered else None)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
                self._fresh_item = False
            elif token.type == "list_item_open":
                self._fresh_item = True
            elif token.type == "blockquote_open":
                self._outside.append(self._builder.level)
            elif token.type == "blockquote_close":
                self._leave()
            elif token.type == "inline":
                self._inline(token, tokens[position + 2 : position + 3])
            elif token.type in ("fence", "code_block"):
                self._lines(token.content)
            elif token.type == "html_block":
                self._html(token.content)
            position += 1

    def _leave(self) -> None:
        """Close the headings of a quotation or of details: what follows is not about them."""
        if self._outside:
            self._builder.leave(self._outside.pop() + 1)

    def _inline(self, token: Token, after: Sequence[Token]) -> None:
        if not self._lists:
            self._paragraph(token, after)
            return
        text, notes = _inline(token, self._builder)
        if self._fresh_item:
            number = self._lists[-1]
            mark = "-" if number is None else f"{number}."
            if number is not None:
                self._lists[-1] = number + 1
            self._builder.item(text, len(self._lists) - 1, mark=mark, notes=notes)
            self._fresh_item = False
        else:
            self._builder.paragraph(text, depth=len(self._lists) - 1, notes=notes)

    def _paragraph(self, token: Token, after: Sequence[Token]) -> None:
        """A paragraph, the lines that it was typed in, a term with its definitions, or a title."""
        parts = _parted(token)
        lines = [_plain(part) for part in parts]
        if (defined := definition(lines)) is not None:
            term, told = defined
            self._builder.paragraph(f"{term.rstrip(':')}:")
            for each in told:
                self._builder.item(each)
            return
        if not are_lines(lines):
            parts = [token]
        for number, part in enumerate(parts):
            text, notes = _inline(part, self._builder)
            heads = number + 1 < len(parts) or (after and after[0].type not in _NOT_HEADED)
            if heads and _is_bold(part) and is_title(text):
                self._builder.title(text, notes=notes)
            else:
                self._builder.paragraph(text, notes=notes)

    def _lines(self, content: str) -> None:
        for line in content.splitlines():
            self._builder.paragraph(line)

    def _html(self, content: str) -> None:
        from osler.reading.markup.html import write_fragment

        opened = _DETAILS.match(content)
        if opened is not None and "</details" not in content.lower():
            self._outside.append(self._builder.level)
            self._builder.heading(_TAG.sub("", opened[1]), max(self._builder.level + 1, 2))
            content = content[opened.end() :]
        elif content.lower().lstrip().startswith("</details"):
            self._leave()
        write_fragment(self._builder, content)

    def _table(self, tokens: Sequence[Token], position: int) -> int:
        """Write the table that opens at `position`; return where it closes."""
        table = Table(header_rows=1)
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                table.rows.append([])
            elif token.type == "inline":
                text, notes = _inline(token, self._builder)
                table.rows[-1].append(Cell(text, notes=notes))
            position += 1
        table.rows = merged_down(table.rows)
        if _has_two_headers(table.rows):
            table.rows[0] = _merged_across(table.rows[0])
            table.header_rows = 2
        write_table(self._builder, table)
        return position


def _inline(token: Token, builder: DocumentBuilder) -> tuple[str, tuple[str, ...]]:
    """The text of inline tokens without their marks, and the footnotes referred to.

    `builder` is told the words that no reader sees, and those that are struck out.
    """
    out: list[str] = []
    notes: list[str] = []
    raised: list[str] | None = None
    hidden: list[str] = []  # its open elements
    unseen: list[str] = []
    for child in token.children or ():
        if child.type == "s_open" and not hidden:
            hidden.append(_STRUCK)
            continue
        if child.type == "s_close" and hidden == [_STRUCK]:
            builder.left_out("".join(unseen), STRUCK)
            hidden.clear()
            unseen.clear()
            continue
        if child.type == "html_inline" and (hidden or _conceals(child.content)):
            _follow(hidden, child.content)
            if not hidden:
                builder.left_out("".join(unseen))
                unseen.clear()
            continue
        if hidden:
            unseen.append(child.content)
            continue
        if child.type in ("text", "code_inline"):
            (out if raised is None else raised).append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif child.type == "image":
            builder.beside(child.content, "the alternative text of a picture")
        elif child.type == "link_open":
            builder.beside(str(child.attrGet("title") or ""), "a link's title")
        elif child.type == "html_inline":
            tag = child.content.lower().replace(" ", "")
            if tag.startswith("<sup"):
                raised = []
            elif tag == "</sup>" and raised is not None:
                written, found = superscript("".join(out[-3:]), "".join(raised))
                out.append(written)
                notes.extend(found)
                raised = None
            elif tag.startswith("<br"):
                out.append(LINE_BREAK)
            elif tag.startswith("<!--"):
                builder.beside(child.content[4:-3], "an HTML comment")
    text = "".join([*out, *(raised or ())])
    notes.extend(_NOTE.findall(text))
    return _NOTE.sub("", text) if notes else text, tuple(notes)


def _conceals(tag: str) -> bool:
    """Whether an HTML tag opens an element that no reader sees."""
    found = _TAG.fullmatch(tag)
    if found is None or found[1]:
        return False
    if found[2].lower() in ("del", "s", "strike"):
        return True
    style = _STYLE.search(found[3])
    return bool(re.search(r"\shidden\b(?!-)", _STYLE.sub("", found[3]))) or (
        style is not None and hides(style[1] or style[2] or "")
    )


def _follow(hidden: list[str], tag: str) -> None:
    """Keep the stack of elements open inside a hidden one."""
    found = _TAG.fullmatch(tag)
    if found is None or found[3].endswith("/") or found[2].lower() in ("br", "img", "wbr"):
        return
    if not found[1]:
        hidden.append(found[2].lower())
    elif found[2].lower() in hidden:
        while hidden.pop() != found[2].lower():
            pass


def _parted(token: Token) -> list[Token]:
    """The lines of a paragraph, each as a token of its own."""
    parts: list[list[Token]] = [[]]
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append([])
        else:
            parts[-1].append(child)
    return [Token("inline", "", 0, children=part) for part in parts]


def _plain(token: Token) -> str:
    return "".join(child.content for child in token.children or ()).strip()


def _is_bold(token: Token) -> bool:
    """Whether a line is bold from end to end."""
    marks = [child.type for child in token.children or () if child.content or child.nesting]
    return (
        len(marks) > 2
        and marks[0] == "strong_open"
        and marks[-1] == "strong_close"
        and marks.count("strong_open") == 1
    )


def _has_two_headers(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the second row goes on with the header: it names columns that the first leaves
    blank, or parts of those it names, and nothing of its own."""
    if len(rows) < 3 or not rows[1] or rows[1][0].text.strip():
        return False
    above, below = rows[0], rows[1]
    return any(not cell.text.strip() for cell in above[1:]) and not any(
        character.isdigit() for cell in below for character in cell.text
    )


def _merged_across(row: Sequence[Cell]) -> list[Cell]:
    """A header whose blank cells belong to the cell before them."""
    found: list[Cell] = []
    for cell in row:
        if found and not cell.text.strip() and len(found) > 1:
            found[-1] = replace(found[-1], columns=found[-1].columns + 1)
        else:
            found.append(cell)
    return found
