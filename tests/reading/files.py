"""Files for these tests, made here byte by byte so that each fault is known."""

import io
import zipfile
from collections.abc import Sequence

import docx
from PIL import Image

STORY = (
    "The bridge reopened on 3 March after eleven months.",
    "“It cost €1.5 million,” said Amélie Okafor, the mayor.",
)


def pdf(pages: Sequence[Sequence[str]], trailer: bytes = b"", size: int = 12) -> bytes:
    """A PDF of Helvetica lines, 14 points apart; an empty line leaves a gap."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
        stream = b"BT /F1 %d Tf 72 720 Td 14 TL\n%sET" % (size, shown)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _assembled(objects, trailer)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + end


def encrypted_pdf() -> bytes:
    """A PDF whose trailer asks for a password that nobody can know."""
    return pdf(
        [["secret"]],
        b"/ID [<%s> <%s>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>"
        % (b"00" * 16, b"00" * 16, b"11" * 32, b"22" * 32),
    )


def scanned_pdf() -> bytes:
    """A PDF of one picture, as a scanner makes it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PDF")
    return out.getvalue()


def word(paragraphs: Sequence[str]) -> bytes:
    """A Word document."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(**parts: str | bytes) -> bytes:
    """A zip archive; `document` stands for the Word document's main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if "document" in parts:
            archive.writestr(
                "_rels/.rels",
                '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
                "</Relationships>",
            )
        for name, part in parts.items():
            archive.writestr("word/document.xml" if name == "document" else name, part)
    return out.getvalue()


def body(xml: str) -> bytes:
    """A Word document from the inside of its body, without namespaces."""
    return zipped(document=f"<document><body>{xml}</body></document>")


def picture(form: str, size: tuple[int, int] = (32, 24), **options) -> bytes:
    """A picture with enough in it to be cut."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form, **options)
    return out.getvalue()


def old_office(stream: str) -> bytes:
    """The start of a compound file with a stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def blank_picture(size: tuple[int, int]) -> bytes:
    """A small file that decodes to three bytes a pixel."""
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return out.getvalue()
