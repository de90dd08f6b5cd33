"""From a file to a `Document`; the parsing is done by the runner's child."""

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

from masthead.errors import MastheadError
from masthead.reading import refusals
from masthead.reading.canonical import canonical_form
from masthead.reading.document import Block, BlockKind, Document, Link, Picture
from masthead.reading.limits import USUAL, Limits
from masthead.runner import Failed, Reason, call, register
from masthead.vocabulary import Medium

_EXTRACT = "reading.extract"
register(_EXTRACT, "masthead.reading.inside:extract")


def read(
    content: bytes, *, name: str = "", media_type: str | None = None, limits: Limits = USUAL
) -> Document:
    """What `content` says.

    Its kind is told from the bytes; `name` and `media_type` only decide between Markdown, HTML fragments
    and plain text, and `media_type` may carry a `charset`. The parser runs apart, under `limits`.

    Raises:
        CannotRead: with what is wrong with the file and what to do.
        Unavailable: the child that parses could not be started.

    """
    if len(content) > limits.size:
        raise refusals.too_large(len(content), limits.size)
    if not content:
        raise refusals.empty()
    header = {"name": name, "media_type": media_type, "limits": limits.to_json()}
    answer, blobs = asked(_EXTRACT, header, content, limits)
    try:
        return _document(content, answer, blobs)
    except Failed as failed:
        raise _said(failed, limits) from None


def asked(
    function: str, header: dict[str, Any], content: bytes, limits: Limits
) -> tuple[dict[str, Any], list[bytes]]:
    """What the child answers; its failures in the words of someone who handed in a file."""
    try:
        return call(function, header, content, seconds=limits.seconds, memory=limits.memory)
    except Failed as failed:
        raise _said(failed, limits) from None


def read_path(path: str | os.PathLike[str], *, limits: Limits = USUAL) -> Document:
    """What the file at `path` says; see `read`. Errors do not name the path: the caller knows it."""
    return read(contents(path, limits=limits), name=Path(path).name, limits=limits)


def contents(path: str | os.PathLike[str], *, limits: Limits = USUAL) -> bytes:
    """The bytes of the file at `path`, where it is an ordinary file of allowed size; else `CannotRead`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise refusals.is_folder() if stat.S_ISDIR(found.st_mode) else refusals.not_a_file()
            if found.st_size > limits.size:
                raise refusals.too_large(found.st_size, limits.size)
            content = file.read(limits.size + 1)
    except (OSError, ValueError) as error:
        raise _path_refused(error) from None
    if len(content) > limits.size:
        raise refusals.too_large(len(content), limits.size)
    return content


def _path_refused(error: Exception) -> MastheadError:
    match getattr(error, "errno", None):
        case errno.ENOENT | errno.ENOTDIR | errno.ENAMETOOLONG | errno.ELOOP | None:
            return refusals.missing()
        case errno.EISDIR:
            return refusals.is_folder()
        case errno.EACCES | errno.EPERM:
            return refusals.not_permitted()
        case errno.ENXIO:
            return refusals.not_a_file()
        case _:
            return refusals.disk_failed()


def _document(content: bytes, answer: dict[str, Any], blobs: list[bytes]) -> Document:
    """The child's answer as a document; it has handled a stranger's file, so nothing is taken on trust."""
    try:
        media_type, text = str(answer["media_type"]), blobs[0].decode()
        digest = sha256(content).hexdigest()
        if media_type.startswith("image/"):
            width, height = int(answer["width"]), int(answer["height"])
            return Document(
                Medium.IMAGE, media_type, digest, digest, len(content), width=width, height=height
            )
        blocks = tuple(Block(BlockKind(kind), *_span(text, *place)) for kind, *place in answer["blocks"])
        links = tuple(Link(str(target), *_span(text, *place)) for target, *place in answer["links"])
        pictures = tuple(Picture(str(a), str(alt), int(block)) for a, alt, block in answer["pictures"])
        title = None if answer["title"] is None else str(answer["title"])
        canonical = sha256(canonical_form(text, blocks, links, pictures)).hexdigest()
    except (KeyError, IndexError, TypeError, ValueError):
        raise Failed(Reason.REPLY) from None
    return Document(
        Medium.TEXT, media_type, digest, canonical, len(content), text, title, blocks, links, pictures
    )


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    if type(start) is int and type(end) is int and 0 <= start <= end <= len(text):
        return start, end
    raise ValueError("a place outside the text")


def _said(failed: Failed, limits: Limits) -> MastheadError:
    """A failure at arm's length in the words of someone who handed in a file."""
    match failed.reason:
        case Reason.START:
            return failed
        case Reason.TIME:
            return refusals.took_too_long(limits.seconds)
        case Reason.MEMORY:
            return refusals.took_too_much()
        case Reason.SIZE:
            return refusals.too_long(limits.characters)
        case _:
            return refusals.broke()
