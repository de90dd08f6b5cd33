"""The description is published, readable without anything of a third party, and what the docs hold."""

import json
import re

from django.test import Client
from tests.newsroom.desk import Desk

from masthead.api.application import description


def test_it_is_published_for_everybody(small: Desk):
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(description()))
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


def test_the_page_names_every_operation_and_loads_nothing_of_others(small: Desk):
    response = Client().get("/api/v1/")
    text = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    for path, methods in description()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert all(each.startswith(("/", "#")) and not each.startswith("//") for each in loaded)
    assert "<script" not in text
    assert "style=" not in text
    assert "`" not in text
    for anchor in (each.removeprefix("#") for each in loaded if each.startswith("#")):
        assert f'id="{anchor}"' in text, anchor


def test_every_operation_and_shape_says_what_it_is():
    for methods in description()["paths"].values():
        for said in methods.values():
            assert said["summary"]
            assert said["description"]
            assert all(each["description"] for each in said["parameters"] if each["in"] == "path")
    undescribed = [
        name for name, shape in description()["components"]["schemas"].items() if not shape.get("description")
    ]
    assert undescribed == []
