"""A new item: pasted, handed in, or fetched; each works without a script."""

import re
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.item.pages import STORY, html, of
from tests.exchange.sites import dripping, says, site
from tests.newsroom.at_once import at_once
from tests.newsroom.desk import text
from tests.reading.files import picture

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.items import blobs
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Delivery
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.jobs import Standing, standing, work_off
from masthead.newsroom.review import commands
from masthead.newsroom.review.standing import current_run

NEW = "/desk/items/new"


def sent(browser, **fields):
    return browser.post(NEW, fields)


def test_pasted_text_becomes_an_item_with_its_sources_and_answers(browsers):
    answer = sent(
        browsers.author,
        text=STORY.replace("\n", "\r\n"),
        notes="Notes.",
        title="Floods",
        public_interest="no",
    )
    version = Version.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == of(version)
    assert blobs.fetch(version.sha256).decode() == STORY
    assert (version.title, version.public_interest, version.realistic) == ("Floods", False, None)
    assert [source.label for source in version.sources.all()] == ["Pasted notes.txt"]


def test_a_file_becomes_an_item_and_so_does_a_photograph_taken_now(browsers):
    sent(browsers.author, file=SimpleUploadedFile("story.md", STORY.encode()))
    sent(browsers.author, photo=SimpleUploadedFile("IMG_1.jpg", picture("JPEG")), realistic="yes")
    assert {item.medium for item in Item.objects.all()} == {"text", "image"}


def test_several_files_are_sources(browsers):
    files = [
        SimpleUploadedFile("a.txt", b"One thing."),
        SimpleUploadedFile("b.mp3", b"\xff\xfb\x90\x00" * 50),
    ]
    sent(browsers.author, text=STORY, source_files=files)
    assert Version.objects.get().sources.count() == 2


def test_the_checks_are_asked_for_and_the_page_says_how_it_goes(browsers):
    page = html(browsers.author.post(NEW, {"text": STORY}, follow=True))
    version = Version.objects.get()
    assert standing(f"check:{version.id}") is Standing.WAITING
    assert "Not checked yet" in page, "no worker is at work"
    assert "Check now" in page
    work_off()
    assert current_run(version) is not None
    assert "Not cleared yet" in html(browsers.author.get(of(version)))


def test_one_way_must_be_taken_and_only_one(browsers):
    assert "Paste a text, hand in a file or give an address." in html(sent(browsers.author, text=" \n "), 422)
    both = sent(browsers.author, text="A text.", address="https://news.example/a")
    assert "Choose one way" in html(both, 422)
    assert "A text." in html(both, 422), "what was typed stays"
    assert Item.objects.count() == 0


def test_sent_twice_it_is_one_item(browsers):
    once = re.search(r'name="once" value="([^"]+)"', html(browsers.author.get(NEW)))
    assert once
    first = sent(browsers.author, text=STORY, once=once[1])
    again = sent(browsers.author, text=STORY, once=once[1])
    assert first["Location"] == again["Location"]
    assert Item.objects.count() == 1


