"""What the folder we are called in holds is not run: an interpreter of ours does not look for modules there.

A newsroom stands in a folder of files that somebody sent. `python -m` and `python -c` look there first, so a
`json.py` among them would be run in place of Python's own: `-P` keeps it out, and `-I` more than that.
"""

import ast
from pathlib import Path

import pytest

import masthead

SOURCE = Path(masthead.__file__).parent
SAFE = {"-P", "-I"}
NOT_BEGUN = {"Path"}
"""What may be called with the interpreter's path alone: nothing is begun by that."""


def unsafe(code: str) -> list[int]:
    """The lines where our interpreter is named, but for words in which `-P` or `-I` comes next."""
    tree = ast.parse(code)
    good = set()
    lists = {}
    for node in ast.walk(tree):
        match node:
            case ast.List(elts=[first, ast.Constant(value=option), *_]) if option in SAFE:
                good.add(first)
            case ast.Call(func=ast.Name(id=name), args=[first]) if name in NOT_BEGUN:
                good.add(first)
            case ast.Call(func=ast.Attribute(attr="execve"), args=[first, ast.Name(id=name), *_]):
                lists[first] = name  # program and words are said apart: its words are held to the same
    named = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.executable"
    ]
    safe_words = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List) and good & {*node.value.elts[:1]}
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [node.lineno for node in named if node not in good and lists.get(node) not in safe_words]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("Popen([sys.executable, '-m', 'json.tool'])", [1]),
        ("Popen([sys.executable, *words])", [1]),
        ("Popen((sys.executable, 'a.py'))", [1]),
        ("Popen(sys.executable)", [1]),
        ("words = [sys.executable, '-m', 'a']\nos.execve(sys.executable, words, {})", [1, 2]),
        ("words = [sys.executable, '-P', '-m', 'a']\nos.execve(sys.executable, words, {})", []),
        ("Popen([sys.executable, '-I', '-c', 'pass'])", []),
        ("Path(sys.executable).with_name('masthead')", []),
    ],
)
def test_an_interpreter_that_looks_in_the_folder_it_is_called_in_is_found(code, found):
    assert sorted(unsafe(code)) == found


def test_each_interpreter_we_begin_leaves_the_folder_it_is_called_in_alone():
    lines = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in SOURCE.rglob("*.py")
        for line in unsafe(path.read_text())
    ]
    assert not lines


def test_none_is_begun_by_another_way():
    """By its name, from a module that hides which it is, or as a copy of ourselves."""
    ways = (
        '"python',
        "'python",
        "multiprocessing",
        "ProcessPoolExecutor",
        "from sys import",
        "create_subprocess",
    )
    found = [
        f"{path.relative_to(SOURCE)}: {way}"
        for path in SOURCE.rglob("*.py")
        for way in ways
        if way in path.read_text()
    ]
    assert found == ['cli/demo_verify.py: "python']  # which shows what to type, and runs something else
