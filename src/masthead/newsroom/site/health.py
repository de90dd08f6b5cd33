"""Whether the served desk is up, and whether it can be used: for who looks after it, not for who works in it.

`/health` answers as long as the process does. `/ready` looks at what the desk needs, names what is not well,
and holds no figure or name: anyone may ask.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from masthead.newsroom.accounts.access import public
from masthead.newsroom.evidence import damage, durable, kept
from masthead.newsroom.evidence.keys_shown import shown
from masthead.newsroom.evidence.models import Entry, LogHead
from masthead.newsroom.jobs import health as jobs_health
from masthead.newsroom.site.asked import Asked
from masthead.newsroom.site.lines import error as told
from masthead.newsroom.site.logged import logger

BEAT = timedelta(seconds=60)
"""How long ago the worker may have said that it is at work: it does so every five seconds."""
ROOM = 200_000_000
"""Bytes that must be free on the home folder's disk, besides two of the largest files that may come in."""
KEY_SERVICE_EVERY = 60.0
"""Seconds for which what a key service says is kept: anyone may ask us, and each answer of its own costs."""
SKEW = timedelta(minutes=5)
"""How far behind the newest entry of the log the clock may be: clocks are set, by little."""


@public
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """This process answers. `read_only`: the record was found damaged; public pages go on all the same."""
    read_only = damage.is_there(settings.MASTHEAD_HOME)
    return JsonResponse({"ok": True} | ({"read_only": True} if read_only else {}))


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Each thing that the desk needs, and whether it is well; 503 where one is not."""
    found = {name: _well(name, check) for name, check in CHECKS.items()}
    well = all(found.values())
    return JsonResponse({"ok": well, "checks": found}, status=200 if well else 503)


def _well(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever it is, this is not well, and the others are looked at
        logger.warning("not ready", extra={"told": {"check": name} | told(type(error), error.__traceback__)})
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        answers = bool(cursor.fetchone() == (1,))
    durable.refuse()
    return answers


_applied = set[str]()
"""Databases found to have every migration: one that is behind is asked again, for it may catch up."""


def _migrations() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _applied:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _applied.add(name)
    return True


def _log() -> bool:
    """The head and the newest entry agree, and nothing was found damaged that no person has put right.

    Before an organisation is begun there is none, which is well.
    """
    if kept.is_there(settings.MASTHEAD_HOME):
        return False
    head = LogHead.objects.first()
    newest = Entry.objects.order_by("-place").first()
    return (head.size if head else 0) == (newest.place + 1 if newest else 0)


def _worker() -> bool:
    beat = jobs_health().last_beat
    return beat is not None and datetime.now(UTC) - beat < BEAT


def _disk() -> bool:
    return shutil.disk_usage(settings.MASTHEAD_HOME).free > ROOM + 2 * settings.MASTHEAD.max_upload


def _clock() -> bool:
    newest = Entry.objects.order_by("-place").first()
    return newest is None or datetime.now(UTC) > newest.recorded_at - SKEW


def _signs() -> bool:
    return shown(settings.MASTHEAD_HOME).well


_service = Asked(_signs, KEY_SERVICE_EVERY)


def _key() -> bool:
    """What should sign the log can. Before a log is begun there is no key, which is well."""
    if not LogHead.objects.exists():
        return True
    return _service() if settings.MASTHEAD.log_signer else _signs()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "log": _log,
    "key": _key,
    "worker": _worker,
    "disk": _disk,
    "clock": _clock,
}
"""What `/ready` looks at, by the name it gives."""
