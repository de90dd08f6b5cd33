"""Checkpoints: C2SP tlog-checkpoint, the text that a log's signature stands under."""

from dataclasses import dataclass

from masthead.tlog.hashes import EMPTY_ROOT, HASH_BYTES
from masthead.tlog.note import Malformed, check_name, decode, encode


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its origin, how many entries it has and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no head of a tree."""
        check_name(self.origin)
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise Malformed("a checkpoint has a size and a root of 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise Malformed("the root over no entries is the hash of nothing")
        if any(not line or "\n" in line for line in self.extensions):
            raise Malformed("extension lines are not empty")

    def __str__(self) -> str:
        """The text to sign."""
        lines = (self.origin, str(self.size), encode(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a note. Raises `Malformed`."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise Malformed("a checkpoint is three lines or more, each ending in a line feed")
        origin, size, root, *extensions = lines
        # Digits of other scripts are decimals to Python; a leading zero would give one size two texts.
        if not (size.isascii() and size.isdecimal() and len(size) < 19 and str(int(size)) == size):
            raise Malformed("the size of a checkpoint is a plain decimal number")
        return cls(origin, int(size), decode(root), tuple(extensions))
