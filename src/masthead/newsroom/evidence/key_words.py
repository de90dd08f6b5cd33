"""Words for how a key of the log stands, and why it changed."""

from masthead.language import Message
from masthead.tlog.handover import Ground
from masthead.tlog.key_list import State

CAME = {
    Ground.ROTATED: Message("handed over by the key before it"),
    Ground.LOST: Message("the key before it was lost"),
    Ground.STOLEN: Message("the key before it may be in other hands"),
    Ground.OTHER: Message("the key before it no longer serves"),
}
"""Why a key came in."""
WENT = {
    Ground.LOST: Message("lost"),
    Ground.STOLEN: Message("it may be in other hands"),
    Ground.OTHER: Message("it no longer serves"),
}
"""Why a key no longer counts."""
STATES = {
    State.CURRENT: Message("signs now"),
    State.ALONG: Message("still signs as well"),
    State.EARLIER: Message("signed earlier"),
    State.REVOKED: Message("revoked"),
}
