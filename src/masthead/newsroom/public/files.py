"""The names of the files beside a public page. None tells what the file was called before."""

import re

BUNDLE = "bundle.json"
RECORD = "disclosure.json"
"""The record that page, texts and JSON-LD are derived from; its SHA-256 stands in the bundle."""
CREDENTIAL = ".c2pa"
"""What follows a text's name in the name of its sidecar."""

ENDINGS = {
    "text/markdown": "md",
    "text/html": "html",
    "text/plain": "txt",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}
OURS = re.compile(
    r"content\.\w+(\.c2pa)?|(page|disclosure)\.[a-z]+\.(html|txt)|index\.html|item\.jsonld"
    r"|(bundle|disclosure)\.json|\.[0-9a-f]{16}\.part"
)
"""What a run may take away again: only what a run has written."""


def content_name(media_type: str) -> str:
    """The published content."""
    return f"content.{ENDINGS[media_type]}"


def page_name(language: str) -> str:
    """The public page in a language; `index.html` is the one in the item's own."""
    return f"page.{language}.html"


def text_name(language: str) -> str:
    """The disclosure as plain text in a language."""
    return f"disclosure.{language}.txt"
