import json
from io import BytesIO

import pytest
from c2pa import Builder, C2paSigningAlg, Context, Signer
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.credentials.files import EDITED, SHARED, TEXTS, image, issuer, root

from masthead.credentials import Manifest, Place, State, read, sign
from masthead.credentials.source_types import IPTC
from masthead.errors import CannotRead

LENIENT = Context.from_dict(
    {"verify": {"verify_after_sign": False}, "builder": {"thumbnail": {"enabled": False}}}
)
CREATED = {"action": "c2pa.created", "digitalSourceType": IPTC + "digitalCapture"}


def raw(content, actions, *, media_type="image/png", ingredients=(), **more):
    """A file sealed by the bare SDK, which lets much pass."""
    said = {
        "claim_generator_info": [{"name": "Some camera", "version": "1"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions, **more.pop("beside", {})}}],
    }
    said["assertions"] += more.pop("assertions", [])
    signer = Signer.from_callback(issuer().sign, C2paSigningAlg.ES256, issuer().chain.decode(), None)
    target = BytesIO()
    with Builder(said, context=LENIENT) as builder, signer:
        for ingredient, held in ingredients:
            builder.add_ingredient(ingredient, media_type, BytesIO(held))
        builder.sign(signer, media_type, BytesIO(content), target)
    return target.getvalue()


def codes(content, media_type="image/png"):
    return {problem.code for problem in read(content, media_type, trust=[root()]).problems}


def test_an_invented_source_type_is_named_although_the_seal_is_good():
    file = raw(image("image/png"), [{**CREATED, "digitalSourceType": IPTC + "cake"}])
    reading = read(file, "image/png", trust=[root()])
    assert reading.state is State.TRUSTED
    assert [problem.code for problem in reading.problems] == ["masthead.sourceType.unknown"]
    assert "cake" in str(reading.problems[0].message)


def test_a_retired_source_type_is_named():
    assert codes(raw(image("image/png"), [{**CREATED, "digitalSourceType": IPTC + "minorHumanEdits"}])) == {
        "masthead.sourceType.retired"
    }


def test_a_history_that_does_not_start_is_named():
    reading = read(raw(image("image/png"), [{"action": "c2pa.edited"}]), "image/png", trust=[root()])
    assert reading.state is State.INVALID
    assert "masthead.firstAction.missing" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize(
    "start",
    [
        {"action": "c2pa.opened"},
        {"action": "c2pa.created", "digitalSourceType": IPTC + "humanEdits"},
    ],
)
def test_a_history_without_its_parent_is_named(start):
    assert "masthead.parent.missing" in codes(raw(image("image/png"), [start]))


def test_descriptive_data_that_names_a_credential_no_longer_there_is_named():
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" '
        b'dcterms:provenance="self#jumbf=/c2pa/urn:c2pa:00000000-0000-4000-8000-000000000000"/></rdf:RDF></x:xmpmeta>'
    )
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG", pnginfo=None)
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG", xmp=xmp)
    assert "masthead.parent.missing" in codes(
        raw(out.getvalue(), [CREATED], media_type="image/jpeg"), "image/jpeg"
    )


def test_an_untrusted_signer_is_named_and_trusted_once_the_root_is_given():
    file = raw(image("image/png"), [CREATED])
    assert [problem.code for problem in read(file, "image/png").problems] == ["signingCredential.untrusted"]
    other = root(issuer("Somebody else"))
    assert read(file, "image/png", trust=[other]).state is State.VALID
    assert read(file, "image/png", trust=[other, root()]).state is State.TRUSTED
    assert read(file, "image/png", trust=[other + root()]).state is State.TRUSTED


@pytest.mark.parametrize(
    "pem", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_trust_that_is_no_certificate_is_refused(pem):
    with pytest.raises(CannotRead, match="PEM"):
        read(image("image/png"), "image/png", trust=[pem])


@pytest.mark.parametrize(
    "beside",
    [
        {
            "actions": [
                CREATED,
                {
                    "action": "c2pa.edited",
                    "digitalSourceType": IPTC + "trainedAlgorithmicMedia",
                    "softwareAgent": {"name": "Gen"},
                },
            ]
        },
        {
            "actions": [
                CREATED,
                {
                    "action": "c2pa.edited",
                    "softwareAgentIndex": 0,
                    "digitalSourceType": IPTC + "trainedAlgorithmicMedia",
                },
            ],
            "softwareAgents": [{"name": "Gen"}],
        },
        {
            "actions": [CREATED],
            "templates": [
                {
                    "action": "c2pa.edited",
                    "softwareAgent": {"name": "Gen"},
                    "digitalSourceType": IPTC + "trainedAlgorithmicMedia",
                }
            ],
        },
    ],
)
def test_ai_is_found_wherever_actions_may_tell_it(beside):
    reading = read(raw(image("image/png"), [], beside=beside), "image/png")
    assert [(one.system, one.source_type) for one in reading.ai] == [("Gen", "trainedAlgorithmicMedia")]


def test_ai_is_found_in_descriptive_statements():
    said = {
        "label": "cawg.metadata",
        "data": {
            "@context": {"Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"},
            "Iptc4xmpExt:DigitalSourceType": IPTC + "compositeSynthetic",
        },
    }
    reading = read(raw(image("image/png"), [CREATED], assertions=[said]), "image/png")
    assert [one.source_type for one in reading.ai] == ["compositeSynthetic"]


def test_ai_deep_in_the_history_is_found():
    made = raw(image("image/png"), [{**CREATED, "digitalSourceType": IPTC + "trainedAlgorithmicMedia"}])
    file = made
    for _ in range(3):
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["p"]}}
        file = raw(file, [opened], ingredients=[({"relationship": "parentOf", "label": "p"}, file)])
    reading = read(file, "image/png", trust=[root()])
    assert len(reading.history) == 4
    assert [(one.source_type, one.where) for one in reading.ai] == [
        ("trainedAlgorithmicMedia", Place.EARLIER)
    ]


