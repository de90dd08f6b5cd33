"""A stranger with the bundle, the key and one small file can say whether a publication's record is intact."""

import ast
import base64
import copy
import json
import re
import subprocess
import sys

import pytest
import rfc8785
import verify_masthead
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.desk import FORM, PUBLISHED, add_person, erase, publish_item, say
from tests.evidence.verifiers import VERIFIER, Auditor

from masthead.errors import CannotRead, NotReady, Refused
from masthead.newsroom.evidence import bundle, keys
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.bundle_check import check
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.publish import publish_checkpoint

STRANGER = "other.example/log"


@pytest.fixture
def published(log):
    """(bundle's bytes, the key's line) of an item published among other work."""
    add_person("Ada")
    receipt = publish_item()
    add_person("Grace")
    publish_checkpoint()
    return bundle.build(receipt.place), keys.public_line(log)


@pytest.fixture
def answer(tmp_path):
    """The exit code of both verifiers, which must be of one mind."""

    def asked(content: bytes, line: str | None) -> int:
        return Auditor(tmp_path, line).answer(content)

    return asked


def test_a_bundle_is_intact_with_the_key_and_consistent_without(published, answer):
    content, line = published
    assert answer(content, line) == 0
    assert answer(content, None) == 3


def test_the_verifier_runs_on_its_own_and_says_what_is_proved_and_what_is_not(published, tmp_path):
    content, line = published
    (tmp_path / "bundle.json").write_bytes(content)
    (tmp_path / "log.pub").write_text(line + "\n")
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())

    def run(*arguments):
        command = [sys.executable, "-I", "verify.py", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={})

    done = run("bundle.json", "--key", "log.pub")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("INTACT", "signed off this very version as editor", "does not prove"):
        assert words in done.stdout
    assert "Lingua" in done.stdout
    assert run("bundle.json").returncode == 3
    assert run("missing.json").returncode == 2
    assert run("log.pub").returncode == 2
    assert run("bundle.json", "--key", "bundle.json").returncode == 2
    assert run("bundle.json", "--key", line, "--content", "log.pub").returncode == 1
    (tmp_path / "bundle.json").write_bytes(content.replace(b"Lingua", b"Lingvo"))
    done = run("bundle.json", "--key", line)
    assert (done.returncode, "NOT INTACT: entry 1" in done.stdout) == (1, True)


def test_the_verifier_is_short_and_needs_no_new_python():
    text = VERIFIER.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 9))
    assert not re.search(r"^\s*(from|import) (masthead|django|rfc8785)", text, re.MULTILINE)
    assert len(text.splitlines()) <= 500


def test_the_content_is_compared_with_what_was_published(log):
    from hashlib import sha256

    content = b"<h1>As published</h1>"
    place = say(Kind.ITEM_ADDED, medium="text", canonical_sha256=FORM).place
    out = {"media_type": "text/html", "published_sha256": sha256(content).hexdigest()}
    receipt = say(Kind.PUBLISHED, canonical_sha256=FORM, role="editor", uses=[], rests_on=[place], **out)
    publish_checkpoint()
    made, key = bundle.build(receipt.place), verify_masthead.read_key(keys.public_line(log))
    trust = verify_masthead.Trust(key)
    assert "byte for byte" in "\n".join(verify_masthead.verify_bundle(made, trust, content))
    with pytest.raises(verify_masthead.Broken):
        verify_masthead.verify_bundle(made, trust, content + b" ")


def test_a_bundle_holds_no_name_note_source_or_draft(published):
    content, _ = published
    text = content.decode()
    for secret in ("Lovelace", "the source told me", "ee" * 32, "99" * 32, "77" * 32, "witnessed"):
        assert secret not in text
    for opened in (FORM, PUBLISHED, "Lingua"):
        assert opened in text
    entries = json.loads(content)["entries"]
    # The entry of a version that never went out shows that there was one, and when; nothing else of it.
    draft = entries[1]
    assert [field["name"] for field in draft["opened"]] == ["item", "recorded_on", "through"]


def test_another_log_s_key_does_not_verify(published, tmp_path, answer):
    content, line = published
    other = keys.create(tmp_path, line.split("+")[0])
    assert answer(content, str(other.key)) == 1
    assert answer(content, str(keys.create(tmp_path / "more", STRANGER).key)) == 1


@settings(max_examples=150)
@given(place=st.integers(min_value=0), by=st.integers(1, 255), insert=st.booleans())
def test_any_changed_or_added_byte_is_noticed(published, place, by, insert, answer):
    content, line = published
    changed = bytearray(content)
    at = place % len(changed)
    if insert:
        changed.insert(at, by)
    else:
        changed[at] ^= by
    assert answer(bytes(changed), line) in (1, 2)


