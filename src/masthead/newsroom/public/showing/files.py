"""The files beside the page of an item, each made from the record when it is asked for."""

from dataclasses import replace

import rfc8785

from masthead.errors import Damaged
from masthead.language import LANGUAGES, using
from masthead.newsroom.items import blobs
from masthead.newsroom.public.files import BUNDLE, CREDENTIAL, ENDINGS, RECORD, content_name, text_name
from masthead.newsroom.public.projection import as_json_ld, as_text
from masthead.newsroom.public.proving import proven
from masthead.newsroom.public.serving.asking import Asking
from masthead.newsroom.public.serving.freshness import KEYS, beside, rests
from masthead.newsroom.public.serving.kept import Body
from masthead.newsroom.public.showing.item import Told

SANDBOX = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""For what newsrooms and readers wrote: whatever it holds, it runs nothing and loads nothing."""

ACTIVE = frozenset({"text/html"})
"""Types a browser would act on: they are handed over to be kept, not to be opened here."""

TEXTS = {text_name(language): language for language in LANGUAGES}


def file(told: Told, name: str, asking: Asking) -> Body | None:
    """The file of that name; None where there is none."""
    item = told.out.item.public_id
    if name == BUNDLE and (told.proof or told.doubted):
        return _bundle(told)
    if name == "item.jsonld":
        page = f"{asking.origin}/items/{item}/"
        with using(told.record.language):
            return _body(told, as_json_ld(told.record, page=page), "application/ld+json")
    if name in TEXTS:
        with using(TEXTS[name]):
            return _body(told, as_text(told.record), "text/plain; charset=utf-8")
    if name not in told.names:
        return None
    if name == RECORD:
        return _body(told, rfc8785.dumps(told.out.facts), "application/json")
    if name.endswith(CREDENTIAL):
        return _body(told, blobs.fetch(told.out.sidecar_sha256), "application/c2pa", attached=name)
    kind = told.out.media_type
    text = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    content = blobs.fetch(told.out.content_sha256)
    return _body(told, content, text, attached=name if kind in ACTIVE else "")


def _bundle(told: Told) -> Body:
    """The bundle with what outsiders say by now; kept as long as nobody says more.

    Where it does not hold, words instead, which nobody keeps.
    """
    before = beside()
    try:
        content = proven((told.gone or told.out).entry.place)
    except Damaged as error:
        refused = f"{error.what}\n{error.remedy}\n".encode()
        return Body(refused, "text/plain; charset=utf-8", 503, (("Cache-Control", "no-store"),))
    made = _body(told, content, "application/json")
    return replace(made, rests=rests(KEYS, item=told.out.item.public_id, beside=before))


def was_there(told: Told, name: str) -> bool:
    """Whether a file of that name may have stood beside the page before it was withdrawn."""
    contents = {content_name(kind) for kind in ENDINGS}
    return name in {RECORD, *contents, *(each + CREDENTIAL for each in contents)}


def _body(told: Told, content: bytes, media_type: str, *, attached: str = "") -> Body:
    headers = [("Content-Security-Policy", SANDBOX)]
    if attached:
        headers.append(("Content-Disposition", f'attachment; filename="{attached}"'))
    on = rests(item=told.out.item.public_id) if told.proof else None
    return Body(content, media_type, headers=tuple(headers), rests=on, negotiated=False)
