import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.credentials.files import DRAFTED, EDITED, IMAGES, TEXTS, image, issuer, root

from masthead.credentials import Manifest, Place, State, Use, read, sign
from masthead.credentials.source_types import IPTC, TERMS
from masthead.errors import CannotRead, MastheadError, Refused
from masthead.labels.source_type import left_by
from masthead.vocabulary import Medium, Task, Tier


def seal(content, media_type, *uses, **more):
    said = Manifest(uses, more.pop("source_type", None))
    return sign(content, media_type, issuer=issuer(), manifest=said, **more)


@pytest.mark.parametrize("media_type", IMAGES)
def test_a_sealed_image_carries_its_credential_and_is_trusted_by_who_trusts_the_root(media_type):
    sealed = seal(image(media_type), media_type, EDITED)
    assert sealed.sidecar is None
    reading = read(sealed.content, media_type, trust=[root()])
    assert reading == sealed.reading
    assert (reading.state, reading.problems, reading.signer) == (State.TRUSTED, (), "The Daily Échéance")
    assert read(sealed.content, media_type).state is State.VALID


@pytest.mark.parametrize("media_type", TEXTS)
def test_a_sealed_text_keeps_its_bytes_and_gets_a_sidecar(media_type):
    content = TEXTS[media_type]
    sealed = seal(content, media_type, DRAFTED)
    assert sealed.content is None
    assert read(content, media_type, sealed.sidecar, [root()]).state is State.TRUSTED
    assert read(content, media_type).state is State.NONE
    changed = read(content.replace(b"Ten", b"Two"), media_type, sealed.sidecar, [root()])
    assert changed.state is State.INVALID
    assert "changed after it was sealed" in str(changed.problems[0].message)


def test_every_ai_use_is_told_with_system_task_and_tier():
    uses = tuple(
        Use(f"System {n}, Ltd", task, tier)
        for n, (task, tier) in enumerate((task, tier) for task in Task for tier in Tier)
    )
    reading = seal(TEXTS["text/markdown"], "text/markdown", *uses).reading
    told = {(one.system, one.task, one.tier) for one in reading.ai}
    assert told == {(use.system, use.task.value, use.tier.value) for use in uses}
    assert all(one.where is Place.THIS for one in reading.ai)
    assert reading.state is State.TRUSTED
    assert reading.problems == ()


def test_what_an_ai_use_leaves_in_the_work_is_always_a_term_in_use():
    terms = {left_by(medium, task, tier) for medium in Medium for task in Task for tier in Tier}
    assert {term.removeprefix(IPTC) for term in terms - {None}} <= TERMS


@pytest.mark.parametrize("term", ["cake", "minorHumanEdits"])
def test_an_invented_or_retired_source_type_is_never_written(term):
    with pytest.raises(CannotRead):
        seal(image("image/png"), "image/png", source_type=term)


def test_a_picture_of_unknown_making_is_opened_and_a_generated_one_created():
    opened = seal(image("image/png"), "image/png", EDITED).reading.history
    assert [step.relation for step in opened] == ["this", "parentOf"]
    assert opened[0].actions[0].action == "c2pa.opened"
    made = seal(image("image/png"), "image/png", Use("G", Task.IMAGE_GENERATION, Tier.T3)).reading.history[0]
    assert (made.actions[0].action, made.actions[0].source_type) == (
        "c2pa.created",
        "trainedAlgorithmicMedia",
    )
    shot = seal(image("image/png"), "image/png", source_type="digitalCapture").reading.history[0]
    assert (shot.actions[0].action, shot.actions[0].source_type) == ("c2pa.created", "digitalCapture")


def test_sealing_a_sealed_image_again_keeps_its_history_by_itself():
    first = seal(image("image/jpeg"), "image/jpeg", EDITED)
    second = seal(first.content, "image/jpeg")
    labels = [step.manifest for step in second.reading.history]
    assert labels[1] == first.reading.history[0].manifest
    assert second.reading.state is State.TRUSTED
    assert [(one.system, one.where) for one in second.reading.ai] == [(EDITED.system, Place.EARLIER)]
    third = seal(second.content, "image/jpeg", EDITED)
    assert all(read(third.content, "image/jpeg", trust=[root()]) == third.reading for _ in range(5))
    assert [one.where for one in third.reading.ai] == [Place.THIS, Place.EARLIER]


def test_sealing_an_edited_image_names_the_parent_given():
    first = seal(image("image/jpeg"), "image/jpeg", EDITED)
    second = seal(image("image/jpeg", 20, 20), "image/jpeg", parent=first.content)
    assert second.reading.history[1].manifest == first.reading.history[0].manifest
    from_png = seal(
        image("image/jpeg"), "image/jpeg", parent=image("image/png"), parent_media_type="image/png"
    )
    assert [step.relation for step in from_png.reading.history] == ["this", "parentOf"]


