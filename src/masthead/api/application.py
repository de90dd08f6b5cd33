"""The API as a whole: its operations, its problems, its description."""

from functools import cache
from typing import Any

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from masthead.api import (
    clearance,
    findings,
    going_out,
    items,
    problems,
    questions,
    register,
    versions,
    webhooks,
)
from masthead.api.bearer import Nobody
from masthead.api.giving.problems import Problem
from masthead.api.parsing import Bodies

DESCRIPTION = """May this be published, and if not why not: ask the gate, and keep the record, from a CMS.

Every request brings a token, made at the desk, in the header Authorization as Bearer. Refusals are problem
details (RFC 9457) with what happened and what to do, in English or French as Accept-Language asks."""

api = NinjaAPI(
    title="Masthead",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=Nobody(),
    parser=Bodies(),
)
for router in (clearance, items, versions, findings, going_out, questions, register, webhooks):
    api.add_router("", router.router)
for error in (Exception, HttpError, ValidationError, Http404):
    api.add_exception_handler(error, problems.told)


PATHS = {
    "item_id": "Our id of the item.",
    "source": "Names your software, always alike: wordpress, say.",
    "external_id": "What your software calls the item.",
    "finding_id": "The id of the finding, or six of its first characters and more.",
    "system_id": "Our id of the AI system.",
    "webhook_id": "Our id of the webhook.",
    "delivery_id": "Our id of the delivery.",
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Of this state of the item, for If-Match."}}

KNOWN = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}(-gzip)?"$'},
    "description": "The ETag of the item as you know it; where it is still so, the answer is 304.",
}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description (3.1) of what is served."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= problem.pop("$defs", {}) | {"Problem": problem}
    schema["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    for method, said in [each for methods in schema["paths"].values() for each in methods.items()]:
        for parameter in said["parameters"]:
            parameter.setdefault("description", PATHS.get(parameter["name"], ""))
        for answer in list(said["responses"].values()):
            if "ItemOut" in str(answer):
                answer["headers"] = ETAG
                if method == "get":
                    said["responses"] |= {304: {"description": "You have this state.", "headers": ETAG}}
                    said["parameters"].append(KNOWN)
    return schema
