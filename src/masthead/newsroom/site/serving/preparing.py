"""Make a home folder ready to be served: its key, its tables, its style and scripts."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.exceptions import MigrationSchemaMissing

from masthead.errors import Damaged, NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom import statistics
from masthead.newsroom.evidence import damage, durable, kept, missing, watch
from masthead.newsroom.evidence.belonging import refuse_foreign
from masthead.newsroom.evidence.keys_shown import trouble
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.site.backup.begun import clear
from masthead.newsroom.site.serving.static import lay_out
from masthead.newsroom.site.setup_code import setup_code
from masthead.newsroom.turns import founding
from masthead.newsroom.worklist import catch_up


@dataclass(frozen=True, slots=True)
class Prepared:
    """A home folder that can be served."""

    home: Path
    code: str
    """The code with which an organisation is begun at `/setup`; empty where there is one."""
    read_only: bool
    """Whether the record was found damaged, now or before, or put back: it is served, and takes nothing."""
    said: Message | None = None
    """Why it is read-only, or why its log cannot be signed, and what ends that."""


def prepare() -> Prepared:
    """Bring tables and files up to what is installed; what is so already stays as it is.

    Raises `Damaged` where the database is gone.
    Raises `Refused` where a backup is half put back; what a restore left before that is taken away.
    Raises `Unavailable` where the database or the disk gave up, and then doing it again goes on.
    """
    home: Path = settings.MASTHEAD_HOME
    with founding(home), told_plainly():
        damage.refuse_half_restored(home)
        missing.refuse(home)
        clear(home)
        refuse_foreign(home)
        with suppress(Damaged):  # for `watch.look` to find, and to keep
            durable.refuse()
        _learn(home)
        # Before anything is brought up to date: what is found damaged stays as it is, to the byte.
        _look()
        lay_out(home)
        if _found_damaged(home):
            return Prepared(home, "", read_only=True, said=_why(home))
        _migrate()
        # What a version before this one kept no lines of would be made while the first reader waits.
        catch_up()
        statistics.look()
        _look()
        read_only = kept.is_there(home)
        return Prepared(home, setup_code(), read_only, _why(home) if read_only else _unsigned(home))


def _why(home: Path) -> Message:
    found = damage.known(home)
    with suppress(NotReady), told_plainly():  # before tables are made there are none to ask
        found = kept.known(home)
    if damage.put_back(found):
        return Message(
            "A backup was put back here: the record is read-only until `masthead log acknowledge`."
        )
    return Message("This record was found damaged, so it is read-only. `masthead log verify` says where.")


def _unsigned(home: Path) -> Message | None:
    """What keeps the log from being signed: all else is served."""
    found = trouble(home) if LogHead.objects.exists() else None
    if found is None:
        return None
    return Message(
        "Nothing is published from here: the log cannot be signed. %(what)s %(remedy)s",
        {"what": found.what, "remedy": found.remedy},
    )


def _learn(home: Path) -> None:
    """Of what other hosts found, or put right; where the disk does not take it, `kept` asks the database."""
    with suppress(OSError):
        kept.fetch(home)


def _found_damaged(home: Path) -> bool:
    if damage.is_there(home):
        return True
    with suppress(NotReady), told_plainly():  # tables that are to be made now
        return kept.is_there(home)
    return False


def _migrate() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except MigrationSchemaMissing as error:
        raise Unavailable(
            Message("The database could not be made ready."),
            Message("Make room on the disk, or check who may write the database; then do the same again."),
        ) from error


def _look() -> None:
    """What can be seen at once of the log is looked at before anyone comes; all of it soon after."""
    try:
        watch.look()
    except NotReady:
        return  # nobody has begun a record here yet
