"""The register's closed lists in words, as the terminal says them."""

from enum import StrEnum
from typing import Any

from django.utils.functional import lazystr

from masthead.language import Message
from masthead.vocabulary import LABELS, SystemStatus, Tier

TIERS = {tier: Message("%(tier)s, %(words)s", {"tier": tier.value, "words": LABELS[tier]}) for tier in Tier}
SIGNS = {
    SystemStatus.PROPOSED: "mind",
    SystemStatus.APPROVED: "clear",
    SystemStatus.PAUSED: "stop",
    SystemStatus.RETIRED: "",
}
"""The class of the tag; its sign says the same without colour."""


def choices(words: dict[Any, Message]) -> list[tuple[str, Any]]:
    """Members of a closed list to choose from."""
    return [(member.value, lazystr(said)) for member, said in words.items() if isinstance(member, StrEnum)]
