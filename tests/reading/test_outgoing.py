"""What goes out is what was read: nothing more, and nothing else."""

import io
from html import escape

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from masthead.errors import MastheadError, Refused
from masthead.reading import outgoing, read
from masthead.reading.bare.pixels import same_pixels

from . import files

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MARK = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def out_of(content: str | bytes, name: str, title: str = "The bridge") -> str:
    content = content.encode() if isinstance(content, str) else content
    document = read(content, name=name)
    out, media_type = outgoing(content, document, title)
    again = read(out, media_type=media_type)
    assert again.canonical_sha256 == document.canonical_sha256
    assert again.media_type == media_type
    return out.decode()


def body(page: str) -> str:
    return page.partition("<body>\n")[2].partition("\n</body>")[0]


HIDDEN = [
    "<script>secret</script>",
    "<style>secret</style>",
    "<!-- secret -->",
    "<p hidden>secret</p>",
    "<p style='display:none'>secret</p>",
    "<svg><text>secret</text></svg>",
    "<iframe srcdoc=secret>secret</iframe>",
    "<object data=secret>secret</object>",
    "<embed src=secret>",
    "<textarea>secret</textarea>",
    "<template>secret</template>",
    "<form action=secret><input value=secret></form>",
    "<noscript>secret</noscript>",
    "<video src=secret></video>",
    "<p title=secret onclick=secret() class=secret id=secret style='background:url(secret)'>x</p>",
    "<img src=b.jpg alt='A bridge' srcset=secret.jpg onerror=secret title=secret>",
    "<picture><source srcset=secret.jpg><img src=b.jpg></picture>",
    "<base href='https://secret.example'>",
    "<meta name=description content=secret>",
    "<a href=/x title=secret ping=secret target=secret>x</a>",
    "<p lang=secret dir=secret>x</p>",
    "<math><annotation-xml encoding=secret><p>x</annotation-xml></math>",
]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_what_a_reader_does_not_see_does_not_go_out(hidden, name):
    start = "<!doctype html><title>secret</title><p>Seen</p>\n\n" if name == "a.html" else "Seen\n\n"
    out = out_of(f"{start}{hidden}\n\nAlso seen", name)
    assert "secret" not in out
    assert "Also seen" in out


def test_a_page_goes_out_whole_and_under_the_title_that_is_signed():
    page = out_of("<html lang=fr><title>x</title><p dir=rtl>é</p>", "a.html", title='<"T">')
    assert page.startswith('<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>&lt;&quot;T&quot;&gt;</title>" in page
    assert body(page) == '<p dir="rtl">é</p>'


def test_what_shapes_a_page_stays():
    page = (
        '<h1>T</h1><p>a <b>b</b> <a href="https://a.example/?a=1&amp;b">c</a>10<sup>6</sup></p>'
        '<ul><li>d</li></ul><blockquote><p>e</p></blockquote><img src="/f.jpg" alt="f">'
        '<table><tbody><tr><th scope="col">g</th><td colspan="2">h</td></tr></tbody></table>'
    )
    assert body(out_of(page, "a.html")) == page


MARKDOWN = (
    "# The *bridge*\n\nIt <b>reopened</b> at [last](https://a.example/a_b?c=d&e \\\n) \\*now\\* &amp; here: <https://b.example>.\n\n".replace(
        " \\\n", ""
    )
    + ("3. one\n4. two\n\n> said\n\n| a | b |\n|:--|---|\n| 1 | 2 |\n\n![A map](m.jpg)\n\n```\ncode\n```\n")
)


def test_markdown_that_hides_nothing_goes_out_as_it_is():
    assert out_of(MARKDOWN, "a.md") == MARKDOWN


def test_front_matter_goes_and_its_title_stays():
    assert out_of('---\ntitle: "It\'s *on*"\nnote: secret\n---\nText.', "a.md") == "# It's \\*on\\*\n\nText."
    assert out_of("---\ntitle: On\nnote: secret\n---\n# On\n\nText.", "a.md") == "# On\n\nText."


def test_comments_in_markdown_go():
    assert (
        out_of("One <!-- secret --> two.\n\n<!--\nsecret\n-->\n\nThree.", "a.md") == "One  two.\n\n\n\nThree."
    )


@pytest.mark.parametrize(
    "hiding",
    [
        "[note]: /x 'secret'",
        "[secret]: /x",
        "[//]: # (secret)",
        "[x](/y 'secret')",
        "![x](/y.jpg 'secret')",
        "```secret\ncode\n```",
        "| a | b |\n|---|---|\n| 1 | 2 | secret |",
        "<i class=secret>x</i>",
        "<secret>x</secret>",
    ],
)
def test_markdown_that_holds_more_than_is_read_goes_out_as_a_page(hiding):
    page = out_of(f"Seen.\n\n{hiding}\n", "a.md")
    assert page.startswith("<!doctype html>")
    assert "secret" not in page


def test_a_link_that_another_program_would_run_goes_out_as_words():
    page = out_of("See [this](javascript:alert(1)).", "a.md")
    assert body(page).strip() == "<p>See [this](javascript:alert(1)).</p>"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<p><a href='javascript:alert(1)'>x</a>", "a.html"),
        ("<p><a href=' java\nscript:alert(1)'>x</a>", "a.html"),
        ("<p>x<img src='data:image/png;base64,AAAA'>", "a.html"),
        ("[x](foo:bar)", "a.md"),
        ("<p>x<img src='file:///etc/passwd'>", "a.html"),
    ],
)
def test_what_cannot_go_out_without_changing_what_was_signed_is_refused(text, name):
    document = read(text.encode(), name=name)
    with pytest.raises(Refused, match="without changing what was signed"):
        outgoing(text.encode(), document, "t")


