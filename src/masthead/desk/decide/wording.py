"""Words for what stands in the record, shared by the pages on which somebody decides."""

from masthead.language import Message, Value
from masthead.newsroom.items.models import AIUse
from masthead.vocabulary import LABELS

NO_TASK = Message("a task not said")


def answered(answer: bool | None) -> Message:
    """What was answered to a question about the item as a whole."""
    if answer is None:
        return Message("not answered, so it counts as yes")
    return Message("yes") if answer else Message("no")


def named_use(use: AIUse, *, part: bool = True) -> Message:
    """An AI use in a line: system, task, how much it matters, and with `part` which words."""
    task = use.for_task
    said: dict[str, Value] = {
        "system": use.system,
        "task": LABELS[task] if task else NO_TASK,
        "tier": LABELS[use.at_tier],
        "code": use.tier,
    }
    if not part or not use.quote:
        return Message("%(system)s: %(task)s, %(tier)s (%(code)s)", said)
    return Message(
        "%(system)s: %(task)s, %(tier)s (%(code)s), in “%(part)s”", {**said, "part": _cut(use.quote)}
    )


def _cut(words: str, longest: int = 80) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= longest else shown[:longest].rsplit(" ", 1)[0] + "…"
