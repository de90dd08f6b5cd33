"""Reading a credential: the verdict, each fault in plain words, the AI declared and the history."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from cryptography import x509

from masthead import runner
from masthead.credentials.parsing import judge
from masthead.credentials.said import Declared, Place, Said, State, Step
from masthead.credentials.words import say
from masthead.errors import CannotRead
from masthead.language import Message

SECONDS = 20.0
MEMORY = 1_000_000_000

_PARSE = "credentials.parse"
runner.register(_PARSE, "masthead.credentials.parsing:parse")
_PRIVATE = "credentials.private"
runner.register(_PRIVATE, "masthead.credentials.redacting:private")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its code (C2PA's, or ours starting with `masthead.`), in plain words, and where it is."""

    code: str
    message: Message
    detail: str = ""
    where: Place = Place.THIS


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says of itself and what it is worth.

    `state` judges the seal; `problems` are named whatever the state. `ai` holds every AI use that the file
    declares, in its credential, in its history or in its descriptive data. `history` is newest first.
    """

    state: State
    problems: tuple[Problem, ...] = ()
    ai: tuple[Declared, ...] = ()
    history: tuple[Step, ...] = ()

    @property
    def signer(self) -> str | None:
        """Who sealed this version."""
        return self.history[0].signer if self.history else None

    def to_json(self) -> dict[str, Any]:
        """As `masthead verify --json` gives it."""
        return {
            "state": self.state.value,
            "problems": [
                {"code": p.code, "message": str(p.message), "detail": p.detail, "where": p.where.value}
                for p in self.problems
            ],
            "ai": [asdict(one) for one in self.ai],
            "history": [asdict(one) for one in self.history],
        }


def read(
    content: bytes, media_type: str, sidecar: bytes | None = None, trust: Iterable[bytes] = ()
) -> Reading:
    """Read and judge a file's credential in the runner's child; no network, ever.

    `trust` holds PEM roots (of signers and of time stamps), each with one certificate or several. A
    credential that is tampered with or broken gives `invalid`. Raises `CannotRead` where the file itself or
    a PEM cannot be parsed, and `Unavailable` where the child gave up on it.
    """
    return _ask(content, media_type, sidecar, trust)[0]


def read_own(
    content: bytes, media_type: str, sidecar: bytes | None = None, trust: Iterable[bytes] = ()
) -> Reading:
    """As `read`, for what this process has just written: without the child, and the credential alone."""
    return _reading(judge(content, media_type, sidecar, _checked(trust))[0])


def recorded(content: bytes, media_type: str, sidecar: bytes) -> dict[str, Any]:
    """The SDK's report on a sidecar (`active_manifest`, `validation_results`), for a signer to repeat."""
    report: dict[str, Any] = json.loads(_ask(content, media_type, sidecar, ())[1])
    return report


def private(content: bytes, media_type: str) -> list[str]:
    """The addresses of what a file's credentials tell beside their history, for a signer to take out."""
    header = {"media_type": media_type}
    said, _ = runner.call(_PRIVATE, header, content, seconds=SECONDS, memory=MEMORY)
    return [str(address) for address in said["private"]]


def _ask(
    content: bytes, media_type: str, sidecar: bytes | None, trust: Iterable[bytes]
) -> tuple[Reading, bytes]:
    header = {"media_type": media_type, "sidecar": sidecar is not None}
    blobs = [content, *([] if sidecar is None else [sidecar]), *_checked(trust)]
    said, (report, *_) = runner.call(_PARSE, header, *blobs, seconds=SECONDS, memory=MEMORY)
    return _reading(Said.from_json(said)), report


def _reading(said: Said) -> Reading:
    problems = tuple(Problem(f.code, say(f.code, f.detail), f.detail, f.where) for f in said.faults)
    return Reading(said.state, problems, said.ai, said.history)


def _checked(trust: Iterable[bytes]) -> Sequence[bytes]:
    roots = tuple(trust)
    for pem in roots:
        if not _is_pem(pem):
            raise CannotRead(
                Message("A certificate to trust cannot be read: it is not in PEM form."),
                Message("Give a file that starts with “-----BEGIN CERTIFICATE-----”."),
            )
    return roots


@lru_cache(maxsize=64)
def _is_pem(pem: bytes) -> bool:
    try:
        return bool(x509.load_pem_x509_certificates(pem))
    except ValueError:
        return False
