"""Keys that were put back without their record begin no second log."""

import shutil

import pytest
from tests.conftest import ORIGIN
from tests.evidence.test_key_service import service
from tests.faults.hurting import run

from masthead.errors import Refused
from masthead.newsroom.evidence import high_water, keys
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup

__all__ = ["service"]


def test_no_log_is_begun_under_a_key_that_may_have_signed(small, elsewhere):
    publish_checkpoint()
    origin, folder = LogHead.objects.get().origin, small.home / keys.FOLDER
    there = elsewhere(tables=True)
    shutil.copytree(folder, there / keys.FOLDER)
    with pytest.raises(Refused, match="this key may have signed"):
        setup(there, origin)
    assert not LogHead.objects.exists()
    assert not (there / high_water.FILE).exists()


def test_nor_under_one_of_a_service_whose_public_line_was_put_back(home, service, elsewhere):
    setup(home, ORIGIN)
    there = elsewhere(tables=True)
    (there / keys.FOLDER).mkdir()
    shutil.copy(home / keys.PUBLIC, there / keys.PUBLIC)
    with pytest.raises(Refused, match="this key may have signed"):
        setup(there, ORIGIN)


@pytest.mark.parametrize("key", [False, True])
def test_a_first_run_that_was_cut_off_is_completed_under_another_origin_too(home, elsewhere, key):
    there = elsewhere(tables=True)
    setup(there, ORIGIN)
    run("DELETE FROM evidence_loghead")
    if not key:
        shutil.rmtree(there / keys.FOLDER)
    setup(there, "other.example/log")
    assert high_water.read(there).origin == "other.example/log"
    assert publish_checkpoint().size == 0
