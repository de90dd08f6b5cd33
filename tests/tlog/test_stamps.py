"""Time stamps, of an authority of our own making and of every bad kind."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

import pytest
from cryptography.hazmat.primitives import serialization
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


UNORDERED = Authority(unordered=True)


def test_certificates_in_no_order_are_put_in_order():
    assert abs(asked(UNORDERED) - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(NoStamp):
        asked(UNORDERED, roots=GOOD)


KEPT = GOOD.answer(query(TEXT).content)
LOOSE = UNORDERED.answer(query(TEXT).content)


@settings(max_examples=300)
@given(st.integers(0, len(LOOSE) - 1), st.integers(1, 255), st.booleans())
def test_a_stamp_with_one_byte_changed_says_the_same_or_nothing(place, by, ordered):
    whole, root = (KEPT, GOOD.root) if ordered else (LOOSE, UNORDERED.root)
    content = bytearray(whole)
    content[place % len(whole)] ^= by
    try:
        assert stamped_at(bytes(content), TEXT, [root]) == stamped_at(whole, TEXT, [root])
    except NoStamp:
        return


@given(st.integers(0, len(LOOSE)))
def test_a_stamp_cut_off_anywhere_is_none(at):
    with pytest.raises(NoStamp):
        stamped_at(LOOSE[:at] if at < len(LOOSE) else LOOSE + b"0", TEXT, [UNORDERED.root])


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


def openssl(folder: Path, *command: str) -> str:
    done = subprocess.run(["openssl", *command], cwd=folder, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return done.stdout


@pytest.mark.skipif(which("openssl") is None, reason="no openssl on this machine to be stamped by")
def test_a_stamp_of_openssl_with_the_chain_it_was_given(tmp_path: Path):
    """Which certificate comes first in such an answer is openssl's choice: we read it either way."""
    authority = Authority()
    root, made = authority.root_in(tmp_path), query(TEXT)
    pem = serialization.Encoding.PEM
    (tmp_path / "own.pem").write_bytes(authority.certificate.public_bytes(pem))
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "own.key").write_bytes(authority.key.private_bytes(pem, form, none))
    (tmp_path / "serial").write_text("01\n")
    (tmp_path / "ts.cnf").write_text(
        "[ts]\nserial = serial\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n"
        "signer_digest = sha256\ness_cert_id_alg = sha256\n"
    )
    (tmp_path / "asked").write_bytes(made.content)
    config = ("-config", "ts.cnf", "-section", "ts", "-queryfile", "asked", "-out", "stamp")
    openssl(tmp_path, "ts", "-reply", *config, "-signer", "own.pem", "-inkey", "own.key", "-chain", str(root))
    answer = (tmp_path / "stamp").read_bytes()
    assert stamped_at(answer, TEXT, [authority.root], made.nonce)
    places = [
        answer.find(each.public_bytes(serialization.Encoding.DER))
        for each in (authority.certificate, authority.root)
    ]
    assert min(places) > 0
    with pytest.raises(NoStamp):
        stamped_at(answer, TEXT, [GOOD.root], made.nonce)
