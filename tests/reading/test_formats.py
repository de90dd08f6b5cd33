"""What each kind of file says, as its reader sees it."""

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from masthead.reading import Document, read
from masthead.vocabulary import Medium

from . import files


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def links(document: Document) -> list[tuple[str, str]]:
    return [(link.target, document.text[link.start : link.end]) for link in document.links]


def html(page: str) -> Document:
    return read(page.encode(), name="page.html")


def markdown(text: str) -> Document:
    return read(text.encode(), name="story.md")


def plain(text: str) -> Document:
    return read(text.encode(), name="story.txt")


def test_markdown():
    document = markdown(
        "# The *bridge*\n\nIt **reopened**\nat [last](https://example.org/a?b=c&d).\n\n- one\n- two\n\n"
        "> Said she\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![The bridge](b.jpg)\n\n    code  here\n"
    )
    assert blocks(document) == [
        ("heading", "The bridge"),
        ("paragraph", "It reopened at last."),
        ("item", "one"),
        ("item", "two"),
        ("quote", "Said she"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "1"),
        ("cell", "2"),
        ("alternative", "The bridge"),
        ("code", "code here"),
    ]
    assert links(document) == [("https://example.org/a?b=c&d", "last")]
    assert document.text == "\n".join(text for _, text in blocks(document))
    assert (document.medium, document.media_type, document.title) == (
        Medium.TEXT,
        "text/markdown",
        "The bridge",
    )


def test_markdown_takes_the_page_elements_in_it_for_what_they_are():
    document = markdown("Seen <b>bold</b><script>alert(1)</script>\n\n<div hidden>not</div>\n\n<p>also</p>")
    assert blocks(document) == [("paragraph", "Seen bold"), ("paragraph", "also")]


@pytest.mark.parametrize(
    "front",
    ['---\ntitle: "The bridge"\ndate: 2026-03-03\n---\n', "+++\ntitle = 'The bridge'\n+++\n",
     "---\nlayout: post\ntitle: The bridge  # for now\n...\n"],
)  # fmt: skip
def test_the_title_in_front_matter_is_the_headline(front):
    document = markdown(front + "It reopened.")
    assert document.title == "The bridge"
    assert blocks(document) == [("heading", "The bridge"), ("paragraph", "It reopened.")]


def test_a_title_that_the_text_repeats_stands_once():
    document = markdown("---\ntitle: The bridge\n---\n# The bridge\n\nIt reopened.")
    assert document.text == "The bridge\nIt reopened."


def test_a_title_repeated_with_other_quotes_stands_once():
    assert markdown("---\ntitle: It's open\n---\n# It’s open\n\nYes.").text == "It’s open\nYes."


def test_a_line_at_the_top_is_not_front_matter():
    assert markdown("---\n\nIt reopened.\n\n---\n\nSoon.").text == "It reopened.\nSoon."


def test_html():
    document = html(
        "<!doctype html><html><head><title>Site</title><style>p{}</style></head><body>"
        "<h1>The&nbsp;bridge</h1>"
        "<p>It  reopened\n at <a href=' /a b '>last <i>Monday</i></a>.<br>Soon.<ul><li>one<li><p>two</ul>"
        "<blockquote><p>Said</blockquote><img alt='A bridge' src=b.jpg><table><tr><td>1<td>2</table></body>"
    )
    assert blocks(document) == [
        ("heading", "The\u00a0bridge"),
        ("paragraph", "It reopened at last Monday. Soon."),
        ("item", "one"),
        ("item", "two"),
        ("quote", "Said"),
        ("alternative", "A bridge"),
        ("cell", "1"),
        ("cell", "2"),
    ]
    assert links(document) == [("/a%20b", "last Monday")]
    assert (document.media_type, document.title) == ("text/html", "Site")


