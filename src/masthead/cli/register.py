"""`masthead register`: the AI systems in use, and whether they may be."""

from datetime import datetime
from typing import Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, say
from masthead.cli.person import By, Json
from masthead.language import Message, gettext
from masthead.vocabulary import LABELS, Stage, SystemStatus, Tier, UseLevel

app = typer.Typer(
    no_args_is_help=True, help="The AI systems in use: who answers for each, and whether it may be used."
)

Name = Annotated[str, typer.Argument(help="The system's name.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the record.")]


@app.command()
def add(
    name: Name,
    accountable: Annotated[
        str, typer.Option("--accountable", help="The person or office who answers for it.")
    ],
    provider: Annotated[str, typer.Option("--provider", help="Who makes or hosts it.")] = "",
    tier: Annotated[
        list[Tier] | None, typer.Option("--tier", help="How much its use matters; repeatable.")
    ] = None,
    stage: Annotated[Stage, typer.Option("--stage", help="Where it is used.")] = Stage.CREATION,
    level: Annotated[UseLevel, typer.Option("--level", help="Whose use it is.")] = UseLevel.ORGANISATION,
    terms: Annotated[str, typer.Option("--terms", help="The address of its data terms.")] = "",
    terms_checked: Annotated[
        datetime | None, typer.Option("--terms-checked", formats=["%Y-%m-%d"], help="The day they were read.")
    ] = None,
    opt_out: Annotated[
        bool | None,
        typer.Option("--opt-out/--no-opt-out", help="Whether training on your data is switched off."),
    ] = None,
    by: By = None,
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
    say(gettext("Registered as proposed. A steward can now approve it: masthead register approve NAME"))


@app.command()
def use(
    name: Name,
    tier: Annotated[Tier, typer.Option("--tier", help="How much the use matters.")],
    stage: Annotated[Stage, typer.Option("--stage", help="Where it is used.")] = Stage.CREATION,
    level: Annotated[UseLevel, typer.Option("--level", help="Whose use it is.")] = UseLevel.ORGANISATION,
    by: By = None,
) -> None:
    """Add a use case to a registered system."""
    desk.open_desk()
    from masthead.newsroom.register.commands import add_use_case, system_named

    add_use_case(desk.acting(by), system_named(name), tier, stage=stage, level=level)
    say(gettext("Added as proposed."))


@app.command()
def approve(name: Name, reason: Reason = "", by: By = None) -> None:
    """Approve a system and its use cases."""
    _decide(name, SystemStatus.APPROVED, reason, by)
    say(gettext("Approved."))


@app.command()
def pause(name: Name, reason: Reason = "", by: By = None) -> None:
    """Pause a system. It takes effect on the next call to the gate."""
    _decide(name, SystemStatus.PAUSED, reason, by)
    say(gettext("Paused. Nothing made with it at T2 or T3 can be published until it is approved again."))


@app.command()
def retire(name: Name, reason: Reason = "", by: By = None) -> None:
    """Retire a system for good."""
    _decide(name, SystemStatus.RETIRED, reason, by)
    say(gettext("Retired."))


def _decide(name: str, status: SystemStatus, reason: str, by: str | None) -> None:
    desk.open_desk()
    from masthead.newsroom.register.commands import decide_on, system_named

    decide_on(desk.acting(by), system_named(name), status, reason=reason)


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
        say(gettext("The register is empty. Add the first: masthead register add NAME --accountable PERSON"))
    for told in systems:
        say(_lines(told)[0])


def _lines(told: dict[str, Any]) -> list[str]:
    status = LABELS[SystemStatus(told["status"])]
    lines = [
        f"{told['name']}: {status}",
        str(Message("  accountable: %(who)s", {"who": told["accountable"]})),
        str(Message("  provider: %(who)s", {"who": told["provider"] or gettext("not filled in")})),
        str(
            Message(
                "  data terms read: %(day)s", {"day": told["terms_checked_on"] or gettext("not filled in")}
            )
        ),
        str(Message("  training switched off: %(answer)s", {"answer": _answer(told["training_opt_out"])})),
    ]
    lines += [
        f"  {case['tier']} {case['stage']}, {case['level']}: {LABELS[SystemStatus(case['status'])]}"
        for case in told["use_cases"]
    ]
    return lines


def _answer(known: bool | None) -> str:
    if known is None:
        return gettext("unknown")
    return gettext("yes") if known else gettext("no")
