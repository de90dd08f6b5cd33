"""Pages that go out: written anew from what was read, then cleaned by a sanitizer."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from html import escape
from itertools import groupby, islice

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.reading import addresses
from masthead.reading.composing import encoded, seen
from masthead.reading.document import Block, BlockKind, Document
from masthead.reading.parsers.html import BLOCKS, UNREAD, hidden

# fmt: off
_KEPT = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite",
    "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
    "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
))
# fmt: on
_EMPTY = frozenset(("br", "hr", "img"))
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_VALUES = {
    "lang": _LANGUAGE,
    "dir": re.compile("ltr|rtl|auto"),
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
}
_CELL = ("colspan", "rowspan", "scope")
_CLEANER = nh3.Cleaner(
    tags=set(_KEPT),
    attributes={
        "*": {"lang", "dir"},
        "a": {"href"},
        "img": {"src", "alt"},
        "td": set(_CELL),
        "th": set(_CELL),
        "details": {"open"},
    },
    url_schemes=set(addresses.LINKED),
    link_rel=None,
)
_PARTS = {BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}
_LISTED = (BlockKind.ITEM, BlockKind.CELL)


def rewritten(page: str, title: str) -> str:
    """`page` with nothing in it but what is read of it: no script, style, comment, form or hidden element."""
    tree = LexborHTMLParser(page)
    body = tree.body
    written = _Writer().through(body) if body is not None else ""
    root = tree.root
    return whole(_CLEANER.clean(written).strip(), title, _attributes(root, ("lang", "dir")) if root else "")


def of_blocks(document: Document, title: str) -> str:
    """A page of a document's blocks and links; runs of list items, and of cells, become lists."""
    lines: list[str] = []
    for listed, run in groupby(document.blocks, lambda block: block.kind if block.kind in _LISTED else None):
        if listed:
            lines += ["<ul>", *(f"<li>{_linked(document, block)}</li>" for block in run), "</ul>"]
        else:
            lines += (_block(document, block) for block in run)
    return whole("\n".join(lines), title)


def whole(body: str, title: str, attributes: str = "") -> str:
    """The least page that is complete, around `body`."""
    return (
        f'<!doctype html>\n<html{attributes}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(seen(title))}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(document: Document, block: Block) -> str:
    words = _linked(document, block)
    if block.kind is BlockKind.ALTERNATIVE:
        return f"<p><i>{words}</i></p>"
    tag = _PARTS.get(block.kind, "p")
    return f"<{tag}>{words}</{tag}>"


def _linked(document: Document, block: Block) -> str:
    return "".join(_pieces(document, block))


def _pieces(document: Document, block: Block) -> Iterator[str]:
    place = block.start
    first = bisect_left(document.links, place, key=lambda link: link.start)
    for link in islice(document.links, first, None):
        if link.start >= block.end:
            break
        yield escape(document.text[place : link.start])
        words = escape(document.text[link.start : link.end])
        yield f'<a href="{escape(link.target)}">{words}</a>' if addresses.linked(link.target) else words
        place = link.end
    yield escape(document.text[place : block.end])


class _Writer:
    """One pass over a tree, by a stack of its own: a hostile page nests deeper than Python calls."""

    def __init__(self) -> None:
        self._written: list[str] = []

    def through(self, root: LexborNode) -> str:
        waiting: list[LexborNode | str | None] = [root.child]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            if isinstance(node, str):
                self._written.append(node)
                continue
            waiting.append(node.next)
            if node.is_text_node:
                self._written.append(escape(seen(node.text_content or "").replace("\r", " "), quote=False))
            elif node.is_element_node and not _unread(node):
                waiting += [self._open(node), node.child]
        return "".join(self._written)

    def _open(self, node: LexborNode) -> str:
        """Write the start of an element; what its end will be, nothing where it goes without either."""
        tag = node.tag or ""
        if tag in BLOCKS and tag not in _KEPT:
            tag = "div" if node.child is not None else ""
        if tag not in _KEPT or (tag == "a" and not _address(node, "href")):
            return ""
        self._written.append(f"<{tag}{_said(tag, node)}>")
        return "" if tag in _EMPTY else f"</{tag}>"


def _unread(node: LexborNode) -> bool:
    tag = node.tag or ""
    return tag in UNREAD or hidden(tag, node.attributes)


def _said(tag: str, node: LexborNode) -> str:
    said = _attributes(node, ("lang", "dir"))
    match tag:
        case "a":
            return said + _quoted("href", _address(node, "href"))
        case "img":
            source, alternative = _address(node, "src"), seen(node.attributes.get("alt") or "")
            return (_quoted("src", source) if source else "") + _quoted("alt", alternative) + said
        case "td" | "th":
            return said + _attributes(node, _CELL)
        case "details":
            return said + " open"
        case _:
            return said


def _attributes(node: LexborNode, names: tuple[str, ...]) -> str:
    found = ((name, node.attributes.get(name) or "") for name in names)
    return "".join(_quoted(name, value) for name, value in found if _VALUES[name].fullmatch(value))


def _address(node: LexborNode, name: str) -> str:
    """The address in an attribute, as it is signed; nothing where it may not go out."""
    address = encoded(node.attributes.get(name) or "")
    allowed = addresses.linked if name == "href" else addresses.shown
    return address if allowed(address) else ""


def _quoted(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'
