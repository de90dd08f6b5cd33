#!/usr/bin/env python3
"""Verify, offline and with none of Masthead's code, the proof of one published item or a whole exported log.

    python verify_masthead.py BUNDLE-OR-FOLDER --key LOG.PUB [--content FILE] [--witness W.PUB] [--since HEAD]

Exit: 0 intact; 1 not intact; 2 unreadable, or could not be said; 3 consistent, no key given; 4 not compared.
Needs Python 3.9 or later and the package `cryptography`. Get this file and the keys from elsewhere than what
you verify. The forms: docs/decisions 3, 18, 21; RFC 9162; c2sp.org: signed-note, tlog-checkpoint, tlog-tiles.
"""

import argparse, base64, collections, hashlib, json, os, pathlib, re, sys, time  # noqa: E401, I001

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print("Unreadable: the package `cryptography` is missing here: python -m pip install cryptography")
    raise SystemExit(2) from None
INTACT, NOT_INTACT, UNREADABLE, NO_KEY, NOT_COMPARED = 0, 1, 2, 3, 4
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
FACE = re.compile(rb'\{"commitment_sha256":"[0-9a-f]{64}","kind":(0|[1-9][0-9]{0,4}),"v":1\}')
STRAY = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*")  # Desktops put these into any folder.
SIZE, KEY = "(?P<size>0|[1-9][0-9]{0,17})\n", "(?P<key>.+)\n"
GROUND, SINCE = "(?P<ground>rotated|lost|stolen|other)\n", "(?P<since>-|[0-9]{4}-[0-9]{2}-[0-9]{2})\n"
LIST = re.compile(r"masthead log keys v1\n(.+)\n(\S+\n[a-z]+ [0-9]+ \S+ \S+ \S+\n)+\n")  # Before notes.
STATEMENTS = {  # What the log's keys sign about its keys; the origin comes first.
    "masthead log key handover v1\n": KEY + SIZE,
    "masthead log key replacement v1\n": "(?P<old>.+)\n" + KEY + SIZE + GROUND,
    "masthead log key revocation v1\n": KEY + GROUND + SIZE + SINCE,
}
Key = collections.namedtuple("Key", "kind name called public")  # Called: the name, a plus sign, the id.
Head = collections.namedtuple("Head", "origin size root text signatures key")
NOT_PROVED = """
What this does not prove:
  - that nothing was left out: it shows what was recorded, not what was not;
  - that what was recorded is true: a person said so, under the role shown;
  - {about};
  - that others {others} shown the same log, unless they compare checkpoints with you.
"""


class Broken(Exception):
    """What was given is not intact, or unreadable: (why, exit code)."""


def need(condition, why, code=NOT_INTACT):
    """Give up with `why` unless `condition` holds."""
    if not condition:
        raise Broken(why, code)


def digest(content):
    """SHA-256."""
    return hashlib.sha256(content).digest()


