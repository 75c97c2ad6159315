"""Collect what the site says itself on readers' pages, and compile what was translated.

    python tools/site_translations.py update     # new texts into every catalogue, old ones kept
    python tools/site_translations.py compile    # each .po into the .mo beside it

Wants Babel. What templates mark with `translate` and `blocktranslate`, and Python with `gettext`,
is collected. Catalogues are `src/osler_site/locale/LANGUAGE/LC_MESSAGES/django.po`; what the
engine says is in its own (`tools/translations.py`), for the command line and for other programs.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

sys.path.insert(0, str(Path(__file__).parent))
from translations import compiled, write

SITE = Path(__file__).parents[1] / "src" / "osler_site"
LOCALE = SITE / "locale"
KEYWORDS = {"gettext": None, "gettext_noop": None, "ngettext": (1, 2), "_": None}
Text = str | tuple[str, ...]


def texts() -> dict[Text, str]:
    """Every text, a pair where it depends on a number, with the file it is first met in."""
    found: dict[Text, str] = {}
    for path in sorted(SITE.rglob("*.py")):
        if "gettext" in (code := path.read_text("utf-8")):
            for text in _in_python(code):
                found.setdefault(text, path.relative_to(SITE).as_posix())
    for path in sorted((SITE / "templates").rglob("*.html")):
        for text in _in_template(path.read_text("utf-8")):
            found.setdefault(text, path.relative_to(SITE).as_posix())
    return found


def _in_python(code: str) -> Iterator[Text]:
    for _, message, _, _ in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        yield message


def _in_template(source: str) -> Iterator[Text]:
    from django.utils.translation.template import templatize

    yield from _in_python(templatize(source))


def update(path: Path) -> None:
    """Write the catalogue anew: every text, with the translation that it had."""
    language = path.parents[1].name
    with path.open("rb") as file:
        old = read_po(file, locale=language)
    new = Catalog(
        locale=language, header_comment=f"# The site's own texts: {language}", fuzzy=False
    )
    for text, where in texts().items():
        known = old.get(text)
        new.add(text, known.string if known else "", auto_comments=[where])
    write(path, new)


def main() -> None:
    """Do what the command line says, for every catalogue."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if sys.argv[1:] == ["update"]:
            update(path)
        elif sys.argv[1:] == ["compile"]:
            path.with_suffix(".mo").write_bytes(compiled(path))
        else:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
