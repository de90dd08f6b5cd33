"""What was handed in, as it was handed in: never shown as a page of ours.

A file saved here is named by us: what people call their files may name who gave them.
"""

from collections.abc import Mapping
from pathlib import PurePath
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from masthead.desk.items import about_item
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Item
from masthead.reading.kinds import Kind

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What a browser shows without running anything in it."""
NEUTRAL = "application/octet-stream"
TEXTS = frozenset({"text/plain", "text/markdown", "application/pdf"})
ENDINGS: Mapping[str, str] = {
    Kind.MARKDOWN: ".md",
    Kind.HTML: ".html.txt",  # a page saved and opened would run what is in it, past our sandbox
    Kind.PLAIN: ".txt",
    Kind.DOCX: ".docx",
    Kind.PDF: ".pdf",
    Kind.JPEG: ".jpg",
    Kind.PNG: ".png",
    Kind.WEBP: ".webp",
}
"""By the kind that the content is, whatever it was called."""
UNREAD = frozenset(
    {".csv", ".flac", ".gif", ".json", ".m4a", ".mov", ".mp3", ".mp4", ".odt", ".ogg", ".opus"}
)
UNREAD |= {".rtf", ".tif", ".tiff", ".wav", ".webm", ".xlsx", ".zip"}
"""What the name of a source that we do not read may say of its kind: nothing that runs by being opened."""


@about_item()
def version_file(request: HttpRequest, item: Item, number: int) -> HttpResponse:
    """The bytes of a version."""
    version = item.versions.filter(number=number).first()
    if version is None:
        raise _missing()
    return served(request, item, version.sha256, version.media_type, str(number))


@about_item()
def source_file(request: HttpRequest, item: Item, pk: UUID) -> HttpResponse:
    """The bytes of a source of one of the item's versions."""
    from masthead.newsroom.items.models import Source

    source = Source.objects.filter(pk=pk, version__item=item).first()
    if source is None:
        raise _missing()
    said = PurePath(source.label).suffix.lower()
    return served(request, item, source.sha256, source.media_type, f"source-{source.sha256[:8]}", said)


def _missing() -> NotFound:
    return NotFound(
        Message("The item has no such file."), Message("Look at what the page of the item lists.")
    )


def served(
    request: HttpRequest, item: Item, digest: str, media_type: str, name: str, said: str = ""
) -> HttpResponse:
    """Kept bytes as a file to save; a picture as a picture. No script in them ever runs as ours.

    It is called by its item and `name`, and ends as its kind does; where we read none, as `said` if harmless.

    Whoever shows it again asks again; of a protected item nothing stays on a device.
    """
    known = media_type.split(";")[0].strip().lower()
    shown = known in PICTURES
    answer = HttpResponse(blobs.fetch(digest), content_type=known if shown or known in TEXTS else NEUTRAL)
    kind = "inline" if shown else "attachment"
    ending = ENDINGS.get(known) or (said if said in UNREAD else ".bin")
    answer["Content-Disposition"] = f'{kind}; filename="{item.public_id[:8]}-{name}{ending}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    if item.protected:
        answer["Cache-Control"] = "private, no-store"
        return answer
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = tag = f'"{digest}"'
    again = get_conditional_response(request, etag=tag, response=answer)
    assert isinstance(again, HttpResponse)  # noqa: S101 - one was handed in
    return again
