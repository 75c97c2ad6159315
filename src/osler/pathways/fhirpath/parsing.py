"""FHIRPath expressions (http://hl7.org/fhirpath/N1) as a tree.

Ours, since the grammar is small and a parser that passes over what it cannot read would turn a
mistyped condition into another one. Nodes are tuples, the first item of which names them:

    ("literal", value)                  ("variable", name)          ("this",) ("index",) ("total",)
    ("member", base or None, name)      ("call", base or None, name, arguments)
    ("item", base, index)               ("sign", operator, operand)
    ("binary", operator, left, right)   ("type", "is" or "as", operand, type name)
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.quantities import CALENDAR, Quantity

Tree = tuple[Any, ...]

_LONGEST = 20_000
_DEEPEST = 100  # brackets within brackets
_TALLEST = 150  # of the tree, which is run by recursion
_LONGEST_NUMBER = 60
_TOKEN = re.compile(
    r"\s+|//[^\n]*|/\*.*?\*/|(?P<open>/\*)"
    r"|(?P<moment>@(?:\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?"
    r"(?:Z|[+-]\d\d:\d\d)?)?)?|T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<string>'(?:\\.|[^'\\])*')"
    r"|(?P<quoted>`(?:\\.|[^`\\])*`)"
    r"|(?P<special>\$this|\$index|\$total)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<op><=|>=|!=|!~|[-+*/&|<>=~.,()\[\]{}%])",
    re.DOTALL,
)
_POWER = {
    "implies": 1, "or": 2, "xor": 2, "and": 3, "in": 4, "contains": 4, "=": 5, "~": 5, "!=": 5,
    "!~": 5, "<": 6, ">": 6, "<=": 6, ">=": 6, "|": 7, "is": 8, "as": 8, "+": 9, "-": 9, "&": 9,
    "*": 10, "/": 10, "div": 10, "mod": 10,
}  # fmt: skip
_SIGN = 11
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


def parse(text: str) -> Tree:
    """The tree of an expression.

    Raises `ExpressionError`, with the place, where the text is none.
    """
    if len(text) > _LONGEST:
        raise ExpressionError("the expression is longer than any that can be read")
    parser = _Parser(text)
    tree = parser.expression(0)
    if parser.kind is not None:
        raise parser.unexpected()
    if _height(tree) > _TALLEST:
        raise ExpressionError("the expression is nested too deeply")
    return tree


def _height(tree: Tree) -> int:
    highest, waiting = 0, [(tree, 1)]
    while waiting:
        node, height = waiting.pop()
        highest = max(highest, height)
        # Arguments are a tuple of trees, which is no level of its own.
        parts = (part for part in node if type(part) is tuple and part)
        waiting.extend((part, height + isinstance(part[0], str)) for part in parts)
    return highest


def variables_of(tree: Tree) -> tuple[str, ...]:
    """The names of the variables that an expression reads, in the order of reading."""
    found: dict[str, None] = {}
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple) and node:
            if node[0] == "variable":
                found[node[1]] = None
            waiting.extend(reversed(node))
    return tuple(found)


class _Parser:
    """Precedence climbing; `kind` and `value` are the token that is looked at."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or found["open"]:
                raise ExpressionError(f"cannot read “{text[at : at + 20]}”, character {at + 1}")
            if found.lastgroup:
                self.tokens.append((found.lastgroup, found.group(), at + 1))
            at = found.end()
        self.at = -1
        self.depth = 0
        self.kind: str | None = None
        self.value = ""
        self._next()

    def _next(self) -> None:
        self.at += 1
        if self.at < len(self.tokens):
            self.kind, self.value, _ = self.tokens[self.at]
        else:
            self.kind, self.value = None, ""

    def unexpected(self) -> ExpressionError:
        if self.kind is None:
            return ExpressionError("the expression ends too early")
        place = self.tokens[self.at][2]
        return ExpressionError(f"“{self.value}” is out of place, character {place}")

    def _take(self, op: str) -> bool:
        if self.kind == "op" and self.value == op:
            self._next()
            return True
        return False

    def _expect(self, op: str) -> None:
        if not self._take(op):
            raise self.unexpected()

    def expression(self, above: int) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ExpressionError("the expression is nested too deeply")
        if self.kind == "op" and self.value in "+-":
            sign = self.value
            self._next()
            left: Tree = ("sign", sign, self.expression(_SIGN))
        else:
            left = self._steps(self._term())
        while self.kind in ("op", "name") and _POWER.get(self.value, 0) > above:
            op = self.value
            self._next()
            if op in ("is", "as"):
                left = ("type", op, left, self._type_name())
            else:
                left = ("binary", op, left, self.expression(_POWER[op]))
        self.depth -= 1
        return left

    def _steps(self, base: Tree) -> Tree:
        while self.kind == "op" and self.value in (".", "["):
            if self._take("["):
                base = ("item", base, self.expression(0))
                self._expect("]")
            else:
                self._next()
                base = self._invocation(base)
        return base

    def _term(self) -> Tree:
        kind, value = self.kind, self.value
        if kind == "number":
            return self._number()
        if kind == "string":
            self._next()
            return "literal", _unquoted(value)
        if kind == "moment":
            self._next()
            return "literal", Moment.literal(value)
        if kind == "name" and value in ("true", "false"):
            self._next()
            return "literal", value == "true"
        if self._take("{"):
            self._expect("}")
            return "literal", None
        if self._take("("):
            inner = self.expression(0)
            self._expect(")")
            return inner
        if self._take("%"):
            name = self._identifier() if self.kind != "string" else _unquoted(self.value)
            if self.kind == "string":
                self._next()
            return "variable", name
        return self._invocation(None)

    def _number(self) -> Tree:
        if len(self.value) > _LONGEST_NUMBER:
            raise ExpressionError(f"a number has more than {_LONGEST_NUMBER} digits")
        number = Decimal(self.value) if "." in self.value else int(self.value)
        self._next()
        if self.kind == "string":
            unit = _unquoted(self.value)
        elif self.kind == "name" and self.value in CALENDAR:
            unit = self.value
        else:
            return "literal", number
        self._next()
        return "literal", Quantity(Decimal(number), unit)

    def _invocation(self, base: Tree | None) -> Tree:
        if self.kind == "special":
            special = self.value[1:]
            self._next()
            return (special,)
        name = self._identifier()
        if not self._take("("):
            return "member", base, name
        if name in ("is", "as", "ofType"):
            type_name = self._type_name()
            self._expect(")")
            return "type", name, base, type_name
        arguments: list[Tree] = []
        if not self._take(")"):
            arguments.append(self.expression(0))
            while self._take(","):
                arguments.append(self.expression(0))
            self._expect(")")
        return "call", base, name, tuple(arguments)

    def _identifier(self) -> str:
        if self.kind == "quoted":
            name = _unquoted(self.value)
        elif self.kind == "name" and self.value not in (
            "and",
            "or",
            "xor",
            "implies",
            "div",
            "mod",
        ):
            name = self.value
        else:
            raise self.unexpected()
        self._next()
        return name

    def _type_name(self) -> str:
        name = self._identifier()
        return self._identifier() if self._take(".") else name


def _unquoted(text: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else _ESCAPES.get(code, code)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|.)", escaped, text[1:-1], flags=re.DOTALL)
