"""Which checks there are: ours by name, others' by the entry-point group `masthead.checks`.

Nothing of a check is imported until it is loaded, and nothing of others' is imported in this process at
all: a plug-in is known by what its distribution says of itself, and runs in the runner's child. Others'
checks exist only where an allow-list names them, id and version of the distribution; ours cannot be
shadowed by a plug-in of the same id.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from masthead.checks.finding import Check
from masthead.checks.plugin import PlugIn
from masthead.errors import NotFound, NotReady
from masthead.language import Message

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "masthead.checks"

OURS: Mapping[str, str] = {
    "traceability": "masthead.checks.traceability:Traceability",
    "personal_data": "masthead.checks.personal_data:PersonalData",
    "credentials_on_arrival": "masthead.checks.credentials_on_arrival:CredentialsOnArrival",
    "declared_use": "masthead.checks.declared_use:DeclaredUse",
}
"""Our own checks, in the order in which they run."""

NONE: Mapping[str, str] = {}


def names(allowed: Mapping[str, str] = NONE) -> tuple[str, ...]:
    """Ids of the checks that a run asks for when nobody says which: ours, then every one allowed."""
    return (*OURS, *(name for name in allowed if name not in OURS))


def available(allowed: Mapping[str, str] = NONE) -> dict[str, Check]:
    """Ours and the allowed plug-ins, by id. Raises as `load` does for one that is allowed and not there."""
    return {name: load(name, allowed) for name in names(allowed)}


def load(name: str, allowed: Mapping[str, str] = NONE) -> Check:
    """The check of that id, ready to be called.

    Raises `NotFound` where none of that id is installed, `NotReady` where one is installed that the
    allow-list does not name at that version, or several that cannot be told apart.
    """
    if name in OURS:
        module, _, attribute = OURS[name].partition(":")
        check: Check = getattr(import_module(module), attribute)()
        return check
    return _plug_in(name, allowed)


def plug_ins() -> dict[str, tuple["EntryPoint", ...]]:
    """Others' checks that are installed, by id; ours left out. Usually one entry point for each."""
    from importlib.metadata import entry_points  # slow to import, and most runs ask for none

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in entry_points(group=GROUP):
        if point.name not in OURS:
            found[point.name] = (*found.get(point.name, ()), point)
    return found


def _plug_in(name: str, allowed: Mapping[str, str]) -> PlugIn:
    points = plug_ins().get(name, ())
    if not points:
        raise NotFound(
            Message("No check of that name is installed."),
            Message("Install the plug-in that brings it, or take it off the list of required checks."),
        )
    if len(points) > 1:
        raise NotReady(
            Message("Several installed plug-ins bring a check of that name."),
            Message("Uninstall all but one of them."),
        )
    dist = points[0].dist
    version = "" if dist is None else dist.version
    if dist is None or allowed.get(name) != version:
        raise NotReady(
            Message(
                "A plug-in brings this check at version %(version)s, which is not allowed here.",
                {"version": version},
            ),
            Message("Read what it does, then allow it by its id and this version."),
        )
    return PlugIn(name, version, points[0].value, str(dist.locate_file("")))