@pytest.mark.parametrize(
    "hidden",
    ["<script>x()</script>", "<style>x</style>", "<template>x</template>", "<p hidden>x</p>", "<!-- x -->",
     "<p style='color:red; Display : none'>x</p>", "<noscript>x</noscript>", "<dialog>x</dialog>",
     "<svg><text>x</text></svg>", "<video>x</video>", "<textarea>x</textarea>", "<iframe>x</iframe>"],
)  # fmt: skip
def test_what_a_page_hides_is_not_read(hidden):
    assert html(f"<p>seen</p>{hidden}<p>too</p>").text == "seen\ntoo"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>10<sup>6</sup> and CO<sub>2</sub></p>", "10⁶ and CO₂"),
        ("<p>a<br><br/>b</p>", "a\nb"),
        ("<p>so<wbr>ft&shy;ly&#8203;</p>", "softly"),
        ("<p>she said <q>yes</q></p>", "she said “yes”"),
        ("<p>&lt;b&gt; &eacute;&#x1F600;</p>", "<b> é😀"),
        ("<p>Hello <img class=emoji alt=🙂 src=x>!</p>", "Hello 🙂!"),
        ("<p>see<img alt='the map' src=x>here</p>", "see the map here"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<p>e<b>\u0301</b>t</p>", "ét"),
        ("<pre>one\n  two\n\nthree</pre>", "one two\nthree"),
        ("a<p>b", "a\nb"),
        ("<nav><a href=/a>Promises</a><a href=/b>Register</a></nav>", "Promises Register"),
        ("<p><a href=/a>re</a><a href=/a>port</a><i>ed</i></p>", "reported"),
    ],
)
def test_a_page_reads_as_it_looks(page, text):
    assert html(page).text == text


def test_a_link_around_several_blocks_covers_each():
    document = html("<a href=/x><h2>Head</h2><p>Words</p></a><p>after</p>")
    assert links(document) == [("/x", "Head"), ("/x", "Words")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\nand its next.\n\nTwo.", ["One line and its next.", "Two."]),
        ("One.\r\n\r\nTwo.\r\rThree.", ["One.", "Two.", "Three."]),
        ("They said:\n- one\n- two\n  more", ["They said:", "one", "two more"]),
        ("1. first\n2. second", ["first", "second"]),
        ("1984. A year that\nnobody forgets.", ["1984. A year that nobody forgets."]),
        ("Title\n=====\n\nText\n\n* * *\n\nEnd", ["Title", "Text", "End"]),
        ("it was cold\n- 5 degrees", ["it was cold - 5 degrees"]),
        ("One page.\fTwo pages.", ["One page.", "Two pages."]),
        ("word", ["word"]),
        ("One line. " * 15 + "\nAnd its next.", [("One line. " * 15).strip(), "And its next."]),
    ],
)  # fmt: skip
def test_plain_text(text, expected):
    document = plain(text)
    assert [words for _, words in blocks(document)] == expected
    assert document.title is None


