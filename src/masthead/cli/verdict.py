"""A reading of a credential in plain words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from masthead.credentials.said import Declared, Place, State, Step
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Task

if TYPE_CHECKING:
    from masthead.credentials import Reading

_VERDICT = {
    State.TRUSTED: Message("Trusted: intact, and sealed by %(signer)s."),
    State.VALID: Message("Intact, but not trusted: sealed by %(signer)s, whom you have not said you trust."),
    State.INVALID: Message("Invalid: do not rely on what this credential says."),
    State.NONE: Message("No credential: the file does not say where it comes from."),
}
_STYLE = {State.TRUSTED: "green", State.VALID: "yellow", State.INVALID: "red", State.NONE: "yellow"}
_WHERE = {
    Place.THIS: Message("in its credential"),
    Place.EARLIER: Message("in the credential of an earlier version"),
    Place.METADATA: Message("in its descriptive data, which anyone can change"),
}

type Line = tuple[Message | str, str | None]


def lines(reading: "Reading") -> Iterator[Line]:
    """Each line with its style: the verdict first."""
    signer = reading.signer or gettext("somebody unnamed")
    yield Message(_VERDICT[reading.state].template, {"signer": signer}), f"bold {_STYLE[reading.state]}"
    for code, message in dict.fromkeys((problem.code, str(problem.message)) for problem in reading.problems):
        yield Message("  %(message)s [%(code)s]", {"message": message, "code": code}), None
    if reading.ai:
        yield Message("What it says of AI:"), "bold"
        yield from ((_ai(one), None) for one in reading.ai)
    if reading.history:
        yield Message("History, newest first:"), "bold"
        yield from ((_step(one), None) for one in reading.history)


def _ai(one: Declared) -> Message:
    done = LABELS.get(Task(one.task)) if one.task in {task.value for task in Task} else None
    what = done or one.task or one.action or one.source_type or ""
    said: list[Message | str] = [one.system or Message("an AI system"), what]
    said += [extra for extra in (one.tier, one.source_type) if extra and extra != what]
    return Message(
        "  %(said)s (%(where)s)", {"said": ", ".join(str(s) for s in said if s), "where": _WHERE[one.where]}
    )


def _step(one: Step) -> Message:
    if one.manifest is None:
        return Message("  a file without a credential (%(relation)s)", {"relation": one.relation})
    done = ", ".join(action.action for action in one.actions) or "-"
    who = one.signer or gettext("somebody unnamed")
    if one.time:
        return Message("  %(who)s, %(time)s: %(done)s", {"who": who, "time": one.time, "done": done})
    return Message("  %(who)s: %(done)s", {"who": who, "done": done})
