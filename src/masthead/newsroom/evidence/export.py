"""The log as files, for any web server: the very bytes that are served, under the same names.

    FOLDER/checkpoint   FOLDER/keys   FOLDER/tile/<L>/<N>[.p/<W>]   FOLDER/tile/entries/<N>[.p/<W>]

Promises: whatever moment it is killed at, every tile of the checkpoint in the folder is in the folder, and
the next run completes what this one began. A file of the tree is written once and never again. A folder that
shows another log, or more of this one than the record has published, is refused and left as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from masthead.errors import Damaged, Refused
from masthead.language import Message
from masthead.newsroom.evidence import sealed, served, tree
from masthead.newsroom.evidence.export_folder import NEW, Folder, alone, told_of_disk
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog import checkpoint, note
from masthead.tlog.hashes import HASH_BYTES
from masthead.tlog.proofs import Missing
from masthead.tlog.tiles import ENTRIES, FULL, Tile, covering, width_at

CHECKPOINT, KEYS, TILES = "checkpoint", "keys", "tile"
LONGEST_NOTE = 1_000_000
_ENTRY = 2 + len(sealed.face_body(0, bytes(HASH_BYTES)))
SHORTEST_ENTRY, LONGEST_ENTRY = _ENTRY, _ENTRY + 4
"""Bytes of an entry with its length, with a kind of one digit and of five."""


@dataclass(slots=True)
class Exported:
    """What an export did. `size` and `root` are those of the checkpoint that now stands in the folder."""

    origin: str
    size: int
    root: bytes
    written: int = 0
    kept: int = 0
    removed: int = 0
    """Partial tiles that full ones had replaced before."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The checkpoint that a folder shows already."""

    note: note.Note
    said: checkpoint.Checkpoint


def export(path: Path) -> Exported:
    """Write the log up to its newest published checkpoint into a folder; only what is not there yet.

    `NotFound` where nothing was published; `NotReady` for a folder that is none or that we may not write;
    `Refused` where it holds something else, or where another export is at it; `Damaged` where it and the
    record contradict each other, or the record itself; `Unavailable` where the disk gives up.
    """
    with told_plainly(), told_of_disk(path):
        row = served.newest()
        _holds(row)
        with alone(path):
            return _export(Folder(path), row)


def _export(folder: Folder, row: Checkpoint) -> Exported:
    shown = _shown(folder.path)
    _grown_from(shown, row)
    before = shown.said.size if shown else 0
    done = Exported(checkpoint.Checkpoint.parse(note.parse(row.note).text).origin, row.size, bytes(row.root))
    # Tiles and bundles first, the checkpoint last: whoever reads the checkpoint finds every tile it needs.
    # Killed before that, the folder shows what it showed, with some files more that nobody asks for yet.
    for tile in _wanted(row.size):
        if _put(folder, tile, before):
            done.written += 1
        else:
            done.kept += 1
    # The keys before the checkpoint: it may be the first one under a new key.
    folder.replace(KEYS, served.keys())
    # On the disk before the checkpoint is: after a power cut the files that it needs are not the ones lost.
    folder.sync()
    said = served.checkpoint(row)
    if shown is None or not _says_as_much(shown.note, note.parse(said.decode())):
        folder.replace(CHECKPOINT, said)
        folder.sync()
    # Only partial tiles that were full under the checkpoint shown *before*: who has just read that one still
    # finds all it needs, and falls back on nothing. Killed here, the next run removes the rest.
    done.removed = sum(_remove_partial(folder.path, tile) for tile in covering(before) if tile.width == FULL)
    return done


def _wanted(size: int) -> Iterator[Tile]:
    """The tiles of a tree of that size, and the narrower ones at its edge that older checkpoints need."""
    for tile in covering(size):
        if tile.width < FULL:
            for width in served.published_widths(tile.level, tile.index, below=tile.width):
                yield Tile(tile.level, tile.index, width)
        yield tile


def _put(folder: Folder, tile: Tile, before: int) -> bool:
    """Write a tile where it is not there; gives whether it was not.

    What the folder's checkpoint, of `before` entries, does not stand for was left by a run that was killed,
    of this log or of another: it is read and compared. So are the newest files that it does stand for; of
    the others the length, as to read all of them is what `masthead log verify --export` is for.
    """
    path = folder.path / tile.path
    try:
        length = path.stat().st_size
    except FileNotFoundError:
        folder.write(tile.path, served.content(tile))
        return True
    if not _may_be_long(tile, length):
        raise _altered(tile)
    known = tile.sizes.start <= before
    if (not known or _is_newest(tile, before)) and path.read_bytes() != served.content(tile):
        raise _altered(tile)
    if not known:
        folder.touch(tile.path)
    return False


