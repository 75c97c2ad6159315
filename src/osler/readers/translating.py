"""The texts of ours in another language: gettext, with the catalogues in the package.

A catalogue is `locale/LANGUAGE/LC_MESSAGES/osler.po`, compiled beside it to `osler.mo`
(`tools/translations.py`); a text that it lacks stays English.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from osler.domain.errors import UsageError

Translate = Callable[[str], str]
SOURCE_LANGUAGE = "en"
_LOCALE = Path(__file__).with_name("locale")


@cache
def languages() -> tuple[str, ...]:
    """The languages that answers can be given in, English first."""
    found = sorted(path.parent.parent.name for path in _LOCALE.glob("*/LC_MESSAGES/osler.mo"))
    return (SOURCE_LANGUAGE, *found)


@cache
def translator(language: str) -> Translate:
    """What puts a text of ours into a language.

    Raises UsageError for a language without a catalogue.
    """
    if language == SOURCE_LANGUAGE:
        return str
    if language not in languages():
        raise UsageError(
            f"no texts in the language {language!r}",
            help=f"Choose one of: {', '.join(languages())}.",
        )
    return gettext.translation("osler", _LOCALE, [language]).gettext
