"""The words of a version as a person edits them."""

from dataclasses import dataclass

from masthead.desk.item.reading import words_of
from masthead.newsroom.items import blobs
from masthead.newsroom.items.erased import is_erased
from masthead.newsroom.items.left import left
from masthead.newsroom.items.models import Version
from masthead.reading.document import BlockKind
from masthead.vocabulary import Medium

AS_IT_IS = {"text/markdown": "text.md", "text/plain": "text.txt"}
AS_HANDED_IN = {"text/html": "text.html"}
BEGINS = {BlockKind.HEADING: "## ", BlockKind.ITEM: "- ", BlockKind.QUOTE: "> "}


@dataclass(frozen=True, slots=True)
class Editable:
    """What stands in the field for the text.

    `exact` is whether that is the file as it is; otherwise form and links of the file are left behind. `name`
    is the name under which the file is handed in again as it is, `edited` that of the words edited.
    """

    words: str
    name: str
    edited: str
    exact: bool


def beginning(version: Version) -> Version | None:
    """What the version that follows this one begins with: of one that was erased, the newest that is left.

    None where none is left.
    """
    return left(version.item) if is_erased(version.sha256) else version


def editable(version: Version | None) -> Editable:
    """A text as it was written, or its words where it was written in another way; empty for a picture.

    Empty where there is nothing to begin with.
    """
    if version is None:
        return Editable("", "text.md", "text.md", exact=True)
    if version.item.medium != Medium.TEXT:
        return Editable("", "picture", "", exact=True)
    kind = version.media_type.split(";")[0]
    if kind in AS_IT_IS:
        try:
            words = blobs.fetch(version.sha256).decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        else:
            plain = words.replace("\r\n", "\n").replace("\r", "\n")
            return Editable(plain, AS_IT_IS[kind], AS_IT_IS[kind], exact=True)
    document = words_of(version)
    lines = [
        BEGINS.get(block.kind, "") + " ".join(document.text[block.start : block.end].split())
        for block in document.blocks
        if block.kind is not BlockKind.ALTERNATIVE
    ]
    return Editable("\n\n".join(lines) + "\n", AS_HANDED_IN.get(kind, "file"), "text.md", exact=False)
