"""The key of our witness whose making was cut off: taken away once it is old and no record names it."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from masthead.errors import MastheadError
from masthead.newsroom.evidence import keys_left
from masthead.newsroom.items import leftovers
from masthead.newsroom.turns import turn
from masthead.newsroom.witness import keys
from masthead.newsroom.witness.models import OwnKey
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Malformed

NAME = f"{keys.PRIVATE.name}.new"


def take_away_due(now: datetime) -> int:
    """Take it away; how many went. Nothing goes while the log is not sound, nor while a key is being made.

    An older database does not name the key that was put on record after it.
    """
    home: Path = settings.MASTHEAD_HOME
    before = (now - leftovers.OLD).timestamp()
    if not (home / keys.PRIVATE.parent / NAME).exists() or leftovers.sound(home) is None:
        return 0
    with suppress(MastheadError, Malformed), turn(home, keys.TURN):
        return keys_left.swept(home, re.compile(re.escape(NAME)), before, lambda: _on_record(home))
    return 0


def _on_record(home: Path) -> set[bytes]:
    known = (CosignerKey.parse(line) for line in OwnKey.objects.values_list("key", flat=True))
    return {keys.bound(home), *(each.public_key for each in known)}
