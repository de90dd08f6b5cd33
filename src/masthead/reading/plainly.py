"""Markdown that goes out as Markdown: only where whoever opens the file finds nothing that was not read.

Markdown has many places that no page shows: front matter, comments, definitions nobody refers to, titles of
links, the name of a code's language, cells beyond a table's last column. Rather than know them all, the
source is compared with its reading: its characters in order, punctuation aside, must be those of the words,
the link targets and the picture addresses that were read.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it.token import Token

from masthead.reading import addresses
from masthead.reading.composing import encoded
from masthead.reading.parsers.markdown import markdown, opens_with, parted

_COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.DOTALL)
_MARKS = re.compile(r"[\s\x00-/:-@\[-`{-\x7f]+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HARMLESS = re.compile(
    r"</?(?:b|i|em|strong|sub|sup|br|u|s|del|ins|mark|small|kbd|cite|code)\s*/?>", re.IGNORECASE
)
_SCHEME = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<)\s*([A-Za-z][\w+.-]*):")
"""What some other program might take for a link's scheme, also where CommonMark sees none."""


class _Unseen(Exception):
    pass


def as_markdown(text: str, most: int) -> str | None:
    """`text` as Markdown without front matter and comments; None where it holds more than is read of it."""
    title, body = parted(text)
    body = _COMMENT.sub("", body)
    if title is not None:
        body = body.lstrip("\n")
        if not opens_with(markdown().render(body), title, most):
            body = f"# {_escaped(title)}\n\n{body}"
    return body if _all_seen(body) else None


def nothing_unseen(text: str) -> bool:
    """Whether whoever opens `text` as it is finds nothing but what is read of it."""
    title, body = parted(text)
    return title is None and body == text.replace("\r\n", "\n").replace("\r", "\n") and _all_seen(body)


def _escaped(words: str) -> str:
    one_line = " ".join(words.split())
    return re.sub(r"([\\`*_\[\]<>&#!~])", r"\\\1", one_line)


def _all_seen(body: str) -> bool:
    plain = _REFERENCE.sub(lambda found: unescape(found[0]), body)
    if any(scheme.lower() not in addresses.LINKED for scheme in _SCHEME.findall(plain)):
        return False
    try:
        read = "".join(_shown(markdown().parse(body)))
    except _Unseen:
        return False
    return _MARKS.sub("", plain) == _MARKS.sub("", read)


def _shown(tokens: Sequence[Token]) -> Iterator[str]:
    """What is read of these tokens, link targets and picture addresses after their words."""
    targets: list[str] = []
    for token in tokens:
        match token.type:
            case "inline":
                yield from _shown(token.children or ())
            case "text" | "text_special" | "code_inline" | "code_block" | "fence":
                yield token.content
            case "list_item_open":
                yield token.info
            case "link_open":
                # An address between < and > is its own words.
                targets.append("" if token.markup == "autolink" else _address(token, "href"))
            case "link_close":
                yield targets.pop()
            case "image":
                yield from _words(token.children or ())
                yield _address(token, "src")
            case "html_inline" if _HARMLESS.fullmatch(token.content):
                yield token.content
            case "html_inline" | "html_block":
                raise _Unseen


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            yield token.content


def _address(token: Token, name: str) -> str:
    address = str(token.attrs.get(name, ""))
    allowed = addresses.linked if name == "href" else addresses.shown
    if not allowed(encoded(address)):
        raise _Unseen
    return address
