"""The one way to a clearance."""

import json
from collections.abc import Iterable, Iterator, Sequence

from masthead.declaration.control import Control, consequence_of
from masthead.gate.clearance import Clearance, Obstacle, ObstacleCode
from masthead.gate.facts import Facts
from masthead.gate.findings import found
from masthead.gate.floor import applies, floor, live_sign_offs, not_run
from masthead.gate.rules import makers, ruled
from masthead.vocabulary import Consequence

NEVER_OVERRIDDEN = frozenset(
    {ObstacleCode.PROHIBITED_USE, ObstacleCode.NOT_MARKED, ObstacleCode.NOT_DISCLOSED}
)
"""What even a break-glass cannot pass over: own prohibitions, and what the audience is owed."""

type Weighed = tuple[Consequence, Obstacle]


def decide(facts: Facts, controls: Sequence[Control]) -> Clearance:
    """The clearance of one version under the adopted controls: clear, or every obstacle at once.

    Pure and total. The order of the controls never matters; obstacles follow the order of the facts. An
    obstacle that several controls raise stands once, with the strictest consequence.
    """
    in_force = sorted(
        {repr(c): c for c in controls if applies(c, facts)}.values(), key=lambda c: (c.id, repr(c))
    )
    strictest = _strictest(_weigh(facts, in_force))
    obstacles = tuple(o for consequence, o in strictest if consequence is Consequence.BLOCK)
    warnings = tuple(o for consequence, o in strictest if consequence is Consequence.WARN)
    overridden: tuple[Obstacle, ...] = ()
    if _glass_broken(facts):
        overridden = tuple(o for o in obstacles if o.code not in NEVER_OVERRIDDEN)
        obstacles = tuple(o for o in obstacles if o.code in NEVER_OVERRIDDEN)
    signers = {s.person for s in live_sign_offs(facts)}
    return Clearance(obstacles, warnings, overridden, self_signed=bool(signers) and signers <= makers(facts))


def _weigh(facts: Facts, controls: Sequence[Control]) -> Iterator[Weighed]:
    """All that is raised against the version; findings first, as they are mended before anyone signs."""
    yield from found(facts, controls)
    for control in controls:
        for level, obstacle in ruled(facts, control):
            yield consequence_of(level, control), obstacle
    for obstacle in floor(facts, controls):
        yield Consequence.BLOCK, obstacle
    for check, why in facts.checks_failed:
        yield Consequence.WARN, not_run(check, why, None)


def _strictest(weighed: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """One entry per thing in the way, where it was first raised, with its strictest consequence."""
    order = (Consequence.BLOCK, Consequence.WARN, Consequence.RECORD)
    kept: dict[str, Weighed] = {}
    for consequence, obstacle in weighed:
        same = _identity(obstacle)
        if same not in kept or order.index(consequence) < order.index(kept[same][0]):
            kept[same] = (consequence, obstacle)
    return tuple(kept.values())


def _identity(obstacle: Obstacle) -> str:
    """What makes two obstacles one: the same finding, or the same thing said of the same system."""
    if obstacle.finding is not None:
        return obstacle.finding
    return json.dumps([obstacle.code, obstacle.system, obstacle.message.to_json()], sort_keys=True)


def _glass_broken(facts: Facts) -> bool:
    """Whether someone with the right to decided to publish this very canonical form now."""
    glass = facts.break_glass
    return glass is not None and glass.entitled and glass.canonical_sha256 == facts.canonical_sha256