def canonical(value):
    """RFC 8785 of what a bundle may hold: no floats, names in ASCII. Python's own JSON does it alike."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def b64(text):
    """Give the bytes of base64 that is written in the one way it can be."""
    content = base64.b64decode(text, validate=True)
    need(content and base64.b64encode(content).decode() == text, "base64 that is not as it was written")
    return content


def members(value, names, what):
    """Need `value` to be an object with exactly these members."""
    need(isinstance(value, dict) and set(value) == set(names.split()), what + " has other members")


def read_key(given, kind=LOG):
    """The key of a verifier-key line, or of a file that holds one."""
    try:
        text = pathlib.Path(given).read_text("utf-8-sig") if pathlib.Path(given).is_file() else given
        (line,) = re.findall(r"(?m)^\s*([^\s+]+\+[0-9a-f]{8}\+\S+)\s*$", text) or [text.strip()]
        return parse_key(line, kind)
    except (OSError, ValueError, Broken) as error:
        raise Broken(f"{given} is no key of a {KEYS[kind]}, nor a file with just one", UNREADABLE) from error


def parse_key(line, kind=LOG):
    """The key of a verifier-key line: its name, id, and type with key."""
    name, key_id, material = line.split("+", 2)
    content = b64(material)
    wanted = digest(name.encode() + b"\n" + content)[:4].hex()
    good = is_name(name) and len(content) == 33 and content[0] == kind and wanted == key_id
    y = int.from_bytes(content[1:], "little") & (2**255 - 1)
    need(good and y < FIELD and y not in SMALL_ORDER, "a key was copied wrongly, or is none to trust")
    return Key(kind, name, f"{name}+{key_id}", content[1:])


def is_name(text):
    """Whether a log or a witness can be called so."""
    return re.fullmatch(r"[^\s+]+", text) and len(text.encode()) <= 255


def read_note(note):
    """(text, [(who, signature)]) of a signed note; no signature is verified yet."""
    text, blank, block = note.rpartition("\n\n")
    whole = blank and block.endswith("\n") and not re.search("[\0-\t\x0b-\x1f]", note)
    need(whole and block.count("\n") <= 100, "a checkpoint, or a statement about a key, is not a signed note")
    signatures = []
    for line in block[:-1].split("\n"):
        dash, name, material = line.split(" ")
        content = b64(material)
        need(dash == "\u2014" and is_name(name) and len(content) > 4, "a line of signature is malformed")
        signatures.append((f"{name}+{content[:4].hex()}", content[4:]))
    return text + "\n", signatures


def signature_of(text, signatures, key):
    """What `key` signed `text` with; nothing unless it is one line, of the one length, and good."""
    timed = 8 if key.kind == WITNESS else 0  # Bytes of time, which a witness signs along.
    try:
        (ours,) = [signature for who, signature in signatures if who == key.called]
        when = f"cosignature/v1\ntime {int.from_bytes(ours[:8], 'big')}\n" if timed else ""
        Ed25519PublicKey.from_public_bytes(key.public).verify(ours[timed:], (when + text).encode())
    except (InvalidSignature, ValueError):
        return b""
    return ours


def statement(text):
    """(what it is, what it says) of a statement about a key of a log; (None, None) of any other text."""
    title = text[: text.index("\n") + 1]
    if title not in STATEMENTS:
        return None, None
    found = re.fullmatch("(?P<origin>.+)\n" + STATEMENTS[title], text[len(title) :])
    need(found, "a statement about a key is malformed")
    said = {**found.groupdict(), "size": int(found["size"])}
    for name in {"key", "old"} & set(said):
        said[name] = parse_key(said[name])
        need(said[name].name == said["origin"], "a statement is about a key of another log")
    if said.get("since", "-") != "-":
        time.strptime(said["since"], "%Y-%m-%d")  # Raises ValueError where there is no such day.
    return title.split()[3], said


class Trust:
    """The keys that were given, and what came to light of who signed which checkpoint, and when."""

    def __init__(self, key, witnesses=()):
        self.chain = [(key, 0)] if key else []  # The log's keys, each with the size from which it signs.
        self.witnesses, self.head = witnesses, None
        self.revoked, self.times, self.stamps, self.notes = [], [], [], []

    def follow(self, notes):
        """Follow the log's keys from the one given, by what they signed of each other."""
        said = [(text, signatures, *statement(text)) for text, signatures in map(read_note, notes)]
        while known := [key for key, _ in self.chain]:
            newest, since = self.chain[-1]
            after = {
                (of["key"], of["size"])
                for text, signatures, what, of in said
                if what == "handover" and of["origin"] == newest.name
                if of["size"] > since and of["key"] not in known
                if signature_of(text, signatures, newest) and signature_of(text, signatures, of["key"])
            }
            need(len(after) < 2, "a key handed over to two, as only a stolen one does")
            if not after:
                break
            self.chain += after
        for text, signatures, what, of in said:
            if what == "replacement" and of["old"] in known and signature_of(text, signatures, of["key"]):
                self.notes.append(f"another key is said to replace {of['old'].called}: get it anew")
            # By the key itself or by one after it: a stolen older one could revoke all that followed.
            by = known[known.index(of["key"]) :] if what == "revocation" and of["key"] in known else []
            if any(signature_of(text, signatures, key) for key in by):
                self.revoked.append((of["key"], of["size"]))
                self.notes.append(f"{of['key'].called} was revoked, from {of['size']} entries on")

    def read_head(self, note, origin):
        """A checkpoint, of the log `origin` where that is known, signed with the key that must have."""
        text, signatures = read_note(note)
        found = re.fullmatch("(?P<origin>.+)\n" + SIZE + "(?P<root>.+)\n", text)
        ours = found and is_name(found["origin"]) and origin in (found["origin"], None)
        need(ours, "the checkpoint is not one of this log")
        size, root, key = int(found["size"]), b64(found["root"]), None
        need(len(root) == 32 and (size or root == digest(b"")), "the checkpoint has no root it can have")
        if self.chain:
            key = [key for key, since in self.chain if since <= size][-1]
            for each in [each for each, _ in self.chain if each == key or each.called in dict(signatures)]:
                why = f"the checkpoint is not signed with {each.called}; if older, give the key of its time"
                good = key.name == found["origin"] and signature_of(text, signatures, each)
                need(good, "; ".join([why, *self.notes]))
                gone = any(revoked == each and first <= size for revoked, first in self.revoked)
                need(not gone, f"{each.called}, which signed the checkpoint, was revoked by then")
        return Head(found["origin"], size, root, text, signatures, key)

    def read_witnessed(self, note, origin):
        """The newest checkpoint, which every witness whose key was given must have cosigned."""
        self.head = head = self.read_head(note, origin)
        for witness in self.witnesses:
            said = signature_of(head.text, head.signatures, witness)
            seconds = int.from_bytes(said[:8], "big")
            need(said and seconds < 1 << 37, f"{witness.name}, whose key you gave, has not cosigned")
            self.times.append((time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds)), witness.called))
        return head

    def compare(self, kept, root_of):
        """Say whether the log begins with all of the log at the checkpoint that was `kept`."""
        head, old, odd = self.head, Trust(None).read_head(kept, self.head.origin), ""
        try:
            self.read_head(kept, head.origin)
        except Broken:  # By an earlier key, perhaps: hand-overs do not name that, so none vouches for it.
            odd = "the kept checkpoint is not in this log, nor by this key: if by an earlier key, give that"
        need(old.size <= head.size, odd or "the log is shorter than at the checkpoint you kept: keep both")
        root = head.root if old.size == head.size else root_of(old.size)
        if root is None:
            return f"NOT COMPARED with your checkpoint over {old.size} entries: that takes the exported log."
        need(root == old.root, odd or "it does not hold what the checkpoint you kept stands for: keep both")
        told = f"Nothing changed since the checkpoint you kept: the log begins with its {old.size} entries."
        return f"{told} Its own signature was not checked: it is not of your key." if odd else told

    def read_stamps(self, stamps, unpack):
        """Note the time stamps (RFC 3161), and lay them out for openssl, which alone can check them."""
        self.stamps = [stamp["authority"] for stamp in stamps]
        need(self.stamps == sorted(set(map(str, self.stamps))), "the time stamps are not in order")
        for count, stamp in enumerate(stamps, 1):
            members(stamp, "authority token", "a time stamp")
            token = b64(stamp["token"])
            if unpack:
                (pathlib.Path(unpack) / f"stamp-{count}.tsr").write_bytes(token)

    def ending(self, whole):
        """The lines that say as of when, by whose signatures, and what is not proved."""
        lines, signer = ["", "As of when, and by whose signatures:"], self.head.key
        if signer:
            after = "" if signer == self.chain[0][0] else ", handed over to by the key you gave"
            lines.append(f"  - the log itself signed, with {signer.called}{after};")
        for when, name in sorted(self.times):
            lines.append(f"  - at the latest by {when}: {name}, whose key you gave, cosigned;")
            lines.append("    all it had seen of this log before is the beginning of this;")
        if not self.times:
            lines.append("  - nobody outside was shown to say when: the dates are the log's own;")
        imprint = digest(self.head.text.encode()).hex()
        for count, authority in enumerate(self.stamps, 1):
            lines.append(f"  - NOT CHECKED HERE: a stamp said to be from {authority}. With --unpack ., do:")
            lines.append(f"    openssl ts -verify -digest {imprint} -in stamp-{count}.tsr -CAfile theirs.pem")
            lines.append(f"    openssl ts -reply -text -in stamp-{count}.tsr")
        ours = {key.called for key, _ in self.chain if key != signer} & set(dict(self.head.signatures))
        lines += [f"  - {who}, a key of this log too, signed along;" for who in sorted(ours)]
        checked = ours | {key.called for key in [*self.witnesses, signer] if key}
        others = [who for who, _ in self.head.signatures if who not in checked]
        lines += [f"  - not checked: a signature of {who}, whose key was not given;" for who in others]
        lines += [f"  - note: {note};" for note in self.notes]
        out = "that it is still out: a correction or a withdrawal since has a bundle of its own"
        about = "what the sealed fields say: they open with the bundle of a publication" if whole else out
        others = "than these witnesses were" if self.times else "were"
        return lines + NOT_PROVED.format(about=about, others=others).split("\n")


