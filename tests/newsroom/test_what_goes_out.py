"""No byte is published that nobody read, signed and checked: every file of the folder is searched."""

import io
import json
from pathlib import Path

import encypher_c2pa
import pytest
from PIL import Image, PngImagePlugin
from tests.credentials.test_discretion import PLACE, SERIAL, camera
from tests.newsroom.desk import approved, use

from masthead import credentials
from masthead.credentials.issuer import Issuer
from masthead.credentials.manifest import Manifest
from masthead.credentials.said import State
from masthead.errors import Refused
from masthead.newsroom.items.commands import add_item, add_version
from masthead.newsroom.items.given import Given
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.seal import trusted
from masthead.newsroom.review.standing import live_sign_off
from masthead.reading import read
from masthead.vocabulary import Task

SECRET = b"Peter Secret"
PHONE = b"+33 6 12 34 56 78"


@pytest.fixture
def publish(small, tmp_path):
    """Bring a file in, check it, sign it off and publish it; the folder."""

    def run(name: str, content: bytes, title: str = "The bridge", *uses) -> Path:
        version = add_item(
            small.author,
            Given(name, content),
            sources=[Given("notes.txt", b"The bridge closes.")]
            if not name.endswith(("jpg", "png", "webp"))
            else [],
            uses=uses,
            title=title,
            language="en",
        )
        commands.run_checks(small.author, version)
        commands.sign_off(small.editor, version)
        return public.publish(small.editor, version, tmp_path / "out")

    return run


def everything(folder: Path) -> bytes:
    """All published bytes."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def reading_of(folder: Path) -> credentials.Reading:
    out = Publication.objects.order_by("published_at").last()
    files = {file.suffix: file.read_bytes() for file in folder.glob("content.*")}
    sidecar = files.pop(".c2pa", None)
    [content] = files.values()
    return credentials.read(content, out.media_type, sidecar, trusted())


STORIES = {
    "front matter": ("a.md", "---\nnote: our source is {} {}\n---\nThe bridge closes."),
    "a comment in Markdown": ("a.md", "The bridge closes.\n\n<!-- {} {} -->\n"),
    "a script in Markdown": (
        "a.md",
        "The bridge closes.\n\n<script>document.body.innerHTML='{} {}'</script>\n",
    ),
    "a definition nobody refers to": ("a.md", "The bridge closes.\n\n[//]: # ({} {})\n"),
    "a comment": ("a.html", "<!doctype html><p>The bridge closes.</p><!-- {} {} -->"),
    "a script": ("a.html", "<!doctype html><p>The bridge closes.</p><script>'{} {}'</script>"),
    "a frame": ("a.html", "<!doctype html><p>The bridge closes.</p><iframe srcdoc='{} {}'></iframe>"),
    "a drawing": ("a.html", "<!doctype html><p>The bridge closes.</p><svg><text>{} {}</text></svg>"),
    "hidden words": ("a.html", "<!doctype html><p>The bridge closes.</p><p style='display:none'>{} {}</p>"),
    "a form": (
        "a.html",
        "<!doctype html><p>The bridge closes.</p><form action=/x><input value='{} {}'></form>",
    ),
    "the title of the page": ("a.html", "<!doctype html><title>{} {}</title><p>The bridge closes.</p>"),
    "its description": (
        "a.html",
        "<!doctype html><meta name=description content='{} {}'><p>The bridge closes.</p>",
    ),
    "an event": ("a.html", "<!doctype html><p onclick=\"alert('{} {}')\">The bridge closes.</p>"),
}


@pytest.mark.parametrize("where", STORIES)
def test_a_source_in_what_nobody_sees_of_a_story_is_not_published(publish, where):
    name, story = STORIES[where]
    folder = publish(name, story.format(SECRET.decode(), PHONE.decode()).encode())
    out = everything(folder)
    assert b"The bridge closes." in out
    assert SECRET not in out
    assert PHONE not in out
    assert b"<script>document" not in out
    assert reading_of(folder).state is State.TRUSTED


def photograph(form: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A photograph that tells where it was taken, by whom and with what."""
    image = Image.effect_noise(size, 60).convert("RGB")
    exif = image.getexif()
    exif[0x0112], exif[0x013B] = 6, SECRET.decode()
    exif.get_ifd(0x8769).update(
        {0xA430: SECRET.decode(), 0xA431: "SERIAL-4711", 0x9286: b"ASCII\0\0\0" + PHONE}
    )
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 37.0, 48.0), 29: "2026:03:03"}
    )
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{SECRET.decode()}</dc:creator></x:xmpmeta>"
    more: dict[str, object] = {"exif": exif.tobytes(), "xmp": xmp.encode()}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SECRET.decode(), zip=True)
        info.add_itxt("XML:com.adobe.xmp", more.pop("xmp").decode())
        more["pnginfo"] = info
    if form == "JPEG":
        more["comment"] = b"source: " + SECRET + b" " + PHONE
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_published_photograph_tells_nothing_of_where_and_by_whom_it_was_taken(publish, form, name):
    taken = photograph(form)
    with Image.open(io.BytesIO(taken)) as image:
        assert image.getexif().get_ifd(0x8825)
    folder = publish(name, taken)
    out = everything(folder)
    for secret in (SECRET, PHONE, b"SERIAL-4711", b"2026:03:03", b"tEXt", b"zTXt"):
        assert secret not in out
    with Image.open(folder / f"content{Path(name).suffix}") as shown, Image.open(io.BytesIO(taken)) as image:
        assert dict(shown.getexif()) == {0x0112: 6}
        assert not shown.getexif().get_ifd(0x8825)
        assert shown.tobytes() == image.tobytes()
    assert reading_of(folder).state is State.TRUSTED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", photograph("JPEG")),
        ("a.md", b"---\nnote: x\n---\nThe bridge closes."),
        ("a.html", b"<!doctype html><p hidden>x</p><p>The bridge closes.</p>"),
    ],
)
def test_a_second_program_trusts_what_is_published(publish, name, content, tmp_path, monkeypatch):
    for variable in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    folder = publish(name, content)
    out = folder / f"content{Path(name).suffix}"
    sidecar = folder / f"{out.name}.c2pa"
    report = encypher_c2pa.verify(
        out.read_bytes(),
        Publication.objects.get().media_type,
        manifest_store=sidecar.read_bytes() if sidecar.exists() else None,
        trust_pem=trusted()[0].decode(),
        no_default_trust=True,
        telemetry=False,
        online=False,
    )
    assert report["validation_state"] == "Trusted"


