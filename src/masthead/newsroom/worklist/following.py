"""Follow the log as commands are recorded: in the served desk, and there alone.

At a terminal nobody waits for lists; the next reader catches up.
"""

import logging

from masthead.newsroom.evidence.log import Receipt, recorded
from masthead.newsroom.worklist.catching_up import catch_up
from masthead.newsroom.worklist.sight import NOTHING

log = logging.getLogger(__name__)


def follow() -> None:
    """Catch up after each command of this process from here on."""
    recorded.connect(_recorded, dispatch_uid="masthead.worklist")


def unfollow() -> None:
    """No longer do."""
    recorded.disconnect(dispatch_uid="masthead.worklist")


def _recorded(receipt: Receipt, **_: object) -> None:
    # What many items have to be looked at for is left to readers: who paused a system does not wait for it.
    catch_up(due=NOTHING)
