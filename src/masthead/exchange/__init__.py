"""The post: whatever goes out to the network goes out here, and to no private address.

    got = fetch("https://herald.example/story")           # Fetched: bytes, media type, hash, time
    sent = send("https://cms.example/hook", body, {...})  # Sent: the status
    answered = ask("https://witness.example/add-checkpoint", body, {...})  # Answered: status and bytes

The name is looked up by us, every address it has must be public, and the connection goes to the very
address that was looked at; so it is on every redirect. `Limits` bound size, time and redirects, `Allow`
names what may be reached besides: an organisation's own CMS, a server in a test. Several fetches share one
`Deadline` where somebody waits for all of them. No proxy, cookie or password
comes along.
"""

from masthead.exchange.addresses import PUBLIC_ONLY, Allow
from masthead.exchange.errors import (
    AddressRefused,
    BadAddress,
    NotWanted,
    RobotsRefuse,
    TooLarge,
    Unreachable,
)
from masthead.exchange.limits import Limits
from masthead.exchange.line import Deadline
from masthead.exchange.place import checked
from masthead.exchange.post import Answered, Fetched, Sent, ask, fetch, send

__all__ = [
    "PUBLIC_ONLY",
    "AddressRefused",
    "Allow",
    "Answered",
    "BadAddress",
    "Deadline",
    "Fetched",
    "Limits",
    "NotWanted",
    "RobotsRefuse",
    "Sent",
    "TooLarge",
    "Unreachable",
    "ask",
    "checked",
    "fetch",
    "send",
]
