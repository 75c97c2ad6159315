"""The pages: articles and their index, the board, the editorial policy and the like."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from osler_site.answers.models import RawAnswer
from osler_site.articles.blocks import ArticleBody
from osler_site.articles.contents import body_of
from osler_site.articles.forms import ArticleForm
from osler_site.articles.gate import all_proved
from osler_site.articles.permissions import ArticlePermissions, IndexPermissions
from osler_site.articles.publishing import KEPT_BY_REVIEW, guard
from osler_site.articles.worded import worded_article
from osler_site.engine import engine


class ReviewStatus(models.TextChoices):
    """Where an article stands; readers see the last three as steps."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    UNDER_REVIEW = "under_review", "Under Review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"


class ArticleKind(models.TextChoices):
    """The three kinds of article."""

    ANSWER = "answer", "Answer"
    OVERVIEW = "overview", "Topic overview"
    SUMMARY = "summary", "Guideline summary"


class FrontPage(Page):
    """The root of the site's managed pages; the first page itself is the ask page."""

    max_count = 1
    subpage_types = ("articles.ArticleIndexPage", "articles.BoardPage", "articles.TextPage")


class TextPage(Page):
    """A page of text: the editorial policy, about, accessibility, privacy."""

    text = RichTextField(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
    content_panels = (*Page.content_panels, FieldPanel("text"))
    parent_page_types = ("articles.FrontPage",)
    subpage_types = ()
    template = "osler/pages/text.html"


class BoardPage(Page):
    """The medical board: its members come from their accounts."""

    introduction = RichTextField(blank=True, features=["h2", "bold", "italic", "ul", "link"])
    content_panels = (*Page.content_panels, FieldPanel("introduction"))
    parent_page_types = ("articles.FrontPage",)
    subpage_types = ()
    max_count = 1
    template = "osler/pages/board.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The members beside the introduction."""
        from osler_site.review.board import members

        return {**super().get_context(request, *args, **kwargs), "members": members()}


class ArticleIndexPage(Page):
    """Where the articles are listed and searched."""

    parent_page_types = ("articles.FrontPage",)
    subpage_types = ("articles.ArticlePage",)
    max_count = 1
    template = "osler/articles/index.html"

    def permissions_for_user(self, user: Any) -> IndexPermissions:
        """What a user may do with it in Wagtail."""
        return IndexPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What its template shows: the articles that the query string asks for."""
        from osler_site.catalogue.articles import listing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **listing(request)}


class InReview(PermissionDenied):
    """An article is with the board and is not edited meanwhile."""


class ArticlePage(Page):
    """An answer that an editor has taken up and that the board reviews."""

    kind = models.CharField(max_length=10, choices=ArticleKind.choices, default=ArticleKind.ANSWER)
    question = models.TextField(blank=True, help_text="The question, topic or source it is about.")
    topic = models.CharField(max_length=120, blank=True, db_index=True)
    body = StreamField(ArticleBody(), blank=True)
    follow_ups = models.JSONField(default=list, blank=True)
    origin = models.ForeignKey(
        RawAnswer, null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="articles",
    )  # fmt: skip
    library_version = models.PositiveIntegerField(default=0, editable=False)
    engine_version = models.CharField(max_length=40, blank=True, editable=False)
    status = models.CharField(
        max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.DRAFT,
        editable=False, db_index=True,
    )  # fmt: skip
    last_reviewed = models.DateField(null=True, blank=True, editable=False)
    next_review = models.DateField(null=True, blank=True, editable=False)

    content_panels = (
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("topic"),
        FieldPanel("body"),
    )
    search_fields = (
        *Page.search_fields,
        index.SearchField("question"),
        index.SearchField("topic"),
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("kind"),
        index.FilterField("topic"),
        index.FilterField("next_review"),
    )
    settings_panels = ()  # nothing is scheduled: the review publishes
    base_form_class = ArticleForm
    parent_page_types = ("articles.ArticleIndexPage",)
    subpage_types = ()
    template = "osler/articles/article.html"

    def permissions_for_user(self, user: Any) -> ArticlePermissions:
        """What a user may do with it in Wagtail."""
        return ArticlePermissions(user, self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Write it, unless that would change by hand what readers see."""
        with transaction.atomic():
            guard(self, kwargs.get("update_fields"))
            return super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft; what was ever submitted stays, with its record."""
        if self.live or self.workflow_states.exists():
            raise PermissionDenied("An article that was submitted is withdrawn, never deleted.")
        return super().delete(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a version, with the newest version of the library at which all it cites stands.

        Raises InReview: what is with the board is not edited before it comes back.
        """
        with transaction.atomic():
            type(self).objects.select_for_update().filter(pk=self.pk).first()
            if self.workflow_states.filter(status="in_progress").exists():
                raise InReview("The article is with the medical board; take it back to edit it.")
            library = engine().library()
            if self.library_version != library.version and all_proved(self.body, library):
                self.library_version = library.version
            self.go_live_at = self.expire_at = None
            overwritten = kwargs.get("overwrite_revision")
            if overwritten is not None and overwritten.task_states.exists():
                kwargs["overwrite_revision"] = None  # what was before the board stays as it was
            return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """A version of it; where it stands in review is the page's, not the version's."""
        version = super().with_content_json(content)
        for field in KEPT_BY_REVIEW:
            setattr(version, field, getattr(self, field))
        version.go_live_at = version.expire_at = None
        return version

    def answer_json(self) -> dict[str, Any]:
        """The article in the JSON of an answer, at the library version it was written from."""
        return body_of(self, engine().library())

    def _for_reader(self, request: HttpRequest) -> dict[str, Any]:
        """Its JSON in the words of who reads; the reviewed wording for physicians, and on demand.

        Sets `reworded` and `kept_as_reviewed`, which its page tells.
        """
        from osler_site.reader import language_of, reader_of

        body = self.answer_json()
        audience, language = reader_of(request).audience, language_of(request)
        self.reworded = self.kept_as_reviewed = False
        if "reviewed" in request.GET or (audience, language) == ("physician", "en"):
            return body
        found = worded_article(body, engine().library(), audience, language)
        self.reworded, self.kept_as_reviewed = found is not None, found is None
        return found or body

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; search engines list it only once it is approved."""
        response = super().serve(request, *args, **kwargs)
        if self.status != ReviewStatus.APPROVED:
            response["X-Robots-Tag"] = "noindex"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What its template shows."""
        from osler_site.living.settling import open_findings
        from osler_site.presenting.present import present
        from osler_site.review.record import record_of

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["answer"] = present(self._for_reader(request))
        context["review"] = record_of(self)
        context["findings"] = open_findings(self)
        return context
