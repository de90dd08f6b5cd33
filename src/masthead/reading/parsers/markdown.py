"""Markdown: CommonMark with tables and strikethrough, read through the HTML it stands for.

Front matter is not text. Its title is: generators show it as the headline, so it becomes the first
heading, unless the text opens with the same words.
"""

import re
import tomllib
from html import escape

from markdown_it import MarkdownIt

from masthead.reading.canonical import fold
from masthead.reading.composing import Composed
from masthead.reading.parsers import html

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w-]*\s*[:=]")
_TITLE = re.compile(r"^title\s*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def parse(text: str, most: int) -> Composed:
    """The text of a Markdown file; its title is the front matter's, else the first heading's."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title, body = _without_front_matter(text)
    rendered = _markdown().render(body)
    read = html.parse(rendered, most)
    if title is None or _opens_with(read, title):
        return read if title is None else html.parse(f"<title>{escape(title)}</title>{rendered}", most)
    return html.parse(f"<h1>{escape(title)}</h1>{rendered}", most)


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Targets are encoded by the composer, alike for every format.
    reader.normalizeLink = _as_written  # type: ignore[method-assign, assignment]  # the documented way to change it
    return reader


def _as_written(target: str) -> str:
    return target


def _without_front_matter(text: str) -> tuple[str | None, str]:
    front = _FRONT.match(text)
    if front is None or not _FIELD.match(front[2]):
        return None, text
    return _title(front[1], front[2]), text[front.end() :]


def _title(fence: str, fields: str) -> str | None:
    if fence == "+++":
        try:
            title = tomllib.loads(fields).get("title")
        except tomllib.TOMLDecodeError:
            return None
        return title if isinstance(title, str) and title.strip() else None
    found = _TITLE.search(fields)
    return _unquoted(found[1]) if found else None


def _unquoted(value: str) -> str | None:
    """A YAML scalar on one line (YAML 1.2.2, section 7.3), as far as titles go."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    elif len(value) > 1 and value[0] == value[-1] == '"':
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    else:
        value = re.split(r"\s#", value, maxsplit=1)[0]
    return value.strip() or None


def _opens_with(read: Composed, title: str) -> bool:
    return fold(read.text.split("\n", 1)[0]) == fold(title)
