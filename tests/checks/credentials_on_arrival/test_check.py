from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tests.credentials.files import EDITED, SHARED, TEXTS, image, issuer, root

from masthead.checks.credentials_on_arrival import CredentialsOnArrival
from masthead.checks.subject import AIUse, Subject
from masthead.credentials import Manifest, Use, sign
from masthead.credentials.source_types import IPTC
from masthead.errors import CannotRead
from masthead.reading.document import Document
from masthead.vocabulary import Level, Medium, Task, Tier

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {}>{}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def photo(attributes="", elements="", media_type="image/jpeg"):
    out = BytesIO()
    packet = XMP.format(attributes, elements)
    if media_type == "image/png":
        chunk = PngInfo()
        chunk.add_itxt("XML:com.adobe.xmp", packet)
        Image.new("RGB", (40, 30)).save(out, "PNG", pnginfo=chunk)
    else:
        Image.new("RGB", (40, 30)).save(out, media_type.removeprefix("image/").upper(), xmp=packet.encode())
    return out.getvalue()


def look(content, *uses, media_type="image/jpeg", trust=None):
    medium = Medium.TEXT if media_type.startswith("text/") else Medium.IMAGE
    document = Document(medium, media_type, "0" * 64, "0" * 64, len(content))
    trusted = (root(),) if trust is None else trust
    return CredentialsOnArrival()(Subject(document, ai_uses=uses, content=content, trust=trusted))


def said(outcome):
    return [(finding.code, finding.level) for finding in outcome.findings]


def sealed(*uses, content=None):
    return sign(
        content or image("image/jpeg"), "image/jpeg", issuer=issuer(), manifest=Manifest(uses)
    ).content


def test_a_text_without_a_credential_gives_nothing_to_look_at():
    for media_type, content in TEXTS.items():
        assert look(content, media_type=media_type).findings == ()


def test_a_picture_without_a_credential_is_a_note():
    assert said(look(image("image/jpeg"))) == [("none", Level.NOTE)]


def test_an_intact_credential_of_someone_trusted_gives_nothing_to_look_at():
    outcome = look(sealed())
    assert outcome.findings == ()
    assert dict(outcome.counts) == {"credentials": 1, "declared": 0}


def test_an_intact_credential_of_someone_unknown_is_a_warning_that_names_them():
    outcome = look(sealed(), trust=())
    assert said(outcome) == [("untrusted", Level.WARNING)]
    assert "The Daily Échéance" in str(outcome.findings[0].message)


def test_a_tampered_file_is_an_error():
    file = sealed()
    outcome = look(file[:-40] + bytes([file[-40] ^ 1]) + file[-39:])
    assert said(outcome) == [("invalid", Level.ERROR)]
    assert "changed after it was sealed" in str(outcome.findings[0].message)


def test_ai_that_the_file_declares_and_nobody_recorded_is_an_error_that_names_the_system():
    outcome = look(sealed(EDITED))
    assert said(outcome) == [("unrecorded", Level.ERROR)]
    assert EDITED.system in str(outcome.findings[0].message)


@pytest.mark.parametrize(
    ("declared", "recorded"),
    [("Adobe Firefly 3", "Firefly"), ("firefly", "Adobe FIREFLY"), ("Firefly", "Firefly")],
)
def test_ai_on_record_under_a_fuller_or_shorter_name_is_accounted_for(declared, recorded):
    use = AIUse(recorded, Task.IMAGE_EDITING, Tier.T2)
    assert look(sealed(Use(declared, Task.IMAGE_EDITING, Tier.T2)), use).findings == ()


def test_another_system_on_record_accounts_for_nothing():
    use = AIUse("Fire", Task.IMAGE_EDITING, Tier.T2)
    assert said(look(sealed(Use("Firefly", Task.IMAGE_EDITING, Tier.T2)), use)) == [
        ("unrecorded", Level.ERROR)
    ]


