"""`masthead register`: the AI systems in use, and whether they may be."""

import shlex
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import answer, as_json, pair, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Stage, SystemStatus, Tier, UseLevel

if TYPE_CHECKING:
    from masthead.newsroom.register.models import AISystem

app = typer.Typer(
    no_args_is_help=True, help="The AI systems in use: who answers for each, and whether it may be used."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The system's name.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the record.")]
Terms = Annotated[str, typer.Option("--terms", metavar="URL", help="The address of its data terms.")]
OptOut = Annotated[
    bool | None,
    typer.Option("--opt-out/--no-opt-out", help="Whether training on your data is switched off."),
]
Level = Annotated[
    UseLevel,
    typer.Option(
        "--level", metavar="LEVEL", parser=one_of(UseLevel), help=f"Whose use it is: {listed(UseLevel)}."
    ),
]
Where = Annotated[
    Stage,
    typer.Option(
        "--stage", metavar="STAGE", parser=one_of(Stage), help=f"Where it is used: {listed(Stage)}."
    ),
]


@app.command()
def add(
    name: Name,
    accountable: Annotated[
        str, typer.Option("--accountable", metavar="NAME", help="The person or office who answers for it.")
    ],
    provider: Annotated[str, typer.Option("--provider", metavar="NAME", help="Who makes or hosts it.")] = "",
    tier: Annotated[
        list[Tier] | None,
        typer.Option("--tier", help="How much its use matters, once for each; T2 unless said."),
    ] = None,
    stage: Where = Stage.CREATION,
    level: Level = UseLevel.ORGANISATION,
    terms: Terms = "",
    terms_checked: Annotated[
        datetime | None,
        typer.Option("--terms-checked", metavar="DATE", formats=["%Y-%m-%d"], help="The day they were read."),
    ] = None,
    opt_out: OptOut = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Enter an AI system as proposed; a steward approves it."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.register.commands import add_use_case, register_system

    actor = desk.acting(by)
    system = register_system(
        actor,
        name,
        named(accountable),
        provider=provider,
        terms_url=terms,
        terms_checked_on=terms_checked.date() if terms_checked else None,
        training_opt_out=opt_out,
    )
    for each in tier or [Tier.T2]:
        add_use_case(actor, system, each, stage=stage, level=level)
    said = Message(
        "Registered as proposed. A steward can now approve it: masthead register approve %(name)s%(by)s",
        {"name": shlex.quote(system.name), "by": desk.by_name()},
    )
    _answer(system, said, json=json)


@app.command()
def use(
    name: Name,
    tier: Annotated[Tier, typer.Option("--tier", help="How much the use matters.")],
    stage: Where = Stage.CREATION,
    level: Level = UseLevel.ORGANISATION,
    by: By = None,
    json: Json = False,
) -> None:
    """Add a use case to a registered system."""
    desk.open_desk()
    from masthead.newsroom.register.commands import add_use_case, system_named

    system = system_named(name)
    add_use_case(desk.acting(by), system, tier, stage=stage, level=level)
    _answer(system, gettext("Added as proposed; approving the system covers it."), json=json)


@app.command()
def answers(
    name: Name,
    accountable: Annotated[
        str,
        typer.Option("--accountable", metavar="NAME", help="The person or office who answers for it now."),
    ],
    by: By = None,
    json: Json = False,
) -> None:
    """Name who answers for a system from now on, as when whoever did has left or was erased."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.register.answering import answer_for
    from masthead.newsroom.register.commands import system_named

    system = system_named(name)
    answer_for(desk.acting(by), system, named(accountable))
    _answer(system, gettext("On record. The register says so from now on."), json=json)


@app.command()
def terms(
    name: Name,
    checked: Annotated[
        datetime,
        typer.Option("--checked", metavar="DATE", formats=["%Y-%m-%d"], help="The day you read them."),
    ],
    opt_out: Annotated[
        bool, typer.Option("--opt-out/--no-opt-out", help="Whether training on your data is switched off.")
    ],
    terms: Terms = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Put on record that a system's data terms were read, and what they say of training."""
    desk.open_desk()
    from masthead.newsroom.register.commands import record_terms, system_named

    system = system_named(name)
    record_terms(desk.acting(by), system, checked.date(), training_opt_out=opt_out, terms_url=terms)
    _answer(system, gettext("On record. Read them again within a year."), json=json)


@app.command()
def approve(name: Name, reason: Reason = "", by: By = None, json: Json = False) -> None:
    """Approve a system and its use cases."""
    _answer(_decide(name, SystemStatus.APPROVED, reason, by), gettext("Approved."), json=json)


@app.command()
def pause(name: Name, reason: Reason = "", by: By = None, json: Json = False) -> None:
    """Pause a system. It takes effect on the next call to the gate."""
    _answer(
        _decide(name, SystemStatus.PAUSED, reason, by),
        gettext(
            "Paused. Nothing made with it at T2 or T3 can be published until it is approved again,"
            " but by an emergency decision."
        ),
        json=json,
    )


@app.command()
def retire(name: Name, reason: Reason = "", by: By = None, json: Json = False) -> None:
    """Retire a system for good."""
    _answer(_decide(name, SystemStatus.RETIRED, reason, by), gettext("Retired."), json=json)


def _answer(system: "AISystem", said: object, *, json: bool) -> None:
    from masthead.newsroom.register.reading import system_json

    answer(system_json(system), said, json=json)


def _decide(name: str, status: SystemStatus, reason: str, by: str | None) -> "AISystem":
    desk.open_desk()
    from masthead.newsroom.register.commands import decide_on, system_named

    system = system_named(name)
    decide_on(desk.acting(by), system, status, reason=reason)
    return system


@app.command()
def show(name: Name, json: Json = False) -> None:
    """Show one system."""
    desk.open_desk()
    from masthead.newsroom.register.commands import system_named
    from masthead.newsroom.register.reading import system_json

    told = system_json(system_named(name))
    if json:
        as_json(told)
        return
    for line in _lines(told):
        say(line)


@app.command("list")
def list_systems(json: Json = False) -> None:
    """List the register."""
    desk.open_desk()
    from masthead.newsroom.register.models import AISystem
    from masthead.newsroom.register.reading import system_json

    systems = [system_json(system) for system in AISystem.objects.order_by("name")]
    if json:
        as_json({"systems": systems})
        return
    if not systems:
        say(
            Message(
                "The register is empty. Add the first: masthead register add NAME --accountable PERSON%(by)s",
                {"by": desk.by_name()},
            )
        )
    for told in systems:
        _say_in_list(told)


def _say_in_list(told: dict[str, Any]) -> None:
    status = SystemStatus(told["status"])
    said = None
    if status is not SystemStatus.RETIRED:  # Of what is retired nobody needs to answer for anything.
        if told["unanswered"]:
            said = Message("%(status)s; nobody answers for it now", {"status": LABELS[status]})
        elif any(case["unanswered"] for case in told["use_cases"]):
            said = Message("%(status)s; nobody answers for a use of it now", {"status": LABELS[status]})
    say(pair(told["name"], said or LABELS[status]), "yellow" if said else None)


def _lines(told: dict[str, Any]) -> list[str]:
    from masthead.labels.dates import spoken

    read = told["terms_checked_on"]
    lines = [
        pair(told["name"], LABELS[SystemStatus(told["status"])]),
        str(Message("  accountable: %(who)s", {"who": _who(told)})),
        str(Message("  provider: %(who)s", {"who": told["provider"] or gettext("not filled in")})),
        str(Message("  data terms read on %(day)s", {"day": spoken(date.fromisoformat(read))}))
        if read
        else gettext("  data terms: nobody has read them"),
        str(Message("  training switched off: %(answer)s", {"answer": _known(told["training_opt_out"])})),
    ]
    lines += [_use_line(case) for case in told["use_cases"]]
    return lines


def _who(told: dict[str, Any]) -> str:
    """Who answers for a system, or for a use of one."""
    from masthead.newsroom.said import readable

    who = readable(told["accountable"])
    if told["unanswered"]:
        return str(Message("nobody now (%(who)s answered for it, and left or was erased)", {"who": who}))
    return who


def _use_line(case: dict[str, Any]) -> str:
    from masthead.newsroom.register.words import LEVELS, STAGES

    use: dict[str, str | Message] = {
        "tier": case["tier"],
        "stage": STAGES[Stage(case["stage"])],
        "level": LEVELS[UseLevel(case["level"])],
        "status": LABELS[SystemStatus(case["status"])],
        "who": _who(case),
    }
    return str(Message("  use at %(tier)s (%(stage)s, %(level)s): %(status)s; accountable: %(who)s", use))


def _known(known: bool | None) -> str:
    if known is None:
        return gettext("unknown")
    return gettext("yes") if known else gettext("no")
