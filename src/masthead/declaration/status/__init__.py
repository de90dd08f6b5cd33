"""Where a promise stands: computed from evidence, checklist and time alone, and never typed in.

    standings(lines, evidence, now)      # each control and question of a checklist
    status_of(commitment, …)             # a commitment, from those that answer it

Times count to the instant: what ends at a moment no longer speaks at that moment. Evidence that was received
later than `now` is left out, so the same call says how things stood on a day, as was known then.
"""

from masthead.declaration.status.checklist import Line, circling, resting, standings
from masthead.declaration.status.commitment import Reading, status_of
from masthead.declaration.status.control import answers, standing_of
from masthead.declaration.status.evidence import ORGANISATION, Evidence
from masthead.declaration.status.standing import Ground, Reason, Standing, Status

__all__ = [
    "ORGANISATION",
    "Evidence",
    "Ground",
    "Line",
    "Reading",
    "Reason",
    "Standing",
    "Status",
    "answers",
    "circling",
    "resting",
    "standing_of",
    "standings",
    "status_of",
]
