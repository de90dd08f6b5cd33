"""The newest checkpoint is stamped by the authority of the settings, and no other stamp is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.evidence.desk import add_person
from tests.exchange.sites import endless, says, site
from tests.witness.authority import DER, Authority

from masthead.newsroom.evidence.models import Checkpoint, Stamp
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.witness import stamping
from masthead.newsroom.witness.models import Contact
from masthead.newsroom.witness.stamping import have_stamped
from masthead.tlog import note
from masthead.tlog.stamp import stamped_at


@pytest.fixture
def named(small, reach, monkeypatch, tmp_path) -> Callable[..., None]:
    """Serve an authority on this machine and name it, with its root, in the settings."""
    publish_checkpoint()
    with site() as there:
        reach(there.port)

        def name(authority: Authority, answer=None, root: Path | str | None = None) -> Authority:
            there.answers["/tsr"] = answer or (
                lambda line, asked: says(authority.answer(asked.body))(line, asked)
            )
            kept = str(authority.root_in(tmp_path)) if root is None else str(root)
            chosen = replace(settings.MASTHEAD, tsa=there.url("/tsr"), tsa_root=kept)
            monkeypatch.setattr(settings, "MASTHEAD", chosen)
            return authority

        yield name


def test_a_stamp_is_kept_that_verifies_against_the_note(named):
    authority = named(Authority())
    assert have_stamped().well
    kept = Stamp.objects.get()
    text = note.parse(kept.checkpoint.note).text
    assert stamped_at(bytes(kept.token), text, [authority.root]) == kept.said_at
    assert abs(kept.said_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_stamp_whose_certificates_are_in_no_order_is_kept_as_it_came(named):
    authority = named(Authority(unordered=True))
    assert have_stamped().well
    kept = Stamp.objects.get()
    own, root = (each.public_bytes(DER) for each in (authority.certificate, authority.root))
    assert b"".join(sorted([own, root], reverse=True)) in bytes(kept.token)


def test_it_is_asked_once_for_a_checkpoint_and_at_most_once_an_hour(named):
    named(Authority())
    now = datetime.now(UTC)
    assert stamping.waits(stamping.newest(), now)
    have_stamped()
    assert not stamping.waits(stamping.newest(), now + timedelta(days=9))
    add_person("Grace")
    publish_checkpoint()
    assert not stamping.waits(stamping.newest(), now + timedelta(minutes=30))
    assert stamping.waits(stamping.newest(), now + timedelta(minutes=70))


def test_no_authority_is_asked_where_none_is_named(small):
    publish_checkpoint()
    assert not stamping.waits(stamping.newest(), datetime.now(UTC))
    assert have_stamped().well
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("authority", "said"),
    [
        (Authority(other_nonce=True), "something else than was asked"),
        (Authority(other_imprint=True), "something else than was asked"),
        (Authority(status=2), "gives no stamp"),
        (Authority(valid=(timedelta(days=-9), timedelta(days=-1))), "`tsa_root` names"),
        (Authority(at=datetime.now(UTC) - timedelta(hours=3)), "differ by more than five minutes"),
    ],
    ids=["nonce", "imprint", "refused", "expired", "clock"],
)
def test_a_bad_stamp_is_told_and_not_kept(named, authority, said):
    named(authority)
    assert said in str(have_stamped().trouble)
    assert not Stamp.objects.exists()
    assert Contact.objects.get().failures == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (says(b"no stamp"), "cannot be read"),
        (says(b""), "cannot be read"),
        (says(b"", "500 Broken"), "answered 500"),
        (endless, "larger than"),
    ],
    ids=["garbage", "empty", "broken", "huge"],
)
def test_an_answer_that_is_none_is_told(named, answer, said):
    named(Authority(), answer)
    assert said in str(have_stamped().trouble)
    assert not Stamp.objects.exists()


def test_a_stamp_of_a_foreign_authority_is_not_kept(named, tmp_path):
    foreign = Authority().root_in(tmp_path).rename(tmp_path / "foreign.pem")
    named(Authority(), root=foreign)
    assert "`tsa_root` names" in str(have_stamped().trouble)


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_root_that_cannot_be_read_is_told(named, tmp_path, content):
    path = tmp_path / "root.pem"
    if content is not None:
        path.write_bytes(content)
    named(Authority(), root=path)
    assert "cannot be read" in str(have_stamped().trouble)
    assert Checkpoint.objects.exists()
