"""Our key as a witness: a file of its own, so that neither who has it nor who has the log's is both.

A key signs only beside the memory of what it has signed: `witnessed/key` names the one whose memory that
folder is. It is never put back from a copy, which may be older than the last word given; so a key that comes
out of one, by whatever way, signs nothing, and a new one takes its place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from masthead.errors import NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom import lasting
from masthead.newsroom.evidence.keys import Openness
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.turns import turn
from masthead.newsroom.witness import memory
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.note import Malformed, Signature, decode, encode

PRIVATE = Path("keys") / "witness.key"
BOUND = Path(memory.FOLDER) / "key"
"""The public half, in base64, of the key whose memory the folder is."""
TURN = "witness-key"
"""The turn that is taken by whoever makes the key, or takes away what is left of the making of one."""
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
    """The witness of whoever keeps the log `origin`. `NotReady` where it has no key, or others get at it."""
    try:
        content, openness = (home / PRIVATE).read_bytes(), Openness.of(home / PRIVATE)
        loaded = serialization.load_pem_private_key(content, password=None)
    except FileNotFoundError as error:
        raise NotReady(
            Message("There is no key to witness with."),
            # Not from a backup: it may have signed what a copy of this folder knows nothing of.
            Message(
                "Make one with `masthead witness key --new --by NAME`, and give it to everybody who asks our"
                " witness."
            ),
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable() from error
    if openness is Openness.OPEN:
        raise NotReady(
            Message(
                "Others on this machine may read or write the witness's key %(file)s.", {"file": PRIVATE.name}
            ),
            Message(
                "Take that away (chmod 600), and ask who could have read it: a key that may be in other hands"
                " is replaced with `masthead witness key --new --by NAME`."
            ),
        )
    if not isinstance(loaded, Ed25519PrivateKey):
        raise _unreadable()
    own = CosignerKey(origin + SUFFIX, loaded.public_key().public_bytes_raw())
    if _bound(home) != encode(own.public_key):
        raise NotReady(
            Message("What the key to witness with has signed last is not known in this home folder."),
            Message(
                "It came out of a backup, or the folder `witnessed` is gone. Make a new one with"
                " `masthead witness key --new --by NAME`, and give it to everybody who asks our witness."
            ),
        )
    return Cosigner(own, loaded)


def made(home: Path, origin: str) -> Cosigner:
    """The same, with a key made first where there never was one: what comes after the first is on record."""
    with turn(home, TURN):
        if not begun(home):
            _make(home)
    return own(home, origin)


def replaced(
    home: Path, origin: str, record: Callable[[CosignerKey, str], None], forget: Callable[[], None]
) -> Cosigner:
    """A fresh key in the place of the one there is, which is kept under another name and signs no more.

    `record` is given the fresh key and the line of the one before, empty where that cannot be read, and puts
    it on record: before the fresh key is in its place, so that none signs that the record does not name.
    `forget` is called while there is no key at all: what it forgets binds the one before and not the fresh
    one. Killed after that, the key before goes on, or none signs; done again, it is whole. Both are on the
    disk when this returns.
    """
    with turn(home, TURN):
        path, before = home / PRIVATE, _line_in(home, origin)
        private = Ed25519PrivateKey.generate()
        lasting.made(path.parent)
        with lasting.written(path, _pem(private), alone=True) as ready:
            record(CosignerKey(origin + SUFFIX, private.public_key().public_bytes_raw()), before)
            if path.exists():
                names = (path.with_name(f"witness-before-{number}.key") for number in count(1))
                path.rename(next(each for each in names if not each.exists()))
                # Before anything is forgotten: were it back after a loss of power, it would sign again.
                lasting.sync(path.parent)
            forget()
            ready.replace(path)
        lasting.sync(path.parent)
        _bind(home, private)
    return own(home, origin)


def begun(home: Path) -> bool:
    """Whether there is a key to witness with, or has been one: whatever is in its way now."""
    return (home / PRIVATE).exists() or (home / BOUND).parent.is_dir()


def bound(home: Path) -> bytes:
    """The public half of the key whose memory there is; empty where there is none.

    `Unavailable` or `Malformed` where that cannot be read.
    """
    said = _bound(home)
    return decode(said) if said else b""


def waits(home: Path) -> bool:
    """Whether there is a memory of a key, and none that may go on with it: a new one is needed."""
    return (home / BOUND).parent.is_dir() and not (home / BOUND).exists()


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


def _make(home: Path) -> None:
    private = Ed25519PrivateKey.generate()
    lasting.made((home / PRIVATE).parent)
    lasting.replace(home / PRIVATE, _pem(private), alone=True)
    _bind(home, private)


def _bind(home: Path, private: Ed25519PrivateKey) -> None:
    """Name the key as the one that signs: only once it is in its place."""
    content = f"{encode(private.public_key().public_bytes_raw())}\n".encode()
    lasting.made((home / BOUND).parent)
    lasting.replace(home / BOUND, content, alone=True)


def _pem(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _line_in(home: Path, origin: str) -> str:
    """The public line of the key in the file, whether it may sign or not; empty where it cannot be read.

    Where there is no file, of the one that signed last.
    """
    try:
        loaded = serialization.load_pem_private_key((home / PRIVATE).read_bytes(), password=None)
    except FileNotFoundError:
        return _line_bound(home, origin)
    except (OSError, ValueError, TypeError):
        return ""
    if not isinstance(loaded, Ed25519PrivateKey):
        return ""
    return str(CosignerKey(origin + SUFFIX, loaded.public_key().public_bytes_raw()))


def _line_bound(home: Path, origin: str) -> str:
    try:
        return str(CosignerKey(origin + SUFFIX, decode(_bound(home))))
    except (Unavailable, Malformed):
        return ""


def _bound(home: Path) -> str:
    try:
        return (home / BOUND).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise _unreadable() from error


def _unreadable() -> Unavailable:
    return Unavailable(
        Message("The key to witness with cannot be read."),
        Message(
            "Check who owns `keys/witness.key` in the home folder, or make another:"
            " `masthead witness key --new --by NAME`."
        ),
    )
