"""The OpenAPI description as a person reads it: operations by subject, then the shapes of what is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter. `place` is path, query or header, empty for a field."""

    name: str
    kind: str
    required: bool
    said: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is sent or answered, by name."""

    name: str
    said: str
    fields: tuple[Field, ...]
    members: tuple[str, ...]
    """The values of a closed list, where it is one."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `takes` and `gives` name shapes; `refuses` are the statuses of its problems."""

    id: str
    method: str
    path: str
    summary: str
    said: str
    scope: str
    parameters: tuple[Field, ...]
    takes: str
    files: bool
    gives: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole."""

    paragraphs: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]


def reference_of(description: Mapping[str, Any]) -> Reference:
    """Read an OpenAPI description of ours."""
    sections: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method in METHODS:
            if method in methods:
                tag = methods[method]["tags"][0]
                sections.setdefault(tag, []).append(_operation(path, method, methods[method]))
    shapes = description["components"]["schemas"]
    return Reference(
        tuple(" ".join(each.split()) for each in description["info"]["description"].split("\n\n")),
        tuple((tag, tuple(listed)) for tag, listed in sections.items()),
        tuple(_shape(name, shapes[name]) for name in sorted(shapes)),
    )


def _operation(path: str, method: str, said: Mapping[str, Any]) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    answers = said["responses"]
    return Operation(
        said["operationId"],
        method.upper(),
        path,
        said["summary"],
        said.get("description", ""),
        said["x-scope"],
        tuple(_parameter(each) for each in said["parameters"]),
        kind(content["application/json"]["schema"]) if "application/json" in content else "",
        "multipart/form-data" in content,
        tuple(
            (str(code), kind(answer["content"]["application/json"]["schema"]))
            for code, answer in answers.items()
            if "application/json" in answer.get("content", {})
        ),
        tuple(sorted(str(code) for code in answers if int(code) >= 400)),
    )


def _parameter(said: Mapping[str, Any]) -> Field:
    return Field(
        said["name"], kind(said["schema"]), said["required"], said.get("description", ""), said["in"]
    )


def _shape(name: str, said: Mapping[str, Any]) -> Shape:
    required = said.get("required", ())
    # What is given has all its fields; what is taken says which it must have.
    given = name.endswith("Out")
    fields = tuple(
        Field(field, kind(schema), field in required and not given, schema.get("description", ""))
        for field, schema in said.get("properties", {}).items()
    )
    return Shape(name, said.get("description", ""), fields, tuple(said.get("enum", ())))


def kind(schema: Mapping[str, Any]) -> str:
    """What kind of value a schema describes, in a few words."""
    return " or ".join(dict.fromkeys(_kinds(schema)))


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield schema["$ref"].rsplit("/", 1)[-1]
    elif "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _kinds(each)
    elif "enum" in schema:
        yield ", ".join(map(str, schema["enum"]))
    elif schema.get("type") == "array":
        yield f"list of {kind(schema['items'])}"
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        yield f"{kind(schema['additionalProperties'])} by name"
    else:
        yield schema.get("format") or schema.get("type", "any")
