"""Which parts of an expression rest on nothing but literals, or on nothing but variables."""

from __future__ import annotations

from functools import lru_cache

from osler.pathways.fhirpath.functions import LAMBDAS
from osler.pathways.fhirpath.parsing import Tree

_OF_THE_DAY = ("today", "now")


@lru_cache(maxsize=4096)
def is_constant(tree: Tree) -> bool:
    """Whether a tree is made of literals and operators alone."""
    if tree[0] == "literal":
        return True
    if tree[0] == "sign":
        return is_constant(tree[2])
    return tree[0] == "binary" and is_constant(tree[2]) and is_constant(tree[3])


@lru_cache(maxsize=4096)
def is_closed(tree: Tree, this: bool = False, index: bool = False, total: bool = False) -> bool:
    """Whether a tree gives the same whatever stands around it.

    `this`, `index` and `total` tell which of them a function around the tree, but within what is
    asked about, has set.
    """
    match tree[0]:
        case "literal" | "variable":
            return True
        case "this":
            return this
        case "index":
            return index
        case "total":
            return total
        case "call":
            return _is_closed_call(tree, this, index, total)
        case "member" | "type":
            base = tree[1] if tree[0] == "member" else tree[2]
            return this if base is None else is_closed(base, this, index, total)
    return all(is_closed(part, this, index, total) for part in tree[1:] if isinstance(part, tuple))


def _is_closed_call(tree: Tree, this: bool, index: bool, total: bool) -> bool:
    _, base, name, arguments = tree
    if base is None and name not in _OF_THE_DAY and not this:
        return False
    if base is not None and not is_closed(base, this, index, total):
        return False
    if name in LAMBDAS:
        looping = index or name not in ("iif", "coalesce")
        within = True, looping, total or name == "aggregate"
        return all(is_closed(argument, *within) for argument in arguments)
    return all(is_closed(argument, this, index, total) for argument in arguments)
