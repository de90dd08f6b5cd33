"""Where words for people stand without a translation: in calls that print, and in pages."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

WORD = re.compile(r"[^\W\d_]{2,}")

SPOKEN = {
    "say": slice(1),
    "complain": slice(1),
    "answer": slice(1, 2),
    "echo": slice(1),
    "print": slice(None),
    "confirm": slice(1),
    "prompt": slice(1),
    "status": slice(1),
    "working": slice(1),
    "success": slice(1, 2),
    "info": slice(1, 2),
    "warning": slice(1, 2),
    "error": slice(1, 2),
    "add_error": slice(1, 2),
    "ValidationError": slice(1),
}
"""The calls that speak, and which of their arguments are for people."""

SAME_EVERYWHERE = re.compile(r"\s*(\$ masthead|--[a-z])|[/.][\w./-]+$")
"""A command to type, an address of the site, a file's ending: the same in every language."""

REFUSED_BY_A_SHAPE = {"type", "loc"}
"""What a refusal of a schema is made of; it is put into words elsewhere, by its type."""

NAMED = {"label", "help_text", "empty_label", "verbose_name"}
"""Arguments given by name that a form shows."""

TRANSLATING = {"Message", "gettext", "gettext_lazy", "ngettext"}
NAMING = {"strftime", "get", "getattr", "isoformat", "join", "replace", "ljust", "partition", "removeprefix"}
"""Calls whose strings name or join things, and say nothing themselves."""

SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "label", "summary"}


def in_calls(source: str, place: str) -> Iterator[str]:
    """Each word for people that a printing call or a generator of lines says untranslated, with its line."""
    for node in ast.walk(ast.parse(source)):
        for argument in _spoken(node):
            for text in _bare(argument):
                yield f"{place}:{argument.lineno}: {text!r}"


def _spoken(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        shown = [each.value for each in node.keywords if each.arg in NAMED]
        return shown + (node.args[SPOKEN[name]] if name in SPOKEN else [])
    if isinstance(node, ast.Yield) and node.value is not None:
        # Lines go out as text, or as text and its style.
        return node.value.elts[:1] if isinstance(node.value, ast.Tuple) else [node.value]
    return []


def _bare(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in TRANSLATING:
            return
        parts: list[ast.AST] = [node.func] if name in NAMING else [node.func, *node.args]
    elif _says_nothing(node):
        parts = []
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORD.search(node.value) and not SAME_EVERYWHERE.match(node.value):
            yield node.value
        return
    else:
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from _bare(part)


def _says_nothing(node: ast.AST) -> bool:
    if isinstance(node, ast.Dict):
        return {_key(key) for key in node.keys} == REFUSED_BY_A_SHAPE
    return isinstance(node, ast.Subscript | ast.Compare | ast.FormattedValue) and not _is_format(node)


def _key(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_format(node: ast.AST) -> bool:
    return isinstance(node, ast.FormattedValue) and not isinstance(node.value, ast.Subscript)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in ("code", "style", "script")
        self.found += [
            said for name, said in attrs if name in SHOWN_ATTRIBUTES and WORD.search(said or "") and said
        ]

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "style", "script")

    def handle_data(self, data: str) -> None:
        if not self._code and WORD.search(data):
            self.found.append(data.strip())


def in_page(source: str) -> list[str]:
    """Each text of a page that stands outside `translate` and `blocktranslate`."""
    page, inside = _Page(), False
    left = []
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name == "blocktranslate" or (inside and name != "endblocktranslate")
        elif token.token_type == TokenType.TEXT and not inside:
            left.append(token.contents)
    page.feed("".join(left))
    page.close()
    return page.found
