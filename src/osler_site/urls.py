"""Every address of the site."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from osler_site.articles.page_cache import article
from osler_site.reader import choose, choose_theme

urlpatterns = [
    path("", include("osler_site.accounts.urls")),
    path("", include("osler_site.answers.urls")),
    path("", include("osler_site.operations.urls")),
    path("api/", include("osler_site.api.urls")),
    path("", include("osler_site.cds_hooks.urls")),
    path("fhir/", include("osler_site.fhir_api.urls")),
    path("reader", choose, name="reader"),
    path("theme", choose_theme, name="theme"),
    path("history/", include("osler_site.history.urls")),
    path("pathways/", include("osler_site.pathways.urls")),
    path("library/", include("osler_site.library_pages.urls")),
    path("desk/", include("osler_site.articles.urls")),
    path("review/", include("osler_site.review.urls")),
    path("", include("osler_site.catalogue.urls")),
    path("", include("osler_site.citing.urls")),
    path("", include("osler_site.reports.urls")),
    path("desk/", include("osler_site.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("articles/<str:slug>/", article, name="article"),
    path("", include(wagtail_urls)),
]
