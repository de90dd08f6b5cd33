"""What the how-to shows works as it stands there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from tests.api.software import cms
from tests.newsroom.desk import Desk, approved

from masthead.newsroom.evidence import keys
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.commands import sign_off, waive
from masthead.newsroom.review.models import Finding
from masthead.vocabulary import WaiverReason

PAGE = (Path(__file__).parents[2] / "docs/how-to/connect-a-cms.md").read_text(encoding="utf-8")


def test_the_first_item_and_the_ten_lines_that_verify(small: Desk):
    approved(small)
    [body] = re.findall(r"-d '(\{.*?\})'\n", PAGE, re.DOTALL)
    software = cms(small, small.author)
    sent = json.loads(body)
    made = software("PUT", "/items/by-external-id/wordpress/1042", sent)
    assert made.status_code == 201, made.content
    version = Version.objects.get()
    for finding in Finding.objects.all():
        waive(small.editor, version, finding, WaiverReason.WITNESSED)
    ask = "/items/by-external-id/wordpress/1042/clearance"
    content = sent["content"]["text"].encode()
    log_key = keys.public_line(small.home)

    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    shown: dict[str, Any] = {}
    exec(code, shown)
    cleared = shown["cleared"]
    assert not cleared(software("GET", ask).json()["signed"], log_key, content)
    sign_off(small.editor, version)
    signed = software("GET", ask).json()["signed"]
    assert cleared(signed, log_key, content)
    assert not cleared(signed, log_key, b"Something else.")
    with pytest.raises(InvalidSignature):
        cleared(signed.replace("version 1", "version 2"), log_key, content)


def test_the_pattern_and_the_limit_are_those_of_the_source():
    from masthead.api.limits import A_MINUTE
    from masthead.newsroom.connections.secret import FORM

    assert f"`{FORM.pattern}`" in PAGE
    assert f"{A_MINUTE} requests a minute" in PAGE
