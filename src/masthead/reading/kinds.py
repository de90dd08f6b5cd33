"""What kind of file this is, told from its bytes; its name only decides between kinds of text."""

import re
from enum import StrEnum
from pathlib import PurePath

from masthead.language import Message
from masthead.reading import refusals


class Kind(StrEnum):
    """The kinds we read, by media type."""

    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PLAIN = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"

    @property
    def image(self) -> bool:
        """Whether it is a picture."""
        return self.value.startswith("image/")


_MAGIC = ((b"\xff\xd8\xff", Kind.JPEG), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"PK\x03\x04", Kind.DOCX))

_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "GIF", "picture"),
    (b"II*\0", "TIFF", "picture"),
    (b"MM\0*", "TIFF", "picture"),
    (b"BM", "BMP", "picture"),
    (b"8BPS", "Photoshop", "picture"),
    (b"\0\0\x01\0", "ICO", "picture"),
    (b"ID3", "MP3", "sound"),
    (b"\xff\xfb", "MP3", "sound"),
    (b"OggS", "Ogg", "sound"),
    (b"fLaC", "FLAC", "sound"),
    (b"\x1aE\xdf\xa3", "Matroska", "video"),
    (b"PK\x05\x06", "ZIP", "archive"),
    (b"\x1f\x8b", "gzip", "archive"),
    (b"7z\xbc\xaf", "7z", "archive"),
    (b"Rar!", "RAR", "archive"),
    (b"BZh", "bzip2", "archive"),
    (b"\xfd7zXZ", "xz", "archive"),
    (b"{\\rtf", "RTF", "document"),
    (b"%!PS", "PostScript", "document"),
    (b"SQLite format 3", "SQLite", "database"),
    (b"\x7fELF", "ELF", "program"),
    (b"MZ", "Windows", "program"),
)
_RIFF = {b"WAVE": ("WAV", "sound"), b"AVI ": ("AVI", "video")}
_SORTS = {
    "picture": Message("a picture in the format %(format)s"),
    "sound": Message("a sound file in the format %(format)s"),
    "video": Message("a video in the format %(format)s"),
    "archive": Message("an archive in the format %(format)s"),
    "document": Message("a document in the format %(format)s"),
    "database": Message("a database in the format %(format)s"),
    "program": Message("a program in the format %(format)s"),
}
_BY_NAME = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mkd": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_PAGE = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SVG = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?xml[^>]*>|<!doctype\s+svg[^>]*>)*+<svg\b", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(
    rb"\s*<(p|div|article|section|main|h[1-6]|ul|ol|figure|blockquote|table)\b[^>]*>", re.IGNORECASE
)
_LOOK = 4096


def tell(content: bytes, name: str = "", media_type: str | None = None) -> Kind:
    """The kind of `content`. A zip archive is taken for DOCX here; the parser looks inside.

    Raises:
        CannotRead: it is a kind that we do not read, or none that we know.

    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(content)
    if content.startswith(_TEXT_MARKS):
        return _text(content.replace(b"\0", b""), name, media_type)
    if _binary(content):
        raise _other(content)
    if content.startswith((b"{\\rtf", b"%!PS")):
        raise _other(content)
    return _text(content, name, media_type)


def _binary(content: bytes) -> bool:
    """Whether it cannot be text in any encoding that we read without a byte order mark."""
    return b"\0" in content[: 2 * _LOOK] or content.startswith((b"\x1f\x8b", b"\xff\xfb", b"BZh", b"OggS"))


def _text(content: bytes, name: str, media_type: str | None) -> Kind:
    start = content[:_LOOK]
    for mark in _TEXT_MARKS[:3]:
        start = start.removeprefix(mark)
    if _PAGE.match(start):
        return Kind.HTML
    if _SVG.match(start):
        raise refusals.unsupported(sort("picture", "SVG"))
    said = (media_type or "").partition(";")[0].strip().lower()
    if said in (Kind.MARKDOWN, Kind.HTML, Kind.PLAIN):
        return Kind(said)
    if said == "application/xhtml+xml":
        return Kind.HTML
    suffix = PurePath(name).suffix.lower()
    if suffix in _BY_NAME:
        return _BY_NAME[suffix]
    if not suffix and _FRAGMENT.match(start) and content.rstrip().endswith(b">"):
        return Kind.HTML
    return Kind.PLAIN


def sort(sort_: str, format_: str) -> Message:
    """A kind that we do not read, in words: `sort("picture", "GIF")`."""
    return Message(_SORTS[sort_].template, {"format": format_})


def _other(content: bytes) -> Exception:
    if content[:4] == b"RIFF" and content[8:12] in _RIFF:
        format_, sort_ = _RIFF[content[8:12]]
        return refusals.unsupported(sort(sort_, format_))
    if content[4:8] == b"ftyp":
        return refusals.unsupported(_boxed(content[8:12]))
    for magic, format_, sort_ in _OTHERS:
        if content.startswith(magic):
            return refusals.unsupported(sort(sort_, format_))
    return refusals.unknown()


def _boxed(brand: bytes) -> Message:
    """What an ISO base media file is (ISO/IEC 14496-12, section 4.3: the major brand)."""
    if brand in (b"heic", b"heix", b"mif1", b"msf1", b"heif"):
        return sort("picture", "HEIC")
    if brand in (b"avif", b"avis"):
        return sort("picture", "AVIF")
    if brand in (b"M4A ", b"M4B "):
        return sort("sound", "M4A")
    return sort("video", "MP4")


def _old_office(content: bytes) -> Exception:
    """A compound file: an encrypted DOCX, or what Word wrote before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refusals.encrypted(Message("Word document"))
    if "WordDocument".encode("utf-16-le") in content:
        return refusals.unsupported(Message("a Word document in the old format (.doc)"))
    return refusals.unsupported(Message("an Office file in an old format"))
