"""The bytes that are served of the log: checkpoint, tiles, entry bundles. One way for the web and the export.

Promises: nothing beyond the newest published checkpoint; a partial tile only at a width that a published
checkpoint has; no empty tile; the same bytes for a tile for ever. `NotFound` for anything else. A tile costs
three queries at most, however long the log is; of each published checkpoint the first one at its edge costs
one more for each level.

Of an entry there is its public face and no more (docs/decisions/0003).
"""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from masthead.errors import Damaged, NotFound, NotReady
from masthead.language import Message
from masthead.newsroom.evidence import edge, sealed, tree
from masthead.newsroom.evidence.key_ring import published
from masthead.newsroom.evidence.models import Checkpoint, Cosignature, Entry, Node
from masthead.newsroom.evidence.trouble import told_plainly
from masthead.tlog.frontier import TILE_LEVELS
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.tiles import ENTRIES, FULL, LARGEST_SIZE, Tile, bundle, root_of, width_at

MOST_SIGNATURES = 16
"""Lines of signature that every reader of a note takes (C2SP signed-note)."""

HEADS = Checkpoint.objects.defer("signed_at")
"""Without when they were signed, which nothing served rests on: it may be what cannot be read."""


def newest() -> Checkpoint:
    """The newest published checkpoint. `NotFound` before there is one."""
    with told_plainly():
        row = HEADS.order_by("-size").first()
    if row is None:
        raise NotFound(Message("Nothing of the log is signed yet."), Message("Come back in a while."))
    return row


def checkpoint(row: Checkpoint | None = None) -> bytes:
    """The newest published checkpoint, or another, as a signed note with the cosignatures kept of it."""
    row = row or newest()
    ours = row.note.rpartition("\n\n")[2].count("\n")
    with told_plainly():
        kept = Cosignature.objects.filter(checkpoint=row).order_by("said_at", "id")
        lines = list(kept.values_list("line", flat=True)[: max(0, MOST_SIGNATURES - ours)])
    return "".join((row.note, *(f"{line}\n" for line in lines))).encode()


def keys() -> bytes:
    """Whose signatures count, and how one key followed on another. `NotFound` before there is one."""
    try:
        return published(Path(settings.MASTHEAD_HOME)).encode()
    except NotReady as error:
        raise NotFound(error.what, error.remedy) from error


def content(tile: Tile) -> bytes:
    """The bytes of a tile or a bundle.

    What goes out here stays in the memory of others for good, so it is looked at first: `Damaged` where what
    is stored is not whole, an entry is not the one its leaf was made of, a full tile is not the one that the
    tree above it was made of, or a partial one not the one whose root was signed.
    """
    with told_plainly():
        row = _published_with(tile)
        if row is None:
            raise _nothing()
        if tile.level == ENTRIES:
            bodies = _faces(tile)
            _need_its_tree(tile, [leaf_hash(body) for body in bodies], row)
            return bundle(bodies)
        hashes = _stored(tile)
        _need_its_tree(tile, hashes, row)
        return b"".join(hashes)


def _published_with(tile: Tile) -> Checkpoint | None:
    """The first published checkpoint that has this tile at this width."""
    sizes = tile.sizes
    if sizes.start > LARGEST_SIZE:
        return None
    there = HEADS.filter(size__gte=sizes.start)
    if tile.width < FULL:
        there = there.filter(size__lte=min(sizes.stop - 1, LARGEST_SIZE))
    return there.order_by("size").first()


def published_widths(level: int, index: int, below: int = FULL) -> list[int]:
    """The widths, under `below`, at which published checkpoints have the tile at `index` of `level`.

    One query for each that there is, whatever the number of checkpoints.
    """
    found: list[int] = []
    width = 1
    while width < below:
        least, most = Tile(level, index, width).sizes.start, Tile(level, index, below - 1).sizes.stop - 1
        there = Checkpoint.objects.filter(size__gte=least, size__lte=min(most, LARGEST_SIZE)).order_by("size")
        size = there.values_list("size", flat=True).first()
        if size is None:
            break
        found.append(width_at(size, level, index))
        width = found[-1] + 1
    return found


def _need_its_tree(tile: Tile, hashes: Sequence[bytes], row: Checkpoint) -> None:
    """`Damaged` unless these are the hashes of the tile that the tree above it was made of."""
    level = max(tile.level, 0)
    if tile.width < FULL:
        at_edge = edge.under(row)
        whole = at_edge is not None and list(at_edge.get(level, ())) == list(hashes)
    else:
        above = Node.objects.filter(level=(level + 1) * TILE_LEVELS, index=tile.index)
        kept = above.values_list("hash", flat=True).first()
        whole = kept is not None and bytes(kept) == root_of(hashes)
    if not whole:
        raise _damaged(tile)


def _stored(tile: Tile) -> Sequence[bytes]:
    found = tree.stored_hashes(tile.level * TILE_LEVELS, tile.first, tile.width)
    if len(found) != tile.width:
        raise _damaged(tile)
    return found


def _faces(tile: Tile) -> list[bytes]:
    """The bodies of the entries in a bundle, each as its leaf was made of it."""
    rows = Entry.objects.filter(place__gte=tile.first, place__lt=tile.first + tile.width).order_by("place")
    bodies = []
    for kind, commitment, leaf in rows.values_list("kind", "commitment", "leaf_hash"):
        body = sealed.face_body(kind, bytes(commitment))
        if leaf_hash(body) != bytes(leaf):
            raise _damaged(tile)
        bodies.append(body)
    if len(bodies) != tile.width:
        raise _damaged(tile)
    return bodies


def _nothing() -> NotFound:
    return NotFound(
        Message("No published checkpoint of the log has this tile."),
        Message("Ask for the tiles of the newest checkpoint."),
    )


def _damaged(tile: Tile) -> Damaged:
    return Damaged(
        Message(
            "What is stored for %(tile)s of the log is not what its tree was made of.", {"tile": tile.path}
        ),
        Message("Nothing of it is handed out. Keep the database as it is, and see `masthead log verify`."),
    )
