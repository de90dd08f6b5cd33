"""The process that verifies the whole log: started and ended by the clock, last in line for the processor.

A log of a million entries takes minutes. It holds no lock, so that commands, checkpoints and pages go on; of
two at once, on one home folder, the second gives way.
"""

import fcntl
import logging
import os
import sys
from contextlib import suppress

from masthead.errors import Damaged, NotReady
from masthead.newsroom.site import lines
from masthead.newsroom.site.serving.ending import end_with

logger = logging.getLogger("masthead.serving")

LOCK = "verifying.lock"
NICE = 19
BROKE = 1


def main(parent: int) -> int:
    """Verify once; gives the exit code. What is found is kept where every process sees it."""
    end_with(parent)
    with suppress(OSError):
        os.nice(NICE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    import django

    django.setup()
    from django.conf import settings

    from masthead.newsroom.evidence.watch import verify

    with (settings.MASTHEAD_HOME / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        try:
            intact = verify().intact
        except NotReady:
            return 0  # nobody has begun a record here yet
        except Damaged:
            intact = False
        except Exception as error:  # noqa: BLE001 - the database may be away; the clock comes again
            logger.error(
                "the log could not be verified", extra={"told": lines.error(type(error), error.__traceback__)}
            )
            return BROKE
    if not intact:
        logger.error("the log does not verify; the record is read-only, see damage.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
