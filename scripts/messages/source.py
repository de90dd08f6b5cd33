"""Templates in Python source: `Message("…", {…}, "…")`, `gettext("…")`, `ngettext("…", "…", n)`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.messages.wanted import SOURCE, NotLiteral, Wanted, place_of

PLURAL_AT = {"Message": 2, "ngettext": 1, "gettext": None, "gettext_lazy": None, "_": None}
"""The calls that take a template first, and where each has its plural."""

LOOK_UP = (SOURCE / "language.py", SOURCE / "cli" / "help.py")
"""The files that look up what is written elsewhere, and write no template themselves."""


def in_sources(folder: Path = SOURCE) -> Iterator[Wanted]:
    """Everything said by the Python files under `folder`; `NotLiteral` names the line of the first fault."""
    for file in sorted(folder.rglob("*.py")):
        if file not in LOOK_UP:
            yield from in_source(file.read_text(encoding="utf-8"), place_of(file))


def in_source(text: str, place: str) -> Iterator[Wanted]:
    """Everything said by one Python file.

    The template of another message may be used again with values of its own: `Message(other.template, …)`,
    directly or under a name; it is extracted where it is written. Anything else must be a literal.
    """
    tree = ast.parse(text)
    again = set(_names_of_templates(tree))
    for node in ast.walk(tree):
        name = _called(node)
        if name is None or not isinstance(node, ast.Call):
            continue
        template, plural = _argument(node, 0, "template"), _argument(node, PLURAL_AT[name], "plural")
        if _is_template(template) or (isinstance(template, ast.Name) and template.id in again):
            continue
        said = _literal(template, place, node.lineno)
        if not said:
            raise NotLiteral(f"{place}:{node.lineno}: {name}() without a template")
        yield Wanted(said, _literal(plural, place, node.lineno), place)


def _called(node: ast.AST) -> str | None:
    """The name of a translating call, whatever it is reached through; None for anything else."""
    if not isinstance(node, ast.Call):
        return None
    named = node.func
    name = named.id if isinstance(named, ast.Name) else getattr(named, "attr", "")
    return name if name in PLURAL_AT else None


def _names_of_templates(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_template(node.value):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_template(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "template"


def _argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    if position is not None and len(call.args) > position:
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _literal(node: ast.expr | None, place: str, line: int) -> str | None:
    # Strings side by side are one constant to the parser already.
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotLiteral(f"{place}:{line}: {ast.unparse(node)} is not a literal string")
