"""Which variables a true condition rests on: those of the branches that were gone by.

An eGFR that a plan read is not what decided where a diagnosis did: of "kidney failure or an eGFR
below 30" only the side that is true counts, of a choice only the branch that was taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from osler.pathways.fhirpath.closed import is_closed
from osler.pathways.fhirpath.compiling import compile_tree
from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.functions import Run
from osler.pathways.fhirpath.parsing import Tree, parse, variables_of
from osler.pathways.fhirpath.values import Collection, Scope, element_of, truth_of

_DECIDED_BY = {"or": True, "and": False}  # one side of this truth is enough
_UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression, read once: what runs it, and the parts that it is made of.

    Parts without a variable are left out. `inner` is empty where nothing in it is chosen between:
    then all of its `variables` count.
    """

    tree: Tree
    run: Run | None  # None where it rests on what stands around it
    variables: tuple[str, ...]
    inner: tuple[Part, ...] = ()


def scope_of(values: Mapping[str, list[Any]]) -> Scope:
    """What expressions are tried in: the values of variables, as JSON, and nothing else."""

    def of(name: str) -> Collection:
        if name not in values:
            raise ExpressionError(f"there is no variable %{name}")
        return [element_of(v) if isinstance(v, Mapping) else v for v in values[name]]

    return Scope(of, datetime.min)


def reached(part: Part, scope: Scope) -> dict[str, None]:
    """The variables that an expression rests on by itself, in the order of reading.

    What cannot be told apart counts.
    """
    found: dict[str, None] = {}
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one.inner:
            waiting.extend(reversed(_deciding(one, scope)))
        else:
            found |= dict.fromkeys(one.variables)
    return found


@lru_cache(maxsize=4096)
def part_of(expression: str) -> Part | None:
    """An expression to be traced; None where it is none."""
    try:
        return _part(parse(expression))
    except ExpressionError:
        return None


def _deciding(part: Part, scope: Scope) -> tuple[Part, ...]:
    """The parts of an expression that it got its value from."""
    kind, *rest = part.tree
    if _is_iif(part.tree):
        test, *branches = part.inner
        met = _truth(test, scope)
        if met != _UNTOLD:
            return (test, *(branches[:1] if met is True else branches[1:]))
    if kind == "binary" and rest[0] in _DECIDED_BY:
        enough = _DECIDED_BY[rest[0]]
        return tuple(i for i in part.inner if _truth(i, scope) is enough) or part.inner
    return part.inner


def _truth(part: Part, scope: Scope) -> bool | str | None:
    """What a part comes to, None being empty; _UNTOLD where that takes more than the variables."""
    if part.run is None:
        return _UNTOLD
    try:
        return truth_of(part.run(scope, []), "a side")
    except ExpressionError:
        return _UNTOLD


def _is_iif(tree: Tree) -> bool:
    return bool(tree[0] == "call" and tree[1] is None and tree[2] == "iif")


def _chooses(tree: Tree) -> bool:
    return _is_iif(tree) or (tree[0] == "binary" and tree[1] in _DECIDED_BY)


def _part(tree: Tree) -> Part:
    inner = []
    for each in tree[1:]:
        if isinstance(each, tuple) and each:
            # The arguments of a call are a tuple of trees.
            inner += [_part(one) for one in ((each,) if isinstance(each[0], str) else each)]
    run = compile_tree(tree) if is_closed(tree) else None
    if _chooses(tree) or any(part.inner for part in inner):
        # Which of a choice's parts is which is told by their places: there all of them stay.
        kept = inner if _chooses(tree) else [part for part in inner if part.variables]
        return Part(tree, run, variables_of(tree), tuple(kept))
    return Part(tree, run, variables_of(tree))