def test_word_documents():
    document = docx.Document()
    document.add_heading("The bridge", 1)
    paragraph = document.add_paragraph("It ")
    paragraph.add_run("reopened").bold = True
    paragraph.add_run(" at 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("soon")
    hidden = paragraph.add_run("unseen")
    hidden.font.hidden = True
    document.add_paragraph("one", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    read_back = read(files.saved(document))
    assert blocks(read_back) == [
        ("heading", "The bridge"),
        ("paragraph", "It reopened at 10⁶ soon"),
        ("item", "one"),
        ("cell", "a"),
        ("cell", "b"),
    ]
    assert read_back.title == "The bridge"
    assert read_back.media_type.endswith("wordprocessingml.document")


def test_the_title_in_a_word_documents_properties_wins():
    document = docx.Document()
    document.core_properties.title = "Named"
    document.add_heading("The bridge", 1)
    assert read(files.saved(document)).title == "Named"


def test_links_in_word_documents():
    document = docx.Document()
    paragraph = document.add_paragraph("see ")
    link = OxmlElement("w:hyperlink")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link.set(qn("r:id"), document.part.relate_to("https://example.org/é", kind, is_external=True))
    link.append(paragraph.add_run("the report")._r)
    paragraph._p.append(link)
    read_back = read(files.saved(document))
    assert read_back.text == "see the report"
    assert links(read_back) == [("https://example.org/%C3%A9", "the report")]


def test_links_written_as_fields_in_word_documents():
    def field(kind: str) -> str:
        return f'<r><fldChar fldCharType="{kind}"/></r>'

    instruction = '<r><instrText> HYPERLINK "https://example.org" </instrText></r>'
    document = read(
        files.body(
            f"<p><r><t>see </t></r>{field('begin')}{instruction}{field('separate')}"
            f"<r><t>the report</t></r>{field('end')}<r><t>.</t></r></p>"
        )
    )
    assert document.text == "see the report."
    assert links(document) == [("https://example.org", "the report")]


def test_tracked_changes_read_as_accepted():
    text = "<p><r><t>It </t></r><ins><r><t>now</t></r></ins><del><r><delText>never</delText></r></del></p>"
    assert read(files.body(text)).text == "It now"


def test_content_controls_and_text_boxes_are_read():
    text = (
        "<sdt><sdtContent><p><r><t>inside</t></r></p></sdtContent></sdt><p><r><AlternateContent>"
        "<Choice><drawing><inline><docPr descr='A map'/></inline></drawing></Choice>"
        "<Fallback><t>no</t></Fallback></AlternateContent></r></p>"
    )
    assert blocks(read(files.body(text))) == [("paragraph", "inside"), ("alternative", "A map")]


def test_notes_follow_the_text_of_a_word_document():
    document = files.zipped(
        **{
            "document": "<document><body><p><r><t>Text</t></r></p></body></document>",
            "word/_rels/document.xml.rels": '<Relationships><Relationship Id="n" Type="x/footnotes" '
            'Target="footnotes.xml"/></Relationships>',
            "word/footnotes.xml": '<footnotes><footnote type="separator"><p><r><t>--</t></r></p></footnote>'
            "<footnote><p><r><t>A note</t></r></p></footnote></footnotes>",
        }
    )
    assert read(document).text == "Text\nA note"


def test_pdf():
    document = read(
        files.pdf(
            [
                [
                    "The bridge reopened after an inter-",
                    "national effort, said “Amélie”.",
                    "",
                    "Second.",
                    "More.",
                ],
                ["Next page."],
            ]
        )
    )
    assert blocks(document) == [
        ("paragraph", "The bridge reopened after an international effort, said “Amélie”."),
        ("paragraph", "Second. More."),
        ("paragraph", "Next page."),
    ]
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("form", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_pictures(form, media_type):
    content = files.picture(form)
    document = read(content, name="wrong.txt")
    assert (document.medium, document.media_type) == (Medium.IMAGE, media_type)
    assert (document.width, document.height, document.size) == (32, 24, len(content))
    assert document.canonical_sha256 == document.sha256
    assert (document.text, document.blocks) == ("", ())


def test_pictures_that_move():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    content = files.picture("PNG", save_all=True, append_images=frames)
    assert read(content).medium is Medium.IMAGE


@pytest.mark.parametrize(
    ("content", "name", "media_type", "expected"),
    [
        (b"# a", "a.md", None, "text/markdown"),
        (b"# a", "A.MARKDOWN", None, "text/markdown"),
        (b"# a", "a.txt", None, "text/plain"),
        (b"# a", "", None, "text/plain"),
        (b"# a", "", "text/markdown; charset=utf-8", "text/markdown"),
        (b"<p>a</p>", "", None, "text/html"),
        (b"<p>a</p>", "a.txt", None, "text/plain"),
        (b"<p>a</p>", "a.md", None, "text/markdown"),
        (b"\xef\xbb\xbf <!-- x --><!DOCTYPE html><p>a", "a.txt", None, "text/html"),
        (b"<?xml version='1.0'?><html><body>a</body></html>", "", None, "text/html"),
        ("<html><p>a".encode("utf-16"), "", None, "text/html"),
        (b"a,b\n1,2", "a.csv", None, "text/plain"),
    ],
)
def test_the_kind_comes_from_the_content_first(content, name, media_type, expected):
    assert read(content, name=name, media_type=media_type).media_type == expected


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_byte_order_mark_or_in_utf8(charset):
    assert read("Amélie, 市長 😀".encode(charset)).text == "Amélie, 市長 😀"


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf16_of_both_orders(mark):
    assert read(("\ufeff" + "Amélie").encode(mark)).text == "Amélie"


@pytest.mark.parametrize(
    "page",
    ["<!doctype html><meta charset=iso-8859-1><p>Amélie “x”",
     "<!doctype html><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>Amélie “x”"],
)  # fmt: skip
def test_a_page_may_name_its_encoding(page):
    assert read(page.encode("cp1252")).text == "Amélie “x”"


def test_a_media_type_may_name_the_encoding():
    assert read("Привет".encode("koi8-r"), media_type="text/plain; charset=KOI8-R").text == "Привет"
