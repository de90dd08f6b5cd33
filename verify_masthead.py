#!/usr/bin/env python3
"""Verify, offline and with none of Masthead's code, what a bundle.json says of one published item.

    python verify_masthead.py bundle.json --key LOG.PUB [--content FILE] [--disclosure disclosure.json]

Needs Python 3.9 or later and the package `cryptography`. Take this file and the key from somewhere else than
the bundle: who could change the one could change the other. The bundle's form is decided in Masthead's
docs/decisions/0003-evidence-log.md; the tree and its proofs are those of RFC 9162, the checkpoint is a signed
note of C2SP (c2sp.org/tlog-checkpoint, c2sp.org/signed-note).

Exit: 0 intact; 1 not intact; 2 unreadable; 3 consistent with itself, but no key was given.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import sys

INTACT, NOT_INTACT, UNREADABLE, NO_KEY = 0, 1, 2, 3

# Code: (name, what opens with the item, what opens where the entry is about this very version).
_OUT = "canonical_sha256 counts disclosure_sha256 item media_type published_sha256 rests_on role through uses"
KINDS = {
    12: ("item added", "item medium through", "canonical_sha256 sources uses"),
    13: ("version added", "item through", "canonical_sha256 sources uses"),
    15: ("AI use recorded", "item uses through", ""),
    16: ("checks run", "item through", "canonical_sha256 ran not_run counts levels"),
    17: ("finding waived", "item role through", ""),
    18: ("signed off", "item role self_signed through", "canonical_sha256"),
    19: ("published", _OUT, ""),
    20: ("break-glass", "item role overridden review_due_on through", "canonical_sha256"),
    21: ("second review", "item role upheld through", "canonical_sha256"),
    22: ("corrected", _OUT, ""),
    23: ("withdrawn", "item role rests_on through", ""),
}
SIGNED_OFF, PUBLISHED, CORRECTED, WITHDRAWN = 18, 19, 22, 23
ADDED = (12, 13)  # One of these brought in the version published.
OF_THE_VERSION = (16, 18, 20, 21)  # A publication rests on these only where they are about its version.

NOT_PROVED = """
What this does not prove:
  - that nothing was left out: it shows what was recorded, not what was not;
  - that it is still out: a correction or a withdrawal since has a bundle of its own;
  - that what was recorded is true: a person said so, under the role shown;
  - when, more exactly than the dates the log itself gives and the day you got its key and checkpoint;
  - that others were shown the same log, unless they compare checkpoints with you."""


class Broken(Exception):
    """The bundle is not intact."""


class Unreadable(Exception):
    """This is no bundle, or no key."""


def need(condition, why):
    """Give up with `why` unless `condition` holds."""
    if not condition:
        raise Broken(why)


def digest(content):
    """SHA-256."""
    return hashlib.sha256(content).digest()


def canonical(value):
    """RFC 8785 of what a bundle may hold: no floats, names in ASCII. Python's own JSON does it alike."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def refuse_float(text):
    """Refuse a number with a fraction."""
    raise Unreadable("a bundle holds no fractions")


def b64(text):
    """Give the bytes of base64 that is written in the one way it can be."""
    content = base64.b64decode(text, validate=True)
    need(base64.b64encode(content).decode() == text, "base64 that is not as it was written")
    return content


def members(value, names, what):
    """Need `value` to be an object with exactly these members."""
    need(isinstance(value, dict) and set(value) == set(names.split()), what + " has other members")


# --- The key and the checkpoint (C2SP signed-note, tlog-checkpoint) ---


def read_key(given):
    """(name, key id, 32 bytes) from a verifier-key line, or from a file that holds one."""
    path = pathlib.Path(given)
    try:
        line = path.read_text(encoding="utf-8").strip() if path.is_file() else given.strip()
        name, key_id, material = line.split("+", 2)
        material = base64.b64decode(material, validate=True)
    except (OSError, ValueError) as error:
        raise Unreadable("the key is neither a verifier-key line nor a file with one") from error
    wanted = digest(name.encode() + b"\n" + material)[:4]
    if len(material) != 33 or material[0] != 1 or wanted.hex() != key_id:
        raise Unreadable("the key is not an Ed25519 verifier key, or was copied wrongly")
    return name, wanted, material[1:]