def mark_of(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found[1]


def notes() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", b"One thing.")


def test_the_very_same_under_another_mark_is_the_same_item(browsers):
    """As after the browser's *back*, which shows the form anew with what was typed in it."""
    told = {"text": STORY, "title": "Floods"}
    first = sent(browsers.author, **told, source_files=notes(), once="one")
    again = browsers.author.post(NEW, {**told, "source_files": notes(), "once": "two"}, follow=True)
    assert again.redirect_chain == [(first["Location"], 303)]
    assert "You had brought in exactly this already" in html(again)
    assert Item.objects.count() == 1
    assert sent(browsers.author, **told, once="three").status_code == 303
    assert Item.objects.count() == 2, "without the notes it is not the same"
    assert sent(browsers.freelancer, **told, source_files=notes(), once="four").status_code == 303
    assert Item.objects.count() == 3, "another person's"


def test_a_page_that_changed_is_another_item_though_its_address_is_the_same(browsers, monkeypatch):
    with site() as there:
        own = replace(settings.MASTHEAD, own_network=("127.0.0.1",), own_ports=(there.port,))
        monkeypatch.setattr(settings, "MASTHEAD", own)
        live = {"address": there.url("/live.txt")}
        there.answers["/live.txt"] = says(b"The dyke holds.", Content_Type="text/plain")
        first = sent(browsers.author, **live, once="morning")
        assert sent(browsers.author, **live, once="morning")["Location"] == first["Location"]
        assert len(there.asked) == 1, "sent twice, it is not fetched twice"
        same = browsers.author.post(NEW, {**live, "once": "noon"}, follow=True)
        assert same.redirect_chain == [(first["Location"], 303)]
        assert "You had brought in exactly this already" in html(same)
        there.answers["/live.txt"] = says(b"The dyke broke at noon.", Content_Type="text/plain")
        changed = browsers.author.post(NEW, {**live, "once": "evening"}, follow=True)
    assert "exactly this already" not in html(changed)
    assert {blobs.fetch(version.sha256) for version in Version.objects.all()} == {
        b"The dyke holds.",
        b"The dyke broke at noon.",
    }


def test_a_source_that_changed_makes_another_item(browsers, monkeypatch):
    with site() as there:
        own = replace(settings.MASTHEAD, own_network=("127.0.0.1",), own_ports=(there.port,))
        monkeypatch.setattr(settings, "MASTHEAD", own)
        told = {"text": STORY, "addresses": there.url("/toll.txt")}
        there.answers["/toll.txt"] = says(b"Ten are safe.", Content_Type="text/plain")
        first = sent(browsers.author, **told, once="morning")
        assert sent(browsers.author, **told, once="noon")["Location"] == first["Location"]
        there.answers["/toll.txt"] = says(b"Eleven are safe.", Content_Type="text/plain")
        assert sent(browsers.author, **told, once="evening")["Location"] != first["Location"]
    kept = {blobs.fetch(version.sources.get().sha256) for version in Version.objects.all()}
    assert kept == {b"Ten are safe.", b"Eleven are safe."}


def test_something_else_under_a_used_mark_is_asked_about_and_not_dropped(browsers):
    sent(browsers.author, text=STORY, once="one")
    page = html(sent(browsers.author, text=f"{STORY} And more.", title="Anew", once="one"), 422)
    assert Item.objects.count() == 1
    assert " And more." in page
    assert "from this form already" in page
    assert f'href="{of(Version.objects.get())}"' in page, "where the first is"
    assert sent(browsers.author, text=f"{STORY} And more.", once=mark_of(page)).status_code == 303
    assert Item.objects.count() == 2


def test_what_was_brought_in_a_day_ago_may_be_brought_in_again(browsers):
    sent(browsers.author, text=STORY, once="one")
    with lifted():
        Version.objects.update(added_at=Version.objects.get().added_at - timedelta(days=1))
    assert sent(browsers.author, text=STORY, once="two").status_code == 303
    assert Item.objects.count() == 2


def test_what_was_withdrawn_may_be_brought_in_again(small, browsers):
    sent(browsers.author, text=STORY, once="one")
    version = Version.objects.get()
    commands.run_checks(small.author, version)
    commands.break_glass(small.editor, version, "It cannot wait.", review_within=timedelta(days=1))
    commands.publish(small.editor, version)
    commands.withdraw(small.editor, version.item, "It was not so.")
    assert sent(browsers.author, text=STORY, once="two").status_code == 303
    assert Item.objects.count() == 2


def test_deliveries_at_the_same_moment_are_one_item(small):
    once = Delivery("one", "a" * 64)
    outcomes = at_once(*[lambda: add_item(small.author, text(), language="en", once=once)] * 3)
    assert {outcome.pk for outcome in outcomes} == {Version.objects.get().pk}


def test_what_someone_else_sent_once_is_not_shown_to_a_stranger(browsers):
    sent(browsers.author, text=STORY, once="guessed")
    answer = sent(browsers.freelancer, text="Another story entirely.", once="guessed")
    assert Item.objects.count() == 1
    page = html(answer, 422)
    assert of(Version.objects.get()) not in page
    assert "This was not taken yet" in page
    fresh = re.search(r'name="once" value="([^"]+)"', page)
    assert fresh
    assert fresh[1] != "guessed"
    assert sent(browsers.freelancer, text="Another story entirely.", once=fresh[1]).status_code == 303


def test_a_text_too_long_to_be_taken_comes_back_with_its_title(browsers, monkeypatch):
    monkeypatch.setattr("masthead.desk.item.fields.LONGEST", 1000)
    page = html(sent(browsers.author, text="word " * 300, title="My title"), 422)
    assert "too long" in page
    assert "word word" in page
    assert "My title" in page
    assert 'data-longest="' in html(browsers.author.get(NEW))
    assert "maxlength" not in html(browsers.author.get(NEW)).partition('name="text"')[2].partition(">")[0]
    assert Item.objects.count() == 0


def test_an_address_inside_is_refused_and_nothing_is_lost(browsers):
    for address in (
        "http://127.0.0.1:8000/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "ftp://a.example/",
    ):
        page = html(sent(browsers.author, address=address, title="My title"), 422)
        assert "My title" in page
        assert 'class="error"' in page
    refused = html(sent(browsers.author, text=STORY, addresses="http://10.0.0.1/"), 422)
    assert "does not lead to the public internet" in refused
    assert Item.objects.count() == 0


def test_all_pages_of_a_form_are_waited_for_together_and_no_longer(browsers, monkeypatch):
    with site() as there:
        own = replace(settings.MASTHEAD, own_network=("127.0.0.1",), own_ports=(there.port,))
        monkeypatch.setattr(settings, "MASTHEAD", own)
        targets = [f"/{number}.txt" for number in range(3)]
        there.answers |= {target: says(target.encode(), Content_Type="text/plain") for target in targets}
        addresses = "\n".join(map(there.url, targets))
        assert sent(browsers.author, text=STORY, addresses=addresses).status_code == 303
        assert Version.objects.get().sources.count() == 3
        there.answers["/1.txt"] = dripping(b"")
        monkeypatch.setattr("masthead.desk.item.handing.SECONDS", 0.5)
        page = html(sent(browsers.author, text=STORY, addresses=addresses, title="My title"), 422)
    assert "took too long" in page
    assert "My title" in page
    assert [each.target for each in there.asked] == [*targets, "/0.txt", "/1.txt"]
    assert Item.objects.count() == 1


def test_who_may_not_work_on_items_sees_no_form(browsers):
    for browser in (browsers.steward, browsers.auditor, browsers.administrator):
        assert browser.get(NEW).status_code == 403


def test_a_title_too_long_is_refused_in_plain_words_and_nothing_of_it_is_lost(browsers):
    field = html(browsers.author.get(NEW)).partition('name="title"')[2].partition(">")[0]
    assert "maxlength" not in field, "a browser cuts a paste at it unsaid"
    assert 'data-longest="300"' in field
    assert "This has more than 300 characters." in field
    title = "🙂 é " * 75 + "!"
    page = html(sent(browsers.author, text="A story.", title=title), 422)
    assert "This has more than 300 characters. Shorten it" in page
    assert f'value="{title}"' in page
    assert "A story." in page
    assert Item.objects.count() == 0
    assert sent(browsers.author, text="A story.", title=title[:-1]).status_code == 303
    assert Item.objects.get().versions.get().title == title[:-1].strip()


def test_a_limit_is_told_as_the_reader_writes_numbers(browsers):
    said = {"en": "more than 2,000 characters", "fr": "2\N{NARROW NO-BREAK SPACE}000"}
    for language, words in said.items():
        page = html(browsers.author.get(NEW, headers={"accept-language": language}))
        assert words in page.partition('name="address"')[2].partition(">")[0]
