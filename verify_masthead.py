#!/usr/bin/env python3
"""Verify, offline and with none of Masthead's code, the proof of one published item or a whole exported log.

    python verify_masthead.py bundle.json --key LOG.PUB [--content FILE] [--disclosure disclosure.json]
    python verify_masthead.py FOLDER --key LOG.PUB             what `masthead log export` or a mirror wrote
        --witness W.PUB   a witness that must have cosigned; may be repeated
        --since HEAD      a checkpoint you kept earlier: is the log still what it was then?

Needs Python 3.9 or later and the package `cryptography`. Take this file and the keys from somewhere else than
what you verify: who could change the one could change the other. The forms are decided in Masthead's
docs/decisions: 3 the entries and the bundle, 18 the keys, 21 what is proved. Tree and proofs are RFC 9162,
the rest is C2SP: c2sp.org/signed-note, /tlog-checkpoint, /tlog-cosignature, /tlog-tiles.

Exit: 0 intact; 1 not intact; 2 unreadable; 3 consistent with itself, but no key was given.
"""

import argparse
import base64
import collections
import datetime
import hashlib
import json
import pathlib
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

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
ADDED, SIGNED_OFF, PUBLISHED, CORRECTED, WITHDRAWN = (12, 13), 18, 19, 22, 23
OF_THE_VERSION = (16, 18, 20, 21)  # A publication rests on these only where they are about its version.
LOG, WITNESS, KEYS = 1, 4, {1: "log", 4: "witness"}  # Types of Ed25519 keys: signed-note, tlog-cosignature.
# Of Ed25519: under the key of a point of small order, for each of which this is the y, anybody can sign.
FIELD, ORDER_8 = 2**255 - 19, 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER = (0, 1, FIELD - 1, ORDER_8, FIELD - ORDER_8)
SHA256 = bytes.fromhex("0609608648016503040201")  # Its name in DER, and without length and type two more:
SIGNED_DATA, TST_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
STATEMENTS = {  # What the log's keys sign about its keys; after the title comes the origin, then these.
    "masthead log key handover v1": "key size",
    "masthead log key replacement v1": "old key size ground",
    "masthead log key revocation v1": "key ground size since",
}
Key = collections.namedtuple("Key", "kind name id public")
Head = collections.namedtuple("Head", "origin size root text")


class Broken(Exception):
    """What was given is not intact."""


class Unreadable(Exception):
    """What was given is no bundle, no exported log, or no key."""


class Trust:
    """The keys that were given, and what came to light of who signed what, and when."""

    def __init__(self, key, witnesses=()):
        self.chain = [(key, 0)] if key else []  # The log's keys, each with the size from which it signs.
        self.witnesses, self.head, self.signer = witnesses, None, None
        self.revoked, self.times, self.stamps, self.unchecked, self.notes = [], [], [], [], []


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


def b64(text):
    """Give the bytes of base64 that is written in the one way it can be."""
    content = base64.b64decode(text, validate=True)
    need(base64.b64encode(content).decode() == text, "base64 that is not as it was written")
    return content


def members(value, names, what):
    """Need `value` to be an object with exactly these members."""
    need(isinstance(value, dict) and set(value) == set(names.split()), what + " has other members")


def number(text):
    """A size that is written in the one way it can be."""
    need(re.fullmatch("0|[1-9][0-9]{0,17}", text), "a size is not a plain number")
    return int(text)


# --- Keys and signed notes (C2SP signed-note, tlog-cosignature) ---
def read_key(given, kind=LOG):
    """The key of a verifier-key line, or of a file that holds one."""
    try:
        path = pathlib.Path(given)
        return parse_key((path.read_text(encoding="utf-8") if path.is_file() else given).strip(), kind)
    except (OSError, ValueError, Broken) as error:
        raise Unreadable(f"{given} is not the key of a {KEYS[kind]}, nor a file with it: {error}") from error


def parse_key(line, kind=LOG):
    """The key of a verifier-key line: its name, id, and type with key."""
    name, key_id, material = line.split("+", 2)
    content = b64(material)
    wanted = digest(name.encode() + b"\n" + content)[:4]
    good = is_name(name) and len(content) == 33 and content[0] == kind and wanted.hex() == key_id
    y = int.from_bytes(content[1:], "little") & (2**255 - 1)
    need(good and y < FIELD, "a key is not an Ed25519 verifier key, or was copied wrongly")
    need(y not in SMALL_ORDER, "a key is one under which anybody can sign")
    return Key(kind, name, wanted, content[1:])


