"""Closed lists have their words, and words that are typed tell their members apart."""

from collections.abc import Iterable
from enum import StrEnum

import pytest

from masthead.cli import kinds
from masthead.language import LANGUAGES, using
from masthead.newsroom.evidence.kinds import Kind
from masthead.vocabulary import LABELS, Role, SystemStatus, Task, Tier, WaiverReason


def test_every_kind_of_entry_has_its_words() -> None:
    assert set(kinds.WORDS) == set(Kind)


@pytest.mark.parametrize("members", [Tier, Task, Role, SystemStatus, WaiverReason])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_members_never_share_their_words(members: Iterable[StrEnum], language: str) -> None:
    with using(language):
        said = [str(LABELS[member]).casefold() for member in members]
    assert len(set(said)) == len(said)
