"""Sealing and verifying a photograph of 2 MB beside the bare SDK doing the same, in one process."""

import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import c2pa
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

from bench.clock import in_turn
from bench.figure import Figure, at_most_times
from masthead import credentials
from masthead.credentials import local_chain, manifest
from masthead.credentials.reading import read_own
from masthead.vocabulary import Medium, Task, Tier

JPEG = "image/jpeg"
SIZE = 2_000_000
USES = (manifest.Use("Brush 2", Task.IMAGE_EDITING, Tier.T2),)
BARE = "bare SDK"
ROUNDS = 60


def photograph() -> bytes:
    """A JPEG of about 2 MB: noise of the right grain compresses as little as a detailed photograph."""
    noise = random.Random(1).randbytes(1100 * 800 * 3)
    picture = Image.frombytes("RGB", (1100, 800), noise).resize((2200, 1600))
    low, high = 40, 98
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(_jpeg(picture, middle)) <= SIZE else (low, middle - 1)
    return _jpeg(picture, low)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def figures() -> Iterator[Figure]:
    """Seal and read back; then verify, our own file in this process and a stranger's in the child."""
    content = photograph()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "issuer"
        local_chain.create(place, organisation="The Harbour Post", now=datetime.now(UTC))
        issuer = credentials.Issuer.load(place)
        bare = Bare(place)
        said = credentials.Manifest(USES)
        sealed = credentials.sign(content, JPEG, issuer=issuer, manifest=said).content or b""
        roots = (issuer.root or b"",)

        ms, beside = in_turn(
            lambda: credentials.sign(content, JPEG, issuer=issuer, manifest=said),
            lambda: bare.verify(bare.seal(content)),
            rounds=ROUNDS,
        )
        yield _figure("seal.jpeg_2mb_sealed_and_verified", ms, beside)
        ms, beside = in_turn(
            lambda: read_own(sealed, JPEG, None, roots), lambda: bare.verify(sealed), rounds=ROUNDS
        )
        yield _figure("seal.jpeg_2mb_verified", ms, beside)
        ms, beside = in_turn(
            lambda: credentials.read(sealed, JPEG, trust=roots), lambda: bare.verify(sealed), rounds=ROUNDS
        )
        yield _figure("seal.jpeg_2mb_verified_in_the_child", ms, beside)


def _figure(name: str, ours: float, theirs: float) -> Figure:
    against: dict[str, float | None] = {BARE: theirs}
    return Figure(name, ours, "ms CPU", "at most 1.3 times the bare SDK", at_most_times(1.3, BARE), against)


class Bare:
    """The SDK as its own documentation uses it, with the same certificate, claims and settings."""

    def __init__(self, folder: Path) -> None:
        self.chain = (folder / local_chain.CHAIN).read_text(encoding="ascii")
        key = serialization.load_pem_private_key((folder / local_chain.KEY).read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self.key = key
        self.context = c2pa.Context.from_dict(
            {
                "trust": {"user_anchors": (folder / local_chain.ROOT).read_text(encoding="ascii")},
                "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
                "builder": {"thumbnail": {"enabled": False}},
            }
        )

    def seal(self, content: bytes) -> bytes:
        """Seal with the very claims that ours makes."""
        out = BytesIO()
        said: dict[str, Any] = manifest.definition(credentials.Manifest(USES), Medium.IMAGE, opened=True)
        signer = c2pa.Signer.from_callback(
            lambda data: self.key.sign(data, ec.ECDSA(hashes.SHA256())),
            c2pa.C2paSigningAlg.ES256,
            self.chain,
            None,
        )
        with c2pa.Builder(said, context=self.context) as builder, signer:
            parent = {"relationship": "parentOf", "label": manifest.PARENT}
            builder.add_ingredient(parent, JPEG, BytesIO(content))
            builder.sign(signer, JPEG, BytesIO(content), out)
        return out.getvalue()

    def verify(self, content: bytes) -> str:
        """Verify, and need the answer to be the one we get."""
        with c2pa.Reader(JPEG, BytesIO(content), context=self.context) as reader:
            state = str(reader.get_validation_state())
            reader.json()
        if state != "Trusted":
            raise SystemExit(f"the bare SDK says {state}")
        return state
