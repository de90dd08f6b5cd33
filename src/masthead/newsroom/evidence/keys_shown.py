"""The keys of the log as a person sees them: which sign, where they are, and what is not as it should be.

Nothing here says anything of a private half but where it is.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from masthead.errors import MastheadError
from masthead.language import Message
from masthead.newsroom.evidence import keys, keys_left
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.key_words import STATES, WENT
from masthead.newsroom.evidence.keys import FileSigner, Openness
from masthead.newsroom.evidence.signing import file_of, signer_of
from masthead.tlog.key_list import Listed, State

CUT_OFF = Message(
    "%(file)s is a private key whose making was cut off, and signs nothing. Unless the record names it, it"
    " goes by itself after two days; the witness's goes too once another is made: `masthead witness key --new"
    " --by NAME`."
)
SIGNING = (State.CURRENT, State.ALONG)


@dataclass(frozen=True, slots=True)
class Shown:
    """One key. `file` is where its private half is kept, empty where it is nowhere here or in a service.

    `until` is when it ceases to sign along; `trouble` why it could not sign now, though it should.
    """

    listed: Listed
    file: str
    by_service: bool
    until: datetime | None
    trouble: MastheadError | None

    @property
    def id(self) -> str:
        """Its id, as in every line it signs."""
        return self.listed.key.key_id.hex()

    @property
    def line(self) -> str:
        """Its verifier-key line."""
        return str(self.listed.key)

    @property
    def state(self) -> Message:
        """How it stands, in words."""
        return STATES[self.listed.state]

    @property
    def ground(self) -> Message | None:
        """Why it was revoked, in words."""
        return WENT[self.listed.ground] if self.listed.ground else None


@dataclass(frozen=True, slots=True)
class KeysShown:
    """Every key of the log, the current one first, and what a person should do about them."""

    keys: tuple[Shown, ...]
    notes: tuple[Message, ...]

    @property
    def current(self) -> Shown:
        """The key that signs now."""
        return self.keys[0]

    @property
    def well(self) -> bool:
        """Whether everything that should sign can."""
        return not any(each.trouble for each in self.keys)


def shown(home: Path) -> KeysShown:
    """How the keys stand. `NotReady` where not even the first is known."""
    known = ring(home)
    each = zip(known.list.keys, known.overlaps, strict=True)
    found = tuple(_shown(home, listed, until) for listed, until in each)[::-1]
    return KeysShown(found, tuple(_notes(home, found)))


def trouble(home: Path) -> MastheadError | None:
    """What keeps the log from being signed; None where nothing does."""
    try:
        found = shown(home)
    except MastheadError as error:
        return error
    return next((each.trouble for each in found.keys if each.trouble), None)


def _shown(home: Path, listed: Listed, until: datetime | None) -> Shown:
    signs = listed.state in SIGNING
    until = until if listed.state is State.ALONG else None
    try:
        signer = signer_of(home, listed.key, current=listed.state is State.CURRENT)
    except MastheadError as error:
        # It cannot be opened, and has the name of this key.
        named = file_of(listed.key)
        file = str(named) if (home / named).is_file() else ""
        return Shown(listed, file, by_service=False, until=until, trouble=error if signs else None)
    file = str(signer.path.relative_to(home)) if isinstance(signer, FileSigner) else ""
    return Shown(listed, file, by_service=signs and not file, until=until, trouble=None)


def _notes(home: Path, found: tuple[Shown, ...]) -> list[Message]:
    said: list[Message] = []
    in_trouble = any(each.trouble for each in found)
    for each in found:
        where = {"file": each.file, "id": each.id}
        # Where a key is missing, people look for it among the files: none is to be destroyed meanwhile.
        if each.file and each.listed.state not in SIGNING and not in_trouble:
            said.append(
                Message(
                    "%(file)s has done its work: destroy it and its backups, so that nobody can steal it.",
                    where,
                )
            )
        elif each.file and Openness.of(home / each.file) is Openness.GROUP_READS:
            said.append(Message("A group on this machine may read %(file)s: is that meant?", where))
    known = {home / each.file for each in found if each.file}
    for path in keys.all_files(home):
        if path not in known and not in_trouble:
            stray = {"file": str(keys.FOLDER / path.name)}
            said.append(Message("%(file)s is no key of this log: it may be removed.", stray))
    said += [
        Message(CUT_OFF.template, {"file": str(keys.FOLDER / path.name)}) for path in keys_left.left_in(home)
    ]
    return said
