"""Write what the audience gets of one item into a folder: a function of the record and of nothing else.

Each file appears under its name only when it is whole, the bundle last: whoever finds it finds all it speaks
of. Cut off at any point, the next run writes the same files again.
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings

from masthead import labels, modes
from masthead.errors import MastheadError, NotReady
from masthead.labels.record import Record
from masthead.language import LANGUAGES, Message, gettext, supported, using
from masthead.newsroom import lasting
from masthead.newsroom.evidence import bundle
from masthead.newsroom.items import blobs
from masthead.newsroom.items.models import Item
from masthead.newsroom.public.files import (
    BUNDLE,
    CREDENTIAL,
    OURS,
    RECORD,
    content_name,
    page_name,
    text_name,
)
from masthead.newsroom.public.folders import (
    empty,
    holding,
    in_each,
    leave,
    reaching,
    remember,
    settle,
    unreached,
)
from masthead.newsroom.public.pages import changes_of, page_of
from masthead.newsroom.public.render import render
from masthead.newsroom.public.unwritten import held, listed, on_record, readable, unfinished
from masthead.newsroom.review.models import Publication, Withdrawal
from masthead.newsroom.review.standing import publications, withdrawal
from masthead.newsroom.review.telling import as_published
from masthead.newsroom.said import straight
from masthead.newsroom.turns import Held, turn


def write(item: Item, folder: Path) -> None:
    """Write page, disclosure, JSON-LD, sealed content and bundle; take away what is no longer out.

    Every folder it was written to before is written again: none goes on telling what was taken back.
    One at a time, and from the record as it stands then: whoever writes last writes the newest. What is in
    the way of one folder keeps nothing from the others; it is said at the end, and the clock tries again.
    """
    reached = [each(item) for each in reaching]
    try:
        with turn(Path(settings.MASTHEAD_HOME), "writing"):
            left = _write_all(item, folder)
    except Held as error:
        raise failed(item, held()) from error
    except OSError as error:
        raise failed(item, unfinished(error)) from error
    except MastheadError as error:
        failed(item, on_record(error))
        raise
    if left:
        why = next(iter(left.values()))
        raise failed(item, unfinished(why, left)) from why
    for each in reached:
        each()


def _write_all(item: Item, folder: Path) -> dict[Path, OSError]:
    if withdrawal(item) is not None:
        # First, whatever may be amiss with the rest: it is tried once more, and told of, with that.
        in_each(item, empty, *_there(folder))
    files = contents(item)
    left = {}
    missed = folder.absolute() in unreached(item)
    try:
        lasting.named(modes.folder_for_others(folder))
        # Noted before it is written: what a later withdrawal must reach is never forgotten half-way.
        remember(item, folder, files[BUNDLE], missed=missed)
    except OSError as error:
        left[folder] = error
    left |= in_each(item, partial(_fill, files=files), *_there(folder))
    with suppress(OSError):  # where the file that names them cannot be read or written, that is said above
        settle(item, left)
    return left


def _there(folder: Path) -> tuple[Path, ...]:
    """The folder, where it is one: whatever is in the way of noting it."""
    return (folder.absolute(),) if folder.is_dir() else ()


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        _write(folder / name, content)
    for path in folder.iterdir():
        if path.name not in files and OURS.fullmatch(path.name):
            path.unlink()
    # What was taken back must not be there again after a loss of power: nobody would write it once more.
    lasting.sync(folder)


def failed(item: Item, error: MastheadError) -> MastheadError:
    """The same error, which says too where withdrawn content still is; the clock goes on from there."""
    error.on_record = True
    leave(item)
    still = holding(item) if withdrawal(item) is not None else []
    if still:
        said: dict[str, str | Message] = {"what": error.what, "folders": listed(still)}
        error.say(Message("%(what)s What was withdrawn is still in %(folders)s.", said))
    if withdrawal(item) is not None:
        _say_away(item, error)
    return error


def _say_away(item: Item, error: MastheadError) -> bool:
    """Have an error name the folders that nobody can look into now; gives whether there are any."""
    gone = unreached(item)
    if gone:
        said: dict[str, str | Message] = {"what": error.what, "folders": listed(gone)}
        error.say(
            Message(
                "%(what)s What was withdrawn may still be in folders that are not there just now:"
                " %(folders)s.",
                said,
            )
        )
    return bool(gone)


def take_back(item: Item, error: MastheadError) -> MastheadError:
    """Have the content of a withdrawn item leave every folder, though nothing else can be told there.

    Gives the `error` for which nothing can, which says too whether that was possible, and where not.
    """
    error.on_record = True
    if withdrawal(item) is None:
        return error
    left = True
    with suppress(Held, OSError), turn(Path(settings.MASTHEAD_HOME), "writing"):
        left = bool(in_each(item, empty))
    if left:
        return failed(item, error)
    if not _say_away(item, error):
        error.say(
            Message("%(what)s What was withdrawn has left every folder it was in.", {"what": error.what})
        )
    return error


def contents(item: Item) -> dict[str, bytes]:
    """Every file of the folder by name, the bundle last. `Damaged` where what is on record cannot be read."""
    with readable():
        return _contents(item)


def _contents(item: Item) -> dict[str, bytes]:
    out = newest_out(item)
    gone = withdrawal(item)
    record = as_published(out, today=datetime.now(UTC).date())
    proof = bundle.build(_place(gone or out))
    changes = changes_of(out, record)
    files: dict[str, bytes] = {}
    if gone is None:
        name = content_name(out.media_type)
        files[name] = blobs.fetch(out.content_sha256)
        if out.sidecar_sha256:
            files[name + CREDENTIAL] = blobs.fetch(out.sidecar_sha256)
        files[RECORD] = rfc8785.dumps(out.facts)
    for language in LANGUAGES:
        with using(language):
            files[text_name(language)] = as_text(record)
            page = page_of(out, record, proof, language, list(files), changes)
            files[page_name(language)] = render(page).encode()
    files["index.html"] = files[page_name(supported(record.language))]
    files["item.jsonld"] = as_json_ld(record)
    files[BUNDLE] = proof
    return files


def told(item: Item) -> Mapping[str, Any]:
    """What the audience is told, in the active language: the line, the mark, the details.

    `Damaged` where what is on record cannot be read.
    """
    out = newest_out(item)
    with readable():
        record = as_published(out, today=datetime.now(UTC).date())
        disclosure = labels.disclose(record)
    return {
        "version": out.version.number,
        "published_at": out.published_at.isoformat(),
        "self_signed": record.self_signed,
        "line": disclosure.line,
        "mark": disclosure.mark,
        "details": [list(pair) for pair in disclosure.details],
        "source_type": disclosure.source_type,
    }


def newest_out(item: Item) -> Publication:
    """What is out of an item now; `NotReady` where nothing is."""
    out = publications(item)
    if not out:
        raise NotReady(Message("This item is not published yet."), Message("Publish it first."))
    return out[-1]


def _place(row: Publication | Withdrawal) -> int:
    return row.entry.place


def as_text(record: Record) -> bytes:
    """The disclosure as plain text in the active language: mark, line, then the details."""
    disclosure = labels.disclose(record)
    lines = [disclosure.mark, disclosure.line, ""] if disclosure.mark else [disclosure.line, ""]
    lines += [
        gettext("%(term)s: %(said)s") % {"term": term, "said": said} for term, said in disclosure.details
    ]
    return straight("\n".join(lines)).encode() + b"\n"


def as_json_ld(record: Record, *, page: str | None = None) -> bytes:
    """The disclosure in JSON-LD; `page` is where its page is."""
    data = json.dumps(labels.json_ld(record, page=page), ensure_ascii=False, indent=2)
    return straight(data).encode() + b"\n"


def _write(path: Path, content: bytes) -> None:
    """Replace a file, whole or not at all."""
    fresh = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            modes.for_others(file.fileno())
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
