"""From a manifest store: its history, the AI it declares, and the faults that the SDK lets pass."""

from collections.abc import Iterator
from dataclasses import replace

from masthead.credentials.manifest import AI_USE
from masthead.credentials.said import Action, Declared, Fault, Place, Step
from masthead.credentials.source_types import Standing, recognise
from masthead.credentials.store import Manifest, Store, agent, entries, listing, mapping, text

_MODELS = ("c2pa.types.generator", "c2pa.types.model")
"""Data types of ingredients that feed or are a model: C2PA Technical Specification, "Data types"."""

_MADE_FROM = frozenset({"humanEdits", "algorithmicallyEnhanced", "composite", "compositeCapture"})
"""Source types that cannot be without something earlier."""


def steps(store: Store) -> Iterator[Step]:
    """The versions, newest first."""
    for relation, manifest in store.newest_first():
        if manifest is None:
            yield Step(None, relation)
            continue
        signature = mapping(manifest.data.get("signature_info"))
        yield Step(
            manifest.label,
            relation,
            text(signature.get("issuer")) or text(signature.get("common_name")),
            text(signature.get("time")),
            _software(manifest),
            tuple(_action(one) for one in manifest.actions()),
        )


def _software(manifest: Manifest) -> str | None:
    named = [agent(one) for one in listing(manifest.data.get("claim_generator_info"))]
    return next(filter(None, named), None) or text(manifest.data.get("claim_generator"))


def _action(one: dict[str, object]) -> Action:
    given = text(one.get("digitalSourceType"))
    return Action(
        text(one.get("action")) or "?",
        agent(one.get("softwareAgent")),
        given and (recognise(given).term or given),
        text(one.get("when")),
    )


def declared(store: Store) -> Iterator[Declared]:
    """Every AI use that any manifest of the store declares, each once."""
    seen: set[Declared] = set()
    for manifest in store.manifests():
        where = Place.THIS if manifest.label == store.active else Place.EARLIER
        for one in _of_manifest(manifest, where):
            if one not in seen:
                seen.add(one)
                yield one


def _of_manifest(manifest: Manifest, where: Place) -> list[Declared]:
    found = [
        Declared(where, action.system, action.action, source_type=action.source_type)
        for action in map(_action, [*manifest.actions(), *manifest.templates()])
        if _is_ai(action.source_type)
    ]
    found += _of_statements(manifest, where, {one.source_type for one in found})
    for ingredient in manifest.ingredients:
        kinds = [text(mapping(one).get("type")) or "" for one in listing(ingredient.data.get("data_types"))]
        if any(kind.startswith(_MODELS) for kind in kinds):
            found.append(Declared(where, None, ingredient.relation))
    return _without_doubles(_with_own(manifest, where, found))


def _without_doubles(found: list[Declared]) -> list[Declared]:
    """Without the nameless ones that a named one of the same source type explains."""
    named = {one.source_type for one in found if one.system}
    return [one for one in found if one.system or one.source_type not in named or one.source_type is None]


def _is_ai(source_type: str | None) -> bool:
    return source_type is not None and recognise(source_type).is_ai


def _of_statements(manifest: Manifest, where: Place, told: set[str | None]) -> Iterator[Declared]:
    """Source types and AI systems in descriptive statements (CAWG metadata, schema.org, IPTC)."""
    for label, data in manifest.assertions():
        if label.startswith(("c2pa.actions", AI_USE)):
            continue
        for key, value in entries(data):
            name, said = key.rpartition(":")[2].lower(), text(value)
            if said and name == "digitalsourcetype" and _is_ai(said) and recognise(said).term not in told:
                yield Declared(where, source_type=recognise(said).term)
            elif said and name == "aisystemused":
                yield Declared(where, said)


def _with_own(manifest: Manifest, where: Place, found: list[Declared]) -> list[Declared]:
    """The uses in our own statement, joined with the actions that tell of the same."""
    for label, data in manifest.assertions():
        if label.split("__")[0] != AI_USE:
            continue
        for use in map(mapping, listing(mapping(data).get("uses"))):
            system, task, tier = (text(use.get(key)) for key in ("system", "task", "tier"))
            same = next((d for d in found if d.system == system and d.task is None), None)
            if same is None:
                found.append(Declared(where, system, None, task, tier))
            else:
                found[found.index(same)] = replace(same, task=task, tier=tier)
    return found


def faults(store: Store) -> Iterator[Fault]:
    """What the SDK lets pass: source types, a history that does not start or was cut, a broken parent."""
    for manifest in store.manifests():
        where = Place.THIS if manifest.label == store.active else Place.EARLIER
        yield from _of_source_types(manifest, where)
        yield from _of_start(manifest, where)
        for ingredient in manifest.ingredients:
            broken = [code for code in ingredient.failures if code != "signingCredential.untrusted"]
            if broken:
                yield Fault("masthead.parent.invalid", broken[0], Place.EARLIER)


def _of_source_types(manifest: Manifest, where: Place) -> Iterator[Fault]:
    given = [text(one.get("digitalSourceType")) for one in (*manifest.actions(), *manifest.templates())]
    for label, data in manifest.assertions():
        if not label.startswith("c2pa.actions"):
            given += [
                text(v) for k, v in entries(data) if k.rpartition(":")[2].lower() == "digitalsourcetype"
            ]
    for one in dict.fromkeys(filter(None, given)):
        standing = recognise(one).standing
        if standing is not Standing.KNOWN:
            yield Fault(f"masthead.sourceType.{standing}", one, where)


def _of_start(manifest: Manifest, where: Place) -> Iterator[Fault]:
    """C2PA 2.x, "Mandatory presence of at least one actions assertion"; 1.x had no such rule."""
    told = list(manifest.actions())
    parents = [one for one in manifest.ingredients if one.relation == "parentOf"]
    starts = [one for one in told if one.get("action") in ("c2pa.created", "c2pa.opened")]
    if manifest.claim_version >= 2 and not starts:
        yield Fault("masthead.firstAction.missing", where=where)
    for one in starts:
        term = recognise(text(one.get("digitalSourceType")) or "").term
        made_from = one["action"] == "c2pa.opened" or term in _MADE_FROM
        if made_from and not parents and not manifest.ingredients:
            yield Fault("masthead.parent.missing", where=where)
            return
