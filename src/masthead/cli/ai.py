"""The one parser of `--ai "SYSTEM, TASK, TIER"`."""

from difflib import get_close_matches

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.vocabulary import LABELS, Task, Tier


def parse_ai(said: str) -> tuple[str, Task, Tier]:
    """System, task and tier, read from the right, so that a system's name may hold commas.

    Task and tier are read in any case, with `-` or `_` for a space; a task also by its label in the active
    language. Raises `CannotRead`, listing what there is.
    """
    parts = [part.strip() for part in said.rsplit(",", 2)]
    if len(parts) != 3 or not all(parts):
        raise CannotRead(
            Message("An AI use is given as “SYSTEM, TASK, TIER”; “%(said)s” is not.", {"said": said}),
            Message(
                'For example: --ai "Example Translator 2, translation, T2". Tasks: %(tasks)s.',
                {"tasks": _tasks()},
            ),
        )
    system, task, tier = parts
    return " ".join(system.split()), _task(task), _tier(tier)


def _tasks() -> str:
    return ", ".join(str(LABELS[task]) for task in Task)


def _task(said: str) -> Task:
    plain = " ".join(said.replace("-", " ").replace("_", " ").casefold().split())
    named = {str(LABELS[task]).casefold(): task for task in Task} | {task.value: task for task in Task}
    if plain in named:
        return named[plain]
    near = get_close_matches(plain, named, n=1)
    what = Message("“%(said)s” is not a task.", {"said": said})
    if near:
        raise CannotRead(
            what, Message("Did you mean “%(near)s”? Tasks: %(tasks)s.", {"near": near[0], "tasks": _tasks()})
        )
    raise CannotRead(what, Message("Use one of these tasks: %(tasks)s.", {"tasks": _tasks()}))


def _tier(said: str) -> Tier:
    for tier in Tier:
        if tier.value.casefold() == said.casefold():
            return tier
    raise CannotRead(
        Message("“%(said)s” is not a tier.", {"said": said}),
        Message(
            "Use T0 (incidental), T1 (assistive), T2 (material), T3 (autonomous) or TX (prohibited), "
            "after the task: “SYSTEM, TASK, TIER”."
        ),
    )