def test_each_unrecorded_system_is_one_finding_with_its_own_fingerprint():
    uses = (
        Use("One", Task.IMAGE_EDITING, Tier.T2),
        Use("One", Task.ALT_TEXT, Tier.T1),
        Use("Two", Task.TRANSCRIPTION, Tier.T0),
    )
    outcome = look(sealed(*uses))
    assert len(outcome.findings) == 2
    assert len({finding.fingerprint for finding in outcome.findings}) == 2


def test_ai_in_the_history_counts_too():
    assert said(look(sealed(content=sealed(EDITED)))) == [("unrecorded", Level.ERROR)]


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp"])
@pytest.mark.parametrize(
    ("attributes", "elements"),
    [
        (f'Iptc4xmpExt:DigitalSourceType="{IPTC}trainedAlgorithmicMedia"', ""),
        ("", f"<Iptc4xmpExt:DigitalSourceType>{IPTC}trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"),
        ("", f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{IPTC}trainedAlgorithmicMedia"/>'),
        (
            "",
            f"<Iptc4xmpExt:DigitalSourceType><rdf:Bag><rdf:li>{IPTC}trainedAlgorithmicMedia</rdf:li>"
            "</rdf:Bag></Iptc4xmpExt:DigitalSourceType>",
        ),
        ('Iptc4xmpExt:AISystemUsed="Gen 4"', ""),
    ],
)
def test_descriptive_data_without_a_credential_is_the_files_word_too(media_type, attributes, elements):
    outcome = look(photo(attributes, elements, media_type), media_type=media_type)
    assert said(outcome) == [("none", Level.NOTE), ("unrecorded", Level.ERROR)]


def test_a_nameless_declaration_is_accounted_for_by_a_use_that_leaves_something_in_the_work():
    file = photo(f'Iptc4xmpExt:DigitalSourceType="{IPTC}trainedAlgorithmicMedia"')
    assert said(look(file, AIUse("Any", Task.IMAGE_GENERATION, Tier.T3))) == [("none", Level.NOTE)]
    assert len(look(file, AIUse("Any", Task.TRANSCRIPTION, Tier.T0)).findings) == 2


def test_a_source_type_that_nobody_defined_is_a_warning():
    outcome = look(photo(f'Iptc4xmpExt:DigitalSourceType="{IPTC}cake"'))
    assert said(outcome)[1] == ("masthead.sourceType.unknown", Level.WARNING)
    assert "cake" in str(outcome.findings[1].message)


def test_a_human_source_type_accuses_nobody():
    assert said(look(photo(f'Iptc4xmpExt:DigitalSourceType="{IPTC}digitalCapture"'))) == [
        ("none", Level.NOTE)
    ]


@pytest.mark.parametrize(
    "elements",
    [
        "<unclosed>",
        "<a>" * 400 + "</a>" * 400,
        "&unknown;",
    ],
)
def test_hostile_descriptive_data_is_named_and_harms_nothing(elements):
    assert {code for code, _ in said(look(photo("", elements)))} <= {"none", "masthead.metadata.unreadable"}


def test_descriptive_data_never_opens_other_files(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(IPTC + "trainedAlgorithmicMedia", encoding="utf-8")
    packet = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + XMP.format(
        "", "<Iptc4xmpExt:DigitalSourceType>&e;</Iptc4xmpExt:DigitalSourceType>"
    )
    out = BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", xmp=packet.encode())
    assert "unrecorded" not in {code for code, _ in said(look(out.getvalue()))}


def test_a_file_that_is_no_picture_cannot_be_checked():
    with pytest.raises(CannotRead):
        look(b"not a picture")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference files are not at hand")
def test_a_reference_photo_of_an_unknown_signer_is_a_warning():
    assert said(look((SHARED / "adobe-20220124-CICA.jpg").read_bytes()))[0] == ("untrusted", Level.WARNING)
