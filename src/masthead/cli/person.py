"""`masthead person`: who works here, and in which role."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, say
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Role

app = typer.Typer(no_args_is_help=True, help="Who works here, and in which role.")

By = Annotated[str | None, typer.Option("--by", help="Who acts.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="A name, or an office such as “the duty editor”.")],
    role: Annotated[list[Role], typer.Option("--role", help="What they may do; repeatable.")],
    office: Annotated[bool, typer.Option("--office", help="The name is an office, not a person.")] = False,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day they may act.")
    ] = None,
    by: By = None,
) -> None:
    """Add a person or an office."""
    desk.open_desk()
    from masthead.newsroom.accounts.commands import add_person

    add_person(desk.acting(by), name, role, office=office, ends_on=until.date() if until else None)
    say(gettext("Added."))


@app.command()
def grant(name: str, role: Role, by: By = None) -> None:
    """Give a person one more role."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.accounts.commands import grant_role

    grant_role(desk.acting(by), named(name), role)
    say(gettext("Given."))


@app.command("end")
def end(name: str, role: Role, by: By = None) -> None:
    """End a person's role, at once."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.accounts.commands import end_role

    end_role(desk.acting(by), named(name), role)
    say(gettext("Ended."))


@app.command("list")
def list_people(json: Json = False) -> None:
    """List who works here."""
    desk.open_desk()
    from masthead.newsroom.accounts.models import Person

    people = [
        _Told(
            name=person.name,
            office=person.office,
            until=person.ends_on.isoformat() if person.ends_on else None,
            roles=sorted(person.grants.filter(ended_at=None).values_list("role", flat=True)),
        )
        for person in Person.objects.order_by("name")
    ]
    if json:
        as_json({"people": [asdict(person) for person in people]})
        return
    for person in people:
        roles = ", ".join(str(LABELS[Role(role)]) for role in person.roles) or gettext("no role")
        ending = Message(", until %(day)s", {"day": person.until}) if person.until else ""
        say(f"{person.name}: {roles}{ending}")


@dataclass(frozen=True, slots=True)
class _Told:
    name: str
    office: bool
    until: str | None
    roles: list[str]
