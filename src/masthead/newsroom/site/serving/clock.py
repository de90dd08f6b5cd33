"""The process that keeps time: checkpoints of the log go out, and lists catch up with the log.

Unpublished work must show no rhythm: a checkpoint comes out by the clock and not by what happened, and each
wait is longer or shorter by chance. A publication brings its own checkpoint out at once.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from secrets import SystemRandom
from time import monotonic

from masthead.errors import NotReady
from masthead.language import Message
from masthead.newsroom.site import lines
from masthead.newsroom.site.serving import part
from masthead.newsroom.site.serving.verifying import UNKEPT

logger = logging.getLogger("masthead.serving")

CATCH_UP_EVERY = 60.0
FORGET_EVERY = 6 * 3600.0
FORGET_COUNTS_EVERY = 600.0
AT_MOST = 5.0
"""Seconds between two looks at the clock."""
FIRST_VERIFIED = 60.0
"""Seconds after a start until all of the log is verified for the first time."""
LOOK_AGAIN_EVERY = 600.0
FOLLOW_EVERY = 60.0
"""Until pages here say what another host has found damaged, or put right; commands ask each time."""
ERASE_EVERY = 600.0
PAGES_EVERY = 60.0
FIRST_PAGES = 5.0
"""Seconds after a start until pages are written of what was recorded by a command that was cut off."""
FIRST_ERASED = 30.0
"""Seconds after a start until what an erasure that was cut off left to do is done."""
VERIFIER = "masthead.newsroom.site.serving.verifying"


@dataclass(slots=True)
class Round:
    """Something to do about every `seconds` seconds: `spread` is the part of it that is left to chance."""

    name: str
    do: Callable[[], object]
    seconds: float
    spread: float = 0.0
    first: float | None = None
    """Seconds until the first time, where that is not the usual wait."""
    due: float = field(init=False)

    def __post_init__(self) -> None:
        self.due = monotonic() + (self.wait() if self.first is None else self.first)

    def wait(self) -> float:
        """How long until the next time."""
        return self.seconds * (1 + SystemRandom().uniform(-self.spread, self.spread))


class Verifying:
    """Verifies the whole log in a process of its own, and does not wait for it: the other rounds go on."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self) -> None:
        """Begin, unless the last one still runs."""
        if self.process is None or self.process.poll() is not None:
            # It ends with this process, as it stays in its group.
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", VERIFIER, str(os.getpid())], stdin=subprocess.DEVNULL
            )

    @property
    def unkept(self) -> bool:
        """Whether the last one found something and could keep it nowhere."""
        return self.process is not None and self.process.poll() == UNKEPT

    def end(self) -> None:
        """End it: nothing of it is half done, as it only reads until it has something to keep."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def loop(stop: threading.Event) -> None:
    """Go the rounds until told to stop."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from masthead.newsroom.evidence.publish import publish_checkpoint
    from masthead.newsroom.evidence.watch import look
    from masthead.newsroom.retention.finishing import finish_pages
    from masthead.newsroom.retention.schedule import go_round
    from masthead.newsroom.site.counts import Counts
    from masthead.newsroom.worklist import catch_up

    verifying = Verifying()
    rounds = (
        Round("checkpoint", publish_checkpoint, settings.MASTHEAD.publish_every, spread=0.5),
        Round("look at the log", look, LOOK_AGAIN_EVERY),
        Round("follow what was found damaged", partial(follow, verifying), FOLLOW_EVERY),
        Round("verify the log", verifying, settings.MASTHEAD.verify_every, first=FIRST_VERIFIED),
        Round("catch up", catch_up, CATCH_UP_EVERY),
        Round("write pages that are left", finish_pages, PAGES_EVERY, first=FIRST_PAGES),
        Round("erase what is due", go_round, ERASE_EVERY, first=FIRST_ERASED),
        Round("forget counts that ran out", Counts("", {}).forget, FORGET_COUNTS_EVERY),
        Round("forget sessions that ended", SessionStore.clear_expired, FORGET_EVERY),
    )
    while not stop.wait(min(AT_MOST, max(0.05, min(each.due for each in rounds) - monotonic()))):
        for each in rounds:
            if monotonic() >= each.due:
                go(each)
                each.due = monotonic() + each.wait()
    verifying.end()


def follow(verifying: Verifying) -> None:
    """Keep what could not be kept yet, and learn what other hosts found or put right."""
    from django.conf import settings

    from masthead.newsroom.evidence import damage, kept

    home = settings.MASTHEAD_HOME
    if verifying.unkept and not damage.unkept.get(str(home)):
        why = Message("the log does not verify, and what was found could not be kept then")
        kept.remember(home, damage.Found(why, None, "schedule").content())
    kept.follow(home)
    if verifying.unkept and not damage.unkept.get(str(home)):
        verifying()  # there is room again: to say what it is


def go(each: Round) -> None:
    """Go a round once. What it raises is a line in the log, and the next time it is tried again."""
    from django.db import connection

    try:
        each.do()
    except Exception as error:  # noqa: BLE001 - the database may be away; the clock goes on
        # Where nobody has begun a record yet nothing is ready, and that is well; later on it means a key that
        # is gone, and no checkpoint comes out until somebody is told.
        if not isinstance(error, NotReady) or _begun():
            told = {"round": each.name} | lines.error(type(error), error.__traceback__)
            logger.error("a round failed", extra={"told": told})
    finally:
        # Minutes pass until the next: a connection is not kept open for that.
        connection.close()


def _begun() -> bool:
    from django.conf import settings

    from masthead.newsroom.evidence.high_water import FILE

    return (settings.MASTHEAD_HOME / FILE).exists()


if __name__ == "__main__":
    sys.exit(part.run(loop))
