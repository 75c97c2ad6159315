"""The first pages of a new site, left as they are later; the roles, as they are defined."""

from __future__ import annotations

from wagtail.models import Page, Site

from osler_site.accounts.permissions import apply_roles
from osler_site.articles.models import ArticleIndexPage, BoardPage, FrontPage, TextPage
from osler_site.environment import environment
from osler_site.operations.first_texts import POLICY, TEXTS
from osler_site.review.workflow import make_workflow


def bootstrap() -> None:
    """Make what is missing: the page tree, the site record, the groups and what they may do."""
    front = _front_page()
    _below(front, ArticleIndexPage(title="Articles", slug="articles"))
    _below(front, BoardPage(title="Medical board", slug="board"))
    _below(front, TextPage(title="Editorial policy", slug="editorial-policy", text=POLICY))
    for title, slug, text in TEXTS:
        _below(front, TextPage(title=title, slug=slug, text=text))
    apply_roles(front, ArticleIndexPage.objects.get())
    make_workflow()


def _front_page() -> FrontPage:
    found = FrontPage.objects.first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    root.refresh_from_db()
    front = root.add_child(instance=FrontPage(title=environment().name, slug="home"))
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost",
        site_name=environment().name,
        root_page=front,
        is_default_site=True,
    )
    return front


def _below(front: FrontPage, page: Page) -> None:
    if not front.get_children().filter(slug=page.slug).exists():
        front.add_child(instance=page)
        page.save_revision().publish()
        front.refresh_from_db()
