"""What the processes behind the web have in common: Django, a loop in a thread, an end when told."""

import logging
import os
import threading
from collections.abc import Callable

from masthead.newsroom.site.serving.ending import Told, end_with_supervisor

logger = logging.getLogger("masthead.serving")


def run(loop: Callable[[threading.Event], None]) -> int:
    """Run `loop` until this process is told to end or the loop ends by itself; gives the exit code."""
    end_with_supervisor()
    told, stop, failed = Told(), threading.Event(), list[BaseException]()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    import django

    django.setup()

    def looped() -> None:
        try:
            loop(stop)
        except Exception as error:
            failed.append(error)
            logger.error("broke", exc_info=error)
        finally:
            told.wake()

    thread = threading.Thread(target=looped, name="masthead-loop")
    thread.start()
    told.read()
    stop.set()
    thread.join()
    return 1 if failed else 0
