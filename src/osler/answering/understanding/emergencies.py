"""Kinds of an illness that need other treatment than the illness itself."""

from __future__ import annotations

from osler.patterns import lazy

# What is right for the illness is not what its emergency or severe form needs.
EMERGENCY = lazy(
    r"\b(?:coma|crisis|storm|emergency|status|shock|severe|latent|ketoacidosis|hyperosmolar)\b"
)
