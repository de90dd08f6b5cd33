"""The log's key. In a file for now; whatever can sign may stand in for it."""

import os
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from masthead.errors import NotReady, Unavailable
from masthead.language import Message
from masthead.tlog.note import VerifierKey

PRIVATE = Path("keys") / "log.key"
PUBLIC = Path("keys") / "log.pub"


class Signer(Protocol):
    """Something that holds the log's key: a file, a hardware module, a key service."""

    @property
    def key(self) -> VerifierKey:
        """The public half, under the log's origin."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of `message`, 64 bytes; the same each time (RFC 8032)."""
        ...


class FileSigner:
    """The key in `keys/log.key` of a home folder."""

    def __init__(self, home: Path, origin: str) -> None:
        """Load it. `NotReady` where there is none, `Unavailable` where it cannot be read."""
        try:
            loaded = serialization.load_pem_private_key((home / PRIVATE).read_bytes(), password=None)
        except FileNotFoundError as error:
            raise NotReady(
                Message("The log's key is not in the home folder."),
                Message("Run `masthead init`, or put `keys/log.key` back from its backup."),
            ) from error
        except (OSError, ValueError) as error:
            raise _unreadable() from error
        if not isinstance(loaded, Ed25519PrivateKey):
            raise _unreadable()
        self._private = loaded
        self.key = VerifierKey(origin, loaded.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Sign with the key."""
        return self._private.sign(message)


def create(home: Path, origin: str) -> FileSigner:
    """Make the key where there is none, readable by its owner alone, and its verifier-key line beside it."""
    (home / PRIVATE).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (home / PRIVATE).exists():
        _write(
            home / PRIVATE,
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            mode=0o600,
        )
    signer = FileSigner(home, origin)
    _write(home / PUBLIC, f"{signer.key}\n".encode(), mode=0o644)
    return signer


def public_line(home: Path) -> str:
    """The verifier-key line to publish elsewhere. `NotReady` where there is none."""
    try:
        return (home / PUBLIC).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise NotReady(
            Message("The log's key is not in the home folder."),
            Message("Run `masthead init`, or put `keys/log.key` back from its backup."),
        ) from error


def _write(path: Path, content: bytes, *, mode: int) -> None:
    # Never under its name before it is whole: a crash here must not leave half a key that later runs take up.
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _unreadable() -> Unavailable:
    return Unavailable(
        Message("The log's key cannot be read."),
        Message("Check who owns `keys/log.key` in the home folder, or put it back from its backup."),
    )
