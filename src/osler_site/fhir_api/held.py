"""The resources that are served: the plans of the pathways, and what they contain by itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from osler.pathways import Pathway
from osler_site.pathways.loaded import loaded

Resource = dict[str, Any]


def pathway(pathway_id: str) -> Pathway:
    """A pathway. Raises Http404."""
    try:
        return loaded().pathways[pathway_id]
    except KeyError:
        raise Http404(f"there is no PlanDefinition/{pathway_id}") from None


def by_address(canonical: str) -> Pathway:
    """The pathway with this canonical address, "url" or "url|version". Raises Http404."""
    url, _, version = canonical.partition("|")
    for found in loaded().pathways.values():
        if found.plan.get("url") == url and version in ("", found.version):
            return found
    raise Http404(f"there is no PlanDefinition with the address {canonical}")


def questionnaire(pathway_id: str) -> Resource:
    """The questionnaire of a pathway, under the pathway's id. Raises Http404."""
    found = loaded().pathways.get(pathway_id)
    if found is None or not found.questionnaire:
        raise Http404(f"there is no Questionnaire/{pathway_id}")
    return {**found.questionnaire, "id": pathway_id}


def activity(activity_id: str) -> tuple[Pathway, Resource]:
    """ "b12-replacement.im-loading": an activity that a plan contains. Raises Http404."""
    owner, _, contained = activity_id.partition(".")
    found = loaded().pathways.get(owner)
    for resource in found.plan.get("contained", ()) if found else ():
        if resource["resourceType"] == "ActivityDefinition" and resource.get("id") == contained:
            assert found is not None
            return found, resource
    raise Http404(f"there is no ActivityDefinition/{activity_id}")


def matching(*, ids: str, url: str, title: str) -> list[Pathway]:
    """Plans by ids (several with commas), canonical address, part of the title."""
    wanted = {part for part in ids.split(",") if part}
    address, _, version = url.partition("|")
    return [
        p
        for p in loaded().pathways.values()
        if (not wanted or p.id in wanted)
        and (not address or p.plan.get("url") == address)
        and (not version or p.version == version)
        and title.lower() in p.title.lower()
    ]
