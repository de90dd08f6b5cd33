"""A founded organisation that may speak to servers on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from tests.exchange.sites import Site, site
from tests.newsroom.conftest import small
from tests.witness.others import Log, serve
from tests.witness.watching import looked

from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.models import WitnessedLog
from masthead.tlog.note import VerifierKey

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


@pytest.fixture
def there(reach) -> Iterator[Site]:
    """A server on this machine that may be reached."""
    with site() as made:
        reach(made.port)
        yield made


@pytest.fixture
def log(small, there) -> Log:
    """The log of the Gazette with seven entries, served on this machine and witnessed here."""
    log = Log().grow(7)
    add_log(small.steward, str(log.key), serve(there, log))
    return log


@pytest.fixture
def first(log) -> VerifierKey:
    """The key that it has when it is looked at for the first time, which was done."""
    assert looked() == ""
    return log.key
