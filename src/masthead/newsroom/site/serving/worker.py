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

    _warm()
    work(stop, stuck=_end)


def _warm() -> None:
    """Check a few words of our own: what the checks load takes longer than the checks, and is loaded here."""
    from masthead import checks, reading
    from masthead.checks.subject import Source, Subject

    words = reading.read(b'Ann Lee paid 12 florins on 3 May 2024, "all of it".', name="words.md")
    # A check that raises is told of where it is asked for.
    checks.run(Subject(document=words, language="en", sources=(Source("words.md", words),)))


def _end(job: str) -> None:
    """A thread cannot be ended, a process can: the next worker takes its jobs over."""
    logger.error("a job would not end", extra={"told": {"job": job}})
    os._exit(STUCK)


if __name__ == "__main__":
    sys.exit(part.run(loop))
