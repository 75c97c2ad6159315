"""What the site is used for, in numbers, for those who run it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel

from osler_site.answers.models import Ask
from osler_site.api.access import Bearer
from osler_site.api.described import refusals
from osler_site.api.scopes import Scope

router = Router(tags=["administration"])


class Day(BaseModel):
    """One day's questions."""

    day: date
    asked: int
    abstained: int


class Usage(BaseModel):
    """Days on which something was asked, the first first."""

    days: list[Day]


@router.get(
    "/usage",
    auth=Bearer(Scope.ADMIN),
    response={200: Usage, **refusals(422)},
    operation_id="usage",
)
def usage(request: HttpRequest, days: Annotated[int, Query(ge=1, le=366)] = 30) -> JsonResponse:
    """How many questions were asked, and how many of them the library was silent on."""
    since = timezone.now() - timedelta(days=days)
    counted = (
        Ask.objects.filter(at__gte=since)
        .annotate(day=TruncDate("at"))
        .values("day")
        .annotate(asked=Count("pk"), abstained=Count("pk", filter=Q(answer__answered=False)))
        .order_by("day")
    )
    return JsonResponse({"days": list(counted)})
