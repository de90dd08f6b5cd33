"""Find the files of the blob store that no record names, and take them away when they are old enough.

What was handed in for a correction that was never sent, or before a crash or a refusal, stays in the store:
a copy of somebody's text that nobody sees, and that erasing does not reach.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model

from masthead.errors import Damaged, NotReady
from masthead.newsroom import lasting
from masthead.newsroom.evidence import high_water, keys, keys_left
from masthead.newsroom.evidence.high_water import HighWater
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.standing import standing
from masthead.newsroom.items import blobs, gone_through
from masthead.newsroom.items.gone_through import GoneThrough

logger = logging.getLogger(__name__)

OLD = timedelta(days=2)
"""How long a file may wait for the record that names it: for a correction that is begun, a day."""
AT_ONCE = 5000
"""So many names are looked for in the record in one query."""
PARTS = 24
"""The store is gone through in so many parts, by the first digits of the names."""
_NAME = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"\.[0-9a-f]{16}\.part")


def take_away_due(now: datetime) -> int:
    """Go through every part that is due at a time: each is once a day; how many files went.

    What was due while no worker ran is made up for, so that a machine that is on in the morning alone goes
    through all of it. Nothing goes while the log is not sound: an older database does not name what came
    after it, and then the files are all that is left.
    """
    home: Path = settings.MASTHEAD_HOME
    hour = int(now.timestamp() // 3600)
    through = gone_through.read(home)
    # A clock that was wrong for a while must not put it off for as long.
    last = through.hour if through and through.hour <= hour else hour - PARTS
    before = (now - OLD).timestamp()
    # What a kill left of a key on its way to its name may be that key.
    gone = sum(lasting.swept(folder, before) for folder in (home, home / keys.FOLDER))
    if sound(home) is not None:
        gone += keys_left.swept_of_log(home, before)
    for due in range(max(last, hour - PARTS) + 1, hour + 1):
        if (mark := sound(home)) is None:
            break
        try:
            gone += _go_through(due % PARTS, before)
        except BlockingIOError:  # somebody keeps a file, or copies them all: the next round begins here
            break
        gone_through.write(home, GoneThrough(due, mark))
    return gone


def remember() -> None:
    """Remember how far the log goes by now, while it is sound: see `gone_through`.

    What is recorded after that and lost with an older database is missed by nobody, and its files go as
    leftovers: so this is done far more often than anything is taken away.
    """
    home: Path = settings.MASTHEAD_HOME
    through = gone_through.read(home)
    if through is not None and (mark := sound(home)) is not None:
        gone_through.write(home, replace(through, log=mark))


def sound(home: Path) -> HighWater | None:
    """How far the log goes, so that what the record does not name may go.

    None where it is damaged, or behind what was published or was here before.
    """
    try:
        published, through = high_water.read(home), gone_through.read(home)
        return standing(published, *([through.log] if through else []))
    except NotReady:  # nothing was founded here yet
        return None
    except Damaged:
        if LogHead.objects.exists():
            logger.warning("files that no record names are kept, for the log is damaged")
        return None


def _go_through(part: int, before: float) -> int:
    """Take away what nobody names among the files of a part that are older than `before`."""
    first, last = (256 * each // PARTS for each in (part, part + 1))
    gone = 0
    for old in batched((path for path in _files(first, last) if _older(path, before)), AT_ONCE):
        kept = named([path.name for path in old])
        gone += sum(blobs.take_away(path, before=before) for path in old if path.name not in kept)
    return gone


def _files(first: int, last: int) -> Iterator[Path]:
    """The files of ours in the folders from `first` to before `last`; a stranger's file is left alone."""
    for number in range(first, last):
        folder = blobs.folder() / f"{number:02x}"
        for path in folder.iterdir() if folder.is_dir() else ():
            if _NAME.fullmatch(path.name) or _PART.fullmatch(path.name):
                yield path


def _older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def named(digests: list[str]) -> set[str]:
    """Which of these any row names, of whatever kind: rather one too many than one too few.

    Asked by what they are, never by what they lie between: what comes between two texts is a matter of the
    database's language, and in Danish `aa` comes after `z`.
    """
    return {
        name
        for model in apps.get_models()
        for column in _columns(model)
        for name in model._base_manager.filter(**{f"{column}__in": digests}).values_list(column, flat=True)
    }


def _columns(model: type[Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [each.name for each in fields if isinstance(each, CharField) and each.name.endswith("sha256")]
