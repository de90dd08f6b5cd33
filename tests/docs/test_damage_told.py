"""Whatever verification can say of a damaged record stands in the page that tells what to do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import masthead

EVIDENCE = Path(masthead.__file__).parent / "newsroom" / "evidence"
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "when-the-log-is-damaged.md"
OF_A_FOLDER = "export.py"
"""Says of an exported folder that it is not the record's: the record itself is whole."""


def messages(node: ast.AST) -> Iterator[str]:
    """The words of every message in `node`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "Message":
            words = each.args[0]
            assert isinstance(words, ast.Constant)
            yield str(words.value)


def raised(tree: ast.AST) -> Iterator[str]:
    """What each `Damaged` says has happened, where it says it itself."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "Damaged":
            yield from messages(each.args[0])


def plain(words: str) -> str:
    """Words without what is filled in, so that page and message can be compared."""
    words = re.sub(r"%\(\w+\)[sd]", "…", words).replace("*", "").replace("entry", "entries")
    # What is filled in at the very end may be anything.
    return " ".join(words.lower().split()).removesuffix(".").removesuffix(" …")


def test_the_page_has_all_that_can_be_found() -> None:
    said = set()
    for path in sorted(EVIDENCE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name.startswith("verify"):
            said |= {each for each in messages(tree) if not each[:1].isupper()}
        if path.name != OF_A_FOLDER:
            said |= set(raised(tree))
    assert len(said) > 60, "the search itself finds them"
    page = plain(PAGE.read_text(encoding="utf-8"))
    assert sorted(each for each in said if plain(each) not in page) == []


def test_what_is_raised_is_a_sentence() -> None:
    for path in sorted(EVIDENCE.glob("*.py")):
        for each in raised(ast.parse(path.read_text(encoding="utf-8"))):
            assert each[0].isupper() or each.startswith("%("), (path.name, each)
            assert each.endswith("."), (path.name, each)
