"""The versioned store of sources, and its search.

with Library.create("cardiology") as library:
    library.add("guidelines/")
    hits = library.search("maintenance dose of vitamin B12")
"""

from osler.library.contract import hit_to_json
from osler.library.following import Following
from osler.library.library import Library
from osler.library.records import (
    AddReport,
    Failed,
    Filters,
    Health,
    HeldBack,
    Hit,
    Passage,
    PassageId,
    Progress,
    Skipped,
    Version,
    Warned,
)

__all__ = [
    "AddReport",
    "Failed",
    "Filters",
    "Following",
    "Health",
    "HeldBack",
    "Hit",
    "Library",
    "Passage",
    "PassageId",
    "Progress",
    "Skipped",
    "Version",
    "Warned",
    "hit_to_json",
]
