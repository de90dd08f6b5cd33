"""`masthead data`: what is kept of people, for how long, what is held, and how it is erased."""

import typer

from masthead.cli import erasing, holding, retaining
from masthead.cli.output import as_json, say
from masthead.cli.taking import Json
from masthead.language import Message

app = typer.Typer(no_args_is_help=True, help="What is kept of people, for how long, and how it is erased.")
app.command("erase")(erasing.erase)
app.command("finish")(erasing.finish)
app.command("hold")(holding.hold)
app.command("lift")(holding.lift)
app.command("holds")(holding.holds)
app.command("retention")(retaining.retention)
app.command("minimum")(retaining.minimum)


@app.command()
def inventory(json: Json = False) -> None:
    """List where personal data can stand: each column and sealed field that holds any, and how it goes."""
    from masthead.newsroom.retention.inventory import COLUMNS, FIELDS, HOW, Holds

    found = [
        {"where": f"{table}.{column}", "holds": holds.value}
        for table, columns in COLUMNS.items()
        for column, holds in columns.items()
    ] + [{"where": f"log: {name}", "holds": holds.value} for name, holds in FIELDS.items()]
    found = [each for each in found if each["holds"] != Holds.NOTHING]
    if json:
        as_json({"inventory": found})
        return
    for holds in Holds:
        places = [each["where"] for each in found if each["holds"] == holds]
        if places:
            say(Message("%(what)s: %(how)s", {"what": holds.value, "how": HOW[holds]}), "bold")
            for place in places:
                say(f"  {place}")