def _may_be_long(tile: Tile, length: int) -> bool:
    """Whether the tile can have so many bytes. An entry differs from another by the digits of its kind."""
    if tile.level != ENTRIES:
        return length == tile.width * HASH_BYTES
    return tile.width * SHORTEST_ENTRY <= length <= tile.width * LONGEST_ENTRY


def _is_newest(tile: Tile, before: int) -> bool:
    """Whether it is the last full one of its level, or the partial one after it, of a tree of that size."""
    if tile.width == FULL:
        return width_at(before, tile.level, tile.index + 1) < FULL
    return tile.width == width_at(before, tile.level, tile.index)


def _remove_partial(folder: Path, tile: Tile) -> int:
    partial = folder / f"{tile.path}.p"
    if not partial.is_dir():
        return 0
    files = list(partial.iterdir())
    for file in files:
        file.unlink()
    partial.rmdir()
    return sum(not file.name.endswith(NEW) for file in files)


def _holds(row: Checkpoint) -> None:
    """`Damaged` unless what is stored has the root that was published."""
    try:
        if tree.at(row.size).root() == bytes(row.root):
            return
    except Missing:
        pass
    raise Damaged(
        Message("The log is not what its newest checkpoint says."),
        Message("Nothing was written. Keep the database as it is, and see `masthead log verify`."),
    )


def _shown(folder: Path) -> _Shown | None:
    """What the folder shows. `Refused` where that is no log, or there are files that are none of ours."""
    names = {each.name.removesuffix(NEW) for each in folder.iterdir()}
    if CHECKPOINT not in {each.name for each in folder.iterdir()}:
        strange = sorted(name for name in names - {CHECKPOINT, KEYS, TILES} if not name.startswith("."))
        if strange:
            raise _others(folder, strange[0])
        return None
    try:
        with (folder / CHECKPOINT).open("rb") as file:
            read = note.parse(file.read(LONGEST_NOTE).decode())
        return _Shown(read, checkpoint.Checkpoint.parse(read.text))
    except (OSError, ValueError) as error:
        raise _others(folder, CHECKPOINT) from error


def _grown_from(shown: _Shown | None, row: Checkpoint) -> None:
    """Refuse where the record did not grow from what the folder shows."""
    if shown is None:
        return
    origin = checkpoint.Checkpoint.parse(note.parse(row.note).text).origin
    if shown.said.origin != origin:
        raise Refused(
            Message(
                "The folder shows another log, %(shown)s; this one is %(ours)s.",
                {"shown": shown.said.origin, "ours": origin},
            ),
            Message("Give a folder of its own; nothing was written."),
        )
    if shown.said.size > row.size:
        raise Damaged(
            Message(
                "The folder shows %(shown)s entries, this record has published %(size)s: it is an older"
                " copy.",
                {"shown": shown.said.size, "size": row.size},
            ),
            Message("Nothing was written. Export from the newest copy of the database."),
        )
    if tree.at(row.size).root(shown.said.size) != shown.said.root:
        raise Damaged(
            Message(
                "The folder shows another log under the name of this one: among their first %(size)s entries"
                " are others.",
                {"size": shown.said.size},
            ),
            Message(
                "Nothing was written. Keep the folder and the database as they are for whoever looks into"
                " this."
            ),
        )


def _says_as_much(shown: note.Note, ours: note.Note) -> bool:
    """Whether the folder shows the same head with all our signatures, perhaps with more of them."""
    return shown.text == ours.text and set(shown.signatures) >= set(ours.signatures)


def _others(folder: Path, name: str) -> Refused:
    return Refused(
        Message("%(folder)s holds other files, such as %(name)s.", {"folder": str(folder), "name": name}),
        Message("Give a folder of its own; nothing was written."),
    )


def _altered(tile: Tile) -> Damaged:
    return Damaged(
        Message("In the folder, %(tile)s is not what the log's record has there.", {"tile": tile.path}),
        Message("Keep the folder for whoever looks into this, and export into an empty one."),
    )