def leaves(value, path=()):
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from leaves(each, (*path, key))


def at(whole, path):
    for key in path:
        whole = whole[key]
    return whole


@settings(max_examples=150)
@given(data=st.data())
def test_any_part_removed_doubled_or_replaced_is_noticed(published, data, answer):
    content, line = published
    whole = json.loads(content)
    path, value = data.draw(st.sampled_from([each for each in leaves(whole) if each[0]]))
    changed = copy.deepcopy(whole)
    parent = at(changed, path[:-1])
    how = data.draw(st.sampled_from(["remove", "double", "replace"]))
    if how == "remove":
        del parent[path[-1]]
    elif how == "double" and isinstance(parent, list):
        parent.insert(path[-1], copy.deepcopy(value))
    else:
        others = [
            0,
            1,
            2,
            "",
            "x",
            None,
            True,
            [],
            {},
            [1],
            {"a": 1},
            "0" * 64,
            base64.b64encode(bytes(32)).decode(),
        ]
        parent[path[-1]] = data.draw(st.sampled_from([other for other in others if other != value]))
    if json.dumps(changed, sort_keys=True) == json.dumps(whole, sort_keys=True):
        return
    assert answer(rfc8785.dumps(changed) + b"\n", line) in (1, 2)


def test_an_entry_of_another_item_cannot_be_passed_off(published, log):
    other = say(Kind.SIGNED_OFF, item="another", canonical_sha256=FORM, role="editor").place
    receipt = say(
        Kind.PUBLISHED,
        canonical_sha256=FORM,
        published_sha256=PUBLISHED,
        media_type="text/html",
        rests_on=[other],
    )
    publish_checkpoint()
    with pytest.raises(ValueError, match="own item"):
        bundle.build(receipt.place)


def test_what_never_opens_is_in_no_bundle(log):
    source = say(Kind.SOURCE_ADDED, source_sha256="aa" * 32).place
    receipt = say(Kind.PUBLISHED, canonical_sha256=FORM, rests_on=[source])
    publish_checkpoint()
    with pytest.raises(ValueError, match="SOURCE_ADDED"):
        bundle.build(receipt.place)
    with pytest.raises(ValueError, match="publication"):
        bundle.build(source)


def test_a_sign_off_of_another_version_supports_nothing(log):
    died = say(Kind.SIGNED_OFF, canonical_sha256="77" * 32, role="editor").place
    receipt = say(Kind.PUBLISHED, canonical_sha256=FORM, rests_on=[died])
    publish_checkpoint()
    with pytest.raises(ValueError, match="another version"):
        bundle.build(receipt.place)


def test_a_withdrawal_has_a_bundle_without_content(published, log, answer):
    content, line = published
    out = json.loads(content)["entries"][-1]["place"]
    receipt = say(Kind.WITHDRAWN, role="editor", reason="a secret", rests_on=[out])
    publish_checkpoint()
    made = bundle.build(receipt.place)
    assert answer(made, line) == 0
    assert json.loads(made)["content"] is None
    assert b"a secret" not in made


def test_a_correction_has_a_bundle_like_a_publication(log, answer):
    receipt = say(
        Kind.CORRECTED, canonical_sha256=FORM, published_sha256=PUBLISHED, media_type="text/html", rests_on=[]
    )
    publish_checkpoint()
    assert answer(bundle.build(receipt.place), keys.public_line(log)) == 0


def test_before_a_checkpoint_there_is_nothing_to_prove_with(log):
    receipt = say(Kind.PUBLISHED, canonical_sha256=FORM, rests_on=[])
    with pytest.raises(NotReady):
        bundle.build(receipt.place)


def test_what_was_erased_opens_no_more_and_an_old_bundle_still_verifies(published, log, answer):
    content, line = published
    out = json.loads(content)["entries"][-1]["place"]
    erase(out, "role")
    with pytest.raises(Refused, match="erased"):
        bundle.build(out)
    assert answer(content, line) == 0


def test_what_never_opens_can_be_erased_and_the_bundle_stays_as_it_was(published, log, answer):
    content, line = published
    places = [each["place"] for each in json.loads(content)["entries"]]
    for place, name in ((places[-1], "responsible"), (places[3], "note"), (places[4], "statement")):
        erase(place, name)
    assert bundle.build(places[-1]) == content
    assert answer(content, line) == 0


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"masthead_bundle": 3}', b"[" * 100_000]
)
def test_what_is_no_bundle_is_unreadable(content, answer):
    assert answer(content, None) == 2
    with pytest.raises(CannotRead):
        check(content, Given())
