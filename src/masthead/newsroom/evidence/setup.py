"""Begin a log: its key, its head, and the file that says how far it was published."""

from pathlib import Path

from django.db import transaction

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence import high_water, keys
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Malformed, check_name


def setup(home: Path, origin: str) -> None:
    """Make what the log needs in `home`, once the tables are there; what is there already stays.

    `origin` names the log for ever: a domain and a path without a scheme, such as `example.org/log`. Raises
    `Refused` where it cannot name a log, or where there is a log of another origin.
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
        keys.create(home, origin)
        # The file before the head: a head without its file takes no entry, and a crash between the two would
        # leave that. The other way round, running again completes it.
        if not (home / high_water.FILE).exists() and (head is None or head.size == 0):
            high_water.write(home, high_water.HighWater(origin, 0, EMPTY_ROOT))
        with transaction.atomic(durable=True), permit("INSERT", LogHead._meta.db_table):
            LogHead.objects.get_or_create(pk=1, defaults={"origin": origin})
