"""The functions of FHIRPath that Osler knows, by name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from osler.pathways.fhirpath.budget import ITEMS, gathered, size_of
from osler.pathways.fhirpath.converting import CONVERTING
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly
from osler.pathways.fhirpath.moments import Moment, moment_of, today_of
from osler.pathways.fhirpath.operators import calculate, equal
from osler.pathways.fhirpath.texts import MATHS, TEXTS
from osler.pathways.fhirpath.values import (
    Collection,
    Element,
    Scope,
    all_children,
    children,
    json_of,
    single,
    truth_of,
    value_of,
)
from osler.pathways.quantities import less

Run = Callable[[Scope, Collection], Collection]
_PAIR = 16  # steps of comparing two items that cannot be looked up


def _truth(found: bool | None) -> Collection:
    return [] if found is None else [found]


def _each(scope: Scope, items: Collection, run: Run) -> list[tuple[Any, Collection]]:
    before, results, made = scope.index, [], 0
    for i, item in enumerate(items):
        scope.index = i
        found = run(scope, [item])
        results.append((item, found))
        made += len(found)
        if made > ITEMS:
            raise TooCostly(f"a collection has more than {ITEMS:,} items")
    scope.index = before
    return results


def _where(scope: Scope, items: Collection, run: Run) -> Collection:
    before, result = scope.index, []
    for i, item in enumerate(items):
        scope.index = i
        found = run(scope, [item])
        if found and truth_of(found, "the criteria of “where”"):
            result.append(item)
    scope.index = before
    return result


def _select(scope: Scope, items: Collection, run: Run) -> Collection:
    return [value for _, found in _each(scope, items, run) for value in found]


def _exists(scope: Scope, items: Collection, run: Run | None = None) -> Collection:
    return [bool(items if run is None else _where(scope, items, run))]


def _all(scope: Scope, items: Collection, run: Run) -> Collection:
    found = [truth_of(result, "the criteria of “all”") for _, result in _each(scope, items, run)]
    return [all(found)]


def _repeat(scope: Scope, items: Collection, run: Run) -> Collection:
    result: Collection = []
    waiting = items
    while waiting:
        found = _select(scope, waiting, run)
        _compare_all(scope, found, result)
        scope.budget.spend(len(waiting))
        waiting = [v for v in found if not _held(v, result)]
        result.extend(waiting)
        if len(result) > ITEMS:
            raise TooCostly("“repeat” does not end")
    return result


def _iif(scope: Scope, items: Collection, test: Run, yes: Run, no: Run | None = None) -> Collection:
    if truth_of(test(scope, items), "the criterion of “iif”"):
        return yes(scope, items)
    return [] if no is None else no(scope, items)


def _aggregate(scope: Scope, items: Collection, run: Run, start: Run | None = None) -> Collection:
    before, index = scope.total, scope.index
    scope.total = [] if start is None else start(scope, items)
    for i, item in enumerate(items):
        scope.index = i
        scope.total = run(scope, [item])
    total, scope.total, scope.index = scope.total, before, index
    return total


def _coalesce(scope: Scope, items: Collection, *runs: Run) -> Collection:
    return next((found for run in runs if (found := run(scope, items))), [])


def _held(value: Any, items: Collection) -> bool:
    return any(item is value or _same(item, value) for item in items)


def _same(a: Any, b: Any) -> bool:
    return equal(a, b) is True or (
        json_of(a) == json_of(b) and type(json_of(a)) is type(json_of(b))
    )


def _compare_all(scope: Scope, items: Collection, others: Collection) -> None:
    """Take the steps of comparing every item of one collection with every one of another."""
    pairs = len(items) * len(others)
    if pairs > 1:
        data = [json_of(item) for item in (*items, *others)]
        size = sum(size_of(each) for each in data if isinstance(each, dict))
        scope.budget.spend(pairs * (_PAIR + size // len(data)) + size)


def _distinct(scope: Scope, items: Collection) -> Collection:
    if len(items) < 2:
        return items
    keys = _keys(items)
    if keys is not None:
        scope.budget.spend(2 * len(items))
        first: dict[Any, Any] = {}
        for key, item in zip(keys, items, strict=True):
            first.setdefault(key, item)
        return list(first.values())
    _compare_all(scope, items, items[len(items) // 2 :])
    result: Collection = []
    for item in items:
        if not _held(item, result):
            result.append(item)
    return result


def _keys(items: Collection) -> list[Any] | None:
    """What is the same exactly for items that are equal, to look them up by; None for others
    than texts alone, numbers alone, or moments alone."""
    values = [value_of(item) for item in items]
    kinds = set(map(type, values))
    if kinds == {str} or kinds <= {int, Decimal}:
        return values
    if kinds == {Moment} and len({value.clock for value in values}) == 1:
        return [value.key for value in values]
    return None


def _among(scope: Scope, items: Collection, others: Collection) -> list[bool]:
    keys = _keys([*items, *others])
    if keys is not None:
        scope.budget.spend(2 * len(keys))
        among = frozenset(keys[len(items) :])
        return [key in among for key in keys[: len(items)]]
    _compare_all(scope, items, others)
    return [_held(item, others) for item in items]


def _truths(items: Collection) -> list[bool | None]:
    return [truth_of([item], "a value") for item in items]


def _not(scope: Scope, items: Collection) -> Collection:
    found = truth_of(items, "what “not()” is said of")
    return [] if found is None else [not found]


def _sum(scope: Scope, items: Collection) -> Collection:
    scope.budget.spend(4 * len(items))
    total = items[:1]
    for item in items[1:]:
        total = calculate("+", total, [item])
    return [value_of(v) for v in total]


def _least(scope: Scope, items: Collection, sign: int = 1) -> Collection:
    best: Any = None
    for item in items:
        value = value_of(item)
        if best is None:
            best = value
            continue
        smaller = (
            less(value, best)
            if hasattr(value, "parsed") and hasattr(best, "parsed")
            else _smaller(value, best)
        )
        if smaller is None:
            return []
        if smaller is (sign > 0) and not (sign < 0 and equal(value, best)):
            best = value
    return [] if best is None else [best]


def _smaller(a: Any, b: Any) -> bool | None:
    from osler.pathways.fhirpath.operators import COMPARISON

    return COMPARISON["<"]([a], [b])


def _average(scope: Scope, items: Collection) -> Collection:
    return calculate("/", _sum(scope, items), [len(items)]) if items else []


def _extension(scope: Scope, items: Collection, url: Collection) -> Collection:
    wanted = single(url, "the address of an extension")
    return [
        extension
        for item in items
        for extension in children(item, "extension")
        if isinstance(extension.data, dict) and extension.data.get("url") == wanted
    ]


def _descendants(scope: Scope, items: Collection) -> Collection:
    result: Collection = []
    waiting = _all_children(scope, items)
    while waiting:
        result.extend(waiting)
        if len(result) > ITEMS:
            raise TooCostly(f"a collection has more than {ITEMS:,} items")
        waiting = _all_children(scope, waiting)
    return result


def _all_children(scope: Scope, items: Collection) -> Collection:
    return gathered(scope.budget, (list(all_children(item)) for item in items))


def _resolve(scope: Scope, items: Collection) -> Collection:
    """What a reference points at, within `%record`."""
    wanted = []
    for item in items:
        data = json_of(item)
        reference = data.get("reference") if isinstance(data, dict) else data
        if isinstance(reference, str):
            wanted.append(reference)
    record = [e for b in scope.variables("record") for e in children(b, "entry")]
    resources = [r for entry in record for r in children(entry, "resource")]
    scope.budget.spend(len(resources) * (1 + len(wanted)))
    return [
        resource
        for reference in wanted
        for resource in resources
        if isinstance(resource, Element)
        and reference == f"{resource.path}/{resource.data.get('id')}"
    ]


def _only(scope: Scope, items: Collection) -> Collection:
    if len(items) > 1:
        raise ExpressionError(f"“single()” finds {len(items)} values")
    return items


def _count_of(number: Collection) -> int:
    found = single(number, "a number of items")
    if not isinstance(found, int) or isinstance(found, bool):
        raise ExpressionError("a number of items is a whole number")
    return max(found, 0)


_Function = tuple[int, int, Callable[..., Collection]]

LAMBDAS: dict[str, _Function] = {
    "where": (1, 1, _where),
    "select": (1, 1, _select),
    "exists": (0, 1, _exists),
    "all": (1, 1, _all),
    "repeat": (1, 1, _repeat),
    "iif": (2, 3, _iif),
    "aggregate": (1, 2, _aggregate),
    "coalesce": (1, 20, _coalesce),
}
"""Functions whose arguments are run anew for each item: least and most arguments, function."""

FUNCTIONS: dict[str, _Function] = {
    "empty": (0, 0, lambda scope, items: [not items]),
    "not": (0, 0, _not),
    "hasValue": (0, 0, lambda scope, items: [len(items) == 1 and not _complex(items[0])]),
    "getValue": (0, 0, lambda scope, items: [value_of(i) for i in items if not _complex(i)]),
    "count": (0, 0, lambda scope, items: [len(items)]),
    "allTrue": (0, 0, lambda scope, items: [all(_truths(items))]),
    "anyTrue": (0, 0, lambda scope, items: [any(_truths(items))]),
    "allFalse": (0, 0, lambda scope, items: [not any(_truths(items))]),
    "anyFalse": (0, 0, lambda scope, items: [not all(_truths(items))]),
    "distinct": (0, 0, _distinct),
    "isDistinct": (0, 0, lambda scope, items: [len(_distinct(scope, items)) == len(items)]),
    "first": (0, 0, lambda scope, items: items[:1]),
    "last": (0, 0, lambda scope, items: items[-1:]),
    "tail": (0, 0, lambda scope, items: items[1:]),
    "skip": (1, 1, lambda scope, items, n: items[_count_of(n) :]),
    "take": (1, 1, lambda scope, items, n: items[: _count_of(n)]),
    "single": (0, 0, _only),
    "union": (1, 1, lambda scope, items, other: _distinct(scope, items + other)),
    "combine": (1, 1, lambda scope, items, other: items + other),
    "intersect": (
        1, 1, lambda scope, items, other: _distinct(
            scope, [i for i, held in zip(items, _among(scope, items, other), strict=True) if held]
        )
    ),
    "exclude": (
        1, 1, lambda scope, items, other: [
            i for i, held in zip(items, _among(scope, items, other), strict=True) if not held
        ]
    ),
    "subsetOf": (1, 1, lambda scope, items, other: [all(_among(scope, items, other))]),
    "supersetOf": (1, 1, lambda scope, items, other: [all(_among(scope, other, items))]),
    "sum": (0, 0, _sum),
    "min": (0, 0, _least),
    "max": (0, 0, lambda scope, items: _least(scope, items, -1)),
    "avg": (0, 0, _average),
    "children": (0, 0, _all_children),
    "descendants": (0, 0, _descendants),
    "extension": (1, 1, _extension),
    "resolve": (0, 0, _resolve),
    "now": (0, 0, lambda scope, items: [moment_of(scope.now)]),
    "today": (0, 0, lambda scope, items: [today_of(scope.now)]),
    "trace": (1, 2, lambda scope, items, *rest: items),
    **CONVERTING,
    **TEXTS,
    **MATHS,
}  # fmt: skip
"""Functions whose arguments are values: least and most arguments, function."""


def _complex(item: Any) -> bool:
    return isinstance(json_of(item), dict)
