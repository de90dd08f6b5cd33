"""Check an exported log, or a mirror of a served one. `masthead log verify --export`; needs no database.

Everything is computed from the entries: the leaves, each tile at each level, the root. A file that nothing
accounts for is a failure too. Reads 256 entries at a time; of the tree it keeps one tile a level.

`verify_masthead.py` does the same with none of this code; the tests hold the two to one answer.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.newsroom.evidence import attested
from masthead.newsroom.evidence.attested import NOBODY, OTHER_PARTS, Attested, Broken, Given, Head, Kept, need
from masthead.newsroom.evidence.sealed import FACE_VERSION
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.frontier import TILE_LEVELS, Frontier
from masthead.tlog.handover import FIRST
from masthead.tlog.hashes import HASH_BYTES, leaf_hash
from masthead.tlog.key_list import TITLE
from masthead.tlog.note import Malformed
from masthead.tlog.tiles import ENTRIES, FULL, Tile, bundle, entries_of, width_at

CHECKPOINT, KEYS = "checkpoint", "keys"
STRAY = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*")
"""What desktops put into any folder that somebody looks at."""
_FACE = re.compile(
    rb'\{"commitment_sha256":"[0-9a-f]{%d}","kind":(0|[1-9][0-9]{0,4}),"v":%d\}'
    % (2 * HASH_BYTES, FACE_VERSION)
)
_LIST = re.compile(rf"{TITLE}\n(.+)\n(\S+\n[a-z]+ [0-9]+ \S+ \S+ \S+\n)+\n")
"""What stands in a list of keys before the signed notes. None of it is signed, or used."""
LARGEST = 2 * FULL * 0xFFFF
"""Bytes of the largest file of a log."""


@dataclass(frozen=True, slots=True)
class ExportVerdict:
    """What an exported log shows. `why` is None where it is intact; `signed` whether a key was given.

    `kinds` counts the entries by the code of their kind. `kept_checked` is whether the signature of the
    checkpoint that was kept is of the key that was given, or of one that this leads to.
    """

    why: Message | None
    signed: bool
    origin: str = ""
    size: int = 0
    root: bytes = b""
    kinds: Mapping[int, int] = field(default_factory=dict)
    attested: Attested = NOBODY
    compared: bool | None = None
    kept_checked: bool = False
    strays: Sequence[str] = ()
    """Names of files that a computer's desktop left beside the log: no part of it, and told."""
    keys_unused: bool = False
    """Whether the file `keys` is no list of this log's keys: it was passed over, and that is told."""

    @property
    def intact(self) -> bool:
        """Whether it all holds together; whose it is, only where `signed`."""
        return self.why is None


class _NoLog(Exception):
    """There is no checkpoint in the folder."""


def check(folder: Path, given: Given) -> ExportVerdict:
    """Check the folder with what was given. `CannotRead` if it holds no checkpoint, or cannot be read."""
    attested.read_given(given)
    try:
        run = _Run(folder, given)
        return run.verdict()
    except Broken as broken:
        return ExportVerdict(broken.why, signed=False)
    except (OSError, _NoLog) as error:
        raise CannotRead(
            Message("%(folder)s cannot be read as an exported log.", {"folder": str(folder)}),
            Message("Give the folder that `masthead log export` wrote: it holds a file `checkpoint`."),
        ) from error
    except (TypeError, LookupError, AttributeError, ValueError, OverflowError, RecursionError):
        return ExportVerdict(OTHER_PARTS, signed=False)


