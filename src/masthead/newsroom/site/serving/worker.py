"""The process that does jobs."""

import logging
import os
import sys
import threading

from masthead.newsroom.site.serving import part

logger = logging.getLogger("masthead.serving")

STUCK = 70
"""Exit code after a job that would not end (EX_SOFTWARE of sysexits.h)."""


def loop(stop: threading.Event) -> None:
    """Do jobs until told to stop."""
    from masthead.newsroom.jobs import work

    work(stop, stuck=_end)


def _end(job: str) -> None:
    """A thread cannot be ended, a process can: the next worker takes its jobs over."""
    logger.error("a job would not end", extra={"told": {"job": job}})
    os._exit(STUCK)


if __name__ == "__main__":
    sys.exit(part.run(loop))
