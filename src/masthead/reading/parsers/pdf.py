"""PDF: its words by PDFium, put together to paragraphs by where the lines stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

import pypdfium2 as pdfium

from masthead.language import Message
from masthead.reading import refusals
from masthead.reading.composing import Composed, Composer
from masthead.reading.document import BlockKind
from masthead.reading.limits import Limits

_KIND = Message("PDF")
_PASSWORD = (4, 5)
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY (a scheme that PDFium does not know), see fpdfview.h."""
_HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen at the end of a line, which is not one of the word's own."""
_RANGE = re.compile(rf"(?<=\d){_HYPHEN}(?=\d)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and its place in points: `left` edge, `foot` (from the page's bottom), `height` of its type."""

    text: str
    left: float
    foot: float
    height: float


def parse(content: bytes, limits: Limits) -> Composed:
    """The text of a PDF, page by page; a paragraph never goes over the end of a page."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise refusals.encrypted(_KIND) if error.err_code in _PASSWORD else refusals.damaged(_KIND) from error
    composer = Composer(limits.characters)
    try:
        if len(document) > limits.pages:
            raise refusals.too_many_pages(len(document), limits.pages)
        for number in range(len(document)):
            _page(list(_lines(document, number)), composer)
        return composer.finish(document.get_metadata_value("Title"))
    except pdfium.PdfiumError as error:
        raise refusals.damaged(_KIND) from error
    finally:
        document.close()


def _lines(document: pdfium.PdfDocument, number: int) -> Iterator[_Line]:
    page = document[number]
    words = page.get_textpage()
    try:
        place = 0
        for raw in words.get_text_range().split("\n"):
            text = _RANGE.sub("-", raw)
            if text.strip():
                first = place + len(raw) - len(raw.lstrip())
                yield _Line(text, *_measure(words, first))
            place += len(raw) + 1
    finally:
        words.close()
        page.close()


def _measure(words: pdfium.PdfTextPage, index: int) -> tuple[float, float, float]:
    try:
        left, foot, _, top = words.get_charbox(index, loose=True)
    except (pdfium.PdfiumError, IndexError):
        return 0.0, 0.0, 0.0
    return left, foot, top - foot


def _page(lines: list[_Line], composer: Composer) -> None:
    if not lines:
        return
    steps = [above.foot - line.foot for above, line in pairwise(lines)]
    usual_step = median_low([step for step in steps if step > 0] or [0.0])
    usual_height = median_low([line.height for line in lines])
    above = None
    for line in lines:
        if above is None or _apart(above, line, usual_step):
            large = line.height > 1.2 * usual_height
            composer.begin(BlockKind.HEADING if large else BlockKind.PARAGRAPH)
        composer.add(f" {line.text} ")
        above = line


def _apart(above: _Line, line: _Line, usual_step: float) -> bool:
    """Whether a paragraph begins: a wider gap, another size of type, or an indent. A new column is none."""
    if abs(above.height - line.height) > 0.15 * max(above.height, line.height):
        return True
    step = above.foot - line.foot
    if step <= 0:
        return False
    return step > 1.3 * usual_step or line.left - above.left > 0.8 * line.height
