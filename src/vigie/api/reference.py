"""The description of the API as a page: made here, without script, so that it needs nothing from elsewhere."""

from html import escape
from typing import Any

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #1a1f26; background: #fff; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #8895a7; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
td, th { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: top; }
@media (prefers-color-scheme: dark) { body { color: #e3e8ef; background: #12161c; } a { color: #8cb8ff; } }
"""


def style() -> str:
    """The page's style sheet; a file of its own, for the page may hold no style (content security policy)."""
    return _STYLE


def page(described: dict[str, Any]) -> str:
    """Write an OpenAPI description as a page.

    Args:
        described: OpenAPI 3.1.
    """
    info = described["info"]
    by_tag: dict[str, list[str]] = {}
    for path, route in described["paths"].items():
        for method, operation in route.items():
            by_tag.setdefault(operation.get("tags", [""])[0], []).append(_operation(path, method, operation))
    parts = [f"<h2>{escape(tag)}</h2>{''.join(told)}" for tag, told in by_tag.items()]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>vigie API</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/api/docs.css"></head><body>'
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info['description'])}</p>"
        '<p>OpenAPI 3.1: <a href="/api/openapi.json">/api/openapi.json</a></p>'
        f"<main>{''.join(parts)}</main></body></html>"
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    told = [
        f"<h3><code>{method.upper()} /api{escape(path)}</code></h3>",
        f"<p>{escape(operation.get('description', operation.get('summary', '')))}</p>",
    ]
    rows = [
        (one["name"], one["in"] + (", required" if one.get("required") else ""), _shape(one.get("schema", {})))
        for one in operation.get("parameters", ())
    ]
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        rows.append(("body", media, _shape(body.get("schema", {}))))
    for status, answer in operation["responses"].items():
        shapes = [_shape(body.get("schema", {})) for body in answer.get("content", {}).values()]
        if status.startswith("2"):
            rows.append((status, "answer", ", ".join(shapes)))
    cells = (f"<tr><td><code>{escape(a)}</code></td><td>{escape(b)}</td><td>{escape(c)}</td></tr>" for a, b, c in rows)
    return "".join(told) + f"<table>{''.join(cells)}</table>"


def _shape(schema: dict[str, Any]) -> str:
    """Name a schema in a word."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    if "anyOf" in schema:
        return " or ".join(_shape(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    return str(schema.get("format") or schema.get("type", "any"))
