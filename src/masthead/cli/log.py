"""`masthead log`: whether the evidence is intact."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from masthead.cli import desk
from masthead.cli.acknowledging import acknowledge
from masthead.cli.auditing import (
    Authorities,
    Bundle,
    Content,
    Disclosure,
    Exported,
    Key,
    Since,
    Witnesses,
    attested_json,
    bundle_json,
    compared_line,
    export_json,
    unproved_lines,
    verdict_lines,
    vouched_lines,
)
from masthead.cli.auditors_keys import given
from masthead.cli.exporting import export as export_log
from masthead.cli.given import bytes_of
from masthead.cli.output import as_json, say, working
from masthead.cli.taking import Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.evidence.attested import Given
    from masthead.newsroom.evidence.bundle_check import BundleVerdict
    from masthead.newsroom.evidence.export_check import ExportVerdict
    from masthead.newsroom.evidence.live_check import Vouched
    from masthead.newsroom.evidence.verify import Verdict

app = typer.Typer(no_args_is_help=True, help="The evidence log.")
app.command("export")(export_log)

INTACT, NOT_INTACT, UNREADABLE, NO_KEY, NOT_COMPARED = 0, 1, 2, 3, 4


app.command("acknowledge")(acknowledge)


@app.callback()
def log() -> None:
    """Look after the evidence log."""


@app.command()
def verify(
    bundle: Bundle = None,
    export: Exported = None,
    key: Key = "",
    witness: Witnesses = None,
    tsa: Authorities = None,
    since: Since = None,
    content: Content = None,
    disclosure: Disclosure = None,
    json: Json = False,
) -> None:
    """Verify the evidence log here, an exported one, or the bundle of one published item.

    With a bundle or an exported log it needs no record, no database and no network. Exit 0 intact, 1 not
    intact (the first thing that fails is named), 2 unreadable, 3 consistent with itself but no key was given,
    4 intact but not compared with the checkpoint you kept, which takes the exported log.
    """
    if bundle is not None and export is not None:
        raise typer.BadParameter(gettext("Give a bundle or an exported log, not both."))
    brought = given(key, witness, tsa, since)
    files = {name: file for name, file in (("content", content), ("disclosure", disclosure)) if file}
    if files and bundle is None:
        raise typer.BadParameter(gettext("Files are compared with a bundle: give one with --bundle."))
    if bundle is not None:
        raise typer.Exit(_verify_bundle(bundle, brought, files, json=json))
    if export is not None:
        raise typer.Exit(_verify_export(export, brought, json=json))
    raise typer.Exit(_verify_here(brought, json=json))


def _verify_here(brought: "Given", *, json: bool) -> int:
    """Verify the record here, and who vouches for what was published of it."""
    desk.open_whole()
    from masthead.newsroom.evidence import durable
    from masthead.newsroom.evidence.attested import Broken
    from masthead.newsroom.evidence.clock_back import went_back
    from masthead.newsroom.evidence.live_check import vouched
    from masthead.newsroom.evidence.watch import verify as verified

    lost = durable.trouble()
    verdict = verified("person")
    why, found, set_back = verdict.why, None, []
    if verdict.intact:
        set_back = went_back()
        try:
            found = vouched(brought)
        except Broken as broken:
            why = broken.why
    if json:
        _here_json(verdict, why, found, set_back, durable=lost is None)
    elif why is None:
        say(Message("Intact: %(n)d entry.", {"n": verdict.size}, "Intact: all %(n)d entries."), "green")
        _tell_erased()
        _tell_said(verdict)
        if set_back:
            places = ", ".join(map(str, set_back))
            say(Message("The clock was set back before these entries: %(list)s.", {"list": places}), "yellow")
        if lost is not None:
            say(lost, "yellow")
        _tell_other_versions()
        _tell_read_only()
        if found is not None:
            _tell_vouched(found, kept=brought.kept is not None)
    else:
        say(Message("Not intact: %(why)s", {"why": why}), "bold red")
        say(gettext("Keep everything as it is for whoever looks into this. Nothing was repaired."))
    return INTACT if why is None else NOT_INTACT


def _tell_erased() -> None:
    """How much was erased: that it is gone is as it should be, and said."""
    from masthead.newsroom.evidence.verify_erased import erased_fields

    erased = erased_fields()
    if erased:
        say(
            Message(
                "%(n)d sealed field was erased since, by an entry that says so; its digest and proofs stand.",
                {"n": erased},
                "%(n)d sealed fields were erased since, by entries that say so; digests and proofs stand.",
            )
        )


def _tell_other_versions() -> None:
    """Of which tables not all can be looked at by this version."""
    from masthead.newsroom.evidence.verify_schema import other_versions

    if names := ", ".join(other_versions()):
        say(
            Message(
                "Not looked at in full, as another version of Masthead made them: the tables of %(list)s.",
                {"list": names},
            ),
            "yellow",
        )


def _tell_read_only() -> None:
    """That it takes nothing, though it verifies: what ends that."""
    from django.conf import settings

    from masthead.newsroom.evidence import damage, kept

    found = kept.known(settings.MASTHEAD_HOME)
    if damage.put_back(found):
        said = gettext(
            "A backup was put back here: the record is read-only until `masthead log acknowledge`."
        )
        say(said, "yellow")
    elif found:
        said = gettext(
            "The record was found damaged before, so it is read-only: `masthead log acknowledge` ends that,"
            " once all is well."
        )
        say(said, "yellow")


def _tell_said(verdict: "Verdict") -> None:
    """Whose words on checkpoints nobody could verify here: neither fine nor damaged."""
    if verdict.said.not_looked_at:
        names = ", ".join(sorted(verdict.said.not_looked_at))
        said = Message("Kept and not looked at, for want of a key or certificate: %(list)s.", {"list": names})
        say(said, "yellow")


def _here_json(
    verdict: "Verdict", why: Message | None, found: "Vouched | None", set_back: list[int], *, durable: bool
) -> None:
    from django.conf import settings

    from masthead.newsroom.evidence import kept
    from masthead.newsroom.evidence.verify_schema import other_versions

    told = verdict.to_json() | {"clock_set_back_at": set_back, "durable": durable}
    told |= {"read_only": kept.is_there(settings.MASTHEAD_HOME), "other_versions": list(other_versions())}
    if why is not None and verdict.intact:
        told |= {"intact": False, "first_failure": {"place": None, "why": str(why)}}
    published = None
    if found is not None:
        published = {"size": found.size, "root": found.root.hex(), **attested_json(found.attested)}
    as_json(told | {"published": published})


def _tell_vouched(found: "Vouched", *, kept: bool) -> None:
    said = Message(
        "Published of it: %(n)d entry, root %(root)s.",
        {"n": found.size, "root": found.root.hex()},
        "Published of it: %(n)d entries, root %(root)s.",
    )
    say(said)
    if kept:
        say(compared_line(True, checked=found.kept_checked))
    for text, style in (*vouched_lines(found.attested), *unproved_lines(found.attested)):
        say(text, style)


def _verify_bundle(bundle: Path, brought: "Given", files: dict[str, Path], *, json: bool) -> int:
    """Verify the bundle of one published item with nothing but it and what was brought."""
    from masthead.newsroom.evidence.bundle_check import check, compare_files
    from masthead.reading.limits import USUAL

    verdict = check(bytes_of(bundle, USUAL.size), brought)
    verdict = compare_files(verdict, {name: bytes_of(file, USUAL.size) for name, file in files.items()})
    if json:
        as_json(bundle_json(verdict))
    return _told(verdict, brought, json=json)


def _verify_export(folder: Path, brought: "Given", *, json: bool) -> int:
    """Verify an exported log with nothing but it and what was brought."""
    from masthead.newsroom.evidence.export_check import check

    with working(gettext("Reading the log…")):
        verdict = check(folder, brought)
    if json:
        as_json(export_json(verdict))
    return _told(verdict, brought, json=json)


def _told(verdict: "BundleVerdict | ExportVerdict", brought: "Given", *, json: bool) -> int:
    if not json:
        for text, style in verdict_lines(verdict, kept=brought.kept is not None):
            say(text, style)
    if not verdict.intact:
        return NOT_INTACT
    if not verdict.signed:
        return NO_KEY
    return NOT_COMPARED if brought.kept is not None and verdict.compared is None else INTACT
