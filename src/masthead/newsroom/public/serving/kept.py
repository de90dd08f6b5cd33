"""Public answers kept in memory, each as long as nothing on record can have changed it."""

import gzip
from dataclasses import dataclass, replace
from hashlib import sha256

from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.freshness import Rests
from masthead.newsroom.public.serving.store import Store

WORTH_PACKING = 500


@dataclass(frozen=True, slots=True)
class Body:
    """One answer: its bytes and how to send them. `rests` is None for one that is made anew each time.

    `negotiated` is whether it reads differently in another language.
    """

    content: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    rests: Rests | None = None
    negotiated: bool = True
    packed: bytes = b""
    """The content as gzip; empty where that is not worth it."""
    etag: str = ""

    @property
    def weight(self) -> int:
        """Bytes it takes in memory."""
        return len(self.content) + len(self.packed) + 500


def ready(body: Body) -> Body:
    """`body` with its tag, and packed where that makes it shorter."""
    packed = b""
    if len(body.content) > WORTH_PACKING and _is_text(body.media_type):
        packed = gzip.compress(body.content, 6, mtime=0)
    return replace(body, packed=packed, etag=sha256(body.content).hexdigest()[:32])


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or "json" in media_type or "xml" in media_type


store: Store[Asking, Body] = Store()
