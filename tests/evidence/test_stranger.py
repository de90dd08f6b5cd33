"""A stranger reads the log with nothing but C2SP, from us and from a folder behind any web server."""

import aics_tlog
import pytest
from tests.conftest import ORIGIN
from tests.evidence.stranger import NotThere, Stranger
from tests.evidence.test_served import cosigned, published
from tests.evidence.web import of_files, ours

from masthead.newsroom.evidence import keys, served
from masthead.newsroom.evidence.export import export
from masthead.newsroom.evidence.models import Entry
from masthead.tlog.tiles import Tile

SIZES = [0, 1, 256, 300, 520]


def entries() -> list[bytes]:
    return [
        b'{"commitment_sha256":"%s","kind":%d,"v":1}' % (bytes(each.commitment).hex().encode(), each.kind)
        for each in Entry.objects.order_by("place")
    ]


@pytest.mark.parametrize("size", SIZES)
def test_what_we_serve_is_the_log_that_we_signed(log, size):
    published(size)
    with ours() as address:
        stranger = Stranger(f"{address}/log", keys.public_line(log))
        assert stranger.head() == (ORIGIN, size, bytes(served.newest().root))
        assert stranger.verified() == entries()
        assert keys.public_line(log) in stranger.fetch("keys").decode()
        for beyond in (f"tile/0/{size // 256:03d}.p/{size % 256 + 1}", "tile/0/003", "tile/1/000.p/9"):
            with pytest.raises(NotThere):
                stranger.fetch(beyond)
        types = {path: said["content-type"] for path, said in stranger.headers.items()}
    assert types.pop("checkpoint") == types.pop("keys") == "text/plain; charset=utf-8"
    assert set(types.values()) <= {"application/octet-stream"}


@pytest.mark.parametrize("size", SIZES)
def test_a_web_server_that_knows_nothing_serves_an_export(log, tmp_path, size):
    published(size)
    export(tmp_path / "log")
    with of_files(tmp_path) as address:
        stranger = Stranger(f"{address}/log", keys.public_line(log))
        assert stranger.head() == (ORIGIN, size, bytes(served.newest().root))
        assert stranger.verified() == entries()


def test_an_independent_implementation_audits_both(log, tmp_path):
    published(3, 300, 520)
    cosigned(served.newest(), 1)
    export(tmp_path / "log")
    theirs = aics_tlog.parse_vkey(keys.public_line(log))
    for serving in (ours(), of_files(tmp_path)):
        with serving as address:
            reader = aics_tlog.HttpTileReader(f"{address}/log", proxies={})
            fetched = Stranger(f"{address}/log", keys.public_line(log)).fetch("checkpoint")
            signed = aics_tlog.verify_checkpoint(
                aics_tlog.parse_note(fetched.decode()), theirs, expected_origin=ORIGIN
            )
            assert (signed.ok, signed.size) == (True, 520)
            verified = aics_tlog.VerifiedTileReader(reader, signed.size, signed.root)
            audited = aics_tlog.audit_tiles(reader, signed.size, signed.root)
            assert (audited.tiles, audited.bundles) == (4, 3)
            assert [aics_tlog.read_entry(verified, place, 520) for place in range(520)] == entries()
            for older in (3, 300):
                root = aics_tlog.tree_root_from_tiles(reader, older)
                proof = aics_tlog.consistency_proof_from_tiles(verified, older, 520)
                assert aics_tlog.verify_consistency(older, 520, root, signed.root, proof)


def test_a_tile_that_was_changed_on_the_way_does_not_verify(log, tmp_path):
    published(300)
    folder = tmp_path / "log"
    export(folder)
    tile = folder / Tile(0, 0).path
    content = bytearray(tile.read_bytes())
    content[5000] ^= 1
    tile.write_bytes(content)
    with of_files(folder) as address, pytest.raises(AssertionError, match="level 0"):
        Stranger(address, keys.public_line(log)).verified()
