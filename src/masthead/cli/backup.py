"""`masthead backup` and `masthead restore`: copies of the whole record that verify, and putting one back."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.given import text_of
from masthead.cli.output import as_json, say, say_command, working
from masthead.cli.taking import Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.site.backup.restoring import Restored
    from masthead.newsroom.site.backup.taking import Taken

KEPT_BUT = 1
"""Exit code of a backup that is kept, with something to look at."""


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where backups are kept; this one gets a folder there.")
    ],
    with_keys: Annotated[
        bool,
        typer.Option("--with-keys", help="The private keys too: whoever has the backup can sign as you."),
    ] = False,
    keep_days: Annotated[
        int | None,
        typer.Option(
            "--keep-days",
            metavar="N",
            min=0,
            help="Delete backups older than that; 0 keeps all. Without it, as backup_keep_days says.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Back the record up while the desk is in use; done once all of the log in the backup verifies.

    Database, files and how far the log was published; private keys only where asked. Exit 0 done, 1 the log
    does not verify (nothing is kept), or files were changed before or old backups could not be deleted (it is
    kept), 2 disk or database gave up.
    """
    _open(begun=True)
    from django.conf import settings

    from masthead.newsroom.site.backup.taking import take

    days = settings.MASTHEAD.backup_keep_days if keep_days is None else keep_days
    with working(gettext("Copying and verifying…")):
        done = take(folder, with_keys=with_keys, keep_days=days)
    if json:
        as_json(_taken_json(done))
    else:
        _tell_taken(done)
    raise typer.Exit(KEPT_BUT if done.changed or done.stuck else 0)


