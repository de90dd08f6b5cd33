"""The API, from its own description: for people, and for software."""

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from masthead.api.reference import Field, Operation, Shape

HEAD = """# The API

<!-- Written by `make reference` from the operations themselves; do not edit. -->

How to use it: [Connect a CMS](../how-to/connect-a-cms.md). For software: [openapi.json](openapi.json), as
served at `/api/v1/openapi.json`.
"""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join(_lines()) + "\n"


def openapi() -> str:
    """The OpenAPI description, as JSON."""
    return json.dumps(_description(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _description() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    django.setup()
    from masthead.api.application import description

    return description()


def _lines() -> Iterator[str]:
    said = _description()
    from masthead.api.reference import reference_of

    api = reference_of(said)
    yield HEAD
    yield from (f"{paragraph}\n" for paragraph in api.paragraphs)
    for name, operations in api.sections:
        yield f"## {name}\n"
        for each in operations:
            yield from _operation(each)
    yield from _problems()
    yield "\n## Shapes\n"
    for shape in api.shapes:
        yield from _shape(shape)


def _operation(each: "Operation") -> Iterator[str]:
    yield f"### {each.summary}\n"
    yield f"`{each.method} {each.path}`, scope `{each.scope}`\n"
    yield f"{each.said}\n"
    for parameter in each.parameters:
        yield f"- {parameter.place} {_field(parameter)}"
    if each.takes:
        files = ", as JSON or as multipart/form-data" if each.files else ""
        yield f"- takes {_link(each.takes)}{files}"
    yield from (f"- {code}: {_link(shape)}" for code, shape in each.gives)
    yield f"- refuses with {', '.join(each.refuses)}\n"


def _problems() -> Iterator[str]:
    from masthead.api import problems

    yield "## Problems\n"
    yield "| status | type | title |"
    yield "|---|---|---|"
    kinds = (*problems.KINDS.values(), problems.INVALID, problems.BROKEN)
    for kind in sorted(kinds, key=lambda kind: (kind.status, kind.slug)):
        yield f"| {kind.status} | `{problems.URN}{kind.slug}` | {kind.title} |"


def _shape(shape: "Shape") -> Iterator[str]:
    yield f"### {shape.name}\n"
    yield f"{' '.join(shape.said.split())}\n"
    if shape.members:
        yield f"{', '.join(f'`{member}`' for member in shape.members)}\n"
    yield from (f"- {_field(field)}" for field in shape.fields)
    if shape.fields:
        yield ""


def _field(field: "Field") -> str:
    needed = ", required" if field.required and field.place != "path" else ""
    more = f". {field.said}" if field.said else ""
    return f"`{field.name}`: {field.kind}{needed}{more}"


def _link(shape: str) -> str:
    return f"[{shape}](#{shape.lower()})"
