"""Expressions that would hang or crash whoever evaluates them without counting."""

from __future__ import annotations

_X = "'" + "x" * 1000 + "'"

_TEN = "(1|2|3|4|5|6|7|8|9|10)"

COSTLY = {
    "chained replace": _X + ".replace('x', 'xxxxxxxxxx')" * 8 + ".length() > 0",
    "replace nothing": _X + (".replace('', " + _X + ")") * 2 + ".exists()",
    "multiplied": _TEN + f".select{_TEN}" * 8 + ".exists()",
    "doubled text": _TEN + f".select{_TEN}.aggregate($total & $total, " + _X + ").exists()",
    "loop in loop": "%big.select($this.combine(%big).select($this + $index).count()).count() > 0",
    "distinct of many": "%big.select(($this * 1000 + $index) * 1 'mg').distinct().count() > 0",
    "texts of many": "%big.select(" + _X + " & $index.toString()).join(',').length() > 0",
    "replaceMatches": _X + (".replaceMatches('x', " + _X + ")") * 3 + ".exists()",
}  # fmt: skip
"""Each takes more than its share; `%big` is `BIG`."""
BIG = _TEN + f".select{_TEN}" * 3

WRONG = {
    "backtracking": "'" + "a" * 100 + "b'.matches('(a+)+$') = false and {}",
    "backreference": r"'aa'.matches('(a)\\1')",
    "looking ahead": "'ab'.matches('a(?=b)')",
    "a huge pattern": r"'a'.matches('\\pL{1000}')",
    "a large number": "9" * 5000 + " > 1",
    "numbers that grow": "(1|2|3|4|5|6|7|8|9|10).aggregate($total * $total, 99999) > 1",
    "units that grow": "(1|2|3|4|5|6|7|8|9|10).aggregate($total * $total, 2 'mg') > 1 'mg'",
    "a unit's power": "1 '10*999999999' > 1 '1'",
    "brackets": "(" * 5000 + "1" + ")" * 5000,
    "a row": "1" + "+1" * 5000 + " = 5001",
    "a path": "%subject" + ".name" * 2000,
    "no type": "'abc'.indexOf(1) = 0",
    "split by nothing": "'abc'.split('').exists()",
    "comments": "/* " * 5000,
}
"""Each has no value, and says why."""
