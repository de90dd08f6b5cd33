"""HTML as its reader sees it: what is hidden, scripted or fallback is left out."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.reading.composing import Composed, Composer
from masthead.reading.document import BlockKind
from masthead.reading.parsers.raised import LOWERED, RAISED

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), BlockKind.ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.CELL),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    "figcaption": BlockKind.PARAGRAPH,
    "caption": BlockKind.PARAGRAPH,
}
# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "body", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "menu",
    "nav", "ol", "p", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
)).union(_KINDS)
UNREAD = frozenset((
    "head", "script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "svg",
    "canvas", "audio", "video", "select", "datalist", "textarea", "input", "rp", "rt", "title",
))
# fmt: on
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def parse(page: str, most: int) -> Composed:
    """The visible text of `page`, whole or a fragment. Its title is `<title>`, else the first `<h1>`."""
    tree = LexborHTMLParser(page)
    walk = _Walk(Composer(most))
    if tree.body is not None:
        walk.through(tree.body)
    named = tree.css_first("head > title") or tree.css_first("h1")
    return walk.composer.finish(named.text() if named is not None else None)


class _Walk:
    """One pass over the tree, by a stack of its own: a hostile page nests deeper than Python calls."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self._kinds = [BlockKind.PARAGRAPH]
        self._raised = 0
        self._lowered = 0
        self._verbatim = 0

    def through(self, root: LexborNode) -> None:
        waiting = [(root.child, False)]
        while waiting:
            node, leaving = waiting.pop()
            if node is None:
                continue
            if leaving:
                self._leave(node.tag or "")
                continue
            waiting.append((node.next, False))
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and self._enter(node.tag or "", node):
                waiting += [(node, True), (node.child, False)]

    def _text(self, text: str) -> None:
        if self._raised or self._lowered:
            text = text.translate(RAISED if self._raised else LOWERED)
        if not self._verbatim:
            self.composer.add(text)
            return
        first, *lines = text.split("\n")
        self.composer.add(first)
        for line in lines:
            self.composer.line_break()
            self.composer.add(line)

    def _enter(self, tag: str, node: LexborNode) -> bool:
        """Whether to go inside."""
        attributes = node.attributes
        if tag in UNREAD or hidden(tag, attributes):
            return False
        if tag in BLOCKS:
            self._kinds.append(_KINDS.get(tag, self._kinds[-1]))
            self.composer.begin(self._kinds[-1])
        if tag == "br":
            self.composer.line_break()
        elif tag == "img":
            self.composer.add_alternative(attributes.get("alt") or "", attributes.get("src") or "")
        elif tag == "a" and attributes.get("href"):
            self.composer.link(attributes["href"] or "")
        self._count(tag, 1)
        return True

    def _leave(self, tag: str) -> None:
        self._count(tag, -1)
        if tag == "a":
            self.composer.unlink()
        if tag in BLOCKS:
            self._kinds.pop()
            self.composer.begin(self._kinds[-1])

    def _count(self, tag: str, step: int) -> None:
        if tag == "sup":
            self._raised += step
        elif tag == "sub":
            self._lowered += step
        elif tag == "pre":
            self._verbatim += step
        elif tag == "q":
            self.composer.add("“" if step > 0 else "”")


def hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element says that it is not shown."""
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
