"""What a form hands in, as the commands take it."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from masthead import exchange
from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom import outside
from masthead.newsroom.items.given import Given
from masthead.reading import refusals

PASTED = "pasted.md"
MOST_ADDRESSES = 10
"""Pages fetched for one form: each may take seconds."""
SECONDS = 30.0
"""How long all pages of one form may take together: a person waits, and so do others behind them."""


def file_given(file: "UploadedFile[Any]") -> Given:
    """An uploaded file, looked at for its size before it is read into memory."""
    size, most = file.size or 0, settings.MASTHEAD.max_upload
    if size > most:
        raise refusals.too_large(size, most)
    return Given(file.name or "?", file.read())


def text_given(words: str, name: str = PASTED) -> Given:
    """Pasted words."""
    return Given(name, words.encode())


def fetched(address: str, deadline: exchange.Deadline | None = None) -> Given:
    """The page at `address`, fetched now. Raises what `exchange.fetch` refuses."""
    limits = exchange.Limits(size=settings.MASTHEAD.max_upload)
    wanted = address if "://" in address else f"https://{address}"
    page = exchange.fetch(wanted, limits=limits, allow=outside.allowed(), deadline=deadline)
    return Given(_name(page.url, page.media_type), page.content, page.url, page.fetched_at)


def _name(address: str, media_type: str) -> str:
    """A file name for a page, so that what it is can be told where its bytes do not say."""
    last = PurePosixPath(unquote(urlsplit(address).path)).name or "page"
    kind = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt"}.get(media_type.split(";")[0])
    return last if PurePosixPath(last).suffix or kind is None else last + kind


def sources_given(files: "Iterable[UploadedFile[Any]]", notes: str, addresses: list[str]) -> list[Given]:
    """The sources of a form. One that cannot be fetched refuses the whole, so that none is missed unseen."""
    if len(addresses) > MOST_ADDRESSES:
        raise Refused(
            Message("At most %(n)d addresses are fetched at once.", {"n": MOST_ADDRESSES}),
            Message("Add the rest afterwards, on the page of the item."),
        )
    return list(_sources(files, notes, addresses))


def _sources(files: "Iterable[UploadedFile[Any]]", notes: str, addresses: Iterable[str]) -> Iterator[Given]:
    yield from (file_given(file) for file in files)
    if notes:
        yield text_given(notes, str(Message("Pasted notes")) + ".txt")
    deadline = exchange.Deadline(SECONDS)
    yield from (fetched(address, deadline) for address in addresses)
