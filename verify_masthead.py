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
LOG, WITNESS = 1, 4  # Types of Ed25519 keys: signed-note, tlog-cosignature.
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

    def __init__(self, key=None, witnesses=()):
        """Take the log's key, where there is one, and those of the witnesses that must have cosigned."""
        self.chain = [(key, 0)] if key else []  # The log's keys, each with the size from which it signs.
        self.witnesses, self.head, self.signer = witnesses, None, None
        self.revoked, self.times, self.stamps, self.unchecked, self.notes = [], [], [], [], []
        if len({each.public for each in witnesses}) < len(witnesses):
            raise Unreadable("two of the witnesses' keys are one and the same")


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
        what = "log's" if kind == LOG else "witness's"
        raise Unreadable(f"a {what} key is neither its verifier-key line nor a file with it") from error


def parse_key(line, kind=LOG):
    """The key of a verifier-key line: its name, id, and type with key."""
    name, key_id, material = line.split("+", 2)
    content = b64(material)
    wanted = digest(name.encode() + b"\n" + content)[:4]
    good = len(content) == 33 and content[0] == kind and wanted.hex() == key_id
    need(good, "a key is not an Ed25519 verifier key, or was copied wrongly")
    return Key(kind, name, wanted, content[1:])


def read_note(note):
    """(text, [(name, key id, signature)]) of a signed note; no signature is verified yet."""
    text, blank, block = note.rpartition("\n\n")
    whole = blank and block.endswith("\n") and not re.search("[\0-\t\x0b-\x1f]", note)
    need(whole, "a checkpoint, or a statement about a key, is not a signed note")
    signatures = []
    for line in block[:-1].split("\n"):
        parts = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
        need(parts and len(b64(parts[2])) > 4, "a line of signature is malformed")
        signatures.append((parts[1], b64(parts[2])[:4], b64(parts[2])[4:]))
    return text + "\n", signatures


def signature_of(text, signatures, key):
    """What `key` signed `text` with; None where it did not, not well, or twice."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    ours = [signature for name, key_id, signature in signatures if (name, key_id) == (key.name, key.id)]
    signature, message = b"".join(ours), text.encode()
    if key.kind == WITNESS:  # Eight bytes of time, then a signature over time and text.
        message = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[:8], "big") + message
        signature = signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
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
    """Follow the log's keys from the one given, by what they signed of each other, in the order they did."""
    for text, signatures in map(read_note, notes):
        what, said = statement(text)
        known = [key for key, _ in trust.chain]
        signers = [at for at, key in enumerate(known) if signature_of(text, signatures, key)]
        if what == "replacement" and said["old"] in known:
            trust.notes.append(f"another key is said to replace {plain(said['old'])}: get it anew")
        new = what == "handover" and signers and said["key"] not in known
        if new and signature_of(text, signatures, said["key"]):
            need(signers == [len(known) - 1], "a key handed over to two, as only a stolen one does")
            need(said["size"] > trust.chain[-1][1], "a key signs from before the one before it")
            trust.chain.append((said["key"], said["size"]))
        # By the key itself or by one after it: a stolen older one could revoke all that followed.
        if what == "revocation" and signers and said["key"] in known[: signers[-1] + 1]:
            trust.revoked.append((said["key"], said["size"]))
            trust.notes.append(f"{plain(said['key'])} was revoked, from {said['size']} entries on")


def plain(key):
    """A key for a person."""
    return f"{key.name}+{key.id.hex()}"


# --- Checkpoints (C2SP tlog-checkpoint): by whom they are signed, and when ---


