"""A founded organisation that may speak to servers on this machine."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from tests.newsroom.conftest import small
from tests.witness.others import Log

from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.models import WitnessedLog

__all__ = ["small"]


@pytest.fixture
def reach(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let a port of this machine be reached, as an organisation names its own servers."""

    def let(*ports: int) -> None:
        own = {"own_network": ("127.0.0.1",), "own_ports": (*settings.MASTHEAD.own_ports, *ports)}
        monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, **own))

    return let


@pytest.fixture
def gazette(small, reach) -> Log:
    """The log of the Gazette with seven entries, which we witness."""
    log = Log().grow(7)
    reach(1)
    add_log(small.steward, str(log.key), "http://127.0.0.1:1/log")
    return log


@pytest.fixture
def witnessed(gazette) -> WitnessedLog:
    return WitnessedLog.objects.get()
