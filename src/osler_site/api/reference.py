"""The description for people, made from the OpenAPI one: what may be asked, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body: `parts` are the schemas that its type is made of."""

    name: str
    type: str
    parts: tuple[str, ...]
    required: bool
    about: str
    where: str = "body"


@dataclass(frozen=True, slots=True)
class Reply:
    """What may come back, and the schemas that it has."""

    status: str
    about: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address."""

    name: str
    method: str
    path: str
    about: tuple[str, ...]  # paragraphs
    takes: tuple[Field, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """An object of the contract."""

    name: str
    about: tuple[str, ...]
    fields: tuple[Field, ...]


def operations(described: Json) -> tuple[Operation, ...]:
    """Every operation, in the order of the description."""
    return tuple(
        Operation(
            said["operationId"],
            method.upper(),
            path,
            _paragraphs(said),
            (*_parameters(said), *_body(described, said)),
            tuple(_replies(said)),
        )
        for path, methods in described["paths"].items()
        for method, said in methods.items()
    )


def schemas(described: Json) -> tuple[Schema, ...]:
    """Every object, in the order of the description."""
    return tuple(
        Schema(name, _paragraphs(said), tuple(_fields(said)))
        for name, said in described["components"]["schemas"].items()
    )


def _paragraphs(said: Json) -> tuple[str, ...]:
    """Of a docstring, whose lines are broken for the source."""
    return tuple(" ".join(one.split()) for one in said.get("description", "").split("\n\n"))


def _parameters(said: Json) -> Iterator[Field]:
    for one in said.get("parameters", ()):
        yield _field(one["name"], one["schema"], one.get("required", False), one["in"])


def _body(described: Json, said: Json) -> Iterator[Field]:
    for kind in said.get("requestBody", {}).get("content", {}).values():
        for name in _parts(kind["schema"]):
            yield from _fields(described["components"]["schemas"][name])


def _replies(said: Json) -> Iterator[Reply]:
    for status, one in said["responses"].items():
        kinds = one.get("content", {}).values()
        parts = dict.fromkeys(name for kind in kinds for name in _parts(kind.get("schema", {})))
        yield Reply(str(status), one.get("description", ""), tuple(parts))


def _fields(said: Json) -> Iterator[Field]:
    required = said.get("required", ())
    for name, one in said.get("properties", {}).items():
        yield _field(name, one, name in required)


def _field(name: str, said: Json, required: bool, where: str = "body") -> Field:
    return Field(name, _type(said), _parts(said), required, said.get("description", ""), where)


def _type(said: Json) -> str:
    """In words: "integer, 1 to 100", "list of Hit", "string or nothing"."""
    if "$ref" in said:
        return _name(said["$ref"])
    if "anyOf" in said:
        return " or ".join(_type(one) for one in said["anyOf"])
    if "enum" in said:
        return " or ".join(f"“{value}”" for value in said["enum"])
    kind = {"null": "nothing", "array": "list"}.get(said.get("type", ""), said.get("type", "any"))
    if kind == "list" and said.get("items"):
        return f"list of {_type(said['items'])}"
    return ", ".join(filter(None, (kind, said.get("format"), _bounds(said))))


def _bounds(said: Json) -> str:
    low = said.get("minimum", said.get("minLength"))
    high = said.get("maximum", said.get("maxLength"))
    of = " characters" if "maxLength" in said or "minLength" in said else ""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at least {low:,}{of}" if high is None else f"at most {high:,}{of}"
    return f"{low:,} to {high:,}{of}"


def _parts(said: Json) -> tuple[str, ...]:
    if "$ref" in said:
        return (_name(said["$ref"]),)
    inside = [*said.get("anyOf", ()), *([said["items"]] if said.get("items") else ())]
    return tuple(dict.fromkeys(name for one in inside for name in _parts(one)))


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