def read_head(note, origin, trust):
    """(head, lines of signature, key that signed) of a checkpoint, signed with the key that must have."""
    text, signatures = read_note(note)
    lines = text.split("\n")
    need(len(lines) == 4 and origin in (lines[0], None), "the checkpoint is not one of this log")
    head = Head(lines[0], number(lines[1]), b64(lines[2]), text)
    need(len(head.root) == 32, "the root of the checkpoint is not a SHA-256")
    if not trust.chain:
        return head, signatures, None
    key = [key for key, since in trust.chain if since <= head.size][-1]
    need(key.name == head.origin, "the key is of another log")
    hints = "".join(f"; {each}" for each in trust.notes)
    need(signature_of(text, signatures, key), f"the checkpoint is not signed with {plain(key)}{hints}")
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
    checked = {(key.name, key.id) for key in [*trust.witnesses, trust.signer] if key}
    others = [(name, key_id) for name, key_id, _ in signatures if (name, key_id) not in checked]
    trust.unchecked = [f"{name}+{key_id.hex()}" for name, key_id in others]
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
    imprint = digest(text.encode())
    # In it stand the OID of SHA-256, the imprint, a serial number, the time.
    said = re.escape(bytes.fromhex("0609608648016503040201")) + rb"(?:\x05\0)?\x04\x20" + re.escape(imprint)
    authorities = [stamp["authority"] for stamp in stamps]
    need(authorities == sorted(set(authorities)), "the time stamps are not in order")
    for count, stamp in enumerate(stamps, 1):
        members(stamp, "authority token", "a time stamp")
        token, authority = b64(stamp["token"]), stamp["authority"]
        found = re.search(said + rb"\x02.{2,40}?\x18.(\d{14})(?:\.\d+)?Z", token, re.DOTALL)
        need(found, f"the time stamp from {authority} is not of this checkpoint")
        time = datetime.datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S")  # noqa: DTZ007
        trust.stamps.append((f"{time:%Y-%m-%d %H:%M:%S} UTC", authority, imprint.hex(), count))
        if unpack:
            (pathlib.Path(unpack) / f"stamp-{count}.tsr").write_bytes(token)


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


# --- A bundle ---


def verify_bundle(content, trust, published=None, disclosure=None, since=None, unpack=None):
    """(lines to print) for a bundle's bytes; raises Broken or Unreadable."""
    bundle = json.loads(content.decode("utf-8"), parse_float=refuse_float, parse_constant=refuse_float)
    if not isinstance(bundle, dict) or repr(bundle.get("masthead_bundle")) not in ("1", "2"):
        raise Unreadable("this is not a bundle of a form this verifier knows")
    need(canonical(bundle) + b"\n" == content, "it is not byte for byte as a bundle is written")
    more = " handovers stamps" if bundle["masthead_bundle"] == 2 else ""
    members(bundle, "masthead_bundle origin checkpoint entries content" + more, "the bundle")
    follow(bundle.get("handovers", []), trust)
    head = read_witnessed(bundle["checkpoint"], str(bundle["origin"]), trust)
    read_stamps(bundle.get("stamps", []), head.text, trust, unpack)
    need(bundle["entries"], "the bundle holds no entries")
    entries = [verify_entry(entry, head.size, head.root) for entry in bundle["entries"]]
    code, out = verify_openings(entries)
    expected = None
    if code != WITHDRAWN:
        expected = {"media_type": out["media_type"], "sha256": out["published_sha256"]}
    need(bundle["content"] == expected, "it names other content than was published")
    lines = report(entries)
    for given, name, field in (
        (published, "file", "published_sha256"),
        (disclosure, "disclosure", "disclosure_sha256"),
    ):
        if given is not None:
            need(expected is not None, "the item was withdrawn: nothing of it is published")
            need(digest(given).hex() == out[field], f"the {name} you gave is not what was published")
            lines.append(f"The {name} you gave is, byte for byte, what was published.")
    return lines + ([compare(since, head, trust, lambda size: None)] if since else [])


def report(entries):
    """Say what is proved of one item."""
    lines = ["In it stand:"]
    for place, kind, opened in entries:
        kept = {name: opened[name] for name in opened if name not in ("item", "rests_on", "recorded_on")}
        said = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        lines.append(f"  {place}  {opened['recorded_on']}  {KINDS[kind][0]}  {said}")
    signed = [opened for _, kind, opened in entries if kind == SIGNED_OFF and "canonical_sha256" in opened]
    if entries[-1][1] == WITHDRAWN:
        return [*lines, "", "The item was withdrawn."]
    if not signed:
        return [*lines, "", "No sign-off of this very version is among the entries."]
    return [*lines, "", f"Before publication a person signed off this very version as {signed[-1]['role']}."]


