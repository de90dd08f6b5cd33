"""`masthead data`: what is kept of people, for how long, what is held, and how it is erased."""

import typer

from masthead.cli import erasing, finishing, holding, retaining
from masthead.cli.output import as_json, say
from masthead.cli.taking import Json
from masthead.language import Message

app = typer.Typer(no_args_is_help=True, help="What is kept of people, for how long, and how it is erased.")
app.command("erase")(erasing.erase)
app.command("finish")(finishing.finish)
app.command("hold")(holding.hold)
app.command("lift")(holding.lift)
app.command("holds")(holding.holds)
app.command("retention")(retaining.retention)
app.command("minimum")(retaining.minimum)


@app.command()
def inventory(json: Json = False) -> None:
    """List where personal data can stand: each column and sealed field that holds any, and how it goes."""
    from masthead.newsroom.retention.inventory import COLUMNS, FIELDS, HOW, WHAT, Holds

    columns = [
        (f"{table}.{column}", holds) for table, found in COLUMNS.items() for column, holds in found.items()
    ]
    if json:
        of_log = [(f"log: {name}", holds) for name, holds in FIELDS.items()]
        told = [(where, holds) for where, holds in (*columns, *of_log) if holds is not Holds.NOTHING]
        as_json({"inventory": [{"where": where, "holds": holds.value} for where, holds in told]})
        return
    for kind in Holds:
        places = [where for where, holds in columns if holds is kind]
        places += [
            str(Message("sealed field of the log: %(name)s", {"name": name}))
            for name, holds in FIELDS.items()
            if holds is kind
        ]
        if places and kind is not Holds.NOTHING:
            say(Message("%(what)s: %(how)s", {"what": WHAT[kind], "how": HOW[kind]}), "bold")
            for place in places:
                say(f"  {place}")
