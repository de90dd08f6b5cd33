"""Who seals: a signing key with its certificate chain, the organisation's own or one made for trying out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from masthead.credentials import doctor as _doctor
from masthead.credentials.local_chain import CHAIN, KEY, ROOT
from masthead.credentials.local_chain import create as create
from masthead.errors import CannotRead, NotReady
from masthead.language import Message
from masthead.system_said import why

type Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Issuer:
    """A chain (PEM, the signer's certificate first, never the root), its algorithm and what signs.

    `algorithm` is `es256`, `es384`, `ps256` or `ed25519` (C2PA Technical Specification, "Digital
    signatures"); `sign` gives the raw signature of its bytes, so that a key may stay in a KMS or on a token.
    `root` is the PEM that others must trust, where we know it.
    """

    chain: bytes
    algorithm: str
    sign: Sign
    root: bytes | None = None

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The local chain that `create` made in `folder`; raises `NotReady` where there is none."""
        try:
            chain, key = (folder / CHAIN).read_bytes(), (folder / KEY).read_bytes()
            root = (folder / ROOT).read_bytes()
        except OSError:
            raise NotReady(
                Message("There is no certificate to sign with."),
                Message("Run “masthead init”, or give your own with --certificate and --key."),
            ) from None
        return cls(chain, *_signer(key), root)

    @classmethod
    def from_files(cls, chain: Path, key: Path) -> Self:
        """The organisation's own certificate chain and key, both PEM; raises `CannotRead`."""
        try:
            return cls(chain.read_bytes(), *_signer(key.read_bytes()))
        except OSError as error:
            raise CannotRead(
                Message("The certificate or its key cannot be opened: %(why)s.", {"why": why(error)}),
                Message("Check both paths and that you may read them."),
            ) from None

    @property
    def name(self) -> str:
        """The organisation in the signer's certificate, else its common name."""
        subject = x509.load_pem_x509_certificate(self.chain).subject
        for oid in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
            found = subject.get_attributes_for_oid(oid)
            if found:
                return str(found[0].value)
        return ""

    def check(self, now: datetime) -> None:
        """Raise `NotReady`, naming the first fault, where a seal made at `now` would not be accepted."""
        faults = _doctor.of_chain(self.chain, now)
        if faults:
            raise NotReady(
                Message("The certificate cannot be used to sign: %(fault)s", {"fault": faults[0]}),
                Message("Ask who issued it for one that meets the C2PA certificate profile."),
            )


def doctor(chain: bytes, key: bytes, *, now: datetime) -> list[Message]:
    """Every fault of a PEM chain and its PEM key that would make a seal refused; empty is healthy."""
    return _doctor.examine(chain, key, now)


def _signer(key: bytes) -> tuple[str, Sign]:
    try:
        private = serialization.load_pem_private_key(key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise CannotRead(
            Message("The signing key cannot be read."),
            Message("Give an unencrypted private key in PEM form."),
        ) from None
    match private:
        case ec.EllipticCurvePrivateKey() if isinstance(private.curve, ec.SECP256R1):
            return "es256", lambda data: _raw(private.sign(data, ec.ECDSA(hashes.SHA256())), 32)
        case ec.EllipticCurvePrivateKey() if isinstance(private.curve, ec.SECP384R1):
            return "es384", lambda data: _raw(private.sign(data, ec.ECDSA(hashes.SHA384())), 48)
        case rsa.RSAPrivateKey():
            pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
            return "ps256", lambda data: private.sign(data, pss, hashes.SHA256())
        case ed25519.Ed25519PrivateKey():
            return "ed25519", private.sign
    raise CannotRead(
        Message("The signing key is of a kind that Content Credentials do not accept."),
        Message("Use P-256, P-384, Ed25519, or RSA of at least 2,048 bits."),
    )


def _raw(der: bytes, size: int) -> bytes:
    """An ECDSA signature as COSE wants it: r and s side by side (RFC 9053, section 2.1)."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(size) + s.to_bytes(size)
