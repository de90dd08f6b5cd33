"""What an earlier credential tells beside its history can be taken out, and every seal still holds."""

from io import BytesIO

import encypher_c2pa
import pytest
from c2pa import Builder, C2paSigningAlg, Context, Signer
from tests.credentials.files import EDITED, image, issuer, root

from masthead.credentials import Manifest, State, read, sign

PLACE, SERIAL = b"52,22.01N", b"SERIAL-4711"
MADE_BY_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CAPTURED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
SAID = {
    "stds.exif": {"exif:GPSLatitude": PLACE.decode()},
    "c2pa.metadata": {"exif:BodySerialNumber": SERIAL.decode()},
    "com.example.owner": {"owner": "Peter Secret"},
    "com.example.maker": {"digitalSourceType": MADE_BY_AI},
}


def camera(parent=None) -> bytes:
    """A photograph sealed by its camera, with previews, and Exif in the seal (twice)."""
    start = {"action": "c2pa.created", "digitalSourceType": CAPTURED}
    if parent:
        start = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["it"]}}
    assertions = [{"label": "c2pa.actions.v2", "data": {"actions": [start]}}]
    context = {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}}
    assertions += [{"label": label, "data": context | data} for label, data in [*SAID.items(), *SAID.items()]]
    own, out = issuer(), BytesIO()
    signer = Signer.from_callback(own.sign, C2paSigningAlg.ES256, own.chain.decode(), None)
    with (
        Builder(
            {"claim_generator_info": [{"name": "Camera"}], "assertions": assertions}, context=Context()
        ) as builder,
        signer,
    ):
        if parent:
            builder.add_ingredient({"relationship": "parentOf", "label": "it"}, "image/jpeg", BytesIO(parent))
        builder.sign(signer, "image/jpeg", BytesIO(image("image/jpeg")), out)
    return out.getvalue()


@pytest.mark.parametrize("generations", [1, 2])
def test_place_device_owner_and_previews_go_and_the_history_stays(generations, tmp_path, monkeypatch):
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    came = camera()
    for _ in range(generations - 1):
        came = camera(came)
    secrets = (PLACE, SERIAL, b"Peter Secret", b"c2pa.thumbnail")
    assert all(secret in came for secret in secrets)
    sealed = sign(
        image("image/jpeg"),
        "image/jpeg",
        issuer=issuer(),
        manifest=Manifest((EDITED,)),
        parent=came,
        parent_media_type="image/jpeg",
        discreet=True,
    ).content
    for secret in secrets[:3]:
        assert secret not in sealed
    reading = read(sealed, "image/jpeg", trust=[root()])
    assert reading.state is State.TRUSTED
    assert not reading.problems
    before = read(came, "image/jpeg", trust=[root()])
    assert [step.manifest for step in reading.history[1:]] == [step.manifest for step in before.history]
    assert MADE_BY_AI.encode() in sealed
    theirs = encypher_c2pa.verify(
        sealed, "image/jpeg", trust_pem=root().decode(), no_default_trust=True, telemetry=False, online=False
    )
    assert theirs["validation_state"] == "Trusted"
    start_of_picture = b"\xff\xd8\xff"
    assert came.count(start_of_picture) > sealed.count(start_of_picture) == 1


def test_without_being_asked_nothing_is_taken_out():
    came = camera()
    assert PLACE in sign(came, "image/jpeg", issuer=issuer(), manifest=Manifest()).content