def root_from(leaf, place, size, proof):
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3)."""
    if size == 1:
        need(not proof, "a proof is too long")
        return leaf
    need(proof and len(proof[-1]) == 32, "a proof is too short")
    left = 1 << ((size - 1).bit_length() - 1)  # The left half is as large as a whole tree can be.
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
    for place, kind, opened in entries:
        _, with_item, with_version = KINDS[kind]
        always, sometimes = {*with_item.split(), "recorded_on"}, set(with_version.split())
        allowed = [always | sometimes] if kind in OF_THE_VERSION else [always, always | sometimes]
        need(set(opened) in allowed, f"entry {place} does not open what its kind opens")
        versions = {each.get("canonical_sha256", "") for each in (opened, publication)} - {""}
        same = opened["item"] == publication["item"] and len(versions) < 2
        need(same, f"entry {place} is about another item or version")
    brought = [kind for _, kind, opened in entries if kind in ADDED and "canonical_sha256" in opened]
    need(brought or code != PUBLISHED, "the entry that brought in the version is missing")
    places = [place for place, _, _ in entries]
    need(places == sorted({*publication["rests_on"], last}), "other entries than it rests on")
    return code, publication


def verify_bundle(content, trust, published=None, disclosure=None, since=None, unpack=None):
    """(lines to print) for a bundle's bytes; raises Broken."""
    try:
        bundle = json.loads(content.decode("utf-8"), parse_float=int, parse_constant=int)
        form = repr(bundle["masthead_bundle"])
    except (ValueError, TypeError, LookupError, RecursionError):
        form = None
    need(form in ("1", "2"), "this is not a bundle of a form that this verifier knows", UNREADABLE)
    need(canonical(bundle) + b"\n" == content, "it is not byte for byte as a bundle is written")
    more = " handovers stamps" if form == "2" else ""
    members(bundle, "masthead_bundle origin checkpoint entries content" + more, "the bundle")
    entries, handovers, stamps = lists = [bundle.get(name, []) for name in ("entries", "handovers", "stamps")]
    need(entries and all(type(each) is list for each in lists), "the bundle holds no entries, or no lists")
    trust.follow(handovers)
    head = trust.read_witnessed(bundle["checkpoint"], str(bundle["origin"]))
    trust.read_stamps(stamps, unpack)
    entries = [verify_entry(entry, head.size, head.root) for entry in entries]
    code, out = verify_openings(entries)
    now = None if code == WITHDRAWN else {"media_type": out["media_type"], "sha256": out["published_sha256"]}
    need(bundle["content"] == now, "it names other content than was published")
    lines = report(entries)
    for given, name, of in ((published, "file", "published"), (disclosure, "disclosure", "disclosure")):
        if given is not None:
            need(now, "the item was withdrawn: nothing of it is published")
            need(digest(given).hex() == out[of + "_sha256"], f"the {name} you gave is not what was published")
            lines.append(f"The {name} you gave is, byte for byte, what was published.")
    return lines + ([trust.compare(since, lambda size: None)] if since else [])


