import json
import subprocess
import sys

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from tests.credentials.files import NOW, TEXTS, image
from typer.testing import CliRunner

from masthead.cli.ai import parse_ai
from masthead.cli.credentials import sign, verify
from masthead.credentials.issuer import create
from masthead.errors import CannotRead, NotReady, Refused
from masthead.language import using
from masthead.vocabulary import Task, Tier

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(sign)
app.command()(verify)
AI = ("--ai", "DeepEdit, Pro 3, image editing, T2")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    create(tmp_path / "home" / "keys" / "issuer", organisation="The Daily", now=NOW)
    monkeypatch.setenv("MASTHEAD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def run(*arguments):
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(image("image/jpeg"))
    return path


def test_a_photo_is_sealed_beside_itself_and_verified(photo):
    before = photo.read_bytes()
    run("sign", photo, *AI)
    assert photo.read_bytes() == before
    result = run("verify", photo.with_name("photo.signed.jpg"))
    assert result.exit_code == 0
    assert result.stdout.startswith("Trusted: intact, and sealed by The Daily.")
    assert "DeepEdit, Pro 3" in result.stdout


@pytest.mark.parametrize("name", ["story.html", "story.md", "story.txt"])
def test_a_text_gets_a_sidecar_that_is_found_by_itself(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(TEXTS["text/markdown"])
    run("sign", path, "--ai", "Writer, drafting, T2")
    assert (tmp_path / f"{name}.c2pa").is_file()
    assert run("verify", path).exit_code == 0
    elsewhere = tmp_path / "elsewhere.c2pa"
    (tmp_path / f"{name}.c2pa").rename(elsewhere)
    assert run("verify", path).exit_code == 3
    assert run("verify", path, "--sidecar", elsewhere).exit_code == 0
    path.write_bytes(b"changed")
    assert run("verify", path, "--sidecar", elsewhere).exit_code == 1


def test_the_answer_in_json_has_the_contracts_shape(photo):
    run("sign", photo, *AI)
    said = json.loads(run("verify", photo.with_name("photo.signed.jpg"), "--json").stdout)
    assert set(said) == {"state", "problems", "ai", "history"}
    assert (said["state"], said["problems"]) == ("trusted", [])
    assert (said["ai"][0]["system"], said["ai"][0]["tier"]) == ("DeepEdit, Pro 3", "T2")


def test_each_verdict_has_its_exit_code(photo, home, monkeypatch, tmp_path):
    sealed = tmp_path / "photo.signed.jpg"
    assert run("verify", photo).exit_code == 3
    run("sign", photo, *AI)
    root = (home / "keys" / "issuer" / "root.pem").rename(tmp_path / "root.pem")
    assert run("verify", sealed).exit_code == 4
    assert run("verify", sealed, "--trust", root).exit_code == 0
    content = sealed.read_bytes()
    sealed.write_bytes(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])
    assert run("verify", sealed, "--trust", root).exit_code == 1
    sealed.write_bytes(b"")
    with pytest.raises(CannotRead) as refusal:
        run("verify", sealed)
    assert refusal.value.exit_code == 2


def test_an_older_result_is_kept_unless_forced(photo, tmp_path):
    out = tmp_path / "out.jpg"
    out.write_bytes(b"older")
    with pytest.raises(Refused, match="--force"):
        run("sign", photo, "--out", out)
    assert out.read_bytes() == b"older"
    run("sign", photo, "--out", out, "--force")
    assert run("verify", out).exit_code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "out.jpg", "photo.jpg"]


def test_the_file_itself_is_never_overwritten(photo):
    before = photo.read_bytes()
    with pytest.raises(Refused):
        run("sign", photo, "--out", photo, "--force")
    assert photo.read_bytes() == before


def test_the_parent_is_never_overwritten(photo, tmp_path):
    parent = tmp_path / "original.jpg"
    parent.write_bytes(image("image/jpeg", 30, 30))
    with pytest.raises(Refused):
        run("sign", photo, "--parent", parent, "--out", parent, "--force")
    run("sign", photo, "--parent", parent)
    assert run("verify", photo.with_name("photo.signed.jpg")).exit_code == 0