def is_name(text):
    """Whether a log or a witness can be called so."""
    return re.fullmatch(r"[^\s+]+", text) and len(text.encode()) <= 255


def read_note(note):
    """(text, [(name, key id, signature)]) of a signed note; no signature is verified yet."""
    text, blank, block = note.rpartition("\n\n")
    whole = blank and block.endswith("\n") and not re.search("[\0-\t\x0b-\x1f]", note)
    need(whole, "a checkpoint, or a statement about a key, is not a signed note")
    lines, signatures = block[:-1].split("\n"), []
    need(len(lines) <= 100, "a note has too many signatures")
    for line in lines:
        dash, name, material = line.split(" ")
        content = b64(material)
        need(dash == "\u2014" and is_name(name) and len(content) > 4, "a line of signature is malformed")
        signatures.append((name, content[:4], content[4:]))
    return text + "\n", signatures


def signature_of(text, signatures, key):
    """What `key` signed `text` with; None unless it is one line, of the one length, and good."""
    ours = [signature for name, key_id, signature in signatures if (name, key_id) == (key.name, key.id)]
    timed = 8 if key.kind == WITNESS else 0  # Bytes of time, which a witness signs along.
    if len(ours) != 1 or len(ours[0]) != timed + 64:
        return None
    time, signature = int.from_bytes(ours[0][:timed], "big"), ours[0][timed:]
    message = (f"cosignature/v1\ntime {time}\n" if timed else "") + text
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message.encode())
    except (InvalidSignature, ValueError):
        return None
    return ours[0]


def statement(text):
    """(what it is, what it says) of a statement about a key of a log; (None, None) of any other text."""
    title, *lines = text[:-1].split("\n")
    if title not in STATEMENTS:
        return None, None
    names = ["origin", *STATEMENTS[title].split()]
    need(len(names) == len(lines), "a statement about a key is malformed")
    said = dict(zip(names, lines))  # noqa: B905 - Python 3.9
    for name in {"key", "old"} & set(names):
        said[name] = parse_key(said[name])
        need(said[name].name == said["origin"], "a statement is about a key of another log")
    since, ground, said["size"] = said.get("since", "-"), said.get("ground", "other"), number(said["size"])
    need(since == "-" or datetime.date.fromisoformat(since).isoformat() == since, "a day is malformed")
    need(ground in ("rotated", "lost", "stolen", "other"), "a key was changed on no known ground")
    return title.split()[3], said


def follow(notes, trust):
    """Follow the log's keys from the one given, by what they signed of each other."""
    said = [(text, signatures, *statement(text)) for text, signatures in map(read_note, notes)]
    known = [key for key, _ in trust.chain]
    while trust.chain:
        after = set()
        for text, signatures, what, of in said:
            new = what == "handover" and of["size"] > trust.chain[-1][1] and of["key"] not in known
            if new and all(signature_of(text, signatures, key) for key in (known[-1], of["key"])):
                after.add((of["key"], of["size"]))
        need(len(after) < 2, "a key handed over to two, as only a stolen one does")
        if not after:
            break
        trust.chain += after
        known = [key for key, _ in trust.chain]
    for text, signatures, what, of in said:
        if what == "replacement" and of["old"] in known and signature_of(text, signatures, of["key"]):
            trust.notes.append(f"another key is said to replace {plain(of['old'])}: get it anew")
        # By the key itself or by one after it: a stolen older one could revoke all that followed.
        by = known[known.index(of["key"]) :] if what == "revocation" and of["key"] in known else []
        if any(signature_of(text, signatures, key) for key in by):
            trust.revoked.append((of["key"], of["size"]))
            trust.notes.append(f"{plain(of['key'])} was revoked, from {of['size']} entries on")


def plain(key):
    """A key for a person."""
    return f"{key.name}+{key.id.hex()}"


