"""An article as a PDF, where WeasyPrint is installed (`osler[pdf]`) and finds Pango."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string

from osler_site.presenting.view import AnswerView

_STYLE = Path(__file__).with_name("article.css")
_log = logging.getLogger(__name__)


@cache
def available() -> bool:
    """Whether a PDF can be made here; where not, pages offer the browser's print instead."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        return False
    except OSError as error:  # installed, but Pango is not
        _log.warning("no PDF: WeasyPrint does not find its libraries (%s)", error)
        return False
    return True


def pdf(answer: AnswerView, about: dict[str, Any]) -> bytes:
    """The document. `about` is what its head and foot say: title, status, url, reviewer, dates.

    Nothing is fetched while it is made.
    """
    from weasyprint import CSS, HTML

    page = render_to_string("osler/citing/article_pdf.html", {"answer": answer, **about})
    style = CSS(string=_STYLE.read_text("utf-8"), url_fetcher=_refuse)
    document = HTML(string=page, url_fetcher=_refuse)
    return bytes(document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"))


def _refuse(url: str, *args: object, **kwargs: object) -> NoReturn:
    raise ValueError("a document fetches nothing")