def read_checkpoint(note, origin, key):
    """(size, root) of the checkpoint; its signature verified where a key is given."""
    text, blank, block = note.rpartition("\n\n")
    need(blank and block.endswith("\n"), "the checkpoint is not a signed note")
    text += "\n"
    lines = text.split("\n")
    need(len(lines) == 4 and lines[0] == origin, "the checkpoint is not one of this log")
    need(re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]), "the size of the checkpoint is not a number")
    root = b64(lines[2])
    need(len(root) == 32, "the root of the checkpoint is not a SHA-256")
    signatures = []
    for line in block[:-1].split("\n"):
        dash, name, material = [*line.split(" "), "", ""][:3]
        need(line == f"\u2014 {name} {material}" and dash == "\u2014", "a line of signature is malformed")
        signatures.append((name, b64(material)))
    if key is not None:
        verify_signature(text, signatures, key, origin)
    return int(lines[1]), root


def verify_signature(text, signatures, key, origin):
    """Need one signature under the key, and a good one."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, key_id, public = key
    need(name == origin, "the key is of another log")
    ours = [material[4:] for signer, material in signatures if signer == name and material[:4] == key_id]
    need(len(ours) == 1, "the checkpoint is not signed with this key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(ours[0], text.encode())
    except (InvalidSignature, ValueError):
        raise Broken("the signature of the checkpoint does not verify") from None


# --- One entry: commitment, openings, place in the tree ---


def root_from(leaf, place, size, proof):
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2), or None."""
    at, last, node = place, size - 1, leaf
    for part in proof:
        if last == 0 or len(part) != 32:
            return None
        if at & 1 or at == last:
            node = digest(b"\x01" + part + node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = digest(b"\x01" + node + part)
        at, last = at >> 1, last >> 1
    return node if last == 0 else None


def verify_entry(entry, size, root):
    """(place, code, {name: value} of what is opened) of one entry."""
    members(entry, "place face digests opened proof", "an entry")
    place, face, digests = entry["place"], entry["face"], entry["digests"]
    need(type(place) is int and 0 <= place < size, "an entry stands outside the checkpoint")
    here = f"entry {place}: "
    members(face, "v kind commitment_sha256", here + "its face")
    need(face["v"] == 1 and face["kind"] in KINDS, here + "this verifier does not know its kind")
    need(digest(canonical(digests)).hex() == face["commitment_sha256"], here + "its commitment does not hold")
    proof = [b64(part) for part in entry["proof"]]
    leaf = digest(b"\x00" + canonical(face))
    need(root_from(leaf, place, size, proof) == root, here + "it is not in the tree under the checkpoint")
    opened = {}
    for field in entry["opened"]:
        members(field, "name salt value", here + "what it opens")
        name, salt = field["name"], field["salt"]
        need(name not in opened and re.fullmatch("[0-9a-f]{32}", salt), here + "what it opens is malformed")
        found = digest(canonical([salt, name, field["value"]])).hex()
        need(digests.get(name) == found, here + f"what it opens as {name} is not what was sealed")
        opened[name] = field["value"]
    return place, face["kind"], opened


def verify_openings(entries):
    """That each entry opens what a publication opens, all are of one item, and none is missing."""
    last, code, publication = entries[-1]
    need(code in (PUBLISHED, CORRECTED, WITHDRAWN), "the last entry is not a publication")
    places = [place for place, _, _ in entries]
    need(places == sorted(set(places)), "the entries are not in order")
    for place, kind, opened in entries:
        _, with_item, with_version = KINDS[kind]
        always, sometimes = {*with_item.split(), "recorded_on"}, set(with_version.split())
        here = f"entry {place}: "
        allowed = [always | sometimes] if kind in OF_THE_VERSION else [always, always | sometimes]
        need(set(opened) in allowed, here + "it does not open what its kind opens")
        need(opened["item"] == publication["item"], here + "it is about another item")
        form = opened.get("canonical_sha256")
        same = form is None or form == publication.get("canonical_sha256", form)
        need(same, here + "it is about another version")
    brought = [kind for _, kind, opened in entries if kind in ADDED and "canonical_sha256" in opened]
    need(brought or code != PUBLISHED, "the entry that brought in the version is missing")
    expected = sorted({*publication["rests_on"], last})
    need(places == expected, "an entry it rests on is missing, or there is one too many")
    return code, publication


# --- The whole ---


def verify(content, key, published=None, disclosure=None):
    """(lines to print) for a bundle's bytes; raises Broken or Unreadable."""
    try:
        bundle = json.loads(content.decode("utf-8"), parse_float=refuse_float, parse_constant=refuse_float)
        if not isinstance(bundle, dict) or repr(bundle.get("masthead_bundle")) != "1":
            raise Unreadable("this is not a bundle of the form this verifier knows")
        return verify_bundle(bundle, content, key, published, disclosure)
    except (TypeError, KeyError, AttributeError, ValueError, RecursionError) as error:
        raise Unreadable("this cannot be read as a bundle") from error


def verify_bundle(bundle, content, key, published, disclosure):
    """Verify a bundle that was read; give the lines to print."""
    need(canonical(bundle) + b"\n" == content, "it is not byte for byte as a bundle is written")
    members(bundle, "masthead_bundle origin checkpoint entries content", "the bundle")
    size, root = read_checkpoint(bundle["checkpoint"], bundle["origin"], key)
    need(bundle["entries"], "the bundle holds no entries")
    entries = [verify_entry(entry, size, root) for entry in bundle["entries"]]
    code, out = verify_openings(entries)
    expected = None
    if code != WITHDRAWN:
        expected = {"media_type": out["media_type"], "sha256": out["published_sha256"]}
    need(bundle["content"] == expected, "it names other content than was published")
    for given, field in ((published, "published_sha256"), (disclosure, "disclosure_sha256")):
        need(given is None or expected is not None, "the item was withdrawn: nothing of it is published")
        need(given is None or digest(given).hex() == out[field], "a file is not what was published: " + field)
    return report(bundle["origin"], size, root, entries, published is not None, disclosure is not None)


def report(origin, size, root, entries, compared, told):
    """Say what is proved."""
    code = entries[-1][1]
    lines = [f"Log {origin}, checkpoint over {size} entries, root {root.hex()}", "", "In it stand:"]
    for place, kind, opened in entries:
        kept = {name: opened[name] for name in opened if name not in ("item", "rests_on", "recorded_on")}
        said = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        lines.append(f"  {place}  {opened['recorded_on']}  {KINDS[kind][0]}  {said}")
    signed = [opened for _, kind, opened in entries if kind == SIGNED_OFF and "canonical_sha256" in opened]
    lines.append("")
    if code == WITHDRAWN:
        lines.append("The item was withdrawn.")
    elif signed:
        lines.append(
            "Before publication a person signed off this very version as {}.".format(signed[-1]["role"])
        )
    else:
        lines.append("No sign-off of this very version is among the entries.")
    if compared:
        lines.append("The file you gave is, byte for byte, what was published.")
    if told:
        lines.append("The disclosure you gave is, byte for byte, the record that the audience was told from.")
    return lines


def main(arguments=None):
    """Run from a command line; give the exit code."""
    parser = argparse.ArgumentParser(description="Verify a Masthead bundle offline.")
    parser.add_argument("bundle", help="bundle.json")
    parser.add_argument("--key", help="the log's verifier key, or a file with it, got from elsewhere")
    parser.add_argument("--content", help="the published file, to compare with what the log says")
    parser.add_argument("--disclosure", help="disclosure.json, to compare with what the log says")
    given = parser.parse_args(arguments)
    try:
        key = read_key(given.key) if given.key else None
        published = pathlib.Path(given.content).read_bytes() if given.content else None
        disclosure = pathlib.Path(given.disclosure).read_bytes() if given.disclosure else None
        lines = verify(pathlib.Path(given.bundle).read_bytes(), key, published, disclosure)
    except OSError as error:
        print(f"Unreadable: {error.strerror}")
        return UNREADABLE
    except Unreadable as error:
        print(f"Unreadable: {error}.")
        return UNREADABLE
    except Broken as error:
        print(f"NOT INTACT: {error}.")
        return NOT_INTACT
    print("\n".join(lines))
    print(NOT_PROVED)
    if key is None:
        print("\nConsistent with itself. Whose it is was not shown: give the log's key with --key.")
        return NO_KEY
    print(f"\nINTACT, as signed with the key {key[0]}+{key[1].hex()}.")
    return INTACT


if __name__ == "__main__":
    sys.exit(main())
