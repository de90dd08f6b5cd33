"""Others to speak with: a log somewhere that grows, forks and serves itself, and somebody else's witness."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.exchange.sites import Answer, Site, says, site
from tests.tlog.nonces import signature

from masthead.newsroom.witness import answering
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.frontier import Frontier
from masthead.tlog.handover import Ground, Handover, Replacement, Revocation
from masthead.tlog.hashes import leaf_hash
from masthead.tlog.key_list import KeyList, Listed, State
from masthead.tlog.note import Note, VerifierKey
from masthead.tlog.proofs import Tree
from masthead.tlog.submission import Submission
from masthead.tlog.tiles import Tile, covering

ORIGIN = "gazette.example/log"


def key_of(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(seed.encode()).digest())


type Signer = tuple[Ed25519PrivateKey, VerifierKey]


def _pair(origin: str, seed: str) -> Signer:
    private = key_of(seed)
    return private, VerifierKey(origin, private.public_key().public_bytes_raw())


class Log:
    """A log of somebody else. `grown(n, history)` adds entries of a history of its own."""

    def __init__(self, origin: str = ORIGIN, seed: str = "") -> None:
        self.private = key_of(seed or origin)
        self.key = VerifierKey(origin, self.private.public_key().public_bytes_raw())
        self.frontier = Frontier()
        self.levels: dict[int, list[bytes]] = {0: []}
        self.before: list[Signer] = []
        """Keys that sign along."""
        self.statements: list[str] = []

    def rotate(self, seed: str, *, along: bool = False) -> "Log":
        """Hand over to a new key, in an entry; the old one signs along, or no more."""
        old, fresh = (self.private, self.key), _pair(self.key.name, seed)
        self.grow(1)
        self.say(str(Handover(fresh[1], self.size)), old, fresh)
        self.before = [*self.before, old] if along else []
        self.private, self.key = fresh
        return self

    def replace(self, seed: str) -> "Log":
        """Go on with a new key that the old one did not sign."""
        old, fresh = self.key, _pair(self.key.name, seed)
        self.grow(1)
        self.say(str(Replacement(old, fresh[1], self.size, Ground.LOST)), fresh)
        self.before, (self.private, self.key) = [], fresh
        return self

    def revoke(self, key: VerifierKey, size: int | None = None) -> "Log":
        """Revoke a key, signed by the one that signs now."""
        self.grow(1)
        said = Revocation(key, Ground.STOLEN, self.size if size is None else size, None)
        self.say(str(said), (self.private, self.key))
        return self

    def say(self, text: str, *signers: "Signer") -> None:
        """Publish a statement about its keys, signed by each in turn."""
        made = Note(text, ())
        for private, key in signers:
            made = note.sign_too(made, key, private.sign)
        self.statements.append(str(made))

    def key_list(self) -> bytes:
        return str(
            KeyList(self.key.name, (Listed(self.key, State.CURRENT, 0),), tuple(self.statements))
        ).encode()

    def grow(self, count: int, history: str = "") -> "Log":
        for _ in range(count):
            leaf = leaf_hash(f"{self.size} {history}".encode())
            self.levels[0].append(leaf)
            for stored in self.frontier.append(leaf):
                self.levels.setdefault(stored.level, []).append(stored.hash)
        return self

    def copy(self) -> "Log":
        """The same log with the same key: what grows differently from here is a fork."""
        other = Log.__new__(Log)
        other.private, other.key = self.private, self.key
        other.frontier = Frontier.from_bytes(self.size, self.frontier.to_bytes())
        other.levels = {level: list(hashes) for level, hashes in self.levels.items()}
        other.before, other.statements = list(self.before), list(self.statements)
        return other

    @property
    def size(self) -> int:
        return self.frontier.size

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        return self.levels.get(level, [])[start : start + count]

    def tree(self, size: int | None = None) -> Tree:
        return Tree(self.size if size is None else size, self.hashes)

    def note(self, size: int | None = None) -> Note:
        size = self.size if size is None else size
        head = Checkpoint(self.key.name, size, self.tree(size).root())
        made = Note(str(head), ())
        for private, key in (*self.before, (self.private, self.key)):
            made = note.sign_too(made, key, private.sign)
        return made

    def signed_with(self, nonce: int, size: int | None = None) -> Note:
        """The same head with another signature, as good as the first."""
        text = self.note(size).text
        seed = self.private.private_bytes_raw()
        return note.sign(text, self.key, lambda message: signature(seed, message, nonce))

    def submission(self, old: int) -> bytes:
        return Submission(old, tuple(self.tree().consistency(old)), self.note()).body()

    def push(self, old: int, **options) -> answering.Answer:
        return answering.add_checkpoint(self.submission(old), **options)

    def tile(self, tile: Tile) -> bytes:
        return b"".join(self.hashes(8 * tile.level, tile.first, tile.width))

    def files(self, *sizes: int) -> dict[str, bytes]:
        """What it serves: its checkpoint, and the tiles of its heads of these sizes and of the newest."""
        files = {"/log/checkpoint": str(self.note()).encode()}
        if self.statements:
            files["/log/keys"] = self.key_list()
        for size in (*sizes, self.size):
            for tile in covering(size):
                if tile.level >= 0:
                    files[f"/log/{tile.path}"] = self.tile(tile)
        return files


def serve(there: Site, log: Log, *sizes: int, prefix: str = "") -> str:
    """Have `there` serve the log from now on; gives its address."""
    for path in [path for path in there.answers if path.startswith(f"{prefix}/log/")]:
        del there.answers[path]
    there.answers |= {f"{prefix}{path}": says(content) for path, content in log.files(*sizes).items()}
    return there.url(f"{prefix}/log")


@dataclass
class Witness:
    """A witness of somebody else's, which cosigns what it is sent; `answers` come first, one by one."""

    name: str = "tribune.example/w"
    private: Ed25519PrivateKey = field(default_factory=lambda: key_of("witness"))
    seen: int = 0
    time: int = 0
    answers: list[Answer] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)

    @property
    def key(self) -> CosignerKey:
        return CosignerKey(self.name, self.private.public_key().public_bytes_raw())

    def line(self, text: str, time: int) -> str:
        return f"{cosign(text, self.key, self.private.sign, time)}\n"

    def answer(self, line, asked) -> None:
        sent = Submission.parse(asked.body)
        self.submissions.append(sent)
        if self.answers:
            return self.answers.pop(0)(line, asked)
        if sent.old != self.seen:
            return size_says(self.seen)(line, asked)
        self.seen = Checkpoint.parse(sent.note.text).size
        return says(self.line(sent.note.text, self.time).encode())(line, asked)


def size_says(size: int) -> Answer:
    return says(f"{size}\n".encode(), "409 Conflict", Content_Type="text/x.tlog.size")


@contextmanager
def witness_at(witness: Witness) -> Iterator[Site]:
    with site() as there:
        there.answers["/w/add-checkpoint"] = witness.answer
        yield there
