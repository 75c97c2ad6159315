"""A tree of an expression as a function: compiled once, run for every patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from osler.pathways.fhirpath.budget import ITEMS, gathered, size_of
from osler.pathways.fhirpath.closed import is_closed, is_constant
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly
from osler.pathways.fhirpath.functions import FUNCTIONS, LAMBDAS, Run
from osler.pathways.fhirpath.operators import COMPARISON, LOGIC, all_equal, calculate
from osler.pathways.fhirpath.parsing import Tree, parse, variables_of
from osler.pathways.fhirpath.values import (
    Collection,
    Element,
    Scope,
    children,
    is_type,
    json_of,
    single,
    truth_of,
    value_of,
)
from osler.pathways.quantities import CALENDAR, Quantity

_CONVERTED = 8  # steps of working with a quantity, which is converted


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run; `variables` are the names that it reads."""

    text: str
    run: Run
    variables: tuple[str, ...]


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Compiled:
    """Compile an expression; the latest few thousand are kept.

    Raises `ExpressionError` where the text is none.
    """
    tree = parse(text)
    return Compiled(text, _compiled(tree), variables_of(tree))


def compile_tree(tree: Tree) -> Run:
    """A part of an expression as a function. Raises `ExpressionError` as `compile_expression`."""
    return _compiled(tree)


def _compiled(tree: Tree) -> Run:
    run = _COMPILERS[tree[0]](*tree[1:])
    if is_constant(tree):
        return _folded(run)
    if tree[0] in ("member", "type", "call", "item") and is_closed(tree):
        return _once(run, repr(tree))
    return run


def _folded(run: Run) -> Run:
    """What no patient changes is worked out while compiling; an error waits for its evaluation."""
    try:
        items = run(Scope(lambda name: [], datetime.min), [])
    except ExpressionError:
        return run
    return lambda scope, focus: items


def _once(run: Run, tree: str) -> Run:
    """What rests on variables alone gives the same wherever it stands: it is worked out once."""

    def known(scope: Scope, focus: Collection) -> Collection:
        found = scope.known.get(tree)
        if found is None:
            found = scope.known[tree] = run(scope, focus)
        return found

    return known


def _literal(value: Any) -> Run:
    if isinstance(value, Quantity) and value.unit not in CALENDAR and value.parsed is None:
        raise ExpressionError(f"“{value.unit}” is no UCUM unit that is known")
    items: Collection = [] if value is None else [value]
    return lambda scope, focus: items


def _variable(name: str) -> Run:
    return lambda scope, focus: scope.variables(name)


def _member(base: Tree | None, name: str) -> Run:
    if base is None:
        if name[:1].isupper():

            def named(scope: Scope, focus: Collection) -> Collection:
                found = [
                    item for item in focus if isinstance(item, Element) and is_type(item, name)
                ]
                return found or [child for item in focus for child in children(item, name)]

            return named

        def own(scope: Scope, focus: Collection) -> Collection:
            if len(focus) == 1:
                return children(focus[0], name)
            if not focus:
                return []
            return gathered(scope.budget, (children(item, name) for item in focus))

        return own
    run = _compiled(base)

    def within(scope: Scope, focus: Collection) -> Collection:
        items = run(scope, focus)
        if len(items) == 1:
            return children(items[0], name)
        if not items:
            return []
        return gathered(scope.budget, (children(item, name) for item in items))

    return within


def _call(base: Tree | None, name: str, arguments: tuple[Tree, ...]) -> Run:
    run = _this() if base is None else _compiled(base)
    compiled = tuple(map(_compiled, arguments))
    if name in LAMBDAS:
        least, most, lambda_ = LAMBDAS[name]
        _check_count(name, len(compiled), least, most)
        weight = sum(map(size_of, arguments))  # of one round of the loop

        def looped(scope: Scope, focus: Collection) -> Collection:
            items = run(scope, focus)
            if items:
                scope.budget.spend(len(items) * weight)
            return lambda_(scope, items, *compiled)

        return looped
    if name not in FUNCTIONS:
        raise ExpressionError(f"there is no function “{name}”")
    least, most, function = FUNCTIONS[name]
    _check_count(name, len(compiled), least, most)

    def called(scope: Scope, focus: Collection) -> Collection:
        items = run(scope, focus)
        if len(items) > 1:
            scope.budget.spend(len(items))
        found = function(scope, items, *[argument(scope, focus) for argument in compiled])
        if len(found) > ITEMS:
            raise TooCostly(f"a collection has more than {ITEMS:,} items")
        return found

    return called


def _check_count(name: str, given: int, least: int, most: int) -> None:
    if not least <= given <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise ExpressionError(f"“{name}” takes {wanted} arguments, not {given}")


