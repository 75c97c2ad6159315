"""Is this claim supported by this passage? The gate that every claim passes or is not shown."""

from osler.checking.derivations import check_derivation
from osler.checking.gate import check, check_text
from osler.checking.pairs import check_pairs

__all__ = ["check", "check_derivation", "check_pairs", "check_text"]