def test_a_parent_that_is_in_the_files_own_history_adds_nothing():
    first = seal(image("image/jpeg"), "image/jpeg")
    second = seal(first.content, "image/jpeg", EDITED)
    third = seal(second.content, "image/jpeg", parent=first.content)
    assert [step.manifest for step in third.reading.history[1:3]] == [
        second.reading.history[0].manifest,
        first.reading.history[0].manifest,
    ]


def test_a_parent_that_would_cut_the_files_own_history_is_refused():
    sealed = seal(image("image/jpeg"), "image/jpeg", EDITED)
    other = seal(image("image/jpeg", 20, 20), "image/jpeg")
    for parent in (other.content, image("image/jpeg", 20, 20)):
        with pytest.raises(Refused, match="own history"):
            seal(sealed.content, "image/jpeg", parent=parent)


def test_a_broken_credential_is_not_sealed_over():
    sealed = seal(image("image/jpeg"), "image/jpeg", EDITED).content
    at = sealed.index(b"jumb") + 200
    broken = sealed[:at] + b"\xff" * 60 + sealed[at + 60 :]
    with pytest.raises(Refused, match="broken"):
        seal(broken, "image/jpeg")


def test_a_parent_that_was_tampered_with_is_kept_and_told():
    sealed = seal(image("image/jpeg"), "image/jpeg", EDITED).content
    tampered = sealed[:-40] + bytes([sealed[-40] ^ 1]) + sealed[-39:]
    again = seal(tampered, "image/jpeg")
    assert "masthead.parent.invalid" in {problem.code for problem in again.reading.problems}


def test_a_text_and_its_sidecar_become_the_parent_of_the_next_version():
    first = seal(TEXTS["text/markdown"], "text/markdown", DRAFTED)
    again = seal(TEXTS["text/markdown"], "text/markdown", sidecar=first.sidecar)
    changed = seal(b"# Other\n", "text/markdown", parent=TEXTS["text/markdown"], parent_sidecar=first.sidecar)
    for sealed in (again, changed):
        assert sealed.reading.state is State.TRUSTED
        assert sealed.reading.problems == ()
        assert sealed.reading.history[1].manifest == first.reading.history[0].manifest
        assert sealed.reading.ai[0].where is Place.EARLIER


def test_nothing_personal_is_added():
    sealed = seal(image("image/png"), "image/png", EDITED)
    store = seal(TEXTS["text/plain"], "text/plain", EDITED).sidecar
    for written in (sealed.content, store):
        assert b"title" not in written
        assert b"thumbnail" not in written
        assert b"when" not in written
    assert set(sealed.reading.to_json()["history"][0]) == {
        "manifest",
        "relation",
        "signer",
        "time",
        "software",
        "actions",
    }


def test_training_is_not_allowed_unless_somebody_says_so():
    quiet = seal(TEXTS["text/plain"], "text/plain").sidecar
    loud = sign(TEXTS["text/plain"], "text/plain", issuer=issuer(), manifest=Manifest(training=True)).sidecar
    assert b"cawg.training-mining" in quiet
    assert b"notAllowed" in quiet
    assert b"notAllowed" not in loud


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"PK\x03\x04", "application/zip"),
        (b"", "image/png"),
        (b"garbage", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n garbage", "image/png"),
        (image("image/png"), "image/jpeg"),
    ],
)
def test_what_cannot_be_sealed_is_refused_with_a_remedy(content, media_type):
    with pytest.raises(CannotRead) as refusal:
        seal(content, media_type)
    assert str(refusal.value.remedy)


FILES = [image(one, 16, 12) for one in IMAGES]
FILES += [seal(file, one, EDITED).content for file, one in zip(FILES, IMAGES, strict=True)]


@settings(max_examples=60)
@given(st.integers(0, 5), st.floats(0, 1), st.binary(max_size=12), st.integers(0, 12))
def test_a_damaged_image_is_sealed_or_refused_and_never_crashes(which, at, put, cut):
    place = int(at * len(FILES[which]))
    damaged = FILES[which][:place] + put + FILES[which][place + cut :]
    with suppress(MastheadError):
        assert seal(damaged, IMAGES[which % 3]).reading.state is State.TRUSTED


def test_a_reading_is_plain_json():
    reading = seal(image("image/webp"), "image/webp", EDITED).reading
    said = json.loads(json.dumps(reading.to_json()))
    assert said["state"] == "trusted"
    assert said["ai"][0]["tier"] == "T2"
    assert said["history"][0]["actions"][0]["action"] == "c2pa.opened"
