import json
from datetime import date

from hypothesis import given, settings
from inline_snapshot import snapshot
from tests.labels.strategies import photo, records, story, use

from masthead.labels import disclose, json_ld, source_type
from masthead.labels.record import Change
from masthead.labels.source_type import ENHANCED, MADE, MIXED, SCHEMA_ORG
from masthead.vocabulary import Task, Tier

some = settings(max_examples=80, deadline=None)

SCHEMA_ORG_PROPERTIES = {
    "@context", "@type", "name", "headline", "url", "inLanguage", "datePublished", "dateModified",
    "publisher", "creditText", "digitalSourceType", "correction", "creativeWorkStatus", "subjectOf", "sha256",
    "encoding", "text", "abstract", "mentions", "provider", "description",
}  # fmt: skip


def test_a_made_picture_and_a_changed_one():
    assert source_type(photo(use(Task.IMAGE_GENERATION))) == MADE
    assert source_type(photo(use(Task.IMAGE_GENERATION, part="the sky"))) == MIXED
    assert source_type(photo(use(Task.IMAGE_EDITING))) == MIXED
    assert source_type(photo(use(Task.IMAGE_EDITING, Tier.T0))) == ENHANCED


def test_a_camera_is_never_derived_from_silence():
    assert source_type(photo()) is None
    assert source_type(photo(use(Task.ALT_TEXT))) is None


def test_a_text_is_ai_media_only_where_no_person_worked_on_it():
    assert source_type(story(use(Task.DRAFTING, Tier.T3))) == MADE
    assert source_type(story(use(Task.DRAFTING, Tier.T2))) == MIXED
    assert source_type(story(use(Task.DRAFTING, Tier.T1))) is None
    assert source_type(story(use(Task.SUMMARY, Tier.T2))) is None


def test_the_json_ld_of_a_corrected_story():
    record = story(
        use(provider="Lorem AI"), corrections=(Change(date(2026, 11, 13), "Twelve streets, not twenty."),)
    )
    assert json_ld(record, page="https://post.example/made/k3v9") == snapshot(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "Flood repairs to cost three times the first estimate",
            "inLanguage": "en",
            "datePublished": "2026-11-12",
            "dateModified": "2026-11-13",
            "publisher": {"@type": "Organization", "name": "The Harbour Post"},
            "creditText": "The Harbour Post",
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": "Twelve streets, not twenty.",
                    "datePublished": "2026-11-13",
                }
            ],
            "subjectOf": {
                "@type": "WebPage",
                "url": "https://post.example/made/k3v9",
                "abstract": "An AI tool summarised material. A person wrote the text; an editor checked it. "
                "The duty editor stands behind it.",
                "mentions": [
                    {
                        "@type": "SoftwareApplication",
                        "name": "Scribe 3",
                        "provider": {"@type": "Organization", "name": "Lorem AI"},
                        "description": "summary. Material (T2): "
                        "part of what the audience reads, sees or hears is its work.",
                    }
                ],
            },
        }
    )


def every_key(data):
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from every_key(value)
    elif isinstance(data, list):
        for value in data:
            yield from every_key(value)


@some
@given(records)
def test_json_ld_is_json_in_schema_orgs_words_without_empty_values(record):
    data = json_ld(record)
    assert json.loads(json.dumps(data)) == data
    assert "null" not in json.dumps(data)
    assert set(every_key(data)) <= SCHEMA_ORG_PROPERTIES


@some
@given(records)
def test_every_form_says_the_same(record):
    told, data = disclose(record), json_ld(record)
    assert data["subjectOf"]["abstract"] == told.line
    assert data.get("digitalSourceType") == (SCHEMA_ORG[told.source_type] if told.source_type else None)
