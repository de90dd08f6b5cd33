"""The log signed by a service in another process: nothing it says is believed unless it verifies."""

import json
import re
import subprocess
import sys
import threading
from dataclasses import replace as with_
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from tests.conftest import ORIGIN
from tests.evidence import signing_service
from tests.evidence.desk import add_person
from tests.evidence.test_keys import current, followed, newest, signers

from masthead.errors import NotReady, Refused, Unavailable
from masthead.newsroom.accounts.commands.log_keys import replace, revoke, rotate
from masthead.newsroom.evidence import high_water, key_service, keys
from masthead.newsroom.evidence.keys_shown import shown
from masthead.newsroom.evidence.models import Checkpoint, LogKey
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.setup import setup
from masthead.newsroom.evidence.verify import verify_log
from masthead.tlog.handover import Ground

SERVICE = "tests.evidence.signing_service:Service"


def use(monkeypatch, named):
    monkeypatch.setattr(settings, "MASTHEAD", with_(settings.MASTHEAD, log_signer=named))


@pytest.fixture
def service(monkeypatch):
    """A running service with one key, which the settings name."""
    command = [sys.executable, "-m", "tests.evidence.signing_service"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
        try:
            monkeypatch.setenv(signing_service.PORT, child.stdout.readline().strip())
            signing_service.ask("new")
            use(monkeypatch, SERVICE)
            yield signing_service.ask
        finally:
            child.kill()


def test_a_log_is_begun_and_signed_without_any_private_key_here(home, service):
    setup(home, ORIGIN)
    add_person("Ada")
    publish_checkpoint()
    assert keys.all_files(home) == []
    assert current(home).public_key.hex() == service("key")
    assert verify_log().intact
    setup(home, ORIGIN)
    assert shown(home).current.by_service


@pytest.fixture
def steward(home, small_mould):
    return small_mould.at(home).steward


def test_the_key_moves_from_a_file_into_the_service_and_back(home, steward, service):
    in_file = current(home)
    with_service = rotate(steward)
    assert with_service.file is None
    assert with_service.key.public_key.hex() == service("key")
    assert signers(newest()) == [in_file.key_id, with_service.key.key_id]
    back = rotate(steward, in_file=True)
    assert back.file is not None
    assert signers(newest()) == [in_file.key_id, with_service.key.key_id, back.key.key_id]
    assert followed(home, in_file).keys == (in_file, with_service.key, back.key)
    assert verify_log().intact


def test_one_key_of_the_service_hands_over_to_another(home, steward, service):
    first = rotate(steward).key
    with pytest.raises(Refused, match="had already"):
        rotate(steward)
    service("new")
    second = rotate(steward).key
    assert second.public_key.hex() == service("key") != first.public_key.hex()
    revoke(steward, first.key_id.hex(), Ground.STOLEN)
    assert [each.key for each in followed(home, first).revoked] == [first]
    assert verify_log().intact


@pytest.mark.parametrize(
    ("mode", "words"),
    [("away", "did not sign"), ("wrong", "is none"), ("short", "is none")],
)
def test_what_does_not_verify_is_published_by_nobody(home, steward, service, mode, words):
    rotate(steward)
    add_person("Grace")
    mark, rows = high_water.read(home), Checkpoint.objects.count()
    service("be", mode)
    with pytest.raises(Unavailable, match=words):
        publish_checkpoint()
    assert (high_water.read(home), Checkpoint.objects.count()) == (mark, rows)
    service("be", "well")
    assert publish_checkpoint().size == mark.size + 1
    assert verify_log().intact


def test_a_rotation_to_a_service_that_does_not_sign_changes_nothing(home, steward, service):
    before = current(home)
    for mode, words in (("away", "did not sign"), ("wrong", "is none"), ("short-key", "no Ed25519 key")):
        service("be", mode)
        with pytest.raises(Unavailable, match=words):
            rotate(steward)
    assert current(home) == before
    assert not LogKey.objects.exists()


def test_a_service_that_is_gone_is_told_and_its_key_replaced(home, steward, service, monkeypatch):
    rotate(steward)
    add_person("Grace")
    monkeypatch.setenv(signing_service.PORT, "1")
    with pytest.raises(Unavailable, match="ConnectionRefusedError"):
        publish_checkpoint()
    use(monkeypatch, "")
    with pytest.raises(NotReady, match="masthead key replace --reason lost"):
        publish_checkpoint()
    assert not shown(home).well
    assert replace(steward, Ground.LOST).unpublished is None
    assert verify_log().intact


def test_one_that_does_not_answer_keeps_nobody(home, steward, service, monkeypatch):
    rotate(steward)
    add_person("Grace")
    use(monkeypatch, "tests.evidence.signing_service:Hanging")
    monkeypatch.setattr(key_service, "SECONDS", 0.05)
    with pytest.raises(Unavailable, match="did not answer within"):
        publish_checkpoint()


@pytest.mark.parametrize("named", ["no.such.package:Service", "tests.evidence.signing_service:Nothing", "os"])
def test_what_is_not_there_is_told_by_the_setting_s_name(home, steward, monkeypatch, named):
    use(monkeypatch, named)
    with pytest.raises(NotReady, match="log_signer"):
        rotate(steward)


def test_what_a_service_says_in_an_error_is_told_to_nobody(home, steward, monkeypatch):
    use(monkeypatch, "tests.evidence.signing_service:broken")
    with pytest.raises(Unavailable) as told:
        rotate(steward)
    assert "hunter2" not in f"{told.value} {told.value!r}"
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "look-after-the-logs-keys.md"


class Vault(BaseHTTPRequestHandler):
    """What the example of the guide asks."""

    private = Ed25519PrivateKey.generate()

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        public = self.private.public_key().public_bytes_raw().hex()
        said = {"public_key": public}
        if self.path == "/sign":
            assert asked["public_key"] == public
            said = {"signature": self.private.sign(bytes.fromhex(asked["message"])).hex()}
        self.send_response(200 if self.headers["Authorization"] == "Bearer let me" else 403)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_):
        pass


def test_the_example_of_the_guide_signs_the_log(home, steward, monkeypatch, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "our_keys.py").write_text(example, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), Vault) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            monkeypatch.setenv("OUR_KEYS", f"http://127.0.0.1:{server.server_port}")
            monkeypatch.setenv("OUR_KEYS_TOKEN", "let me")
            use(monkeypatch, "our_keys:Service")
            rotate(steward)
            assert verify_log().intact
            monkeypatch.setenv("OUR_KEYS", "http://127.0.0.1:1")
            add_person("Grace")
            with pytest.raises(Unavailable, match="URLError") as told:
                publish_checkpoint()
            assert "127.0.0.1" not in str(told.value)
        finally:
            server.shutdown()