def _item(base: Tree, index: Tree) -> Run:
    run, at = _compiled(base), _compiled(index)

    def indexed(scope: Scope, focus: Collection) -> Collection:
        number = single(at(scope, focus), "an index")
        if number is None:
            return []
        if not isinstance(number, int) or isinstance(number, bool):
            raise ExpressionError("an index is a whole number")
        return run(scope, focus)[number : number + 1] if number >= 0 else []

    return indexed


def _sign(op: str, operand: Tree) -> Run:
    run = _compiled(operand)
    return lambda scope, focus: calculate("*", run(scope, focus), [-1 if op == "-" else 1])


def _binary(op: str, left: Tree, right: Tree) -> Run:
    a, b = _compiled(left), _compiled(right)
    if op in LOGIC:
        return _logic(op, a, b)
    if op == "=" and right[0] == "literal" and type(right[1]) is str:
        return _is_text(a, right[1])
    if op == "in" and is_constant(right):
        return _is_one_of(a, b)
    if op in COMPARISON:
        compare = COMPARISON[op]

        def compared(scope: Scope, focus: Collection) -> Collection:
            x, y = a(scope, focus), b(scope, focus)
            if len(x) > 1 or len(y) > 1 or _is_large(x):
                scope.budget.spend(len(x) * len(y) + sum(size_of(json_of(item)) for item in x))
            elif y and type(y[0]) is Quantity:
                scope.budget.spend(_CONVERTED)
            found = compare(x, y)
            return [] if found is None else [found]

        return compared
    if op == "|":
        union = FUNCTIONS["union"][2]
        return lambda scope, focus: union(scope, a(scope, focus), b(scope, focus))

    def calculated(scope: Scope, focus: Collection) -> Collection:
        found = calculate(op, a(scope, focus), b(scope, focus))
        if found and type(found[0]) is str:
            scope.budget.spend(len(found[0]) // 16)
        elif found and type(found[0]) is Quantity:
            scope.budget.spend(_CONVERTED)
        return found

    return calculated


def _is_large(items: Collection) -> bool:
    """Whether a single item is more than a plain value."""
    return bool(items) and type(items[0]) is Element and type(items[0].data) is dict


def _is_text(a: Run, text: str) -> Run:
    """Equality with a text that the expression states, the most frequent comparison of all."""
    other, yes, no = [text], [True], [False]

    def compared(scope: Scope, focus: Collection) -> Collection:
        items = a(scope, focus)
        if len(items) == 1 and type(value_of(items[0])) is str:
            return yes if value_of(items[0]) == text else no
        found = all_equal(items, other)
        return [] if found is None else [found]

    return compared


def _is_one_of(a: Run, b: Run) -> Run:
    """Membership among values that the expression states; among texts, by looking up."""
    others = b(Scope(lambda name: [], datetime.min), [])
    texts = frozenset(value for value in others if type(value) is str)
    yes, no = [True], [False]

    def compared(scope: Scope, focus: Collection) -> Collection:
        items = a(scope, focus)
        if len(texts) == len(others) and len(items) == 1:
            value = value_of(items[0])
            if type(value) is str:
                return yes if value in texts else no
        found = COMPARISON["in"](items, others)
        return [] if found is None else [found]

    return compared


def _logic(op: str, a: Run, b: Run) -> Run:
    combine = LOGIC[op]
    left, right = f"the left side of “{op}”", f"the right side of “{op}”"
    settled = {"and": False, "or": True}.get(op)

    def combined(scope: Scope, focus: Collection) -> Collection:
        first = truth_of(a(scope, focus), left)
        if first is not None and first is settled:
            return [first]
        found = combine(first, truth_of(b(scope, focus), right))
        return [] if found is None else [found]

    return combined


def _type(op: str, operand: Tree | None, name: str) -> Run:
    run = _this() if operand is None else _compiled(operand)
    if op == "is":

        def checked(scope: Scope, focus: Collection) -> Collection:
            items = run(scope, focus)
            if len(items) > 1:
                raise ExpressionError(f"“is” looks at one value, not at {len(items)}")
            return [is_type(item, name) for item in items]

        return checked
    return lambda scope, focus: [item for item in run(scope, focus) if is_type(item, name)]


def _this() -> Run:
    return lambda scope, focus: focus


_COMPILERS: dict[str, Callable[..., Run]] = {
    "literal": _literal,
    "variable": _variable,
    "this": _this,
    "index": lambda: lambda scope, focus: [scope.index],
    "total": lambda: lambda scope, focus: scope.total or [],
    "member": _member,
    "call": _call,
    "item": _item,
    "sign": _sign,
    "binary": _binary,
    "type": _type,
}
