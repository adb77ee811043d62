import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_part

from vigie.arrivals import jsondoc
from vigie.arrivals.jsondoc import MOST_EVENTS, convert, items, split


def parts_of(content: bytes) -> list[jsondoc.Part]:
    return list(split(io.BufferedReader(io.BytesIO(content)), "dcsa"))  # type: ignore[arg-type]


_JSON = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
                     lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner)),
                     max_leaves=8)


@given(st.lists(st.dictionaries(st.text(max_size=5), _JSON, max_size=4), max_size=80),
       st.sampled_from(["list", "events", "lines", "one"]))
def test_every_event_comes_back_with_its_pointer(events: list[object], wrapping: str) -> None:
    if wrapping == "one":
        events = events[:1]
    content = {
        "list": lambda: msgspec.json.encode(events), "events": lambda: b'{"n": 1, "events": ' + msgspec.json.format(
            msgspec.json.encode(events)) + b', "more": [1, {}]}\n',
        "lines": lambda: b"\n".join(msgspec.json.encode(event) for event in events) + b"\n",
        "one": lambda: b"".join(msgspec.json.encode(event) for event in events),
    }[wrapping]()
    parts = parts_of(content)
    assert parts[0].head + b"".join(part.body for part in parts) == content
    told = [(pointer, msgspec.json.decode(data)) for part in parts for pointer, data in items(part)]
    assert [event for _, event in told] == events
    assert all(len(list(items(part))) <= MOST_EVENTS for part in parts)
    assert not any(part.doubts for part in parts)
    if wrapping in ("list", "events"):
        name = "/events" if wrapping == "events" else ""
        assert [pointer for pointer, _ in told] == [f"{name}/{count}" for count in range(len(events))]


@given(st.binary(max_size=200))
def test_any_bytes_are_kept(content: bytes) -> None:
    parts = parts_of(b"[" + content)
    assert parts[0].head + b"".join(part.body for part in parts) == b"[" + content


@pytest.mark.parametrize("content", [b'[{"a":1},{"b":', b'[{"a":1}', b'{"events":[{"a":"]'])
def test_a_file_that_ends_in_the_middle_is_doubted(content: bytes) -> None:
    assert [doubt.code for part in parts_of(content) for doubt in part.doubts] == ["json-truncated"]


def test_an_event_too_deep_or_too_large_is_kept_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b'[{"a":1},' + b"[" * 1000 + b"]" * 1000 + b"]"
    first, *rest = parts_of(deep)
    assert len(list(items(first))) == 1
    assert [doubt.code for part in rest for doubt in part.doubts] == ["json-too-large"]
    monkeypatch.setattr(jsondoc, "LARGEST", 1000)
    large = b'[{"a":"' + b"x" * 200_000 + b'"}]'
    assert b"".join(part.head + part.body for part in parts_of(large)) == large


class _Shape(msgspec.Struct):
    text: str = ""
    number: int | None = None
    inner: "_Shape | None" = None
    many: tuple[str, ...] = ()


@pytest.mark.parametrize(("data", "value", "paths"), [
    (b'{"text":"a","number":1}', _Shape("a", 1), []),
    (b'{"text":5}', _Shape("5"), ["/0/text"]),
    (b'{"text":{"a":1},"number":2}', _Shape("", 2), ["/0/text"]),
    (b'{"inner":{"number":"x","text":true},"text":"b"}', _Shape("b", inner=_Shape()), ["/0/inner/number", "/0/inner/text"]),
    (b'{"many":["a",3,null]}', _Shape(many=("a", "3")), ["/0/many/1", "/0/many/2"]),
])
def test_a_wrong_value_costs_itself_only(data: bytes, value: _Shape, paths: list[str]) -> None:
    read, doubts = convert(data, _Shape, "/0", "")
    assert read == value
    assert sorted(doubt.place.path for doubt in doubts) == paths


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"nul", b'{"text":"\xff"}', b"[" * 100_000])
def test_what_is_no_object_is_doubted(data: bytes) -> None:
    read, doubts = convert(data, _Shape, "/3", "")
    assert read is None
    assert doubts


def test_items_of_a_part_with_rubbish_are_still_found() -> None:
    assert [data for _, data in items(a_part(b', 1, {"a":2} x {"b":3}]', "dcsa", b"["))] == [
        b'1, {"a":2}', b'x {"b":3}']


def test_a_list_is_cut_as_a_careful_reader_cuts_it():
    """The quick road (one list of objects) and the careful one give the same values."""
    body = b'{"a": "}\\"]{", "b": [{}, {"c": [1]}]} ,\n {"d": "\xc3\xa9 \\\\"},{}'
    careful = [one.data.strip(b" \t\r\n,") for one in jsondoc.cuts(io.BytesIO(body)) if one.kind == "item"]
    assert list(jsondoc._of_body(body)) == careful
    assert len(careful) == 3
    assert [one for one in jsondoc._of_body(body[:-1]) if one] == careful[:2]


_BODIES = st.lists(st.one_of(
    st.dictionaries(st.text(max_size=5), _JSON, max_size=3).map(msgspec.json.encode),
    st.sampled_from([b"{", b"}", b"[]", b'"', b'{"a":NaN}', b"{} {}", b"\xc3\xa9", b'{"a\\u0007":1}', b"{'a':1}", b'{"a":' * 70 + b"1" + b"}" * 70]),
), max_size=12)  # fmt: skip


class Slow(io.BytesIO):
    def read(self, size=-1):
        return super().read(1)


@given(_BODIES, st.sampled_from([b",", b"\n", b" , ", b""]), st.sampled_from([b"", b"]}", b"]"]))
def test_the_quick_look_at_whole_objects_changes_no_cut(bodies, between, end):
    """A stream that gives a byte at a time shows no object whole: it is cut bracket by bracket."""
    content = between.join(bodies) + end
    told = [[(one.kind, one.offset, one.data if one.kind == "item" else b"") for one in jsondoc.cuts(stream)]
            for stream in (io.BytesIO(content), Slow(content))]  # fmt: skip
    assert told[0] == told[1]
