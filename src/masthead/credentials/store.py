"""A manifest store as the SDK reports it, read without believing its shape: whoever wrote it chose it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

TEXT = 300
"""Code points kept of any text out of a file."""
MANY = 500
"""Entries looked at in any list out of a file."""
DEEP = 40
"""Levels looked at in any nesting out of a file."""

ACTIONS = ("c2pa.actions", "c2pa.actions.v2")


def mapping(value: object) -> dict[str, Any]:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """The first entries of `value` if it is a list, else none."""
    return value[:MANY] if isinstance(value, list) else []


def text(value: object) -> str | None:
    """`value` if it is text with something in it, cut to `TEXT`."""
    return value.strip()[:TEXT] or None if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What a manifest was made from; `data` as reported."""

    data: dict[str, Any]

    @property
    def relation(self) -> str:
        """C2PA's relationship: `parentOf`, `componentOf` or `inputTo`."""
        return text(self.data.get("relationship")) or "componentOf"

    @property
    def manifest(self) -> str | None:
        """The label of its own manifest, where it has one."""
        return text(self.data.get("active_manifest"))

    @property
    def failures(self) -> list[str]:
        """Codes that the signer recorded against it when it took it in."""
        recorded = mapping(mapping(self.data.get("validation_results")).get("activeManifest"))
        found = [*listing(recorded.get("failure")), *listing(self.data.get("validation_status"))]
        return [code for code in (text(mapping(one).get("code")) for one in found) if code]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest; `data` as reported."""

    label: str
    data: dict[str, Any]

    @property
    def claim_version(self) -> int:
        """1 for C2PA 1.x, 2 since C2PA 2.0."""
        version = self.data.get("claim_version")
        return version if isinstance(version, int) else 1

    @property
    def ingredients(self) -> list[Ingredient]:
        """What it was made from, in order."""
        return [Ingredient(mapping(one)) for one in listing(self.data.get("ingredients"))]

    def assertions(self) -> Iterator[tuple[str, Any]]:
        """Label and data of each statement."""
        for one in listing(self.data.get("assertions")):
            label = text(mapping(one).get("label"))
            if label:
                yield label, mapping(one).get("data")

    def actions(self) -> Iterator[dict[str, Any]]:
        """Each action as reported, its software agent always in `softwareAgent`."""
        for label, data in self.assertions():
            if label.split("__")[0] not in ACTIONS:
                continue
            agents = listing(mapping(data).get("softwareAgents"))
            for action in map(mapping, listing(mapping(data).get("actions"))):
                index = action.get("softwareAgentIndex")
                if isinstance(index, int) and 0 <= index < len(agents):
                    yield action | {"softwareAgent": agents[index]}
                else:
                    yield action

    def templates(self) -> Iterator[dict[str, Any]]:
        """What holds for every action of a kind (actions v2)."""
        for label, data in self.assertions():
            if label.split("__")[0] in ACTIONS:
                yield from map(mapping, listing(mapping(data).get("templates")))


@dataclass(frozen=True, slots=True)
class Store:
    """The whole store; `data` as reported."""

    data: dict[str, Any]

    @property
    def active(self) -> str | None:
        """The label of the newest manifest."""
        return text(self.data.get("active_manifest"))

    def manifest(self, label: str | None) -> Manifest | None:
        """The manifest of that label."""
        found = mapping(self.data.get("manifests")).get(label or "")
        return Manifest(label, found) if label and isinstance(found, dict) else None

    def newest_first(self) -> Iterator[tuple[str, Manifest | None]]:
        """The relation to what came after, and the manifest (None: no credential); parents first."""
        waiting: list[tuple[str, str | None]] = [("this", self.active)]
        seen: set[str] = set()
        while waiting and len(seen) < MANY:
            relation, label = waiting.pop(0)
            manifest = None if label in seen else self.manifest(label)
            if label is not None and label in seen:
                continue
            seen.add(label or f"#{len(seen)}")
            yield relation, manifest
            if manifest is not None:
                made_from = sorted(manifest.ingredients, key=lambda one: one.relation != "parentOf")
                waiting.extend((one.relation, one.manifest) for one in made_from)

    def manifests(self) -> Iterator[Manifest]:
        """Every manifest: newest first, then those no history mentions. The SDK gives them in no order."""
        told = [manifest for _, manifest in self.newest_first() if manifest is not None]
        yield from told
        seen = {manifest.label for manifest in told}
        for label in sorted(mapping(self.data.get("manifests")).keys() - seen)[:MANY]:
            manifest = self.manifest(label)
            if manifest is not None:
                yield manifest


def agent(value: object) -> str | None:
    """The name of a software agent: text in C2PA 1.x, an object since."""
    return text(value) or text(mapping(value).get("name"))


def entries(value: object, depth: int = DEEP) -> Iterator[tuple[str, object]]:
    """Every key and value in a nesting of objects and lists, to a depth."""
    if depth == 0:
        return
    if isinstance(value, dict):
        for key, inner in islice(value.items(), MANY):
            yield str(key)[:TEXT], inner
            yield from entries(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value[:MANY]:
            yield from entries(inner, depth - 1)