def test_sealing_a_text_again_keeps_its_history(tmp_path):
    path = tmp_path / "story.md"
    path.write_bytes(TEXTS["text/markdown"])
    run("sign", path, "--ai", "Writer, drafting, T2")
    run("sign", path, "--out", tmp_path / "second.c2pa")
    said = json.loads(run("verify", path, "--sidecar", tmp_path / "second.c2pa", "--json").stdout)
    assert [step["relation"] for step in said["history"]] == ["this", "parentOf"]
    assert said["ai"][0]["where"] == "earlier credential"


def test_without_a_certificate_the_way_out_is_named(photo, tmp_path, monkeypatch):
    monkeypatch.setenv("MASTHEAD_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(NotReady, match="masthead init"):
        run("sign", photo)


def test_a_certificate_of_ones_own_signs(photo, home):
    folder = home / "keys" / "issuer"
    run("sign", photo, "--certificate", folder / "chain.pem", "--key", folder / "signer.key")
    assert run("verify", photo.with_name("photo.signed.jpg")).exit_code == 0
    with pytest.raises(CannotRead, match="--key"):
        run("sign", photo, "--certificate", folder / "chain.pem", "--force")


@pytest.mark.parametrize("name", ["missing.jpg", "folder", "strange.xyz"])
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "strange.xyz").write_bytes(b"x")
    for command in ("sign", "verify"):
        with pytest.raises(CannotRead) as refusal:
            run(command, tmp_path / name)
        assert refusal.value.exit_code == 2


def test_a_file_over_the_limit_is_refused(photo, monkeypatch):
    monkeypatch.setenv("MASTHEAD_MAX_UPLOAD", "100")
    with pytest.raises(CannotRead, match="max_upload"):
        run("verify", photo)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Whisper, transcription, T1", ("Whisper", Task.TRANSCRIPTION, Tier.T1)),
        ("Acme, Inc., GPT 5 , Image-Generation, t3", ("Acme, Inc., GPT 5", Task.IMAGE_GENERATION, Tier.T3)),
        ("X,DATA_ANALYSIS,tx", ("X", Task.DATA_ANALYSIS, Tier.TX)),
        ("X, alternative   text, T0", ("X", Task.ALT_TEXT, Tier.T0)),
    ],
)
def test_an_ai_use_is_read_from_the_right(said, expected):
    assert parse_ai(said) == expected


@pytest.mark.parametrize(
    "said", ["", "X", "X, drafting", ", drafting, T2", "X, drafting, T9", "X, draft, T2", "X, , T2"]
)
def test_an_ai_use_that_cannot_be_read_says_how_it_is_given(said):
    with pytest.raises(CannotRead) as refusal:
        parse_ai(said)
    assert "drafting" in str(refusal.value.remedy) or "T0" in str(refusal.value.remedy)


@given(
    st.lists(
        st.text(st.characters(exclude_characters=",", exclude_categories=["C", "Z"]), min_size=1), min_size=1
    ),
    st.sampled_from(Task),
    st.sampled_from(Tier),
)
def test_whatever_is_said_of_a_system_is_its_name(parts, task, tier):
    system = ", ".join(parts)
    assert parse_ai(f"{system},{task.value.upper()}, {tier.value.lower()}") == (system, task, tier)


def test_sealing_and_verifying_load_no_record(photo):
    script = (
        "import sys, typer; from masthead.cli.credentials import sign, verify;"
        "assert 'c2pa' not in sys.modules;"
        "app = typer.Typer(); app.command()(sign); app.command()(verify); app(standalone_mode=False);"
        "assert not any(name.partition('.')[0] == 'django' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, "sign", str(photo)], check=True, capture_output=True)


def test_the_terminal_speaks_the_readers_language():
    with using("fr"):
        assert parse_ai("X, translation, T1")[1] is Task.TRANSLATION
