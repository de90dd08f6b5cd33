"""Markdown: CommonMark with tables and strikethrough, read through the HTML it stands for.

Front matter is not text. Its title is: generators show it as the headline, so it becomes the first
heading, unless the text opens with the same words.
"""

import re
import tomllib
from html import escape

from markdown_it import MarkdownIt

from masthead.reading import refusals
from masthead.reading.canonical import fold
from masthead.reading.composing import Composed
from masthead.reading.limits import USUAL
from masthead.reading.parsers import html

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w-]*\s*[:=]")
_TITLE = re.compile(r"^title\s*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def parse(text: str, most: int) -> Composed:
    """The text of a Markdown file; its title is the front matter's, else the first heading's."""
    return html.parse(rendered(text, most), most)


def rendered(text: str, most: int) -> str:
    """The page that a Markdown file stands for, its front matter's title in place."""
    title, body = parted(text)
    # Before anything is made of them: a line costs more than all its words.
    if _lines(body) > USUAL.blocks:
        raise refusals.too_many_blocks(USUAL.blocks)
    page = str(markdown().render(body))
    if title is None:
        return page
    tag = "title" if opens_with(page, title, most) else "h1"
    return f"<{tag}>{escape(title)}</{tag}>{page}"


def _lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def markdown() -> MarkdownIt:
    """The one reader of Markdown."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Targets are encoded by the composer, alike for every format.
    reader.normalizeLink = _as_written  # type: ignore[method-assign, assignment]  # the documented way to change it
    return reader


def _as_written(target: str) -> str:
    return target


def parted(text: str) -> tuple[str | None, str]:
    """The title in the front matter, if any, and the text after it; lines end in a newline alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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


def opens_with(page: str, title: str, most: int) -> bool:
    """Whether the first words on `page` are `title`."""
    return fold(html.parse(page, most).text.split("\n", 1)[0]) == fold(title)
