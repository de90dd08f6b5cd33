from masthead.checks import Finding
from masthead.language import Message
from masthead.vocabulary import Level


def finding(said: str, **more) -> Finding:
    return Finding(
        "traceability", "source_not_read", Level.WARNING, Message("%(label)s", {"label": said}), **more
    )


def test_the_same_words_for_the_same_reason_are_one_wherever_they_stand():
    here = finding("a", quote="17  homes", start=3, end=12)
    there = finding("a", quote="17 homes", start=90, end=98)
    assert here.fingerprint == there.fingerprint


def test_other_words_are_another():
    assert finding("a", quote="17 homes").fingerprint != finding("a", quote="18 homes").fingerprint


def test_without_words_each_thing_spoken_of_is_its_own():
    assert finding("notes.pdf").fingerprint != finding("minutes.pdf").fingerprint
    assert finding("notes.pdf").fingerprint == finding("notes.pdf").fingerprint
