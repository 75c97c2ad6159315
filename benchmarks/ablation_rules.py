"""The rules of the answering engine, each with a way to take it out and put it back.

Rules of words are the strings of `data/cues.toml`. Rules of code are, in the functions of some
modules: each `if` and each loop as a statement, each operand of `and`/`or`, each filter of a
comprehension, each term of the score in `judge`; and each regular expression of a module.
"""

from __future__ import annotations
import __future__

import ast
import copy
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

from osler.answering import cues as cues_module  # the module: the package exports no such name

CUES = Path(cues_module.__file__).with_name("data") / "cues.toml"
WORDS = ("question", "words")
FOLDER = Path(cues_module.__file__).parent


def _modules(*folders: str) -> tuple[str, ...]:
    found = [p for folder in folders for p in sorted((FOLDER / folder).glob("*.py"))]
    return tuple(f"{p.parent.name}.{p.stem}" for p in found if p.stem != "__init__")


# Modules that run after the passages are found: what was understood and found stays the same.
AFTER_FINDING = _modules(
    "judging", "selecting", "opening", "sizing", "advising", "composing", "disagreeing"
)
BEFORE = (*_modules("candidates", "understanding", "retrieving"), "cues")


Site = tuple[str, str, int]  # module, function, number of the rule in it
SEEN: set[tuple[Site, bool]] = set()  # which way conditions went, while they are `watched`


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; inside `without()` it is out."""

    name: str
    without: Callable[[], AbstractContextManager[None]]
    after_finding: bool = False
    acts: tuple[Site, bool] | None = None  # what is seen where the rule acts; None: unknown


# --- words ------------------------------------------------------------------------------------


def lists_of_cues() -> dict[tuple[str, ...], list[str]]:
    """Every list of `cues.toml` by its path."""
    data = tomllib.loads(CUES.read_text("utf-8"))
    found: dict[tuple[str, ...], list[str]] = {}

    def collect(node: dict[str, Any], path: tuple[str, ...]) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                collect(value, (*path, key))
            else:
                found[*path, key] = value

    collect(data, ())
    return found


class Recorded:
    """A pattern that keeps the texts that it was held against."""

    def __init__(self, alternatives: list[str], texts: set[str]) -> None:
        self.pattern = pattern_of(alternatives)
        self.texts = texts

    def search(self, text: str) -> re.Match[str] | None:
        """Search, and keep the text."""
        self.texts.add(text)
        return self.pattern.search(text)


def pattern_of(alternatives: list[str]) -> re.Pattern[str]:
    """The pattern of a list, as the engine makes it; of an empty list one that never matches."""
    return re.compile(rf"\b(?:{'|'.join(alternatives) or '(?!)'})", re.IGNORECASE)


@contextmanager
def cues_of(make: Callable[[tuple[str, ...], list[str]], Any] | None, data: Any) -> Iterator[None]:
    """The engine with cues read from `data`, their patterns by `make`."""
    original_loads, original_pattern = tomllib.loads, cues_module._pattern
    paths = {id(v): p for p, v in _leaves(data, ())}

    class Loads:
        loads = staticmethod(lambda _: data)

    cues_module.tomllib = Loads
    if make is not None:
        cues_module._pattern = lambda alternatives: make(paths[id(alternatives)], alternatives)
    else:
        cues_module._pattern = pattern_of
    try:
        forget()
        cues_module.cues()
        yield
    finally:
        cues_module.tomllib = tomllib
        cues_module._pattern = original_pattern
        assert tomllib.loads is original_loads
        forget()


def _leaves(node: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def without_string(path: tuple[str, ...], string: str) -> AbstractContextManager[None]:
    """The engine without one string of one list."""
    data = tomllib.loads(CUES.read_text("utf-8"))
    node = data
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = [s for s in node[path[-1]] if s != string]
    return cues_of(None, data)


def forget() -> None:
    """Empty the caches of the answering engine: what comes of cues and rules."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("osler.answering"):
            for value in tuple(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


# --- code -------------------------------------------------------------------------------------


class _Sites(ast.NodeTransformer):
    """Lists the rules in a function; takes out the one with the number `target`."""

    def __init__(self, target: int, scored: bool, watched: tuple[str, str] | None = None) -> None:
        self.names: list[str] = []
        self.acts: list[bool | None] = []  # the truth of its condition that makes a rule act
        self.target = target
        self.scored = scored  # sums are scores
        self.watched = watched

    def _is_out(self, what: str, node: ast.AST, acts: bool | None = None) -> bool:
        text = "" if self.target >= 0 else re.sub(r"\s+", " ", ast.unparse(node))
        self.names.append(f"{what} {text[:110]}")
        self.acts.append(acts)
        return len(self.names) - 1 == self.target

    def _seen(self, number: int, node: ast.expr) -> ast.expr:
        if self.watched is None:
            return node
        site = ast.Constant((*self.watched, number))
        return ast.Call(ast.Name("_seen_at", ast.Load()), [site, node], [])

    def visit_If(self, node: ast.If) -> Any:
        number = len(self.names)
        out = self._is_out("if", node.test, acts=True)
        self.generic_visit(node)
        node.test = self._seen(number, node.test)
        return (node.orelse or ast.Pass()) if out else node

    def visit_For(self, node: ast.For) -> Any:
        out = self._is_out("loop over", node.iter)
        self.generic_visit(node)
        return ast.Pass() if out else node

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        is_and = isinstance(node.op, ast.And)
        number = len(self.names)
        out = [self._is_out("and" if is_and else "or", v, not is_and) for v in node.values]
        self.generic_visit(node)
        values = [self._seen(number + n, v) for n, v in enumerate(node.values)]
        node.values = [v for v, is_out in zip(values, out, strict=True) if not is_out]
        return node if len(node.values) > 1 else node.values[0]

    def visit_comprehension(self, node: ast.comprehension) -> Any:
        number = len(self.names)
        out = [self._is_out("for … if", v, acts=False) for v in node.ifs]
        self.generic_visit(node)
        ifs = [self._seen(number + n, v) for n, v in enumerate(node.ifs)]
        node.ifs = [v for v, is_out in zip(ifs, out, strict=True) if not is_out]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        out = (
            self.scored
            and isinstance(node.op, ast.Add | ast.Sub)
            and self._is_out("score", node.right)
        )
        self.generic_visit(node)
        return node.left if out else node


def rules_of_code(only: tuple[str, ...] = ()) -> Iterator[Rule]:
    """The rules of the modules, in their order."""
    for short in (*AFTER_FINDING, *BEFORE):
        if only and short not in only:
            continue
        module = import_module(f"osler.answering.{short}")
        after = short in AFTER_FINDING
        tree = ast.parse(inspect.getsource(module))
        for definition in tree.body:
            if isinstance(definition, ast.FunctionDef):
                yield from _rules_of(module, short, definition, after)
        for name, value in vars(module).items():
            is_pattern = isinstance(value, re.Pattern) or type(value).__module__ == "osler.patterns"
            if is_pattern:
                yield Rule(f"{short}.{name}", _swap(module, name, re.compile("(?!)")), after)


def _rules_of(module: Any, short: str, definition: ast.FunctionDef, after: bool) -> Iterator[Rule]:
    found = getattr(module, definition.name)
    scored = definition.name == "judge"
    sites = _Sites(-1, scored)
    sites.visit(copy.deepcopy(definition))
    for number, (name, acts) in enumerate(zip(sites.names, sites.acts, strict=True)):
        changed = _Sites(number, scored).visit(copy.deepcopy(definition))
        site = (short, definition.name, number)
        # What a cached function did for an earlier question it does not do again.
        known = acts is not None and inspect.isfunction(found)
        yield Rule(
            f"{short}.{definition.name}: {name}",
            _recoded(module, inspect.unwrap(found), changed),
            after,
            (site, bool(acts)) if known else None,
        )


@contextmanager
def watched() -> Iterator[None]:
    """The engine with every condition of its rules written down in `SEEN`."""
    with ExitStack() as stack:
        for short in (*AFTER_FINDING, *BEFORE):
            module: Any = import_module(f"osler.answering.{short}")
            module._seen_at = _seen_at
            for definition in ast.parse(inspect.getsource(module)).body:
                if isinstance(definition, ast.FunctionDef):
                    sites = _Sites(-1, definition.name == "judge", (short, definition.name))
                    function = inspect.unwrap(getattr(module, definition.name))
                    changed = sites.visit(copy.deepcopy(definition))
                    stack.enter_context(_recoded(module, function, changed)())
        yield


def never_acting(seen: set[tuple[Site, bool]]) -> Iterator[tuple[Site, str]]:
    """The conditions that never went the way in which they act, with their words."""
    for short in (*AFTER_FINDING, *BEFORE):
        module = import_module(f"osler.answering.{short}")
        for definition in ast.parse(inspect.getsource(module)).body:
            if isinstance(definition, ast.FunctionDef):
                sites = _Sites(-1, definition.name == "judge")
                sites.visit(copy.deepcopy(definition))
                for number, (name, acts) in enumerate(zip(sites.names, sites.acts, strict=True)):
                    site = (short, definition.name, number)
                    if acts is not None and (site, acts) not in seen:
                        yield site, name


def _seen_at(site: Site, value: Any) -> Any:
    SEEN.add((site, bool(value)))
    return value


def _recoded(
    module: Any, function: FunctionType, changed: ast.FunctionDef
) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def without() -> Iterator[None]:
        changed.decorator_list = []
        tree = ast.fix_missing_locations(ast.Module([changed], []))
        code = compile(
            tree, module.__file__, "exec", __future__.annotations.compiler_flag, dont_inherit=True
        )
        space = dict(vars(module))
        exec(code, space)
        before = function.__code__
        function.__code__ = space[changed.name].__code__
        forget()
        try:
            yield
        finally:
            function.__code__ = before
            forget()

    return without


def _swap(module: Any, name: str, value: Any) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def without() -> Iterator[None]:
        before = getattr(module, name)
        users = [m for n, m in sys.modules.items() if n.startswith("osler.answering")]
        users = [m for m in users if vars(m).get(name) is before]
        for user in users:
            setattr(user, name, value)
        forget()
        try:
            yield
        finally:
            for user in users:
                setattr(user, name, before)
            forget()

    return without
