"""What is made of an item after a part of it was erased."""

from tests.newsroom.desk import text
from tests.retention.test_erase_part import erase, went_out

from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items import commands as items
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.retention.words import Part
from masthead.newsroom.review import commands as review


def test_a_version_made_after_its_sources_were_erased_does_not_count_them(small):
    out = went_out(small)
    erase(small, out.item, Part.SOURCES)
    public.correct(
        small.editor, out.item, text("The quay was still."), "It was.", uses=(), sources=(),
        folder=site_folder(out.item),
    )  # fmt: skip
    assert not items.newest(out.item).sources.exists()
    known = text("The quay was as still as that.", "harbour.md")
    before = items.add_version(small.author, items.newest(out.item), text("The quay was as still."))
    items.add_source(small.author, before, known)
    after = items.add_version(small.author, before, text("The quay was as still as ever."))
    assert [each.label for each in after.sources.all()] == ["harbour.md"]
    review.run_checks(small.author, after)
    assert verify_log().intact