def test_the_history_of_a_photograph_is_kept_though_its_metadata_is_not(publish, small):
    camera = Issuer.load(small.home / "keys" / "issuer")
    came = credentials.sign(photograph("JPEG"), "image/jpeg", issuer=camera, manifest=Manifest()).content
    folder = publish("a.jpg", came)
    reading = reading_of(folder)
    before = credentials.read(came, "image/jpeg", trust=trusted()).history
    assert reading.state is State.TRUSTED
    assert reading.history[1].manifest == before[0].manifest
    assert SECRET not in everything(folder)
    assert b"SERIAL-4711" not in everything(folder)


def test_what_a_camera_sealed_into_a_photograph_is_not_published(publish, small):
    came = camera()
    assert PLACE in came
    approved(small, "Pix")
    folder = publish("a.jpg", came, "The bridge", use("Pix", Task.IMAGE_GENERATION))
    reading = reading_of(folder)
    assert reading.state is State.TRUSTED
    assert len(reading.history) == 2
    assert PLACE not in everything(folder)
    assert SERIAL not in everything(folder)


def test_another_picture_under_the_same_words_needs_a_new_sign_off(small):
    def story(address: str) -> Given:
        return Given("a.md", f"The bridge closes.\n\n![The bridge]({address})".encode())

    version = add_item(small.author, story("bridge.jpg"), title="The bridge", language="en")
    commands.sign_off(small.editor, version)
    assert live_sign_off(version)
    again = add_version(small.author, version, story("https://x.example/minister.jpg"), language="en")
    assert live_sign_off(again) is None


def test_a_story_that_cannot_go_out_as_it_was_signed_is_refused_in_words(publish, small):
    with pytest.raises(Refused, match="without changing what was signed"):
        publish("a.html", b"<!doctype html><p>The bridge <a href='javascript:alert(1)'>closes</a>.</p>")
    assert not Publication.objects.exists()


def test_what_was_published_reads_as_what_was_signed(publish):
    folder = publish(
        "a.html", b"<!doctype html><p>The bridge <b>closes</b>.</p><p hidden>x</p><ul><li>Soon</ul>"
    )
    out = Publication.objects.get()
    assert read((folder / "content.html").read_bytes()).canonical_sha256 == out.version.canonical_sha256


def test_an_ai_picture_still_says_so_when_it_is_out(publish, small):
    approved(small, "Pix")
    folder = publish("a.png", photograph("PNG"), "The bridge", use("Pix", Task.IMAGE_GENERATION))
    assert [one.source_type for one in reading_of(folder).ai] == ["trainedAlgorithmicMedia"]
    assert json.loads((folder / "item.jsonld").read_bytes())


def test_a_picture_that_was_withdrawn_is_told_as_a_picture(publish, small):
    approved(small, "Pix")
    folder = publish("a.png", photograph("PNG"), "The bridge", use("Pix", Task.IMAGE_GENERATION))
    public.withdraw(small.editor, Publication.objects.get().item, "It shows another bridge.", folder)
    page = (folder / "page.en.html").read_text()
    assert "How this picture was made" in page
    assert "How this story was made" not in page
