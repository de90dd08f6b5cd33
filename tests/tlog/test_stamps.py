"""Time stamps, of an authority of our own making and of every bad kind."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.witness.authority import Authority

from masthead.tlog import stamp
from masthead.tlog.stamp import NoStamp, query, stamped_at

TEXT = "herald.example/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
GOOD = Authority()


def asked(authority: Authority, text: str = TEXT, roots: Authority | None = None) -> datetime:
    made = query(text)
    return stamped_at(authority.answer(made.content), text, [(roots or authority).root], made.nonce)


def test_a_stamp_says_when():
    assert abs(asked(GOOD) - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_stamp_that_was_kept_verifies_without_its_nonce():
    kept = GOOD.answer(query(TEXT).content)
    assert stamped_at(kept, TEXT, [GOOD.root])


@pytest.mark.parametrize(
    "authority",
    [
        Authority(other_nonce=True),
        Authority(other_imprint=True),
        Authority(status=2),
        Authority(status=3),
        Authority(status=1),
        Authority(purpose=ExtendedKeyUsageOID.CODE_SIGNING),
        Authority(valid=(timedelta(days=-30), timedelta(days=-1))),
        Authority(at=datetime.now(UTC) + timedelta(days=300)),
    ],
    ids=["nonce", "imprint", "refused", "waiting", "with changes", "purpose", "expired", "not valid then"],
)
def test_a_bad_stamp_is_none(authority):
    with pytest.raises(NoStamp):
        asked(authority)


def test_a_stamp_of_somebody_else_is_none():
    with pytest.raises(NoStamp):
        asked(GOOD, roots=Authority())
    with pytest.raises(NoStamp):
        stamped_at(GOOD.answer(query(TEXT).content), TEXT, [])


def test_a_stamp_of_another_text_is_none():
    made = query("another text\n")
    with pytest.raises(NoStamp):
        stamped_at(GOOD.answer(made.content), TEXT, [GOOD.root], made.nonce)


KEPT = GOOD.answer(query(TEXT).content)


@settings(max_examples=300)
@given(st.integers(0, len(KEPT) - 1), st.integers(1, 255))
def test_a_stamp_with_one_byte_changed_says_the_same_or_nothing(place, by):
    content = bytearray(KEPT)
    content[place] ^= by
    try:
        assert stamped_at(bytes(content), TEXT, [GOOD.root]) == stamped_at(KEPT, TEXT, [GOOD.root])
    except NoStamp:
        return


@given(st.binary(max_size=300))
def test_any_bytes_are_no_stamp(content):
    with pytest.raises(NoStamp):
        stamped_at(content, TEXT, [GOOD.root])


def test_a_huge_answer_is_not_read():
    with pytest.raises(NoStamp):
        stamped_at(KEPT + bytes(stamp.LARGEST), TEXT, [GOOD.root])


@pytest.mark.skipif(which("openssl") is None, reason="no openssl on this machine to agree with")
def test_openssl_says_the_same_of_our_authority(tmp_path: Path):
    made = query(TEXT)
    (tmp_path / "stamp").write_bytes(GOOD.answer(made.content))
    (tmp_path / "text").write_text(TEXT)
    root = GOOD.root_in(tmp_path)
    command = ["openssl", "ts", "-verify", "-data", "text", "-in", "stamp", "-CAfile", str(root)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout, done.stderr
