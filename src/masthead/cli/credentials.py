"""`masthead sign` and `masthead verify`: Content Credentials at the terminal, no record needed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.taking import Ai, Json
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.credentials import Reading

EXIT = {"trusted": 0, "invalid": 1, "none": 3, "valid": 4}
"""Exit code of `verify` by verdict; 2 is for what cannot be read."""


def sign(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A JPEG, PNG, WebP, HTML, Markdown or plain text file.")
    ],
    ai: Ai = None,
    source_type: Annotated[
        str | None,
        typer.Option(metavar="TERM", help="IPTC digital source type of the whole, such as digitalCapture."),
    ] = None,
    parent: Annotated[Path | None, typer.Option(metavar="PATH", help="What it was made from.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Where to write: else NAME.signed.EXT, or NAME.EXT.c2pa beside a text."
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="PEM", help="Your own certificate chain, PEM, the signer's first.")
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="PEM", help="The private key to it, PEM.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over an older result.")] = False,
    json: Json = False,
) -> None:
    """Seal a file with a Content Credential that tells what AI did. The file itself stays as it is."""
    from masthead import credentials
    from masthead.cli import sealing
    from masthead.cli.ai import parse_ai
    from masthead.cli.output import as_json, say

    uses = tuple(credentials.Use(*parse_ai(each)) for each in ai or ())
    content, media_type, sidecar = sealing.file_with_sidecar(path)
    target = sealing.target(path, media_type, out, parent, force=force)
    earlier = None if parent is None else sealing.file_with_sidecar(parent)
    sealed = credentials.sign(
        content,
        media_type,
        issuer=sealing.issuer(certificate, key),
        manifest=credentials.Manifest(uses, source_type),
        parent=earlier and earlier[0],
        parent_media_type=earlier and earlier[1],
        parent_sidecar=earlier and earlier[2],
        sidecar=None if earlier else sidecar,
    )
    sealing.write(target, sealed.content or sealed.sidecar or b"", force=force)
    if json:
        as_json({"path": str(target), **sealed.reading.to_json()})
        return
    say(Message("Sealed: %(path)s", {"path": str(target)}))
    if sealed.reading.state is credentials.State.VALID:
        say(Message("Readers will trust it once they trust who issued your certificate."))


def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file to verify.")],
    sidecar: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Its credential, where it is a file of its own; PATH.c2pa is found."
        ),
    ] = None,
    trust: Annotated[
        list[Path] | None, typer.Option(metavar="PEM", help="A PEM file of those you trust; may be repeated.")
    ] = None,
    json: Json = False,
) -> None:
    """Verify a file's Content Credential, offline.

    Exit 0 trusted, 1 invalid, 2 cannot be read, 3 no credential, 4 intact but the signer is not trusted.
    """
    from masthead import credentials
    from masthead.cli import sealing
    from masthead.cli.output import as_json

    content, media_type, beside = sealing.file_with_sidecar(path, sidecar)
    reading = credentials.read(content, media_type, beside, sealing.trusted(trust or []))
    if json:
        as_json(reading.to_json())
    else:
        _tell(reading)
    raise typer.Exit(EXIT[reading.state.value])


def _tell(reading: "Reading") -> None:
    """The verdict in words first, then what is wrong, what AI did and the history."""
    from masthead.cli.output import say
    from masthead.cli.verdict import lines

    for text, style in lines(reading):
        say(text, style)
