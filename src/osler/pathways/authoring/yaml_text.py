"""JSON's values as YAML: what looks like a number, a date or a boolean elsewhere stays a string.

Only `true`, `false`, `null` and JSON's own whole numbers and decimals are more than strings, so
`no`, `on`, `012`, `1e3` and `2020-01-01` are what they look like. Decimals are `Decimal` and keep
their digits. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

from osler.domain import Issue, Severity
from osler.domain.errors import InvalidResource

_INT = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_STRING = "tag:yaml.org,2002:str"
_WORDS = {"true": True, "false": False, "null": None}


class At(dict[str, Any]):
    """An object, with the line (from 1) on which it begins and those of its keys."""

    line = 0
    lines: dict[str, int]


class Listed(list[Any]):
    """An array, with the line on which it begins."""

    line = 0


def fault(name: str, line: int, what: str) -> InvalidResource:
    """The error for a mistake on a line of a file."""
    where = f"{name} line {line}" if name else f"line {line}"
    return InvalidResource([Issue(Severity.ERROR, "structure", f"{where}: {what}")])


def load(text: str, name: str = "") -> Any:
    """The value of a YAML document; objects are `At` and arrays `Listed`.

    Raises InvalidResource, whose message names the line.
    """
    try:
        node = yaml.compose(text, _Loader)
        return _value(node, name) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise fault(name, mark.line + 1 if mark else 1, str(what)) from error
    except RecursionError as error:
        raise fault(name, 1, "nested too deeply") from error


class _Loader(yaml.SafeLoader):
    """Reads nodes; plain scalars are told apart here, not by YAML 1.1's rules."""

    yaml_implicit_resolvers = {}  # noqa: RUF012

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(
                None, None, "anchors and aliases are not read: write it out", event.start_mark
            )
        return super().compose_node(parent, index)


def _value(node: yaml.Node, name: str) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found = At()
        found.line, found.lines = line, {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise fault(name, key_line, "a key must be a word")
            key = key_node.value
            if key in found:
                raise fault(name, key_line, f"“{key}” stands here twice")
            found[key] = _value(value_node, name)
            found.lines[key] = key_line
        return found
    if isinstance(node, yaml.SequenceNode):
        items = Listed(_value(item, name) for item in node.value)
        items.line = line
        return items
    return _scalar(node, name, line)


def _scalar(node: yaml.Node, name: str, line: int) -> Any:
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:float":
        return Decimal(text)
    if node.tag != _STRING:
        raise fault(name, line, f"the tag {node.tag} is not read")
    if getattr(node, "style", None) is not None:
        return text  # quoted, or a block
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    return Decimal(text) if _DECIMAL.match(text) else text


def dump(value: Any) -> str:
    """The YAML of JSON's values; `load` gives them back."""
    return str(
        yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96, indent=2)
    )


class _Dumper(yaml.SafeDumper):
    """Writes arrays indented under their key and sentences without needless quotes."""

    yaml_implicit_resolvers = {}  # noqa: RUF012

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_UNSEEN = re.compile("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_UNFIT = re.compile(r"[ \t]\n|\A[\n ]")  # for a block


def _write_string(dumper: _Dumper, text: str) -> yaml.Node:
    style = None
    if text in ("", "~", *_WORDS) or _INT.match(text) or _DECIMAL.match(text):
        style = '"'
    elif _UNSEEN.search(text):
        style = '"'  # with escapes
    elif "\n" in text and not _UNFIT.search(text):
        style = "|"
    elif "'" in text and '"' not in text and text[0] in "%'@`&*!|>{}[],#?:-":
        style = '"'
    return dumper.represent_scalar(_STRING, text, style=style)


def _write_decimal(dumper: _Dumper, number: Decimal) -> yaml.Node:
    text = str(number)
    if _DECIMAL.match(text):
        return dumper.represent_scalar(_STRING, text)
    return dumper.represent_scalar("tag:yaml.org,2002:float", text, style='"')


_Dumper.add_representer(str, _write_string)
_Dumper.add_representer(Decimal, _write_decimal)
for _type, _write in (
    (bool, lambda d, v: d.represent_scalar(_STRING, "true" if v else "false")),
    (int, lambda d, v: d.represent_scalar(_STRING, str(v))),
    (type(None), lambda d, _: d.represent_scalar(_STRING, "null")),
    (At, lambda d, v: d.represent_dict(v.items())),
    (Listed, lambda d, v: d.represent_list(v)),
):
    _Dumper.add_representer(_type, _write)
