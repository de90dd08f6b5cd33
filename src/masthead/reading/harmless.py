"""Pages that are their words: every element and attribute on a short list of what adds nothing to them."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.reading import addresses
from masthead.reading.composing import encoded

# fmt: off
_ELEMENTS = frozenset((
    "html", "head", "title", "meta", "body",
    "a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite", "code",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li",
    "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp",
    "section", "small", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
))
_EVERYWHERE = frozenset(("lang", "dir", "class", "id"))
_ATTRIBUTES = {
    "a": frozenset(("href", "rel", "target")),
    "details": frozenset(("open",)),
    "img": frozenset(("src", "alt", "width", "height", "loading", "decoding")),
    "td": frozenset(("colspan", "rowspan", "scope")),
    "th": frozenset(("colspan", "rowspan", "scope")),
    "time": frozenset(("datetime",)),
}
# fmt: on


def all_harmless(page: str) -> bool:
    """Whether a browser that opens `page` by itself shows its words and pictures, and does nothing else."""
    root = LexborHTMLParser(page).root
    return root is None or all(_harmless(node) for node in _elements(root))


def _elements(root: LexborNode) -> Iterator[LexborNode]:
    """Every element, by a stack of its own: a hostile page nests deeper than Python calls."""
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        if node is not root:
            waiting.append(node.next)
        if node.is_element_node:
            yield node
        waiting.append(node.child)


def _harmless(node: LexborNode) -> bool:
    tag, attributes = node.tag or "", node.attributes
    if tag not in _ELEMENTS:
        return False
    if tag == "meta":
        return _is_meta(attributes)
    allowed = _EVERYWHERE | _ATTRIBUTES.get(tag, frozenset())
    if not allowed.issuperset(attributes):
        return False
    return addresses.linked(encoded(attributes.get("href") or "")) and addresses.shown(
        encoded(attributes.get("src") or "")
    )


def _is_meta(attributes: dict[str, str | None]) -> bool:
    """How the page is encoded and how wide a screen is taken to be."""
    if set(attributes) == {"charset"}:
        return True
    return set(attributes) == {"name", "content"} and (attributes["name"] or "").lower() == "viewport"
