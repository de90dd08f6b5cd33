"""Whatever is sent, the API answers as its description says."""

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.software import STORY, cms, token
from tests.newsroom.desk import Desk, approved

from masthead.api import limits

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    ignored_auth,
]
PLAIN = {"Accept-Encoding": "identity"}
"""Nothing unpacks what schemathesis reads within a process; test_packed.py looks at what is packed."""
SEED = int(os.environ.get("MASTHEAD_FUZZ_SEED", "0"))
"""The same requests each time: whoever changes the API sees what they changed. Another seed makes others."""
REQUESTS = int(os.environ.get("MASTHEAD_FUZZ_REQUESTS", "12"))
"""For each operation, of either kind."""
FUZZ = settings(
    max_examples=REQUESTS,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # none to shrink: each would be asked of a record that moved on
)


def known(desk: Desk) -> dict[str, str]:
    """Ids of things that are there."""
    software = cms(desk, desk.steward)
    uses = [{"system": "Ink", "task": "drafting", "tier": "T2"}]
    text = {"name": "a.md", "text": "It cost 4,321 euros, says the council of Haarlem."}
    notes = {"name": "notes.txt", "text": "The council met."}
    body = STORY | {"content": text, "ai_uses": uses, "sources": [notes]}
    item = software("PUT", "/items/by-external-id/cms/1", body).json()["id"]
    hook = software(
        "POST", "/webhooks", {"url": "https://93.184.215.14/", "events": ["item.published"]}
    ).json()["id"]
    return {
        "item_id": item,
        "source": "cms",
        "external_id": "1",
        "system_id": str(approved(desk).pk),
        "finding_id": software("GET", f"/items/{item}/findings").json()["findings"][0]["id"],
        "webhook_id": hook,
        "delivery_id": software("POST", f"/webhooks/{hook}/test").json()["id"],
    }


@pytest.fixture
def operations(small: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(limits, "A_MINUTE", 10**6)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [each.ok() for each in schema.get_all_operations()]


def fuzz(operation: Any, mode: GenerationMode, send: Callable[[Any], None]) -> None:
    @seed(SEED)
    @FUZZ
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        send(case)

    each()


@pytest.mark.long
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_answers_as_it_is_described(small: Desk, operations: list[Any], mode: GenerationMode):
    there = known(small)
    headers = PLAIN | {"Authorization": f"Bearer {token(small, small.steward)}"}

    def send(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            for name in case.path_parameters or {}:
                case.path_parameters[name] = there.get(name, case.path_parameters[name])
        # Asked under another host's name, this is not the API.
        for name in [each for each in case.headers or {} if each.lower() == "host"]:
            del case.headers[name]
        # Where the fault is in a header, the token's absence say, it is sent as it is.
        faulty = case.meta is not None and case.meta.is_negative_at(ParameterLocation.HEADER)
        case.call_and_validate(headers=PLAIN if faulty else headers, checks=CHECKS)

    assert len(operations) > 30
    # What takes things away comes last.
    for operation in sorted(
        operations, key=lambda each: each.method == "delete" or "withdrawal" in each.path
    ):
        fuzz(operation, mode, send)
