"""Nothing of people, titles, files, contents or hours stands in what is served of the log, in no form.

A story goes out, with all that a newsroom records of it and of a draft that never does; then every byte under
`/log/` and of an export is searched for each of these things, as it is, encoded, hashed, its hash encoded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from tests.evidence import searching
from tests.evidence.searching import found
from tests.evidence.test_served import cosigned
from tests.newsroom.conftest import small
from tests.newsroom.desk import Desk, approved, use
from tests.witness.conftest import gazette, reach

from masthead.newsroom.evidence import sealed, served, signing
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.fields import fields_of, values_of
from masthead.newsroom.evidence.guard import LOG_APP, lifted
from masthead.newsroom.evidence.models import Checkpoint, Entry, RowDigest
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.vouched import Vouched
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given
from masthead.newsroom.public import commands as public
from masthead.newsroom.public import urls
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.remedies.commands import ask
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Finding
from masthead.newsroom.witness.models import Alarm
from masthead.tlog import note
from masthead.tlog.checkpoint import Checkpoint as Checkpoint_
from masthead.tlog.frontier import Frontier
from masthead.tlog.submission import Submission
from masthead.tlog.tiles import ENTRIES, Tile, covering
from masthead.vocabulary import WaiverReason

__all__ = ["gazette", "reach", "small"]

QUOTATION = "They told us to look away, and we did."
STORY = f'''# The quay under water

"{QUOTATION}" says Mère Courageuse-Őrsi, who lost 4,812 crates on 3 March.

Call her on +44 20 7946 0958.
'''
SOURCE = f"Interview with Mère Courageuse-Őrsi, 3 March, in the café: {QUOTATION} 4,811 crates."
DRAFT = "# The minister's second passport\n\nIt was issued in Valletta to Jean Tarrou.\n"
SAID = {
    "the story": STORY,
    "the quotation": QUOTATION,
    "a name in the story": "Mère Courageuse-Őrsi",
    "a title": "The quay under water at last",
    "a file's name": "quay-from-the-whistleblower.md",
    "the source": SOURCE,
    "the name of a source": "whistleblower-tape-7.txt",
    "the number in the story": "4,812 crates",
    "a telephone number": "+44 20 7946 0958",
    "why a finding was waived": "the harbour master counted them with me",
    "the draft": DRAFT,
    "a title of the draft": "Tarrou dossier",
    "the name of the draft's file": "tarrou-dossier.md",
    "a name in the draft": "Jean Tarrou",
    "the author": "Ann Author",
    "the editor": "Ed Editor",
    "another editor": "Eve Editor",
    "the steward": "Ada Steward",
    "a question": "Who was with him in Valletta that night?",
    "a way to reach who asked": "mole@ministry.example",
    "an answer": "We do not say who was there.",
    "a system": "Inkwell Ghostwriter 9",
}
FINE = ("when", "the id", "the salt", "the digest")
PAGES = ("/log", "/log/", "/log/index.json", "/fr/log/", "/log/none")
FILES = ("/log/checkpoint", "/log/keys", "/log/witness/key")
OTHERS = {"add_checkpoint", "alarm", "witness_view"}
"""Addresses under `/log/` that tell of others' logs alone: what a log that we witness has us show."""


@pytest.fixture
def told(small: Desk) -> Desk:
    """All of `SAID` went on record; the story went out, the draft did not."""
    approved(small, SAID["a system"])
    add_item(
        small.author,
        Given(SAID["the name of the draft's file"], DRAFT.encode()),
        title=SAID["a title of the draft"],
        language="en",
    )
    version = add_item(
        small.author,
        Given(SAID["a file's name"], STORY.encode()),
        sources=[Given(SAID["the name of a source"], SOURCE.encode())],
        uses=[use(SAID["a system"])],
        title=SAID["a title"],
        language="en",
    )
    commands.run_checks(small.author, version)
    for finding in Finding.objects.all():
        commands.waive(
            small.editor, version, finding, WaiverReason.WITNESSED, SAID["why a finding was waived"]
        )
    commands.sign_off(small.editor, version)
    public.publish(small.editor, version, site_folder(version.item))
    question, _ = ask(version.item, SAID["a question"], language="en", reach=SAID["a way to reach who asked"])
    public.answer_question(small.other_editor, question, SAID["an answer"], show_question=True)
    publish_checkpoint()
    return small


