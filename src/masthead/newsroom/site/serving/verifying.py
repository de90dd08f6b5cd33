"""The process that verifies the whole log: started and ended by the clock, last in line for the processor.

A log of a million entries takes minutes. It holds no lock, so that commands, checkpoints and pages go on; of
two at once, on one home folder, the second gives way.
"""

import fcntl
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from masthead.errors import Damaged, MastheadError, NotReady
from masthead.language import Message
from masthead.newsroom.site import lines
from masthead.newsroom.site.serving.ending import end_with

logger = logging.getLogger("masthead.serving")

LOCK = "verifying.lock"
NICE = 19
BROKE = 1
UNKEPT = 3
"""The exit code where something was found and could be kept nowhere: the clock remembers it then."""
BROKEN = "broke off"
"""What the file of the lock says after a verification that ended of itself, without a verdict."""


def main(parent: int) -> int:
    """Verify once; gives the exit code. What is found is kept where every process sees it."""
    end_with(parent)
    with suppress(OSError):
        os.nice(NICE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    import django

    django.setup()
    from django.conf import settings

    with (settings.MASTHEAD_HOME / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        return _verified(settings.MASTHEAD_HOME, file)


def _verified(home: Path, file: TextIO) -> int:
    """Verify; `file` says whether the last time broke off."""
    from masthead.newsroom.evidence.trouble import for_good
    from masthead.newsroom.evidence.watch import verify

    try:
        intact = verify().intact
    except NotReady as error:
        if not _begun(home):
            return 0
        _tell(error)
        return BROKE
    except Damaged:
        intact = False
    except Exception as error:  # noqa: BLE001 - the clock comes again
        _tell(error)
        if isinstance(error, MastheadError | OSError | MemoryError) and not for_good(error):
            return BROKE  # the database or the disk is away: nothing is known of the evidence
        file.seek(0)
        if file.read() != BROKEN:
            _say(file, BROKEN)
            return BROKE
        _note(home, error)
        intact = False
    _say(file, "")
    if not intact:
        logger.error("the log does not verify; the record is read-only, see damage.json")
    return UNKEPT if _unkept(home) else 0


def _begun(home: Path) -> bool:
    """Whether there is a record here, also one whose database is not set up any more."""
    from django.db import DatabaseError

    from masthead.newsroom.evidence import high_water
    from masthead.newsroom.evidence.models import LogHead

    try:
        return (home / high_water.FILE).exists() or LogHead.objects.exists()
    except DatabaseError:
        return False


def _tell(error: Exception) -> None:
    logger.error(
        "the log could not be verified", extra={"told": lines.error(type(error), error.__traceback__)}
    )


def _unkept(home: Path) -> bool:
    from masthead.newsroom.evidence import damage

    return bool(damage.unkept.get(str(home)))


def _say(file: TextIO, said: str) -> None:
    file.truncate(0)
    file.write(said)
    file.flush()


def _note(home: Path, error: Exception) -> None:
    """Keep that verification broke off twice running: what cannot be verified is not known to be whole."""
    from masthead.newsroom.evidence import kept
    from masthead.newsroom.evidence.damage import Found

    why = Message("the verification broke off twice running (%(error)s)", {"error": type(error).__name__})
    kept.keep(home, Found(why, None, "schedule"))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
