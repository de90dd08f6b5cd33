"""A body in two forms: JSON, or multipart with the same JSON in `data` and files beside it.

A file `content` stands for the field `content`, each file `source` for one more of `sources`: a large picture
need not be written out in base64.
"""

import json
from base64 import b64encode
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from ninja.parser import Parser

from masthead.api.problems import Malformed, Unsupported, malformed, too_large
from masthead.language import Message

JSON = "application/json"
MULTIPART = "multipart/form-data"
DEEPEST = 40
"""How deep a JSON body may nest."""


class Bodies(Parser):
    """What ninja asks for the body of a request."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as the schema has it. Raises a `CannotRead` of ours for anything else."""
        if request.content_type == MULTIPART:
            return _with_files(request)
        if request.content_type != JSON:
            raise Unsupported(
                Message("This address takes JSON, or multipart/form-data."),
                Message("Say `Content-Type: application/json` and send JSON in UTF-8."),
            )
        return read_json(request.body)


def read_json(said: bytes | str) -> Any:
    """The JSON value; raises `Malformed` for what is none, `NaN` and what nests too deep included.

    A key twice in one object is refused too: which of the two counts differs from reader to reader (RFC 8259,
    section 4), so that what was looked at on the way might not be what is recorded here.
    """
    try:
        value = json.loads(said, parse_constant=_no_constant, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise malformed() from error
    if _deep(value):
        raise malformed()
    return value


def _deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise twice()
    return found


def twice() -> Malformed:
    """What to tell who said the same thing twice."""
    return Malformed(
        Message("The body gives the same field twice."),
        Message("Give each field once: nobody can tell which of the two was meant."),
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _with_files(request: HttpRequest) -> dict[str, Any]:
    try:
        _load(request)
        fields, files = request.POST, request.FILES
    except RequestDataTooBig as error:
        raise too_large() from error
    if len(fields.getlist("data")) > 1 or len(files.getlist("content")) > 1:
        raise twice()
    data = read_json(fields.get("data", "{}"))
    if not isinstance(data, dict) or fields.keys() - {"data"} or files.keys() - {"content", "source"}:
        raise malformed()
    if "content" in files:
        if "content" in data:
            raise twice()
        data["content"] = _file(files.getlist("content")[0])
    sources = [_file(each) for each in files.getlist("source")]
    if sources:
        listed = data.get("sources") or []
        if not isinstance(listed, list):
            raise malformed()
        data["sources"] = [*listed, *sources]
    return data


def _load(request: HttpRequest) -> None:
    """Have Django read the form: by itself it does so for POST alone, as browsers send no other."""
    method = request.method
    request.method = "POST"
    try:
        request._load_post_and_files()
    finally:
        request.method = method


def _file(uploaded: UploadedFile[Any]) -> dict[str, str]:
    return {"name": uploaded.name or "", "base64": b64encode(uploaded.read()).decode()}
