"""Where the clock was set back between two entries.

What the clock said is recorded as it said it: a newsroom cannot stop for a clock, and a time made up to fit
would be believed. The order of entries is that of their places; checkpoints, witnesses and stamps bound when.
"""

from django.db.models import F, Window
from django.db.models.functions import Lag

from masthead.newsroom.evidence.models import Entry

SHOWN = 10


def went_back() -> list[int]:
    """The places of the first entries that are dated before the entry at the place before them."""
    before = Window(Lag("recorded_at"), order_by=F("place").asc())
    dated = Entry.objects.annotate(before=before).filter(recorded_at__lt=F("before"))
    return list(dated.order_by("place").values_list("place", flat=True)[:SHOWN])
