"""Begin a log: its key, its head, and the file that says how far it was published."""

from pathlib import Path

from django.db import transaction

from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.evidence import high_water, key_service, keys, missing, signing
from masthead.newsroom.evidence.guard import permit
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.models import Checkpoint, LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.hashes import EMPTY_ROOT
from masthead.tlog.note import Malformed, check_name


def setup(home: Path, origin: str) -> None:
    """Make what the log needs in `home`, once the tables are there; what is there already stays.

    `origin` names the log for ever: a domain and a path without a scheme, such as `example.org/log`. Raises
    `Refused` where it cannot name a log, where there is a log of another origin, or a key that may have
    signed for a log that is gone; `NotReady` where the key of a log that has signed or recorded anything is
    gone: a new one is never made in its place unsaid.
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
        begun = head is not None and (head.size > 0 or Checkpoint.objects.exists())
        # The file before the key and the head. A key without it may have signed, and was put back alone; a
        # head without it takes no entry. The other way round, running again completes it.
        if not begun:
            missing.refuse_to_begin(home)
            _write_the_mark(home, high_water.HighWater(origin, 0, EMPTY_ROOT))
        _see_to_the_key(home, origin, begun=begun)
        with transaction.atomic(durable=True), permit("INSERT", LogHead._meta.db_table):
            LogHead.objects.get_or_create(pk=1, defaults={"origin": origin})


def look_first(home: Path) -> None:
    """Refuse what `setup` would refuse of this folder, before a database is begun for it."""
    missing.refuse_to_begin(home)
    if missing.no_log():
        if (home / high_water.FILE).exists():
            high_water.read(home)
        else:
            _refuse_a_key_that_may_have_signed(home)


def _write_the_mark(home: Path, mark: high_water.HighWater) -> None:
    if not (home / high_water.FILE).exists():
        _refuse_a_key_that_may_have_signed(home)
        high_water.write(home, mark)
    elif (there := high_water.read(home)).size == 0 and there.origin != mark.origin:
        # A first run was cut off before the head, and this one has another origin: nothing went out yet.
        high_water.write(home, mark)


def _refuse_a_key_that_may_have_signed(home: Path) -> None:
    """A second log under the same key and origin would sign what contradicts the first."""
    # The public line counts too: where a service holds the key, it is all that there is of it here.
    if keys.all_files(home) or (home / keys.PUBLIC).exists():
        raise Refused(
            Message(
                "There is a key of a log here, but not the file %(file)s: this key may have signed.",
                {"file": high_water.FILE},
            ),
            Message(
                "Put the whole record back from a backup with `masthead restore`, or choose another folder"
                " with MASTHEAD_HOME and begin a log of its own there. Nothing was changed."
            ),
        )


def _see_to_the_key(home: Path, origin: str, *, begun: bool) -> None:
    if begun:
        current = ring(home).current
        signing.signer_of(home, current)
        keys.write_public(home, current)
        return
    service = key_service.service()
    if service is None:
        keys.create(home, origin)
    else:
        keys.write_public(home, key_service.newest(service, origin).key)
