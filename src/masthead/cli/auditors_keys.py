"""The keys, certificates and checkpoint that an auditor brings to `masthead log verify`, read."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masthead.cli.given import bytes_of, text_of
from masthead.errors import CannotRead
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.evidence.attested import Given


def given(
    key: str, witnesses: list[str] | None, authorities: list[Path] | None, since: Path | None
) -> "Given":
    """What was brought. `CannotRead` where something of it is not what it should be."""
    from masthead.newsroom.evidence.attested import Given
    from masthead.tlog.cosignature import CosignerKey
    from masthead.tlog.note import VerifierKey

    found = Given(
        _key(key, VerifierKey) if key else None,
        tuple(_key(each, CosignerKey) for each in witnesses or ()),
        tuple(certificate for each in authorities or () for certificate in _certificates(each)),
        text_of(since) if since else None,
    )
    if len({each.public_key for each in found.witnesses}) < len(found.witnesses):
        raise CannotRead(
            Message("Two of the witnesses' keys are one and the same."), Message("Give each witness once.")
        )
    return found


_LINE = re.compile(r"(?m)^\s*([^\s+]+\+[0-9a-f]{8}\+\S+)\s*$")
"""A line that is a key, of whatever else stands in a file."""

_GIVE = Message("Give the line that begins with its name, or the file that holds it.")


def _key[K: "Any"](said: str, kind: type[K]) -> K:
    from masthead.tlog.note import VerifierKey

    try:
        path = Path(said)
        there = path.exists()
        if not there and "+" not in said:
            raise CannotRead(
                Message("There is no file %(path)s, and that is no key either.", {"path": said}), _GIVE
            )
        text = text_of(path).removeprefix("\ufeff") if there else said
        found = _LINE.findall(text) or [text.strip()]
        if len(found) > 1:
            raise CannotRead(
                Message("%(file)s holds %(n)s keys.", {"file": path.name, "n": len(found)}),
                Message("Give one of them: an older key leads to those it handed over to."),
            )
        parsed: K = kind.parse(found[0])
    except (OSError, ValueError) as error:
        if kind is VerifierKey:
            what = Message("That is not the public key of a log.")
        else:
            what = Message("That is not the public key of a witness.")
        raise CannotRead(what, _GIVE) from error
    return parsed


def _certificates(path: Path) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    from masthead.reading.limits import USUAL

    try:
        return load_pem_x509_certificates(bytes_of(path, USUAL.size))
    except ValueError as error:
        raise CannotRead(
            Message("That is not a certificate."), Message("Give a file that begins with BEGIN CERTIFICATE.")
        ) from error
