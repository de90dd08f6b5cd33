"""Witnesses and a time-stamping authority of the tests, who vouch for checkpoints of the log under test."""

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.said_of_it import keep_cosignature, keep_stamp
from masthead.tlog import note
from masthead.tlog.cosignature import CosignerKey, cosign
from masthead.tlog.stamp import claimed_at

COSIGNED_AT = 1_795_000_000
"""2026-11-18 11:06:40 UTC."""


@dataclass
class Witness:
    """Somebody who cosigns checkpoints."""

    name: str
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def key(self) -> CosignerKey:
        return CosignerKey(self.name, self.private.public_key().public_bytes_raw())

    def line(self, text: str, at: int = COSIGNED_AT) -> str:
        """Its line of signature under the text of a note."""
        return str(cosign(text, self.key, self.private.sign, at))

    def cosign(self, row: Checkpoint, at: int = COSIGNED_AT) -> None:
        """Cosign a checkpoint, as if it had been asked to."""
        line = cosign(note.parse(row.note).text, self.key, self.private.sign, at)
        keep_cosignature(row, line, datetime.fromtimestamp(at, UTC))


class Authority:
    """A time-stamping authority: a root, and a certificate under it with which openssl signs."""

    def __init__(self, folder: Path, url: str = "http://tsa.example/") -> None:
        self.folder = folder
        self.url = url
        folder.mkdir(parents=True)
        root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = folder / "root.pem"
        of_root = _certificate("Root of the tests", root, "Root of the tests", root, ca=True)
        of_leaf = _certificate("Stamps of the tests", leaf, "Root of the tests", root, ca=False)
        self.root.write_bytes(of_root.public_bytes(serialization.Encoding.PEM))
        (folder / "leaf.pem").write_bytes(of_leaf.public_bytes(serialization.Encoding.PEM))
        (folder / "leaf.key").write_bytes(
            leaf.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = leaf.pem\n"
            "signer_key = leaf.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\n"
            "ess_cert_id_alg = sha256\n"
        )

    def stamp(self, row: Checkpoint) -> None:
        """Stamp a checkpoint, as if it had been asked to."""
        text = note.parse(row.note).text
        token = self.token(text)
        keep_stamp(row, self.url, token, claimed_at(token, text))

    def token(self, text: str) -> bytes:
        """The response to a request for a stamp on the SHA-256 of `text`."""
        digest = sha256(text.encode()).hexdigest()
        self._openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", "query.tsq")
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if not ca:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256())
