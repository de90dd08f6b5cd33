"""Whether a credential is ours, whatever became of the file under it."""

from pathlib import Path

from django.conf import settings

from masthead.credentials import Place, Reading, State

CONTENT_CHANGED = frozenset(
    {"assertion.dataHash.mismatch", "assertion.boxesHash.mismatch", "assertion.bmffHash.mismatch"}
)
"""What C2PA says of a file whose seal is sound and whose content is not what was sealed."""


def our_roots() -> tuple[bytes, ...]:
    """The roots of our own seals and of nobody else's."""
    chosen = settings.MASTHEAD.certificate
    paths = [
        Path(settings.MASTHEAD_HOME) / "keys" / "issuer" / "root.pem",
        *([Path(chosen)] if chosen else []),
    ]
    return tuple(path.read_bytes() for path in paths if path.is_file())


def changed_under_our_seal(seal: Reading) -> bool:
    """Whether the credential was signed by us, and what is wrong is the content alone.

    Read with `our_roots`, a seal of another's would be untrusted, and a forged one broken in itself: either
    is a fault of its own.
    """
    here = {problem.code for problem in seal.problems if problem.where is Place.THIS}
    return seal.state is State.INVALID and bool(here) and here <= CONTENT_CHANGED
