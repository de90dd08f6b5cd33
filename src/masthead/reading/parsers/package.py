"""A zipped office document (Open Packaging Conventions, ISO/IEC 29500-2), opened with care."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

from masthead.language import Message
from masthead.reading import refusals
from masthead.reading.kinds import sort
from masthead.reading.limits import Limits

_DENSE = 5_000_000
_RATIO = 200
"""A part that unpacks to over `_DENSE` bytes and this many times its size was made to do so."""
_WORD = Message("Word document")
_OTHERS = (
    ("xl/", "Excel", "document"),
    ("ppt/", "PowerPoint", "document"),
    ("META-INF/container.xml", "EPUB", "document"),
    ("content.xml", "OpenDocument", "document"),
    ("AndroidManifest.xml", "APK", "program"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part's name, or an outside address."""

    sort: str
    target: str
    outside: bool


class Package:
    """The parts of a zipped document, once its directory shows that it is no bomb."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Raises `CannotRead` where it is broken, encrypted, a bomb, or no Word document."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise refusals.damaged(Message("document")) from error
        if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
            raise refusals.unpacks_too_large()
        if any(_swollen(entry) for entry in entries):
            raise refusals.unpacks_too_large()
        if any(entry.flag_bits & 1 for entry in entries):
            raise refusals.encrypted(Message("document"))
        self._names = frozenset(entry.filename for entry in entries)
        self.main = self._main()

    def tree(self, name: str) -> ElementTree.Element | None:
        """A part as XML; None where the document has no such part."""
        if name not in self._names:
            return None
        try:
            part = self._zip.read(name)
            if any("<!DOCTYPE".encode(charset) in part for charset in ("utf-8", "utf-16-le", "utf-16-be")):
                raise refusals.unpacks_too_large()  # the format has no use for one but to swell
            return ElementTree.fromstring(part)  # noqa: S314 - no entities without a document type
        except (
            zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, NotImplementedError,
            RuntimeError, ValueError, LookupError,
        ) as error:  # fmt: skip
            raise refusals.damaged(_WORD) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """What part `name` ("" for the package itself) refers to, by the id it uses."""
        folder, base = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in () if tree is None else tree:
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.sort == "officeDocument" and relation.target in self._names:
                if relation.target.startswith(("xl/", "ppt/")):
                    break
                return relation.target
        for start, format_, sort_ in _OTHERS:
            if any(name.startswith(start) for name in self._names):
                raise refusals.unsupported(sort(sort_, format_))
        if any(name.startswith("word/") for name in self._names):
            raise refusals.damaged(_WORD)
        raise refusals.unsupported(sort("archive", "ZIP"))


def _swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _DENSE and entry.file_size > _RATIO * max(entry.compress_size, 1)