def report(entries):
    """Say what is proved of one item."""
    lines, last = ["In it stand:"], "No sign-off of this very version is among the entries."
    for place, kind, opened in entries:
        kept = {name: opened[name] for name in opened if name not in ("item", "rests_on", "recorded_on")}
        said = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        lines.append(f"  {place}  {opened['recorded_on']}  {KINDS[kind][0]}  {said}")
        if kind == SIGNED_OFF and "canonical_sha256" in opened:
            last = f"Before publication a person signed off this very version as {opened['role']}."
        if kind == WITHDRAWN:
            last = "The item was withdrawn."
    return [*lines, "", last]


def root_of(hashes):
    """The root over these hashes, which stand side by side."""
    while len(hashes) > 1:
        pairs = [digest(b"\x01" + hashes[at] + hashes[at + 1]) for at in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else digest(b"")


def tile(level, index, width=256):
    """The path of a tile."""
    *groups, last = [group.zfill(3) for group in f"{index:,}".split(",")]
    name = last if width == 256 else f"{last}.p/{width}"
    return "/".join(["tile", f"{level}", *("x" + group for group in groups), name])


def check(left, level, index, parts):
    """Need a tile to be exactly `parts`, and narrower ones, kept from earlier, to be its beginning."""
    for width in range(1, len(parts) + 1):
        name = tile(level, index, width)
        need(name in left or width < len(parts), f"{name} is missing")
        same = name not in left or left.pop(name).read_bytes() == b"".join(parts[:width])
        need(same, f"{name} and the entries do not agree")


def read_leaves(left, size):
    """(the hashes of all entries, how many of each kind)."""
    leaves, kinds = [], collections.Counter()
    for index in range(-(-size // 256)):
        count = min(256, size - 256 * index)
        path, parts = tile("entries", index, count), []
        need(path in left, f"{path} is missing")
        content = left[path].read_bytes()
        while content:  # Each entry stands after its length.
            end = 2 + int.from_bytes(content[:2], "big")
            need(2 <= len(content) >= end, f"{path} ends within an entry")
            parts, content = [*parts, content[:end]], content[end:]
        need(len(parts) == count, f"{path} holds {len(parts)} entries where {count} are due")
        check(left, "entries", index, parts)
        leaves += [digest(b"\x00" + part[2:]) for part in parts]
        faces = [FACE.fullmatch(part[2:]) for part in parts]
        need(all(faces), f"{path} holds what is no public face of an entry")
        kinds.update(int(face[1]) for face in faces)
    return leaves, kinds


def verify_folder(path, trust, since=None):
    """(lines to print) for an exported log; raises Broken. `left` is what nothing has accounted for yet."""
    files = [each for each in path.rglob("*") if not each.is_dir()]
    left = {each.relative_to(path).as_posix(): each for each in files if not STRAY.fullmatch(each.name)}
    need("checkpoint" in left, "there is no checkpoint in this folder", UNREADABLE)
    keys = left.pop("keys").read_bytes().decode("utf-8", "surrogateescape") if "keys" in left else None
    listed, *notes = re.split("(?m)^(?=masthead log key )", keys or "")
    listed = not re.search("[\ud800-\udfff]", keys or "") and LIST.fullmatch(listed)
    trust.follow(notes if listed else [])
    head = trust.read_witnessed(left.pop("checkpoint").read_bytes().decode("utf-8"), None)
    leaves, kinds = read_leaves(left, head.size)
    level, hashes = 0, leaves
    while hashes:
        tiles = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        for index, parts in enumerate(tiles):
            check(left, level, index, parts)
        level, hashes = level + 1, [root_of(parts) for parts in tiles if len(parts) == 256]
    need(root_of(leaves) == head.root, "the entries do not make the root that was signed")
    need(not left, f"{min(left, default='')} does not belong to the log as it was signed")
    lines = ["Every entry and tile is there and leads to that root. Entries by code of kind:"]
    lines.append("  " + ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items())))
    if keys is not None and not (listed and listed[1] == head.origin):
        lines.append("The file `keys` is not a list of this log's keys: nothing in it was used.")
    if odd := sorted({each.name for each in files if STRAY.fullmatch(each.name)}):
        lines.append(f"Beside it lie files of a desktop, no part of the log: {', '.join(odd)}.")
    return lines + ([trust.compare(since, lambda size: root_of(leaves[:size]))] if since else [])


def run(given):
    """Verify what the command line asks for: (exit code, lines)."""
    path, key = pathlib.Path(given.path), read_key(given.key) if given.key else None
    trust = Trust(key, [read_key(each, WITNESS) for each in given.witness])
    need(len({each.public for each in trust.witnesses}) == len(given.witness), "two keys are one", UNREADABLE)
    asked = (given.since, given.content, given.disclosure)
    since, *files = (None if name is None else pathlib.Path(name).read_bytes() for name in asked)
    if since is not None:
        since = since.decode("utf-8-sig", "replace")
        need(re.match(f".+\n{SIZE}.+\n\n\u2014 ", since), "--since names no checkpoint", UNREADABLE)
    if path.is_dir():
        need(not any(asked[1:]) and not given.unpack, "--content is about a bundle, not a log", UNREADABLE)
        lines = verify_folder(path, trust, since)
    else:
        lines = verify_bundle(path.read_bytes(), trust, *files, since, given.unpack)
    head = f"Log {trust.head.origin}, checkpoint over {trust.head.size} entries, root {trust.head.root.hex()}"
    lines = [head, "", *lines, *trust.ending(path.is_dir())]
    code = NOT_COMPARED if any(line.startswith("NOT COMPARED") for line in lines) else INTACT
    if key:
        return code, [*lines, f"INTACT, as signed with the key {trust.head.key.called}."]
    return NO_KEY, [*lines, "Consistent with itself. Whose it is was not shown: give the log's key, --key."]


def main(arguments=None):
    """Run from a command line; give the exit code."""
    parser = argparse.ArgumentParser(description="Verify, offline, a Masthead bundle or exported log.")
    parser.add_argument("path", help="bundle.json, or the folder of an exported log")
    parser.add_argument("--key", help="the log's verifier key, or a file with it, got from elsewhere")
    parser.add_argument("--witness", action="append", default=[], help="a key that must have cosigned")
    parser.add_argument("--since", help="a checkpoint you kept earlier, to compare with")
    parser.add_argument("--content", help="the published file, to compare with what the log says")
    parser.add_argument("--disclosure", help="disclosure.json, to compare with what the log says")
    parser.add_argument("--unpack", metavar="FOLDER", help="write the time stamps there, for openssl")
    try:
        code, lines = run(parser.parse_args(arguments))
    except Broken as error:
        why, code = error.args
        lines = [f"NOT INTACT: {why}." if code == NOT_INTACT else f"Unreadable: {why}."]
    except (TypeError, LookupError, AttributeError, ValueError, OverflowError, RecursionError):
        code, lines = NOT_INTACT, ["NOT INTACT: something in it is not in the form that it must have."]
    except Exception as error:  # noqa: BLE001 - no file, no memory: to give up is no verdict
        why = f"{error.filename}: {error.strerror}" if getattr(error, "filename", None) else repr(error)
        code, lines = UNREADABLE, [f"Unreadable: {why}."]
    try:
        for line in lines:  # Without what would act on a terminal, or turn the direction of reading.
            print("".join(each if each.isprintable() else "?" for each in line))
        sys.stdout.flush()
    except (OSError, AttributeError):  # A full disk, a reader who has gone, or nowhere to write at all.
        os._exit(UNREADABLE)  # Else the interpreter tries once more, and ends with a code of its own.
    return code


if __name__ == "__main__":
    if sys.stdout:  # Not every terminal has each letter of a name.
        sys.stdout.reconfigure(errors="backslashreplace")
    raise SystemExit(main())
