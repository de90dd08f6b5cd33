"""Whether the log can be signed, for the pages where whoever looks after the machine begins."""

from pathlib import Path

from django.conf import settings

from masthead.errors import MastheadError
from masthead.newsroom.evidence.keys_shown import trouble
from masthead.newsroom.site.asked import Asked

KEEP = 60.0
"""Seconds for which what a key service says is kept: it may take its time, and no page is to wait."""


def key_trouble() -> MastheadError | None:
    """What keeps the log's key from signing, by a service's word a minute ago; None where nothing does."""
    if not settings.MASTHEAD.log_signer:
        return trouble(Path(settings.MASTHEAD_HOME))
    _service()
    return _said[0]


def _ask() -> bool:
    _said[0] = trouble(Path(settings.MASTHEAD_HOME))
    return _said[0] is None


_said: list[MastheadError | None] = [None]
_service = Asked(_ask, KEEP)
