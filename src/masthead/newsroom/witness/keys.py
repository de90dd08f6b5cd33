"""Our key as a witness: a file of its own, so that neither who has it nor who has the log's is both."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from masthead.errors import NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.turns import turn
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.note import Signature

PRIVATE = Path("keys") / "witness.key"
SUFFIX = "/witness"
"""A witness of the log `herald.example/log` is called `herald.example/log/witness`."""


@dataclass(frozen=True, slots=True)
class Cosigner:
    """Who cosigns for this organisation."""

    key: CosignerKey
    private: Ed25519PrivateKey

    def cosign(self, text: str, time: int) -> Signature:
        """The line under the text of a checkpoint. Only of what `witness.seen` has kept already."""
        return cosign(text, self.key, self.private.sign, time)


def own(home: Path, origin: str) -> Cosigner:
    """The witness of whoever keeps the log `origin`. `NotReady` where it has no key."""
    try:
        loaded = serialization.load_pem_private_key((home / PRIVATE).read_bytes(), password=None)
    except FileNotFoundError as error:
        raise NotReady(
            Message("There is no key to witness with."),
            Message("Add a log to witness, which makes one; or put `keys/witness.key` back from its backup."),
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable() from error
    if not isinstance(loaded, Ed25519PrivateKey):
        raise _unreadable()
    return Cosigner(CosignerKey(origin + SUFFIX, loaded.public_key().public_bytes_raw()), loaded)


def made(home: Path, origin: str) -> Cosigner:
    """The same, with a key made first where there is none."""
    with turn(home, "witness-key"):
        if not (home / PRIVATE).exists():
            _make(home / PRIVATE)
    return own(home, origin)


def line_of() -> str:
    """The verifier-key line of our witness, to give to whoever asks us. `NotReady` where there is none."""
    return str(own(settings.MASTHEAD_HOME, origin()).key)


def origin() -> str:
    """The origin of our own log. `NotReady` where there is none."""
    found = LogHead.objects.values_list("origin", flat=True).first()
    if found is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return str(found)


def _make(path: Path) -> None:
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # Never under its name before it is whole and on the disk: what was cosigned with it could not be again.
    fresh = path.with_name(f"{path.name}.new")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _unreadable() -> Unavailable:
    return Unavailable(
        Message("The key to witness with cannot be read."),
        Message("Check who owns `keys/witness.key` in the home folder, or put it back from its backup."),
    )