# --- Checkpoints (C2SP tlog-checkpoint): by whom they are signed, and when ---
def read_head(note, origin, trust):
    """(head, lines of signature, key that signed) of a checkpoint, signed with the key that must have."""
    text, signatures = read_note(note)
    lines = text.split("\n")
    ours = len(lines) == 4 and origin in (lines[0], None) and is_name(lines[0])
    need(ours, "the checkpoint is not one of this log")
    head = Head(lines[0], number(lines[1]), b64(lines[2]), text)
    whole = len(head.root) == 32 and (head.size or head.root == digest(b""))
    need(whole, "the checkpoint has no root that it can have")
    if not trust.chain:
        return head, signatures, None
    key = [key for key, since in trust.chain if since <= head.size][-1]
    hints = "".join(f"; {each}" for each in trust.notes)
    good = key.name == head.origin and signature_of(text, signatures, key)
    need(good, f"the checkpoint is not signed with {plain(key)}{hints}")
    gone = any(each == key and size <= head.size for each, size in trust.revoked)
    need(not gone, f"{plain(key)}, which signed the checkpoint, was revoked by then")
    return head, signatures, key


def read_witnessed(note, origin, trust):
    """The head of the newest checkpoint, which every witness whose key was given must have cosigned."""
    trust.head, signatures, trust.signer = head, _, _ = read_head(note, origin, trust)
    for witness in trust.witnesses:
        said = signature_of(head.text, signatures, witness)
        need(said, f"{witness.name}, whose key you gave, has not cosigned the checkpoint")
        seconds = int.from_bytes(said[:8], "big")
        need(seconds < 1 << 37, "the time of a cosignature is out of all bounds")
        time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)  # noqa: UP017 - Python 3.9
        trust.times.append((f"{time:%Y-%m-%d %H:%M:%S} UTC", plain(witness)))
    checked = {plain(key) for key in [*trust.witnesses, trust.signer] if key}
    signers = [f"{name}+{key_id.hex()}" for name, key_id, _ in signatures]
    trust.unchecked = [name for name in signers if name not in checked]
    return head


def compare(kept, head, trust, root_of):
    """Say whether the log at `head` begins with all of the log at the checkpoint that was `kept`."""
    old, _, _ = read_head(kept, head.origin, trust)
    need(old.size <= head.size, "the log is shorter than at the checkpoint you kept: keep both")
    root = head.root if old.size == head.size else root_of(old.size)
    if root is None:
        return f"NOT COMPARED with your checkpoint over {old.size} entries: that takes the exported log."
    need(root == old.root, "the log does not hold what the checkpoint you kept stands for: keep both")
    return f"Nothing changed since the checkpoint you kept: the log begins with all its {old.size} entries."


def read_stamps(stamps, text, trust, unpack):
    """What time stamps (RFC 3161) say of the checkpoint. Whether they are whose they say is for openssl."""
    authorities = [stamp["authority"] for stamp in stamps]
    need(authorities == sorted(set(map(str, authorities))), "the time stamps are not in order")
    for count, stamp in enumerate(stamps, 1):
        members(stamp, "authority token", "a time stamp")
        token, imprint = b64(stamp["token"]), digest(text.encode())
        trust.stamps.append((stamped_at(token, imprint), stamp["authority"], imprint.hex(), count))
        if unpack:
            (pathlib.Path(unpack) / f"stamp-{count}.tsr").write_bytes(token)


def stamped_at(token, imprint):
    """The time that a time stamp says, from the very bytes that its authority signed, and no others."""
    need(len(token) <= 100_000, "a time stamp is too large")
    status, signed = der(*der(token, "30"), "3030")
    granted, *_ = der(status, "02(30)?(03)?")  # What may follow is in nobody's signature, and not looked at.
    kind, signed = der(signed, "06a0")
    _, _, content, *_ = der(*der(signed, "30"), "023130(a0)?(a1)?31")
    inner, content = der(content, "06a0")
    info = der(*der(*der(content, "04"), "30"), "0206300218(30)?(01)?(02)?(a0)?(a1)?")
    version, _, (algorithm, hashed), _, time = info[0], info[1], der(info[2], "3004"), *info[3:5]
    said = (granted, kind, inner, version, hashed) == (b"\0", SIGNED_DATA, TST_INFO, b"\1", imprint)
    need(said and algorithm in (SHA256, SHA256 + b"\5\0"), "a time stamp is of something else")
    time = re.fullmatch(r"(\d{14})(\.\d+)?Z", time.decode("latin-1"), re.ASCII)
    need(time, "a time stamp says no time")
    return f"{datetime.datetime.strptime(time[1], '%Y%m%d%H%M%S')} UTC"  # noqa: DTZ007


