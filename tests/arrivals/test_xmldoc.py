import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_part

from vigie.arrivals import xmldoc
from vigie.arrivals.xmldoc import Leaves, Refused, locode, opened, parse, read_written_moment, split
from vigie.terms import BadMoment, write_moment

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><CC315A>&c;</CC315A>"""


@pytest.mark.parametrize("document", [
    LAUGHS,
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    b'<!doctype a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a>&x;</a>',
    LAUGHS.decode().encode("utf-16"),
    LAUGHS.replace(b'"1.0"', b'"1.0" encoding="UTF-16LE"', 1).decode().encode("utf-16-le"),
    b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a +AFsAPAAhAC0ALQ- --+AD4AXQA+-+ADw-a/+AD4-',
])
def test_no_document_declares_entities_or_a_dtd(document: bytes) -> None:
    with pytest.raises(Refused):
        parse(document)
    root, doubts = opened(a_part(document, "ens"))
    assert root is None
    assert doubts


def test_an_entity_that_nobody_declared_is_not_well_formed() -> None:
    with pytest.raises(Refused, match="xml-not-well-formed"):
        parse(b"<a>&x;</a>")


def test_a_very_deep_document_is_refused() -> None:
    with pytest.raises(Refused, match="xml-not-well-formed"):
        parse(b"<a>" * 100_000 + b"</a>" * 100_000)


def test_a_document_beyond_the_bound_is_kept_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmldoc, "LARGEST", 1000)
    body = b"<CC315A>" + b"x" * 5000 + b"</CC315A>"
    parts = list(split(io.BytesIO(body), "ens"))
    assert {part.format for part in parts} == {"unread"}
    assert b"".join(part.body for part in parts) == body
    with pytest.raises(Refused, match="xml-too-large"):
        parse(body)


@pytest.mark.parametrize(("raw", "told"), [
    ("202601021530", "2026-01-02T15:30:00Z"), ("20260102", "2026-01-02T00:00:00Z"), ("2026-01-02", "2026-01-02T00:00:00Z"),
    ("2026-01-02T03:04:05", "2026-01-02T03:04:05Z"), ("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"),
])
def test_moments_are_read_as_they_are_written(raw: str, told: str) -> None:
    assert write_moment(read_written_moment(raw)) == told


@pytest.mark.parametrize("raw", ["", "2026", "20261302", "soon", "٢٠٢٦٠١٠٢", "2026-02-30"])
def test_what_is_no_moment_is_said_to_be_none(raw: str) -> None:
    with pytest.raises(BadMoment):
        read_written_moment(raw)


def test_leaves_that_nothing_took_are_counted() -> None:
    leaves = Leaves(parse(b"<a><b>1</b><c>2</c><c>3</c><d/><e>5</e></a>"))
    assert leaves.text(leaves.root, "B") == "1"
    leaves.left(frozenset(("e",)))
    (doubt,) = leaves.doubts
    assert doubt.code == "xml-kept-unmapped"
    assert doubt.facts == {"count": 2, "names": "c"}
    assert doubt.place.path == "/a/c[1]"


def test_a_place_is_a_locode_or_stays_as_written() -> None:
    assert [locode(raw) for raw in ("BEANR", "be anr", "Antwerpen haven", "")] == ["BEANR", "BEANR", "ANTWERPEN HAVEN", ""]


@given(st.lists(st.sampled_from([b"<Awmds>", b"<Bol_segment>", b"x", b"</Bol_segment>", b"\n", b"</Awmds>"])))
def test_every_byte_of_a_manifest_is_in_a_part(pieces: list[bytes]) -> None:
    content = b"".join(pieces)
    parts = list(split(io.BytesIO(content), "asycuda"))
    assert parts[0].head + b"".join(part.body for part in parts) == content
    assert [part.offset for part in parts] == [
        len(parts[0].head) + sum(len(earlier.body) for earlier in parts[:count]) for count in range(len(parts))
    ]