class _Run:
    """One pass over the folder. `left` are the files that nothing has accounted for yet."""

    def __init__(self, folder: Path, given: Given) -> None:
        self.folder = folder
        self.given = given
        files = [path for path in folder.rglob("*") if not path.is_dir()]
        self.left = {path.relative_to(folder).as_posix() for path in files if not STRAY.fullmatch(path.name)}
        self.strays = sorted({path.name for path in files if STRAY.fullmatch(path.name)})
        self.frontier = Frontier()
        self.kinds: Counter[int] = Counter()
        self.parts: dict[int, list[bytes]] = {}
        """The tile that is being filled, by its level."""
        self.filled: Counter[int] = Counter()
        """How many tiles are full, by level."""
        self.keys_unused = False

    def verdict(self) -> ExportVerdict:
        """What the folder shows. Raises `Broken`, `_NoLog`, and ValueError for what has no form."""
        head = self._head()
        vouched = attested.attest(head, self.given)
        kept = None if self.given.kept is None else attested.read_kept(self.given.kept, head)
        try:
            roots = self._roots(head, kept)
        except Broken:
            self._blame(head.said)
            raise
        if kept is not None:
            attested.compare(kept, roots[kept.said.size])
        signed, said = self.given.key is not None, head.said
        found = ExportVerdict(None, signed, said.origin, said.size, said.root, self.kinds, vouched)
        if kept is not None:
            found = replace(found, compared=True, kept_checked=kept.checked)
        return replace(found, strays=self.strays, keys_unused=self.keys_unused)

    def _roots(self, head: Head, kept: Kept | None) -> dict[int, bytes]:
        """Look at every file; the root at the size kept. Raises `Broken` at the first that is wrong."""
        roots = {0: Frontier().root()}
        for start in range(0, head.said.size, FULL):
            for leaf in self._leaves(start, head.said.size):
                self._append(leaf)
                if kept is not None and self.frontier.size == kept.said.size:
                    roots[kept.said.size] = self.frontier.root()
        for level, parts in self.parts.items():
            self._tile(Tile(level, self.filled[level], len(parts)), parts) if parts else None
        need(
            self.frontier.root() == head.said.root,
            Message("The entries do not make the root that was signed."),
        )
        self._nothing_left()
        return roots

    def _blame(self, said: Checkpoint) -> None:
        """Where the stored hashes are those that were signed, name the entries which are not theirs.

        Of two files that disagree, the root tells which is wrong. Raises `Broken`, or leaves it at what was
        found before.
        """
        stored, frontier = [], Frontier()
        for start in range(0, said.size, FULL):
            tile = Tile(0, start // FULL, width_at(said.size, 0, start // FULL))
            path = self.folder / tile.path
            if not path.is_file() or path.stat().st_size != tile.width * HASH_BYTES:
                return
            stored.append((tile, path.read_bytes()))
            for at in range(0, tile.width * HASH_BYTES, HASH_BYTES):
                frontier.append(stored[-1][1][at : at + HASH_BYTES])
        if frontier.root() != said.root:
            return
        for tile, hashes in stored:
            with suppress(Malformed, OSError):
                of = Tile(ENTRIES, tile.index, tile.width)
                bodies = entries_of(of, (self.folder / of.path).read_bytes())
                need(
                    b"".join(map(leaf_hash, bodies)) == hashes,
                    Message("%(file)s is not what was signed.", {"file": of.path}),
                )

    def _head(self) -> Head:
        if CHECKPOINT not in self.left:
            raise _NoLog
        with attested.reading(attested.KEYS_FORM):
            origin, statements = _keys(self._read(KEYS)) if KEYS in self.left else (None, [])
            followed = attested.follow(self.given.key, statements)
        with attested.reading(attested.HEAD_FORM):
            head = attested.read_head(self._read(CHECKPOINT).decode(), None, followed)
        self.keys_unused = KEYS in self.left and origin != head.said.origin
        self.left -= {CHECKPOINT, KEYS}
        return head

    def _leaves(self, start: int, size: int) -> list[bytes]:
        index = start // FULL
        tile = Tile(ENTRIES, index, width_at(size, ENTRIES, index))
        try:
            bodies = entries_of(tile, self._read(tile.path))
        except Malformed as error:
            raise Broken(
                Message(
                    "%(file)s does not hold the %(width)s entries that it is due.",
                    {"file": tile.path, "width": tile.width},
                )
            ) from error
        self._tile(tile, [bundle([body]) for body in bodies])
        for place, body in enumerate(bodies, start):
            self.kinds[_kind(body, place)] += 1
        return [leaf_hash(body) for body in bodies]

    def _append(self, leaf: bytes) -> None:
        """Add a leaf, and look at every tile that it fills."""
        self._part(0, leaf)
        for stored in self.frontier.append(leaf):
            self._part(stored.level // TILE_LEVELS, stored.hash)

    def _part(self, level: int, node: bytes) -> None:
        parts = self.parts.setdefault(level, [])
        parts.append(node)
        if len(parts) == FULL:
            self._tile(Tile(level, self.filled[level]), parts)
            self.filled[level] += 1
            parts.clear()

    def _tile(self, tile: Tile, parts: list[bytes]) -> None:
        """Need a tile to be just these parts, and narrower ones, kept from earlier, to be its beginning."""
        narrower = (Tile(tile.level, tile.index, width) for width in range(1, tile.width))
        for each in (*(one for one in narrower if one.path in self.left), tile):
            need(
                self._read(each.path) == b"".join(parts[: each.width]),
                Message("%(file)s is not what the entries make of it.", {"file": each.path}),
            )
            self.left.remove(each.path)

    def _read(self, name: str) -> bytes:
        need(name in self.left, Message("%(file)s is missing.", {"file": name}))
        path = self.folder / name
        need(
            path.is_file() and path.stat().st_size <= LARGEST,
            Message("%(file)s is no file of a log.", {"file": name}),
        )
        return path.read_bytes()

    def _nothing_left(self) -> None:
        if self.left:
            raise Broken(
                Message(
                    "%(file)s does not belong to the log as it was signed. An export that was cut off leaves"
                    " such files: the next one takes them up.",
                    {"file": min(self.left)},
                )
            )


def _keys(content: bytes) -> tuple[str | None, list[str]]:
    """Whose keys a list of keys names, and the signed notes in it; None and nothing where it is no such list.

    Lines end at line feeds alone: Python knows more ends of lines.
    """
    try:
        head, *notes = re.split(f"(?m)^(?={FIRST})", content.decode())
    except UnicodeDecodeError:
        return None, []
    listed = _LIST.fullmatch(head)
    return (listed[1], notes) if listed else (None, [])


def _kind(body: bytes, place: int) -> int:
    """The code of the kind of an entry, of which its public face, and no more, may stand there."""
    face = _FACE.fullmatch(body)
    need(face is not None, Message("Entry %(place)s is not the public part of an entry.", {"place": place}))
    return int(face[1]) if face else 0
