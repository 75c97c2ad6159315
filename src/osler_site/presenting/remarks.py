"""What is said beside a claim: warnings, currency, strength, arithmetic, reasons."""

from __future__ import annotations

from collections.abc import Callable

from osler.readers import reason_said
from osler_site.presenting.language import said_in
from osler_site.presenting.view import Json, Remark, Working

_APPLIES = {
    "yes": "Applies to this patient",
    "no": "Does not apply to this patient",
    "unknown": "May apply",
}


def remarks(claim: Json, language: str = "en") -> tuple[Remark, ...]:
    """The lines beside a claim: first what a reader must heed.

    What leads them is in the answer's language; what sources and the engine say stays English.
    """
    say = said_in(language)
    lines: list[Remark] = []
    if claim["verdict"] != "supported":
        lines.append(Remark("override", _objected(claim.get("override"), say)))
    if claim.get("warning"):
        lines.append(Remark("warning", f"{say('Check before use')}: {claim['warning']}"))
    if claim.get("currency"):
        lines.append(Remark("currency", claim["currency"]))
    grades = [
        f"{say(name)}: {claim[key]}"
        for name, key in (("Strength", "strength"), ("Evidence", "evidence"))
        if claim.get(key)
    ]
    if grades:
        lines.append(Remark("strength", " · ".join(grades)))
    if claim.get("underived"):
        lines.append(Remark("working", f"{say('Not worked out')}: {claim['underived']}"))
    lead = _APPLIES.get(claim.get("applies") or "")
    if lead and (claim["because"] or claim["applies"] == "no"):
        because = (
            ": " + "; ".join(reason_said(each, say) for each in claim["because"])
            if claim["because"]
            else ""
        )
        lines.append(Remark("reason", say(lead) + because))
    return tuple(lines)


def _objected(override: Json | None, say: Callable[[str], str]) -> str:
    """What is said of a claim that the gate does not find in its passages."""
    if not override:
        return say("The automatic check does not find this in the cited passages.")
    objections = "; ".join(override["objections"])
    return f"The automatic check objects: {objections}. Kept by {override['by']}: {override['why']}"


def workings(claim: Json) -> tuple[Working, ...]:
    """Each derived dose as arithmetic."""
    return tuple(
        Working(
            d["formula"],
            d["result"],
            # Maxima and the number of doses stand in the result already.
            ", ".join(
                f"{k} {v}" for k, v in d["inputs"].items() if not k.startswith(("maxim", "doses"))
            ),
        )
        for d in claim.get("derivations") or ()
    )
