"""A time-stamping authority made of nothing but DER: RFC 3161 and the parts of CMS (RFC 5652) that it takes.

It gives good stamps, and every kind of bad one that a test wants.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import _rust

TST_INFO = "1.2.840.113549.1.9.16.1.4"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
SHA256 = "2.16.840.1.101.3.4.2.1"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"
POLICY = "1.2.3.4.1"
DER = serialization.Encoding.DER


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    return tlv(0x31, *sorted(parts))


def integer(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    return tlv(4, content)


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray([first * 40 + second])
    for number in rest:
        part = [number & 127]
        while number := number >> 7:
            part.append(number & 127 | 128)
        out += bytes(reversed(part))
    return tlv(6, bytes(out))


def algorithm(dotted: str) -> bytes:
    return sequence(oid(dotted))


def time(moment: datetime) -> bytes:
    return tlv(0x18, moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())


@dataclass
class Authority:
    """Its certificate, from a root of its own. What is wrong with its stamps is said by the fields."""

    status: int = 0
    other_nonce: bool = False
    other_imprint: bool = False
    unordered: bool = False
    """Whether its root goes with it, in an order that DER does not allow, as `openssl ts` may send them."""
    at: datetime | None = None
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    valid: tuple[timedelta, timedelta] = (timedelta(days=-30), timedelta(days=30))
    asked: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root_key, self.key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = _certificate("Root of time", self.root_key, "Root of time", self.root_key.public_key())
        self.certificate = _certificate(
            "Root of time", self.root_key, "Time", self.key.public_key(), self.purpose, self.valid
        )

    def root_in(self, folder: Path) -> Path:
        """The root as a PEM file."""
        path = folder / "root-of-time.pem"
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def answer(self, request: bytes) -> bytes:
        """The time-stamp response, DER."""
        self.asked.append(request)
        if self.status > 1:
            return sequence(sequence(integer(self.status)))
        return sequence(sequence(integer(self.status)), self._token(request))

    def _token(self, request: bytes) -> bytes:
        asked = _rust.parse_timestamp_request(request)
        imprint = bytes(32) if self.other_imprint else asked.message_imprint.message
        nonce = asked.nonce + 1 if self.other_nonce else asked.nonce
        info = sequence(
            integer(1),
            oid(POLICY),
            sequence(sequence(oid(SHA256), tlv(5)), octets(imprint)),
            integer(len(self.asked)),
            time(self.at or datetime.now(UTC)),
            integer(nonce),
        )
        certificate = self.certificate.public_bytes(DER)
        attributes = (
            sequence(oid(CONTENT_TYPE), set_of(oid(TST_INFO))),
            sequence(oid(MESSAGE_DIGEST), set_of(octets(sha256(info).digest()))),
            sequence(
                oid(SIGNING_CERTIFICATE_V2),
                set_of(sequence(sequence(sequence(octets(sha256(certificate).digest()))))),
            ),
        )
        signed = set_of(*attributes)
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        signer = sequence(
            integer(1),
            sequence(self.certificate.issuer.public_bytes(), integer(self.certificate.serial_number)),
            algorithm(SHA256),
            b"\xa0" + signed[1:],
            algorithm(ECDSA_SHA256),
            octets(signature),
        )
        data = sequence(
            integer(3),
            set_of(algorithm(SHA256)),
            sequence(oid(TST_INFO), tlv(0xA0, octets(info))),
            tlv(0xA0, *self._certificates()),
            set_of(signer),
        )
        return sequence(oid(SIGNED_DATA), tlv(0xA0, data))

    def _certificates(self) -> list[bytes]:
        own, root = (each.public_bytes(DER) for each in (self.certificate, self.root))
        return sorted([own, root], reverse=True) if self.unordered else [own]


def _certificate(
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    subject: str,
    key: ec.EllipticCurvePublicKey,
    purpose: x509.ObjectIdentifier | None = None,
    valid: tuple[timedelta, timedelta] = (timedelta(days=-30), timedelta(days=30)),
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + valid[0])
        .not_valid_after(now + valid[1])
        .add_extension(x509.BasicConstraints(ca=purpose is None, path_length=None), critical=True)
    )
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())
