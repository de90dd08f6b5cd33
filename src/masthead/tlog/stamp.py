"""Time stamps of a checkpoint: RFC 3161, over the SHA-256 of the text that its signatures stand under; pure.

A stamp says that an authority saw that hash at that time: whatever the checkpoint commits to is no younger.
It says nothing of what was left out, nor that no other checkpoint was stamped too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import Certificate, ObjectIdentifier, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from masthead.tlog.loose import in_order

QUERY = "application/timestamp-query"
LARGEST = 100_000
"""Bytes of an answer that is read at all; a stamp with its certificates has about 5 kB."""
_SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_GRANTED = 0


class NoStamp(ValueError):
    """What came is no stamp of this text by an authority that is believed; `args[0]` says why, in English."""


class Unreadable(NoStamp):
    """It cannot be read as the answer of an authority."""


class NotGranted(NoStamp):
    """The authority answered, and gave no stamp."""


class Unproved(NoStamp):
    """No certificate that is believed shows that it is the authority's; `args[0]` says why not."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to send, and the number that the answer must bear."""

    content: bytes
    nonce: int


def query(text: str) -> Query:
    """Ask for a stamp of `text`, with a fresh nonce and the certificate of whoever signs."""
    asked = (
        TimestampRequestBuilder()
        .data(text.encode())
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    if asked.nonce is None:
        raise RuntimeError("a query bears a nonce")
    return Query(asked.as_bytes(), asked.nonce)


def stamped_at(answer: bytes, text: str, roots: Sequence[Certificate], nonce: int | None = None) -> datetime:
    """When an authority under one of `roots` stamped `text`, by this answer. Raises `NoStamp`.

    Certificates need to have been valid then, not now. `nonce` is that of the query; None for a stamp that
    was kept.
    """
    if not roots:
        raise NoStamp("no root certificate to believe was given")
    response = _read(answer)
    said = _said(response, text)
    if nonce is not None and response.tst_info.nonce != nonce:
        raise NoStamp("the stamp answers another query")
    try:
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify_message(response, text.encode())
    except VerificationError as error:
        raise Unproved(f"the stamp does not verify: {error}") from error
    # The parser is another's, and what it reads is a stranger's: whatever it raises, this is no stamp.
    except Exception as error:
        raise Unreadable("the answer is no time-stamp response") from error
    return said


def claimed_at(answer: bytes, text: str) -> datetime:
    """When a stamp of `text` says that it was made; whose it is was not looked at. Raises `NoStamp`."""
    return _said(_read(answer), text)


def _read(answer: bytes) -> TimeStampResponse:
    if len(answer) > LARGEST:
        raise Unreadable("the answer is larger than a stamp")
    try:
        response = _decoded(answer)
        granted = response.status == _GRANTED
    except ValueError as error:
        raise Unreadable("the answer is no time-stamp response") from error
    if not granted:
        raise NotGranted("the authority did not grant it")
    return response


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(answer)
    except ValueError:
        # The parser wants the certificates in order; kept is what came, which others read either way.
        return decode_timestamp_response(in_order(answer))


def _said(response: TimeStampResponse, text: str) -> datetime:
    try:
        info = response.tst_info
        imprint, said = info.message_imprint, info.gen_time
        kind, content = imprint.hash_algorithm, imprint.message
    except Exception as error:
        raise Unreadable("the answer is no time-stamp response") from error
    if kind != _SHA256:
        raise NoStamp("the stamp is over another kind of hash")
    if content != sha256(text.encode()).digest():
        raise NoStamp("the stamp is over something else")
    return said


def read_roots(content: bytes) -> list[Certificate]:
    """The certificates of a PEM file. ValueError where there is none."""
    return load_pem_x509_certificates(content)