@dataclass(frozen=True)
class Crawled:
    """Every byte that is served under `/log/`, by address."""

    files: dict[str, bytes]
    """The log itself: the content of its files."""
    rest: dict[str, bytes]
    """What is said around it: headers, refusals, the page about the log."""


def crawled() -> Crawled:
    """Ask for all there is under `/log/`, and for every tile that there could be."""
    tiles = {tile.path for row in Checkpoint.objects.all() for tile in covering(row.size)}
    beyond = {Tile(level, 0, width).path for level in (ENTRIES, 0, 1) for width in range(1, 257)}
    reader, files, rest = Client(headers={"Accept-Language": "en"}), {}, {}
    for address in (*PAGES, *FILES, *(f"/log/{path}" for path in sorted(tiles | beyond))):
        answer = reader.get(address)
        if address.startswith("/log/tile/"):
            assert (answer.status_code == 200) == (address.removeprefix("/log/") in tiles), address
        there = files if answer.status_code == 200 and address not in PAGES else rest
        there[address] = answer.content
        rest[f"headers of {address}"] = "\n".join(f"{k}: {v}" for k, v in answer.headers.items()).encode()
    return Crawled(files, rest)


def exported(folder) -> dict[str, bytes]:
    export(folder)
    return {f"export: {p.relative_to(folder)}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def secrets() -> Iterator[tuple[str, Any]]:
    """What is not to be found: all of `SAID`, and whatever else stands on record and is told nowhere."""
    for name, value in SAID.items():
        yield name, searching.forms(value)
    yield from _rows()
    for entry in Entry.objects.all():
        yield f"when entry {entry.place} was recorded", searching.of_moment(entry.recorded_at)
        yield f"the id of entry {entry.place}", searching.of_id(entry.id)
        for field in fields_of(entry):
            name = f"{field.name} of entry {entry.place}"
            yield f"the salt of {name}", searching.forms(field.salt)
            yield f"the digest of {name}", searching.of_hash(field.digest)
            for value in _leaves(values_of(entry)[field.name]):
                yield name, _of(value)
    for digest in RowDigest.objects.all():
        yield "the digest of a row", searching.of_hash(bytes(digest.digest))


def _rows() -> Iterator[tuple[str, Any]]:
    """Every value of every row that entries vouch for, and of the rest of what the newsroom keeps."""
    for model in apps.get_models():
        if not model.__module__.startswith("masthead.newsroom") or model._meta.app_label == LOG_APP:
            continue
        if not issubclass(model, Vouched) and not model.objects.exists():
            continue
        for row in model._base_manager.all():
            for column in model._meta.concrete_fields:
                for value in _leaves(getattr(row, column.attname)):
                    yield f"{column.name} of a row of {model.__name__}", _of(value)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None and not isinstance(value, bool | int | float):
        yield value


def _of(value: Any) -> Iterator[tuple[str, bytes]]:
    if isinstance(value, datetime):
        return searching.of_moment(value)
    if isinstance(value, UUID):
        return searching.of_id(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return searching.forms(bytes(value))
    text = str(value)
    if re.fullmatch("[0-9a-f]{64}", text):
        return searching.of_hash(bytes.fromhex(text))
    return searching.forms(text)


def test_no_file_of_the_log_tells_anything_of_what_is_on_record(told, tmp_path):
    got = crawled().files | exported(tmp_path / "log")
    wanted = list(secrets())
    assert len(wanted) > 1000
    assert {"/log/checkpoint", "/log/keys", "export: checkpoint", "export: keys"} < got.keys()
    assert found(got, wanted) == []


def test_what_is_said_around_the_log_tells_of_the_house_and_of_nothing_else(told):
    # What the page tells people are words that stand on record too, such as those of a role.
    wanted = [(name, pieces) for name, pieces in secrets() if name in SAID or name.startswith(FINE)]
    assert found(crawled().rest, wanted) == []


def test_what_is_shown_of_others_tells_nothing_of_the_house_nor_what_they_put_in(told, gazette):
    """A log that we witness signs what it likes: none of it comes out here but its heads."""
    asked = Client()
    fork = gazette.copy().grow(1, "other")
    head = Checkpoint_.parse(gazette.note().text)
    own = Checkpoint_(head.origin, head.size, head.root, tuple(SAID[name] for name in SAID if _fits(name)))
    planted = note.sign(str(own), gazette.key, gazette.private.sign)
    bodies = [Submission(0, (), planted).body(), gazette.submission(0), Submission(7, (), planted).body()]
    bodies += [gazette.grow(1).submission(7), fork.submission(8), gazette.submission(8)]
    post = "/log/witness/add-checkpoint"
    answers = [asked.post(post, body, content_type="text/plain") for body in bodies]
    assert [each.status_code for each in answers] == [400, 200, 400, 200, 409, 403]
    digest = sha256(gazette.key.name.encode()).hexdigest()
    addresses = [f"/log/witness/{digest}/checkpoint"]
    addresses += [f"/log/witness/alarms/{each.public_id}.json" for each in Alarm.objects.all()]
    assert len(addresses) == 2
    got = {f"answer {n}": each.content for n, each in enumerate(answers)}
    for address in addresses:
        answer = asked.get(address)
        assert answer.status_code == 200
        got[address] = answer.content
    wanted = [(name, pieces) for name, pieces in secrets() if name in SAID or name.startswith(FINE)]
    assert found(got, wanted) == []


def _fits(name: str) -> bool:
    return "\n" not in SAID[name]


def test_everything_there_is_under_log_was_looked_at():
    names = {each.name for each in urls.urlpatterns if str(each.pattern).lstrip("^").startswith("log")}
    assert names - OTHERS == {
        *("to_log", "log", "log_data", "checkpoint", "log_keys", "log_tile", "witness_key"),
    }, "a new address under /log/ is crawled here, or says nothing of us"


@pytest.mark.parametrize("name", SAID)
def test_the_search_finds_what_is_planted_in_any_form(name):
    pieces = [(how, piece) for how, piece in searching.forms(SAID[name]) if len(piece) >= searching.SHORTEST]
    assert len(pieces) > 100
    for how, piece in pieces:
        got = {"/log/one": b"{}", "/log/two": b'"x":' + piece + b",", "/log/three": b""}
        assert f"{name} ({how}) in /log/two" in found(got, [(name, pieces)])
        assert found({"/log/two": b'"x":' + piece[:-1]}, [(name, [(how, piece)])]) == []


def test_ids_moments_and_hashes_are_found_too():
    made = datetime(2026, 11, 12, 9, 41, 7, 123456, tzinfo=UTC)
    name = UUID("019a774c-7b61-7000-8000-000000000001")
    digest = sha256(b"x").digest()
    for pieces in (searching.of_moment(made), searching.of_id(name), searching.of_hash(digest)):
        for how, piece in pieces:
            assert found({"a": b"--" + piece + b"--"}, [("it", [(how, piece)])]) == [f"it ({how}) in a"]


@pytest.mark.parametrize(
    "leak",
    [
        lambda title: sha256(title.encode()).digest(),
        lambda title: sha256(sha256(title.encode()).hexdigest().encode()).digest(),
        lambda title: title.encode()[:32].ljust(32, b"\0"),
    ],
    ids=["the hash of a title as a commitment", "the hash of its hash", "the title itself"],
)
def test_a_commitment_that_could_be_guessed_would_be_found(told, leak):
    commitment = leak(SAID["a title of the draft"])
    with lifted():
        leaf = sealed.face_leaf(2, commitment)
        Entry.objects.filter(place=2).update(kind=2, commitment=commitment, leaf_hash=leaf)
        signed_anew()
    lines = found(crawled().files, [("it", searching.forms(SAID["a title of the draft"]))])
    assert lines
    assert all("/log/tile/entries/000.p/" in line for line in lines)


def signed_anew() -> None:
    """Every checkpoint, as if its entries had been from the beginning what they are now."""
    home, leaves = settings.MASTHEAD_HOME, Entry.objects.order_by("place").values_list("leaf_hash", flat=True)
    for row in Checkpoint.objects.all():
        tree = Frontier()
        for leaf in leaves[: row.size]:
            list(tree.append(bytes(leaf)))
        said = Checkpoint_.parse(note.parse(row.note).text)
        text = str(Checkpoint_(said.origin, row.size, tree.root()))
        again = signing.signed(text, signing.signers_now(home))
        Checkpoint.objects.filter(pk=row.pk).update(root=tree.root(), note=str(again))


def test_a_name_in_a_signature_would_be_found(told):
    cosigned(served.newest(), 1, name="Jean.Tarrou")
    lines = found(crawled().files, [("it", searching.forms("Jean.Tarrou"))])
    assert "it (as it is) in /log/checkpoint" in lines