def test_plain_text_goes_out_as_it_is():
    assert out_of("One\r\ntwo <b> & so on\n\n- three", "a.txt") == "One\r\ntwo <b> & so on\n\n- three"


def test_a_word_document_goes_out_with_its_links_and_lists():
    made = docx.Document()
    made.core_properties.title = "secret"
    made.core_properties.author = "secret"
    made.add_heading("The bridge", 1)
    paragraph = made.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    relation = made.part.relate_to("https://a.example/?a=1&b", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run("the <minutes>")._r)
    paragraph._p.append(link)
    for item in ("one", "two"):
        made.add_paragraph(item, style="List Bullet")
    made.add_table(1, 2).cell(0, 0).text = "Votes"
    page = out_of(files.saved(made), "a.docx", title="")
    assert "secret" not in page
    assert "<title>The bridge</title>" in page
    assert body(page).split("\n") == [
        "<h2>The bridge</h2>",
        '<p>See <a href="https://a.example/?a=1&amp;b">the &lt;minutes&gt;</a></p>',
        "<ul>",
        "<li>one</li>",
        "<li>two</li>",
        "</ul>",
        "<ul>",
        "<li>Votes</li>",
        "</ul>",
    ]


def test_a_pdf_goes_out_as_a_page_of_its_words():
    assert (
        body(out_of(files.pdf([["One & two."], ["Three."]]), "a.pdf"))
        == "<p>One &amp; two.</p>\n<p>Three.</p>"
    )


def test_a_document_of_other_bytes_is_a_fault_of_the_program():
    with pytest.raises(ValueError, match="not a reading"):
        outgoing(b"one", read(b"two"), "t")


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a href='/x'",
    "a href=//y",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "form",
    "pre",
    "h2",
    "q",
    "sup",
    "button",
    "section",
    "span hidden",
    "script",
    "dialog open",
    "details",
    "center",
    "svg",
    "math",
    "select",
    "font",
    "blockquote",
    "ruby",
    "rt",
    "br",
    "img src=a.jpg alt=x",
    "img src=b.jpg",
    "option",
    "p dir=rtl",
    "nobr",
    "label",
    "title",
    "body",
    "caption",
    "fieldset",
    "legend",
    "address",
    "xmp",
    "template",
    "foreignObject",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.text("abcé<>&;\"'\n \u00a0\u00ad\u200bא5–", max_size=6).map(escape),
    st.sampled_from(["<!-- c -->", "<!--", "-->", "&#13;", "&nbsp;", "]]>", "<![CDATA[", "e\u0301"]),
)


def _goes_out_the_same_or_not_at_all(text: str, name: str) -> bool:
    content = ("<!doctype html>x" + text if name == "a.html" else "x " + text).encode()
    document = read(content, name=name)
    try:
        out, media_type = outgoing(content, document, "t")
    except Refused:
        return False
    again = read(out, media_type=media_type)
    assert again.canonical_sha256 == document.canonical_sha256
    assert outgoing(out, again, "t") == (out, media_type)
    return True


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_page_goes_out_with_its_form_and_a_second_time_as_it_is(page):
    _goes_out_the_same_or_not_at_all(page, "a.html")


MARKS = [
    "*",
    "**",
    "_",
    "`",
    "#",
    "- ",
    "1. ",
    "> ",
    "\n",
    "\n\n",
    "[a]",
    "(/b)",
    "![",
    "](c.jpg)",
    "|",
    "\n---\n",
    "\\",
    "&amp;",
    "&lt;",
    "<b>",
    "</b>",
    "<!-- c -->",
    "<div>",
    "</div>",
    "    ",
    "```",
    "[a]: /b\n",
    "<https://a.example>",
    "word",
    "5",
    "é",
    "---\ntitle: T\n---\n",
    "~~",
    "\t",
    "<",
    ">",
    "“",
    "…",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join), st.booleans())
