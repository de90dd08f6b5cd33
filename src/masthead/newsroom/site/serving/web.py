"""The process that answers requests: granian, which starts its own workers and starts again what died."""

import os
import sys
from collections.abc import Callable
from typing import Any

from masthead.newsroom.site import lines
from masthead.newsroom.site.serving.ending import end_with, end_with_supervisor

THREADS = 4
"""How many requests a worker answers at once. Measured: four threads, one worker is best on SQLite."""
IN_FLIGHT = 15
"""Seconds that requests under way have to finish when the process is told to end."""
IDLE = 600
"""Seconds after which an idle thread ends, and with it its connection to the database."""


def serve(host: str, port: int) -> None:
    """Answer on `host` and `port` until told to end."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    end_with_supervisor()
    server = Granian(
        target="masthead.newsroom.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if "sqlite" in settings.DATABASES["default"]["ENGINE"] else settings.MASTHEAD.workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE,
        websockets=False,
        log_dictconfig=lines.CONFIG,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=IN_FLIGHT,
    )
    server.serve(target_loader=_Loaded(os.getpid()), wrap_loader=False)


class _Loaded:
    """Loads the application in a worker, which ends with the process that started it."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def __call__(self) -> Callable[..., Any]:
        end_with(self._parent)
        from masthead.newsroom.site.wsgi import application

        return application


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    serve(sys.argv[1], int(sys.argv[2]))