def der(content, form):
    """What the elements hold that stand in this DER; `form` is a pattern over their tags."""
    tags, parts = b"", []
    while content:
        start, size = 2, int.from_bytes(content[1:2], "big")
        if size > 127:  # Longer ones say first how long their length is.
            start, size = size - 126, int.from_bytes(content[2 : size - 126], "big")
            need(size > 127 and content[2], "a time stamp is not in DER")
        need(len(content) >= start + size, "a time stamp is cut off")
        tags, parts = tags + content[:1], [*parts, content[start : start + size]]
        content = content[start + size :]
    need(re.fullmatch(form, tags.hex()), "a time stamp is of no form that is known here")
    return parts


# --- One entry: commitment, openings, place in the tree ---
def root_from(leaf, place, size, proof):
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3)."""
    if size == 1:
        need(not proof, "a proof is too long")
        return leaf
    need(proof and len(proof[-1]) == 32, "a proof is too short")
    left = 1 << (size - 1).bit_length() - 1  # How many entries the left half has, of which it is the root.
    if place < left:
        return digest(b"\x01" + root_from(leaf, place, left, proof[:-1]) + proof[-1])
    return digest(b"\x01" + proof[-1] + root_from(leaf, place - left, size - left, proof[:-1]))


def verify_entry(entry, size, root):
    """(place, code, {name: value} of what is opened) of one entry."""
    members(entry, "place face digests opened proof", "an entry")
    place, face, digests = entry["place"], entry["face"], entry["digests"]
    need(type(place) is int and 0 <= place < size, "an entry stands outside the checkpoint")
    here = f"entry {place}: "
    need(face["kind"] in KINDS, here + "this verifier does not know its kind")
    due = {"v": 1, "kind": face["kind"], "commitment_sha256": digest(canonical(digests)).hex()}
    need(canonical(face) == canonical(due), here + "its face is not that of what it seals")
    leaf, proof = digest(b"\x00" + canonical(face)), [b64(part) for part in entry["proof"]]
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
        allowed = [always | sometimes] if kind in OF_THE_VERSION else [always, always | sometimes]
        need(set(opened) in allowed, f"entry {place} does not open what its kind opens")
        same = opened["item"] == publication["item"]
        if "canonical_sha256" in opened and "canonical_sha256" in publication:
            same = same and opened["canonical_sha256"] == publication["canonical_sha256"]
        need(same, f"entry {place} is about another item or version")
    brought = [kind for _, kind, opened in entries if kind in ADDED and "canonical_sha256" in opened]
    need(brought or code != PUBLISHED, "the entry that brought in the version is missing")
    expected = sorted({*publication["rests_on"], last})
    need(places == expected, "an entry it rests on is missing, or there is one too many")
    return code, publication


# --- A bundle ---
def verify_bundle(content, trust, published=None, disclosure=None, since=None, unpack=None):
    """(lines to print) for a bundle's bytes; raises Broken or Unreadable."""
    bundle = json.loads(content.decode("utf-8"), parse_float=int, parse_constant=int)
    if not isinstance(bundle, dict) or repr(bundle.get("masthead_bundle")) not in ("1", "2"):
        raise Unreadable("this is not a bundle of a form this verifier knows")
    need(canonical(bundle) + b"\n" == content, "it is not byte for byte as a bundle is written")
    more = " handovers stamps" if bundle["masthead_bundle"] == 2 else ""
    members(bundle, "masthead_bundle origin checkpoint entries content" + more, "the bundle")
    lists = [bundle.get(name, []) for name in ("entries", "handovers", "stamps")]
    lists = all(isinstance(each, list) for each in lists)
    need(lists and bundle["entries"], "the bundle holds no entries, or no lists")
    follow(bundle.get("handovers", []), trust)
    head = read_witnessed(bundle["checkpoint"], str(bundle["origin"]), trust)
    read_stamps(bundle.get("stamps", []), head.text, trust, unpack)
    entries = [verify_entry(entry, head.size, head.root) for entry in bundle["entries"]]
    code, out = verify_openings(entries)
    out_now = code != WITHDRAWN
    expected = {"media_type": out["media_type"], "sha256": out["published_sha256"]} if out_now else None
    need(bundle["content"] == expected, "it names other content than was published")
    lines = report(entries)
    for given, name, of in ((published, "file", "published"), (disclosure, "disclosure", "disclosure")):
        if given is not None:
            need(out_now, "the item was withdrawn: nothing of it is published")
            need(digest(given).hex() == out[of + "_sha256"], f"the {name} you gave is not what was published")
            lines.append(f"The {name} you gave is, byte for byte, what was published.")
    return lines + ([compare(since, head, trust, lambda size: None)] if since else [])


