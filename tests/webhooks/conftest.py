"""An organisation that tells a server of ours what happens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from tests.exchange.sites import Site, says, site
from tests.moulds import Mould
from tests.newsroom.desk import Desk

from masthead.newsroom.webhooks.commands import Made, add_endpoint
from masthead.newsroom.webhooks.events import SUBSCRIBABLE, Event


@dataclass
class Telling:
    """A desk, and a server on the organisation's own network that takes what it is told at `/hook`."""

    desk: Desk
    there: Site

    def add(self, *events: Event, target: str = "/hook") -> Made:
        return add_endpoint(self.desk.steward, self.there.url(target), events or SUBSCRIBABLE)


@pytest.fixture
def telling(home: Path, small_mould: Mould, monkeypatch: pytest.MonkeyPatch) -> Iterator[Telling]:
    with site() as there:
        there.answers["/hook"] = says(b"", "204 No Content")
        own = replace(settings.MASTHEAD, own_network=("127.0.0.1",), own_ports=(there.port,))
        monkeypatch.setattr(settings, "MASTHEAD", own)
        yield Telling(small_mould.at(home), there)
