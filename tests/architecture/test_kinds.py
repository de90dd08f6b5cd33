"""Each kind of entry has one command that makes it."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from masthead import newsroom
from masthead.newsroom.evidence.kinds import Kind

READERS = {"evidence", "migrations", "webhooks", "public"}
"""Rooms that read entries and make none."""


def made(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Where a kind is named, but for comparing with it and for looking something up by it."""
    asked = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            asked |= {id(each) for each in (node.left, *node.comparators)}
        elif isinstance(node, ast.keyword) and node.arg == "kind":
            asked.add(id(node.value))
    for node in ast.walk(tree):
        named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if named and node.value.id == "Kind" and id(node) not in asked:
            yield node


def test_every_kind_is_made_in_exactly_one_place():
    places = defaultdict(list)
    for path in Path(newsroom.__file__).parent.rglob("*.py"):
        if not READERS & set(path.parts):
            for node in made(ast.parse(path.read_text())):
                places[Kind[node.attr]].append(f"{path.name}:{node.lineno}")
    assert {kind: found for kind, found in places.items() if len(found) > 1} == {}
    assert set(Kind) - places.keys() == set()
