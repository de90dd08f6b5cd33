"""Private keys whose making was cut off: in `keys/`, on their way to the name under which one signs.

Nothing takes one up from there, whatever broke off. A key of the log is on record only once its file has its
name on the disk, and the next try makes another. The witness's is on record before (`witness.keys.replaced`):
cut off after that, the key before goes on, or none signs, and done again it is written over. So what no
record names goes once it is old. What one does name stays, for a person to judge: `masthead key show` tells
of it.
"""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from masthead.errors import MastheadError
from masthead.newsroom import lasting
from masthead.newsroom.evidence import keys
from masthead.newsroom.evidence.key_ring import ring

LOG = re.compile(r"log(-[0-9a-f]{8})?\.key\.new")
_ANY = re.compile(rf"{LOG.pattern}|witness\.key\.new")


def left_in(home: Path) -> list[Path]:
    """Every such file, of the log and of the witness; none was opened. One may be being written just now."""
    return sorted(each for each in (home / keys.FOLDER).glob("*.new") if _ANY.fullmatch(each.name))


def swept_of_log(home: Path, before: float) -> int:
    """Take away those of the log; how many went. None, where the record does not say which its keys are."""
    with suppress(MastheadError):
        return swept(home, LOG, before, lambda: {each.key.public_key for each in ring(home).list.keys})
    return 0


def swept(
    home: Path, names: re.Pattern[str], before: float, on_record: Callable[[], Collection[bytes]]
) -> int:
    """Take away those older than `before` whose public half is none of those on record; how many went."""
    old = [each for each in left_in(home) if names.fullmatch(each.name) and lasting.is_older(each, before)]
    known = on_record() if old else ()
    gone = [each for each in old if not _may_be_needed(each, known)]
    for each in gone:
        each.unlink(missing_ok=True)
    if gone:
        lasting.sync(home / keys.FOLDER)
    return len(gone)


def _may_be_needed(path: Path, known: Collection[bytes]) -> bool:
    try:
        loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:  # Half of one: it never came to its name, so nothing was signed with it.
        return False
    except (OSError, TypeError, UnsupportedAlgorithm):  # Not made here, or it cannot be judged now.
        return True
    return not isinstance(loaded, Ed25519PrivateKey) or loaded.public_key().public_bytes_raw() in known
