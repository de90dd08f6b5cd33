"""A log that is watched is not trusted: what it answers, or how slowly, hides nothing from us."""

from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.sites import Site, dripping, says
from tests.witness.others import Log, key_of, serve
from tests.witness.watching import LATER, NOW, looked

from masthead.newsroom.witness import looking, seen
from masthead.newsroom.witness.alarms import evidence_of
from masthead.newsroom.witness.commands import add_witness
from masthead.newsroom.witness.models import Alarm, AskedWitness
from masthead.newsroom.witness.words import Fault
from masthead.tlog.checkpoint import Checkpoint
from masthead.tlog.conflict import Garbled, Shows, contradict, difference
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Malformed
from masthead.tlog.proofs import Tree
from masthead.tlog.tiles import Tile, hashes_in


def asked(small, there: Site, name: str) -> str:
    """Somebody else's witness is asked; gives the path of what it has seen of the log, below its address."""
    key = CosignerKey(f"{name}.example/w", key_of(name).public_key().public_bytes_raw())
    add_witness(small.steward, str(key), there.url(f"/{name}"))
    return f"/{name}/{sha256(Log().key.name.encode()).hexdigest()}/checkpoint"


def tiles_of(there: Site) -> list[str]:
    return [path for path in there.answers if "/tile/" in path]


@pytest.mark.parametrize(
    "answer",
    [
        says(b"", "503 Busy"),
        says(b"", "403 Forbidden"),
        says(b"x"),
        says(b"x" * 9000),
        says(bytes(32 * 4)),
        says(b"", "410 Gone"),
    ],
)
def test_a_log_that_goes_back_cannot_put_it_off_by_what_it_answers_for_the_tree(log, there, answer):
    older = log.copy()
    serve(there, log.grow(9))
    looked()
    missing = [path for path in log.files() if "/tile/" in path and path not in older.files()]
    serve(there, older)
    there.answers |= dict.fromkeys(missing, answer)
    looked(NOW + timedelta(minutes=1))
    assert "overdue" in looked(NOW + timedelta(hours=2))
    assert not Alarm.objects.exists()
    assert "fewer entries" in looked(NOW + timedelta(days=1, minutes=1))
    assert Alarm.objects.get().fault == Fault.ROLLBACK


def test_a_log_that_drips_keeps_no_other_witness_from_being_heard(log, there, small, monkeypatch):
    at = asked(small, there, "tribune")
    looked()
    monkeypatch.setattr(looking, "SECONDS", 0.2)
    there.answers["/log/checkpoint"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    there.answers[at] = says(str(Log().grow(7, "other").note()).encode())
    assert "contradict" in looked(LATER)
    assert evidence_of(Alarm.objects.get()).shows(log.key) is Shows.FORK


def test_a_witness_that_drips_keeps_no_other_from_being_heard(log, there, small, monkeypatch):
    monkeypatch.setattr(looking, "EACH", 0.2)
    at = {name: asked(small, there, name) for name in ("tribune", "herold")}
    looked()
    first, *_, last = (each.name.partition(".")[0] for each in AskedWitness.objects.filter(ended_at=None))
    there.answers[at[first]] = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    there.answers[at[last]] = says(str(Log().grow(7, "other").note()).encode())
    assert "contradict" in looked(LATER)


def test_where_a_partial_tile_is_gone_the_full_one_stands_for_it(log, there, small):
    """A log may take a partial tile away once the full one is there (C2SP tlog-tiles)."""
    at = asked(small, there, "tribune")
    looked()
    fork = log.copy().grow(200, "other")
    there.answers[at] = says(str(fork.note()).encode())
    shown = log.copy().grow(1)
    serve(there, fork.grow(200, "other"))
    there.answers["/log/checkpoint"] = says(str(shown.note()).encode())
    there.answers |= {p: says(c) for p, c in shown.files().items() if "/tile/" in p}
    assert "contradict" in looked(LATER)
    assert Alarm.objects.get().told_by == "tribune.example/w"


@given(
    sizes=st.tuples(st.integers(1, 700), st.integers(1, 700)).map(sorted),
    which=st.integers(0, 10_000),
    bit=st.integers(0, 7),
    forked=st.booleans(),
)
def test_whatever_tiles_a_log_serves_they_show_what_it_signed_or_nothing(sizes, which, bit, forked):
    """A turned bit in its tiles makes no fork of an honest log, and hides none of a dishonest one."""
    old, new = sizes
    honest = Log().grow(old)
    known = Checkpoint.parse(honest.note().text)
    served = Log().grow(new, "other") if forked else honest.grow(new - old)
    shown = Checkpoint.parse(served.note().text)
    content = {}

    def read(tile: Tile) -> bytes:
        if tile not in content:
            turned = bytearray(served.tile(tile))
            if not content:
                turned[which % len(turned)] ^= 1 << bit
            content[tile] = bytes(turned)
        return content[tile]

    try:
        found = difference(known, shown, lambda size: Tree(size, hashes_in(size, read)))
    except (Garbled, Malformed):
        return
    assert (found is not None) is (known.root != served.tree().root(old))
    if found is not None:
        assert contradict(known, shown, found.other_root, found.proof)


def test_its_memory_stays_where_nothing_could_be_compared(log, there):
    looked()
    serve(there, log.grow(300))
    for path in tiles_of(there):
        there.answers[path] = says(bytes(32 * 256))
    assert looked(LATER) != ""
    assert seen.remembered(log.key.name).size == 7
