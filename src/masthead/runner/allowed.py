"""What the child may be asked to run: a list filled by code, never by data."""

import re

_TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")

_targets: dict[str, str] = {}


def register(name: str, target: str) -> None:
    """Allow `call(name, ...)` to run `target`, written `package.module:function`.

    The function is called in the child as `function(header, *blobs)` and gives `(header, blobs)`: a JSON
    object and a sequence of bytes. It may raise a `masthead.errors.MastheadError`, which reaches the
    caller as it is. Its module is imported in the child alone. Registering the same pair again is
    harmless.

    Raises:
        ValueError: `target` is not of that form, or `name` already stands for another function.

    """
    if not _TARGET.fullmatch(target):
        raise ValueError("a target is written package.module:function")
    if _targets.setdefault(name, target) != target:
        raise ValueError("this name already stands for another function")


def target(name: str) -> str:
    """What `name` stands for; `KeyError` if nobody registered it."""
    return _targets[name]
