import re
from html.parser import HTMLParser

from vigie.api.reference import page, style


def test_every_route_stands_on_the_page_for_people(asking):
    nobody = asking()
    described = nobody.get("/openapi.json").json()
    told = nobody.get("/docs")
    assert told.headers["content-type"].startswith("text/html")
    HTMLParser().feed(told.text)
    for path, route in described["paths"].items():
        for method in route:
            assert f"{method.upper()} /api{path}" in told.text


def test_the_page_needs_nothing_from_elsewhere(asking):
    told = asking().get("/docs").text
    assert not re.search(r"<script|style=|https?://|@import", told)
    assert asking().get("/docs.css").headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in style()


def test_what_is_written_in_a_description_cannot_become_markup():
    bad = {"info": {"title": "<b>", "version": "1", "description": "&"}, "paths": {
        "/x": {"get": {"description": "<script>", "responses": {}, "parameters": [
            {"name": "<i>", "in": "query", "schema": {"anyOf": [{"type": "array", "items": {"enum": ["<u>"]}}]}}]}}}}  # fmt: skip
    assert not re.search(r"<(b|script|i|u)>", page(bad))
