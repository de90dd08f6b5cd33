"""The gate's answer: what is in the way, at its words, with each way out as a command to copy."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from masthead.gate import findings as finding_ways
from masthead.gate import floor
from masthead.gate.clearance import Clearance, Obstacle, ObstacleCode
from masthead.gate.refusal import NotCleared
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Version

NEW_VERSION = ("masthead item add PATH --version-of {item}{by}",)
USE = ('masthead item use {item} --ai "SYSTEM, TASK, TIER"{by}',)
CHECK = ("masthead item check {item}{by}",)
APPROVE = ("masthead register approve {system}{by}",)
PUBLISH = "masthead publish {item}{by}"
SIGN = "masthead publish {item} --sign-off NAME"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    finding_ways.FIX.template: NEW_VERSION,
    "Take it out in a new version.": NEW_VERSION,
    "Make a new version without it.": NEW_VERSION,
    "Make a new version with a system that is approved.": NEW_VERSION,
    finding_ways.WAIVE.template: ("masthead waive {item} {finding} --reason REASON{by}",),
    "Add the source it comes from.": ("masthead item source {item} PATH{by}",),
    "Record the AI use that the file declares.": USE,
    "Record the AI use.": USE,
    floor.ANY_SIGNER.template: (SIGN,),
    floor.OTHER_SIGNER.template: ("masthead signoff {item}{by}",),
    "Run the checks.": CHECK,
    "Mend what stopped the check, then run the checks again.": CHECK,
    "Register it with an accountable person, and have it approved.": (
        "masthead register add {system} --accountable NAME{by}",
        *APPROVE,
    ),
    "Ask the steward to approve it.": APPROVE,
    "Wait until the steward lifts the pause.": APPROVE,
    "Look up its data terms and training opt-out, and record them in the register.": (
        "masthead register terms {system} --checked DATE --opt-out{by}",
    ),
}
"""For a way out, by its template, the commands that take it; the words in capitals are for the person."""

type Line = tuple[str, str | None]
COMMAND = "command"
"""The style of a line that is a command to copy."""


class Held(NotCleared):
    """A version that the gate holds back; it is kept and can be gone on with."""

    def __init__(self, version: "Version", clearance: Clearance, *, seen: bool = False) -> None:
        super().__init__(clearance)
        self.version = version
        self.seen = seen
        """Whether the person has just been shown each thing that is in the way."""


def commands_for(way: Message, obstacle: Obstacle, item: str, *, by: bool) -> list[str]:
    """The commands that take a way out of `obstacle`; none where it takes a person, not a command."""
    values = {
        "item": item[:8],
        "finding": (obstacle.finding or "FINDING")[:8],
        "system": shlex.quote(obstacle.system or "NAME"),
        "by": " --by NAME" if by else "",
    }
    return [pattern.format(**values) for pattern in COMMANDS.get(way.template, ())]


def obstacles_json(obstacles: Iterable[Obstacle], item: str, *, by: bool) -> list[dict[str, Any]]:
    """Each obstacle with its ways out, as words and as commands."""
    return [
        {
            "code": obstacle.code.value,
            "message": str(obstacle.message),
            "ways_out": [str(way) for way in obstacle.ways_out],
            "commands": [
                command for way in obstacle.ways_out for command in commands_for(way, obstacle, item, by=by)
            ],
            "commitments": list(obstacle.commitments),
            "control": obstacle.control,
            "finding": obstacle.finding,
            "system": obstacle.system,
        }
        for obstacle in obstacles
    ]


def obstacle_lines(
    obstacles: Iterable[Obstacle], item: str, *, by: bool, places: Mapping[str, list[Line]]
) -> Iterator[Line]:
    """Each obstacle with its place in the text; the ways out stand once below those that share them."""
    number = 0
    for _, group in groupby(obstacles, key=lambda each: (each.ways_out, each.system)):
        alike = list(group)
        for obstacle in alike:
            number += 1
            mark = f"  [{obstacle.finding[:8]}]" if obstacle.finding else ""
            served = ", ".join(obstacle.commitments)
            yield f"{number}. {obstacle.message}{mark}  ({served})", "bold"
            yield from places.get(obstacle.finding or "", [])
        yield from _ways(alike, item, by=by)


def _ways(alike: list[Obstacle], item: str, *, by: bool) -> Iterator[Line]:
    for way in alike[0].ways_out:
        yield f"   → {way}", None
        for obstacle in alike if way.template == finding_ways.WAIVE.template else alike[:1]:
            for command in commands_for(way, obstacle, item, by=by):
                yield command, COMMAND


def held_json(error: NotCleared) -> dict[str, Any]:
    """What stands beside an error's words when the gate said no."""
    from masthead.cli import desk

    item = error.version.item.public_id if isinstance(error, Held) else "ITEM"
    obstacles = obstacles_json(error.clearance.obstacles, item, by=desk.several_people())
    return ({"item": item, "version": error.version.number} if isinstance(error, Held) else {}) | {
        "obstacles": obstacles
    }


def held_lines(error: NotCleared) -> Iterator[str]:
    """What a person reads when the gate said no: every obstacle, then how to go on."""
    if not isinstance(error, Held) or not error.seen:
        yield from _all_in_the_way(error)
    else:
        yield str(error.what)
    if isinstance(error, Held):
        from masthead.cli import desk

        item, by = error.version.item.public_id[:8], desk.by_name()
        yield ""
        yield str(Message("The draft is kept as %(item)s. Mend the file and go on with:", {"item": item}))
        yield f"     $ masthead publish PATH --item {item}{by}"
        if not error.seen:
            yield str(Message("Or take the ways out above, then:"))
            yield f"     $ {SIGN.format(item=item)}"


def _all_in_the_way(error: NotCleared) -> Iterator[str]:
    from masthead.cli import desk
    from masthead.cli.standing import places_of

    by, item = desk.several_people(), "ITEM"
    places: Mapping[str, list[Line]] = {}
    if isinstance(error, Held):
        item, places = error.version.item.public_id, places_of(error.version)
    yield str(error.what)
    yield ""
    for text, style in obstacle_lines(error.clearance.obstacles, item, by=by, places=places):
        yield f"     $ {text}" if style == COMMAND else text
    reasons = capitals(error.clearance.obstacles)
    if reasons is not None:
        yield str(reasons)


def capitals(obstacles: Iterable[Obstacle]) -> Message | None:
    """What stands for REASON in the commands, where one asks for it."""
    from masthead.cli.choices import listed
    from masthead.vocabulary import WaiverReason

    if all(each.code is not ObstacleCode.FINDING for each in obstacles):
        return None
    return Message("REASON is one of: %(reasons)s.", {"reasons": listed(WaiverReason)})
