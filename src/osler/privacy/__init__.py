"""Patient identifiers in a question: found, hidden, and given back on this machine only."""

from osler.domain.identifier import Identifier, IdentifierKind, hidden_kinds
from osler.privacy.finding import find_identifiers
from osler.privacy.hiding import Hidden, hide
from osler.privacy.model import is_installed

__all__ = [
    "Hidden",
    "Identifier",
    "IdentifierKind",
    "find_identifiers",
    "hidden_kinds",
    "hide",
    "is_installed",
]
