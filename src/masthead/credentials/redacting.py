"""What an earlier credential tells that is not history: where, by whom, with what, and how it looked before.

A camera signs its Exif into the credential, an editor the picture as it was before a face was blurred. Both
can be taken out of a history without breaking its seals: C2PA Technical Specification, section "Redaction of
assertions". What was done, by which software, from what, and the hashes may not be taken out, and stay.
"""

import json
from io import BytesIO
from typing import Any

from c2pa import C2paError, Reader

from masthead.credentials.manifest import AI_USE
from masthead.credentials.sdk import context
from masthead.credentials.source_types import AI

_HISTORY = (
    "c2pa.actions",
    "c2pa.hash.",
    "c2pa.ingredient",
    "c2pa.soft-binding",
    "c2pa.time-stamp",
    "c2pa.certificate-status",
    "c2pa.training-mining",
    "cawg.training-mining",
    AI_USE,
)


def private(header: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The JUMBF addresses of what a file's credentials hold beside history; runs in the child."""
    try:
        with (
            context() as ctx,
            Reader(str(header["media_type"]), BytesIO(content), context=ctx) as reader,
        ):
            manifests = json.loads(reader.detailed_json())["manifests"]
    except (C2paError, ValueError, KeyError, RecursionError):
        return {"private": []}, []
    found = [
        f"self#jumbf=/c2pa/{label}/c2pa.assertions/{name}"
        for label, manifest in manifests.items()
        for name, told in manifest.get("assertion_store", {}).items()
        if not name.startswith(_HISTORY) and not _says_ai(told)
    ]
    return {"private": found}, []


def _says_ai(told: object) -> bool:
    """Whether an assertion says that AI made the picture or a part of it: nobody may take that out."""
    said = json.dumps(told)
    return any(f"/{term}" in said for term in AI)
