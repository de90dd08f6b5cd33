"""Whatever is typed, pasted or uploaded: a clear answer, nothing lost, nobody where they do not belong."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.desk.item.pages import STORY, html, of, story
from tests.newsroom.desk import approved, text, use
from tests.newsroom.logins import login_of
from tests.reading.files import picture, zipped

from masthead.newsroom.items.commands import add_item, newest
from masthead.newsroom.items.given import Given
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import current_run
from masthead.vocabulary import WaiverReason

NEW = "/desk/items/new"
SCRIPT = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>&lt;b&gt;"
UNICODE = {
    "overrides": "safe\u202e\u2066 gpj.exe \u2069 10\u200f% \u061c",
    "no character": "a\x00b 77 metres",
    "combining": "Z\u0351\u0343\u0312a\u0300\u0301 1\u20e3 \U0001f468\u200d\U0001f469\u200d\U0001f467 " * 20,
    "other scripts": "نص عربي ١٢٣ עברית 12 中文 九百 हिन्दी",
    "far planes": "\U0001f700 \U000e0041\U000e0042 \U0010fffd",
    "separators": "one\u2028two\u2029three\x85four\x0bfive\x1csix",
}


def test_a_script_in_every_field_and_file_name_is_words(small, browsers):
    approved(small, SCRIPT[:60])
    version = add_item(
        small.author,
        Given(f"{SCRIPT}.md", f"{SCRIPT}\n\nIt cost 77 florins {SCRIPT}.\n\nIt cost 88 crowns.".encode()),
        sources=[Given(f"a{SCRIPT}.txt".replace("/", ""), b"Another sum.")],
        uses=[use(SCRIPT[:60])],
        title=SCRIPT,
    )
    run = commands.run_checks(small.author, version)
    commands.waive(small.editor, version, run.findings.all()[0], WaiverReason.WITNESSED, SCRIPT)
    finding = run.findings.all()[1]
    pages = ("", "versions/new", "uses/add", "sources/add", f"findings/{finding.fingerprint}/waive")
    for below in pages:
        page = html(browsers.editor.get(of(version, below)))
        assert "<script>alert" not in page, below
        assert "<img src=x" not in page, below
        assert "'><img" not in page, below


def test_a_script_that_comes_back_in_a_refused_form_is_words(browsers):
    page = html(browsers.author.post(NEW, {"title": SCRIPT, "address": SCRIPT, "language": SCRIPT[:35]}), 422)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("words", UNICODE.values(), ids=UNICODE.keys())
def test_unicode_of_every_kind_is_kept_and_shown(small, browsers, words):
    answer = browsers.author.post(NEW, {"text": words, "title": words[:200], "notes": f"{words} So."})
    assert answer.status_code == 303, answer.content.decode()
    version = Version.objects.get()
    commands.run_checks(small.author, version)
    page = html(browsers.author.get(of(version)))
    assert "\x00" not in page
    assert html(browsers.author.get(of(version, "versions/new")))


def test_lone_surrogates_in_a_form_are_replaced(browsers):
    raw = b"text=A+sum+%ED%A0%80+of+77+florins&title=%ED%B0%80"
    answer = browsers.author.post(NEW, raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303, answer.content.decode()
    assert "\ud800" not in Version.objects.get().title


PATHS = ["a%00b/", "a%00b/sign-off", "a%ED%A0%80/", "%E2%80%AE/", "a%00/findings/%00/waive"]


@pytest.mark.parametrize("path", PATHS)
def test_an_address_of_characters_that_no_item_has_is_of_no_item(browsers, path):
    assert browsers.author.get(f"/desk/items/{path}").status_code == 404


def test_ten_megabytes_pasted_get_a_clear_answer_and_nothing_is_lost(browsers):
    words = "A sentence of words. " * 500_000
    page = html(browsers.author.post(NEW, {"text": words, "title": "A long one"}), 422)
    assert "too long to be taken in at once" in page
    assert 'value="A long one"' in page
    assert words in page, "without scripts it would be lost"


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10_000)
def test_beyond_what_a_request_may_hold_it_is_said_that_nothing_was_read(browsers):
    page = html(browsers.author.post(NEW, {"text": "A sentence. " * 2_000}), 413)
    assert "nothing of it was read" in page
    assert "still where you copied it from" in page


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.docx", lambda: zipped(document=b"<document>" + b" " * 400_000_000 + b"</document>")),
        ("a.exe", lambda: b"MZ\x90\x00" * 400),
        ("story.md", lambda: picture("GIF")),
        ("empty.md", bytes),
        ("cut.jpg", lambda: picture("JPEG", (200, 200))[:900]),
    ],
    ids=["svg", "zip bomb", "program", "gif called text", "empty", "cut off"],
)
def test_a_file_that_cannot_be_read_gets_a_reason(browsers, name, made):
    page = html(browsers.author.post(NEW, {"file": SimpleUploadedFile(name, made()), "title": "Kept"}), 422)
    assert "Kept" in page
    assert 'class="error"' in page or "There is a problem" in page
    assert Item.objects.count() == 0


def test_a_file_larger_than_allowed_is_not_even_read(browsers, settings):
    from dataclasses import replace

    settings.MASTHEAD = replace(settings.MASTHEAD, max_upload=1000)
    page = html(browsers.author.post(NEW, {"file": SimpleUploadedFile("a.md", b"x" * 2000)}), 422)
    assert "at most" in page


def test_what_was_handed_in_never_runs_as_ours(small, browsers):
    page = (
        b"<!doctype html><html><body><p>Hello there, it is a page.</p><script>alert(1)</script></body></html>"
    )
    version = add_item(
        small.author,
        Given("a.html", page),
        sources=[Given("b.svg", b"<svg><script>alert(1)</script></svg>"), Given('q"\r\nX: y.txt', b"Notes.")],
        language="en",
    )
    addresses = [of(version, "versions/1/file")]
    addresses += [of(version, f"sources/{source.pk}/file") for source in version.sources.all()]
    for address in addresses:
        answer = browsers.author.get(address)
        assert answer.status_code == 200
        assert re.fullmatch(
            r'attachment; filename="[a-z2-7]{8}-(1\.html\.txt|source-[0-9a-f]{8}\.(bin|txt))"',
            answer["Content-Disposition"],
        )
        assert answer["Content-Type"] in ("application/octet-stream", "text/plain", "text/markdown")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_picture_is_shown_and_still_sandboxed(small, browsers):
    version = add_item(small.author, Given("p.webp", picture("WEBP")), title="Dusk")
    answer = browsers.author.get(of(version, "versions/1/file"))
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def every_route(version):
    run = current_run(version)
    assert run
    return [
        of(version),
        of(version, "check"),
        of(version, f"findings/{run.findings.all()[0].fingerprint}/waive"),
        of(version, "sources/add"),
        of(version, "uses/add"),
        of(version, "versions/new"),
        of(version, "versions/1/file"),
        of(version, f"sources/{version.sources.all()[0].pk}/file"),
        of(version, "protect"),
    ]


def test_no_route_leads_a_stranger_into_an_item(small, browsers):
    version = story(small)
    for address in every_route(version):
        for answer in (browsers.freelancer.get(address), browsers.freelancer.post(address)):
            assert answer.status_code in (403, 404), address
            assert "Flood" not in answer.content.decode()
    for address in every_route(version):
        assert Client().get(address)["Location"].startswith("/account/login/"), address


def test_what_belongs_to_another_item_is_not_found_under_ones_own(small, browsers):
    theirs = add_item(small.editor, text("Secret words."), sources=[text("A secret.", "s.md")], language="en")
    mine = story(small)
    source = theirs.sources.get()
    assert browsers.author.get(of(mine, f"sources/{source.pk}/file")).status_code == 404
    assert browsers.author.get(of(mine, f"sources/{uuid.uuid4()}/file")).status_code == 404
    for number in (0, 2, 99999999):
        assert browsers.author.get(of(mine, f"versions/{number}/file")).status_code == 404


def test_a_form_of_another_site_changes_nothing(small, browsers):
    version = story(small)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(login_of(small.author))
    for address in (NEW, *every_route(version)[1:6], of(version, "protect")):
        assert strict.post(address, {"text": "x", "protected": "yes"}).status_code == 403, address
    assert Item.objects.count() == 1
    assert newest(version.item).number == 1


def test_only_what_is_meant_to_be_sent_is_taken_by_post_and_nothing_by_other_verbs(small, browsers):
    version = story(small)
    assert browsers.author.get(of(version, "protect")).status_code == 405
    for address in every_route(version)[1:6]:
        assert browsers.editor.delete(address).status_code == 405, address


def test_an_item_that_was_handed_in_is_no_page_of_ours_in_the_copy(small, browsers):
    version = story(small, STORY + "\n<iframe src=x></iframe> [a](javascript:alert(1))\n")
    page = html(browsers.author.get(of(version)))
    assert "<iframe" not in page
    assert 'href="javascript' not in page


def test_a_form_from_a_session_that_ended_leads_to_the_login_and_back(small):
    version = story(small, checked=False)
    answer = Client(enforce_csrf_checks=True).post(
        of(version, "versions/new"), {"words": "Typed for an hour."}
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={of(version, 'versions/new')}"
    assert newest(version.item).number == 1
