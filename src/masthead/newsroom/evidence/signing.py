"""Sign with the log's keys, wherever they are kept. What does not verify is given to nobody."""

from collections.abc import Iterable
from pathlib import Path

from masthead.errors import MastheadError, NotReady, Unavailable
from masthead.language import Message
from masthead.newsroom.evidence import key_service, keys
from masthead.newsroom.evidence.key_ring import Ring, newest_time, ring
from masthead.newsroom.evidence.keys import FileSigner, Signer
from masthead.newsroom.evidence.models import LogHead, LogKey
from masthead.tlog import note
from masthead.tlog.note import Note, VerifierKey


class KeyMissing(NotReady):
    """The private half of a key that should sign is nowhere to be found."""


def signer_of(home: Path, key: VerifierKey, *, current: bool = True) -> Signer:
    """What signs with `key`: its file, else the key service. `KeyMissing` where there is neither.

    `current` says whether it is the log's current key or one that only signs along. What `FileSigner` raises
    of a file that may hold it comes through where there is no service.
    """
    trouble: MastheadError | None = None
    for path in keys.files_of(home, key):
        try:
            found = FileSigner(path, key.name)
        except MastheadError as error:
            trouble = trouble or error
            continue
        if found.key == key:
            return found
    service = key_service.service()
    if service is not None:
        return key_service.ServiceSigner(service, key)
    raise trouble or _missing(home, key, current=current)


def signed(text: str, signers: Iterable[Signer]) -> Note:
    """The note of `text`, signed by each in turn. `Unavailable` where a signature does not verify."""
    made: Note | None = None
    for each in signers:
        made = note.sign_too(made, each.key, each.sign) if made else note.sign(text, each.key, each.sign)
        if not note.verify(made, each.key):
            raise Unavailable(
                Message(
                    "What came back as a signature of the log's key %(id)s is none.",
                    {"id": each.key.key_id.hex()},
                ),
                Message(
                    "Nothing was signed or published. See that what holds the key holds this one, and gives"
                    " the 64 bytes of Ed25519."
                ),
            )
    if made is None:
        raise TypeError("a note has a signature")
    return made


def signers(home: Path, known: Ring, size: int) -> list[Signer]:
    """What signs a checkpoint of `size` entries, oldest key first. `KeyMissing` names every key that is."""
    in_force = known.signing(size, newest_time(size) if len(known.list.keys) > 1 else None)
    found: list[Signer] = []
    missing: KeyMissing | None = None
    for each in in_force:
        try:
            found.append(signer_of(home, each, current=each == in_force[-1]))
        except KeyMissing as error:
            missing = _both(error, missing)
    if missing:
        raise missing
    return found


def _both(later: KeyMissing, before: KeyMissing | None) -> KeyMissing:
    """The newest key first: without it nothing is signed, whatever becomes of those before it."""
    if before is None:
        return later
    return KeyMissing(
        Message("%(what)s %(more)s", {"what": later.what, "more": before.what}),
        Message("%(what)s %(more)s", {"what": later.remedy, "more": before.remedy}),
    )


def signers_now(home: Path) -> list[Signer]:
    """What signs now, for other statements in the log's name. `NotReady` where there is no log."""
    size = LogHead.objects.values_list("size", flat=True).first()
    if size is None:
        raise NotReady(
            Message("There is no evidence log here yet."),
            Message("Run `masthead init` in this folder first."),
        )
    return signers(home, ring(home), size)


def file_of(key: VerifierKey) -> Path:
    """Where the private half of a key of this log was written, in the home folder."""
    newer = LogKey.objects.filter(key=str(key)).exists()
    return keys.named(key) if newer else keys.PRIVATE


def _missing(home: Path, key: VerifierKey, *, current: bool) -> KeyMissing:
    file = file_of(key)
    words = {"id": key.key_id.hex(), "file": str(file)}
    what = (
        Message("%(file)s holds another key than the log's key %(id)s, which was written there.", words)
        if (home / file).is_file()
        else Message("The log's key %(id)s is not in the home folder.", words)
    )
    if current:
        return KeyMissing(
            what,
            Message(
                "Put the file back from its backup, or copy it from another host of this record, as"
                " `%(file)s`. If it is lost for good, run `masthead key replace --reason lost --by NAME`:"
                " the log goes on with a new key.",
                words,
            ),
        )
    return KeyMissing(
        what,
        Message(
            "It still signs beside the key after it. Put the file back as `%(file)s`, or end that with"
            " `masthead key revoke %(id)s --reason lost --by NAME`.",
            words,
        ),
    )
