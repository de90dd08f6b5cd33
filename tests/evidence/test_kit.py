"""The kit of a release: the verifier with its sum, made alike by anybody."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scripts import kit
from tests.evidence.verifiers import VERIFIER


def test_two_people_make_the_same_kit(tmp_path):
    kit.write(tmp_path / "one")
    command = [sys.executable, "-m", "scripts.kit", str(tmp_path / "two")]
    subprocess.run(command, cwd=kit.ROOT, check=True)
    names = ["README.txt", "SHA256SUMS", "verify_masthead.py"]
    for folder in (tmp_path / "one", tmp_path / "two"):
        assert sorted(each.name for each in folder.iterdir()) == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    kit.write(tmp_path / "one")
    assert (tmp_path / "one" / "verify_masthead.py").read_bytes() == VERIFIER.read_bytes()


def test_its_sums_hold(tmp_path):
    kit.write(tmp_path)
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)


def test_it_does_not_mix_with_other_files(tmp_path):
    (tmp_path / "verify_masthead.pyc").write_bytes(b"")
    with pytest.raises(SystemExit):
        kit.write(tmp_path)


def test_it_names_options_that_the_verifier_has_and_the_version_that_is_released():
    text = kit.files()["README.txt"].decode()
    said = subprocess.run([sys.executable, VERIFIER, "--help"], capture_output=True, text=True, check=True)
    for option in re.findall("--[a-z]+", text):
        assert option in said.stdout
    project = tomllib.loads((kit.ROOT / "pyproject.toml").read_text())
    assert f"Masthead {project['project']['version']}\n" in text
    assert "/verify_masthead.py" in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert Path(kit.ROOT / "verify_masthead.py") == VERIFIER
