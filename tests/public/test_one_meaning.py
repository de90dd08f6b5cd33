"""A tier means one thing: whoever chooses it and whoever is told of it read the same sentence."""

import json

import pytest
from tests.newsroom.desk import approved
from tests.newsroom.logins import client_of
from tests.public.outlet import page_of, published

from masthead.language import using
from masthead.vocabulary import MEANINGS, Tier


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_desk_the_page_of_an_item_and_the_register_say_of_a_tier_the_same(small, reader, language):
    system = approved(small)
    item = published(small)
    with using(language):
        said = str(MEANINGS[Tier.T2])
        every = {str(each) for each in MEANINGS.values()}
    told = json.loads(reader.get(f"/{language}{page_of(item)}item.json").content)["disclosure"]["details"]
    assert any(each["said"].endswith(said) for each in told)
    page = reader.get(f"/{language}/register").content.decode()
    assert all(each in page for each in every)
    editor = client_of(small.steward)
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    assert said in editor.get(f"/desk/register/{system.pk}/use").content.decode()