def test_text_with_a_hidden_credential_is_named():
    hidden = "".join(chr(0xE0100 + b - 16) if b > 15 else chr(0xFE00 + b) for b in b"C2PATXT\0\x01\0\0\0\0")
    reading = read(f"Ten people came.\ufeff{hidden}".encode(), "text/plain")
    assert reading.state is State.NONE
    assert [problem.code for problem in reading.problems] == ["masthead.manifest.inText"]


@pytest.mark.parametrize("sidecar", [b"", b"x", b"\0" * 500, b"\0\0\0\x20jumb" * 40])
def test_a_sidecar_that_is_none_is_invalid(sidecar):
    assert read(TEXTS["text/html"], "text/html", sidecar, [root()]).state is State.INVALID


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", "image/jpeg"),
        (b"x", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
    ],
)
def test_a_file_that_cannot_be_parsed_or_says_nothing_is_never_trusted(content, media_type):
    reading = judged(content, media_type=media_type)
    assert reading is None or reading.state is State.NONE


@pytest.mark.parametrize(
    "media_type",
    [
        "application/x-nothing",
        "text/csv",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
)
def test_a_type_that_carries_none_has_none(media_type):
    assert read(b"content", media_type).state is State.NONE


SEALED = sign(image("image/png", 16, 12), "image/png", issuer=issuer(), manifest=Manifest((EDITED,))).content
STORE_STARTS = SEALED.index(b"caBX")
STORE_ENDS = STORE_STARTS + 4 + int.from_bytes(SEALED[STORE_STARTS - 4 : STORE_STARTS])
TRUSTED = read(SEALED, "image/png", trust=[root()])


def judged(content, sidecar=None, media_type="image/png"):
    try:
        return read(content, media_type, sidecar, [root()])
    except CannotRead:
        return None


@settings(max_examples=80)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_never_trusted_unless_nothing_it_says_changed(at, bits):
    changed = SEALED[:at] + bytes([SEALED[at] ^ bits]) + SEALED[at + 1 :]
    reading = judged(changed)
    if reading is not None and reading.state is State.TRUSTED:
        assert STORE_STARTS <= at < STORE_ENDS + 4, "the picture was changed"
        assert reading == TRUSTED, "what the credential says was changed"


@settings(max_examples=40)
@given(st.integers(0, len(SEALED) - 1))
def test_a_truncated_file_is_never_trusted(at):
    reading = judged(SEALED[:at])
    assert reading is None or reading.state is not State.TRUSTED


TEXT = TEXTS["text/html"]
SIDECAR = sign(TEXT, "text/html", issuer=issuer(), manifest=Manifest((EDITED,))).sidecar


@settings(max_examples=60)
@given(st.integers(0, len(SIDECAR) - 1), st.binary(min_size=1, max_size=40))
def test_a_sidecar_written_over_is_never_trusted_unless_nothing_it_says_changed(at, over):
    changed = (SIDECAR[:at] + over + SIDECAR[at + len(over) :])[: len(SIDECAR)]
    reading = judged(TEXT, changed, "text/html")
    if reading is not None and reading.state is State.TRUSTED:
        assert reading.ai == read(TEXT, "text/html", SIDECAR, [root()]).ai


def expected():
    return sorted(SHARED.glob("*.manifest_store.json")) if SHARED.is_dir() else []


@pytest.mark.skipif(not expected(), reason="the reference files are not at hand")
@pytest.mark.parametrize("path", expected(), ids=lambda path: path.name.split(".")[0])
def test_reference_files_read_as_their_makers_expect(path):
    said = json.loads(path.read_text(encoding="utf-8"))
    file = path.with_name(path.name.replace(".manifest_store.json", ".jpg"))
    reading = read(file.read_bytes(), "image/jpeg")
    assert reading.state is State.VALID
    assert {problem.code for problem in reading.problems} == {"signingCredential.untrusted"}
    assert reading.history[0].manifest == said["active_manifest"]
    assert {step.manifest for step in reading.history if step.manifest} == set(said["manifests"])
    newest = said["manifests"][said["active_manifest"]]
    assert reading.signer == newest["signature_info"]["issuer"]
    assert reading.history[0].time == newest["signature_info"]["time"]
    told = [one for one in newest["assertions"] if one["label"] == "c2pa.actions"]
    assert [a.action for a in reading.history[0].actions] == [a["action"] for a in told[0]["data"]["actions"]]
    assert {step.relation for step in reading.history[1:]} <= {"parentOf", "componentOf"}


@pytest.mark.skipif(not expected(), reason="the reference files are not at hand")
def test_the_reference_file_without_a_credential_has_none():
    assert read((SHARED / "adobe-20220124-A.jpg").read_bytes(), "image/jpeg").state is State.NONE
