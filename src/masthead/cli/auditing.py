"""What an auditor brings to `masthead log verify`, and how what was found is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.output import pair
from masthead.labels.dates import spoken_time_utc
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.evidence.attested import Attested, Said
    from masthead.newsroom.evidence.bundle_check import BundleVerdict
    from masthead.newsroom.evidence.export_check import ExportVerdict

type Line = tuple[object, str | None]

Bundle = Annotated[
    Path | None,
    typer.Option("--bundle", metavar="PATH", help="A bundle.json, instead of the record here."),
]
Exported = Annotated[
    Path | None,
    typer.Option("--export", metavar="FOLDER", help="An exported log, instead of the record here."),
]
Key = Annotated[
    str,
    typer.Option(
        "--key", metavar="KEY", help="The log's public key, or a file with it; never from the bundle."
    ),
]
Witnesses = Annotated[
    list[str] | None,
    typer.Option(
        "--witness", metavar="KEY", help="The key of a witness that must have cosigned; once for each."
    ),
]
Authorities = Annotated[
    list[Path] | None,
    typer.Option("--tsa", metavar="CERT", help="The certificate that a time stamp must lead to, in PEM."),
]
Since = Annotated[
    Path | None,
    typer.Option("--since", metavar="CHECKPOINT", help="A checkpoint that you kept earlier."),
]
Content = Annotated[
    Path | None,
    typer.Option("--content", metavar="FILE", help="The published file, to compare with what the log says."),
]
Disclosure = Annotated[
    Path | None,
    typer.Option("--disclosure", metavar="FILE", help="disclosure.json, to compare with what the log says."),
]


def attested_json(found: "Attested") -> dict[str, Any]:
    """Who vouches, for software."""
    return {
        "signer": str(found.signer) if found.signer else None,
        "handed_over": found.handed_over,
        "witnesses": [_said(each) for each in found.witnesses],
        "stamps": [_said(each) for each in found.stamps],
        "stamps_not_verified": [_said(each) for each in found.claims],
        "stamps_not_of_it": list(found.strange),
        "not_checked": list(found.unchecked),
        "revoked": list(found.revoked),
        "signed_along": list(found.along),
    }


def _said(said: "Said") -> dict[str, str]:
    root = {"certificate": said.root} if said.root is not None else {}
    return {"who": said.who, "at": said.at.isoformat(), **root}


def bundle_json(verdict: "BundleVerdict") -> dict[str, Any]:
    """What a bundle shows, for software."""
    entries = [
        {"place": each.place, "kind": each.kind.name.lower(), "opened": dict(each.opened)}
        for each in verdict.entries
    ]
    shown = {"content_sha256": verdict.content_sha256, "entries": entries, "same": list(verdict.same)}
    return {**_either(verdict), **shown}


def export_json(verdict: "ExportVerdict") -> dict[str, Any]:
    """What an exported log shows, for software."""
    kinds = {_kind(code): n for code, n in sorted(verdict.kinds.items())}
    unused = {"keys_unused": verdict.keys_unused}
    return {**_either(verdict), "kinds": kinds, "strays": list(verdict.strays), **unused}


def _either(verdict: "BundleVerdict | ExportVerdict") -> dict[str, Any]:
    return {
        "intact": verdict.intact,
        "signed": verdict.signed,
        "why": str(verdict.why) if verdict.why else None,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": verdict.root.hex(),
        "compared": verdict.compared,
        "kept_checked": verdict.kept_checked if verdict.compared else None,
        **attested_json(verdict.attested),
    }


def verdict_lines(verdict: "BundleVerdict | ExportVerdict", *, kept: bool) -> Iterator[Line]:
    """What a bundle or an exported log shows, for people. `kept` is whether a checkpoint was brought."""
    if verdict.why is not None:
        yield Message("Not intact: %(why)s", {"why": verdict.why}), "bold red"
        return
    if verdict.signed:
        yield (
            Message(
                "Intact, as signed with the key you gave, in the log %(origin)s.", {"origin": verdict.origin}
            ),
            "green",
        )
    else:
        yield (
            gettext("Consistent with itself. Whose it is was not shown: give the log's key with --key."),
            "yellow",
        )
    yield from _contents(verdict)
    if kept:
        yield compared_line(verdict.compared, checked=verdict.kept_checked), None
    yield from vouched_lines(verdict.attested)
    yield from unproved_lines(verdict.attested)


def _contents(verdict: "BundleVerdict | ExportVerdict") -> Iterator[Line]:
    from masthead.cli.kinds import WORDS
    from masthead.newsroom.evidence.bundle_check import BundleVerdict
    from masthead.newsroom.evidence.kinds import Kind

    if isinstance(verdict, BundleVerdict):
        yield from _entries(verdict)
        return
    yield Message("%(n)d entry:", {"n": verdict.size}, "%(n)d entries:"), None
    for code, count in sorted(verdict.kinds.items()):
        yield f"  {count}  {WORDS[Kind(code)] if code in Kind else code}", None
    if verdict.keys_unused:
        yield gettext("The file `keys` is not a list of this log's keys: nothing in it was used."), "yellow"
    if verdict.strays:
        names = {"list": ", ".join(verdict.strays)}
        yield Message("Beside it lie files of a desktop, no part of the log: %(list)s.", names), None


def _entries(verdict: "BundleVerdict") -> Iterator[Line]:
    """The head, and what each entry opens, in words."""
    from masthead.cli.kinds import WORDS
    from masthead.newsroom.public.opened import told

    said: dict[str, str | int] = {"n": verdict.size, "root": verdict.root.hex()}
    yield (
        Message(
            "Proved to stand in a log of %(n)d entry, root %(root)s:",
            said,
            "Proved to stand in a log of %(n)d entries, root %(root)s:",
        ),
        None,
    )
    for each in verdict.entries:
        yield f"  {each.place}  {each.opened['recorded_on']}  {WORDS[each.kind]}", None
        for field in told(each.opened):
            yield pair(field.called, field.said, under="       "), None
    for what in verdict.same:
        yield SAME[what], "green"


SAME = {
    "content": Message("The file you gave is, byte for byte, what was published."),
    "disclosure": Message("The disclosure you gave is, byte for byte, what was published."),
}


def compared_line(compared: bool | None, *, checked: bool) -> str:
    """What came of a checkpoint that was kept earlier; `checked` is whether a known key signed it."""
    if compared and not checked:
        return gettext(
            "It begins with all that the checkpoint you kept stands for. Its own signature was not checked:"
            " it is of no key that is known here."
        )
    if compared:
        return gettext("It begins with all that the checkpoint you kept stands for.")
    return gettext("It was not compared with the checkpoint you kept: that takes the exported log.")


def vouched_lines(found: "Attested") -> Iterator[Line]:
    """As of when, and by whose signatures."""
    if found.signer is not None and found.handed_over:
        said = {"key": f"{found.signer.name}+{found.signer.key_id.hex()}"}
        yield Message("Signed with %(key)s, to which the key you gave handed over.", said), None
    for name in found.along:
        yield Message("Signed with %(key)s too, another key of this log.", {"key": name}), None
    for each in found.witnesses:
        yield Message("Cosigned by %(who)s, at %(at)s.", _spoken(each)), None
    yield from _stamped_lines(found)
    for name in found.unchecked:
        yield (
            Message("Not checked, as you did not give its key: a signature of %(who)s.", {"who": name}),
            None,
        )
    for name in found.revoked:
        yield Message("This key of the log was revoked: %(key)s", {"key": name}), "yellow"
    if not (found.witnesses or found.stamps):
        yield gettext("No witness or time stamp shows when this was so: the dates are the log's own."), None


def _stamped_lines(found: "Attested") -> Iterator[Line]:
    for each in found.stamps:
        stamped = Message(
            "Stamped at %(at)s, as verified with the certificate of %(certificate)s. The address that was"
            " given for the authority, %(who)s, was not verified.",
            {**_spoken(each), "certificate": each.root or ""},
        )
        yield stamped, None
    for each in found.claims:
        yield (
            Message(
                "A time stamp of %(who)s says %(at)s. Whose it is was not verified: give a certificate with"
                " --tsa.",
                _spoken(each),
            ),
            None,
        )
    for name in found.strange:
        yield (
            Message(
                "What was given as a time stamp of %(who)s cannot be read, or is of something else: it proves"
                " nothing.",
                {"who": name},
            ),
            None,
        )


def unproved_lines(found: "Attested") -> Iterator[Line]:
    """What none of this proves."""
    yield (
        gettext("This shows what was recorded and that it was not changed; not that nothing was left out."),
        None,
    )
    if not found.witnesses:
        yield (
            gettext("Nor that others were shown the same log: that takes keys of its witnesses (--witness)."),
            None,
        )


def _spoken(said: "Said") -> dict[str, str]:
    return {"who": said.who, "at": spoken_time_utc(said.at)}


def _kind(code: int) -> str:
    from masthead.newsroom.evidence.kinds import Kind

    return Kind(code).name.lower() if code in Kind else str(code)
