"""What was handed in, as it was handed in: never shown as a page of ours."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from masthead.desk.items import about_item
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Item

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What a browser shows without running anything in it."""
NEUTRAL = "application/octet-stream"
TEXTS = frozenset({"text/plain", "text/markdown", "application/pdf"})


@about_item()
def version_file(request: HttpRequest, item: Item, number: int) -> HttpResponse:
    """The bytes of a version."""
    version = item.versions.filter(number=number).first()
    if version is None:
        raise _missing()
    name = f"{item.public_id[:8]}-{number}"
    return served(request, item, version.sha256, version.media_type, name)


@about_item()
def source_file(request: HttpRequest, item: Item, pk: UUID) -> HttpResponse:
    """The bytes of a source of one of the item's versions."""
    from masthead.newsroom.items.models import Source

    source = Source.objects.filter(pk=pk, version__item=item).first()
    if source is None:
        raise _missing()
    return served(request, item, source.sha256, source.media_type, source.label)


def _missing() -> NotFound:
    return NotFound(
        Message("The item has no such file."), Message("Look at what the page of the item lists.")
    )


def served(request: HttpRequest, item: Item, digest: str, media_type: str, name: str) -> HttpResponse:
    """Kept bytes as a file to save; a picture as a picture. No script in them ever runs as ours.

    Whoever shows it again asks again; of a protected item nothing stays on a device.
    """
    known = media_type.split(";")[0].strip().lower()
    shown = known in PICTURES
    answer = HttpResponse(blobs.fetch(digest), content_type=known if shown or known in TEXTS else NEUTRAL)
    kind = "inline" if shown else "attachment"
    answer["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
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
