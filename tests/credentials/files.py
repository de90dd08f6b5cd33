"""Real files and issuers for the tests of seals."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from masthead.credentials import Issuer, Use
from masthead.credentials.issuer import create
from masthead.vocabulary import Task, Tier

NOW = datetime.now(UTC)
EDITED = Use("DeepEdit, Pro 3", Task.IMAGE_EDITING, Tier.T2)
DRAFTED = Use("Example Writer", Task.DRAFTING, Tier.T2)
IMAGES = ("image/jpeg", "image/png", "image/webp")
TEXTS = {
    "text/html": "<!doctype html><h1>Élan</h1><p>Ten “people” came.</p>".encode(),
    "text/markdown": "# Élan\n\nTen “people” came.\n".encode(),
    "text/plain": "Ten “people” came.\nعشرة\n".encode(),
}
SHARED = Path(__file__).parents[3] / "shared" / "data" / "c2pa"
"""The reference files of the C2PA project, where they are at hand."""


@cache
def image(media_type: str, width: int = 60, height: int = 48) -> bytes:
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(
        out, media_type.removeprefix("image/").upper()
    )
    return out.getvalue()


@cache
def issuer(organisation: str = "The Daily Échéance") -> Issuer:
    folder = Path(mkdtemp()) / "issuer"
    create(folder, organisation=organisation, now=NOW)
    return Issuer.load(folder)


def root(one: Issuer | None = None) -> bytes:
    found = (one or issuer()).root
    assert found is not None
    return found


type Key = ec.EllipticCurvePrivateKey


def certificate(
    key: object = None,
    *,
    name: str = "Signer",
    above: tuple[object, x509.Certificate] | None = None,
    authority: bool = False,
    aki: bool = True,
    usage: bool | None = True,
    purposes: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.EMAIL_PROTECTION,),
    begins: timedelta = timedelta(days=-1),
    ends: timedelta = timedelta(days=30),
) -> tuple[object, x509.Certificate]:
    """A certificate with any of the faults that a doctor must find."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuing_key, issuing_name = (above[0], above[1].subject) if above else (key, subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuing_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + begins)
        .not_valid_after(NOW + ends)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )
    if aki:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key.public_key())
        builder = builder.add_extension(identifier, critical=False)
    if usage is not None:
        allowed = [usage, False, False, False, False, authority, False, False, False]
        if not any(allowed):
            allowed[2] = True
        builder = builder.add_extension(x509.KeyUsage(*allowed), critical=True)
    if purposes and not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return key, builder.sign(issuing_key, hashes.SHA256())


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def key_pem(key: object, password: bytes | None = None) -> bytes:
    hidden = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)
