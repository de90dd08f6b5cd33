"""`masthead person`: who works here, and in which role."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import answer, as_json, pair, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Role

if TYPE_CHECKING:
    from masthead.newsroom.accounts.models import Person

app = typer.Typer(no_args_is_help=True, help="Who works here, and in which role.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Their name, as it is on record.")]
ROLES = one_of(Role)
OneRole = Annotated[
    Role, typer.Argument(metavar="ROLE", parser=ROLES, help=f"What they may do: {listed(Role)}.")
]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What passwords are made of: none that is taken for another. 16 of 31 are 79 bits."""


@app.command()
def add(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name, or an office such as “the duty editor”.")
    ],
    role: Annotated[
        list[Role],
        typer.Option(
            "--role", metavar="ROLE", parser=ROLES, help=f"What they may do, once for each: {listed(Role)}."
        ),
    ],
    office: Annotated[bool, typer.Option("--office", help="The name is an office, not a person.")] = False,
    until: Annotated[
        datetime | None,
        typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="The last day they may act."),
    ] = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Add a person or an office."""
    desk.open_desk()
    from masthead.newsroom.accounts.commands import add_person

    added = add_person(desk.acting(by), name, role, office=office, ends_on=until.date() if until else None)
    _answer(added, gettext("Added."), json=json)


@app.command()
def grant(name: Name, role: OneRole, by: By = None, json: Json = False) -> None:
    """Give a person one more role."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.accounts.commands import grant_role

    person = named(name)
    grant_role(desk.acting(by), person, role)
    _answer(person, gettext("Given."), json=json)


@app.command("end")
def end(name: Name, role: OneRole, by: By = None, json: Json = False) -> None:
    """End a person's role, at once."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.accounts.commands import end_role

    person = named(name)
    end_role(desk.acting(by), person, role)
    _answer(person, gettext("Ended."), json=json)


@app.command()
def login(
    name: Name,
    email: Annotated[
        str, typer.Option("--email", metavar="ADDRESS", help="Their e-mail address, to log in with.")
    ],
    by: By = None,
    json: Json = False,
) -> None:
    """Give a person a login to the desk, or a new password. An invitation from the desk is the better way.

    The password is made here, and shown this once.
    """
    desk.open_desk()
    from secrets import choice

    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.accounts.commands import give_login

    password = "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(4))
    account = give_login(desk.acting(by), named(name), email, password)
    if json:
        as_json({"email": account.email, "password": password})
        return
    say(Message("Login: %(email)s", {"email": account.email}))
    say(Message("Password, shown this once: %(password)s", {"password": password}))


@app.command("list")
def list_people(json: Json = False) -> None:
    """List who works here."""
    desk.open_desk()
    from masthead.labels.dates import spoken
    from masthead.newsroom.accounts.models import Person
    from masthead.newsroom.said import readable

    people = [_told(person) for person in Person.objects.order_by("name")]
    if json:
        as_json({"people": [asdict(person) for person in people]})
        return
    for person in people:
        roles = ", ".join(str(LABELS[Role(role)]) for role in person.roles) or gettext("no role")
        told = {"name": readable(person.name), "roles": roles}
        if person.until:
            until = told | {"day": spoken(date.fromisoformat(person.until))}
            say(Message("%(name)s: %(roles)s, until %(day)s", until))
        else:
            say(pair(told["name"], roles))


def _answer(person: "Person", said: str, *, json: bool) -> None:
    answer(asdict(_told(person)), said, json=json)


def _told(person: "Person") -> "_Told":
    return _Told(
        name=person.name,
        office=person.office,
        until=person.ends_on.isoformat() if person.ends_on else None,
        roles=sorted(person.grants.filter(ended_at=None).values_list("role", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    name: str
    office: bool
    until: str | None
    roles: list[str]
