"""Whatever a bundle is made into, both verifiers give it one verdict and one exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.test_bundle_vouched import handed_over, lines_of, out, parts, witnesses
from tests.evidence.verifiers import VERIFIER, Auditor

from masthead.newsroom.evidence import bundle, sealed
from masthead.tlog import note

__all__ = ["handed_over", "out", "witnesses"]

ODD = st.sampled_from(
    [
        0,
        1,
        2**53,
        10**30,
        -1,
        "",
        "x",
        "\u00e9",
        "\U0001f600",
        "A===",
        "AAAA",
        None,
        True,
        [],
        {},
        [[]],
        {"a": 1},
    ]
)


@settings(max_examples=250)
@given(data=st.data())
def test_however_parts_are_dropped_doubled_moved_or_retyped(out, witnesses, handed_over, tmp_path, data):
    place, line = out
    made, (a, _, c) = handed_over
    sound = json.loads(bundle.build(place))
    whole = data.draw(st.sampled_from([sound, json.loads(made) | {"stamps": sound["stamps"]}]))
    for _ in range(data.draw(st.integers(1, 3))):
        paths = [path for path, _ in parts(whole, ()) if path]
        path = data.draw(st.sampled_from(paths))
        parent, other = at(whole, path[:-1]), at(whole, data.draw(st.sampled_from(paths)))
        how = data.draw(st.sampled_from(["drop", "double", "turn", "retype", "move", "rename"]))
        if how == "drop" or not isinstance(parent, list | dict):
            del parent[path[-1]]
        elif how == "double" and isinstance(parent, list):
            parent.insert(path[-1], parent[path[-1]])
        elif how == "turn" and isinstance(parent, list):
            parent.reverse()
        elif how == "rename" and isinstance(parent, dict):
            parent[data.draw(st.sampled_from(["stamps", "x", "\u00e9", "place"]))] = parent.pop(path[-1])
        else:
            parent[path[-1]] = json.loads(json.dumps(other)) if how == "move" else data.draw(ODD)
        if not isinstance(whole, dict) or not whole:
            break
    key = data.draw(st.sampled_from([None, line, str(a.key), str(c.key)]))
    given_too = data.draw(st.sampled_from([(), lines_of(*witnesses)]))
    Auditor(tmp_path, key, given_too).answer(sealed_as_it_is(whole))


@settings(max_examples=150)
@given(
    cut=st.integers(0, 6000),
    by=st.integers(0, 255),
    how=st.sampled_from(["cut", "flip", "more", "indefinite", "long", "swap", "bare", "nothing"]),
)
def test_however_a_time_stamp_is_truncated_or_encoded(out, tmp_path, cut, by, how):
    place, line = out
    whole = json.loads(bundle.build(place))
    token = bytearray(note.decode(whole["stamps"][0]["token"]))
    at = cut % len(token)
    if how == "cut":
        del token[at:]
    elif how == "flip":
        token[at] ^= by
    elif how == "more":
        token.insert(at, by)
    elif how == "indefinite":
        token = bytearray(b"\x30\x80" + token[4:] + b"\0\0")
    elif how == "long":
        token = bytearray(b"\x30\x84\0\0" + token[2:4] + token[4:])
    elif how == "swap":
        token[at:] = reversed(token[at:])
    elif how == "bare":
        token = token[at:]
    else:
        token = bytearray()
    whole["stamps"][0]["token"] = note.encode(bytes(token))
    changed = sealed.canonical(whole) + b"\n"
    # Only base64 that says nothing at all is no token; what stands in one is for whoever has the certificate.
    assert Auditor(tmp_path, line).answer(changed) == (0 if token else 1)


@settings(max_examples=150)
@given(
    bits=st.lists(st.tuples(st.integers(0), st.integers(0, 7)), min_size=1, max_size=3), keyed=st.booleans()
)
def test_however_bits_are_turned(out, witnesses, tmp_path, bits, keyed):
    place, line = out
    changed = bytearray(bundle.build(place))
    for where, bit in bits:
        changed[where % len(changed)] ^= 1 << bit
    Auditor(tmp_path, line if keyed else None, lines_of(*witnesses) if keyed else ()).answer(bytes(changed))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda whole: whole, 0),
        (lambda whole: whole | {"stamps": [{"authority": "x", "token": "AAAA"}]}, 0),
        (lambda whole: whole | {"entries": []}, 1),
        (lambda whole: whole | {"checkpoint": 7}, 1),
        (lambda whole: whole | {"masthead_bundle": 9}, 2),
    ],
)
def test_so_do_both_programs(out, tmp_path, edit, code):
    place, line = out
    path = tmp_path / "bundle.json"
    path.write_bytes(sealed.canonical(edit(json.loads(bundle.build(place)))) + b"\n")
    (tmp_path / "log.pub").write_text(line + "\n")
    theirs = [sys.executable, VERIFIER, "bundle.json", "--key", "log.pub"]
    masthead = Path(sys.executable).with_name("masthead")
    ours = [masthead, "log", "verify", "--bundle", "bundle.json", "--key", "log.pub"]
    for command in (theirs, ours):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda whole: whole | {"checkpoint": ""}, "checkpoint"),
        (lambda whole: whole | {"handovers": ["x"]}, "keys"),
        (lambda whole: whole | {"more": 1}, "members"),
        (lambda whole: whole["entries"][1]["proof"].__setitem__(0, "AAA") or whole, "number 2"),
    ],
)
def test_what_has_another_form_is_named(out, tmp_path, edit, named):
    place, line = out
    auditor = Auditor(tmp_path, line)
    assert auditor.answer(sealed.canonical(edit(json.loads(bundle.build(place)))) + b"\n") == 1
    assert named in auditor.why


def at(whole, path):
    for key in path:
        whole = whole[key]
    return whole


def sealed_as_it_is(whole) -> bytes:
    """As a bundle is written, whatever it holds."""
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
