"""What is wrong with a certificate: the SDK says only that it is invalid; this names the fault.

Rules: C2PA Technical Specification, section "Certificate profile"; RFC 5280.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID

from masthead.credentials.sdk import EXTENDED_KEY_USAGES
from masthead.language import Message

_NOT_TOGETHER = {ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING}
_RSA_BITS = 2048


def examine(chain: bytes, key: bytes, now: datetime) -> list[Message]:
    """Every fault of a PEM chain (signer first) and its PEM private key at `now`; empty is healthy."""
    return [*of_chain(chain, now), *_of_key(chain, key)]


def of_chain(chain: bytes, now: datetime) -> list[Message]:
    """Every fault of a PEM chain (signer first, no root) at `now`; empty is healthy."""
    certificates = _certificates(chain)
    if not certificates:
        return [Message("The certificate cannot be read: it is not in PEM form.")]
    leaf, *above = certificates
    faults = [
        *_of_validity(leaf, now),
        *_of_public_key(leaf),
        *_of_signer(leaf),
        *_of_order(certificates),
    ]
    for certificate in above:
        if certificate.issuer == certificate.subject:
            faults.append(Message("The root certificate is in the chain; leave it out."))
        elif not _in_force(certificate, now):
            faults.append(Message("A certificate above the signer's has expired or is not yet in force."))
    return faults


def _certificates(chain: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(chain)
    except ValueError:
        return []


def _in_force(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _of_validity(leaf: x509.Certificate, now: datetime) -> Iterator[Message]:
    if now > leaf.not_valid_after_utc:
        ended = leaf.not_valid_after_utc.date().isoformat()
        yield Message("The certificate expired on %(date)s.", {"date": ended})
    if now < leaf.not_valid_before_utc:
        begins = leaf.not_valid_before_utc.date().isoformat()
        yield Message("The certificate is not in force before %(date)s.", {"date": begins})
    if leaf.version is not x509.Version.v3:
        yield Message("The certificate is not of X.509 version 3.")
    if leaf.issuer == leaf.subject:
        yield Message("The certificate is self-signed; it must be issued by an authority.")


def _of_public_key(leaf: x509.Certificate) -> Iterator[Message]:
    try:
        public = leaf.public_key()
    except (ValueError, UnsupportedAlgorithm):
        public = None
    match public:
        case ec.EllipticCurvePublicKey():
            if not isinstance(public.curve, ec.SECP256R1 | ec.SECP384R1):
                yield Message(
                    "The certificate's key is on the curve %(curve)s; use P-256 or P-384.",
                    {"curve": public.curve.name},
                )
        case rsa.RSAPublicKey():
            if public.key_size < _RSA_BITS:
                yield Message(
                    "The certificate's RSA key has %(bits)s bits; it needs at least 2,048.",
                    {"bits": public.key_size},
                )
        case ed25519.Ed25519PublicKey():
            pass
        case _:
            yield Message("The certificate's key is of a kind that Content Credentials do not accept.")
    digest = _digest(leaf)
    if digest is not None and not isinstance(digest, hashes.SHA256 | hashes.SHA384 | hashes.SHA512):
        yield Message(
            "The certificate was issued with the hash %(hash)s, which is not accepted.", {"hash": digest.name}
        )


def _digest(certificate: x509.Certificate) -> hashes.HashAlgorithm | None:
    try:
        return certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None


def _of_signer(leaf: x509.Certificate) -> Iterator[Message]:
    try:
        extensions = leaf.extensions
    except ValueError:
        yield Message("The certificate's extensions cannot be read.")
        return
    yield from _of_usage(extensions)
    yield from _of_purpose(extensions)
    if not _has(extensions, x509.AuthorityKeyIdentifier) and leaf.issuer != leaf.subject:
        yield Message("The certificate lacks the Authority Key Identifier.")
    constraints = _get(extensions, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        yield Message("The certificate is an authority's (CA); a signer's own is needed.")


def _of_usage(extensions: x509.Extensions) -> Iterator[Message]:
    usage = _get(extensions, x509.KeyUsage)
    if usage is None:
        yield Message("The certificate lacks Key Usage.")
        return
    if not usage.digital_signature:
        yield Message("The certificate's Key Usage does not allow digital signatures.")
    if usage.key_cert_sign:
        yield Message("The certificate's Key Usage is that of an authority (keyCertSign).")


def _of_purpose(extensions: x509.Extensions) -> Iterator[Message]:
    purposes = _get(extensions, x509.ExtendedKeyUsage)
    if purposes is None:
        yield Message("The certificate lacks Extended Key Usage.")
        return
    if ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE in purposes:
        yield Message("The certificate's Extended Key Usage allows anything; it must name a purpose.")
    elif not any(oid.dotted_string in EXTENDED_KEY_USAGES for oid in purposes):
        yield Message(
            "The certificate's Extended Key Usage is for another purpose; it must be e-mail protection, "
            "document signing or C2PA claim signing."
        )
    if _NOT_TOGETHER.intersection(purposes):
        yield Message("The certificate is also for time stamps or revocation answers, which is not accepted.")


def _of_order(certificates: list[x509.Certificate]) -> Iterator[Message]:
    for lower, upper in pairwise(certificates):
        try:
            lower.verify_directly_issued_by(upper)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            yield Message(
                "The chain is not in order: each certificate must be issued by the next, the signer's first."
            )
            return


def _of_key(chain: bytes, key: bytes) -> Iterator[Message]:
    try:
        private = serialization.load_pem_private_key(key, None)
    except TypeError:
        yield Message("The signing key is encrypted; give it unencrypted.")
        return
    except (ValueError, UnsupportedAlgorithm):
        yield Message("The signing key cannot be read: it is not in PEM form.")
        return
    certificates = _certificates(chain)
    if certificates and _spki(private.public_key()) != _spki(certificates[0].public_key()):
        yield Message("The signing key does not belong to the certificate.")


def _spki(public: PublicKeyTypes) -> bytes:
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _has(extensions: x509.Extensions, kind: type[x509.ExtensionType]) -> bool:
    return _get(extensions, kind) is not None


def _get[E: x509.ExtensionType](extensions: x509.Extensions, kind: type[E]) -> E | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
