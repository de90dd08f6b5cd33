"""Files, certificates and results of `sign` and `verify`, on disk."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from masthead import modes
from masthead.credentials.issuer import Issuer
from masthead.credentials.kinds import SUFFIX, media_type_of
from masthead.credentials.sdk import SIDECAR
from masthead.errors import CannotRead, Refused, Unavailable
from masthead.language import Message
from masthead.newsroom.site import home
from masthead.system_said import why

LARGEST_SIDECAR = 20_000_000


def content(path: Path, limit: int | None = None) -> bytes:
    """A file's bytes; `CannotRead` where it is not there, not a file, empty or larger than `limit` allows."""
    largest = limit or home.settings(home.find(Path.cwd())).max_upload
    try:
        with path.open("rb") as file:
            found = file.read(largest + 1)
    except OSError as error:
        raise CannotRead(
            Message("%(path)s cannot be opened: %(why)s.", {"path": str(path), "why": why(error)}),
            Message("Check the path and that you may read it."),
        ) from None
    if not found:
        raise CannotRead(
            Message("%(path)s is empty.", {"path": str(path)}), Message("Give a file that holds something.")
        )
    if len(found) > largest:
        raise CannotRead(
            Message("%(path)s is larger than %(limit)s bytes.", {"path": str(path), "limit": largest}),
            Message("Give a smaller file, or raise the setting max_upload."),
        )
    return found


def file_with_sidecar(path: Path, sidecar: Path | None = None) -> tuple[bytes, str, bytes | None]:
    """A file's bytes, its media type, and its sidecar: the one given, else `PATH.c2pa` where it is there."""
    found = content(path)
    media_type = media_type_of(found, path.name)
    if media_type is None:
        raise CannotRead(
            Message("%(path)s is not of a type that carries a credential.", {"path": str(path)}),
            Message("Give an image, HTML, Markdown or plain text file with its usual ending."),
        )
    beside = path.with_name(path.name + SUFFIX)
    if sidecar is None and beside.is_file():
        sidecar = beside
    return found, media_type, None if sidecar is None else content(sidecar, LARGEST_SIDECAR)


def issuer(certificate: Path | None, key: Path | None) -> Issuer:
    """Who signs: the certificate given, else the one in the settings, else the local chain of `init`.

    `NotReady` names any fault of it.
    """
    if (certificate is None) != (key is None):
        raise CannotRead(
            Message("A certificate needs its key, and a key its certificate."),
            Message("Give both --certificate and --key."),
        )
    folder = home.find(Path.cwd())
    chosen = home.settings(folder)
    if certificate is not None and key is not None:
        found = Issuer.from_files(certificate, key)
    elif chosen.certificate and chosen.certificate_key:
        found = Issuer.from_files(Path(chosen.certificate), Path(chosen.certificate_key))
    else:
        found = Issuer.load(folder / "keys" / "issuer")
    found.check(datetime.now(UTC))
    return found


def trusted(given: list[Path]) -> list[bytes]:
    """The PEM files given, those in the settings, and our own root where there is one."""
    folder = home.find(Path.cwd())
    own = folder / "keys" / "issuer" / "root.pem"
    paths = [*given, *map(Path, home.settings(folder).trust), *([own] if own.is_file() else [])]
    return [content(path, LARGEST_SIDECAR) for path in paths]


def target(path: Path, media_type: str, out: Path | None, parent: Path | None, *, force: bool) -> Path:
    """Where the result goes; never over the file or its parent, over an older result only with `force`."""
    if out is not None:
        chosen = out
    elif media_type in SIDECAR:
        chosen = path.with_name(path.name + SUFFIX)
    else:
        chosen = path.with_name(f"{path.stem}.signed{path.suffix}")
    if chosen.exists() and any(chosen.samefile(one) for one in (path, parent) if one is not None):
        raise Refused(
            Message("The result would overwrite what it is made from."),
            Message("Give another name with --out."),
        )
    if chosen.exists() and not force:
        raise _exists(chosen)
    return chosen


def _exists(chosen: Path) -> Refused:
    return Refused(
        Message("%(path)s is there already; it was left as it is.", {"path": str(chosen)}),
        Message("Give another name with --out, or write over it with --force."),
    )


def write(chosen: Path, sealed: bytes, *, force: bool) -> None:
    """Write all of it or nothing: a file beside, synced, then moved into place."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".masthead-", dir=chosen.parent)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - by descriptor
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
                modes.for_others(file.fileno())
            _move(Path(name), chosen, force=force)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        raise _exists(chosen) from None
    except OSError as error:
        raise Unavailable(
            Message("The result could not be written: %(why)s.", {"why": why(error)}),
            Message("Make room on the disk, or check that you may write there, and try again."),
        ) from error


def _move(beside: Path, chosen: Path, *, force: bool) -> None:
    if force:
        beside.replace(chosen)
    else:
        os.link(beside, chosen)  # fails if somebody wrote it meanwhile