def restore(
    copy: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="A backup, or the folder they are in: then the newest.")
    ],
    older: Annotated[
        bool, typer.Option("--older", help="Put back one that lacks what was published, to be read only.")
    ] = False,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint",
            metavar="PATH",
            help="The newest checkpoint that anyone outside holds, to compare.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Put a backup back, once the log in it verifies; what was there is kept in the folder `replaced`.

    Stop `masthead serve` first. Afterwards the record is read-only until `masthead log acknowledge`. Exit 0
    done, 1 it does not verify or is older than what was published, 2 it cannot be read, or the disk gave up.
    """
    _open()
    from masthead.newsroom.site.backup.restoring import newest_in
    from masthead.newsroom.site.backup.restoring import restore as put_back

    seen = text_of(checkpoint) if checkpoint else ""
    with working(gettext("Verifying and putting back…")):
        done = put_back(newest_in(copy), older=older, seen=seen)
    if json:
        as_json(_restored_json(done))
    else:
        _tell_restored(done, compared=checkpoint is not None)


def _open(*, begun: bool = False) -> None:
    """Load Django with every table there is, those of logins and jobs too; where it must be, on a record."""
    from masthead.newsroom.evidence import damage
    from masthead.newsroom.site import home

    folder = home.find(Path.cwd())
    if begun:
        damage.refuse_half_restored(folder)
        desk.must_be_begun(folder)
    os.environ.setdefault("MASTHEAD_HOME", str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", desk.SERVED)
    desk.must_be_writable(folder)
    desk.load()
    desk.answers()
    if begun:
        desk.must_have_its_log(folder)


def _taken_json(done: "Taken") -> dict[str, object]:
    manifest = done.manifest.to_json()
    return {
        "folder": str(done.folder),
        **{name: manifest[name] for name in ("taken_at", "origin", "size", "root", "database", "with_keys")},
        "files": len(done.manifest.files),
        "changed": list(done.changed),
        "expired": list(done.expired),
        "stuck": {str(done.folder.with_name(name)): why for name, why in done.stuck.items()},
    }


def _tell_taken(done: "Taken") -> None:
    say(Message("Written to %(folder)s, and verified there:", {"folder": str(done.folder)}), "bold green")
    say(Message("  the log, %(n)d entry", {"n": done.manifest.size}, "  the log, all %(n)d entries"))
    say(Message("  %(n)d file", {"n": len(done.manifest.files)}, "  %(n)d files"))
    if done.manifest.with_keys:
        say(
            gettext(
                "The private keys are in it: whoever has this backup can sign as you. Keep it as you keep"
                " them."
            )
        )
    else:
        say(gettext("The private keys are not in it. Keep a copy of the folder “keys” apart from it."))
    for digest in done.changed:
        say(
            Message(
                "Not as the record has it, neither in the backup nor here: blobs/%(file)s", {"file": digest}
            ),
            "bold red",
        )
    for name in done.expired:
        say(Message("Deleted, as it was too old: %(name)s", {"name": name}), "dim")
    for name, why in done.stuck.items():
        left = {"folder": str(done.folder.with_name(name)), "why": why}
        say(Message("Too old, and could not be deleted: %(folder)s (%(why)s).", left), "bold red")
    if done.stuck:
        say(
            Message(
                "Delete it yourself: what was erased since it was made is still in it.",
                {"n": len(done.stuck)},
                "Delete them yourself: what was erased since they were made is still in them.",
            )
        )


def _restored_json(done: "Restored") -> dict[str, object]:
    manifest = done.manifest.to_json()
    return {
        **{name: manifest[name] for name in ("taken_at", "origin", "size", "root")},
        "replaced": str(done.replaced) if done.replaced else None,
        "beyond": done.beyond,
        "older": done.older,
        "has_key": done.has_key,
        "witness_waits": _witness_waits(),
    }


def _witness_waits() -> bool:
    from django.conf import settings

    from masthead.newsroom.witness.keys import waits

    return waits(settings.MASTHEAD_HOME)


def _needed() -> str:
    """What `masthead log acknowledge` asks for here: who acts, and what was seen outside."""
    from django.conf import settings

    from masthead.newsroom.evidence import damage

    bare = any(each.bare for each in damage.known(settings.MASTHEAD_HOME))
    return desk.by_name() + (" --checkpoint FILE" if bare else "")


def _tell_beyond(beyond: int | None) -> None:
    """What of the record that was here is not in the backup, and so not in this record."""
    if beyond is None:
        say(
            gettext(
                "Whether that record held entries beyond this backup could not be read: if it did, they are"
                " there alone, and not in this record."
            ),
            "yellow",
        )
    elif beyond:
        say(
            Message(
                "The record that was here held %(n)d entry more than this backup: it is in that folder alone,"
                " and not in this record.",
                {"n": beyond},
                "The record that was here held %(n)d entries more than this backup: they are in that folder"
                " alone, and not in this record.",
            ),
            "bold yellow",
        )


def _tell_restored(done: "Restored", *, compared: bool) -> None:
    say(
        Message(
            "Put back: %(n)d entry, verified.",
            {"n": done.manifest.size},
            "Put back: %(n)d entries, verified.",
        ),
        "bold green",
    )
    if done.replaced:
        say(Message("What was there before is kept in %(folder)s.", {"folder": str(done.replaced)}))
        _tell_beyond(done.beyond)
    _tell_of_keys(done)
    say(
        gettext(
            "Logins, second proofs and API tokens are as they were when the backup was made: what was ended,"
            " changed or revoked since is valid again. End it once more. Nobody is signed in."
        )
    )
    if done.older:
        say(
            gettext(
                "More was published than this backup holds: it can be read, and takes nothing. To go on,"
                " begin a new log in another folder, with another origin, and say publicly why."
            ),
            "yellow",
        )
        return
    _tell_what_is_next(compared=compared)


def _tell_of_keys(done: "Restored") -> None:
    if not done.has_key:
        say(
            gettext("The log's private key is not here. Put the folder “keys” back from where you keep it."),
            "yellow",
        )
    if _witness_waits():
        say(
            gettext(
                "What our witness has signed since the backup was made is not known here, so its key signs no"
                " more. Make a new one, and give it to everybody who asks the witness:"
            ),
            "yellow",
        )
        say_command(f"masthead witness key --new{desk.by_name()}")


def _tell_what_is_next(*, compared: bool) -> None:
    if not compared:
        say(
            gettext(
                "If the home folder was lost with the disk, compare with a checkpoint that somebody outside"
                " kept before anything is recorded: `masthead restore BACKUP --checkpoint FILE`."
            )
        )
    say(
        gettext(
            "What was erased since the backup was made is in it again. What erasures.jsonl lists is erased"
            " anew once the desk is served: put that file back first, if the home folder was lost."
        )
    )
    say(gettext("The record is read-only until somebody says that all is well:"))
    say_command("masthead log acknowledge" + _needed())
    sys.stdout.flush()
