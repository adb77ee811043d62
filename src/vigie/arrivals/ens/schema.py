"""The verdict of HMRC's own schema on a declaration: said as doubts, never a refusal."""

from functools import cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree

MOST_FAULTS = 20
"""Faults told per document; a document of another standard would have thousands."""

_SCHEMAS = {"CC315A": "CC315A-v11-2-New.xsd", "CC313A": "CC313A-v11-2-New.xsd"}


@cache
def _schema(form: str) -> etree.XMLSchema:
    """Compile one schema: an immutable table of this package, 60 ms to compile, the same for every caller."""
    with as_file(files("vigie.arrivals.ens.schemas")) as folder:
        return etree.XMLSchema(etree.parse(str(folder / _SCHEMAS[form])))


def schema_faults(root: etree._Element, form: str) -> tuple[tuple[str, int, str], ...]:
    """Judge a CC315A or CC313A element by HMRC's schema v11-2.

    Args:
        root: The `CC315A` or `CC313A` element. form: Its name.

    Returns:
        (path, line, kind of fault) of each fault, at most `MOST_FAULTS`; empty where the schema accepts, or has
        nothing to say about the form.
    """
    if form not in _SCHEMAS:
        return ()
    tree = etree.ElementTree(root)
    schema = _schema(form)
    try:
        if schema.validate(tree):
            return ()
    except etree.XMLSchemaValidateError:  # libxml2 gives up on some broken names
        return (("", 0, "SCHEMA_INTERNAL"),)
    # error_log belongs to the schema object: it is read before anything else validates
    log: Any = schema.error_log
    entries = list(log)[:MOST_FAULTS]
    return tuple((_path(entry), entry.line, entry.type_name or "") for entry in entries)


def _path(entry: Any) -> str:
    """Where a fault stands; libxml2 cuts a very long path in the middle of a character."""
    try:
        return str(entry.path or "")
    except UnicodeDecodeError:
        return ""
