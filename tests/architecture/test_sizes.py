"""A file is one idea, a function fits a screen."""

import ast
from pathlib import Path

import masthead

SOURCE = Path(masthead.__file__).parent
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def test_no_file_is_longer_than_500_lines():
    long = {path.name: lines for path in FILES if (lines := len(path.read_text().splitlines())) > 500}
    assert not long


def test_no_function_is_longer_than_60_lines():
    long = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 60:
                    long[f"{path.relative_to(SOURCE)}:{node.name}"] = lines
    assert not long
