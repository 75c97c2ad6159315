"""What changed in saved articles, told on the site and, where it has mail, by e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.environment import environment
from osler_site.history.models import Alert, AlertKind, SavedArticle
from osler_site.living.settling import open_findings
from osler_site.operations.mailing import was_sent

State = dict[str, Any]


def state_of(page: ArticlePage) -> State:
    """How an article stands, as far as its readers are concerned."""
    return {
        "live": page.live,
        "revision": page.live_revision_id,
        "status": page.status,
        "findings": sorted(finding.pk for finding in open_findings(page)),
    }


def note_changes(user: Any = None) -> list[Alert]:
    """Note what changed in saved articles since it was last looked (of one person, or of all)."""
    saved = SavedArticle.objects.select_related("article")
    if user is not None:
        saved = saved.filter(owner=user)
    states: dict[int, State] = {}
    made: list[Alert] = []
    for each in saved:
        page = each.article
        now = states.setdefault(page.pk, state_of(page))
        if now != each.state:
            made += _note(each.pk, page, now)
    return made


def _note(pk: int, page: ArticlePage, now: State) -> list[Alert]:
    """Under a lock, so that two that look at once tell once."""
    with transaction.atomic():
        saved = SavedArticle.objects.select_for_update().filter(pk=pk).first()
        if saved is None or saved.state == now:
            return []
        alerts = [
            Alert.objects.create(saved=saved, kind=kind, summary=summary)
            for kind, summary in _changes(page, saved.state, now)
        ]
        saved.state = now
        saved.save(update_fields=["state"])
        return alerts


def _changes(page: ArticlePage, before: State, now: State) -> Iterator[tuple[AlertKind, str]]:
    if before.get("live") and not now["live"]:
        yield AlertKind.WITHDRAWN, "It was withdrawn and is not shown any more."
        return
    if now["live"] and before.get("revision") != now["revision"]:
        yield AlertKind.PUBLISHED, "A new version was published."
    if before.get("status") != now["status"]:
        yield AlertKind.STATUS, f"It is now: {ReviewStatus(now['status']).label}."
    known = set(before.get("findings", ()))
    for finding in open_findings(page):
        if finding.pk not in known:
            yield AlertKind.FINDING, f"{finding.get_kind_display()}. {finding.summary}"


def unread_of(user: Any) -> int:
    """How many changes a person has not read."""
    return Alert.objects.filter(saved__owner=user, read=None).count()


def mail_alerts() -> int:
    """Mail each person what was not mailed yet; nothing where the site has no mail.

    What could not be sent is tried again. Returns how many mails were sent.
    """
    if not environment().email_url:
        return 0
    waiting: dict[int, list[Alert]] = {}
    alerts = Alert.objects.filter(mailed=None, read=None, saved__owner__is_active=True)
    for alert in alerts.exclude(saved__owner__email="").select_related(
        "saved__owner", "saved__article"
    ):
        waiting.setdefault(alert.saved.owner_id, []).append(alert)
    return sum(_mail(alerts) for alerts in waiting.values())


def _mail(alerts: list[Alert]) -> bool:
    owner, site = alerts[0].saved.owner, environment()
    articles = len({alert.saved.article_id for alert in alerts})
    subject = f"[{site.name}] {articles} saved article{'s' * (articles != 1)} changed"
    context = {"alerts": alerts, "base_url": site.base_url, "site": site.name}
    text = render_to_string("osler/history/alerts.txt", context)
    sent = was_sent(EmailMessage(subject, text, to=[owner.email]), "changed saved articles")
    if sent:
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(mailed=timezone.now())
    return sent
