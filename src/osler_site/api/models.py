"""Tokens of programs: only a hash of the secret is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.api.scopes import Scope

_PREFIX_BYTES, _SECRET_BYTES = 5, 32
_NOTED_EVERY = timedelta(minutes=1)  # a write for every request would be one too many


class ApiToken(models.Model):
    """What a program shows to be let in. `prefix` is shown to people, the secret never again."""

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(  # whose it is; None: the site's, made on the server
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True, editable=False)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def issue(
        cls,
        name: str,
        scopes: list[Scope],
        *,
        expires: datetime | None = None,
        created_by: User | None = None,
    ) -> tuple[ApiToken, str]:
        """A new token, and its secret: it cannot be had again."""
        prefix = f"osler_{secrets.token_hex(_PREFIX_BYTES)}"
        secret = f"{prefix}.{secrets.token_urlsafe(_SECRET_BYTES)}"
        token = cls.objects.create(
            name=name,
            prefix=prefix,
            digest=_digest(secret),
            scopes=[scope.value for scope in scopes],
            expires=expires,
            created_by=created_by,
        )
        return token, secret

    @classmethod
    def of(cls, secret: str) -> ApiToken | None:
        """The token that is good now and has this secret.

        A person's token is good while they may work here: a shut account's is not.
        """
        prefix, dot, _ = secret.partition(".")
        if not dot or len(secret) > 200:
            return None
        found = cls.objects.filter(prefix=prefix).select_related("created_by").first()
        if found is None or not secrets.compare_digest(found.digest, _digest(secret)):
            return None
        now = timezone.now()
        if found.revoked or (found.expires and found.expires <= now):
            return None
        if found.created_by is not None and not has_role(found.created_by, *Role):
            return None
        if found.last_used is None or now - found.last_used >= _NOTED_EVERY:
            cls.objects.filter(pk=found.pk).update(last_used=now)
        return found

    @classmethod
    @transaction.atomic
    def revoke(cls, prefix: str, *, by: User | None = None) -> bool:
        """Make a token useless at once; whether there was one to revoke."""
        found = cls.objects.filter(prefix=prefix, revoked=None).first()
        if found is None:
            return False
        cls.objects.filter(pk=found.pk).update(revoked=timezone.now())
        log(found, "osler.token_revoked", user=by)
        return True

    def may(self, scope: Scope) -> bool:
        """Whether the token was given this scope; `admin` holds all the others.

        A person's `admin` is good while they are an administrator.
        """
        if Scope.ADMIN.value not in self.scopes:
            return scope.value in self.scopes
        return self.created_by is None or has_role(self.created_by, Role.ADMINISTRATOR)


def _digest(secret: str) -> str:
    """The secret is 256 random bits, so that a fast hash without salt is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
