"""The settings, from the docstrings beside them."""

import ast
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from masthead.newsroom.site import home
from masthead.reading.limits import USUAL

HEAD = f"""# Settings

<!-- Written by `make reference` from src/masthead/newsroom/site/home.py; do not edit. -->

Every setting has a default that works. Say another in `config.toml` in the home folder (`.masthead`, or what
`MASTHEAD_HOME` names), or in the environment, which wins.

```toml
# .masthead/config.toml
address = "https://desk.example.org"
behind_proxy = true

[checks]
bylines = "1.4.0"
```

Two more stand in the environment alone: `MASTHEAD_HOME` is the home folder, and `MASTHEAD_SECRET_KEY`, where
it is set, signs sessions instead of `keys/django.key`.

What is set nowhere: a text has at most {USUAL.characters:,} characters and {USUAL.blocks:,} paragraphs
or lines. A whole novel fits; what is longer is refused and never cut.
"""
TABLES = ("checks", "oidc")
"""Settings that are tables: they stand in the file alone."""


def page() -> str:
    """The page, in Markdown."""
    defaults = {each.name: each for each in fields(home.Settings)}
    parts = [HEAD]
    for name, said in _said():
        default = defaults[name].default
        shown = "empty" if default is MISSING or default in ("", ()) else f"`{_toml(default)}`"
        table, variable = f"In `config.toml`: the table `[{name}]`", f"Environment: `MASTHEAD_{name.upper()}`"
        where = table if name in TABLES else variable
        parts.append(f"## {name}\n\n{said}\n\n{where} · default: {shown}\n")
    return "\n".join(parts)


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _said() -> Iterator[tuple[str, str]]:
    """Each setting, and the docstring that follows it."""
    tree = ast.parse(Path(home.__file__).read_text(encoding="utf-8"))
    (body,) = (each.body for each in tree.body if isinstance(each, ast.ClassDef) and each.name == "Settings")
    for declared, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
            match after:
                case ast.Expr(value=ast.Constant(value=str(said))):
                    lines = [line.strip() for line in said.splitlines()]
                    yield declared.target.id, "\n".join(lines).strip()
                case _:
                    raise SystemExit(f"the setting {declared.target.id} has no docstring")
