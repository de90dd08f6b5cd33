"""The log of the running software: one line of JSON for each event, with nothing personal in it.

What our own code logs (`masthead.…`) names parts, jobs and routes, never persons, titles or addresses. What
others' code logs may hold anything, so only who, how bad and where is kept of it; of an error its kind and
the places it came through, never what it says.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

OURS = "masthead"
PLACES = 8
"""How many places an error came through are kept, the innermost last."""


class Lines(logging.Formatter):
    """Each record as a JSON object on one line; `extra={"told": {...}}` adds fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        ours = record.name.split(".")[0] == OURS
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        said |= {"event": record.getMessage()} if ours else {"place": f"{record.module}:{record.lineno}"}
        said |= getattr(record, "told", {}) if ours else {}
        if record.exc_info and record.exc_info[0]:
            said |= error(record.exc_info[0], record.exc_info[2])
        return json.dumps(said, ensure_ascii=True)


def error(kind: type[BaseException], through: TracebackType | None) -> dict[str, Any]:
    """What may be kept of an error: its kind, and the places it came through."""
    frames = traceback.extract_tb(through)[-PLACES:]
    return {
        "error": f"{kind.__module__}.{kind.__qualname__}",
        "through": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _short(path: str) -> str:
    """The last parts of a path: enough to find the file, and nothing of whose machine this is."""
    return "/".join(Path(path).parts[-3:])


class ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to the standard error of the moment, as whoever runs this has redirected it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # an attribute there, looked up at each line here
        """Where lines go."""
        return sys.stderr


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": f"{__name__}.Lines"}},
    "handlers": {
        "standard error": {"()": f"{__name__}.ToStandardError", "formatter": "lines"},
        # A logger with no handler at all would fall back to the interpreter's own, which prints everything.
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["standard error"], "level": "WARNING"},
    "loggers": {
        OURS: {"level": "INFO"},
        # Each request and each fault has its line from `logged` already, without its address.
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"level": "ERROR"},
        "granian.access": {"handlers": ["nowhere"], "propagate": False},
        "_granian": {"level": "WARNING"},
    },
}
"""For `logging.config.dictConfig`."""
