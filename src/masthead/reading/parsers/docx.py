"""Word documents: WordprocessingML (ISO/IEC 29500-1, section 17) as its reader sees it.

Tracked insertions are text, tracked deletions and hidden words are not. Notes follow the text. Names are
compared without their namespace, which differs between the strict and the transitional form.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from masthead.language import Message
from masthead.reading import refusals
from masthead.reading.composing import Composed, Composer
from masthead.reading.document import BlockKind
from masthead.reading.limits import Limits
from masthead.reading.parsers.package import Package, Relation
from masthead.reading.parsers.raised import LOWERED, RAISED

_HEADING = re.compile(r"(heading|title|titre|überschrift|titel|título|titolo)", re.IGNORECASE)
_QUOTE = re.compile(r"(quote|citation|zitat|cita)", re.IGNORECASE)
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"')
_UNREAD = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rPr",
        "pPr",
        "Fallback",
        "rt",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
    ]
)
_OFF = frozenset(["0", "false", "off"])


def parse(content: bytes, limits: Limits) -> Composed:
    """The text of a document. Its title is the one in its properties, else its first heading."""
    try:
        return _parse(Package(content, limits), limits)
    except RecursionError:
        raise refusals.damaged(Message("Word document")) from None


def _parse(package: Package, limits: Limits) -> Composed:
    tree = package.tree(package.main)
    body = None if tree is None else _first(tree, "body")
    if body is None:
        raise refusals.damaged(Message("Word document"))
    relations = package.relations(package.main)
    composer = Composer(limits.characters)
    _Walk(composer, relations).through(body)
    for sort in ("footnotes", "endnotes"):
        for relation in relations.values():
            if relation.sort == sort and not relation.outside:
                _notes(package, relation.target, composer)
    read = composer.finish(_property_title(package))
    heading = next((block for block in read.blocks if block.kind is BlockKind.HEADING), None)
    if read.title or heading is None:
        return read
    return replace(read, title=read.text[heading.start : heading.end])


def _notes(package: Package, name: str, composer: Composer) -> None:
    tree = package.tree(name)
    if tree is None:
        return
    walk = _Walk(composer, package.relations(name))
    for note in tree:
        if _value(note, "type") in (None, "normal"):
            walk.through(note)


def _property_title(package: Package) -> str | None:
    for relation in package.relations("").values():
        if relation.sort == "core-properties":
            tree = package.tree(relation.target)
            title = None if tree is None else _first(tree, "title")
            return None if title is None else title.text
    return None


class _Walk:
    def __init__(self, composer: Composer, relations: dict[str, Relation]) -> None:
        self._composer = composer
        self._relations = relations
        self._cells = 0
        self._fields: list[str | None] = []
        """Complex fields that are open: what the instruction says so far, None once the result began."""

    def through(self, element: Element) -> None:
        for child in element:
            self._meet(child)

    def _meet(self, element: Element) -> None:
        match _name(element):
            case "p":
                self._paragraph(element)
            case "tc":
                self._cells += 1
                self.through(element)
                self._cells -= 1
            case "r":
                self._run(element)
            case "hyperlink":
                self._composer.link(self._address(element))
                self.through(element)
                self._composer.unlink()
            case "AlternateContent":
                if len(element):
                    self.through(element[0])
            case name if name not in _UNREAD:
                self.through(element)

    def _paragraph(self, element: Element) -> None:
        self._composer.begin(BlockKind.CELL if self._cells else _kind(element))
        self.through(element)
        self._composer.begin(BlockKind.PARAGRAPH)

    def _run(self, run: Element) -> None:
        properties = _first(run, "rPr")
        if properties is not None and _on(properties, "vanish"):
            return
        raised = None if properties is None else _first(properties, "vertAlign")
        figures = {"superscript": RAISED, "subscript": LOWERED}.get(_value(raised, "val") or "", {})
        for element in run:
            if _name(element) == "t":
                self._composer.add((element.text or "").translate(figures))
            else:
                self._in_run(element)

    def _in_run(self, element: Element) -> None:
        match _name(element):
            case "tab":
                self._composer.add(" ")
            case "br" | "cr":
                self._composer.line_break()
            case "noBreakHyphen":
                self._composer.add("\u2011")
            case "fldChar" | "instrText":
                self._field(element)
            case "drawing" | "pict" | "object":
                self._drawing(element)
            case "AlternateContent" if len(element):
                self._drawing(element[0])
            case "ruby":
                self.through(element)

    def _drawing(self, element: Element) -> None:
        """A picture's alternative text, and the paragraphs of a text box."""
        for each in element.iter():
            match _name(each):
                case "docPr":
                    self._composer.add_alternative(each.get("descr") or "")
                case "txbxContent":
                    self.through(each)
                    return

    def _field(self, element: Element) -> None:
        """A link written as a field: begin, instruction, separate, its words, end."""
        if _name(element) == "instrText":
            if self._fields and self._fields[-1] is not None:
                self._fields[-1] += element.text or ""
            return
        match _value(element, "fldCharType"):
            case "begin":
                self._fields.append("")
            case "separate" if self._fields:
                address = _ADDRESS.match(self._fields[-1] or "")
                self._fields[-1] = None
                if address:
                    self._composer.link(address[1])
            case "end" if self._fields:
                self._fields.pop()
                self._composer.unlink()

    def _address(self, link: Element) -> str:
        relation = self._relations.get(_value(link, "id") or "")
        anchor = _value(link, "anchor")
        address = relation.target if relation is not None and relation.outside else ""
        return f"{address}#{anchor}" if anchor else address


def _kind(paragraph: Element) -> BlockKind:
    properties = _first(paragraph, "pPr")
    if properties is None:
        return BlockKind.PARAGRAPH
    style = _value(_first(properties, "pStyle"), "val") or ""
    if _HEADING.match(style) or _first(properties, "outlineLvl") is not None:
        return BlockKind.HEADING
    if _first(properties, "numPr") is not None or style.startswith("List"):
        return BlockKind.ITEM
    return BlockKind.QUOTE if _QUOTE.search(style) else BlockKind.PARAGRAPH


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element | None, attribute: str) -> str | None:
    """An attribute by its name without namespace."""
    for name, value in _attributes(element):
        if name == attribute:
            return value
    return None


def _attributes(element: Element | None) -> Iterator[tuple[str, str]]:
    for name, value in () if element is None else element.items():
        yield name.rpartition("}")[2], value


def _first(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _on(properties: Element, name: str) -> bool:
    switch = _first(properties, name)
    return switch is not None and _value(switch, "val") not in _OFF
