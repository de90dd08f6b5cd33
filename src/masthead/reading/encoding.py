"""Bytes to text: UTF-8 unless the file itself names another encoding; nothing is ever replaced silently."""

import codecs
import re

from masthead.reading import refusals

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_PAGE = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_IN_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']([\w:.-]{1,40})""", re.IGNORECASE)
_IN_TYPE = re.compile(r"""charset\s*=\s*["']?([\w:.-]{1,40})""", re.IGNORECASE)
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "utf-8"),
}
"""What a declared encoding means on the web (WHATWG Encoding, section 4.2; HTML, section 13.2.3.2)."""


def decode(content: bytes, *, page: bool = False, media_type: str | None = None) -> str:
    """The text of `content`.

    A byte order mark wins, then a `charset` in `media_type`, then (in a `page`, that is HTML) the page's
    own declaration in its first 1024 bytes, then UTF-8.

    Raises:
        CannotRead: with the offset (counted from 0) of the first byte that is not in that encoding.

    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], charset, len(mark), declared=charset != "utf-8")
    declared = _declared(content, page, media_type)
    if declared is None:
        return _strictly(content, "utf-8", 0, declared=False)
    try:
        charset = codecs.lookup(declared).name
        if not codecs.lookup(declared)._is_text_encoding:
            raise LookupError
    except LookupError:
        raise refusals.unknown_charset(declared) from None
    return _strictly(content, _MEANT.get(charset, charset), 0, declared=charset != "utf-8")


def _declared(content: bytes, page: bool, media_type: str | None) -> str | None:
    if media_type and (named := _IN_TYPE.search(media_type)):
        return named[1]
    if page:
        found = _IN_XML.search(content[:1024]) or _IN_PAGE.search(content[:1024])
        return found[1].decode("ascii") if found else None
    return None


def _strictly(content: bytes, charset: str, offset: int, *, declared: bool) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        place = offset + error.start
        raise (refusals.not_as_declared(charset, place) if declared else refusals.not_utf8(place)) from None
