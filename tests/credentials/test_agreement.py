"""Another reader, written by others, comes to the same verdict."""

import encypher_c2pa
import pytest
from tests.credentials.files import EDITED, IMAGES, TEXTS, image, issuer, root

from masthead.credentials import Manifest, State, read, sign


@pytest.fixture(autouse=True)
def nowhere_to_keep_a_preference(tmp_path, monkeypatch):
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def theirs(content, media_type, sidecar=None, trust=None):
    report = encypher_c2pa.verify(
        content,
        media_type,
        manifest_store=sidecar,
        trust_pem=trust and trust.decode(),
        no_default_trust=True,
        telemetry=False,
        online=False,
    )
    assert report["network"]["requests"] == []
    return report["validation_state"].lower()


def agree(content, media_type, sidecar, expected):
    for trust in (root(), root(issuer("Somebody else"))):
        ours = read(content, media_type, sidecar, [trust]).state.value
        assert ours == theirs(content, media_type, sidecar, trust)
    assert read(content, media_type, sidecar, [root()]).state is expected


@pytest.mark.parametrize("media_type", IMAGES)
def test_both_agree_on_images(media_type):
    first = sign(image(media_type), media_type, issuer=issuer(), manifest=Manifest((EDITED,))).content
    again = sign(first, media_type, issuer=issuer(), manifest=Manifest()).content
    agree(first, media_type, None, State.TRUSTED)
    agree(again, media_type, None, State.TRUSTED)
    tampered = first[:-30] + bytes([first[-30] ^ 1]) + first[-29:]
    agree(tampered, media_type, None, State.INVALID)


@pytest.mark.parametrize("media_type", ["text/html", "text/markdown"])
def test_both_agree_on_texts_with_a_sidecar(media_type):
    content = TEXTS[media_type]
    first = sign(content, media_type, issuer=issuer(), manifest=Manifest((EDITED,))).sidecar
    again = sign(content, media_type, issuer=issuer(), manifest=Manifest(), sidecar=first).sidecar
    agree(content, media_type, first, State.TRUSTED)
    agree(content, media_type, again, State.TRUSTED)
    agree(content.replace(b"Ten", b"Two"), media_type, first, State.INVALID)
