"""Each kind of entry has one command that makes it."""

import ast
from collections import defaultdict
from pathlib import Path

from masthead import newsroom
from masthead.newsroom.evidence.kinds import Kind

READERS = {"evidence", "migrations", "webhooks", "public"}
"""Rooms that read entries and make none."""


def test_every_kind_is_made_in_exactly_one_place():
    places = defaultdict(list)
    for path in Path(newsroom.__file__).parent.rglob("*.py"):
        if READERS & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "Kind"
            ):
                places[Kind[node.attr]].append(f"{path.name}:{node.lineno}")
    assert {kind: found for kind, found in places.items() if len(found) > 1} == {}
    assert set(Kind) - places.keys() == set()
