"""Outsiders vouch for the head that a bundle stands under; whoever has their keys can hold it to that."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509 import load_pem_x509_certificates
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.desk import add_person, publish_item
from tests.evidence.outsiders import COSIGNED_AT, Authority, Witness
from tests.evidence.verifiers import Auditor
from tests.witness.authority import Authority as Der

from masthead.newsroom.evidence import bundle, keys, sealed
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.evidence.bundle_check import check
from masthead.newsroom.evidence.models import Checkpoint
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.tlog import note
from masthead.tlog.handover import Ground, Handover, Revocation
from masthead.tlog.note import VerifierKey
from masthead.tlog.stamp import query

ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
"""The y of two points of small order."""


@pytest.fixture
def witnesses():
    return Witness("archive.example/witness"), Witness("herald.example/witness")


@pytest.fixture
def out(log, tmp_path, witnesses):
    """(place, the log's key) of an item published; two cosigned the head, one stamped it."""
    add_person("Ada")
    place = publish_item().place
    row = publish_checkpoint()
    for each in witnesses:
        each.cosign(row)
    Authority(tmp_path / "tsa").stamp(row)
    return place, keys.public_line(log)


def lines_of(*witnesses):
    return tuple(str(each.key) for each in witnesses)


def rewritten(content, **parts):
    return sealed.canonical(json.loads(content) | parts) + b"\n"


def test_it_is_said_who_cosigned_and_when_and_what_was_not_checked(out, witnesses, tmp_path):
    place, line = out
    made = bundle.build(place)
    auditor = Auditor(tmp_path, line, lines_of(witnesses[0]))
    assert auditor.answer(made) == 0
    assert f"at the latest by 2026-11-18 11:06:40 UTC: {witnesses[0].name}" in auditor.said
    assert f"not checked: a signature of {witnesses[1].name}" in auditor.said
    assert "openssl ts -verify -digest" in auditor.said
    verdict = check(made, Given(VerifierKey.parse(line), (witnesses[0].key,)))
    (said,) = verdict.attested.witnesses
    assert said.at == datetime.fromtimestamp(COSIGNED_AT, UTC)
    assert [each.who for each in verdict.attested.claims] == ["http://tsa.example/"]
    assert witnesses[1].name in verdict.attested.unchecked[0]


def test_a_witness_whose_key_is_given_must_have_cosigned(out, witnesses, tmp_path):
    place, line = out
    made = bundle.build(place)
    stranger = Witness("stranger.example")
    assert Auditor(tmp_path, line, lines_of(*witnesses)).answer(made) == 0
    assert Auditor(tmp_path, line, lines_of(*witnesses, stranger)).answer(made) == 1
    # Another key under the name of a witness is not that witness.
    assert Auditor(tmp_path, line, lines_of(Witness(witnesses[0].name))).answer(made) == 1
    # Without the log's key, witnesses do not make it anybody's log.
    assert Auditor(tmp_path, None, lines_of(*witnesses)).answer(made) == 3


def test_a_cosignature_of_another_head_or_time_is_none(out, witnesses, tmp_path):
    place, line = out
    made = bundle.build(place)
    head = json.loads(made)["checkpoint"]
    ours, mine = head.splitlines(), witnesses[0].line(note.parse(head).text)
    at = ours.index(mine)
    other = witnesses[0].line("herald.example/log\n9\n" + ours[2] + "\n")
    later = witnesses[0].line(note.parse(head).text, COSIGNED_AT + 1)
    moved = note.encode(note.decode(later.split(" ")[2])[:12] + note.decode(mine.split(" ")[2])[12:])
    for wrong in (other, f"\u2014 {witnesses[0].name} {moved}", mine + "\n" + mine):
        changed = "\n".join([*ours[:at], wrong, *ours[at + 1 :]]) + "\n"
        assert (
            Auditor(tmp_path, line, lines_of(witnesses[0])).answer(rewritten(made, checkpoint=changed)) == 1
        )
        # What nobody asked to have checked proves nothing, and is said to be unchecked.
        assert Auditor(tmp_path, line).answer(rewritten(made, checkpoint=changed)) == 0


def test_a_signature_is_one_line_of_one_length(out, witnesses, tmp_path):
    place, line = out
    made = bundle.build(place)
    head = note.parse(json.loads(made)["checkpoint"])
    for key in (VerifierKey.parse(line), witnesses[0].key):
        (whole,) = key.lines_in(head.signatures)
        others = [each for each in head.signatures if each != whole]
        for cut in (4, 7, 8, 32, len(whole.signature) - 1):
            parts = [
                note.Signature(whole.name, whole.key_id, part)
                for part in (whole.signature[:cut], whole.signature[cut:])
            ]
            for lines in ([*others, *parts], [*parts, *others], [parts[0], *others, parts[1]], parts[:1]):
                changed = str(note.Note(head.text, tuple(lines)))
                auditor = Auditor(tmp_path, line, lines_of(witnesses[0]))
                assert auditor.answer(rewritten(made, checkpoint=changed)) == 1
                assert "1970" not in auditor.said


LINES = st.lists(
    st.tuples(
        st.sampled_from(["split", "join", "double", "move", "cut", "stretch"]), *[st.integers(0, 80)] * 3
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=200)
@given(how=LINES)
def test_however_lines_of_signature_are_split_joined_doubled_or_moved_both_think_alike(
    out, witnesses, handed_over, tmp_path, how
):
    made, (a, b, _) = handed_over
    for content, line in ((bundle.build(out[0]), out[1]), (made, str(a.key)), (made, str(b.key))):
        whole = json.loads(content)
        sound = set(note.parse(whole["checkpoint"]).signatures)
        whole["checkpoint"] = relined(whole["checkpoint"], how)
        whole["handovers"] = [relined(each, how) for each in whole["handovers"]]
        auditor = Auditor(tmp_path, line, lines_of(*witnesses) if line == out[1] else ())
        code = auditor.answer(sealed.canonical(whole) + b"\n")
        if code == 0 and auditor.witnesses:
            lines = note.parse(whole["checkpoint"]).signatures
            for key in (VerifierKey.parse(line), *(each.key for each in witnesses)):
                (one,) = key.lines_in(lines)
                assert one in sound


def relined(said, how):
    """The note with its lines of signature split, joined, doubled, moved, cut or stretched."""
    read = note.parse(said)
    lines = list(read.signatures)
    for what, at, to, by in how:
        one, other = lines[at % len(lines)], lines[to % len(lines)]
        name, key_id, content = one.name, one.key_id, one.signature
        if what == "split":
            cut = 1 + by % max(len(content) - 1, 1)
            parts = [note.Signature(name, key_id, part) for part in (content[:cut], content[cut:])]
            lines[at % len(lines) : at % len(lines) + 1] = parts
        elif what == "join":
            lines[at % len(lines)] = note.Signature(name, key_id, content + other.signature)
        elif what == "double":
            lines.insert(to % len(lines), one)
        elif what == "move":
            lines.insert(to % len(lines), lines.pop(at % len(lines)))
        elif what == "cut":
            lines[at % len(lines)] = note.Signature(name, key_id, content[: max(1, len(content) - by)])
        else:
            lines[at % len(lines)] = note.Signature(name, key_id, content + bytes(by))
    return str(note.Note(read.text, tuple(lines)))


def test_a_time_stamp_that_nobody_checked_says_no_time_and_makes_nothing_untrue(out, tmp_path):
    """Without the authority's certificate anybody can have written it: the record is as true as before."""
    place, line = out
    made = bundle.build(place)
    token = Der().answer(query(note.parse(json.loads(made)["checkpoint"]).text).content)
    other = Der().answer(query("another text\n").content)
    kept = Auditor(tmp_path, line)
    for wrong in (
        token, other, token[:-1], token + b"\0", b"\x30\x80" + token + b"\0\0", b"?", bytes(200_000),
    ):  # fmt: skip
        stamps = [{"authority": "https://tsa.example/", "token": note.encode(wrong)}]
        changed = rewritten(made, stamps=stamps)
        assert kept.answer(changed) == 0
        assert "NOT CHECKED HERE" in kept.said
        assert "nobody outside was shown to say when" in kept.said
        told = check(changed, Given(VerifierKey.parse(line))).attested
        assert (told.stamps, len(told.claims)) == ((), 1 if wrong == token else 0)
        assert told.strange == (() if wrong == token else ("https://tsa.example/",))


def test_a_time_stamp_that_is_checked_and_wrong_is_said_to_be_wrong(out, tmp_path):
    place, line = out
    made = bundle.build(place)
    authority = Der()
    ours = Given(VerifierKey.parse(line), (), (authority.root,))
    text = note.parse(json.loads(made)["checkpoint"]).text
    for about, intact in ((text, True), ("another text\n", False)):
        token = note.encode(authority.answer(query(about).content))
        verdict = check(rewritten(made, stamps=[{"authority": "x", "token": token}]), ours)
        assert verdict.intact is intact
    assert "certificate you gave" in str(verdict.why)


def test_what_is_not_of_its_type_is_refused_by_both(out, tmp_path):
    place, line = out
    made = bundle.build(place)
    auditor = Auditor(tmp_path, line)
    for at, part, value in (
        (0, "place", lambda entry: str(entry["place"])),
        (0, "place", lambda _: True),
        (0, "place", lambda _: -1),
        (0, "place", lambda _: None),
        (0, "face", lambda entry: entry["face"] | {"v": True}),
        (0, "face", lambda entry: entry["face"] | {"v": "1"}),
        (0, "face", lambda entry: entry["face"] | {"kind": str(entry["face"]["kind"])}),
    ):
        whole = json.loads(made)
        whole["entries"][at][part] = value(whole["entries"][at])
        assert auditor.answer(sealed.canonical(whole) + b"\n") in (1, 2)


def test_a_note_has_a_hundred_signatures_at_the_most(out, tmp_path):
    place, line = out
    made = bundle.build(place)
    head = json.loads(made)["checkpoint"]
    there = len(note.parse(head).signatures)
    for count, codes in ((100, (0,)), (101, (1, 2)), (200, (1, 2))):
        more = "".join(
            f"\u2014 x{n}.example {note.encode(b'abcd' + bytes(64))}\n" for n in range(count - there)
        )
        assert Auditor(tmp_path, line).answer(rewritten(made, checkpoint=head + more)) in codes


def test_nobody_is_handed_over_to_under_a_key_for_which_anybody_signs(handed_over, tmp_path):
    made, (a, _, _) = handed_over
    text = note.parse(json.loads(made)["checkpoint"]).text
    for public in (1, 0, 2**255 - 20, ORDER_8, 2**255 - 19 - ORDER_8, 2**255 - 18):
        point = public.to_bytes(32, "little")
        key_id = sha256(a.key.name.encode() + b"\n\x01" + point).digest()[:4]
        line = f"{a.key.name}+{key_id.hex()}+{note.encode(bytes([1]) + point)}"
        forged = note.Signature(a.key.name, key_id, (1).to_bytes(32, "little") + bytes(32))
        said = note.parse(a.signed(f"masthead log key handover v1\n{a.key.name}\n{line}\n1\n"))
        over = str(note.Note(said.text, (*said.signatures, forged)))
        changed = rewritten(made, checkpoint=str(note.Note(text, (forged,))), handovers=[over])
        for key in (str(a.key), None):
            assert Auditor(tmp_path, key).answer(changed) in (1, 2)


@settings(max_examples=200)
@given(place=st.integers(min_value=0), by=st.integers(1, 255), insert=st.booleans())
def test_who_has_all_keys_notices_any_changed_byte(out, witnesses, tmp_path, place, by, insert):
    made = bundle.build(out[0])
    changed = bytearray(made)
    # A stamp's own signature is for whoever has the certificate of the authority: the test after this one.
    start = made.index(b'"token":"') + 9
    end = made.index(b'"', start)
    where = [*range(start), *range(end, len(made))]
    at = where[place % len(where)]
    if insert:
        changed.insert(at, by)
    else:
        changed[at] ^= by
    # The address of the authority is what the newsroom says of it, and printed as that.
    url = made.index(b"http://tsa.example/")
    if url <= at < url + 19 or (insert and at == url + 19):
        return
    assert Auditor(tmp_path, out[1], lines_of(*witnesses)).answer(bytes(changed)) in (1, 2)


@settings(max_examples=100)
@given(place=st.integers(min_value=0), by=st.integers(1, 255))
def test_who_has_the_certificate_takes_no_stamp_that_was_changed(out, tmp_path, place, by):
    made = bundle.build(out[0])
    whole = json.loads(made)
    roots = tuple(load_pem_x509_certificates((tmp_path / "tsa" / "root.pem").read_bytes()))
    ours = Given(VerifierKey.parse(out[1]), (), roots)
    (sound,) = check(made, ours).attested.stamps
    token = bytearray(note.decode(whole["stamps"][0]["token"]))
    token[place % len(token)] ^= by
    whole["stamps"][0]["token"] = note.encode(bytes(token))
    changed = check(sealed.canonical(whole) + b"\n", ours)
    # What is not signed in a response, such as a certificate nobody needs, says nothing about the time.
    assert not changed.intact or changed.attested.stamps == (sound,)


def test_a_stamp_is_of_this_very_head_and_openssl_says_whose(out, log, tmp_path):
    import subprocess

    import verify_masthead

    place, line = out
    made = bundle.build(place)
    (tmp_path / "bundle.json").write_bytes(made)
    given = [str(tmp_path / "bundle.json"), "--key", line, "--unpack", str(tmp_path)]
    assert verify_masthead.main(given) == 0
    auditor = Auditor(tmp_path, line)
    auditor.answer(made)
    said = next(each for each in auditor.said.splitlines() if "openssl ts" in each).split()
    said[said.index("theirs.pem")] = str(tmp_path / "tsa" / "root.pem")
    done = subprocess.run(said, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Verification: OK" in done.stdout + done.stderr) == (0, True)
    add_person("Grace")
    row = publish_checkpoint()
    later = Authority(tmp_path / "other").token(note.parse(row.note).text)
    stamps = [{"authority": "http://tsa.example/", "token": note.encode(later)}]
    assert check(rewritten(made, stamps=stamps), Given(VerifierKey.parse(line))).attested.strange
    other = tuple(load_pem_x509_certificates((tmp_path / "other" / "root.pem").read_bytes()))
    verdict = check(made, Given(VerifierKey.parse(line), (), other))
    assert "certificate you gave" in str(verdict.why)


def test_the_head_that_most_witnesses_cosigned_lately_is_taken(out, witnesses, tmp_path):
    place, _ = out
    first = Checkpoint.objects.latest("size")
    add_person("Grace")
    second = publish_checkpoint()
    assert size_of(bundle.build(place)) == first.size, "nobody has cosigned the newest yet"
    witnesses[0].cosign(second)
    assert size_of(bundle.build(place)) == first.size, "two have cosigned that one"
    witnesses[1].cosign(second)
    assert size_of(bundle.build(place)) == first.size, "that one is stamped as well"
    Authority(tmp_path / "another").stamp(second)
    assert size_of(bundle.build(place)) == second.size


def test_without_witnesses_the_newest_head_is_taken(log, tmp_path):
    place = publish_item().place
    publish_checkpoint()
    add_person("Grace")
    newest = publish_checkpoint()
    made = bundle.build(place)
    assert size_of(made) == newest.size
    assert size_of(bundle.build(place, earliest=True)) < newest.size
    auditor = Auditor(tmp_path, keys.public_line(log))
    assert auditor.answer(made) == 0
    assert "nobody outside was shown to say when" in auditor.said


def size_of(made):
    return int(json.loads(made)["checkpoint"].split("\n")[1])


# --- Keys that handed over ---


class Holder:
    """Somebody who holds a key of the log."""

    def __init__(self, origin):
        self.private = Ed25519PrivateKey.generate()
        self.key = VerifierKey(origin, self.private.public_key().public_bytes_raw())

    def signed(self, text, *others):
        made = note.sign(text, self.key, self.private.sign)
        for each in others:
            made = note.sign_too(made, each.key, each.private.sign)
        return str(made)


@pytest.fixture
def handed_over(out, log):
    """(bundle, holders) of a log whose key handed over twice; the last of three signed the head."""
    made = bundle.build(out[0])
    origin = out[1].split("+")[0]
    text = note.parse(json.loads(made)["checkpoint"]).text
    a, b, c = (Holder(origin) for _ in range(3))
    first = a.signed(str(Handover(b.key, 2)), b)
    second = b.signed(str(Handover(c.key, 5)), c)
    changed = {"checkpoint": c.signed(text, b), "handovers": [first, second], "stamps": []}
    return rewritten(made, **changed), (a, b, c)


def test_a_key_leads_to_those_it_handed_over_to(handed_over, tmp_path):
    made, (a, b, c) = handed_over
    for each in (a, b, c):
        auditor = Auditor(tmp_path, str(each.key))
        assert auditor.answer(made) == 0
        assert ("handed over to by the key you gave" in auditor.said) == (each is not c)
    assert Auditor(tmp_path, str(Holder(a.key.name).key)).answer(made) == 1


def test_a_key_of_the_log_that_signed_along_is_told_as_checked(handed_over, tmp_path):
    made, (a, b, c) = handed_over
    for each in (a, b):
        auditor = Auditor(tmp_path, str(each.key))
        assert auditor.answer(made) == 0
        along = f"{b.key.name}+{b.key.key_id.hex()}"
        assert f"{along}, a key of this log too, signed along" in auditor.said
        assert f"not checked: a signature of {along}" not in auditor.said
        told = check(made, Given(each.key)).attested
        assert (told.along, told.unchecked) == ((along,), ())
    # Whoever has only the last key cannot tell whose the other is.
    assert check(made, Given(c.key)).attested.along == ()
    # What is said to be its signature, and is not, is not passed over.
    head = json.loads(made)["checkpoint"]
    read = note.parse(head)
    (along,) = b.key.lines_in(read.signatures)
    bad = note.Signature(along.name, along.key_id, bytes(64))
    others = [each for each in read.signatures if each != along]
    for lines in ([*others, bad], [*others, along, along]):
        changed = rewritten(made, checkpoint=str(note.Note(read.text, tuple(lines))))
        for key, code in ((a, 1), (b, 1), (c, 0)):
            assert Auditor(tmp_path, str(key.key)).answer(changed) == code


def test_a_hand_over_that_is_missing_or_signed_by_one_alone_leads_nowhere(handed_over, tmp_path):
    made, (a, b, c) = handed_over
    first, second = json.loads(made)["handovers"]
    alone = b.signed(str(Handover(b.key, 2)))
    by_old = a.signed(str(Handover(b.key, 2)))
    for notes in ([], [second], [alone, second], [by_old, second]):
        assert Auditor(tmp_path, str(a.key)).answer(rewritten(made, handovers=notes)) == 1
    # The second holder signed along, and needs the first hand-over alone.
    assert Auditor(tmp_path, str(a.key)).answer(rewritten(made, handovers=[first])) == 0
    assert Auditor(tmp_path, str(c.key)).answer(rewritten(made, handovers=[])) == 0
    for wrong in ("", "x", first.replace("\n", "\r\n"), None, 3):
        changed = rewritten(made, handovers=[wrong, second])
        assert Auditor(tmp_path, str(a.key)).answer(changed) in (1, 2)


def test_hand_overs_count_in_whatever_order_they_stand(handed_over, tmp_path):
    made, (a, b, c) = handed_over
    first, second = json.loads(made)["handovers"]
    again = a.signed(str(Handover(b.key, 3)), b)
    back = b.signed(str(Handover(Holder(a.key.name).key, 1)), c)
    skipped = a.signed(str(Handover(c.key, 6)), c)
    for notes, code in (
        ([second, first], 0),
        ([second, first, first], 0),
        ([first, again, second], 1),
        ([skipped, second, first], 1),
        ([back, second, first], 0),
    ):
        for each in (a, b, c):
            answer = Auditor(tmp_path, str(each.key)).answer(rewritten(made, handovers=notes))
            assert each is not a or answer == code


def test_a_key_that_handed_over_to_two_is_a_stolen_one(handed_over, tmp_path):
    made, (a, _, c) = handed_over
    notes = json.loads(made)["handovers"]
    thief = Holder(a.key.name)
    stolen = a.signed(str(Handover(thief.key, 3)), thief)
    assert Auditor(tmp_path, str(a.key)).answer(rewritten(made, handovers=[*notes, stolen])) == 1
    # Whoever has a later key is not led astray.
    assert Auditor(tmp_path, str(c.key)).answer(rewritten(made, handovers=[*notes, stolen])) == 0


def test_what_a_revoked_key_signed_later_counts_no_more(handed_over, tmp_path):
    made, (a, _, c) = handed_over
    notes, size = json.loads(made)["handovers"], size_of(made)
    gone = c.signed(str(Revocation(c.key, Ground.STOLEN, size, None)))
    later = c.signed(str(Revocation(c.key, Ground.STOLEN, size + 1, None)))
    by_older = a.signed(str(Revocation(c.key, Ground.STOLEN, 0, None)))
    for said, code in ((gone, 1), (later, 0), (by_older, 0)):
        auditor = Auditor(tmp_path, str(a.key))
        assert auditor.answer(rewritten(made, handovers=[*notes, said])) == code
        assert ("was revoked" in auditor.said) == (said is not by_older)


# --- The form before ---


def test_a_bundle_of_the_first_form_still_verifies(out, tmp_path):
    place, line = out
    whole = json.loads(bundle.build(place, earliest=True))
    assert (whole.pop("handovers"), whole.pop("stamps"), whole["masthead_bundle"]) == ([], [], 2)
    older = sealed.canonical(whole | {"masthead_bundle": 1}) + b"\n"
    assert Auditor(tmp_path, line).answer(older) == 0
    assert Auditor(tmp_path).answer(older) == 3
    # Neither form takes the parts of the other.
    assert Auditor(tmp_path, line).answer(sealed.canonical(whole) + b"\n") == 1
    assert Auditor(tmp_path, line).answer(rewritten(bundle.build(place), masthead_bundle=1)) == 1


def test_a_bundle_is_compared_only_with_a_head_of_its_own_size(out, tmp_path):
    place, line = out
    made = bundle.build(place, earliest=True)
    head = Checkpoint.objects.latest("size").note
    auditor = Auditor(tmp_path, line, kept=head)
    assert auditor.answer(made) == 0
    assert "Nothing changed since the checkpoint you kept" in auditor.said
    add_person("Grace")
    publish_checkpoint()
    auditor.kept = Checkpoint.objects.latest("size").note
    assert auditor.answer(made) == 1, "the bundle stands under an earlier head than the one kept"
    # Under a later head it is intact, and may still be of a log that was rewritten: that is no 0.
    auditor.kept = Checkpoint.objects.earliest("size").note
    assert auditor.answer(made) == 4
    assert "NOT COMPARED" in auditor.said
    assert Auditor(tmp_path, kept=auditor.kept).answer(made) == 3


@settings(max_examples=200)
@given(place=st.integers(min_value=0), by=st.integers(1, 255), insert=st.booleans())
def test_who_has_the_oldest_key_notices_any_changed_byte_of_the_way(handed_over, tmp_path, place, by, insert):
    made, (a, b, c) = handed_over
    text = note.parse(json.loads(made)["checkpoint"]).text
    made = rewritten(made, checkpoint=c.signed(text))
    start, end = made.index(b'"handovers":[') + 13, made.index(b'],"masthead_bundle"')
    changed = bytearray(made)
    at = start + place % (end - start)
    if insert:
        changed.insert(at, by)
    else:
        changed[at] ^= by
    assert Auditor(tmp_path, str(a.key)).answer(bytes(changed)) in (1, 2)
    # Whoever has a later key needs less of it; both verifiers think alike of the rest.
    for each in (b, c):
        Auditor(tmp_path, str(each.key)).answer(bytes(changed))
    Auditor(tmp_path).answer(bytes(changed))


@settings(max_examples=150)
@given(data=st.data())
def test_whatever_part_is_taken_out_doubled_or_replaced_both_verifiers_think_alike(
    out, witnesses, handed_over, tmp_path, data
):
    made, (a, b, c) = handed_over
    whole = json.loads(made) | {"stamps": json.loads(bundle.build(out[0]))["stamps"]}
    inside = data.draw(st.sampled_from(["handovers", "stamps", "checkpoint", "origin"]))
    path, value = data.draw(st.sampled_from(list(parts(whole[inside], (inside,)))))
    parent = whole
    for key in path[:-1]:
        parent = parent[key]
    how = data.draw(st.sampled_from(["remove", "double", "replace"]))
    if how == "remove":
        del parent[path[-1]]
    elif how == "double" and isinstance(parent, list):
        parent.insert(path[-1], value)
    else:
        parent[path[-1]] = data.draw(
            st.sampled_from(
                [0, 1, "", "x", "x\n\nx\n", "x\ny\n\n\u2014 z AAAAAAAAAAA=\n", None, True, [], {}]
            )
        )
    changed = sealed.canonical(whole) + b"\n"
    for line in (None, *(str(each.key) for each in (a, b, c))):
        Auditor(tmp_path, line, data.draw(st.sampled_from([(), lines_of(*witnesses)]))).answer(changed)


def parts(value, path):
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from parts(each, (*path, key))


# --- The keys of a real log ---


def test_an_item_of_a_log_whose_key_changed_hands_verifies_with_each_of_them(home, small_mould, tmp_path):
    from masthead.newsroom.accounts.commands.log_keys import rotate

    desk = small_mould.at(home)
    first = keys.public_line(home)
    place = publish_item().place
    publish_checkpoint()
    older = bundle.build(place)
    rotate(desk.steward, days=0)
    rotate(desk.steward, days=0)
    made, last = bundle.build(place), keys.public_line(home)
    for line in (first, last):
        auditor = Auditor(tmp_path, line)
        assert auditor.answer(made) == 0
        assert ("handed over to by the key you gave" in auditor.said) == (line == first)
    # The one made before verifies with the key of its time.
    assert Auditor(tmp_path, first).answer(older) == 0
    assert Auditor(tmp_path, last).answer(older) == 1


def test_a_key_that_was_replaced_says_to_get_the_new_one(home, small_mould, tmp_path):
    from masthead.newsroom.accounts.commands.log_keys import replace

    desk = small_mould.at(home)
    first = keys.public_line(home)
    place = publish_item().place
    publish_checkpoint()
    older = bundle.build(place)
    replace(desk.steward, Ground.STOLEN)
    made = bundle.build(place)
    assert Auditor(tmp_path, keys.public_line(home)).answer(made) == 0
    auditor = Auditor(tmp_path, first)
    assert auditor.answer(made) == 1
    assert "is said to replace" in auditor.said
    assert "get the log's key anew" in auditor.why
    # What the key signed before it was stolen stands.
    assert auditor.answer(older) == 0
