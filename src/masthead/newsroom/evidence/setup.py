"""Begin a log: its key, its head, and the file that says how far it was published."""

from pathlib import Path

from django.db import transaction

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence import high_water, key_service, keys, signing
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Malformed, check_name


def setup(home: Path, origin: str) -> None:
    """Make what the log needs in `home`, once the tables are there; what is there already stays.

    `origin` names the log for ever: a domain and a path without a scheme, such as `example.org/log`. Raises
    `Refused` where it cannot name a log, or where there is a log of another origin; `NotReady` where the key
    of a log that has signed or recorded anything is gone: a new one is never made in its place unsaid.
    """
    try:
        check_name(origin)
    except Malformed as error:
        raise Refused(
            Message("A log cannot have this origin."),
            Message("Give a domain and a path without white space, such as example.org/log."),
        ) from error
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with told_plainly():
        head = LogHead.objects.first()
        if head is not None and head.origin != origin:
            raise Refused(
                Message("There is a log of another origin here."),
                Message("Use its origin, or choose another folder with MASTHEAD_HOME."),
            )
        _see_to_the_key(home, origin, head)
        # The file before the head: a head without its file takes no entry, and a crash between the two would
        # leave that. The other way round, running again completes it.
        if not (home / high_water.FILE).exists() and (head is None or head.size == 0):
            high_water.write(home, high_water.HighWater(origin, 0, EMPTY_ROOT))
        with transaction.atomic(durable=True), permit("INSERT", LogHead._meta.db_table):
            LogHead.objects.get_or_create(pk=1, defaults={"origin": origin})


def _see_to_the_key(home: Path, origin: str, head: LogHead | None) -> None:
    if head is not None and (head.size > 0 or Checkpoint.objects.exists()):
        current = ring(home).current
        signing.signer_of(home, current)
        keys.write_public(home, current)
        return
    service = key_service.service()
    if service is None:
        keys.create(home, origin)
    else:
        keys.write_public(home, key_service.newest(service, origin).key)
