"""Bytes to characters: a mark, what is declared, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from osler.domain.errors import MalformedDocument
from osler.reading.files.raw import RawFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What a Western European text has beyond ASCII: letters, and the signs of medicine.
_PLAUSIBLE = re.compile(r"[^\x80-\x9f¤¦¨¬¯¸×÷ÞþðÐ]*")


def decode(raw: RawFile, declared: str | None = None) -> tuple[str, str | None]:
    """The text, and the name of its encoding where that had to be guessed, else None.

    Raises `MalformedDocument` for binary data and for text that no encoding explains.
    """
    data = raw.data
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(raw, data[len(mark) :] if name == "utf-8" else data, name), None
    for stated in (raw.encoding, declared):
        if stated and _known(stated) and _known(stated) != "utf-8":
            return _strict(raw, data, stated), None
    try:
        return _no_binary(raw, data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return _no_binary(raw, data[: error.start].decode("utf-8")), "utf-8, cut short"
    return _guess(raw, data)


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _strict(raw: RawFile, data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise MalformedDocument(
            f"cannot read {raw.path}: it says that it is {name}, and byte {error.start} is not",
            help="Save the file as UTF-8 and add it again.",
        ) from error


def _no_binary(raw: RawFile, text: str) -> str:
    if "\0" in text:
        raise _not_text(raw)
    return text


def _guess(raw: RawFile, data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    if len(_BINARY.findall(sample)) > len(sample) // 200:
        raise _not_text(raw)
    lossy = data.decode("utf-8", "replace")
    broken = lossy.count("\ufffd")
    if broken * 4 < sum(1 for character in lossy if character > "\x7f"):
        return lossy, f"utf-8, {broken} bytes unreadable"
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    beyond = sum(1 for character in western if character > "\x7f")
    if western and beyond * 10 < len(western) and _PLAUSIBLE.fullmatch(western):
        return western, "cp1252, guessed"
    best = from_bytes(sample).best()
    if best is None:
        raise _not_text(raw)
    try:
        return data.decode(best.encoding), f"{best.encoding}, guessed"
    except UnicodeDecodeError as error:
        raise _not_text(raw) from error


def _not_text(raw: RawFile) -> MalformedDocument:
    return MalformedDocument(
        f"cannot read {raw.path}: it is not text in any encoding Osler knows",
        help="Save the file as UTF-8 text and add it again.",
    )
