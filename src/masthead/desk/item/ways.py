"""Where on the desk an obstacle is cleared: each way out the gate can name, with its address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from masthead.gate import findings, floor
from masthead.gate.clearance import Obstacle
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.review.on_record import OnRecord
from masthead.newsroom.said import key

SHORT: Mapping[str, Message] = {
    findings.FIX.template: Message("Fix it"),
    findings.WAIVE.template: Message("Waive…"),
    "Take it out in a new version.": Message("Take it out"),
    "Add the source it comes from.": Message("Add its source"),
    "Record the AI use that the file declares.": Message("Record the AI use"),
}
"""Ways out of a finding, in few words."""

OWN: Mapping[str, Message] = {
    floor.ANY_SIGNER.template: Message("Read and sign off"),
    floor.OTHER_SIGNER.template: Message("Read and sign off"),
    "Wait until the steward lifts the pause.": Message("Lift the pause"),
    "Ask the steward to approve it.": Message("Approve it"),
}
"""Ways out told of somebody who may take them, as that very person reads them."""

type Place = Callable[[OnRecord, Obstacle], str]


@dataclass(frozen=True, slots=True)
class Way:
    """A way out in words, and where it is taken; the address is empty where it is for someone else to take.

    `pressed` is whether it is done at once by a button, not on a page of its own. `said` is what a person
    reads whose very own it is to do, in place of words about somebody who may.
    """

    words: Message
    address: str
    pressed: bool = False
    said: Message | None = None

    @property
    def link(self) -> str:
        """The words as a link has them."""
        return str(self.said or self.words).rstrip(".。")

    @property
    def short(self) -> str:
        """The words where there is little room: beside the text."""
        return self.link if self.said else str(SHORT.get(self.words.template, self.link))

    @property
    def own(self) -> bool:
        """Whether it is for this very person to do, and so a button."""
        return self.said in OWN.values()

    @property
    def waives(self) -> bool:
        """Whether it is to waive, which is done beside the words."""
        return self.words.template == findings.WAIVE.template


def way(words: Message, seen: OnRecord, obstacle: Obstacle, who: Someone) -> Way:
    """A way out of `obstacle` with its address; KeyError for one that nobody has given an address."""
    action, place = PLACES[words.template]
    address = place(seen, obstacle) if who.may(action) else ""
    return Way(words, address, pressed=place is CHECK, said=_own(words, seen, who))


def _own(words: Message, seen: OnRecord, who: Someone) -> Message | None:
    """What `who` reads of a way that speaks of somebody who may, where that is `who`."""
    own = OWN.get(words.template)
    if words.template in (floor.ANY_SIGNER.template, floor.OTHER_SIGNER.template):
        made = words.template == floor.OTHER_SIGNER.template and who.id in seen.makers
        return own if who.may(Action.SIGN_OFF) and not made else None
    return own if who.may(Action.DECIDE_ON_SYSTEM) else None


ITEM, FINDING = "an-item", "a-finding"
"""Stand in an address for the ids, which are letters and digits: a page names dozens of addresses."""


@cache
def _pattern(name: str, *stand_ins: str) -> str:
    return reverse(f"desk:{name}", args=stand_ins)


def _at(name: str, seen: OnRecord) -> str:
    return _pattern(name, ITEM).replace(ITEM, seen.item.public_id)


def _about(name: str) -> Place:
    return lambda seen, _: _at(name, seen)


def _answers(seen: OnRecord, _: Obstacle) -> str:
    return _at("new_version", seen) + "#answers"


def _uses(seen: OnRecord, _: Obstacle) -> str:
    return _at("new_version", seen) + "#uses"


def _waive(seen: OnRecord, obstacle: Obstacle) -> str:
    if obstacle.finding is None:
        return _at("item", seen)
    whole = _pattern("waive", ITEM, FINDING)
    return whole.replace(ITEM, seen.item.public_id).replace(FINDING, obstacle.finding)


def _mend(seen: OnRecord, obstacle: Obstacle) -> str:
    named = {"finding": obstacle.finding} if obstacle.finding else {}
    return _at("new_version", seen) + (f"?{urlencode(named)}" if named else "")


def _use(seen: OnRecord, obstacle: Obstacle) -> str:
    named = {"system": obstacle.system} if obstacle.system else {}
    return _at("add_use", seen) + (f"?{urlencode(named)}" if named else "")


def _system(seen: OnRecord, obstacle: Obstacle) -> str:
    known = seen.systems.get(key(obstacle.system or ""))
    if known is not None:
        return reverse("desk:system", args=[known.pk])
    return reverse("desk:new_system") + "?" + urlencode({"name": obstacle.system or ""})


CHECK = _about("check")
NEW_VERSION = (Action.WORK_ON_ITEM, _mend)
SOURCE = (Action.WORK_ON_ITEM, _about("add_source"))
USE = (Action.WORK_ON_ITEM, _use)
PUT_RIGHT = (Action.WORK_ON_ITEM, _uses)
RUN = (Action.WORK_ON_ITEM, CHECK)
SIGN_OFF = (Action.SIGN_OFF, _about("sign_off"))
PUBLISH = (Action.PUBLISH, _about("publish"))
SYSTEM = (Action.SEE_REGISTER, _system)
PLACES: Mapping[str, tuple[Action, Place]] = {
    findings.FIX.template: NEW_VERSION,
    findings.WAIVE.template: (Action.WAIVE, _waive),
    "Take it out in a new version.": NEW_VERSION,
    "Make a new version without it.": NEW_VERSION,
    "Make a new version with a system that is approved.": NEW_VERSION,
    "If the tier was recorded by mistake, put the record right and say why.": PUT_RIGHT,
    "Record the task.": PUT_RIGHT,
    "Add the source it comes from.": SOURCE,
    "Record the AI use that the file declares.": USE,
    "Record the AI use.": USE,
    floor.ANY_SIGNER.template: SIGN_OFF,
    floor.OTHER_SIGNER.template: SIGN_OFF,
    "Look at what changed and sign off again.": SIGN_OFF,
    "Have an editor sign it off, and put on record who holds editorial responsibility.": SIGN_OFF,
    "Run the checks.": RUN,
    "Mend what stopped the check, then run the checks again.": RUN,
    "Register it with an accountable person, and have it approved.": SYSTEM,
    "Ask the steward to approve it.": SYSTEM,
    "Wait until the steward lifts the pause.": SYSTEM,
    "Look up its data terms and training opt-out, and record them in the register.": SYSTEM,
    "Publish it with the mark.": PUBLISH,
    "Publish it with the label.": PUBLISH,
    "Publish with the disclosure made from the record.": PUBLISH,
    "Answer that it is not realistic, if nobody could take it for real.": (Action.WORK_ON_ITEM, _answers),
}
"""For a way out, by its template, whose it is to take and where."""
