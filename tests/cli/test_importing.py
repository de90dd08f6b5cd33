"""`masthead item uses`: AI uses from a file of JSON lines."""

import json

from tests.cli.terminal import STORY, Desk


def line(item: str, **said: str) -> str:
    return json.dumps({"item": item, "system": "Ink", "task": "summary", "tier": "T1"} | said)


def test_a_file_of_uses_is_recorded_and_again_records_what_is_new(solo: Desk) -> None:
    item = solo.json("item", "add", solo.file("story.md", STORY))["item"]
    first = solo.file("uses.jsonl", line(item) + "\n" + line(item, system="Quill") + "\n")
    said = solo("item", "uses", first)
    assert said.code == 0, said
    assert "2 AI uses recorded." in said.out
    more = [line(item), "", line(item, tier="T2"), "{", "[1]", line(item, tier="T9"), line("nosuch")]
    answer = solo.json("item", "uses", solo.file("more.jsonl", "\n".join(more)), code=1)
    assert (answer["recorded"], answer["known"]) == (1, 1)
    assert [each["line"] for each in answer["refused"]] == [4, 5, 6, 7]
    said = solo("item", "uses", solo.file("bad.jsonl", line("nosuch")))
    assert said.code == 1
    assert "Line 1: There is no item of that id." in said.out
    assert solo("log", "verify").code == 0


def test_what_is_no_text_is_refused_plainly(solo: Desk) -> None:
    said = solo("item", "uses", solo.file("uses.jsonl", b"\xff\xfe\x00"))
    assert said.code == 2
    assert "cannot be read" in said.err
    assert solo("item", "uses", "missing.jsonl").code == 2
