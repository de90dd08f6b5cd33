"""Options and arguments that several commands take, each said once."""

from pathlib import Path
from typing import Annotated

import typer

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who acts.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Item = Annotated[str, typer.Argument(metavar="ITEM", help="The item's id, or how it begins (six letters).")]
Ai = Annotated[
    list[str] | None,
    typer.Option("--ai", metavar="USE", help="What AI did: “SYSTEM, TASK, TIER”; once for each use."),
]
Sources = Annotated[
    list[Path] | None,
    typer.Option("--source", metavar="PATH", help="What it was made from; once for each source."),
]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", help="What to call it; else what it calls itself.")
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang", metavar="TAG", help="The text's language, such as en or fr; auto looks for itself."
    ),
]
Interest = Annotated[
    bool | None,
    typer.Option(
        "--public-interest/--no-public-interest", help="Whether it is of public interest; else yes."
    ),
]
Realistic = Annotated[
    bool | None,
    typer.Option(
        "--realistic/--not-realistic", help="Whether a picture may pass for a real scene; else yes."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="The folder to write; else published/ITEM.", show_default=False
    ),
]
