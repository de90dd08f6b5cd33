"""The files of the log's keys, in `keys/` of the home folder.

`log.key` is the first private key, `log-<key id>.key` each later one, `log.pub` the verifier-key line of the
one that signs now. A private key is written once, under a name of its own, and never changed, moved or
deleted here: no crash can lose one, and which of them sign is said by the record alone (`key_ring`). Once a
key has done its work, a person destroys the file, with its backups: only they can reach those.
"""

import stat
from enum import Enum
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from masthead.errors import NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.tlog.note import VerifierKey

FOLDER = Path("keys")
PRIVATE = FOLDER / "log.key"
PUBLIC = FOLDER / "log.pub"


class Signer(Protocol):
    """Something that signs with one key of the log: a file, a hardware module, a key service."""

    @property
    def key(self) -> VerifierKey:
        """The public half, under the log's origin."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of `message`, 64 bytes; the same each time (RFC 8032)."""
        ...


class Openness(Enum):
    """Who besides its owner gets at a file."""

    CLOSED = "closed"
    GROUP_READS = "group reads"
    OPEN = "open"
    """Anybody may read it, or somebody else may write it."""

    @classmethod
    def of(cls, path: Path) -> "Openness":
        """That of the file at `path`, which is there."""
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            return cls.OPEN
        return cls.GROUP_READS if mode & stat.S_IRGRP else cls.CLOSED


class FileSigner:
    """A private key in a file."""

    def __init__(self, path: Path, origin: str) -> None:
        """Load it. `NotReady` where others get at it, `Unavailable` where it cannot be read.

        A key that anybody on the machine may have read signs nothing, as ssh has it. That a group may read it
        passes, because some places hand out secrets to a group; `masthead key show` says so.
        """
        try:
            content, openness = path.read_bytes(), Openness.of(path)
            loaded = serialization.load_pem_private_key(content, password=None)
        except (OSError, ValueError, TypeError) as error:
            raise _unreadable(path) from error
        if openness is Openness.OPEN:
            raise NotReady(
                Message(
                    "Others on this machine may read or write the log's key %(file)s.", {"file": path.name}
                ),
                Message(
                    "Take that away (chmod 600), and ask who could have read it: a key that may be in other"
                    " hands is replaced with `masthead key replace --reason stolen --by NAME`."
                ),
            )
        if not isinstance(loaded, Ed25519PrivateKey):
            raise _unreadable(path)
        self.path = path
        self._private = loaded
        self.key = VerifierKey(origin, loaded.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Sign with the key."""
        return self._private.sign(message)


def create(home: Path, origin: str) -> FileSigner:
    """The first key of a log that has signed nothing yet, made where there is none, with its public line."""
    if not (home / PRIVATE).exists():
        _write(home / PRIVATE, _pem(Ed25519PrivateKey.generate()), mode=0o600)
    signer = FileSigner(home / PRIVATE, origin)
    write_public(home, signer.key)
    return signer


def another(home: Path, origin: str) -> FileSigner:
    """A fresh key under a name of its own, on the disk when this returns."""
    private = Ed25519PrivateKey.generate()
    path = home / named(VerifierKey(origin, private.public_key().public_bytes_raw()))
    if path.exists():  # One in four thousand million has the id of another.
        return another(home, origin)
    _write(path, _pem(private), mode=0o600)
    return FileSigner(path, origin)


def named(key: VerifierKey) -> Path:
    """Where the private half of a key that is not the first is kept, in the home folder."""
    return FOLDER / f"log-{key.key_id.hex()}.key"


def files_of(home: Path, key: VerifierKey) -> list[Path]:
    """The files that may hold the private half of `key`, likeliest first; none was opened.

    Besides that of its own name it may be that of the first key, under which any may have been put back.
    """
    return [home / each for each in (named(key), PRIVATE) if (home / each).is_file()]


def all_files(home: Path) -> list[Path]:
    """Every file that is named as a private key of the log."""
    return sorted((home / FOLDER).glob("log*.key"))


def public_line(home: Path) -> str:
    """The verifier-key line of the key that signs, to publish elsewhere. `NotReady` where there is none."""
    try:
        return (home / PUBLIC).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise NotReady(
            Message("The public line of the log's key is not in the home folder."),
            Message("Run `masthead init`, or put `keys/log.pub` back from its backup."),
        ) from error


def write_public(home: Path, key: VerifierKey) -> None:
    """Have `log.pub` say `key`, where it says anything else."""
    line = f"{key}\n".encode()
    path = home / PUBLIC
    if not path.is_file() or path.read_bytes() != line:
        _write(path, line, mode=0o644)


def _pem(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, *, mode: int) -> None:
    # Never under its name before it is whole: a crash here must not leave half a key that later runs take up.
    # The folder is synced too: an entry must not name a key whose file goes with the power.
    lasting.made(path.parent)
    lasting.replace(path, content, mode=mode, alone=True)


def _unreadable(path: Path) -> Unavailable:
    return Unavailable(
        Message("The log's key cannot be read."),
        Message(
            "Check who owns %(file)s in the home folder, or put it back from its backup.",
            {"file": f"keys/{path.name}"},
        ),
    )