def test_any_markdown_goes_out_with_its_form(text, with_front_matter):
    front = "---\ntitle: 'A *b* [c] <d>'\nx: y\n---\n" if with_front_matter else ""
    content = (front + "x " + text).encode()
    document = read(content, name="a.md")
    try:
        out, media_type = outgoing(content, document, "t")
    except Refused:
        return
    assert read(out, media_type=media_type).canonical_sha256 == document.canonical_sha256


WORDS = st.text("abcdefgh éא市5.,'’-", min_size=1, max_size=20).filter(lambda words: words.strip(" .,'’-5"))


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=5), st.booleans())
def test_an_ordinary_story_is_never_refused(paragraphs, as_page):
    text = (
        "".join(f"<p>{p}</p>" for p in paragraphs) if as_page else "\n\n".join(f"w {p}" for p in paragraphs)
    )
    assert _goes_out_the_same_or_not_at_all(text, "a.html" if as_page else "a.md")


FORMS = [
    ("JPEG", {}),
    ("JPEG", {"progressive": True, "subsampling": 0}),
    ("JPEG", {"restart_marker_blocks": 2}),
    ("PNG", {}),
    ("WEBP", {}),
    ("WEBP", {"lossless": True}),
]


def photograph(form: str, mode: str = "RGB", orientation: int = 1, mark: str = "", **options) -> bytes:
    image = Image.effect_noise((40, 30), 80).convert(mode)
    exif = image.getexif()
    exif[0x0112], exif[0x013B], exif[0xA431] = orientation, "secret", "secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0)})
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret {mark}</x:xmpmeta>"
    options |= {"exif": exif.tobytes(), "icc_profile": PROFILE}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "secret")
        info.add_text("Comment", "secret", zip=True)
        info.add_itxt("XML:com.adobe.xmp", xmp)
        options["pnginfo"] = info
    else:
        options["xmp"] = xmp.encode()
    if form == "JPEG":
        options["comment"] = b"secret"
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue() + b"secret after the end"


@pytest.mark.parametrize(("form", "options"), FORMS)
@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_goes_out_with_its_pixels_and_colours_and_nothing_it_tells(
    form, options, mode, orientation
):
    content = photograph(form, mode, orientation, **options)
    out, _ = outgoing(content, read(content), "t")
    assert b"secret" not in out
    with Image.open(io.BytesIO(out)) as shown, Image.open(io.BytesIO(content)) as given_:
        assert dict(shown.getexif()) == ({0x0112: 6} if orientation == 6 else {})
        assert shown.info["icc_profile"] == PROFILE
        assert shown.tobytes() == given_.tobytes()
    assert outgoing(out, read(out), "t")[0] == out


def test_colours_for_print_and_palettes_with_transparency_stay():
    for content in (
        photograph("JPEG", "CMYK"),
        photograph("PNG", "P", transparency=3),
        photograph("WEBP", "RGBA"),
    ):
        out, media_type = outgoing(content, read(content), "t")
        assert same_pixels(content, out, media_type.removeprefix("image/").upper())


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_every_frame_of_a_moving_picture_stays(form):
    out = io.BytesIO()
    frames = [Image.effect_noise((20, 20), sigma).convert("RGB") for sigma in (10, 50, 90)]
    frames[0].save(
        out, form, save_all=True, append_images=frames[1:], duration=90, lossless=True, exif=b"Exif\0\0secret"
    )
    content = out.getvalue()
    sent, _ = outgoing(content, read(content), "t")
    assert b"secret" not in sent
    with Image.open(io.BytesIO(sent)) as shown:
        assert shown.n_frames == 3


def test_the_preview_that_a_camera_puts_behind_a_picture_goes():
    out = io.BytesIO()
    one, other = (Image.effect_noise((20, 20), sigma).convert("RGB") for sigma in (10, 90))
    one.save(out, "MPO", save_all=True, append_images=[other])
    content = out.getvalue()
    sent, media_type = outgoing(content, read(content), "t")
    with Image.open(io.BytesIO(sent)) as shown:
        assert (shown.format, media_type) == ("JPEG", "image/jpeg")
    assert len(sent) < len(content) * 0.7


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_mark_that_ai_made_a_picture_is_not_taken_off(form):
    marked, unmarked = (photograph(form, mark=mark) for mark in (MARK, "http://cv.iptc.org/newscodes/secret"))
    assert MARK.encode() in outgoing(marked, read(marked), "t")[0]
    assert b"xmpmeta" not in outgoing(unmarked, read(unmarked), "t")[0]


PHOTOGRAPHS = {form: photograph(form) for form in ("JPEG", "PNG", "WEBP")}


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_picture_with_changed_bytes_goes_out_whole_or_is_refused_in_words(data, form):
    content = bytearray(PHOTOGRAPHS[form])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = read(bytes(content))
        out, media_type = outgoing(bytes(content), document, "t")
    except MastheadError:
        return
    assert read(out).media_type == media_type
