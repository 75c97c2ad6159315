"""Collect the texts of ours that a reader sees in an answer, and compile what was translated.

    python tools/translations.py update     # new texts into every catalogue, old ones kept
    python tools/translations.py compile    # each .po into the .mo beside it

Wants Babel. Catalogues are `src/osler/readers/locale/LANGUAGE/LC_MESSAGES/osler.po`; a new
language is a new folder with an empty file of that name. `osler.pot` holds every text, the plain
phrases of the glossary too; a catalogue holds of these only what was translated.
"""

from __future__ import annotations

import io
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from osler.answering.abstain import reason_of_language
from osler.answering.composing.compose import GROUP_TITLES
from osler.answering.understanding.language import languages
from osler.readers import boxes, glossary, profiles, reasons
from osler.render import view

SOURCES = Path(__file__).parents[1] / "src" / "osler"
LOCALE = SOURCES / "readers" / "locale"
GLOSSARY = "glossary"
HEADERS = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


def texts() -> dict[str, str]:
    """Every text with where it comes from."""
    notices = tomllib.loads((SOURCES / "answering/data/notices.toml").read_text("utf-8"))["notice"]
    groups = (
        ("page", view.TEXTS),
        ("page", ("in English",)),
        ("reason", reasons.TEXTS),
        ("reason", tuple(reason_of_language(each) for each in languages())),
        ("section title", (*profiles.titles(), *GROUP_TITLES)),
        ("safety notice", tuple(each["text"] for each in notices)),
        ("safety notice", boxes.texts()),
        (GLOSSARY, tuple(entry.plain for entry in glossary.entries())),
    )
    found: dict[str, str] = {}
    for where, each in groups:
        for text in each:
            found.setdefault(text, where)
    return found


def update(path: Path) -> None:
    """Write the catalogue anew: every text, with the translation that it had."""
    language = path.parents[1].name
    with path.open("rb") as file:
        old = read_po(file, locale=language)
    new = Catalog(locale=language, header_comment=f"# Osler's own texts: {language}", fuzzy=False)
    for text, where in texts().items():
        known = old.get(text)
        said = known.string if known else ""
        if said or where != GLOSSARY:
            new.add(text, said, auto_comments=[where])
    write(path, new)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue without dates: the same texts are the same file."""
    headers = [(k, v) for k, v in catalog.mime_headers if k in HEADERS]
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=True)
    lines = "".join(f'"{k}: {v}\\n"\n' for k, v in headers)
    head = f'{catalog.header_comment}\nmsgid ""\nmsgstr ""\n{lines}\n'
    path.write_bytes(head.encode() + out.getvalue())


def compiled(path: Path) -> bytes:
    """The catalogue as gettext reads it; the same for the same translations."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name)
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)  # no clock
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def template() -> None:
    """Write every text without a translation."""
    catalog = Catalog(header_comment="# Osler's own texts", fuzzy=False)
    for text, where in texts().items():
        catalog.add(text, "", auto_comments=[where])
    write(LOCALE / "osler.pot", catalog)


def main() -> None:
    """Do what the command line says, for every catalogue."""
    if sys.argv[1:] == ["update"]:
        template()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/osler.po")):
        if sys.argv[1:] == ["update"]:
            update(path)
        elif sys.argv[1:] == ["compile"]:
            path.with_suffix(".mo").write_bytes(compiled(path))
        else:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
