"""Whatever is handed in: a document, or what is wrong and what to do. Nothing else ever comes out."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.errors import CannotRead
from masthead.language import Message
from masthead.reading import Limits, read, read_path
from masthead.reading.limits import USUAL

from . import files


def refused(content: bytes, expected: str, *, name: str = "", **limits) -> None:
    with pytest.raises(CannotRead) as caught:
        read(content, name=name, limits=Limits(**limits))
    assert re.search(expected, str(caught.value)), str(caught.value)
    assert isinstance(caught.value.remedy, Message)
    assert str(caught.value.remedy).endswith((".", ").")), "every error says what to do"


def mp4(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0" * 100


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"GIF89a" + b"\0" * 50, "format GIF"),
        (b"II*\0" + b"\0" * 50, "format TIFF"),
        (b"ID3\x04\0" + b"\0" * 50, "sound file in the format MP3"),
        (b"RIFF\0\0\0\0WAVE" + b"\0" * 50, "sound file in the format WAV"),
        (mp4(b"isom"), "video in the format MP4"),
        (mp4(b"heic"), "picture in the format HEIC"),
        (b"\x1f\x8b\x08\0\0\0", "archive in the format gzip"),
        (b"{\\rtf1 hello}", "document in the format RTF"),
        (b"\x7fELF\x02\x01" + b"\0" * 50, "program"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format SVG"),
        (files.zipped(**{"notes.txt": "hello"}), "archive in the format ZIP"),
        (files.zipped(**{"xl/workbook.xml": "<a/>"}), "format Excel"),
        (files.zipped(**{"META-INF/container.xml": "<a/>"}), "format EPUB"),
        (files.old_office("WordDocument"), r"old format \(\.doc\)"),
        (files.old_office("Workbook"), "old format"),
        (b"\x01\x02\0\x03" * 40, "neither text nor any kind|neither text"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_supported_is_named(content, expected):
    refused(content, expected)
    refused(content, "Markdown, HTML, plain text")


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"<!doctype html><script>x</script>", b"\xc2\xad"],
)
def test_nothing_to_read(content):
    refused(content, "nothing in this file")


def test_a_file_over_the_limit_names_the_setting():
    refused(b"x" * 2_500_000, r"has 2\.5 MB; at most 2 MB.*MASTHEAD_MAX_UPLOAD", size=2_000_000)


def test_200_megabytes_are_refused_by_default_without_reading_them(tmp_path):
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(CannotRead, match=r"200 MB; at most 50 MB.*MASTHEAD_MAX_UPLOAD"):
        read_path(tmp_path / "large.md")


def test_too_much_text():
    refused(b"word " * 1000, "more than 1000 characters", characters=1000)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_more_paragraphs_than_a_page_could_ever_show(name):
    most = USUAL.blocks
    content = ("<p>a\n" if name == "a.html" else "a\n\n") * (most + 1)
    refused(content.encode(), f"more than {most} paragraphs", name=name)


def test_as_many_paragraphs_as_are_taken():
    assert len(read(b"a\n\n" * USUAL.blocks, name="a.txt").blocks) == USUAL.blocks


def test_too_many_pages():
    refused(files.pdf([["a"], ["b"], ["c"]]), "has 3 pages; at most 2", pages=2)


@pytest.mark.parametrize(
    "parts",
    [
        {"document": b"<document><body>%s</body></document>" % (b" " * 30_000_000)},
        {"document": '<!DOCTYPE d [<!ENTITY a "aaaaaaaa">]><document><body>&a;</body></document>'},
        {"document": '<!DOCTYPE d [<!ENTITY a "a">]><document/>'.encode("utf-16")},
        {f"part{number}": "x" for number in range(101)} | {"document": "<document/>"},
    ],
    ids=["blanks", "an entity", "an entity in UTF-16", "many parts"],
)
def test_bombs(parts):
    refused(files.zipped(**parts), "unpacks to far more", entries=100)


def test_a_document_that_unpacks_beyond_the_limit():
    refused(files.word(files.STORY), "unpacks to far more", unpacked=10_000)


def test_encrypted_files():
    refused(files.encrypted_pdf(), "PDF is protected by a password.*save a copy without one")
    refused(files.old_office("EncryptedPackage"), "Word document is protected by a password")


def test_a_scanned_pdf_has_no_text():
    refused(files.scanned_pdf(), "holds no text.*OCR")


@pytest.mark.parametrize(
    "content",
    [files.pdf([["a"]])[:20], b"%PDF-1.7\njunk", files.word(files.STORY)[:5000], b"PK\x03\x04junk",
     files.zipped(document="<document><body><p>"), files.zipped(document="<document/>"),
     files.zipped(**{"word/styles.xml": "<a/>"}),
     files.body("<x>" * 20_000 + "</x>" * 20_000)],
)  # fmt: skip
def test_damaged_documents(content):
    refused(content, "damaged or cut off")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_picture_that_is_cut_off(form, share):
    content = files.picture(form, (200, 200))
    refused(content[: int(len(content) * share)], "picture is damaged or cut off")


def test_a_picture_with_a_wrong_checksum():
    content = bytearray(files.picture("PNG", (200, 200)))
    content[len(content) // 2] ^= 0xFF
    refused(bytes(content), "picture is damaged")


def test_a_picture_too_large_to_decode():
    content = files.picture("PNG")
    huge = content[:16] + (60_000).to_bytes(4, "big") * 2 + content[24:]
    refused(huge, "damaged|pixels")
    refused(content, "more than 0 million pixels", pixels=500)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", ""])
def test_text_that_is_not_utf8_names_the_place(name):
    refused(b"Am\xe9lie", "not valid UTF-8: the byte at offset 2 .*Save it as UTF-8", name=name)


def test_the_place_counts_the_byte_order_mark():
    refused(b"\xef\xbb\xbfa\xff", "offset 4 ")


def test_text_that_is_not_what_it_says():
    refused(b"<meta charset=shift_jis><p>x" + b"\x85", "encoding is shift_jis, but", name="a.html")
    refused(b"<meta charset=x-nonsense><p>x", "encoding is x-nonsense, which is not known", name="a.html")
    refused(b"<meta charset=base64><p>x", "which is not known", name="a.html")
    refused(b"\xff\xfea\0\x00\xd8", "encoding is utf-16-le, but")


def test_a_parser_that_does_not_come_to_an_end():
    refused(b"<!doctype html>" + b"<div>" * 100_000, "took over 0.5 seconds and was stopped", seconds=0.5)
    assert read(b"and the next one works").text == "and the next one works"


def test_a_parser_that_wants_too_much_memory():
    refused(files.blank_picture((8000, 5000)), "more memory than allowed", memory=80_000_000)
    assert read(b"and the next one works").text == "and the next one works"


def test_what_is_at_a_path(tmp_path):
    (tmp_path / "story.md").write_text("# Hello", encoding="utf-8")
    assert read_path(tmp_path / "story.md").text == "Hello"
    assert read_path(str(tmp_path / "story.md")).media_type == "text/markdown"


def at(path, expected):
    with pytest.raises(CannotRead, match=expected) as caught:
        read_path(path)
    assert str(path) not in str(caught.value)


def test_paths_that_lead_to_no_file(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    at(tmp_path / "none.md", "no such file")
    at(tmp_path / "file" / "below.md", "no such file")
    at(tmp_path / ("x" * 5000), "no such file")
    at("nul\0byte", "no such file")
    at(tmp_path, "This is a folder")
    os.mkfifo(tmp_path / "pipe")
    at(tmp_path / "pipe", "not an ordinary file")
    at("/dev/null", "not an ordinary file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_file_that_may_not_be_opened(tmp_path):
    (tmp_path / "closed.md").write_bytes(b"x")
    (tmp_path / "closed.md").chmod(0)
    at(tmp_path / "closed.md", "may not be opened")


REAL = [
    files.pdf([files.STORY]),
    files.word(files.STORY),
    files.picture("JPEG"),
    files.picture("PNG"),
    files.picture("WEBP"),
    "<!doctype html><p>Amélie <a href=x>y</a>".encode(),
]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_file_with_faults_is_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from(REAL)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    readable(bytes(content))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "a.md", "a.html"]))
def test_any_bytes_are_read_or_refused(content, name):
    readable(content, name)


def readable(content: bytes, name: str = "") -> None:
    try:
        document = read(content, name=name)
    except CannotRead as refusal:
        crashed = "broke the program" in str(refusal)
    else:
        crashed = not all(document.text[block.start : block.end].strip() for block in document.blocks)
    assert not crashed
