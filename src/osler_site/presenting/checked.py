"""What the gate compared of a claim: only what the claim really states."""

from __future__ import annotations

from osler_site.presenting.view import Json

_STATED = (
    ("amount", ("low", "high")),
    ("unit", ("unit",)),
    ("per weight or surface", ("per",)),
    ("route", ("route", "routes")),
    ("timing", ("frequency",)),
    ("duration", ("duration",)),
    ("maximum", ("max",)),
)


def checked(claim: Json) -> tuple[str, ...]:
    """The names of what was compared with the cited passages; none for an unsupported claim."""
    if claim["verdict"] != "supported":
        return ()
    names = [
        name for name, keys in _STATED if any(d.get(key) for d in claim["dosages"] for key in keys)
    ]
    if claim["group"]:
        names.append("group")
    return (*names, "wording")
