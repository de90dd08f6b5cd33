import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.credentials.source_types import (
    C2PA_TERMS,
    IPTC,
    RETIRED,
    TERMS,
    Standing,
    recognise,
    uri,
)
from masthead.errors import CannotRead


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_short_term_and_its_uri_are_written_as_the_uri(term):
    assert (
        uri(term)
        == IPTC + term
        == uri(IPTC + term)
        == uri(f"https://cv.iptc.org/newscodes/digitalsourcetype/{term}")
    )


@pytest.mark.parametrize("term", sorted(C2PA_TERMS))
def test_terms_of_c2pa_stand_under_c2pa(term):
    assert uri(term) == f"http://c2pa.org/digitalsourcetype/{term}"


@pytest.mark.parametrize(("term", "replacement"), RETIRED.items())
def test_a_retired_term_is_refused_with_its_replacement(term, replacement):
    with pytest.raises(CannotRead) as refusal:
        uri(term)
    assert replacement in str(refusal.value.remedy)
    assert recognise(IPTC + term).standing is Standing.RETIRED


@pytest.mark.parametrize(
    ("invented", "near"),
    [
        ("trainedAlgoritmicMedia", "trainedAlgorithmicMedia"),
        ("digital-capture", "digitalCapture"),
        (IPTC + "compositeSintetic", "compositeSynthetic"),
    ],
)
def test_an_invented_term_is_refused_with_the_nearest(invented, near):
    with pytest.raises(CannotRead) as refusal:
        uri(invented)
    assert near in str(refusal.value.remedy)


def test_a_term_near_to_none_is_refused_with_the_list():
    with pytest.raises(CannotRead) as refusal:
        uri("xyzzy")
    assert "screenCapture" in str(refusal.value.remedy)


@pytest.mark.parametrize(
    ("given", "term"),
    [
        ("https://schema.org/TrainedAlgorithmicMediaDigitalSource", "trainedAlgorithmicMedia"),
        ("schema.org/MultiFrameComputationalCaptureDigitalSource", "computationalCapture"),
        ("digsrctype:composite", "composite"),
        ("DIGITALCAPTURE", "digitalCapture"),
    ],
)
def test_other_spellings_of_a_term_are_known_when_read(given, term):
    assert recognise(given).term == term
    assert recognise(given).standing is Standing.KNOWN


@pytest.mark.parametrize(
    "given",
    [
        "http://c2pa.org/digitalsourcetype/digitalCapture",
        IPTC + "empty",
        "http://example.org/digitalsourcetype/trainedAlgorithmicMedia",
        IPTC + "cake",
        "",
    ],
)
def test_a_term_that_is_nobodys_is_unknown_when_read(given):
    assert recognise(given).standing is Standing.UNKNOWN


@given(st.text(max_size=80))
def test_reading_never_fails_and_what_is_written_is_always_known(given):
    found = recognise(given)
    if found.standing is Standing.KNOWN:
        assert recognise(uri(given)).term == found.term
    else:
        with pytest.raises(CannotRead):
            uri(given)
