"""What is out can be corrected and withdrawn, whatever else is under way."""

import pytest
from tests.newsroom.desk import TEXT, approved, ready, text, use

from masthead.errors import Refused
from masthead.newsroom.evidence import bundle_check, keys
from masthead.newsroom.evidence.attested import Given
from masthead.newsroom.items.commands import add_version, newest, protect, record_use
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Correction, Publication
from masthead.newsroom.review.standing import makers
from masthead.tlog.note import VerifierKey
from masthead.vocabulary import Task, Tier


def correct(desk, item, words, folder, note="A word was wrong.", uses=()):
    return public.correct(desk.editor, item, text(words), note, uses=uses, sources=(), folder=folder)


@pytest.fixture
def out(small, tmp_path):
    version = ready(small)
    public.publish(small.editor, version, tmp_path / "out")
    return version


def test_a_correction_that_was_first_brought_in_as_a_version_goes_out(small, out, tmp_path):
    words = f"{TEXT} It was corrected."
    add_version(small.author, out, text(words), language="en")
    correct(small, out.item, words, tmp_path / "out")
    assert (tmp_path / "out" / "content.md").read_text() == words


def test_a_correction_says_which_published_version_it_corrects(small, out, tmp_path):
    add_version(small.author, out, text(f"{TEXT} A draft."), language="en")
    correct(small, out.item, f"{TEXT} It was corrected.", tmp_path / "out")
    made = Correction.objects.get()
    assert made.corrected == out
    assert made.version == newest(out.item)
    assert made.version.number == 3


def test_what_is_out_already_is_no_correction(small, out, tmp_path):
    words = (tmp_path / "out" / "content.md").read_text()
    add_version(small.author, out, text(f"{TEXT} A draft."), language="en")
    with pytest.raises(Refused):
        correct(small, out.item, words, tmp_path / "out")
    assert not Correction.objects.exists()


def test_every_correction_of_many_is_told_and_proved(small, out, tmp_path):
    for note in ("The first.", "The second.", "The third."):
        correct(small, out.item, f"{TEXT} {note}", tmp_path / "out", note)
        page = (tmp_path / "out" / "page.en.html").read_text()
        assert note in page
        proof = (tmp_path / "out" / "bundle.json").read_bytes()
        verdict = bundle_check.check(proof, Given(VerifierKey.parse(keys.public_line(small.home))))
        assert verdict.intact, verdict.why
    public.withdraw(small.editor, out.item, "It was not so.", tmp_path / "out")
    proof = (tmp_path / "out" / "bundle.json").read_bytes()
    assert bundle_check.check(proof, Given(VerifierKey.parse(keys.public_line(small.home)))).intact


@pytest.mark.parametrize("lifted", [False, True])
def test_what_was_protected_goes_out_and_is_corrected_with_its_proof(small, tmp_path, lifted):
    version = ready(small)
    key = VerifierKey.parse(keys.public_line(small.home))
    protect(small.editor, version.item, protected=True)
    if lifted:
        protect(small.editor, version.item, protected=False)
    folder = public.publish(small.editor, version, tmp_path / "out")
    assert bundle_check.check((folder / "bundle.json").read_bytes(), Given(key)).intact
    protect(small.editor, version.item, protected=lifted)
    correct(small, version.item, f"{TEXT} It was corrected.", folder)
    assert "It was corrected." in (folder / "content.md").read_text()
    assert bundle_check.check((folder / "bundle.json").read_bytes(), Given(key)).intact


def test_the_same_correction_with_an_ai_use_that_was_left_out_is_another(small, out, tmp_path):
    words = f"{TEXT} It was corrected."
    correct(small, out.item, words, tmp_path / "out")
    correct(small, out.item, words, tmp_path / "out", uses=(use("Pen", Task.SUMMARY, Tier.T1),))
    assert Correction.objects.count() == 2
    assert "Pen" in (tmp_path / "out" / "page.en.html").read_text()


def test_another_reason_does_not_withdraw_again(small, out, tmp_path):
    public.withdraw(small.editor, out.item, "It was not so.", tmp_path / "out")
    with pytest.raises(Refused):
        public.withdraw(small.editor, out.item, "Another reason.", tmp_path / "out")


def test_an_ai_use_found_out_later_can_be_told_without_changing_a_word(small, out, tmp_path):
    words = version_text(out)
    pen = use("Pen", Task.SUMMARY, Tier.T1)
    with pytest.raises(Refused, match="This version is published"):
        record_use(small.author, out, pen)
    correct(small, out.item, words, tmp_path / "out", note="We had not said that AI was used.", uses=(pen,))
    assert "Pen" in (tmp_path / "out" / "disclosure.en.txt").read_text()


def test_a_signer_who_then_changes_the_form_is_said_to_have_signed_their_own(solo, tmp_path):
    approved(solo)
    version = ready(solo, use())
    curly = version_text(version).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    again = add_version(solo.editor, version, text(curly), language="en")
    commands.run_checks(solo.editor, again)
    told = commands.publish(solo.editor, again).facts
    assert told["self_signed"] is True


def test_a_sign_off_by_someone_else_stays_so_when_the_author_changes_the_form(solo, tmp_path):
    approved(solo)
    version = ready(solo, use())
    curly = version_text(version).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    again = add_version(solo.author, version, text(curly), language="en")
    commands.run_checks(solo.editor, again)
    assert commands.publish(solo.editor, again).facts["self_signed"] is False
    assert Publication.objects.count() == 1


def version_text(version):
    from masthead.newsroom.items import blobs

    return blobs.fetch(version.sha256).decode()


def test_what_the_checks_found_in_a_correction_afterwards_is_told(small, out, tmp_path):
    words = f"{TEXT} It was 17 metres wide, not 71."
    given = text(words)
    public.correct(
        small.editor,
        out.item,
        given,
        "The width was wrong.",
        uses=(),
        sources=(given,),
        folder=tmp_path / "out",
    )
    told = (tmp_path / "out" / "disclosure.en.txt").read_text()
    assert "2 numbers, names, dates and quotations were looked for" in told
    assert "nobody has checked the correction of" in told


def test_a_correction_signed_off_afterwards_is_told_as_reviewed(small, out, tmp_path):
    correct(small, out.item, f"{TEXT} It was corrected.", tmp_path / "out")
    version = newest(out.item)
    commands.sign_off(small.other_editor, version)
    public.publish(small.editor, version, tmp_path / "out")
    assert "An editor checked this version" in (tmp_path / "out" / "disclosure.en.txt").read_text()


def test_whoever_sends_out_words_that_another_wrote_and_they_signed_signed_nothing_of_their_own(
    small, out, tmp_path
):
    """Who signs a colleague's new version and sends it out as a correction made no word of it."""
    words = f"{TEXT} It was corrected."
    version = add_version(small.author, out, text(words), language="en")
    commands.run_checks(small.author, version)
    commands.sign_off(small.editor, version)
    correct(small, out.item, words, tmp_path / "out")
    told = Publication.objects.exclude(correction=None).get().facts
    assert told["reviewed"] is True
    assert told["self_signed"] is False


def test_whoever_changes_a_word_of_it_does(small, out, tmp_path):
    add_version(small.author, out, text(f"{TEXT} It was corrected."), language="en")
    correct(small, out.item, f"{TEXT} It was put right.", tmp_path / "out")
    assert small.editor.person_id in makers(newest(out.item))