def report(entries):
    """Say what is proved of one item."""
    lines, last = ["In it stand:"], "No sign-off of this very version is among the entries."
    for place, kind, opened in entries:
        kept = {name: opened[name] for name in opened if name not in ("item", "rests_on", "recorded_on")}
        said = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        lines.append(f"  {place}  {opened['recorded_on']}  {KINDS[kind][0]}  {said}")
        if kind == SIGNED_OFF and "canonical_sha256" in opened:
            last = f"Before publication a person signed off this very version as {opened['role']}."
    return [*lines, "", "The item was withdrawn." if entries[-1][1] == WITHDRAWN else last]


# --- An exported log (C2SP tlog-tiles) ---
def root_of(hashes):
    """The root over these hashes, which stand side by side."""
    while len(hashes) > 1:
        pairs = [digest(b"\x01" + hashes[at] + hashes[at + 1]) for at in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else digest(b"")


def tile(level, index, width=256):
    """The path of a tile."""
    *groups, last = [group.zfill(3) for group in f"{index:,}".split(",")]
    path = "".join(["tile/", f"{level}/", *(f"x{group}/" for group in groups), last])
    return path if width == 256 else f"{path}.p/{width}"


def check(left, level, index, parts):
    """Need a tile to be exactly `parts`, and narrower ones, kept from earlier, to be its beginning."""
    for width in range(1, len(parts) + 1):
        name = tile(level, index, width)
        if name in left or width == len(parts):
            need(name in left, f"{name} is missing")
            same = left.pop(name).read_bytes() == b"".join(parts[:width])
            need(same, f"{name} is not what the entries make of it")


def read_entries(left, index, count):
    """The entries of a bundle of them, each of which stands after its length."""
    path, parts = tile("entries", index, count), []
    need(path in left, f"{path} is missing")
    content = left[path].read_bytes()
    while content:
        end = 2 + int.from_bytes(content[:2], "big")
        need(end <= len(content), f"{path} ends within an entry")
        parts, content = [*parts, content[:end]], content[end:]
    need(len(parts) == count, f"{path} holds {len(parts)} entries where {count} are due")
    check(left, "entries", index, parts)
    return [part[2:] for part in parts]


def verify_folder(path, trust, since=None):
    """(lines to print) for an exported log; raises Broken or Unreadable."""
    # The files that nothing has accounted for yet.
    left = {each.relative_to(path).as_posix(): each for each in path.rglob("*") if not each.is_dir()}
    if "checkpoint" not in left:
        raise Unreadable("there is no checkpoint in this folder")
    keys = left.pop("keys").read_bytes().decode() if "keys" in left else ""
    follow(re.split("(?m)^(?=masthead log key )", keys)[1:], trust)
    head = read_witnessed(left.pop("checkpoint").read_bytes().decode(), None, trust)
    kinds, leaves = collections.Counter(), []
    for index in range(-(-head.size // 256)):
        bodies = read_entries(left, index, min(256, head.size - 256 * index))
        leaves += [digest(b"\x00" + body) for body in bodies]
        check(left, 0, index, leaves[256 * index :])
        for body in bodies:
            face = json.loads(body.decode("utf-8"))  # This, and no more, may stand there.
            members(face, "v kind commitment_sha256", "the face of an entry")
            need(type(face["kind"]) is int and canonical(face) == body, "the face of an entry is malformed")
            kinds[face["kind"]] += 1
    need(root_of(leaves) == head.root, "the entries do not make the root that was signed")
    # Above the leaves, a hash is the root over a full tile of the level below.
    level, hashes = 1, [root_of(leaves[at : at + 256]) for at in range(0, head.size - 255, 256)]
    while hashes:
        tiles = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        for index, parts in enumerate(tiles):
            check(left, level, index, parts)
        level, hashes = level + 1, [root_of(parts) for parts in tiles if len(parts) == 256]
    need(not left, f"{min(left, default='')} does not belong to the log as it was signed")
    lines = ["Every entry and tile is there and leads to that root. Entries by code of kind:"]
    lines.append("  " + ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items())))
    return lines + ([compare(since, head, trust, lambda size: root_of(leaves[:size]))] if since else [])


# --- What is said at the end ---
def ending(trust, whole):
    """The lines that say as of when, by whose signatures, and what is not proved."""
    lines = ["", "As of when, and by whose signatures:"]
    if trust.signer:
        after = "" if trust.signer == trust.chain[0][0] else ", handed over to by the key you gave"
        lines.append(f"  - the log itself signed, with {plain(trust.signer)}{after};")
    for time, name in sorted(trust.times):
        lines.append(f"  - at the latest by {time}: {name}, whose key you gave, cosigned;")
        lines.append("    all it had seen of this log before is the beginning of this;")
    if not trust.times:
        lines.append("  - nobody outside was shown to say when: the dates are the log's own;")
    for time, authority, imprint, count in trust.stamps:
        lines.append(f"  - SIGNATURE NOT CHECKED HERE: a time stamp, said to be from {authority}, says")
        lines.append(f"    {time}. With the authority's certificate and --unpack . here, this checks it:")
        lines.append(f"    openssl ts -verify -digest {imprint} -in stamp-{count}.tsr -CAfile theirs.pem")
    lines += [f"  - not checked: a signature of {name}, whose key was not given;" for name in trust.unchecked]
    lines += [f"  - note: {note};" for note in trust.notes]
    others = "than these witnesses were" if trust.times else "were"
    sealed = "what the sealed fields say: they open with the bundle of a publication;"
    still = "that it is still out: a correction or a withdrawal since has a bundle of its own;"
    lines += ["", "What this does not prove:"]
    lines.append("  - that nothing was left out: it shows what was recorded, not what was not;")
    lines.append("  - that what was recorded is true: a person said so, under the role shown;")
    lines.append("  - " + (sealed if whole else still))
    lines.append(f"  - that others {others} shown the same log, unless they compare checkpoints with you.")
    return [*lines, ""]


def run(given):
    """Verify what the command line asks for: (exit code, lines)."""
    path, key = pathlib.Path(given.path), read_key(given.key) if given.key else None
    trust = Trust(key, [read_key(each, WITNESS) for each in given.witness])
    if len({each.public for each in trust.witnesses}) < len(trust.witnesses):
        raise Unreadable("two of the witnesses' keys are one and the same")
    since = pathlib.Path(given.since).read_text(encoding="utf-8") if given.since else None
    if path.is_dir():
        lines = verify_folder(path, trust, since)
    else:
        files = [each and pathlib.Path(each).read_bytes() for each in (given.content, given.disclosure)]
        lines = verify_bundle(path.read_bytes(), trust, *files, since, given.unpack)
    head = f"Log {trust.head.origin}, checkpoint over {trust.head.size} entries, root {trust.head.root.hex()}"
    lines = [head, "", *lines, *ending(trust, path.is_dir())]
    if key:
        return INTACT, [*lines, f"INTACT, as signed with the key {plain(trust.signer)}."]
    whose = "Consistent with itself. Whose it is was not shown: give the log's key with --key."
    return NO_KEY, [*lines, whose]


def main(arguments=None):
    """Run from a command line; give the exit code."""
    parser = argparse.ArgumentParser(description="Verify, offline, a Masthead bundle or exported log.")
    add = parser.add_argument
    add("path", help="bundle.json, or the folder of an exported log")
    add("--key", help="the log's verifier key, or a file with it, got from elsewhere")
    add("--witness", action="append", default=[], help="the key of one that must have cosigned")
    add("--since", help="a checkpoint you kept earlier, to compare with")
    add("--content", help="the published file, to compare with what the log says")
    add("--disclosure", help="disclosure.json, to compare with what the log says")
    add("--unpack", metavar="FOLDER", help="write the time stamps there, for openssl")
    try:
        code, lines = run(parser.parse_args(arguments))
    except Broken as error:
        code, lines = NOT_INTACT, [f"NOT INTACT: {error}."]
    except (Unreadable, OSError) as error:
        code, lines = UNREADABLE, [f"Unreadable: {getattr(error, 'strerror', error)}."]
    except (TypeError, LookupError, AttributeError, ValueError, RecursionError):
        code, lines = UNREADABLE, ["Unreadable: this is not in a form that this verifier knows."]
    for line in lines:  # Without what would act on a terminal, or turn the direction of reading.
        print("".join(each if each.isprintable() else "?" for each in line))
    return code


if __name__ == "__main__":
    sys.exit(main())
