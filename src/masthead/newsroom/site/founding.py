"""Found an organisation's record in a home folder, from nothing to ready."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from masthead.credentials import local_chain
from masthead.errors import NotReady, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.accounts.commands import set_up
from masthead.newsroom.accounts.models import Organisation, Person
from masthead.newsroom.evidence import damage, durable, high_water
from masthead.newsroom.evidence.keys_shown import shown
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import look_first, setup
from masthead.newsroom.evidence.standing import standing
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.newsroom.evidence.watch import refuse_altered_tables
from masthead.newsroom.policy.commands import adopt
from masthead.newsroom.policy.models import PolicyRevision
from masthead.newsroom.said import key
from masthead.newsroom.site import origin as naming
from masthead.newsroom.turns import founding
from masthead.system_said import why
from masthead.vocabulary import Profile, Role

ROLES = {
    Profile.SOLO: (Role.CONTRIBUTOR, Role.EDITOR, Role.STEWARD),
    Profile.SMALL: (Role.STEWARD, Role.EDITOR, Role.CONTRIBUTOR),
}


def found(name: str, publisher: str, first: str, profile: Profile, *, origin: str = "") -> Iterator[Message]:
    """Make tables, keys, log, certificate, organisation and checklist, saying each step as it is done.

    Every step leaves what it finds, so that a run that was cut off is finished by the next; of two at once,
    one waits for the other. Where an organisation is on record, its tables are brought up to date and no name
    need be given; `NotReady` without `name` or `first` where none is, `Damaged` before anything is written
    where one was published from here and its database is gone. `origin` names the log for ever; left out, it
    is made of the setting `address`, or without that a random name under `masthead.invalid`.
    """
    home: Path = settings.MASTHEAD_HOME
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A record that is half put back may have no tables just now, and is none that is to be begun.
        damage.refuse_half_restored(home)
        look_first(home)
        with founding(home), told_plainly():
            durable.refuse()
            yield from _steps(home, name, publisher, first, profile, origin)
    except OSError as error:
        raise Unavailable(
            Message("The record could not be begun here (%(why)s).", {"why": why(error)}),
            Message("Make room on the disk, or check the folder's permissions; then do the same again."),
        ) from error


def _make_tables(home: Path) -> Message:
    """Make what is missing; where all is there, ask no more than that. Gives what to say of it."""
    where = {"database": connection.vendor}
    try:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            # The list of what was done to the tables says nothing of what is there.
            refuse_altered_tables(home)
            return Message("Tables in %(database)s are up to date.", where)
        _must_be_as_published(home)
        call_command("migrate", verbosity=0, interactive=False)
    except MigrationSchemaMissing as error:
        raise Unavailable(
            Message("The database could not be begun."),
            Message("Make room on the disk, or check who may write the database; then do the same again."),
        ) from error
    if executor.loader.applied_migrations:
        return Message("Tables brought up to date in %(database)s.", where)
    return Message("Tables made in %(database)s.", where)


def _must_be_as_published(home: Path) -> None:
    """Refuse to change the tables of a log that is damaged: it stays as it is, to the byte."""
    damage.refuse(home)
    if (home / high_water.FILE).exists():
        with suppress(NotReady):  # there is no log, or there are no tables
            standing(high_water.read(home))


def _steps(
    home: Path, name: str, publisher: str, first: str, profile: Profile, origin: str
) -> Iterator[Message]:
    # Once more: a restore may have begun while this one waited for its turn.
    damage.refuse_half_restored(home)
    tables = _make_tables(home)
    there = Organisation.objects.first()
    if there is None:
        _must_be_named(name, first)
    else:
        _must_be_the_same(there, name)
    if origin:
        naming.refuse(origin)
    yield tables
    head = LogHead.objects.first()
    setup(home, head.origin if head else origin or naming.origin_of(settings.MASTHEAD.address))
    if there is None:
        yield _key_note(home)
        yield _name_note()
    issuer = home / "keys" / "issuer"
    if not issuer.is_dir() or not any(issuer.iterdir()):
        local_chain.create(issuer, organisation=there.name if there else name, now=datetime.now(UTC))
    if there is None:
        yield Message("Certificate made for trying out; others trust it once they have keys/issuer/root.pem.")
        person: Person | None = set_up(name, publisher, first, ROLES[profile], through="terminal")
        yield Message("Organisation set up, with its first person.")
    else:
        person = Person.objects.order_by("id").first()
    yield _checklist(person, profile)
    publish_checkpoint()


def _checklist(person: Person | None, profile: Profile) -> Message:
    """Adopt a checklist where none was; gives what to say of it."""
    newest = PolicyRevision.objects.order_by("-number").first()
    if newest is not None:
        return Message("Checklist in force: %(profile)s.", {"profile": newest.profile})
    if person is not None:
        adopt(Actor(person.id), profile)
    return Message("Checklist adopted: %(profile)s.", {"profile": profile.value})


def _key_note(home: Path) -> Message:
    file = shown(home).current.file
    if not file:
        return Message("Evidence log begun; its key is with the key service.")
    return Message(
        "Evidence log begun; its key is %(file)s. Keep a copy of it apart from the backups of the"
        " database, where few can reach it.",
        {"file": file},
    )


def _name_note() -> Message:
    origin = LogHead.objects.get().origin
    if origin.startswith(naming.NOBODYS):
        return Message(
            "The log is called %(origin)s, for ever. That names no site: for a name of your own, begin in"
            " another folder with --origin, or with the setting `address`.",
            {"origin": origin},
        )
    return Message("The log is called %(origin)s, for ever, wherever it is served.", {"origin": origin})


def _must_be_named(name: str, first: str) -> None:
    """Refuse to begin a record of nobody."""
    if not (name and first):
        raise NotReady(
            Message("There is no organisation here yet."),
            Message("Give your outlet's with --name and your own with --person."),
        )


def _must_be_the_same(there: Organisation, name: str) -> None:
    """Refuse to begin where another organisation's record stands; the same is finished or left as it is."""
    if name and key(there.name) != key(name):
        raise Refused(
            Message(
                "A record of another organisation is here already: %(home)s.",
                {"home": str(settings.MASTHEAD_HOME)},
            ),
            Message("Use it, or begin in another folder by setting MASTHEAD_HOME."),
        )
