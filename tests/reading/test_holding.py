"""A forged page has the words that were signed and more that a browser shows: never taken for them alone."""

import pytest

from masthead.reading import holds_more, outgoing, read

from . import files

PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title></head>"
    "<body><h1>T</h1>{}</body></html>"
)
MORE = [
    "<textarea>new words</textarea>",
    "<svg><text>new words</text></svg>",
    "<iframe srcdoc='new words'></iframe>",
    "<object data=a></object>",
    "<video src=a></video>",
    "<select><option>new words</select>",
    "<input value='new words'>",
    "<noscript>new words</noscript>",
    "<style>p::after{content:'new words'}</style>",
    "<script>document.write('new words')</script>",
    "<template><p>new words</template>",
    "<p style=\"background:url('a')\">x</p>",
    "<p onclick=x()>x</p>",
    "<p hidden>new words</p>",
    "<p title='new words'>x</p>",
    "<img src=b.jpg alt='A bridge' srcset=other.jpg>",
    "<img src='data:image/png;base64,AA' alt='A bridge'>",
    "<a href='javascript:x()'>x</a>",
    "<math><mtext>new words</mtext></math>",
    "<link rel=stylesheet href=a.css>",
    "<base href='https://other.example'>",
    "<meta http-equiv=refresh content='0;url=https://other.example'>",
    "<canvas></canvas><p>x</p>",
    "<x-new>new words</x-new>",
]
HARMLESS = [
    "<p>Words, <em>some</em> <strong>of them</strong> <a href=/x rel=nofollow>linked</a>.</p>",
    "<!-- nobody sees this --><section class=a id=b><img src=b.jpg alt='A bridge' width=4></section>",
    "<details><summary>x</summary><p>y</p></details>",
    "<ul><li>x</ul><ol><li>x</ol><table><tr><td colspan=2>x</td></table><blockquote>x</blockquote><hr>a<br>b",
]


def more(content: str | bytes, name: str) -> bool:
    content = content.encode() if isinstance(content, str) else content
    return holds_more(content, read(content, name=name))


@pytest.mark.parametrize("markup", MORE)
def test_what_a_browser_shows_or_runs_beside_the_words_is_more(markup):
    forged = PAGE.format(f"<p>Seen</p>{markup}")
    assert more(forged, "a.html")
    assert more(f"Seen\n\n{markup}", "a.md")


def test_an_attribute_of_the_page_itself_is_looked_at():
    assert more(PAGE.format("x").replace("<body>", "<body onload=x()>"), "a.html")
    assert more(PAGE.format("x").replace("<html ", "<html onclick=x() "), "a.html")


@pytest.mark.parametrize("markup", HARMLESS)
def test_words_links_and_pictures_are_no_more_than_was_read(markup):
    assert not more(PAGE.format(markup), "a.html")


def test_what_goes_out_holds_no_more_than_was_read():
    for markup in (*MORE[:10], *HARMLESS):
        for content, name in ((PAGE.format(f"<p>Seen</p>{markup}"), "a.html"), (f"Seen\n\n{markup}", "a.md")):
            document = read(content.encode(), name=name)
            out, media_type = outgoing(content.encode(), document, "T")
            assert not holds_more(out, read(out, media_type=media_type))


def test_what_stands_before_a_text_is_more_than_the_text():
    assert more("---\ntitle: T\nsubtitle: new words\n---\nSeen", "a.md")
    assert more("Seen\n\n[a]: https://other.example 'new words'", "a.md")
    assert not more("# T\n\nSeen *here*, [there](https://there.example).", "a.md")
    assert not more("Any <b>words</b> at all", "a.txt")


def test_of_word_and_pdf_nobody_can_tell():
    assert more(files.word(["Seen"]), "a.docx")
    assert more(files.pdf([["Seen"]]), "a.pdf")
