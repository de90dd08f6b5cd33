"""A chain of certificates of one's own, for trying out: root → intermediate → signer.

Profile: C2PA Technical Specification, section "Certificate profile". Nobody trusts the root until they are
given it. Its key is forgotten once it has issued the intermediate: nothing more can be issued under it.
"""

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from masthead.errors import Refused, Unavailable
from masthead.language import Message
from masthead.system_said import why

CHAIN = "chain.pem"
KEY = "signer.key"
INTERMEDIATE_KEY = "intermediate.key"
ROOT = "root.pem"

_VALID = {"root": timedelta(days=3650), "intermediate": timedelta(days=1825), "signer": timedelta(days=730)}
_CLOCK_SKEW = timedelta(hours=1)


def create(folder: Path, *, organisation: str, now: datetime) -> None:
    """Make the chain in `folder`, which must not exist or be empty; it appears whole or not at all.

    Writes `chain.pem` (signer and intermediate), `signer.key`, `intermediate.key` (both 0600) and `root.pem`,
    to be given to those who should trust it. Raises `Refused` where a chain is there already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(
            Message("There is an issuing certificate already; it was left as it is."),
            Message("Keep using it, or move its folder away first."),
        )
    root_key, root = _issue("root", organisation, now, None)
    middle_key, middle = _issue("intermediate", organisation, now, (root_key, root))
    signer_key, signer = _issue("signer", organisation, now, (middle_key, middle))
    files = {
        CHAIN: _pem(signer) + _pem(middle),
        KEY: _key_pem(signer_key),
        INTERMEDIATE_KEY: _key_pem(middle_key),
        ROOT: _pem(root),
    }
    try:
        _write_at_once(folder, files)
    except OSError as error:
        raise Unavailable(
            Message("The issuing certificate could not be written: %(why)s.", {"why": why(error)}),
            Message("Make room on the disk, or check that you may write there, and try again."),
        ) from error


type _Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def _issue(part: str, organisation: str, now: datetime, issuer: _Pair | None) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(part, organisation)
    issuer_key, issuer_name = (issuer[0], issuer[1].subject) if issuer else (key, name)
    authority = part != "signer"
    depth = {"root": 1, "intermediate": 0}.get(part)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _VALID[part])
        .add_extension(x509.BasicConstraints(authority, depth), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if not authority:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
    return key, builder.sign(issuer_key, hashes.SHA256())


def _name(part: str, organisation: str) -> x509.Name:
    words = {"root": "trial root", "intermediate": "trial issuer", "signer": "Content Credentials"}[part]
    limit = 64  # RFC 5280, appendix A.1, ub-organization-name and ub-common-name
    who = " ".join(organisation.split())[:limit] or "Masthead"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, who),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{who[: limit - len(words) - 1]} {words}"),
        ]
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_at_once(folder: Path, files: dict[str, bytes]) -> None:
    """A folder beside, synced, then renamed: after a crash there is a whole chain or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".issuer-", dir=folder.parent))  # 0700
    try:
        for name, content in files.items():
            mode = 0o600 if name.endswith(".key") else 0o644
            descriptor = os.open(beside / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with open(descriptor, "wb") as file:  # noqa: PTH123 -- opened by descriptor to set the mode at birth
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _sync(beside)
        beside.rename(folder)
        _sync(folder.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