# --- An exported log (C2SP tlog-tiles) ---


def root_of(hashes):
    """The root over these hashes, which stand side by side."""
    while len(hashes) > 1:
        pairs = [digest(b"\x01" + hashes[at] + hashes[at + 1]) for at in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else digest(b"")


class Folder:
    """The files of an exported log; `left` are those that nothing has accounted for yet."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.left = {each.relative_to(path).as_posix() for each in self.path.rglob("*") if not each.is_dir()}

    def read(self, name):
        """The bytes of a file that must be there."""
        need(name in self.left, f"{name} is missing")
        return (self.path / name).read_bytes()

    def check(self, level, index, parts):
        """Need a tile to be exactly `parts`, and narrower ones, kept from earlier, to be its beginning."""
        name = tile(level, index, 256)
        there = [width for width in range(1, len(parts)) if f"{name}.p/{width}" in self.left]
        for width in [*there, len(parts)]:
            path = tile(level, index, width)
            need(self.read(path) == b"".join(parts[:width]), f"{path} is not what the entries make of it")
            self.left.remove(path)


def tile(level, index, width):
    """The path of a tile."""
    groups = re.findall("...", str(index).zfill(-(-len(str(index)) // 3) * 3))
    partial = "" if width == 256 else f".p/{width}"
    return "/".join(["tile", str(level), *("x" + group for group in groups[:-1]), groups[-1] + partial])


def read_entries(folder, index, count):
    """The entries of a bundle of them, each with its length before it."""
    path = tile("entries", index, count)
    content, parts, at = folder.read(path), [], 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        need(at + 2 <= len(content) and end <= len(content), path + " ends within an entry")
        parts.append(content[at:end])
        at = end
    need(len(parts) == count, f"{path} holds {len(parts)} entries where {count} are due")
    folder.check("entries", index, parts)
    return [part[2:] for part in parts]


def verify_folder(path, trust, since=None):
    """(lines to print) for an exported log; raises Broken or Unreadable."""
    folder = Folder(path)
    if "checkpoint" not in folder.left:
        raise Unreadable("there is no checkpoint in this folder")
    keys = folder.read("keys").decode() if "keys" in folder.left else ""
    follow(re.split("(?m)^(?=masthead log key )", keys)[1:], trust)
    head = read_witnessed(folder.read("checkpoint").decode(), None, trust)
    folder.left -= {"checkpoint", "keys"}
    kept = read_head(since, head.origin, trust)[0].size if since else 0
    tops, kinds, roots = [], collections.Counter(), {0: digest(b"")}
    for index in range(-(-head.size // 256)):
        bodies = read_entries(folder, index, min(256, head.size - 256 * index))
        leaves = [digest(b"\x00" + body) for body in bodies]
        folder.check(0, index, leaves)
        kinds.update(map(kind_of, bodies))
        if 0 < kept - 256 * index <= 256:
            roots[kept] = root_of([*tops, root_of(leaves[: kept - 256 * index])])
        tops.append(root_of(leaves))
    need(root_of(tops) == head.root, "the entries do not make the root that was signed")
    level, hashes = 1, tops[: head.size // 256]  # A hash is the root over a full tile of the level below.
    while hashes:
        tiles = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        for index, parts in enumerate(tiles):
            folder.check(level, index, parts)
        level, hashes = level + 1, [root_of(parts) for parts in tiles if len(parts) == 256]
    need(not folder.left, f"{min(folder.left, default='')} does not belong to the log as it was signed")
    lines = ["Every entry and tile is there and leads to that root. Entries by code of kind:"]
    lines.append("  " + ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items())))
    return lines + ([compare(since, head, trust, roots.get)] if since else [])


def kind_of(body):
    """The code of the kind of an entry, of which the public face, and no more, may stand there."""
    face = json.loads(body.decode("utf-8"))
    members(face, "v kind commitment_sha256", "the face of an entry")
    need(type(face["kind"]) is int and canonical(face) == body, "the face of an entry is malformed")
    return face["kind"]


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
    for time, authority, imprint, count in trust.stamps:
        lines.append(f"  - at the latest by {time}, says a time stamp from {authority}. Whether")
        lines.append("    it is theirs, ask openssl, with their certificate and --unpack . here:")
        lines.append(f"    openssl ts -verify -digest {imprint} -in stamp-{count}.tsr -CAfile theirs.pem")
    if not trust.times and not trust.stamps:
        lines.append("  - nobody outside says when: the dates are the log's own;")
    lines += [f"  - not checked: a signature of {name}, whose key was not given;" for name in trust.unchecked]
    lines += [f"  - note: {note};" for note in trust.notes]
    sealed = "what the sealed fields say: they open with the bundle of a publication;"
    still = "that it is still out: a correction or a withdrawal since has a bundle of its own;"
    others = "than these witnesses were" if trust.times else "were"
    return [
        *lines,
        "",
        "What this does not prove:",
        "  - that nothing was left out: it shows what was recorded, not what was not;",
        "  - that what was recorded is true: a person said so, under the role shown;",
        "  - " + (sealed if whole else still),
        f"  - that others {others} shown the same log, unless they compare checkpoints with you.",
        "",
    ]


def run(given):
    """Verify what the command line asks for: (exit code, lines)."""
    key = read_key(given.key) if given.key else None
    trust = Trust(key, [read_key(each, WITNESS) for each in given.witness])
    since = pathlib.Path(given.since).read_text(encoding="utf-8") if given.since else None
    path, whole = pathlib.Path(given.path), pathlib.Path(given.path).is_dir()
    if whole:
        lines = verify_folder(path, trust, since)
    else:
        files = [each and pathlib.Path(each).read_bytes() for each in (given.content, given.disclosure)]
        lines = verify_bundle(path.read_bytes(), trust, *files, since, given.unpack)
    origin, size, root, _ = trust.head
    lines = [f"Log {origin}, checkpoint over {size} entries, root {root.hex()}", "", *lines]
    lines += ending(trust, whole)
    if key is None:
        return NO_KEY, [
            *lines,
            "Consistent with itself. Whose it is was not shown: give the log's key with --key.",
        ]
    return INTACT, [*lines, f"INTACT, as signed with the key {plain(trust.signer)}."]


def main(arguments=None):
    """Run from a command line; give the exit code."""
    parser = argparse.ArgumentParser(description="Verify, offline, a Masthead bundle or exported log.")
    parser.add_argument("path", help="bundle.json, or the folder of an exported log")
    parser.add_argument("--key", help="the log's verifier key, or a file with it, got from elsewhere")
    parser.add_argument(
        "--witness", action="append", default=[], help="the key of one that must have cosigned"
    )
    parser.add_argument("--since", help="a checkpoint you kept earlier, to compare with")
    parser.add_argument("--content", help="the published file, to compare with what the log says")
    parser.add_argument("--disclosure", help="disclosure.json, to compare with what the log says")
    parser.add_argument("--unpack", metavar="FOLDER", help="write the time stamps there, for openssl")
    try:
        code, lines = run(parser.parse_args(arguments))
    except Broken as error:
        code, lines = NOT_INTACT, [f"NOT INTACT: {error}."]
    except Unreadable as error:
        code, lines = UNREADABLE, [f"Unreadable: {error}."]
    except OSError as error:
        code, lines = UNREADABLE, [f"Unreadable: {error.strerror}."]
    except (TypeError, LookupError, AttributeError, ValueError, RecursionError):
        code, lines = UNREADABLE, ["Unreadable: this is not in a form that this verifier knows."]
    for line in lines:  # Without what would act on a terminal, or turn the direction of reading.
        print("".join(each if each.isprintable() else "?" for each in line))
    return code


if __name__ == "__main__":
    sys.exit(main())
