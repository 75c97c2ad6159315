"""An answer becomes an article's draft."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from osler_site.accounts.models import User
from osler_site.answers.asking import answered
from osler_site.answers.models import RawAnswer
from osler_site.articles.contents import blocks_of
from osler_site.articles.models import ArticleIndexPage, ArticleKind, ArticlePage


@transaction.atomic
def promote(
    raw: RawAnswer, user: User | None, *, title: str = "", topic: str = "", slug: str = ""
) -> ArticlePage:
    """Make a draft of an answer, below the index of articles. An abstention becomes none.

    Nor does an answer composed for one patient, whether they were described apart or in the
    question: what was chosen and worked out for them is not for readers in general. An article is
    what a physician is shown: of an answer in other words that of the same question is taken. An
    overview's topic is the article's.

    Raises ValueError, with the reason, and LibraryError.
    """
    if not raw.answered:
        raise ValueError("the library had no answer; there is nothing to take up")
    if raw.for_one_patient:
        raise ValueError(
            "this answer was composed for one patient; ask again without the patient and take "
            "that answer up"
        )
    raw = _as_composed(raw)
    if not raw.answered:
        raise ValueError("the library has no answer to it any more; ask again")
    # Locked: of two at once, both would take the same place below it and the same slug.
    index = ArticleIndexPage.objects.select_for_update().get()
    body = raw.body
    page = ArticlePage(
        title=(title or raw.question)[:255],
        slug=_free_slug(slug or slugify(title or raw.question)[:80] or "article"),
        kind=raw.kind,
        question=raw.question,
        topic=topic or (raw.question[:120] if raw.kind == ArticleKind.OVERVIEW else ""),
        body=json.dumps(blocks_of(body)),
        follow_ups=body["follow_ups"],
        origin=raw,
        library_version=raw.library_version,
        engine_version=raw.engine_version,
        owner=user,
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    log(instance=page, action="osler.promote", user=user, data={"answer": raw.uid})
    return page


def _as_composed(raw: RawAnswer) -> RawAnswer:
    """The answer itself where it is as composed, else that to the same question."""
    words = (raw.audience, raw.body.get("language", "en"))
    if words == ("physician", "en") and not raw.body.get("writing"):
        return raw
    return answered(raw.question)


def _free_slug(wanted: str) -> str:
    slug, n = wanted, 2
    while ArticlePage.objects.filter(slug=slug).exists():
        slug, n = f"{wanted}-{n}", n + 1
    return slug
