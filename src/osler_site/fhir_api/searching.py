"""Searches for plans (R4, "Search"): the self link says what was searched for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from osler_site.fhir_api import held
from osler_site.fhir_http import Refusal

MOST = 100  # plans of one page
_READ = ("_id", "url", "title")
_OF_ANY = frozenset({"_format", "_pretty"})  # of every address, no part of a search


def found(request: HttpRequest, base: str) -> dict[str, Any]:
    """A searchset of one page.

    A parameter that is not read is left out of the self link; with `Prefer: handling=strict` it
    is a fault. `_count` is how many plans a page has, 0 for none but the total; `_offset` where it
    begins. Raises Refusal.
    """
    unknown = [
        n for n in request.GET if n not in (*_READ, "_count", "_offset") and n not in _OF_ANY
    ]
    if unknown and "handling=strict" in request.headers.get("Prefer", "").replace(" ", ""):
        raise Refusal(400, f"there is no search by {', '.join(unknown)}")
    used = {name: request.GET[name] for name in _READ if request.GET.get(name)}
    plans = held.matching(
        ids=used.get("_id", ""), url=used.get("url", ""), title=used.get("title", "")
    )
    count, offset = _number(request, "_count", MOST), _number(request, "_offset", 0)
    page = plans[offset : offset + count]
    links = [("self", offset)]
    if count and offset + count < len(plans):
        links.append(("next", offset + count))
    shown = {"_count": count} if "_count" in request.GET else {}
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(plans),
        "link": [
            {"relation": name, "url": _address(base, {**used, **shown, **_at(start)})}
            for name, start in links
        ],
        **({"entry": [_entry(plan.plan, base) for plan in page]} if page else {}),
    }


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Refusal(400, f"{name} is a whole number")
    return min(int(text), MOST) if name == "_count" else int(text)


def _at(start: int) -> dict[str, int]:
    return {"_offset": start} if start else {}


def _address(base: str, used: dict[str, Any]) -> str:
    query = urlencode(used)
    return f"{base}/PlanDefinition" + (f"?{query}" if query else "")


def _entry(plan: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "fullUrl": f"{base}/PlanDefinition/{plan['id']}",
        "resource": plan,
        "search": {"mode": "match"},
    }
