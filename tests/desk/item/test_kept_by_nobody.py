"""What is shown at the desk stays in no cache: after a sign-out, going back shows nothing."""

from tests.desk.item.pages import html, of, story

from masthead.newsroom.items.commands import protect


def test_no_page_of_the_desk_is_kept_by_a_browser_or_a_proxy(small, browsers):
    version = story(small, checked=False)
    for address in ("/desk/", of(version), of(version, "uses/add"), "/desk/me/"):
        answer = browsers.author.get(address)
        assert answer["Cache-Control"] == "private, no-store", address
    refused = browsers.auditor.get("/desk/items/new")
    assert (refused.status_code, refused["Cache-Control"]) == (403, "private, no-store")


def test_a_file_is_asked_for_anew_and_of_a_protected_item_never_kept(small, browsers):
    version = story(small, checked=False)
    first = browsers.author.get(of(version, "versions/1/file"))
    assert first["Cache-Control"] == "private, no-cache"
    again = browsers.author.get(of(version, "versions/1/file"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browsers.freelancer.get(of(version, "versions/1/file")).status_code == 404
    protect(small.author, version.item, protected=True)
    hidden = browsers.author.get(of(version, "versions/1/file"), headers={"If-None-Match": first["ETag"]})
    assert (hidden.status_code, hidden["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in hidden
    assert html(browsers.author.get(of(version)))


def test_a_form_for_a_whole_text_is_kept_for_going_back_but_of_a_protected_item(small, browsers):
    version = story(small, checked=False)
    for address in ("/desk/items/new", of(version, "versions/new")):
        assert browsers.author.get(address)["Cache-Control"] == "private, no-cache", address
        refused = browsers.author.post(address, {"text": "A secret.", "address": "no address"})
        assert (refused.status_code, refused["Cache-Control"]) == (422, "private, no-store"), address
    protect(small.author, version.item, protected=True)
    assert browsers.author.get(of(version, "versions/new"))["Cache-Control"] == "private, no-store"


def test_the_desk_without_its_stroke_is_found(browsers):
    answer = browsers.author.get("/desk")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
